"""Which number decides, as figures: the tornado, Sobol' indices, Morris' effects."""

from collections.abc import Callable
from typing import Any

import numpy as np

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sensitivity import Sensitivity
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS
from wedge.engine.report.wording import capital

MOST_ROWS = 15
ROW = 0.42  # inches, at least
LETTERS, LINES, LINE = 46, 3, 0.19  # of a label: letters in a line, lines, inches of a line
CONDITIONAL = "Conditional on the scenario's assumptions; no forecast."
Label = Callable[[str], str]


def sensitivity_figure(found: Sensitivity, label: Label) -> Drawn:
    """The figure that goes with the method."""
    draw = {"tornado": tornado_figure, "sobol": sobol_figure, "morris": morris_figure}[found.method]
    return draw(found, label)


def tornado_figure(found: Sensitivity, label: Label) -> Drawn:
    """A bar a number: the observable with it at its 5th and at its 95th percentile, about its level as it is."""
    rows = found.numbers.head(MOST_ROWS)
    figure, axes = _canvas(rows, label)
    low_colour, high_colour = COLOURS[:2]
    for y, row in enumerate(rows.to_dict("records")):
        ends = [("at_low", low_colour, "//"), ("at_high", high_colour, "")]
        ends.sort(key=lambda end: -abs(row[end[0]] - found.level.value))  # the shorter bar lies on the longer
        for end, colour, hatch in ends:
            axes.barh(y, row[end] - found.level.value, left=found.level.value, height=0.5, color=colour, hatch=hatch, edgecolor="0.25")  # fmt: skip
            marker = {"at_low": "o", "at_high": "s"}[end]
            axes.plot(row[end], y, marker=marker, color=colour, markeredgecolor="black", markersize=6, linestyle="none")
        said = f"{_number(row['low_at'])} to {_number(row['high_at'])}"
        axes.annotate(said, (1.02, y), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.25")
    axes.axvline(found.level.value, color="0.2", linewidth=1)
    _measure(axes, found)
    handles = [
        _handle(low_colour, "o", "at its 5th percentile"),
        _handle(high_colour, "s", "at its 95th percentile"),
    ]
    _legend(axes, handles)
    title = f"{_title(found)}: each number at both ends of its range"
    note = (
        f"The same {found.worlds:,} worlds at every end. Line: {_level(found)} as it is. "
        f"Right: the values at both ends.{_left_out(found)} {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    told = "; ".join(
        f"{_plain(label(row['path']))} at {_number(row['low_at'])} gives {_value(row['at_low'], found)}, at "
        f"{_number(row['high_at'])} {_value(row['at_high'], found)}"
        for row in rows.to_dict("records")
    )
    alt = f"Tornado of {len(rows)} numbers about {_level(found)}. {told}."
    return Drawn("tornado", title, alt, rows.reset_index(drop=True), figure)


def sobol_figure(found: Sensitivity, label: Label) -> Drawn:
    """First and total index of each number with 95 % intervals, and what chance decides above them."""
    rows = found.numbers.head(MOST_ROWS)
    figure, axes = _canvas(rows, label)
    colours = COLOURS[:2]
    looks = (
        ("total", "s", colours[1], 0.14, "total: alone and with others"),
        ("first", "o", colours[0], -0.14, "first: alone"),
    )
    for index, marker, colour, offset, _ in looks:
        y = np.arange(len(rows)) + offset
        low, high = rows[f"{index}_low"].clip(lower=0), rows[f"{index}_high"]
        axes.hlines(y, low, np.maximum(high, low), color=colour, linewidth=1.6)
        face = colour if index == "first" else "white"
        axes.plot(rows[index].clip(lower=0), y, marker=marker, color=colour, markerfacecolor=face, markeredgewidth=1.4, markersize=6, linestyle="none", clip_on=False, zorder=3)  # fmt: skip
    drawing.percent_axis(axes.xaxis)
    axes.set_xlim(left=0)
    axes.set_xlabel("share of the variance of the outcome")
    handles = [_handle(colour, marker, said, index) for index, marker, colour, _, said in reversed(looks)]
    _legend(axes, handles)
    title = f"{_title(found)}: which number decides"
    parts = found.parts.set_index("part")["share"]
    shared = (
        f"Of the variance {_per_cent(parts['numbers'])} is due to these numbers alone, {_per_cent(parts['chance'])} to "
        f"chance alone, {_per_cent(parts['both'])} to both together."
    )
    note = f"{found.worlds:,} pairs of worlds, {_level(found)}. {shared} Intervals: bootstrap, 95 %.{_left_out(found)} {CONDITIONAL}"
    drawing.headline(figure, title, note)
    told = "; ".join(
        f"{_plain(label(row['path']))}: first {row['first']:.2f} ({row['first_low']:.2f} to {row['first_high']:.2f}), "
        f"total {row['total']:.2f} ({row['total_low']:.2f} to {row['total_high']:.2f})"
        for row in rows.to_dict("records")
    )
    return Drawn(
        "sobol", title, f"Sobol indices of {len(rows)} numbers. {shared} {told}.", rows.reset_index(drop=True), figure
    )


def morris_figure(found: Sensitivity, label: Label) -> Drawn:
    """Mean size of each number's effect, with how much it hangs on the others."""
    rows = found.numbers.head(MOST_ROWS)
    figure, axes = _canvas(rows, label)
    colours = COLOURS[:2]
    y = np.arange(len(rows))
    axes.hlines(y, rows["mu_star_low"], rows["mu_star_high"], color=colours[0], linewidth=1.6)
    axes.plot(rows["mu_star"], y, marker="o", color=colours[0], markersize=6.5, linestyle="none")
    axes.plot(rows["mu"].abs(), y, marker="|", color="black", markersize=12, markeredgewidth=1.6, linestyle="none")
    unit = found.observable.unit
    if found.observable.kind == SHARE:
        drawing.percent_axis(axes.xaxis)
        axes.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.3g}")
        unit = "points"
    axes.set_xlim(left=0)
    axes.set_xlabel(f"mean effect of moving the number over its range ({unit})")
    handles = [
        _handle(colours[0], "o", "size of the effect (μ*)"),
        _handle("black", "|", "net of its signs (|μ|)"),
    ]
    _legend(axes, handles)
    title = f"{_title(found)}: screening by elementary effects"
    note = f"{found.worlds:,} trajectories, each in a world of its own; range: 5th to 95th percentile. Intervals: bootstrap, 95 %. {CONDITIONAL}"
    drawing.headline(figure, title, note)
    told = "; ".join(
        f"{_plain(label(row['path']))}: {row['mu_star']:.3g} ({row['mu_star_low']:.3g} to {row['mu_star_high']:.3g})"
        for row in rows.to_dict("records")
    )
    return Drawn(
        "morris",
        title,
        f"Mean size of elementary effects of {len(rows)} numbers. {told}.",
        rows.reset_index(drop=True),
        figure,
    )


