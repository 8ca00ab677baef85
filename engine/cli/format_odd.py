"""The tables of ``docs/odd.md``, made from the code between their markers; the sentences around them are written by hand."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS, Slot
from wedge.engine.cli.format_page import table
from wedge.engine.model import draws, numbers, world
from wedge.engine.model.numbers import COMMON, EVENT, ISSUE, POSITION, STATE, TIE, Number
from wedge.engine.model.words import ENDS, STAGE_STATES, STANCES
from wedge.engine.scenario.fields import bounds_in_words
from wedge.engine.scenario.schema import Assumptions, Strain, Talks
from wedge.engine.simulation import course

ROOT = Path(__file__).resolve().parents[2]
MARKED = re.compile(r"(<!-- generated: ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
CHECK = re.compile(r"^- (.+): \*\*(as expected|not found)\*\*\.$")
DRAW = re.compile(r"(bits|uniform|normal|logistic|waiting)\(\s*[^,()]+,\s*FOR_([A-Z_]+)\b")
WRITTEN = {"outside": "outside.value", "patience": "outside.patience", "ratification": "ratification.needs"}
WRITTEN |= {"purse": "purse.budget", "at": "ends_war.at", "drift": "battlefield.drift", "sway": "battlefield.sway"}
NEEDED = {"ideal": "required", "salience": "required", "red_line": "none", "rate": "none"}
# The groups of a world's fields, and what each is kept for.
FIELDS = {
    "LANE_FIELDS": "the world",
    "STATE_FIELDS": "a state",
    "TIE_FIELDS": "a tie",
    "ISSUE_FIELDS": "an issue",
    "STAGE_FIELDS": "a stage",
    "EVENT_FIELDS": "an event",
    "ALLIANCE_FIELDS": "an alliance",
    "OFFER_FIELDS": "a state at a stage",
}
# What the code says too little of for a reader who does not see the lines around it.
MEANINGS = {
    "talks": f"how they stand: {', '.join(ENDS)}",
    "stance": ", ".join(STANCES),
    "reason": "what tipped its stance",
    "payoff": "what it has gained so far, in utility units",
    "purse_left": "what it can still spend on side payments",
    "commitment": "strength of the tie, 0 to 1",
    "held_back": "1: support is withheld by an event, or because its giver has left the talks",
    "standing": f"{', '.join(STAGE_STATES)}; rounds on the table; when it was settled, or -1; proposals made on it",
    "best_refused": "worth of the best it has refused, of the first an adversary offered, of the best offered since",
}
ROUNDS = {
    "fracture_round": "the round in which it fractured, or -1",
    "settled_round": "the round in which it was settled, or -1",
}
SPLIT = "the rounds in which a first tie inside it fractured and in which it split, or -1"
# Fields that hold moves from outside, or what a proposer works with: written and read within one round.
PASSING = ("forced_", "seen_", "base_", "court_weight", "courted")


def expectations() -> list[tuple[str, str, bool]]:
    """Every expectation of the page on behaviour: its heading there, its words, and whether it was met."""
    heading, found = "", []
    for line in (ROOT / "docs/model-behaviour.md").read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        said = CHECK.match(line)
        if said:
            found.append((heading, said[1], said[2] == "as expected"))
    return found


def checks() -> str:
    """Every expectation of the page on behaviour, with its verdict, under its heading there."""
    rows = [(of, what, "met" if met else "**not met**") for of, what, met in expectations()]
    return table(("of", "what was expected before it was played", "verdict"), rows)


def parameters() -> str:
    """Every number of a scenario: where it is written, default, range, unit and meaning."""
    stake = Number("*", 0.0, -numbers.INF, numbers.INF, "utility", "what a state gains or loses by the fracture")
    slots = [one for one in STATE if not one.name.endswith(("_a", "_b"))]
    held = (("strain", Strain), ("talks", Talks), ("assumptions", Assumptions))
    common = {key: [one for one in COMMON if one.name in model.model_fields] for key, model in held}
    groups = {"states.*": slots, "states.*.positions.*": POSITION, "ties.*.*": TIE, "stakes.*": [stake]}
    groups |= {"issues.*": ISSUE, "events.*": EVENT, **common}
    rows = [
        number_row(f"{holder}.{WRITTEN.get(one.name, one.name)}", one) for holder, of in groups.items() for one in of
    ]
    return table(("number", "default", "range", "unit", "meaning"), rows)


def number_row(path: str, one: Number) -> tuple[str, ...]:
    """One number."""
    default = NEEDED.get(one.name, f"{one.default:g}")
    return f"`{path}`", default, bounds_in_words(one.low, one.high), one.unit, one.meaning


def variables() -> str:
    """The fields of a world that last beyond a step, by what they belong to, with what the code says of each."""
    said = comments_of(world)
    rows = [
        (holder, ", ".join(f"`{name}`" for name in names), meaning_of(names, meaning))
        for group, holder in FIELDS.items()
        for names, meaning in said[group]
        if not names[0].startswith(PASSING)
    ]
    return table(("of", "variable", "meaning"), rows)


def meaning_of(names: list[str], said: str) -> str:
    """What a line of fields means: what the code says behind it, or more."""
    if names == ["fracture_round", "split_round"]:
        return SPLIT
    return MEANINGS.get(names[0]) or (ROUNDS.get(names[0]) if said in ("", "or -1") else None) or said


def comments_of(module: ModuleType) -> dict[str, list[tuple[list[str], str]]]:
    """For each tuple of names in a module: the names of each line, and the comment behind them."""
    text = inspect.getsource(module)
    lines = text.splitlines()
    groups = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in FIELDS:
            rows: dict[int, list[str]] = {}
            for name in ast.walk(node.value):
                if isinstance(name, ast.Constant):
                    rows.setdefault(name.lineno, []).append(str(name.value))
            said = {at: lines[at - 1].partition("  # ")[2] for at in rows}
            groups[node.targets[0].id] = [(rows[at], said[at]) for at in sorted(rows)]
    return groups


def phases() -> str:
    """What a round does, in order, as ``course.play_round`` calls it."""
    body = ast.parse(inspect.getsource(course.play_round)).body[0]
    assert isinstance(body, ast.FunctionDef)
    called = [step.value.func.id for step in body.body if isinstance(step, ast.Expr) and isinstance(step.value, ast.Call) and isinstance(step.value.func, ast.Name)]  # fmt: skip
    rows = []
    for place, name in enumerate(called, 1):
        function = getattr(course, name)
        rows.append((str(place), f"`{name}`", f"`{file_of(function)}`", first_sentence(function)))
    return table(("", "step", "module", "what it does"), rows)


def policies() -> str:
    """Every tactic of the three slots with its module, and the presets."""
    rows = [
        (slot, f"`{one.name}`", f"`{file_of(one.function)}`", numbers_of(one), one.meaning.replace("``", "`"))
        for slot, room in (("demands", DEMANDS), ("courts", COURTS), ("answers", ANSWERS))
        for one in room.values()
    ]
    presets = [
        (f"`{one.name}`", one.demands[0], one.courts[0], one.answers[0], one.meaning) for one in PRESETS.values()
    ]
    tactics = table(("slot", "tactic", "module", "parameters (default; range)", "what it does"), rows)
    return tactics + "\n" + table(("preset", "demands", "courts", "answers", "in a word"), presets)


def numbers_of(one: Slot) -> str:
    """The parameters of a tactic."""
    return ", ".join(f"{p.name} ({p.default:g}; {bounds_in_words(p.low, p.high)})" for p in one.parameters)


def named_draws() -> str:
    """Every purpose of a draw: its law and the modules that draw it, and what the manual says of its name."""
    manual = dict(manual_of_draws())
    where: dict[str, set[str]] = {}
    laws: dict[str, set[str]] = {}
    rooms = ("engine/model", "engine/simulation", "agents")
    for file in sorted(file for room in rooms for file in (ROOT / room).rglob("*.py")):
        for law, purpose in DRAW.findall(file.read_text(encoding="utf-8")):
            where.setdefault(purpose, set()).add(f"`{file.relative_to(ROOT).as_posix()}`")
            laws.setdefault(purpose, set()).add(law)
    purposes = sorted((number, name.removeprefix("FOR_")) for name, number in vars(draws).items() if name.startswith("FOR_"))  # fmt: skip
    rows = []
    for number, name in purposes:
        law, files = ", ".join(sorted(laws[name])), ", ".join(sorted(where[name]))
        rows.append((str(number), name.lower().replace("_", " "), law, *manual[name.lower().replace("_", " ")], files))
    return table(("", "draw", "law", "who", "when", "used for (section of the manual)", "drawn in"), rows)


def manual_of_draws() -> Iterable[tuple[str, tuple[str, ...]]]:
    """The rows of the manual's own table of draws: who, when, what for."""
    text = (ROOT / "docs/model.md").read_text(encoding="utf-8")
    rows = text.partition("| purpose | who | when | used for |\n| --- | --- | --- | --- |\n")[2].partition("\n\n")[0]
    for row in rows.splitlines():
        purpose, *rest = (cell.strip() for cell in row.strip("|").split("|"))
        yield purpose, tuple(rest)


def file_of(function: Callable[..., Any]) -> str:
    """The file of a function, from the root of the repository."""
    return function.__module__.removeprefix("wedge.").replace(".", "/") + ".py"


def first_sentence(function: Callable[..., Any]) -> str:
    """What a function says of itself."""
    return (function.__doc__ or "").partition("\n")[0]


TABLES = {
    "checks": checks,
    "phases": phases,
    "parameters": parameters,
    "variables": variables,
    "policies": policies,
    "draws": named_draws,
}


def odd_page() -> str:
    """The page as it stands, its tables made anew."""
    return filled((ROOT / "docs/odd.md").read_text(encoding="utf-8"))


def filled(page: str) -> str:
    """The page with every generated table as the code has it now. Raises KeyError for a marker nobody fills."""
    return MARKED.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", page)
