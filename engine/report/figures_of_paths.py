"""Paths of a commitment over time: where most worlds run, some single ones, and the thresholds."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.analysis.totals import FIRST
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL

SINGLE = 8  # worlds drawn one by one: the first ones
BROKEN = 2  # worlds drawn one by one in which the tie fractures
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def paths_figure(sides: Sequence[Side], tie_followed: tuple[str, str]) -> Drawn | None:
    """Quantile fans and single worlds of one tie, a panel for each scenario; None where no rounds are stored."""
    source, target = tie_followed
    told = [side for side in sides if "round_ties" in side.experiment.tables]
    paths = [(side, _paths(side, source, target)) for side in told]
    paths = [(side, frame) for side, frame in paths if len(frame)]
    if not paths:
        return None
    figure, axes = drawing.panels([side.experiment for side, _ in paths], 3.1)
    for place, (side, frame) in enumerate(paths):
        _draw_paths(axes[place], side, frame, (source, target))
        drawing.panel_title(axes[place], side.short)
    axes[0].set_ylabel("commitment")
    figure.legend(handles=_handles(), loc="outside center right")
    known = paths[0][0].experiment  # scenarios that are compared need not have the same states
    tie = drawing.tie_label(known, source, target)
    short = drawing.tie_in_short(known, source, target)
    count = max(frame.shape[1] for _, frame in paths)
    title = "Paths of the commitment of {}"
    note = (
        f"The first {count:,} worlds of each scenario. Thin lines: the first {min(SINGLE, count)} of them, one by one; thick "
        f"lines: the first {BROKEN} in which the tie fractures, if there are so many. {CONDITIONAL}"
    )
    drawing.headline(figure, title.format(short), note)
    table = _table(paths)
    return Drawn(f"paths_{source}_{target}", title.format(tie), _alt(tie, paths), table, figure)


def _paths(side: Side, source: str, target: str) -> Any:
    """Commitments by round (from the opening, -1) and world."""
    found = side.experiment.ask(
        "SELECT world, round, commitment_before, commitment FROM round_ties WHERE source = ? AND target = ? ORDER BY world, round",
        (source, target),
    )
    after = found.pivot(index="round", columns="world", values="commitment")
    if len(after):
        after.loc[-1] = found[found["round"] == 0].set_index("world")["commitment_before"]
    return after.sort_index()


def _draw_paths(axes: Any, side: Side, frame: Any, tie: tuple[str, str]) -> None:
    days = (frame.index.to_numpy() + 1) * float(side.experiment.names.days)
    low, lower, middle, upper, high = (frame.quantile(q, axis=1) for q in QUANTILES)
    axes.fill_between(days, low, high, color=side.colour, alpha=0.15, linewidth=0)
    axes.fill_between(days, lower, upper, color=side.colour, alpha=0.3, linewidth=0)
    axes.plot(days, middle, color=side.colour, linewidth=2.2)
    broke = _fracture_rounds(side, tie)
    worlds = [int(world) for world in frame.columns]
    fractured = [world for world in worlds if world in broke][:BROKEN]
    for world in [*worlds[:SINGLE], *fractured]:
        path, thick = frame[world].loc[: broke.get(world)], world in fractured
        axes.plot(days[: len(path)], path, color="0.1" if thick else "0.3", linewidth=1.2 if thick else 0.6)
        if world in broke:
            axes.plot(days[len(path) - 1], path.iloc[-1], marker="x", color="black", markersize=6.5, zorder=5)
    for name, line in (("suspends_below", "--"), ("breaks_below", "-")):
        _threshold(axes, _limits(side, tie, name), line)
    axes.set_xlim(0, side.experiment.horizon)
    axes.set_ylim(0, 1)
    drawing.date_axis(axes.xaxis, side.experiment, side.experiment.horizon)


def _fracture_rounds(side: Side, tie: tuple[str, str]) -> dict[int, int]:
    found = side.experiment.ask(
        "SELECT world, fracture_round FROM ties WHERE source = ? AND target = ? AND fractured AND world < ?",
        (*tie, side.experiment.plan.rounds_of),
    )
    return {int(world): int(n) for world, n in zip(found["world"], found["fracture_round"], strict=True)}


def _limits(side: Side, tie: tuple[str, str], name: str) -> tuple[float, float] | None:
    """A threshold, or the middle nine tenths of it where it is drawn anew in each world."""
    path = f"ties.{tie[0]}.{tie[1]}.{name}"
    said = side.experiment.scenario["meaning"]["numbers"].get(path)
    if isinstance(said, int | float):
        return float(said), float(said)
    if "inputs" in side.experiment.tables and said is not None:
        found = side.experiment.ask(f'SELECT quantile_cont("{path}", [0.05, 0.95]) AS ends FROM inputs WHERE {FIRST}')[
            "ends"
        ].iloc[0]
        return float(found[0]), float(found[1])
    return None


def _threshold(axes: Any, limits: tuple[float, float] | None, line: str) -> None:
    if limits is None:
        return
    if limits[0] == limits[1]:
        axes.axhline(limits[0], color="black", linestyle=line, linewidth=1.1)
    else:
        axes.axhspan(*limits, color="0.5", alpha=0.25, linewidth=0)


def _handles() -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        Line2D([], [], color="0.2", linewidth=2.2, label="median"),
        Patch(color="0.2", alpha=0.4, linewidth=0, label="middle half"),
        Patch(color="0.2", alpha=0.18, linewidth=0, label="middle nine\ntenths"),
        Line2D([], [], color="0.3", linewidth=0.6, label="single worlds"),
        Line2D([], [], color="black", marker="x", linestyle="none", label="fracture"),
        Line2D([], [], color="black", linestyle="--", linewidth=1.1, label="support is\nwithheld below"),
        Line2D([], [], color="black", linewidth=1.1, label="fractures below"),
    ]


def _table(paths: Sequence[tuple[Side, Any]]) -> Any:
    import pandas as pd

    frames = []
    for side, frame in paths:
        table = frame.quantile(list(QUANTILES), axis=1).T
        table.columns = [f"q{int(100 * q):02d}" for q in QUANTILES]
        days = (table.index + 1) * float(side.experiment.names.days)
        frames.append(table.reset_index(drop=True).assign(day=days, scenario=side.label, worlds=frame.shape[1]))
    return pd.concat(frames, ignore_index=True)


def _alt(tie: str, paths: Sequence[tuple[Side, Any]]) -> str:
    parts = []
    for side, frame in paths:
        first, last = frame.iloc[0], frame.iloc[-1]
        parts.append(
            f"{side.label}: median {first.median():.2f} at the start and {last.median():.2f} at the end, "
            f"middle nine tenths at the end {last.quantile(0.05):.2f} to {last.quantile(0.95):.2f}"
        )
    return f"Fans of the commitment of {tie} over time, with single worlds as thin lines. {'; '.join(parts)}."
