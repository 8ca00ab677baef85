"""From stages to endings: in how many worlds each stage was settled, how the talks ended, whether the alliances held.

An alluvial diagram (Rosvall, Bergstrom 2010, PLoS ONE 5:e8694): ribbons are groups of worlds that
go the same way, as wide as they are many.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_course import ENDINGS
from wedge.engine.report.figures_of_fracture import CONDITIONAL, percent, worlds_in_words
from wedge.engine.report.lettering import shortened, wrapped

GAP = 0.04  # between the blocks of a column, of all worlds
BLOCK = 0.09  # width of a block; columns are 1 apart
LEAST_SAID = 0.03  # share of all worlds from which a block in the middle has room for its words
HELD, BROKE = "all alliances held", "an alliance fractured"
HATCH = {BROKE: "xx"}


class Ways(NamedTuple):
    """The columns of one scenario and how many worlds go each way through them."""

    heads: list[str]
    counts: Counter[tuple[str, ...]]
    n: int


def endings_figure(sides: Sequence[Side]) -> Drawn | None:
    """A panel for each scenario; None where nothing is stored."""
    found = [(side, _ways(side)) for side in sides]
    if not any(ways.n for _, ways in found):
        return None
    figure, axes = drawing.grid_of(len(found), 1, (9.6, 3.2 * len(found) + 0.9))
    for panel, (side, ways) in zip(axes[:, 0], found, strict=True):
        _draw(panel, side, ways)
    title = "From stages to endings"
    note = (
        f"{worlds_in_words(sides)} Ribbons are worlds that go the same way; black: an alliance fractures. {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    return Drawn("endings", title, _alt(found), _table(found), figure)


def _ways(side: Side) -> Ways:
    """How each world went: stages in the order of the scenario, then the end of the talks, then the alliances."""
    names = side.experiment.names
    stages = ", ".join(f"max(standing) FILTER (stage = ?) AS stage{n}" for n, _ in enumerate(names.stages))
    columns = ", ".join(f"stage{n}" for n, _ in enumerate(names.stages))
    alliances = bool(names.alliances)
    broke = "JOIN (SELECT world, bool_or(fractured) AS broke FROM alliances GROUP BY world) USING (world)"
    rows = side.experiment.ask(
        f"SELECT {columns}, ending, {'broke' if alliances else 'FALSE AS broke'}, count(*) AS worlds FROM runs "
        f"JOIN (SELECT world, {stages} FROM stages GROUP BY world) USING (world) {broke if alliances else ''} "
        "GROUP BY ALL ORDER BY ALL",
        tuple(names.stages),
    )
    counts: Counter[tuple[str, ...]] = Counter()
    for *standing, ending, broken, worlds in rows.itertuples(index=False):
        way = (*standing, ENDINGS[ending], BROKE if broken else HELD)
        counts[way if alliances else way[:-1]] += int(worlds)
    heads = [*(drawing.plain(str(title)) for title in names.stage_titles), "the talks"]
    return Ways([*heads, "alliances"] if alliances else heads, counts, sum(counts.values()))


def _draw(axes: Any, side: Side, ways: Ways) -> None:
    blocks = [_blocks(ways, place) for place in range(len(ways.heads))]
    for place, column in enumerate(blocks):
        for answer, (low, high) in column.items():
            axes.add_patch(_rectangle(place, low, high, answer))
            if high - low >= LEAST_SAID or place == len(blocks) - 1:
                box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8, "alpha": 0.75}
                said = f"{answer} {percent(high - low)}"
                axes.text(place + BLOCK, (low + high) / 2, said, va="center", fontsize=8.5, bbox=box, zorder=4)
    for place in range(len(blocks) - 1):
        _ribbons(axes, side, ways, place, blocks)
    axes.set_xticks(range(len(blocks)), [wrapped(shortened(head), 18) for head in ways.heads])
    axes.set(xlim=(-0.15, len(blocks) - 0.1), ylim=(1 + 3 * GAP, -GAP), yticks=[])
    axes.spines[:].set_visible(False)
    axes.grid(visible=False)
    drawing.panel_title(axes, side.short, 60)


def _blocks(ways: Ways, place: int) -> dict[str, tuple[float, float]]:
    """Where each answer of a column begins and ends, as shares of all worlds, those in front first."""
    sums: Counter[str] = Counter()
    for way, worlds in sorted(ways.counts.items()):
        sums[way[place]] += worlds
    found, at = {}, 0.0
    for answer in sorted(sums, key=_rank):
        found[answer] = (at, at + sums[answer] / ways.n)
        at = found[answer][1] + GAP
    return found


ORDER = ("settled", ENDINGS["settled"], HELD, "lapsed", "open", *list(ENDINGS.values())[1:], BROKE)


def _rank(answer: str) -> int:
    return ORDER.index(answer)


def _rectangle(place: int, low: float, high: float, answer: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((place - BLOCK / 2, low), BLOCK, high - low, facecolor="0.3", hatch=HATCH.get(answer), zorder=3)


def _ribbons(axes: Any, side: Side, ways: Ways, place: int, blocks: list[dict[str, tuple[float, float]]]) -> None:
    """The worlds between one column and the next, those of a fractured alliance apart and in black."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    flows: Counter[tuple[str, str, bool]] = Counter()
    for way, worlds in ways.counts.items():
        flows[way[place], way[place + 1], way[-1] == BROKE] += worlds
    left, right = ({answer: low for answer, (low, _) in blocks[n].items()} for n in (place, place + 1))
    order = sorted(flows, key=lambda flow: (_rank(flow[0]), _rank(flow[1]), flow[2]))
    starts = {}
    for flow in order:
        starts[flow] = left[flow[0]]
        left[flow[0]] += flows[flow] / ways.n
    for flow in sorted(order, key=lambda flow: (_rank(flow[1]), _rank(flow[0]), flow[2])):
        a, b, wide = starts[flow], right[flow[1]], flows[flow] / ways.n
        right[flow[1]] += wide
        x, to, middle = place + BLOCK / 2, place + 1 - BLOCK / 2, place + 0.5
        points = [
            (x, a),
            (middle, a),
            (middle, b),
            (to, b),
            (to, b + wide),
            (middle, b + wide),
            (middle, a + wide),
            (x, a + wide),
            (x, a),
        ]
        kinds = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
        colour, alpha = ("black", 0.85) if flow[2] else (side.colour, 0.35)
        axes.add_patch(PathPatch(Path(points, kinds), facecolor=colour, alpha=alpha, linewidth=0))


def _table(found: Sequence[tuple[Side, Ways]]) -> Any:
    import pandas as pd

    rows = []
    for side, ways in found:
        for way, worlds in sorted(ways.counts.items(), key=lambda item: (-item[1], item[0])):
            told = "; ".join(f"{head}: {answer}" for head, answer in zip(ways.heads, way, strict=True))
            rows.append({"scenario": side.label, "way": told, "worlds": worlds, "share": worlds / ways.n})
    return pd.DataFrame(rows)


def _alt(found: Sequence[tuple[Side, Ways]]) -> str:
    parts = []
    for side, ways in found:
        for way, worlds in sorted(ways.counts.items(), key=lambda item: (-item[1], item[0]))[:4]:
            told = ", ".join(f"{head} {answer}" for head, answer in zip(ways.heads, way, strict=True))
            parts.append(f"{side.label}: {worlds:,} of {ways.n:,} worlds ({percent(worlds / ways.n)}) {told}")
    return f"Ribbons of worlds from stages to endings; the commonest ways. {'; '.join(parts)}."
