"""At which levels issues are settled: quantile dots on each issue's scale, named in words."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.totals import FIRST
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL, percent, worlds_in_words
from wedge.engine.report.lettering import width_of, wrapped

DOTS = 20
COLUMN = 1 / 60  # width of a column of dots, in levels
HIGHEST = 6  # dots in a column; more at one level stand beside it
SIZES = {"o": 5.0, "s": 4.8, "D": 4.6, "^": 5.8, "v": 5.8, "P": 6.2, "X": 6.2, "*": 7.8}  # points of a dot
DOT = {"markeredgecolor": "white", "markeredgewidth": 0.6, "linestyle": "none", "clip_on": False}
STEP = 0.13  # from dot to dot, in rows
LETTER = 0.0108  # width of a letter of a level's name, in levels
LINE = 11.5  # points from line to line of it
SCENARIO_HEIGHT, TITLE_HEIGHT = 0.62, 1.0  # inches


def levels_figure(sides: Sequence[Side]) -> Drawn | None:
    """For each issue and scenario how often it is settled, and at which levels: each dot is a twentieth of those worlds."""
    issues = _issues(sides)
    tables = [
        [(side, _settled(side, issue)) for side in sides if issue in side.experiment.names.issues]
        for issue, _ in issues
    ]
    heights = [TITLE_HEIGHT + SCENARIO_HEIGHT * len(rows) for rows in tables]
    figure, axes = drawing.grid_of(len(issues), 1, (8.2, sum(heights) + 0.9), height_ratios=heights)
    for place, (issue, title) in enumerate(issues):
        _draw_issue(axes[place][0], tables[place], issue, title)
    title = "How often each issue is settled, and at which level"
    note = (
        f"{worlds_in_words(sides)} Each dot stands for a twentieth of the worlds in which the issue is settled (below twenty, "
        f"for one world), beside its level where many share it; dotted line: where it stands while nothing is agreed. {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    table = _table(issues, tables)
    return Drawn("levels", title, _alt(table), table, figure)


def _issues(sides: Sequence[Side]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for side in sides:
        names = side.experiment.names
        found |= {name: drawing.plain(title) for name, title in zip(names.issues, names.issue_titles, strict=True)}
    return list(found.items())


class Settled(NamedTuple):
    """In how many worlds an issue was settled, and the levels in the first of them."""

    worlds: int
    levels: Any


def _settled(side: Side, issue: str) -> Settled:
    """In how many worlds the issue was settled, and at which level in each of the first worlds."""
    where = "FROM issues WHERE issue = ? AND settled"
    levels = side.experiment.ask(f"SELECT level {where} AND {FIRST} ORDER BY world", (issue,))["level"].to_numpy()
    return Settled(int(side.experiment.ask(f"SELECT count(*) AS n {where}", (issue,))["n"][0]), levels)


def dots_of(levels: Any) -> list[float]:
    """Twenty quantiles of the levels, or the levels themselves where they are fewer."""
    import numpy as np

    if len(levels) <= DOTS:
        return sorted(float(level) for level in levels)
    return [float(level) for level in np.quantile(levels, (np.arange(DOTS) + 0.5) / DOTS)]


def places_of(dots: Sequence[float]) -> list[tuple[int, int]]:
    """A column and a height for each dot, so that none lies on another: the nearest column that is not full.

    >>> places_of([0.5] * 7 + [0.9])[-2:]
    [(31, 0), (54, 0)]
    """
    heights: Counter[int] = Counter()
    found = []
    for dot in dots:
        near = sorted(range(round(1 / COLUMN) + 1), key=lambda column: (abs(column * COLUMN - dot), -column))
        column = next(column for column in near if heights[column] < HIGHEST)
        found.append((column, heights[column]))
        heights[column] += 1
    return found


def _draw_issue(axes: Any, rows: Sequence[tuple[Side, Settled]], issue: str, title: str) -> None:
    for y, (side, (settled, levels)) in enumerate(rows):
        places = places_of(dots_of(levels))
        across, up = [column * COLUMN for column, _ in places], [y + 0.38 - STEP * (n + 0.5) for _, n in places]
        axes.plot(across, up, marker=side.marker, color=side.colour, markersize=SIZES[side.marker], **DOT)
        axes.axhline(y + 0.4, color="0.75", linewidth=0.7)
        said = f"{percent(settled / max(1, side.experiment.count))}\n({settled:,} of {side.experiment.count:,})"
        axes.annotate(said, (1.02, y + 0.05), xycoords=("axes fraction", "data"), va="center", fontsize=9, color="0.25")
        quo = _status_quo(side, issue)
        if quo is not None:
            axes.plot([quo, quo], [y - 0.45, y + 0.4], color="0.35", linestyle=":", linewidth=1.3)
    axes.set_yticks(range(len(rows)), [wrapped(side.short, 18) if len(rows) > 1 else "" for side, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.6)
    axes.set_xlim(-0.03, 1.03)
    axes.grid(axis="y", visible=False)
    axes.tick_params(axis="y", length=0)
    drawing.panel_title(axes, title, 70)
    _name_levels(axes, rows[0][0], issue)


def _status_quo(side: Side, issue: str) -> float | None:
    said = side.experiment.scenario["meaning"]["numbers"].get(f"issues.{issue}.status_quo")
    return float(said) if isinstance(said, int | float) else None


def _name_levels(axes: Any, side: Side, issue: str) -> None:
    """The issue's named levels along its scale; those that would touch another are set below it."""
    names = side.experiment.names
    named = [(float(level), drawing.plain(title)) for level, title in names.levels[names.issues.index(issue)]]
    axes.set_xticks([level for level, _ in named], [])
    taken: list[tuple[float, float, float, float]] = []  # where names stand: from, to, and points below the axis
    for level, title in named:
        text = wrapped(f"{level:g}: {title}", 22, 3)
        alignment = "left" if level < 0.08 else "right" if level > 0.92 else "center"
        wide = LETTER * max(width_of(line) for line in text.split("\n"))
        left = level - {"left": 0.0, "center": wide / 2, "right": wide}[alignment]
        down = _free(taken, left, left + wide, LINE * (1 + text.count("\n")))
        axes.annotate(
            text, (level, 0), xycoords=("data", "axes fraction"), xytext=(0, -6 - down), textcoords="offset points",
            ha=alignment, va="top", fontsize=9, color="0.2",
        )  # fmt: skip


