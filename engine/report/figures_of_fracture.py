"""How often alliances and ties fracture."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.estimates import band_of, share_of
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.lettering import shortened, width_of, wrapped

Counts = dict[
    tuple[str, ...], tuple[int, int]
]  # of an alliance or a tie: worlds in which it fractured, and of how many
MOST_TIES = 8  # ties drawn of one alliance; of more, those that fracture most


class Row(NamedTuple):
    """A row of dots: what fractures, whole and as the figure says it."""

    title: str
    short: str
    is_tie: bool


class Rate(NamedTuple):
    """How often something fractured under one scenario."""

    row: Row
    side: Side
    fractured: int
    n: int
    share: float
    low: float
    high: float


def rates_figure(sides: Sequence[Side]) -> Drawn | None:
    """A dot with Wilson's interval for each alliance and tie and scenario, zero shown."""
    rows = _rows(sides)
    if not rows:
        return None
    rates = [rate for row in rows for rate in row]
    with_text = ROW_HEIGHT * len(rates) + GAP * len(rows)
    figure, (axes,) = drawing.new_figure(1.6 + with_text)
    _draw_rates(axes, rows)
    title = "How often each alliance, and each tie in it, fractures"
    drawing.headline(figure, title, _note(sides, rates))
    table = _rate_table(rates)
    return Drawn("fractures", title, _alt_of_rates(rates), table, figure)


ROW_HEIGHT, GAP = 0.21, 0.24  # inches
LABEL = 34  # letters of a row's name in a line


def _rows(sides: Sequence[Side]) -> list[list[Rate]]:
    """One list of rates for each alliance and each tie that is drawn."""
    rows, counts = [], [_counts(side) for side in sides]
    for alliance, title in alliances_of(sides):
        row = Row(f"{title} (any tie)", f"{shortened(title)} (any tie)", False)
        rows.append(_rates(sides, counts, row, alliance))
        ties = [_rates(sides, counts, _tie_row(sides, i, j), i, j) for i, j in _ties_inside(sides, alliance)]
        rows += _most(ties)
    return [row for row in rows if row]


def _tie_row(sides: Sequence[Side], i: str, j: str) -> Row:
    known = _who_has(sides, i, j)
    return Row(drawing.tie_label(known, i, j), drawing.tie_in_short(known, i, j), True)


def _most(ties: list[list[Rate]]) -> list[list[Rate]]:
    """All ties in order, or those that fracture most where there are many."""
    if len(ties) <= MOST_TIES:
        return ties
    ranked = sorted(range(len(ties)), key=lambda place: -max(rate.share for rate in ties[place]))
    return [ties[place] for place in sorted(ranked[:MOST_TIES])]


def alliances_of(sides: Sequence[Side]) -> list[tuple[str, str]]:
    """Every alliance of the scenarios, with its title."""
    found: dict[str, str] = {}
    for side in sides:
        names = side.experiment.names
        found |= {
            name: drawing.plain(title) for name, title in zip(names.alliances, names.alliance_titles, strict=True)
        }
    return list(found.items())


def _who_has(sides: Sequence[Side], *states: str) -> Any:
    """The first experiment that knows the states."""
    return next(side.experiment for side in sides if set(states) <= set(side.experiment.names.states))


def _ties_inside(sides: Sequence[Side], alliance: str) -> list[tuple[str, str]]:
    """Ties between members of an alliance, in the order of the scenario."""
    found: dict[tuple[str, str], None] = {}
    for side in sides:
        members = side.experiment.names.members.get(alliance, [])
        found |= dict.fromkeys((i, j) for i, j in side.experiment.names.ties if i in members and j in members)
    return list(found)


def _rates(sides: Sequence[Side], counts: Sequence[Counts], row: Row, *names: str) -> list[Rate]:
    """How often an alliance (one name) or a tie (two) fractured under each scenario that has it."""
    rates = []
    for side, found in zip(sides, counts, strict=True):
        if names in found:
            share = share_of(*found[names], band=band_of(side.experiment))
            rates.append(Rate(row, side, share.count, share.n, share.share, share.low, share.high))
    return rates


def _counts(side: Side) -> Counts:
    """In how many worlds each alliance, by its name, and each tie, by its two, fractured, and of how many."""
    found: Counts = {}
    for table, keys in (("alliances", ["alliance"]), ("ties", ["source", "target"])):
        names = ", ".join(keys)
        sql = f"SELECT {names}, count(*) FILTER (fractured) AS count, count(*) AS n FROM {table} GROUP BY {names}"
        for *name, count, n in side.experiment.ask(sql).itertuples(index=False):
            found[tuple(name)] = (int(count), int(n))
    return found


