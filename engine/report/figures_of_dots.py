"""Where a tie ends: twenty worlds that stand for all, each a twentieth of them (a quantile dot plot).

Kay, Kola, Hullman, Munson (2016), When (ish) is My Bus?, CHI 2016: people read chances off counted
dots better than off densities.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from wedge.engine.analysis.totals import FIRST
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL, worlds_in_words
from wedge.engine.report.figures_of_levels import DOTS
from wedge.engine.report.lettering import wrapped

COLUMN = 0.025  # width of a column of dots, in commitment
HEIGHT = 1.25  # inches a scenario


def dots_figure(sides: Sequence[Side], tie: tuple[str, str]) -> Drawn | None:
    """Twenty dots a scenario at the commitment in which the tie ends; crosses where it has fractured."""
    found = [(side, _standing_for_all(side, tie)) for side in sides]
    found = [(side, worlds) for side, worlds in found if len(worlds)]
    if not found:
        return None
    figure, (axes,) = drawing.new_figure(1.6 + HEIGHT * len(found))
    for y, (side, worlds) in enumerate(found):
        _draw(axes, y, side, worlds)
    axes.set_yticks(range(len(found)), [wrapped(side.short, 18) for side, _ in found])
    axes.set_ylim(len(found) - 0.5, -0.6)
    axes.set_xlim(0, 1)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("commitment at the end")
    known = found[0][0].experiment
    name = drawing.tie_label(known, *tie)
    title = "Where the commitment of {} ends"
    note = f"{worlds_in_words(sides)} Each sign stands for a twentieth of the worlds; crosses: the tie has fractured. {CONDITIONAL}"
    drawing.headline(figure, title.format(drawing.tie_in_short(known, *tie)), note)
    table = _table(found)
    return Drawn(f"dots_{tie[0]}_{tie[1]}", title.format(name), _alt(name, found), table, figure)


def _standing_for_all(side: Side, tie: tuple[str, str]) -> Any:
    """Twenty worlds, evenly spread over all when those are put in order: fractured first, then by commitment."""
    import numpy as np

    worlds = side.experiment.ask(
        f"SELECT world, fractured, commitment_end FROM ties WHERE source = ? AND target = ? AND {FIRST} "
        "ORDER BY fractured DESC, commitment_end, world",
        tie,
    )
    if len(worlds) <= DOTS:
        return worlds
    places = ((np.arange(DOTS) + 0.5) / DOTS * len(worlds)).astype(int)
    return worlds.iloc[places].reset_index(drop=True)


def _draw(axes: Any, y: int, side: Side, worlds: Any) -> None:
    columns = [round(float(at) / COLUMN) for at in worlds["commitment_end"]]
    step = 0.8 / max(8, *Counter(columns).values())
    heights: Counter[int] = Counter()
    for column, fractured in zip(columns, worlds["fractured"], strict=True):
        marker = {"marker": "x", "color": "black"} if fractured else {"marker": side.marker, "color": side.colour}
        at = y + 0.42 - step * (heights[column] + 0.5)
        axes.plot(column * COLUMN, at, linestyle="none", markersize=5.5, clip_on=False, **marker)
        heights[column] += 1
    axes.axhline(y + 0.45, color="0.75", linewidth=0.7)


def _table(found: Sequence[tuple[Side, Any]]) -> Any:
    import pandas as pd

    return pd.concat([worlds.assign(scenario=side.label) for side, worlds in found], ignore_index=True)


def _alt(name: str, found: Sequence[tuple[Side, Any]]) -> str:
    parts = []
    for side, worlds in found:
        whole = worlds[~worlds["fractured"].astype(bool)]["commitment_end"]
        said = f"{side.label}: {len(worlds) - len(whole)} of {len(worlds)} fractured"
        if len(whole):
            said += f", the others from {whole.min():.2f} to {whole.max():.2f}, half of them below {whole.median():.2f}"
        parts.append(said)
    return f"Dots at the commitment in which {name} ends, each for a twentieth of the worlds. {'; '.join(parts)}."
