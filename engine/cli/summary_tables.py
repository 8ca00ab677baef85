"""An experiment's summary as tables for a terminal."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wedge.engine.analysis.sentences import day, number, percent
from wedge.engine.cli.blocks import Blocks

if TYPE_CHECKING:
    from wedge.engine.analysis import Summary
    from wedge.engine.experiment import Experiment


def tables_of(experiment: "Experiment", summary: "Summary") -> Iterable[Any]:
    """The tables, one after another: fractures first, moves last."""
    if experiment.names.alliances:
        yield _fractures(experiment, summary)
    if summary.when["n"].any():
        yield _by_day(summary)
    if len(summary.broke):
        yield _broke(experiment, summary)
    if len(summary.channels):
        yield _channels(experiment, summary)
    if experiment.names.ties:
        yield _shares("Support", summary, ("ties.",), (".suspended", ".withheld", ".restored"))
    yield _shares("How the talks end", summary, ("talks.",))
    yield _settlements(summary)
    yield _shares("Yielding, blame and change of mind", summary, ("states.",), NOT_ALWAYS)
    if len(summary.events):
        yield _events(summary)
    yield _moves(summary)
    if len(summary.orders):
        yield _orders(experiment, summary)


DAYS_TOLD = 6
NOT_ALWAYS = (".conceded_precondition", ".most_blamed", ".order_changed", ".gone")


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], names: int = 1) -> Blocks:
    """A table whose first column is text and whose others are numbers; so many columns tell its rows apart."""
    return Blocks(title, columns, rows, names=names)


def interval(row: Any) -> str:
    """Such as 19.8 to 23.3 %."""
    return f"{100 * row['low']:.1f} to {percent(row['high'])}"


def rows_of(frame: Any) -> Iterable[dict[str, Any]]:
    """The rows of a data frame."""
    return frame.to_dict("records") if len(frame) else []


def _fractures(experiment: "Experiment", summary: "Summary") -> Any:
    when = {row["observable"]: row for row in rows_of(summary.when)}
    rows = []
    for row in rows_of(summary.shares):
        name = row["observable"]
        if name.startswith(("alliances.", "ties.")) and name.endswith((".fractured", ".split")):
            days = when.get(name)
            spread = (
                f"{day(days['median'])} ({day(days['lower'])} to {day(days['upper'])})" if days and days["n"] else ""
            )
            rows.append(
                (row["title"], f"{row['count']:,} of {row['n']:,}", percent(row["share"]), interval(row), spread)
            )
    return table("How often it fractures", ("", "worlds", "share", "95 % interval", "day: median (quartiles)"), rows)


def _by_day(summary: "Summary") -> Any:
    """The share of all worlds in which it had fractured, at a few days to the horizon."""
    days = sorted(summary.by_day["day"].unique())
    some = sorted({days[round(part * (len(days) - 1) / DAYS_TOLD)] for part in range(1, DAYS_TOLD + 1)})
    rows = []
    for known in rows_of(summary.when[summary.when["n"] > 0]):
        band = summary.by_day[summary.by_day["observable"] == known["observable"]].set_index("day")
        rows.append((known["title"], *(percent(band.loc[each, "share"]) for each in some)))
    return table("Share of all worlds by day", ("", *(day(each) for each in some)), rows)


def _shares(title: str, summary: "Summary", starts: tuple[str, ...], ends: tuple[str, ...] = ("",)) -> Any:
    """Shares by the beginnings and endings of their names; those that never happen are left out."""
    rows = [
        (row["title"], f"{row['count']:,} of {row['n']:,}", percent(row["share"]), interval(row))
        for row in rows_of(summary.shares)
        if row["observable"].startswith(starts)
        and row["observable"].endswith(ends)
        and (row["count"] or starts == ("talks.",))
    ]
    return table(title, ("", "worlds", "share", "95 % interval"), rows or [("none of it happened", "", "", "")])


def _tie(experiment: "Experiment", row: dict[str, Any]) -> str:
    from wedge.engine.analysis.sentences import tie_title

    return tie_title(experiment, row["source"], row["target"])


def _broke(experiment: "Experiment", summary: "Summary") -> Any:
    titles = dict(zip(experiment.names.alliances, experiment.names.alliance_titles, strict=True))
    rows = [
        (
            f"{titles[row['alliance']]}: {_tie(experiment, row)}",
            f"{row['count']:,} of {row['n']:,}",
            percent(row["share"]),
            interval(row),
        )
        for row in rows_of(summary.broke)
    ]
    return table("Which tie breaks first, where the alliance fractures", ("", "worlds", "share", "95 % interval"), rows)


def _channels(experiment: "Experiment", summary: "Summary") -> Any:
    from wedge.engine.model.words import CHANNELS

    rows = []
    for (source, target), of_tie in summary.channels.groupby(["source", "target"], sort=False):
        found = {row["channel"]: row for row in rows_of(of_tie)}
        share = [
            percent(found[channel]["share_of_loss"], 0) if found[channel]["change"] < 0 else "" for channel in CHANNELS
        ]
        rows.append((_tie(experiment, {"source": source, "target": target}), *share))
    return table("Through which channel: share of what the tie lost, where it fractures", ("", *CHANNELS), rows)


def _settlements(summary: "Summary") -> Any:
    stages = [
        (row["title"], f"{row['count']:,} of {row['n']:,}", percent(row["share"]), interval(row), "")
        for row in rows_of(summary.shares)
        if row["observable"].startswith("stages.")
    ]
    issues = [
        (f"  {row['title']}", f"{row['settled']:,} of {row['n']:,}", percent(row["settled"] / row["n"]), "",
         f"{number(row['median'])} ({number(row['lower'])} to {number(row['upper'])})" if row["settled"] else "")
        for row in rows_of(summary.levels)
    ]  # fmt: skip
    return table(
        "What is settled", ("", "worlds", "share", "95 % interval", "level: median (quartiles)"), stages + issues
    )


def _events(summary: "Summary") -> Any:
    rows = [
        (row["title"], f"{row['count']:,} of {row['n']:,}", percent(row["share"]), day(row["median_day"]))
        for row in rows_of(summary.events)
    ]
    return table("Events", ("", "worlds", "share", "median day"), rows)


def _moves(summary: "Summary") -> Any:
    from wedge.engine.analysis.summary import MOVES

    rows = [
        (row["title"], *(f"{row[move]:.1f}" for move in MOVES), f"{row['blame']:.2f}") for row in rows_of(summary.moves)
    ]
    return table("Moves in the mean world, and blame in weeks", ("", *MOVES, "blame"), rows)


def _orders(experiment: "Experiment", summary: "Summary") -> Any:
    titles = dict(zip(experiment.names.states, experiment.names.state_titles, strict=True))
    rows = []
    for row in rows_of(summary.orders):
        said = row["first"] if row["first"] == row["last"] else f"{row['first']}, then {row['last']}"
        rows.append((f"{titles[row['state']]}: {said}", f"{row['count']:,} of {row['n']:,}", percent(row["share"])))
    return table("Which order of settling each would rather have, at first and at last", ("", "worlds", "share"), rows)
