"""Simple models beside an experiment, as tables for a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import number, percent
from wedge.engine.cli.blocks import Blocks
from wedge.engine.cli.summary_tables import rows_of, table

if TYPE_CHECKING:
    from wedge.engine.analysis.baselines import Baselines


def tables_of(found: "Baselines") -> Iterable[Any]:
    """Levels, sides where there are ties, and what is played."""
    yield _levels(found)
    if len(found.sides):
        yield _sides(found)
    yield _played(found)


def _levels(found: "Baselines") -> Any:
    rows = [
        (
            row["title"],
            row["model_title"],
            f"{row['n']:,} of {row['of']:,}",
            f"{number(row['median'])} ({number(row['lower'])} to {number(row['upper'])})" if row["n"] else "–",
            f"{row['settled']:,}",
            number(row["agent_median"]),
            number(row["distance"]),
            f"{number(row['distance_low'])} to {number(row['distance_high'])}" if row["settled"] > 1 else "–",
        )
        for row in rows_of(found.levels)
    ]
    columns = (
        "", "model", "worlds", "level it says: median (quartiles)", "of those settled by the agent model",
        "its median there", "apart on average", "95 % interval",
    )  # fmt: skip
    return table("Levels: simple models beside the agent model, world by world", columns, rows, names=2)


def _sides(found: "Baselines") -> Any:
    rows = [
        (
            row["title"],
            percent(row["opposite"]),
            percent(row["fractured"]),
            *(f"{row[cell]:,}" for cell in ("both", "only_opposite", "only_fractured", "neither")),
        )
        for row in rows_of(found.sides)
    ]
    columns = ("", "opposite sides", "tie fractures", "both", "opposite only", "fractures only", "neither")
    return table("Sides: landscape theory beside the ties that fracture (worlds)", columns, rows)


def _played(found: "Baselines") -> Any:
    """What happens anywhere under one of the models, a row for each; the differences are the agent model less the other."""
    rows: dict[str, list[str]] = {}
    models = {str(row["model"]): str(row["model_title"]) for row in rows_of(found.played)}
    told = {r["observable"] for r in rows_of(found.played) if r["share_a"] or r["share_b"]}
    for row in rows_of(found.played):
        if row["observable"] in told:
            cells = rows.setdefault(row["observable"], [row["title"], percent(row["share_a"])])
            cells += [percent(row["share_b"]), f"{100 * row['difference']:+.1f}", _interval(row)]
    heads = [head for title in models.values() for head in (title, "points less", "95 % interval")]
    if not rows:
        return table("Played: nothing happens under any of the models", ("",), [])
    return Blocks(
        "Played in the same worlds: share of worlds in which it happens", ("", "agent model", *heads), rows.values()
    )


def _interval(row: dict[str, Any]) -> str:
    return f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
