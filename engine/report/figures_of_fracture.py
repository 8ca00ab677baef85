"""How often alliances and ties fracture, and by when."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.estimates import band_of, share_of, shares_by_day
from wedge.engine.analysis.observables import observables
from wedge.engine.analysis.totals import fracture_days
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.lettering import shortened, width_of, wrapped
from wedge.engine.report.looks import GREY, GREYS

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
    for alliance, title in _alliances(sides):
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


def _alliances(sides: Sequence[Side]) -> list[tuple[str, str]]:
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
    _legend(axes, [rate.side for rate in max(rows, key=len)])


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


# By when.


def course_figure(sides: Sequence[Side]) -> Drawn | None:
    """The share of worlds in which an alliance had fractured by each date, beside how the talks ended."""
    alliances = _alliances(sides)
    if not alliances:
        return None
    count = len(alliances)
    figure, axes = drawing.new_figure(
        3.9 + 0.22 * len(sides) + 0.2 * max(0, len(sides) - 4), count + 1, width=3.6 * (count + 1) + 0.6
    )
    bands = {
        name: [(side, _band(side, name)) for side in sides if name in side.experiment.names.alliances]
        for name, _ in alliances
    }
    top = max((float(band["high"].max()) for some in bands.values() for _, band in some), default=0.0)
    for place, (name, title) in enumerate(alliances):
        _draw_course(axes[place], bands[name], title, min(1.0, max(0.05, 1.1 * top)))
    axes[0].set_ylabel("has fractured by then, share of worlds")
    _legend_below(axes[0], sides)
    endings = {side.label: _endings(side) for side in sides}
    _draw_endings(axes[-1], sides, endings)
    title = "By when alliances have fractured, and how the talks end"
    note = f"{worlds_in_words(sides)} Steps: share of all worlds fractured by that date, with 95 % bands. {CONDITIONAL}"
    drawing.headline(figure, title, note)
    return Drawn("course", title, _alt_of_course(alliances, bands, endings), _course_table(bands), figure)


def _band(side: Side, alliance: str) -> Any:
    experiment = side.experiment
    days, counts = fracture_days(experiment, observables(experiment)[f"alliances.{alliance}.fractured"])
    length = float(experiment.names.days)
    grid = [length * n for n in range(int(experiment.manifest["rounds"]) + 1)]
    return shares_by_day(days, counts, experiment.count, grid, band_of(experiment))


def _draw_course(axes: Any, bands: Sequence[tuple[Side, Any]], title: str, top: float) -> None:
    horizon = max(side.experiment.horizon for side, _ in bands)
    end, shade = 1.03 * horizon, 0.15 if len(bands) <= 4 else 0.07
    for side, band in bands:
        days, share, low, high = ([*band[column], band[column].iloc[-1]] for column in ("day", "share", "low", "high"))
        days[-1] = end
        axes.fill_between(days, low, high, step="post", color=side.colour, alpha=shade, linewidth=0)
        axes.step(days, share, where="post", color=side.colour, linestyle=side.line, linewidth=1.9)
        axes.plot(end, share[-1], marker=side.marker, color=side.colour, clip_on=False)
    axes.set_xlim(0, end)
    axes.set_ylim(0, top)
    drawing.percent_axis(axes.yaxis)
    drawing.date_axis(axes.xaxis, bands[0][0].experiment, horizon)
    drawing.panel_title(axes, shortened(title), 32)
    if not any(band["count"].iloc[-1] for _, band in bands):
        axes.text(0.5, 0.5, "in no world", transform=axes.transAxes, ha="center", color=GREY)


def _legend_below(axes: Any, sides: Sequence[Side]) -> None:
    if len(sides) < 2:
        return
    from matplotlib.lines import Line2D

    handles = [Line2D([], [], color=s.colour, marker=s.marker, linestyle=s.line, label=s.short) for s in sides]
    columns = 1 if max(width_of(side.short) for side in sides) > 20 else 2
    two_lines = any("\n" in label.get_text() for label in axes.get_xticklabels())
    below = {"loc": "upper left", "bbox_to_anchor": (-0.1, -0.16 if two_lines else -0.1)}
    axes.legend(handles=handles, ncols=columns, handlelength=3, columnspacing=1.0, **below)


ENDINGS = {
    "settled": "all settled",
    "out_of_rounds": "out of time",
    "walked_out": "walked out",
    "broken_down": "broken down",
    "going": "still going",
}
HATCHES = {"settled": "", "out_of_rounds": "///", "walked_out": "xxx", "broken_down": "++", "going": "..."}


def _endings(side: Side) -> dict[str, float]:
    found = side.experiment.ask("SELECT ending, count(*) AS count FROM runs GROUP BY ending")
    counts = dict(zip(found["ending"], found["count"], strict=True))
    total = sum(counts.values())
    return {ending: int(counts.get(ending, 0)) / total for ending in ENDINGS}


def _draw_endings(axes: Any, sides: Sequence[Side], endings: dict[str, dict[str, float]]) -> None:
    colours = dict(zip(ENDINGS, GREYS[:5], strict=True))
    for y, side in enumerate(sides):
        left = 0.0
        for ending, share in endings[side.label].items():
            if share <= 0:
                continue
            axes.barh(y, share, left=left, height=0.55, color=colours[ending], hatch=HATCHES[ending], edgecolor="0.3")
            if share >= 0.2:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.9}
                axes.text(left + share / 2, y, percent(share), ha="center", va="center", fontsize=9, bbox=box)
            left += share
    axes.set_yticks(range(len(sides)), [wrapped(side.short, 18, 3 if len(sides) <= 4 else 2) for side in sides])
    spare = max(0.0, 3 - len(sides)) / 2
    axes.set_ylim(len(sides) - 0.4 + spare, -0.6 - spare)
    axes.set_xlim(0, 1)
    axes.grid(visible=False)
    drawing.percent_axis(axes.xaxis)
    axes.set_title("How the talks end", fontsize=10)
    _legend_of_endings(axes, endings, colours)


def _legend_of_endings(axes: Any, endings: dict[str, dict[str, float]], colours: dict[str, Any]) -> None:
    from matplotlib.patches import Patch

    there = [ending for ending in ENDINGS if any(shares[ending] > 0 for shares in endings.values())]
    handles = [Patch(facecolor=colours[e], hatch=HATCHES[e], edgecolor="0.3", label=ENDINGS[e]) for e in there]
    axes.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.4, -0.1), ncols=len(handles), columnspacing=1.0)


def _course_table(bands: dict[str, Any]) -> Any:
    import pandas as pd

    frames = [band.assign(alliance=name, scenario=side.label) for name, some in bands.items() for side, band in some]
    columns = ["alliance", "scenario", "day", "count", "n", "share", "low", "high"]
    return pd.concat(frames, ignore_index=True)[columns]


def _alt_of_course(
    alliances: Sequence[tuple[str, str]], bands: dict[str, Any], endings: dict[str, dict[str, float]]
) -> str:
    parts = []
    for name, title in alliances:
        for side, band in bands[name]:
            last, half = band.iloc[-1], band.iloc[len(band) // 2]
            parts.append(
                f"{title}, {side.label}: {percent(half['share'])} by day {half['day']:.0f}, {percent(last['share'])} by day {last['day']:.0f}"
            )
    ends = [
        f"{label}: {', '.join(f'{ENDINGS[e]} {percent(share)}' for e, share in shares.items() if share)}"
        for label, shares in endings.items()
    ]
    return f"Step curves of the share of worlds fractured by date. {'; '.join(parts)}. How the talks end. {'; '.join(ends)}."
