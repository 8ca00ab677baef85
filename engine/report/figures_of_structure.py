"""The outcome under each decision theory, and what its variance is made of, as a figure."""

from typing import Any

import numpy as np

from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.sentences import percent
from wedge.engine.analysis.structure import DIFFERENCE, Structure
from wedge.engine.analysis.survival import PART_NAMES, verdict
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures_of_numbers import CONDITIONAL
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS, MARKERS

PART_COLOURS = {"theory": COLOURS[3], "parameters": COLOURS[0], "both": COLOURS[4], "chance": "0.82"}
HATCHES = {"theory": "", "parameters": "//", "both": "..", "chance": ""}


def structure_figure(found: Structure) -> Drawn:
    """Left: a dot for each scenario under each theory. Right: a bar for each, cut into the parts of its variance."""
    figure, (left, right) = drawing.new_figure(
        2.3 + 0.5 * max(len(found.theories), len(found.scenarios) + 1), columns=2, width=10.0
    )
    _dots(left, found)
    _bars(right, found)
    title = f"{drawing.plain(found.observable.title)}: does it hang on the decision theory?"
    said = f" {drawing.plain(verdict(found))}" if found.differences is not None else ""
    note = f"The same {found.worlds:,} worlds under each theory; lines: 95 % intervals.{said} {CONDITIONAL}"
    drawing.headline(figure, title, note)
    levels = "; ".join(
        f"{row['scenario']} by {row['theory']} {_value(row['value'], found)} ({_value(row['low'], found)} to {_value(row['high'], found)})"
        for row in found.levels.to_dict("records")
    )
    parts = "; ".join(
        f"{row['of']}, {PART_NAMES[row['part']]}: {percent(max(0.0, row['share']), 0)}"
        for row in found.parts.to_dict("records")
    )
    alt = f"{found.observable.title} under each decision theory: {levels}. Shares of the variance: {parts}."
    return Drawn("structure", title, drawing.plain(alt), found.levels.reset_index(drop=True), figure)


def _dots(axes: Any, found: Structure) -> None:
    places = np.arange(len(found.theories))
    offsets = np.linspace(-0.16, 0.16, len(found.scenarios)) if len(found.scenarios) > 1 else [0.0]
    for n, (scenario, offset) in enumerate(zip(found.scenarios, offsets, strict=True)):
        rows = found.levels[found.levels["scenario"] == scenario]
        axes.hlines(places + offset, rows["low"], rows["high"], color=COLOURS[n], linewidth=1.8)
        axes.plot(rows["value"], places + offset, marker=MARKERS[n], color=COLOURS[n], markersize=6, linestyle="none", label=drawing.plain(scenario), clip_on=False, zorder=3)  # fmt: skip
    axes.set_yticks(places, found.theories)
    axes.set_ylim(len(places) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    if found.observable.kind == SHARE:
        drawing.percent_axis(axes.xaxis)
        axes.set_xlim(left=0)
        axes.set_xlabel("share of worlds")
    else:
        axes.set_xlabel(f"mean, {found.observable.unit}")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=1)


def _bars(axes: Any, found: Structure) -> None:
    names = list(dict.fromkeys(found.parts["of"]))
    start = np.zeros(len(names))
    for part, said in PART_NAMES.items():
        shares = (
            found.parts[found.parts["part"] == part].set_index("of")["share"].reindex(names).clip(lower=0).to_numpy()
        )
        axes.barh(range(len(names)), shares, left=start, height=0.5, color=PART_COLOURS[part], hatch=HATCHES[part], edgecolor="0.25", label=said)  # fmt: skip
        start = start + shares
    for place in np.flatnonzero(start == 0):
        axes.text(0.02, place, "nothing varies", va="center", color="0.25")
    axes.set_yticks(
        range(len(names)),
        [wrapped("the difference" if name == DIFFERENCE else drawing.plain(name), 18, 2) for name in names],
    )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, max(1.0, float(start.max())))
    axes.grid(axis="y", visible=False)
    drawing.percent_axis(axes.xaxis)
    axes.set_xlabel("share of the variance of the outcome")
    axes.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2)


def _value(value: float, found: Structure) -> str:
    return percent(value) if found.observable.kind == SHARE else f"{value:.3g}"
