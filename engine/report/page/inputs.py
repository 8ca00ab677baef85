"""What the answer depends on: the uncertain numbers, judgements among them, and how they go with fracture."""

import json
import shlex
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.associations import Association, associations
from wedge.engine.report.page.numbers import Sentence, count, plain
from wedge.engine.report.page.sides import Side
from wedge.engine.report.page.tables import Table
from wedge.engine.scenario.changes import as_options
from wedge.engine.scenario.problems import escaped

FIRST_TOLD = 10  # numbers in the table that is open; all are in the one below


class Dependence(NamedTuple):
    """What one scenario's answer depends on."""

    name: str
    sentence: Sentence
    first: Table
    rest: Table | None
    given: Table | None  # every number with its source; None where they are those of an earlier scenario
    as_in: str  # the name of that scenario, or an empty text
    command: str  # that looks further


def dependences_of(sides: Sequence[Side]) -> list[Dependence]:
    """What the answer of each scenario depends on; numbers that two of them share are told once."""
    told: list[tuple[str, Table]] = []
    found = []
    for side in sides:
        given = _given(side)
        as_in = next((name for name, table in told if table.rows == given.rows), "")
        told.append((side.name, given))
        found.append(_dependence(side, None if as_in else given, as_in))
    return found


def _dependence(side: Side, given: Table | None, as_in: str) -> Dependence:
    """The uncertain numbers of one scenario, ranked, and where every number comes from."""
    found = associations(side.experiment)
    scenario, judgements = side.experiment.scenario, sum(each.judgement for each in found)
    said: Sentence = [
        count(len(found), side.of("inputs.uncertain")),
        " of the numbers are uncertain and drawn anew in each world, ",
        count(judgements, side.of("inputs.judgements")),
        " of them judgements without a source. In all, ",
        count(len(scenario["judgements"]), side.of("numbers.judgements")),
        " of the ",
        count(scenario["given"], side.of("numbers.given")),
        " numbers that the scenario gives are judgements.",
    ]
    rows = [_row(side, each) for each in found]
    heads = ["number", "as drawn", "where it comes from", "rank correlation with fracture (95 % interval)"]
    caption = f"{side.name}: the uncertain numbers that go most with fracture"
    rest = Table(f"{side.name}: the other uncertain numbers", heads, rows[FIRST_TOLD:]) if rows[FIRST_TOLD:] else None
    call = shlex.join(["wedge", "sensitivity", *scenario_call(side)])
    return Dependence(side.name, said, Table(caption, heads, rows[:FIRST_TOLD]), rest, given, as_in, escaped(call))


def _row(side: Side, each: Association) -> list[Sentence]:
    of = side.of(f"inputs.{each.path}")
    drawn = _said(side.experiment.scenario["meaning"]["numbers"].get(each.path))
    known: Sentence = [plain(each.correlation, f"{of}.correlation", 2, sign=True)]
    if each.low == each.low:
        known += [
            " (",
            plain(each.low, f"{of}.low", 2, sign=True),
            " to ",
            plain(each.high, f"{of}.high", 2, sign=True),
            ")",
        ]
    return [[escaped(each.path)], [drawn], [source_of(side, each.path)], known]


def source_of(side: Side, path: str) -> str:
    """Where a number comes from: its source, its note, or that it is a judgement or the model's default."""
    told = side.experiment.scenario
    source, note = (*told["sources"].get(path, ()), None, None)[:2]
    if source:
        return escaped(str(source))
    kind = "default of the model" if path in told["defaults"] else "judgement"
    return f"{kind}: {escaped(str(note))}" if note and str(note) != kind else kind


def _said(value: Any) -> str:
    """A number as it is given: a value, or a distribution."""
    if isinstance(value, dict):
        return escaped(", ".join(f"{key} {_shape(shape)}" for key, shape in value.items()))
    return f"{value:g}" if isinstance(value, int | float) else "–"


def _shape(shape: Any) -> str:
    return json.dumps(shape, ensure_ascii=False).strip("[]")


def _given(side: Side) -> Table:
    """Every number that plays a part, with its value and its source."""
    numbers = side.experiment.scenario["meaning"]["numbers"]
    told: list[list[Sentence]] = [
        [[escaped(path)], [_said(value)], [source_of(side, path)]] for path, value in numbers.items()
    ]
    return Table(
        f"{side.name}: every number, and where it comes from", ["number", "value", "where it comes from"], told
    )


def scenario_call(side: Side) -> list[str]:
    """The scenario as the call that made the results named it, with what it put over the file."""
    return [side.experiment.called, *as_options(side.experiment.changes)]
