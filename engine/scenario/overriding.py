"""``--set path=value``: a value put over what the files say, before anything is checked."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from wedge.agents.catalogue import PRESETS
from wedge.engine.scenario.changes import POLICY, SET, Change
from wedge.engine.scenario.policies import SLOTS
from wedge.engine.scenario.problems import Place, Problem, ScenarioError, excerpt_of, meant, refusal, shown
from wedge.engine.scenario.reading import read_value
from wedge.engine.scenario.seats import ALIASES, DEFAULT_POLICY, ROOMS
from wedge.engine.scenario.tree import Node, Path, walk

NAMED = {"states": "state", "issues": "issue", "alliances": "alliance", "events": "event"}
OPTIONS = {SET: ("", ""), POLICY: ("states.", ".policy")}  # what their paths begin and end with, unsaid
EXTENDS = "name the other scenario, or write a file that extends it"
CONDITIONS = ("when", "unless", "possible_when")


class Override(NamedTuple):
    """One value to put somewhere. ``steps`` are the words of its path; ``label`` stands for the file's name."""

    steps: list[str]
    value: Node
    label: str
    line: int
    lines: list[str]

    @property
    def said(self) -> Change:
        """The option as it was given."""
        return Change(self.label, self.lines[self.line - 1])

    def place(self, step: int = 0) -> Place:
        """Where that word of the path stands."""
        return Place(self.label, self.line, 1 + sum(len(word) + 1 for word in self.steps[:step]))

    def refused(self, step: int, message: str, cure: str = "") -> ScenarioError:
        """An error at that word of the path."""
        place = self.place(step)
        return refusal(place, message, cure, excerpt_of(self.lines, place.line, place.column, len(self.steps[step])))


class Overrides(NamedTuple):
    """The values said with options, in their order, and what is wrong with those that cannot be read."""

    made: list[Override]
    problems: list[Problem]


def overrides(*said: tuple[str, Sequence[str]]) -> Overrides:
    """What was said with each option, ``--set`` or ``--policy``; the n-th stands in line n of a file of that name."""
    found = Overrides([], [])
    for label, texts in said:
        lines = [text.replace("\n", " ") for text in texts]
        for at in range(len(lines)):
            try:
                found.made.append(override(label, at, lines))
            except ScenarioError as error:
                found.problems.extend(error.problems)
    return found


def override(label: str, at: int, lines: list[str]) -> Override:
    """One value said with an option."""
    path, equals, _ = lines[at].partition("=")
    prefix, suffix = OPTIONS[label]
    steps = f"{prefix}{path.strip()}{suffix}".split(".")
    if not equals or not all(steps):
        message = f"{shown(lines[at])} is not `path=value`"
        raise refusal(Place(label, at + 1, 1), message, f"write {label} {example(label)}")
    value = value_of(lines[at], len(path) + 1, label, at, lines)
    return Override(steps, with_file_apart(value) if label == POLICY else value, label, at + 1, lines)


def with_file_apart(value: Node) -> Node:
    """``mine.py:Steady`` as ``{file: mine.py, name: Steady}``; any other value as it is."""
    file, colon, name = str(value.value).rpartition(":")
    if not isinstance(value.value, str) or not colon or not file.endswith(".py"):
        return value
    there = value.place._replace(column=value.place.column + len(file) + 1)
    parts = {"file": Node(file, value.place, len(file)), "name": Node(name, there, len(name))}
    return Node(parts, value.place, value.width, 3, {key: (part.place, part.width) for key, part in parts.items()})


def example(label: str, state: str = "") -> str:
    """How the option is used, for a state of the scenario at hand; for one of ours where none is known."""
    return f"{state or 'united_states'}=wedge" if label == POLICY else f"states.{state or 'ukraine'}.power=0.8"


def with_own_example(problems: Sequence[Problem], root: Node) -> list[Problem]:
    """The problems of options, an example of their use taken from the scenario."""
    state = next(iter(walk(root, ("states",))[0].mapping), "")
    foreign = {f"write {label} {example(label)}": f"write {label} {example(label, state)}" for label in OPTIONS}
    return [problem._replace(help=foreign.get(problem.help, problem.help)) for problem in problems]


def value_of(text: str, start: int, label: str, at: int, lines: list[str]) -> Node:
    """The value after the '=', its places counted in the whole argument."""
    before = "\n" * at
    padded = before + " " * start + text[start:]
    node, problems = read_value(padded, label, lines)
    if problems:
        raise ScenarioError(problems)
    if node is None:
        excerpt = excerpt_of(lines, at + 1, start)
        raise refusal(Place(label, at + 1, start), "there is no value after the '='", "`=null` removes a key", excerpt)
    return node


