"""The best wedge of every state that could drive one: what it can demand that divides two of its adversaries.

Selective accommodation (Crawford 2011): the divider gains by its own demand, one ally would sign it and the other would
not. Two wedges are told for each tie and stage: the *strongest*, which costs the tie most in a week, and the *cheapest*
that does at least half as much. The cost is what the divider falls short of its own best.

Crawford TW (2011) Preventing enemy coalitions. International Security 35(4):155-189.
"""

from typing import Any

import numpy as np

from wedge.engine.analysis.audit.tables import Tried, label_of
from wedge.engine.analysis.estimates import wilson_band

STRONGEST, CHEAPEST = "strongest", "cheapest"
LEAST_STRAIN = 1e-5  # of commitment a week; below it a demand strains nothing
LEAST_COST = 0.01  # utility; a wedge that costs less counts as costing that much
HALF = 0.5


def targets_of(tried: Tried, divider: int) -> list[tuple[int, int]]:
    """The ties between two adversaries of a state, the weakest first: (from, to)."""
    s = tried.scenario.setting
    foes = [i for i in range(len(s.state_id)) if s.adversary[divider, i] == 1]
    ties = [(i, j) for i in foes for j in foes if s.tie[i, j] == 1]
    room = tried.mean("room")[0]
    return sorted(ties, key=lambda tie: (float(room[:, tie[0], tie[1]].mean()), tie))


def wedges_table(tried: Tried) -> Any:
    """A row for each divider, tie, stage and moment, and for the strongest and the cheapest demand there.

    ``strain`` is the commitment lost in a week in which the demand is put, ``cost`` what it costs the divider, ``gain``
    its surplus, ``divides`` in which share of worlds it gains while one ally signs and the other does not.
    ``weakest`` marks the tie with the least room above its threshold.
    """
    import pandas as pd

    rows = []
    for divider in sorted({proposer for _, proposer in tried.rows}):
        for place, tie in enumerate(targets_of(tried, divider)):
            for g in sorted(set(tried.stages)):
                for m in range(len(tried.moments)):
                    rows += _best(tried, divider, tie, int(g), m, place == 0)
    return pd.DataFrame(rows, columns=None if rows else COLUMNS)


COLUMNS = (
    "divider", "source", "target", "weakest", "stage", "moment", "which", "demand", "label", "strain", "strain_low",
    "strain_high", "daylight", "abandonment", "at_once", "cost", "gain", "per_cost", "divides", "divides_low",
    "divides_high", "source_signs", "target_signs", "agreed", "blamed", "weeks_left",
)  # fmt: skip


def _best(tried: Tried, divider: int, tie: tuple[int, int], g: int, m: int, weakest: bool) -> list[dict[str, Any]]:
    i, j = tie
    mine = np.array([r for r, (_, p) in enumerate(tried.rows) if p == divider and tried.stages[r] == g], dtype=int)
    if not len(mine):
        return []
    strain, gain = tried.mean("strain")[m, mine, i, j], tried.mean("surplus")[m, mine, divider]
    divides, cost = tried.mean("divides")[m, mine, i, j], tried.mean("cost")[m, mine, divider]
    fit = (gain > 0) & (divides > 0) & (strain > LEAST_STRAIN)
    if not fit.any():
        return []
    strongest = int(np.argmax(np.where(fit, strain, -np.inf)))
    half = fit & (strain >= HALF * strain[strongest])
    cheapest = int(np.argmin(np.where(half, cost, np.inf)))
    found = []
    for which, at in ((STRONGEST, strongest), (CHEAPEST, cheapest)):
        head = {"divider": divider, "source": i, "target": j}
        said = {key: tried.scenario.names.states[value] for key, value in head.items()}
        where = {"weakest": weakest, "stage": tried.scenario.names.stages[g], "moment": tried.when[m], "which": which}
        found.append(said | where | _numbers(tried, m, int(mine[at]), divider, tie))
    return found


def _numbers(tried: Tried, m: int, r: int, divider: int, tie: tuple[int, int]) -> dict[str, Any]:
    """What one demand does to one tie."""
    i, j = tie

    def of_tie(note: str) -> float:
        return float(tried.mean(note)[m, r, i, j])

    strain, reach = of_tie("strain"), float(tried.reach("strain")[m, r, i, j])
    cost = float(tried.mean("cost")[m, r, divider])
    low, high = wilson_band(of_tie("divides") * tried.worlds, tried.worlds)
    signs, blame = tried.mean("signs")[m, r], tried.mean("blame")[m, r]
    return {
        "demand": tried.rows[r][0],
        "label": label_of(tried, tried.rows[r][0]),
        "strain": strain,
        "strain_low": strain - reach,
        "strain_high": strain + reach,
        **{note: of_tie(note) for note in ("daylight", "abandonment", "at_once")},
        "cost": cost,
        "gain": float(tried.mean("surplus")[m, r, divider]),
        "per_cost": strain / max(LEAST_COST, cost),
        "divides": of_tie("divides"),
        "divides_low": float(low),
        "divides_high": float(high),
        "source_signs": float(signs[i]),
        "target_signs": float(signs[j]),
        "agreed": float(tried.sums.passed[m, r] / tried.worlds),
        "blamed": tried.scenario.names.states[int(blame.argmax())] if blame.max() > 0 else "",
        "weeks_left": of_tie("room") / strain if strain > LEAST_STRAIN else float("inf"),
    }
