"""Simple models beside the agent model, where ``wedge run --baselines`` has set them beside results."""

import shlex
from typing import Any, NamedTuple

from wedge.engine.analysis.baselines import stored_baselines
from wedge.engine.analysis.baselines.sides import MOST_STATES
from wedge.engine.analysis.baselines.words import NOT_KNOWN, TOO_MANY
from wedge.engine.report.page.numbers import Sentence, count, in_points, interval, plain, share
from wedge.engine.report.page.sides import Side, Subject
from wedge.engine.report.page.tables import Table
from wedge.engine.scenario.problems import escaped


class Beside(NamedTuple):
    """The simple models beside one experiment."""

    name: str
    tables: list[Table]
    notes: list[str]


def beside_of(subject: Subject) -> list[Beside]:
    """For each experiment that has any, its simple models; those of other worlds are named, not shown."""
    return [found for side in subject.sides if (found := _of_side(side)) is not None]


def _of_side(side: Side) -> Beside | None:
    stored = stored_baselines(side.experiment.folder)
    if stored is None:
        return None
    if stored["worlds"] != side.experiment.count:
        again = escaped(shlex.join(call_beside(side)))
        return Beside(
            side.name, [], [f"They were set beside other worlds than those of these results; {again} does it again."]
        )
    tables = [_levels(side, stored["levels"])]
    tables += [_sides(side, stored["sides"])] if stored["sides"] else []
    tables += [_played(side, model, stored["played"]) for model in dict.fromkeys(r["model"] for r in stored["played"])]
    return Beside(
        side.name, tables, [*([TOO_MANY] if len(side.experiment.names.states) > MOST_STATES else []), NOT_KNOWN]
    )


def call_beside(side: Side) -> list[str]:
    """The call that sets simple models beside an experiment where it lies."""
    return [*side.experiment.call, "--out", str(side.experiment.folder), "--baselines"]


def _levels(side: Side, found: list[dict[str, Any]]) -> Table:
    told: list[list[Sentence]] = []
    for row in map(_numbers, found):
        of = side.of(f"baselines.levels.{row['issue']}.{row['model']}")
        settled: Sentence = [count(row["settled"], f"{of}.settled"), " of ", count(row["n"], f"{of}.n")]
        apart: Sentence = [plain(row["distance"], f"{of}.distance")]
        if row["settled"] > 1:
            ends = {"low": row["distance_low"], "high": row["distance_high"]}
            apart += [" ", *interval(ends, f"{of}.distance", plain)]
        medians: list[Sentence] = [[plain(row[key], f"{of}.{key}")] for key in ("median", "agent_median")]
        told.append([[escaped(row["title"])], [escaped(row["model_title"])], *medians, settled, apart])
    heads = ["", "model", "median it says", "median where it is settled", "settled, of worlds", "apart on average"]
    return Table(
        "Where each issue ends: simple models, and what the talks settle in the same worlds, from 0 to 1", heads, told
    )


def _sides(side: Side, found: list[dict[str, Any]]) -> Table:
    told: list[list[Sentence]] = []
    for row in map(_numbers, found):
        of = side.of(f"baselines.sides.{row['source']}.{row['target']}")
        shares: list[Sentence] = [[share(row[key], f"{of}.{key}")] for key in ("opposite", "fractured")]
        told.append([[escaped(row["title"])], [count(row["n"], f"{of}.n")], *shares, _difference(row, of)])
    heads = ["", "worlds", "landscape theory: opposite sides", "the tie fractures", "difference in points"]
    return Table("Who ends on opposite sides, and whose tie fractures", heads, told)


def _played(side: Side, model: str, found: list[dict[str, Any]]) -> Table:
    rows = [_numbers(row) for row in found if row["model"] == model]
    told: list[list[Sentence]] = []
    for row in rows:
        if not (row["share_a"] or row["share_b"] or row["observable"].startswith("alliances.")):
            continue
        of = side.of(f"baselines.played.{model}.{row['observable']}")
        shares: list[Sentence] = [[share(row[key], f"{of}.{key}")] for key in ("share_a", "share_b")]
        told.append([[escaped(row["title"])], *shares, _difference(row, of)])
    title = escaped(rows[0]["model_title"])
    heads = ["", "as it was played", title, "difference in points"]
    return Table(f"The same worlds under another model: {title}", heads, told)


def _difference(row: dict[str, Any], of: str) -> Sentence:
    return [in_points(row["difference"], f"{of}.difference"), " ", *interval(row, of, in_points)]


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    """A stored row, what is missing in it not a number."""
    return {key: float("nan") if value is None else value for key, value in row.items()}
