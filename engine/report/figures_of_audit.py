"""Who would sign at which level, and which tie that strains: a figure for each stage with a single issue."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from wedge.engine.analysis.audit import Audit
from wedge.engine.analysis.audit.demands import IDEAL, issues_of
from wedge.engine.analysis.sentences import CONDITIONAL, percent
from wedge.engine.experiment.store import make_folder
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures import write_about
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS, LINES, MARKERS

MOST_TIES = 4
LEAST_STRAIN = 1e-4


def draw_audit(audit: Audit, folder: Path) -> list[str]:
    """Draw the figures of an audit into a folder, as SVG and PNG; the names of the files come back."""
    make_folder(folder)
    with drawing.style():
        told = [(drawn, drawing.write(drawn, folder)) for drawn in figures_of(audit)]
    return write_about(told, folder)


def figures_of(audit: Audit) -> Iterator[Drawn]:
    """A figure for each stage that settles one issue."""
    for g, stage in enumerate(audit.scenario.names.stages):
        if len(issues_of(audit.scenario, g)) == 1:
            yield stage_figure(audit, g, stage)


def stage_figure(audit: Audit, g: int, stage: str) -> Drawn:
    """Above: the share of worlds in which each state would sign a level, if another proposed it. Below: strain a week."""
    names, moments = audit.scenario.names, audit.tried.when
    (k,) = issues_of(audit.scenario, g)
    table = _by_level(audit, stage, names.issues[k])
    size = (3.1 * len(moments) + 1.6, 6.4)
    figure, axes = drawing.grid_of(2, len(moments), size, sharex=True, sharey="row")
    for column, moment in enumerate(moments):
        here = table[table["moment"] == moment]
        _lines(axes[0][column], here, list(drawing.state_titles(names).items()))
        _lines(axes[1][column], here, _ties(audit, table))
        drawing.panel_title(axes[0][column], moment)
        axes[1][column].set_xlabel(wrapped(drawing.plain(names.issue_titles[k]), 34, 3))
        drawing.percent_axis(axes[0][column].yaxis)
    axes[0][0].set_ylabel("would sign")
    axes[1][0].set_ylabel("commitment lost a week")
    for row in axes:
        row[-1].legend(loc="center left", bbox_to_anchor=(1.02, 0.5))
    title = f"{drawing.plain(names.stage_titles[g])}: who would sign which level, and which tie that strains"
    levels = "; ".join(f"{level:g}: {text}" for level, text in names.levels[k].items())
    note = (
        f"{drawing.plain(levels)}. Shares of {audit.drawn:,} drawn worlds if another state proposes the level; strain by the proposer that "
        f"strains the tie most. Nothing has been proposed before. {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn(f"signers_{stage}", title, _alt(audit, title, table), table, figure)


def _by_level(audit: Audit, stage: str, issue: str) -> Any:
    """A row for each moment and level: the share in which each state signs, and each tie's largest strain."""
    import pandas as pd

    mine = audit.demands[(audit.demands["stage"] == stage) & (audit.demands["kind"] != IDEAL)]
    levels = {int(row["demand"]): float(row["levels"][issue]) for row in mine.to_dict("records")}
    signers = audit.signers[(audit.signers["stage"] == stage) & (audit.signers["proposer"] != audit.signers["state"])]
    shares = signers.groupby(["moment", "demand", "state"], sort=False)["signs"].mean()
    strains = audit.strains[audit.strains["stage"] == stage]
    worst = strains.groupby(["moment", "demand", "source", "target"], sort=False)["strain"].max()
    rows = []
    for moment in audit.tried.when:
        for demand, level in sorted(levels.items(), key=lambda item: item[1]):
            row: dict[str, Any] = {"moment": moment, "level": level}
            row |= {state: shares.get((moment, demand, state), float("nan")) for state in audit.scenario.names.states}
            ties = worst.loc[moment, demand] if len(worst) else {}
            rows.append(row | {f"{source}>{target}": value for (source, target), value in ties.items()})
    return pd.DataFrame(rows)


def _ties(audit: Audit, table: Any) -> list[tuple[str, str]]:
    """The ties that are strained most, with their titles."""
    titles = drawing.state_titles(audit.scenario.names)
    ties = [column for column in table if ">" in column and table[column].max() > LEAST_STRAIN]
    ties.sort(key=lambda column: -table[column].max())
    return [(tie, " → ".join(titles[state] for state in tie.split(">"))) for tie in ties[:MOST_TIES]]


def _lines(axes: Any, table: Any, columns: list[tuple[str, str]]) -> None:
    for place, (column, title) in enumerate(columns):
        if not np.isfinite(table[column].to_numpy(float)).any():
            continue
        style = {
            "color": COLOURS[place % len(COLOURS)],
            "marker": MARKERS[place % len(MARKERS)],
            "linestyle": LINES[place % len(LINES)],
        }
        axes.plot(table["level"], table[column], markersize=4.5, label=wrapped(title, 26), **style)


def _alt(audit: Audit, title: str, table: Any) -> str:
    names = audit.scenario.names
    last = table[table["moment"] == audit.tried.when[-1]]
    parts = []
    for state, said in zip(names.states, names.state_titles, strict=True):
        signs = last[last[state] >= 0.5]["level"]
        span = f"from {signs.min():g} to {signs.max():g}" if len(signs) else "no level"
        parts.append(f"{drawing.plain(said)} {span}")
    worst = [(column, table[column].max()) for column in table if ">" in column]
    tie, strain = max(worst, key=lambda one: one[1], default=("", 0.0))
    strained = (
        f" Strained most: {tie.replace('>', ' to ')}, by {strain:.3f} a week." if tie and strain > LEAST_STRAIN else ""
    )
    return f"{title}. Signed in {percent(0.5, 0)} of worlds or more at the {audit.tried.when[-1]}: {'; '.join(parts)}.{strained}"
