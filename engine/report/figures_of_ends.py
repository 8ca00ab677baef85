"""By when each alliance came to which end: fracture beside the ends of the talks that compete with it."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.analysis.estimates import band_of
from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.times import FRACTURED, breakable, first_ends, incidence
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_course import ENDINGS
from wedge.engine.report.figures_of_fracture import CONDITIONAL, percent, worlds_in_words
from wedge.engine.report.lettering import shortened
from wedge.engine.report.looks import COLOURS

ENDS = {FRACTURED: "fractured in talks"} | ENDINGS
STYLES: dict[str, tuple[int, Any]] = {
    FRACTURED: (3, "-"),
    "settled": (0, "--"),
    "out_of_rounds": (7, ":"),
    "walked_out": (1, "-."),
    "broken_down": (4, (0, (5, 1, 1, 1, 1, 1))),
    "going": (5, (0, (1, 1))),
}  # place in the palette of the colour-blind, and line
MOST_PANELS = 9


def ends_figure(sides: Sequence[Side]) -> Drawn | None:
    """The share of worlds that had come to each end first, by date: a panel for each alliance and scenario."""
    panels = [(side, each) for side in sides for each in breakable(side.experiment) if each.table == "alliances"]
    if not panels:
        return None
    shown = panels[:MOST_PANELS]
    bands = [_band(side, each) for side, each in shown]
    most = min(3, len(sides)) if len(sides) > 1 else 3
    figure, axes = drawing.panels([side.experiment for side, _ in shown], 2.5, most)
    alone = len({each.name for _, each in shown}) == 1
    for axis, (side, each), band in zip(axes, shown, bands, strict=True):
        _draw(axis, side, band)
        drawing.panel_title(axis, side.short if alone else f"{shortened(_title(each))}: {side.short}")
    _legend(figure, bands)
    title = f"Which end comes first, by date{f': {_title(shown[0][1])}' if alone else ''}"
    left_out = f" Of {len(panels)} panels the first {MOST_PANELS} are shown." if len(panels) > MOST_PANELS else ""
    note = (
        f"{worlds_in_words(sides)} Share of all worlds that had come to that end by then, 95 % bands; what is missing to "
        f"100 % still talks.{left_out} {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn("ends", title, _alt(shown, bands), _table(shown, bands), figure)


def _band(side: Side, observable: Observable) -> Any:
    length, rounds = float(side.experiment.names.days), int(side.experiment.manifest["rounds"])
    grid = [length * n for n in range(rounds + 1)]
    return incidence(first_ends(side.experiment, observable), grid, band_of(side.experiment))


def _title(observable: Observable) -> str:
    return drawing.plain(observable.title.removesuffix(" fractures"))


def _draw(axes: Any, side: Side, bands: Any) -> None:
    colours, horizon = COLOURS, side.experiment.horizon
    for end, band in bands.groupby("end", sort=False):
        place, line = STYLES.get(end, (9, "-"))
        days, share, low, high = ([*band[column], band[column].iloc[-1]] for column in ("day", "share", "low", "high"))
        days[-1] = 1.04 * horizon  # so that what happens on the last day can be seen
        axes.fill_between(days, low, high, step="post", color=colours[place], alpha=0.15, linewidth=0)
        axes.step(days, share, where="post", color=colours[place], linestyle=line, linewidth=1.9)
    axes.set_xlim(0, 1.04 * horizon)
    axes.set_ylim(0, 1)
    drawing.percent_axis(axes.yaxis)
    drawing.date_axis(axes.xaxis, side.experiment, horizon)


def _legend(figure: Any, bands: Sequence[Any]) -> None:
    from matplotlib.lines import Line2D

    colours, there = COLOURS, {end for band in bands for end in band["end"]}
    handles = [
        Line2D([], [], color=colours[STYLES[end][0]], linestyle=STYLES[end][1], label=said)
        for end, said in ENDS.items()
        if end in there
    ]
    figure.legend(handles=handles, loc="outside center right", handlelength=3)


def _table(shown: Sequence[tuple[Side, Observable]], bands: Sequence[Any]) -> Any:
    import pandas as pd

    frames = [
        band.assign(alliance=each.name.split(".")[1], scenario=side.label)
        for (side, each), band in zip(shown, bands, strict=True)
    ]
    columns = ["alliance", "scenario", "end", "day", "count", "n", "share", "low", "high"]
    return pd.concat(frames, ignore_index=True)[columns]


def _alt(shown: Sequence[tuple[Side, Observable]], bands: Sequence[Any]) -> str:
    parts = []
    for (side, each), band in zip(shown, bands, strict=True):
        last = band.groupby("end", sort=False).last()
        said = ", ".join(f"{ENDS.get(end, end)} {percent(row['share'])}" for end, row in last.iterrows())
        parts.append(f"{_title(each)}, {side.label}: {said}")
    return f"Step curves with bands, the share of worlds that came to each end first, by date. At the last: {'; '.join(parts)}."
