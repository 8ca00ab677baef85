"""Mistakes to plant into sound scenarios: where each kind can be made, and what is to be said of it."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wedge.engine.scenario.extending import gather
from wedge.engine.scenario.tree import Node, key_place

NUMBERS = r"states/\w+/(power|war_cost|after|hope|relapse|loyalty|pressure|audience_cost|whim|misperception)"
SHARES = r"states/\w+/positions/\w+/ideal|issues/\w+/status_quo"
ANY_NUMBER = f"{NUMBERS}|{SHARES}|states/\\w+/positions/\\w+/salience|strain/\\w+|talks/\\w+"
STATE_NAMES = r"agenda/\d+/consent/\d+|alliances/\w+/members/\d+|adversaries/\d+/\d+|agenda/\d+/floor/\w+/\d+"


class Kind(NamedTuple):
    """A kind of mistake: where it can be made, what is written there, and part of what is said of it.

    ``text`` takes the place of the value (or of the key, if ``of_key``), its word standing for ``{}``. A kind that
    ``rules`` its mapping wants no other mistake in it.
    """

    where: str  # of the path, its steps joined by '/'
    text: str
    said: str
    of_key: bool = False
    rules: bool = False
    new_line: bool = False  # written on a line of its own before that of the key
    told: str = "here"  # or "below", at the key; or "above", at the key of the mapping


KINDS: dict[str, Kind] = {
    "text for a number": Kind(ANY_NUMBER, "strong", "a number is wanted here, not 'strong'"),
    "list for a number": Kind(ANY_NUMBER, "[1, 2]", "a number is wanted here, not a list"),
    "quoted number": Kind(ANY_NUMBER, "'1'", "a number is wanted here, not '1'"),
    "decimal comma": Kind(NUMBERS, "'0,5'", "a number is wanted here, not '0,5'"),
    "endless number": Kind(ANY_NUMBER, "1234567890123456789012", "a number of more than 18 digits"),
    "tag": Kind(ANY_NUMBER, "!much {}", "the tag '!much' is not understood"),
    "below its bounds": Kind(NUMBERS, "-3", "is -3, and must be"),
    "above its bounds": Kind(SHARES, "7", "is 7, and must be 0 to 1"),
    "uniform turned round": Kind(SHARES, "{{uniform: [0.6, 0.5]}}", "from low to high"),
    "normal without bounds": Kind(NUMBERS, "{{normal: [0.5, 0.1]}}", "the tails of this distribution"),
    "choice of words": Kind(NUMBERS, "{{choice: {{much: 1}}}}", "'much' is not a number"),
    "misspelt distribution": Kind(NUMBERS, "{{unifrm: [0, 1]}}", "unknown key 'unifrm'"),
    "two distributions": Kind(NUMBERS, "{{value: 1, uniform: [0, 1]}}", "cannot stand beside"),
    "source of a wrong type": Kind(NUMBERS, "{{value: 1, source: [a]}}", "a text is wanted here, not a list"),
    "misspelt key": Kind(ANY_NUMBER, "{}q", "unknown key", of_key=True),
    "unknown key": Kind(r"states/\w+/policy", "zyx: 1", "unknown key 'zyx'", new_line=True),
    "no value": Kind(r"states/\w+/(power|war_cost|hope)|calendar/start|events/\w+/at|states/\w+/positions/\w+/salience", "null", "has no value"),
    "no rounds": Kind("calendar/rounds", "0", "0 is out of bounds"),
    "no such day": Kind("calendar/start", "2025-02-30", "there is no such day"),
    "no date": Kind(r"events/\w+/at", "soon", "a date such as"),
    "list for a title": Kind("name|states/\\w+/title|issues/\\w+/title", "[a]", "a text is wanted here, not a list"),
    "level in words": Kind(r"issues/\w+/levels/0\.\d+", "half", "'half' is not a level", of_key=True, rules=True),
    "number for a level's words": Kind(r"issues/\w+/levels/[\d.]+", "5", "a text is wanted here, not 5"),
    "kind of issue written otherwise": Kind(
        r"issues/\w+/status_quo", "kind: division", "there is no kind of issue 'division'", new_line=True
    ),
    "unknown policy": Kind(r"states/\w+/policy", "concedar", "there is no policy 'concedar'"),
    "unknown parameter": Kind(r"states/\w+/policy", "{{preset: firm, zeal: 1}}", "has no parameter 'zeal'"),
    "unknown tactic": Kind(r"states/\w+/policy", "{{courts: everyone}}", "there is no 'everyone' for 'courts'"),
    "policy file that is not there": Kind(r"states/\w+/policy", "{{file: my.py, name: Mine}}", "there is no file"),
    "unknown decision theory": Kind(r"(states/\w+/)?decides", "prospekt", "there is no decision theory"),
    "red line in words": Kind(r"states/\w+/positions/\w+/red_line", "never", "a number is wanted here, not 'never'"),
    "state that is not there": Kind(STATE_NAMES, "atlantis", "there is no state 'atlantis'"),
    "state in capitals": Kind(STATE_NAMES, "ATLANTIS", "'ATLANTIS' cannot be a name"),
    "tie to nobody": Kind(r"alliances/\w+/ties/\w+/\w+", "{}q", "there is no state", of_key=True, rules=True),
    "stake of nobody": Kind(r"alliances/\w+/stakes/\w+", "{}q", "there is no state", of_key=True),
    "front in words": Kind(r"alliances/\w+/joint_front", "no", "true or false is wanted"),
    "commitment that starts broken": Kind(r"alliances/\w+/ties/\w+/\w+/commitment", "0", "below its breaks_below", rules=True),
    "issue that is not there": Kind(r"agenda/\d+/issues/\d+", "{}q", "there is no issue"),
    "issue of an order that is not there": Kind(r"orders/\w+/\d+/\d+", "{}q", "there is no issue"),
    "stage that is not there": Kind(r"agenda/\d+/after(/\d+)?", "{}q", "there is no stage"),
    "no limit of rounds": Kind(r"agenda/\d+/rounds", "0", "0 is out of bounds"),
    "answers in another way": Kind(r"agenda/\d+/answers", "aloud", "'aloud' is not known here"),
    "two triggers": Kind(r"events/\w+/(at|rate)", "when: {fighting: true}", "cannot stand together", rules=True, new_line=True, told="above"),
    "threshold in words": Kind(r"events/.*/(above|below)", "high", "a number is wanted here, not 'high'"),
    "condition on nobody": Kind(r"events/.*/(walked_out|refusals|weariness|(?<!date/)from|of|in)", "atlantis", "there is no state 'atlantis'"),
    "condition on no event": Kind(r"events/.*/event", "flood", "there is no event 'flood'"),
    "change of nothing": Kind(r"events/\w+/effects/\d+/change", "states.atlantis.power", "there is no number"),
    "effect in words": Kind(r"events/\w+/effects/\d+/(by|to|times)", "much", "a number is wanted here, not 'much'"),
    "key twice": Kind(r"states/\w+/policy", "policy: firm", "the key 'policy' stands here twice", rules=True, new_line=True, told="below"),
}  # fmt: skip


class Mistake(NamedTuple):
    """A mistake at one place: what is written there, and where and how it is told."""

    kind: str
    path: tuple[str | int, ...]
    file: str
    line: int
    column: int
    width: int
    text: str
    told: tuple[str, int]  # file and line of the sound scenario in which it will be told


def everywhere(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node, Node]]:
    """Every value below a node: path, the value, and what it stands in."""
    steps = enumerate(node.value) if isinstance(node.value, list) else node.mapping.items()
    for step, below in steps:
        yield (*path, step), below, node
        yield from everywhere(below, (*path, step))


def mistakes_in(path: Path) -> list[Mistake]:
    """Every mistake that can be planted into a scenario, in its own file or in those it extends."""
    read = gather(path, str(path))
    found = []
    for steps, node, above in everywhere(read.root):
        said = "/".join(str(step) for step in steps)
        for name, kind in KINDS.items():
            if not re.fullmatch(kind.where, said):
                continue
            place, width = above.keys[str(steps[-1])] if kind.of_key or kind.new_line else (node.place, node.width)
            line = read.lines[place.file][place.line - 1]
            word = line[place.column - 1 : place.column - 1 + width]
            starts_its_line = not line[: place.column - 1].strip()
            if kind.new_line and not starts_its_line:
                continue
            told = key_place(read.root, steps[:-1])[0] if kind.told == "above" else place
            is_word = not isinstance(node.value, dict | list) and word.strip("'\"") == str(node.value).replace(
                "True", "true"
            )
            if kind.of_key or kind.new_line or is_word:
                text = kind.text if kind.new_line else kind.text.format(word)
                found.append(Mistake(name, steps, *place, width, text, told[:2]))
    return found


def independent(first: Mistake, second: Mistake) -> bool:
    """Whether two mistakes can be made in one scenario without hiding each other."""
    a, b = first.path, second.path
    at_one_place = first[2:5] == second[2:5] or a[: len(b)] == b or b[: len(a)] == a
    ruled = (KINDS[first.kind].rules and b[: len(a) - 1] == a[:-1]) or (
        KINDS[second.kind].rules and a[: len(b) - 1] == b[:-1]
    )
    return not at_one_place and not ruled


def chosen(dice: random.Random, possible: list[Mistake], count: int) -> list[Mistake]:
    """So many independent mistakes, of as many kinds as there are."""
    by_kind: dict[str, list[Mistake]] = {}
    for one in possible:
        by_kind.setdefault(one.kind, []).append(one)
    found: list[Mistake] = []
    while len(found) < count:
        one = dice.choice(by_kind[dice.choice(sorted(by_kind))])
        if all(independent(one, other) for other in found):
            found.append(one)
    return found


def plant(mistakes: list[Mistake]) -> dict[Mistake, tuple[str, int]]:
    """Write the mistakes into their files; returns file and line of each as they are then."""
    for file in {one.file for one in mistakes}:
        lines = Path(file).read_text(encoding="utf-8").split("\n")
        for one in sorted((m for m in mistakes if m.file == file), key=lambda m: (m.line, m.column), reverse=True):
            line, at = lines[one.line - 1], one.column - 1
            if KINDS[one.kind].new_line:
                lines.insert(one.line - 1, " " * at + one.text)
            else:
                lines[one.line - 1] = line[:at] + one.text + line[at + one.width :]
        Path(file).write_text("\n".join(lines), encoding="utf-8")
    return {one: told_in(one, mistakes) for one in mistakes}


def told_in(one: Mistake, mistakes: list[Mistake]) -> tuple[str, int]:
    """File and line in which a mistake is told once all are planted."""
    file, line = one.told
    inserted = [m.line for m in mistakes if KINDS[m.kind].new_line and m.file == file]
    its_own = KINDS[one.kind].new_line and KINDS[one.kind].told == "here"
    return file, line + sum(other <= line for other in inserted) - its_own