def put_over(root: Node, all_of_them: Sequence[Override]) -> tuple[Node, list[Problem]]:
    """The tree with every value put in its place, later ones over earlier ones; and what is wrong with the others."""
    problems: list[Problem] = []
    for one in all_of_them:
        try:
            if one.steps[0] == "extends":
                raise one.refused(0, "`extends` is read before values are put over a file", EXTENDS)
            split = with_slots(root, one)
            path = tree_path(split, one)
            check_names(split, path, one)
            root = placed(split, path, one, 0)
        except ScenarioError as error:
            problems.extend(error.problems)
    return root, problems


def tree_path(root: Node, one: Override) -> Path:
    """The path in the tree for a path of a number, or of any key."""
    first, rest = one.steps[0], one.steps[1:]
    if first == "ties" and len(rest) == 3:
        return tie_path(root, one, rest)
    if first == "stakes" and len(rest) == 2:
        return ("alliances", rest[0], "stakes", rest[1])
    if first == "states" and len(rest) == 4 and rest[1] == "policy" and rest[2] in SLOTS:
        return policy_path(root, one, rest)
    if first == "states" and len(rest) == 4 and rest[1] == "positions" and rest[3] == "red_line":
        return red_line_path(root, ("states", *rest), one)
    if first == "agenda" and rest:
        return agenda_path(root, one, rest)
    if first == "events" and len(rest) == 3 and rest[1] == "effects" and rest[2].isdigit():
        return effect_path(root, one, rest)
    if first == "events" and len(rest) == 3 and rest[1] in CONDITIONS and rest[2].isdigit():
        return threshold_path(root, ("events", rest[0], rest[1]), int(rest[2]), one)
    return tuple(one.steps)


def tie_path(root: Node, one: Override, rest: list[str]) -> Path:
    """Where a tie is declared."""
    source, target, key = rest
    known = []
    for name, alliance in walk(root, ("alliances",))[0].mapping.items():
        ties = alliance.mapping.get("ties")
        for start, ends in (ties.mapping if ties is not None else {}).items():
            if start == source and target in ends.mapping:
                return ("alliances", name, "ties", source, target, key)
            known += [f"{start}.{end}" for end in ends.mapping]
    raise one.refused(
        1, f"no tie from {shown(source)} to {shown(target)} is declared", meant(f"{source}.{target}", known)
    )


def policy_path(root: Node, one: Override, rest: list[str]) -> Path:
    """Where a parameter of a policy is written, however the policy is written now."""
    state, _, room, parameter = rest
    where: Path = ("states", state, "policy")
    node, reached = walk(root, where)
    if len(reached) == 3 and "preset" in node.mapping:
        return (*where, parameter)
    if len(reached) == 3 and not isinstance(node.value, dict):
        return (*where, parameter)
    slot = node.mapping.get(room) if len(reached) == 3 else None
    if slot is None:
        preset = PRESETS[DEFAULT_POLICY]
        return (*where, room, getattr(preset, room)[0], parameter) if len(reached) == 3 else (*where, parameter)
    tactic = next(iter(slot.mapping)) if slot.mapping else str(slot.value)
    return (*where, room, tactic, parameter)


def with_slots(root: Node, one: Override) -> Node:
    """The tree with a preset taken apart into its three slots, if one of them is to be set."""
    if len(one.steps) != 4 or one.steps[0] != "states" or one.steps[2] != "policy" or one.steps[3] not in SLOTS:
        return root
    where: Path = ("states", one.steps[1], "policy")
    node, reached = walk(root, where)
    said = node.mapping.get("preset", node)
    name = str(said.value)
    preset = PRESETS.get(ALIASES.get(name, name))
    if len(reached) < len(where) or preset is None or isinstance(said.value, dict):
        return root
    slots = {room: slot_of(node, room, getattr(preset, room)[0]) for room in SLOTS}
    return placed(root, where, one._replace(value=Node(slots, node.place)), 0)


def slot_of(node: Node, room: str, tactic: str) -> Node:
    """One slot of a preset, with those of the preset's parameters that are its own."""
    slot = ROOMS[room][tactic]
    own = {*(parameter.name for parameter in slot.parameters), *slot.concerns}
    given = {key: value for key, value in node.mapping.items() if key in own}
    keys = {key: node.keys[key] for key in given}
    return Node({tactic: Node(given, node.place, keys=keys)}, node.place) if given else Node(tactic, node.place)


def red_line_path(root: Node, where: Path, one: Override) -> Path:
    """Where a red line's level is written: under its side, if it says one."""
    node, reached = walk(root, where)
    sides = [side for side in ("above", "below") if side in node.mapping]
    says_side = {"above", "below"} & set(one.value.mapping)
    return (*where, sides[0]) if len(reached) == len(where) and sides and not says_side else where


