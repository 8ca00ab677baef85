"""By when alliances have fractured, and how the talks end."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.analysis.estimates import band_of, shares_by_day
from wedge.engine.analysis.observables import observables
from wedge.engine.analysis.totals import fracture_days
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL, alliances_of, percent, worlds_in_words
from wedge.engine.report.lettering import shortened, width_of, wrapped
from wedge.engine.report.looks import GREY, GREYS


def course_figure(sides: Sequence[Side]) -> Drawn | None:
    """The share of worlds in which an alliance had fractured by each date, beside how the talks ended."""
    alliances = alliances_of(sides)
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
