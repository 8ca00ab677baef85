"""What broke it, as a figure: when the last chance came, and which single changes would have been enough."""

from typing import Any

import numpy as np

from wedge.engine.analysis.causes import Causes
from wedge.engine.analysis.changes import KINDS
from wedge.engine.report import drawing
from wedge.engine.report.causes_in_words import kind_in_words
from wedge.engine.report.drawing import Drawn
from wedge.engine.report.figures_of_fracture import CONDITIONAL
from wedge.engine.report.lettering import wrapped
from wedge.engine.report.looks import COLOURS
from wedge.engine.report.wording import Wording, capital

MOST_KINDS = 10
HATCHES = ("", "//", "xx", "..", "\\\\")
TITLES = {
    "event": "an event",
    "proposal": "a proposal",
    "consultation": "a consultation",
    "consent": "a consent",
    "refusal": "a refusal",
}


def causes_figure(found: Causes, scenario: Any, alliance: str) -> Drawn | None:
    """Pivotal rounds by kind of move, and the share of fractures in which one change of a kind is enough."""
    broke = found.fractures[found.fractures["alliance"] == alliance]
    known = broke[broke["size"] > 0]
    kinds = found.kinds[found.kinds["alliance"] == alliance].head(MOST_KINDS)
    if not len(known) or not len(kinds):
        return None
    words = Wording(scenario)
    figure, (left, right) = drawing.new_figure(1.9 + 0.42 * max(5, len(kinds)), 2, width=11.0)
    table = _pivots(left, known, words.rounds)
    _shares(right, kinds, words)
    title = f"What broke {drawing.plain(words.alliance_titles[words.names.alliances.index(alliance)])}"
    note = (
        f"{len(broke):,} fractures in {found.about['worlds']:,} worlds; in {len(known):,} a cause was found. Left: the round "
        f"of the last chance, by what the last move of it was. Right: bars are 95 % intervals. {CONDITIONAL}"
    )
    drawing.headline(figure, f"{title}: {drawing.plain(words.name)}", note)
    return Drawn(f"causes_{alliance}", capital(title), _alt(known, kinds, words), table, figure)


def _pivots(axes: Any, known: Any, rounds: int) -> Any:
    """Stacked columns of pivotal rounds; the numbers come back as a table."""
    import pandas as pd
    from matplotlib.ticker import MaxNLocator

    width = max(1, -(-rounds // 20))
    edges = np.arange(0, rounds + width, width)
    below = np.zeros(len(edges) - 1)
    rows = []
    for kind, colour, hatch in zip(KINDS, COLOURS[: len(KINDS)], HATCHES, strict=True):
        counts, _ = np.histogram(known[known["kind"] == kind]["pivotal_round"], edges)
        rows += [
            {"from_round": int(n) + 1, "kind": kind, "fractures": int(c)} for n, c in zip(edges, counts, strict=False)
        ]
        if counts.any():
            looks = {"color": colour, "hatch": hatch, "edgecolor": "0.25", "label": TITLES[kind]}
            axes.bar(edges[:-1] + 0.5 * width + 0.5, counts, width=0.9 * width, bottom=below, **looks)
            below += counts
    axes.set_xlabel("pivotal round")
    axes.set_ylabel("fractures")
    axes.set_xlim(0.5, rounds + 0.5)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", visible=False)
    axes.set_title("The last chance")
    axes.legend(title="taken out:", title_fontsize=9, loc="best")
    return pd.DataFrame(rows)


def _shares(axes: Any, kinds: Any, words: Wording) -> None:
    rows = kinds.to_dict("records")
    for y, row in enumerate(rows):
        axes.plot([row["low"], row["high"]], [y, y], color="0.25", linewidth=1.5)
        axes.plot(row["share"], y, marker="o", color="black", markersize=6, linestyle="none")
    labels = [wrapped(drawing.plain(capital(kind_in_words(row, words))), 46, 2) for row in rows]
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, 1)
    drawing.percent_axis(axes.xaxis)
    axes.set_xlabel("share of fractures in which it is enough")
    axes.set_title("Enough by itself")


def _alt(known: Any, kinds: Any, words: Wording) -> str:
    low, middle, high = (float(q) + 1 for q in np.quantile(known["pivotal_round"], (0.25, 0.5, 0.75)))
    parts = [
        f"{kind_in_words(row, words)} {100 * row['share']:.0f} % ({100 * row['low']:.0f} to {100 * row['high']:.0f} %)"
        for row in kinds.to_dict("records")
    ]
    return (
        f"Left, a histogram of the pivotal rounds of {len(known):,} fractures: median round {middle:g}, half of them "
        f"from {low:g} to {high:g}. Right, dots with intervals of the share of fractures in which one change is enough: {'; '.join(parts)}."
    )
