"""Every order of a scenario's stages, ranked: how often alliances fracture, and how often all is settled."""

from typing import Any

from wedge.engine.analysis.agendas import Agendas
from wedge.engine.analysis.sentences import CONDITIONAL
from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS, GREY

WIDE = 26  # letters of an order in a line
PANELS = (("share", "low", "high", "any alliance fractures", "o", 3), ("settled", "settled_low", "settled_high", "all is settled", "s", 0))  # fmt: skip


def ranking_figure(agendas: Agendas) -> Drawn:
    """Dots with intervals, the order that fractures least on top; grey bars join neighbours that cannot be told apart."""
    table = agendas.ranking
    figure, axes = drawing.new_figure(1.9 + 0.5 * len(table), 2, width=8.5, sharey=True)
    for axis, panel in zip(axes, PANELS, strict=True):
        _draw(axis, table, *panel)
    _join(axes[0], agendas)
    names = [wrapped(drawing.plain(f"{row.rank}. {row.order}"), WIDE, 4) for row in table.itertuples()]
    axes[0].set_yticks(range(len(table)), names)
    axes[0].set_ylim(len(table) - 0.5, -0.5)
    for label, written in zip(axes[0].get_yticklabels(), table["written"], strict=True):
        label.set_fontweight("bold" if written else "normal")
    title = "Orders of the stages, by how often alliances fracture"
    note = (
        f"{table['n'].iloc[0]:,} worlds, the same for every order, seed {agendas.experiments[0].seed}; 95 % intervals. Bold: as "
        f"written. Grey bars: neighbours that cannot be told apart world by world after Holm. {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn("agendas", title, _alt(agendas), table, figure)


def _draw(axes: Any, table: Any, share: str, low: str, high: str, title: str, marker: str, place: int) -> None:
    colour = COLOURS[place]
    for y, row in enumerate(table.to_dict("records")):
        axes.plot([row[low], row[high]], [y, y], color=colour, linewidth=1.6)
        axes.plot(row[share], y, marker=marker, color=colour, markersize=6.5, linestyle="none", clip_on=False)
    axes.set_xlim(0, max(0.02, 1.12 * float(table[high].max())))
    drawing.panel_title(axes, title)
    axes.grid(axis="y", visible=False)
    drawing.percent_axis(axes.xaxis)
    axes.set_xlabel("share of worlds")


def _join(axes: Any, agendas: Agendas) -> None:
    edge = 0.985 * axes.get_xlim()[1]
    for place, apart in enumerate(agendas.neighbours["told_apart"]):
        if not apart:
            axes.plot([edge, edge], [place + 0.08, place + 0.92], color=GREY, linewidth=2.5, alpha=0.5)


def _alt(agendas: Agendas) -> str:
    parts = [
        f"{row['rank']}. {row['order']}: fractures {100 * row['share']:.1f} % ({100 * row['low']:.1f} to {100 * row['high']:.1f}), "
        f"settled {100 * row['settled']:.1f} %"
        for row in agendas.ranking.to_dict("records")
    ]
    close = [
        f"{place + 1} and {place + 2}" for place, apart in enumerate(agendas.neighbours["told_apart"]) if not apart
    ]
    said = f" Not told apart: {', '.join(close)}." if close else ""
    return f"Dots with 95 % intervals for each order of the stages. {'; '.join(parts)}.{said}"
