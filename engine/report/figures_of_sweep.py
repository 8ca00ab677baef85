"""An observable over one or two numbers: a line with its band, or a map about the level as it is."""

from collections.abc import Callable
from typing import Any

import numpy as np

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sweep import Sweep
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures_of_numbers import CONDITIONAL
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS
from wedge.engine.report.wording import capital

Label = Callable[[str], str]


def sweep_figure(found: Sweep, label: Label) -> Drawn:
    """A line for one number, a map for two."""
    return _line(found, label) if len(found.axes) == 1 else _map(found, label)


def _line(found: Sweep, label: Label) -> Drawn:
    path, points = found.axes[0].path, found.points.sort_values(found.axes[0].path)
    colour = COLOURS[0]
    figure, (axes,) = drawing.new_figure(4.2)
    axes.fill_between(points[path], points["low"], points["high"], color=colour, alpha=0.2, linewidth=0)
    axes.plot(points[path], points["value"], color=colour, marker="o", markersize=5, clip_on=False, zorder=3)
    axes.axhline(found.level.value, color="0.25", linewidth=1, linestyle="--")
    axes.annotate("as it is", (0.995, found.level.value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=9, color="0.25")  # fmt: skip
    axes.set_xlabel(wrapped(drawing.plain(label(path)), 70, 3))
    _measure(axes, found)
    title = f"{capital(drawing.plain(found.observable.title))}, over one number"
    note = f"The same {found.worlds:,} worlds at every point. Band: 95 % interval. Dashed: {_level(found)} as the scenario draws it. {CONDITIONAL}"
    drawing.headline(figure, title, note)
    told = "; ".join(
        f"at {row[path]:.3g} {_said(row['value'], found)} ({_said(row['low'], found)} to {_said(row['high'], found)})"
        for row in points.to_dict("records")
    )
    alt = f"Line over {label(path)}: {told}. As it is: {_level(found)}."
    return Drawn("sweep", title, alt, points.reset_index(drop=True), figure)


def _map(found: Sweep, label: Label) -> Drawn:
    import seaborn

    across, down = found.axes
    grid = found.points.pivot(index=down.path, columns=across.path, values="value")
    change = grid - found.level.value
    apart = found.points.pivot(index=down.path, columns=across.path, values="told_apart")
    figure, (axes,) = drawing.new_figure(2.4 + 0.42 * len(grid), width=max(7.5, 3.2 + 0.75 * len(grid.columns)))
    widest = max(float(np.nanmax(np.abs(change.to_numpy()))), 1e-9)
    scale = 100 if found.observable.kind == SHARE else 1
    seaborn.heatmap(
        change.iloc[::-1] * scale,
        ax=axes,
        cmap="vlag",
        center=0,
        vmin=-widest * scale,
        vmax=widest * scale,
        annot=_cells(grid.iloc[::-1], apart.iloc[::-1], found),
        fmt="",
        annot_kws={"fontsize": 9},
        linewidths=0.5,
        linecolor="white",
        cbar_kws={
            "label": "points above or below as it is"
            if scale == 100
            else f"above or below as it is ({found.observable.unit})"
        },
    )
    axes.set_xticklabels([f"{value:.3g}" for value in grid.columns], rotation=0)
    axes.set_yticklabels([f"{value:.3g}" for value in grid.index[::-1]], rotation=0)
    axes.set_xlabel(wrapped(drawing.plain(label(across.path)), 60, 3))
    axes.set_ylabel(wrapped(drawing.plain(label(down.path)), 32, 3))
    title = f"{capital(drawing.plain(found.observable.title))}, over two numbers"
    unit = "per cent of worlds" if scale == 100 else found.observable.unit
    note = f"The same {found.worlds:,} worlds in every cell ({unit}). Colour: against {_level(found)} as the scenario draws it; in brackets: not told apart from it. {CONDITIONAL}"
    drawing.headline(figure, title, note)
    told = "; ".join(
        f"at {row[across.path]:.3g} and {row[down.path]:.3g} {_said(row['value'], found)}"
        for row in found.points.to_dict("records")
    )
    alt = f"Map over {label(across.path)} (across) and {label(down.path)} (up): {told}. As it is: {_level(found)}."
    return Drawn("sweep", title, alt, found.points, figure)


def _cells(grid: Any, apart: Any, found: Sweep) -> Any:
    def cell(value: float, is_apart: bool) -> str:
        said = f"{100 * value:.0f}" if found.observable.kind == SHARE else f"{value:.3g}"
        return said if is_apart else f"({said})"

    return np.array(
        [
            [cell(v, a) for v, a in zip(row, marks, strict=True)]
            for row, marks in zip(grid.to_numpy(), apart.to_numpy(), strict=True)
        ]
    )


def _measure(axes: Any, found: Sweep) -> None:
    if found.observable.kind == SHARE:
        drawing.percent_axis(axes.yaxis)
        axes.set_ylabel("share of worlds")
        axes.set_ylim(bottom=0)
    else:
        axes.set_ylabel(f"mean, {found.observable.unit}")


def _level(found: Sweep) -> str:
    level = found.level
    if found.observable.kind == SHARE:
        return f"{100 * level.value:.1f} % ({100 * level.low:.1f} to {100 * level.high:.1f} %)"
    return f"{level.value:.3g} ({level.low:.3g} to {level.high:.3g})"


def _said(value: float, found: Sweep) -> str:
    return f"{100 * value:.1f} %" if found.observable.kind == SHARE else f"{value:.3g}"
