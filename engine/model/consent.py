"""Pressure, loyalty, audience cost, and the sum on which a state decides."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import AUDIENCE, DEPENDENCE, LOYALTY, PRESSURE, RED_LINE
from wedge.engine.model.words import IN_TURN, REJECT
from wedge.engine.model.world import BEST_REFUSED, COMMITMENT_NOW, FRACTURE_ROUND, GONE, PROPOSAL, STANCE, SURPLUS

NEVER_REFUSED = -1e9


@rule
def appraise(
    surplus: float, held_out: float, pressure: float, loyalty: float, audience: float, whim: float, tilt: float
) -> float:
    """The sum on which a state decides; it consents above 0.

    With ``tilt`` 0 it is a logistic quantal response (McKelvey and Palfrey 1995): surplus less what is held out
    for, plus pressure, less loyalty and audience cost, plus a random part. ``tilt`` is what another decision theory adds.
    """
    return surplus - held_out + pressure - loyalty - audience + whim + tilt


@rule
def intact(s: Any, w: Any, i: int, j: int, lane: int) -> bool:
    """Whether the tie from i to j is declared and has not fractured. A suspended tie is intact."""
    return s.tie[i, j] == 1 and w.tie[FRACTURE_ROUND, i, j, lane] < 0.0


@rule
def pressure_on(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> float:
    """What its patrons' wish to sign adds to state i's consent: by its dependence and their commitment."""
    total = 0.0
    for j in range(s.state_id.shape[0]):
        if j == i or not intact(s, w, j, i, lane) or w.state[GONE, j, lane] == 1.0:
            continue
        if s.answers[g] == IN_TURN and w.state[STANCE, j, lane] == REJECT:
            continue  # it has just refused in front of everyone
        wish = max(0.0, w.state[SURPLUS, j, lane])
        total = total + x.tie[DEPENDENCE, i, j, lane] * w.tie[COMMITMENT_NOW, j, i, lane] * wish
    return x.state[PRESSURE, i, lane] * total


@rule
def loyalty_of(s: Any, x: Any, w: Any, i: int, lane: int) -> float:
    """What the losses of its allies take from state i's consent: by its commitment to each."""
    total = 0.0
    for j in range(s.state_id.shape[0]):
        if j != i and intact(s, w, i, j, lane):
            total = total + w.tie[COMMITMENT_NOW, i, j, lane] * max(0.0, -w.state[SURPLUS, j, lane])
    return x.state[LOYALTY, i, lane] * total


@rule
def audience_cost_of(x: Any, w: Any, i: int, g: int, lane: int, worth: float) -> float:
    """Cost of taking less than the best it has refused in public at this stage (Fearon 1994)."""
    best = w.offer[BEST_REFUSED, i, g, lane]
    if best <= NEVER_REFUSED:
        return 0.0
    return x.state[AUDIENCE, i, lane] * max(0.0, best - worth)


@rule
def crosses_red_line(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> bool:
    """Whether the proposal on the table is past a line that state i never crosses."""
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g and s.red_side[i, k] != 0:
            beyond = (w.issue[PROPOSAL, k, lane] - x.position[RED_LINE, i, k, lane]) * s.red_side[i, k]
            if beyond > 1e-12:
                return True
    return False


@rule
def crosses_an_allys_red_line(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> bool:
    """Whether it is past a red line of a state to which i has an intact tie."""
    for j in range(s.state_id.shape[0]):
        if j != i and intact(s, w, i, j, lane) and crosses_red_line(s, x, w, j, g, lane):
            return True
    return False