def _draw_rates(axes: Any, rows: list[list[Rate]]) -> None:
    place, ticks, labels = 0.0, [], []
    widest = max(rate.high for row in rows for rate in row)
    for row in rows:
        places = [place + n * ROW_HEIGHT for n in range(len(row))]
        for y, rate in zip(places, row, strict=True):
            axes.plot([rate.low, rate.high], [y, y], color=rate.side.colour, linewidth=1.6)
            axes.plot(
                rate.share,
                y,
                marker=rate.side.marker,
                color=rate.side.colour,
                markersize=6.5,
                linestyle="none",
                clip_on=False,
            )
            said = f"{rate.fractured:,} of {rate.n:,}"
            axes.annotate(said, (1.01, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color=GREY_TEXT)
        ticks.append(sum(places) / len(places))
        labels.append(wrapped(row[0].row.short, LABEL))
        place = places[-1] + ROW_HEIGHT + GAP
    axes.set_yticks(ticks, labels)
    for label, row in zip(axes.get_yticklabels(), rows, strict=True):
        label.set_fontweight("normal" if row[0].row.is_tie else "bold")
    axes.set_ylim(place - GAP, -ROW_HEIGHT)
    axes.set_xlim(0, max(0.02, 1.08 * widest))
    axes.grid(axis="y", visible=False)
    drawing.percent_axis(axes.xaxis)
    axes.set_xlabel("share of worlds (95 % interval)")
    # Where scenarios have no tie in common, no row has all of them.
    drawn = {(rate.side.short, rate.side.marker): rate.side for row in rows for rate in row}
    _legend(axes, list(drawn.values()))


GREY_TEXT = "0.25"


def _legend(axes: Any, sides: Sequence[Side]) -> None:
    """Which scenario is which, above the axes."""
    if len(sides) < 2:
        return
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=s.colour, marker=s.marker, label=s.short) for s in sides]
    columns = max(1, min(len(sides), 50 // (6 + max(width_of(side.short) for side in sides))))
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, borderaxespad=0.2)


def _note(sides: Sequence[Side], rates: Sequence[Rate]) -> str:
    drawn = {rate.row for rate in rates if rate.row.is_tie}
    ties = max(len(side.experiment.names.ties) for side in sides)
    left_out = f" Of {ties} ties the {len(drawn)} that fracture most are shown." if ties > len(drawn) else ""
    watched = any(side.experiment.stopping for side in sides)
    how = "Intervals are valid however often one looks." if watched else "Intervals are Wilson's."
    return f"{worlds_in_words(sides)} {how}{left_out} {CONDITIONAL}"


CONDITIONAL = "Conditional on the scenarios' assumptions; no forecast."


def worlds_in_words(sides: Sequence[Side]) -> str:
    """How many worlds were played, and of which seed."""
    counts = sorted({side.experiment.count for side in sides})
    many = f"{counts[0]:,}" if len(counts) == 1 else f"{counts[0]:,} to {counts[-1]:,}"
    seeds = sorted({side.experiment.seed for side in sides})
    which = f"{drawing.plain(sides[0].label)}, " if len(sides) == 1 else ""
    each = " each" if len(sides) > 1 else ""
    return f"{which}{many} worlds{each}, seed {', '.join(map(str, seeds))}."


def _rate_table(rates: Sequence[Rate]) -> Any:
    import pandas as pd

    rows = [
        {"what": rate.row.title, "scenario": rate.side.label, "fractured": rate.fractured, "worlds": rate.n}
        | {"share": rate.share, "low": rate.low, "high": rate.high}
        for rate in rates
    ]
    return pd.DataFrame(rows)


def _alt_of_rates(rates: Sequence[Rate]) -> str:
    parts = [
        f"{rate.row.title}, {rate.side.label}: {rate.fractured:,} of {rate.n:,} ({percent(rate.share)}, {percent(rate.low)} to {percent(rate.high)})"
        for rate in rates
    ]
    return f"Dots with 95 % intervals, the share of worlds in which each fractures. {'; '.join(parts)}."


def percent(share: float) -> str:
    """A share to one decimal."""
    return f"{100 * share:.1f} %"
