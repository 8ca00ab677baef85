"""The region in which it happens, and the change that would prevent it, as figures."""

from collections.abc import Callable
from typing import Any

import numpy as np

from wedge.engine.analysis.discovery import Bound, Discovery
from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.solving import Solution
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures_of_numbers import CONDITIONAL
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS
from wedge.engine.report.wording import capital

MOST_DOTS = 1500
Label = Callable[[str], str]


def region_figure(found: Discovery, label: Label) -> Drawn | None:
    """The measuring worlds over the first two numbers of the region; nothing where no region was found."""
    paths = list(dict.fromkeys(bound.path for bound in found.bounds))[:2]
    if not paths or found.inside is None or found.outside is None:
        return None
    rows = found.table[found.table["measuring"]].head(MOST_DOTS).reset_index(drop=True)
    figure, (axes,) = drawing.new_figure(5.2)
    x = rows[paths[0]].to_numpy()
    y = rows[paths[1]].to_numpy() if len(paths) == 2 else _spread(rows)
    case = rows["case"].to_numpy(bool)
    colours = COLOURS
    axes.plot(x[~case], y[~case], linestyle="none", marker="o", markersize=3.5, markerfacecolor="none", markeredgecolor="0.6", label="it does not happen")  # fmt: skip
    axes.plot(x[case], y[case], linestyle="none", marker="X", markersize=6, color=colours[3], markeredgecolor="white", markeredgewidth=0.4, label="it happens")  # fmt: skip
    _edges(axes, found.bounds, paths)
    axes.set_xlabel(wrapped(drawing.plain(label(paths[0])), 70, 3))
    if len(paths) == 2:
        axes.set_ylabel(wrapped(drawing.plain(label(paths[1])), 45, 3))
    else:
        axes.set_yticks([])
        axes.set_ylabel("(spread to be seen)")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3)
    title = f"{capital(drawing.plain(found.observable.title))}: where it happens"
    inside, outside = found.inside, found.outside
    said = (
        f"Inside the lines {100 * inside.share:.0f} % ({100 * inside.low:.0f} to {100 * inside.high:.0f} %), outside "
        f"{100 * outside.share:.0f} % ({100 * outside.low:.0f} to {100 * outside.high:.0f} %)."
    )
    further = "" if len(found.bounds) <= len(paths) else " The region has further bounds that this plane does not show."
    note = f"{len(rows):,} worlds that had no part in finding the region. {said}{further} {CONDITIONAL}"
    drawing.headline(figure, title, note)
    told = ", ".join(f"{label(bound.path)} {bound.sign} {bound.value:g}" for bound in found.bounds)
    return Drawn("region", title, f"Scatter of worlds. Region: {told}. {said}", rows, figure)


def solution_figure(found: Solution, label: Label) -> Drawn | None:
    """One lever: the observable over the change of it, with what is wanted; nothing for several levers."""
    if not len(found.scan):
        return None
    colour = COLOURS[0]
    row, scan = found.levers.iloc[0], found.scan
    figure, (axes,) = drawing.new_figure(4.2)
    axes.fill_between(scan["shift"], scan["low"], scan["high"], color=colour, alpha=0.2, linewidth=0)
    axes.plot(scan["shift"], scan["value"], color=colour, marker="o", markersize=3.5, clip_on=False, zorder=3)
    axes.axhline(found.want.value, color="black", linewidth=1, linestyle="--")
    axes.annotate(f"wanted: {found.want.sign} {_told(found.want.value, found)}", (0.995, found.want.value), xycoords=("axes fraction", "data"), ha="right", va="bottom", fontsize=9)  # fmt: skip
    for level, size, face, said in (
        (found.fresh, 11, "white", "in fresh worlds"),
        (found.level, 6, "black", "the answer"),
    ):
        axes.plot(row["shift"], level.value, marker="D", markersize=size, markerfacecolor=face, markeredgecolor="black", linestyle="none", label=said, zorder=4)  # fmt: skip
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2)
    axes.set_xlabel(wrapped(f"change of: {drawing.plain(label(row['path']))}", 70, 3))
    if found.want.observable.kind == SHARE:
        drawing.percent_axis(axes.yaxis)
        axes.set_ylabel("share of worlds")
        axes.set_ylim(bottom=0)
    else:
        axes.set_ylabel(f"mean, {found.want.observable.unit}")
    title = f"{capital(drawing.plain(found.want.observable.title))}: what would it take"
    answer = f"A change of {row['shift']:+.3g} brings it to {_told(found.level.value, found)}" + (
        "" if found.reached else ", the nearest"
    )
    note = f"The same {found.worlds:,} worlds for every change; band: 95 % interval. {answer}, in fresh worlds {_told(found.fresh.value, found)}. {CONDITIONAL}"
    drawing.headline(figure, title, note)
    alt = f"Line over the change of {label(row['path'])}, from {_told(found.base.value, found)} unchanged. {answer}; in fresh worlds {_told(found.fresh.value, found)} ({_told(found.fresh.low, found)} to {_told(found.fresh.high, found)})."
    return Drawn("solution", title, alt, scan, figure)


def _told(value: float, found: Solution) -> str:
    return f"{100 * value:.1f} %" if found.want.observable.kind == SHARE else f"{value:.3g}"


def _edges(axes: Any, bounds: list[Bound], paths: list[str]) -> None:
    """The edges of the region, and its inside shaded."""
    from matplotlib.patches import Rectangle

    x, y = axes.get_xlim(), axes.get_ylim()
    box = {path: [low, high] for path, (low, high) in zip(paths, (x, y), strict=False)}
    for bound in bounds:
        if bound.path in box:
            box[bound.path][1 if bound.sign == "<=" else 0] = bound.value
    across = box[paths[0]]
    up = box[paths[1]] if len(paths) == 2 else list(y)
    corner, width, height = (across[0], up[0]), across[1] - across[0], up[1] - up[0]
    axes.add_patch(Rectangle(corner, width, height, facecolor="0.85", alpha=0.5, edgecolor="black", linewidth=1.4, zorder=0.5, label="the region"))  # fmt: skip
    axes.set_xlim(*x)
    axes.set_ylim(*y)


def _spread(rows: Any) -> np.ndarray:
    """A height for each dot, the same every time, that means nothing."""
    return np.mod(np.arange(len(rows)) * 0.6180339887, 1.0)
