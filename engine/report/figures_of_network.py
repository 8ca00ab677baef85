"""The web of ties at the opening, on the way and at the end: small pictures with the states always in the same place."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.report import drawing
from wedge.engine.report.drawing import Drawn, Side
from wedge.engine.report.figures_of_fracture import CONDITIONAL
from wedge.engine.report.lettering import wrapped

MOMENTS = (0, 1 / 3, 2 / 3, 1)  # shares of the talks
BEND = 0.16  # of an arrow, to one side
WIDEST = 6.0  # points, for a commitment of 1


class Moment(NamedTuple):
    """The ties of one scenario after a round (-1: at the opening): means over the told worlds."""

    round: int
    ties: Any  # source, target, commitment, fractured (share of the told worlds), worlds


def network_figure(sides: Sequence[Side]) -> Drawn | None:
    """A row for each scenario, four moments in it; None where no rounds are stored or there is no tie."""
    told = [side for side in sides if "round_ties" in side.experiment.tables and side.experiment.names.ties]
    found = [(side, _moments(side)) for side in told]
    found = [(side, moments) for side, moments in found if all(len(moment.ties) for moment in moments)]
    if not found:
        return None
    figure, axes = drawing.grid_of(len(found), len(MOMENTS), (9.6, 2.5 * len(found) + 1.0))
    for row, (side, moments) in zip(axes, found, strict=True):
        for place, (panel, moment) in enumerate(zip(row, moments, strict=True)):
            _draw(panel, side, moment)
            panel.set_title(_when(side, moment), fontsize=9)
            if place == 0:
                panel.set_ylabel(wrapped(side.short, 20), fontsize=9.5, fontweight="bold")
    title = "The web of commitments over the talks"
    note = (
        "Arrows: mean commitment of one state to another, the wider the more; dashed, with the share: fractured in "
        f"more than one of a hundred of the told worlds. {CONDITIONAL}"
    )
    drawing.headline(figure, title, note)
    table = _table(found)
    return Drawn("network", title, _alt(found), table, figure)


def _moments(side: Side) -> list[Moment]:
    last = int(side.experiment.manifest["rounds"]) - 1
    rounds = [round(share * (last + 1)) - 1 for share in MOMENTS]
    return [Moment(n, _ties(side, n)) for n in rounds]


def _ties(side: Side, n: int) -> Any:
    """The ties after round n, over the worlds of which every round is stored; fractured ones keep their last commitment."""
    value = "commitment_before" if n < 0 else "commitment"
    return side.experiment.ask(
        f"SELECT r.source, r.target, avg(r.{value}) AS commitment, "
        "avg(CAST(t.fractured AND t.fracture_round <= ? AS INTEGER)) AS fractured, count(*) AS worlds "
        "FROM round_ties r JOIN ties t USING (world, source, target) WHERE r.round = ? GROUP BY ALL ORDER BY r.source, r.target",
        (n, max(0, n)),
    )


def _places(side: Side) -> dict[str, tuple[float, float]]:
    """States on a circle, in the order in which the scenario declares them."""
    names = side.experiment.names
    tied = {state for tie in names.ties for state in tie}
    states = [names.states[place] for place in names.display if names.states[place] in tied]
    turn = 2 * math.pi / len(states)
    return {s: (math.sin(n * turn), math.cos(n * turn)) for n, s in enumerate(states)}


def _draw(axes: Any, side: Side, moment: Moment) -> None:
    places = _places(side)
    titles = drawing.state_titles(side.experiment.names)
    for tie in moment.ties.to_dict("records"):
        broken = tie["fractured"] > 0.01
        look = {
            "arrowstyle": "-|>,head_width=0.25",
            "connectionstyle": f"arc3,rad={BEND}",
            "shrinkA": 11,
            "shrinkB": 11,
        }
        look |= {"linewidth": max(0.3, WIDEST * tie["commitment"] ** 2), "linestyle": "--" if broken else "-"}
        look |= {"color": side.colour if not broken else "black", "alpha": 0.75}
        ends = places[tie["source"]], places[tie["target"]]
        axes.annotate("", ends[1], ends[0], arrowprops=look)
        if broken:
            said = f"{100 * tie['fractured']:.0f} %"
            beside, to_the = _beside(*ends)
            axes.annotate(said, beside, ha=to_the, va="center", fontsize=9, zorder=4)
    for state, (x, y) in places.items():
        axes.plot(x, y, marker="o", markersize=13, color="white", markeredgecolor="0.2", zorder=3)
        said = wrapped(titles[state], 12)
        axes.annotate(said, (x, y), xytext=(0, 11 if y > 0 else -11), textcoords="offset points", ha="center",
                      va="bottom" if y > 0 else "top", fontsize=8.5)  # fmt: skip
    axes.set(xlim=(-1.6, 1.6), ylim=(-1.75, 1.75), xticks=[], yticks=[], aspect="equal")
    axes.spines[:].set_visible(False)


def _beside(source: tuple[float, float], target: tuple[float, float]) -> tuple[tuple[float, float], str]:
    """A place for words outside the bend of an arrow, at its middle, and which end of them stands there."""
    away = 0.5 * BEND + 0.06
    (x, y), (to_x, to_y) = source, target
    place = (x + to_x) / 2 + away * (to_y - y), (y + to_y) / 2 - away * (to_x - x)
    aside = to_y - y
    return place, "center" if abs(aside) < 0.3 else "left" if aside > 0 else "right"


def _when(side: Side, moment: Moment) -> str:
    if moment.round < 0:
        return "at the opening"
    days = (moment.round + 1) * float(side.experiment.names.days)
    return f"after round {moment.round + 1} (day {days:.0f})"


def _table(found: Sequence[tuple[Side, list[Moment]]]) -> Any:
    import pandas as pd

    frames = [m.ties.assign(scenario=side.label, moment=_when(side, m)) for side, moments in found for m in moments]
    columns = ["scenario", "moment", "source", "target", "commitment", "fractured", "worlds"]
    return pd.concat(frames, ignore_index=True)[columns]


def _alt(found: Sequence[tuple[Side, list[Moment]]]) -> str:
    parts = []
    for side, moments in found:
        first, last = moments[0].ties, moments[-1].ties
        for one, other in zip(first.to_dict("records"), last.to_dict("records"), strict=True):
            name = drawing.tie_label(side.experiment, one["source"], one["target"])
            said = f"{side.label}, {name}: {one['commitment']:.2f} at the opening, {other['commitment']:.2f} at the end"
            parts.append(f"{said}, fractured in {100 * other['fractured']:.1f} %")
    return f"Webs of mean commitments at four moments, over the told worlds. {'; '.join(parts)}."