def agenda_path(root: Node, one: Override, rest: list[str]) -> Path:
    """A stage by its name or its place."""
    stages = walk(root, ("agenda",))[0]
    listed = stages.value if isinstance(stages.value, list) else []
    names = [str(stage.mapping["stage"].value) for stage in listed if "stage" in stage.mapping]
    if rest[0] in names:
        place = names.index(rest[0])
    elif rest[0].isdigit() and int(rest[0]) < len(listed):
        place = int(rest[0])
    else:
        raise one.refused(1, f"there is no stage {shown(rest[0])}", meant(rest[0], names))
    if len(rest) == 3 and rest[1] == "possible_when" and rest[2].isdigit():
        return threshold_path(root, ("agenda", place, "possible_when"), int(rest[2]), one)
    return ("agenda", place, *rest[1:])


def effect_path(root: Node, one: Override, rest: list[str]) -> Path:
    """Where the size of an effect is written."""
    where: Path = ("events", rest[0], "effects", int(rest[2]))
    node, reached = walk(root, where)
    if len(reached) < 4:
        raise one.refused(3, f"event {shown(rest[0])} has no effect {rest[2]}", "effects are counted from 0")
    ways = [way for way in ("to", "by", "times", "deadline") if way in node.mapping]
    if not ways:
        raise one.refused(3, "this effect has no size", "it withholds or restores support")
    return (*where, ways[0])


def threshold_path(root: Node, where: Path, count: int, one: Override) -> Path:
    """Where the n-th threshold of a condition is written."""
    node, reached = walk(root, where)
    found = thresholds(node, where) if len(reached) == len(where) else []
    if count >= len(found):
        raise one.refused(len(one.steps) - 1, f"this condition has {len(found)} thresholds", "they are counted from 0")
    return found[count]


def thresholds(node: Node, where: Path) -> list[Path]:
    """The thresholds in a condition, in order."""
    if isinstance(node.value, list):
        return [path for i, part in enumerate(node.value) for path in thresholds(part, (*where, i))]
    found: list[Path] = []
    for key, part in node.mapping.items():
        if key in ("above", "below"):
            found.append((*where, key))
        elif key in ("all", "any", "not", "round"):
            found += thresholds(part, (*where, key))
    return found


def check_names(root: Node, path: Path, one: Override) -> None:
    """Refuse names that the scenario does not declare, so that a misspelling adds nothing."""
    for step in range(1, len(path)):
        above = path[:step]
        kind = NAMED.get(str(above[0])) if len(above) == 1 else None
        if len(above) == 3 and above[0] == "states" and above[2] == "positions":
            kind = "issue"
        if kind is None:
            continue
        known = list(walk(root, ("issues",) if kind == "issue" else above)[0].mapping)
        name = str(path[step])
        if name not in known and one.value.value is not None:
            at = one.steps.index(name) if name in one.steps else 0
            raise one.refused(at, f"there is no {kind} {shown(name)}", meant(name, known))


def placed(node: Node, path: Path, one: Override, depth: int) -> Node:
    """The tree with the value at that path, whatever mappings are missing made."""
    if depth == len(path):
        return one.value
    step, last = path[depth], depth == len(path) - 1
    at = min(depth, len(one.steps) - 1)
    if isinstance(node.value, list):
        if not (isinstance(step, int) or str(step).isdigit()) or int(step) >= len(node.value):
            raise one.refused(at, f"{shown(str(step))} is no place in this list", "places are counted from 0")
        listed = [placed(n, path, one, depth + 1) if i == int(step) else n for i, n in enumerate(node.value)]
        return replace(node, value=listed)
    if not isinstance(node.value, dict):
        node = opened(node, path, one, depth)
    entries, key = dict(node.mapping), str(step)
    if last and one.value.value is None:
        if key not in entries:
            raise one.refused(at, f"{shown(key)} is not set, so it cannot be removed", meant(key, entries))
        del entries[key]
        return replace(node, value=entries)
    below = entries.get(key, Node({}, one.place(at)))
    entries[key] = placed(below, path, one, depth + 1)
    keys = {**node.keys, key: (one.place(at), len(one.steps[at]))}
    return replace(node, value=entries, keys=keys)


def opened(node: Node, path: Path, one: Override, depth: int) -> Node:
    """A single value as a mapping, where a policy or a slot named by one word is to get parameters."""
    said, last = str(node.value), str(path[depth - 1]) if depth else ""
    if last == "policy" and ALIASES.get(said, said) in PRESETS:
        return Node({"preset": node}, node.place, node.width, 2, {"preset": (node.place, node.width)})
    if last in SLOTS and path[depth] == said:
        return Node({}, node.place)
    at = min(depth, len(one.steps) - 1)
    raise one.refused(at, f"'{'.'.join(map(str, path[:depth]))}' is {shown(node.value)}, with nothing below it")