def _free(taken: list[tuple[float, float, float, float]], left: float, right: float, high: float) -> float:
    """The highest place, in points below the axis, at which a name touches no other; it is taken then."""
    beside = [place for place in taken if place[0] < right + LETTER and left < place[1] + LETTER]
    places = [0.0, *sorted(low for *_, low in beside)]
    down = next(top for top in places if all(top >= low or top + high <= up for *_, up, low in beside))
    taken.append((left, right, down, down + high))
    return down


def _table(issues: Sequence[tuple[str, str]], tables: Sequence[Sequence[tuple[Side, Settled]]]) -> Any:
    import numpy as np
    import pandas as pd

    rows = []
    for (_, title), sides in zip(issues, tables, strict=True):
        for side, (settled, levels) in sides:
            n = side.experiment.count
            quantiles = np.quantile(levels, (0.05, 0.25, 0.5, 0.75, 0.95)) if len(levels) else [float("nan")] * 5
            counts = {"issue": title, "scenario": side.label, "settled": settled, "worlds": n}
            rows.append(
                counts
                | {"share": settled / max(1, n)}
                | dict(zip(("q05", "q25", "median", "q75", "q95"), quantiles, strict=True))
            )
    return pd.DataFrame(rows)


def _alt(table: Any) -> str:
    parts = []
    for row in table.to_dict("records"):
        said = f"{row['issue']}, {row['scenario']}: settled in {row['settled']:,} of {row['worlds']:,} worlds ({percent(row['share'])})"
        if row["settled"]:
            said += f", median level {row['median']:.2f}, middle nine tenths {row['q05']:.2f} to {row['q95']:.2f}"
        parts.append(said)
    return f"Quantile dots of the levels at which issues are settled. {'; '.join(parts)}."
