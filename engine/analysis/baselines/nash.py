"""The Nash bargaining solution of a scenario: one agreement on everything, with no talks and no agenda.

All states whose consent some stage needs bargain over all issues of the agenda at once. What each has without an
agreement is the status quo with the war going on, and its outside option where that is paid; the solution makes the
product of all gains over that as large as can be (Nash 1950). A level past the red line of a state that must sign it
is out; a war that can end ends with the agreement.
Left out: how long talks last, who speaks, hope, relapse, and allies' pressure; every signature counts as needed.

Nash JF (1950) The bargaining problem. Econometrica 18(2):155-162.
"""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.numbers import (
    AFTER,
    CURVATURE,
    ENDS_WAR_AT,
    IDEAL,
    OUTSIDE,
    RED_LINE,
    SALIENCE,
    STATUS_QUO,
    WAR_COST,
    Numbers,
)  # fmt: skip

ROUNDED = (0.05, 0.01, 1e-3, 1e-4)  # by how much the kink at an ideal is rounded off, step by step
LEAST = (0.1, 0.02, 2e-3, 1e-4)  # gain below which the logarithm goes on as a straight line, step by step


class Bargain(NamedTuple):
    """Who bargains over what in one world. B bargainers, K issues."""

    weight: np.ndarray  # [B, K] saliences
    ideal: np.ndarray  # [B, K]
    curvature: np.ndarray  # [B, K] exponent of the distance, 1 for a straight line
    quo: np.ndarray  # [K] levels without an agreement
    low: np.ndarray  # [K] lowest level that all may sign
    high: np.ndarray  # [K]
    saved: np.ndarray  # [B] what any agreement brings, whatever its levels: the war cost saved, less an outside option
    pies: tuple[np.ndarray, ...] = ()  # the issues that are shares of one thing, which come to 1 at most


def gains(b: Bargain, levels: np.ndarray) -> np.ndarray:
    """[B] what each gains by an agreement at these levels over none, in utility units."""
    before, after = (np.abs(at - b.ideal) ** b.curvature for at in (b.quo, levels))
    return (b.weight * (before - after)).sum(axis=1) + b.saved


def nash_levels(b: Bargain) -> np.ndarray | None:
    """[K] the levels with the largest product of gains; None where no agreement has something for everybody.

    Where a curvature is below 1 there may be several peaks, and this is one of them.
    """
    from scipy.optimize import minimize

    if len(b.saved) == 0 or (b.low > b.high).any():
        return None
    bounds = list(zip(b.low, b.high, strict=True))
    pies = [{"type": "ineq", "fun": lambda levels, some=some: 1.0 - levels[some].sum()} for some in b.pies]
    levels = np.clip(b.quo, b.low, b.high)
    for rounded, least in zip(ROUNDED, LEAST, strict=True):
        found = minimize(
            _missed, levels, (b, rounded, least), jac=True, method="SLSQP", bounds=bounds, constraints=pies,
            options={"maxiter": 200, "ftol": 1e-10},
        )  # fmt: skip
        if np.isfinite(found.x).all():
            levels = np.clip(found.x, b.low, b.high)
    return levels if gains(b, levels).min() > LEAST[-1] else None


def _missed(levels: np.ndarray, b: Bargain, rounded: float, least: float) -> tuple[float, np.ndarray]:
    """Less the sum of the logarithms of all gains, and its slope: smooth everywhere, so that it can be followed."""
    away = levels - b.ideal
    far = np.sqrt(away**2 + rounded**2)
    gain = (b.weight * (np.abs(b.quo - b.ideal) ** b.curvature - far**b.curvature)).sum(axis=1) + b.saved
    slope = -b.weight * b.curvature * far ** (b.curvature - 2.0) * away  # [B, K] of each gain
    above = np.maximum(gain, least)
    value = np.where(gain > least, np.log(above), np.log(least) + (gain - least) / least)
    return -float(value.sum()), -(slope / above[:, None]).sum(axis=0)


def bargain_in(s: Any, x: Numbers, lane: int) -> Bargain:
    """The bargain over the whole agenda of a scenario in one world."""
    who = np.flatnonzero(s.seat.sum(axis=0) > 0)
    quo = x.issue[STATUS_QUO, :, lane]
    tabled = s.stage_of >= 0
    low, high = np.where(tabled, 0.0, quo), np.where(tabled, 1.0, quo)
    saved = np.zeros(len(who))
    if s.war_issue >= 0 and tabled[s.war_issue]:
        low[s.war_issue] = x.issue[ENDS_WAR_AT, s.war_issue, lane]
        saved = x.state[WAR_COST, who, lane] * (1.0 + x.state[AFTER, who, lane])
    for k in np.flatnonzero(tabled):
        for i in np.flatnonzero(s.seat[s.stage_of[k]]):
            line = x.position[RED_LINE, i, k, lane]
            if s.red_side[i, k] > 0:
                high[k] = min(high[k], line)
            elif s.red_side[i, k] < 0:
                low[k] = max(low[k], line)
    outside = x.state[OUTSIDE, who, lane]
    saved = saved - np.where(s.outside_paid[who] == 1, outside, 0.0)
    pies = tuple(np.flatnonzero(s.share_of == pie) for pie in sorted({int(p) for p in s.share_of if p >= 0}))
    weight, ideal, curvature = (x.position[number, who, :, lane] for number in (SALIENCE, IDEAL, CURVATURE))
    return Bargain(weight, ideal, curvature, quo, low, high, saved, pies)


def nash(s: Any, x: Numbers, worlds: int) -> np.ndarray:
    """[K, W] the solution in the first ``worlds`` worlds; nan for issues off the agenda and where there is no agreement."""
    found = np.full((len(s.stage_of), worlds), np.nan)
    for lane in range(worlds):
        levels = nash_levels(bargain_in(s, x, lane))
        if levels is not None:
            found[:, lane] = np.where(s.stage_of >= 0, levels, np.nan)
    return found