def _canvas(rows: Any, label: Label) -> tuple[Any, Any]:
    """Axes with a line a number, high enough for the longest label."""
    labels = [wrapped(drawing.plain(label(path)), LETTERS, LINES) for path in rows["path"]]
    row = max([ROW, *(LINE * (1 + text.count("\n")) for text in labels)])
    figure, (axes,) = drawing.new_figure(2.3 + row * len(rows), width=9.0)
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="y", visible=False)
    return figure, axes


def _measure(axes: Any, found: Sensitivity) -> None:
    if found.observable.kind == SHARE:
        drawing.percent_axis(axes.xaxis)
        axes.set_xlabel("share of worlds")
    else:
        axes.set_xlabel(f"mean, {found.observable.unit}")


def _handle(colour: Any, marker: str, said: str, face: str = "") -> Any:
    from matplotlib.lines import Line2D

    inside = "white" if face == "total" else colour
    return Line2D(
        [], [], color=colour, marker=marker, markerfacecolor=inside, linestyle="none", markersize=7, label=said
    )


def _legend(axes: Any, handles: Any) -> None:
    axes.legend(handles=handles, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=len(handles))


def _title(found: Sensitivity) -> str:
    return capital(drawing.plain(found.observable.title))


def _level(found: Sensitivity) -> str:
    level = found.level
    if found.observable.kind == SHARE:
        return f"{100 * level.value:.1f} % of worlds ({100 * level.low:.1f} to {100 * level.high:.1f} %)"
    return f"a mean of {level.value:.3g} {found.observable.unit} ({level.low:.3g} to {level.high:.3g})"


def _left_out(found: Sensitivity) -> str:
    return f" {found.left_out} numbers that mattered less when tried are left out." if found.left_out else ""


def _value(value: float, found: Sensitivity) -> str:
    return f"{100 * value:.1f} %" if found.observable.kind == SHARE else f"{value:.3g}"


def _number(value: float) -> str:
    return f"{value:.3g}"


def _per_cent(value: float) -> str:
    return "–" if value != value else f"{100 * max(0.0, value):.0f} %"


def _plain(text: str) -> str:
    return text.replace("\n", " ")
