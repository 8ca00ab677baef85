"""Simple models beside an experiment, as tables for a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import number, percent
from wedge.engine.cli.summary_tables import rows_of, table

if TYPE_CHECKING:
    from wedge.engine.analysis.baselines import Baselines


EXPLAINED = {"null": "everybody acts at random", "never_concede": "nobody ever yields"}


def tables_of(found: "Baselines") -> Iterable[Any]:
    """Levels, sides where there are ties, and each model that is played."""
    yield _levels(found)
    if len(found.sides):
        yield _sides(found)
    for model in found.played["model"].unique():
        yield _played(str(model), list(rows_of(found.played[found.played["model"] == model])))


def _levels(found: "Baselines") -> Any:
    """Where both name a level: its median under each, and how far the two are apart in the mean world."""
    rows = [
        (
            row["title"],
            row["model_title"],
            number(row["median"]),
            number(row["agent_median"]),
            f"{row['settled']:,} of {row['n']:,}",
            _apart(row),
        )
        for row in rows_of(found.levels)
    ]
    columns = ("", "model", "it says", "agent\nmodel", "in worlds", "apart on average (95 %)")
    return table("Levels, medians: simple models beside what the agent model settles", columns, rows, names=2)


def _apart(row: dict[str, Any]) -> str:
    if row["settled"] < 2:
        return number(row["distance"])
    return f"{number(row['distance'])} ({number(row['distance_low'])} to {number(row['distance_high'])})"


def _sides(found: "Baselines") -> Any:
    rows = [
        (
            row["title"],
            f"{row['n']:,}",
            percent(row["opposite"]),
            percent(row["fractured"]),
            f"{100 * row['difference']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})",
        )
        for row in rows_of(found.sides)
    ]
    columns = ("", "worlds", "opposite sides", "tie fractures", "points (95 %)")
    return table("Sides: landscape theory beside the ties that fracture", columns, rows)


def _played(model: str, rows: list[dict[str, Any]]) -> Any:
    """What happens anywhere under one of the two; the difference is the agent model less the other."""
    told = [
        (
            row["title"],
            percent(row["share_a"]),
            percent(row["share_b"]),
            f"{100 * row['difference']:+.1f} ({100 * row['low']:+.1f} to {100 * row['high']:+.1f})",
        )
        for row in rows
        if row["share_a"] or row["share_b"]
    ]
    title = str(rows[0]["model_title"])
    columns = ("", "agent model", title, "points (95 %)")
    nothing = [("none of it happened", "", "", "")]
    return table(f"{title[0].upper()}{title[1:]} in the same worlds: {EXPLAINED[model]}", columns, told or nothing)
