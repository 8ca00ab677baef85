"""Decision theories: how a state weighs what it is offered. Scalars first, then what gathers them from a world.

By ``quantal`` response the surplus less the demand is weighed as it is. Each other theory changes one thing: what
gains and losses count for (``prospect``), what is held out for (``aspiration``), or whose gain counts
(``reciprocity``). Pressure, loyalty, audience cost and leaning are the same under all of them.
"""

from typing import Any

from wedge.engine.model.arithmetic import clamp, power_of
from wedge.engine.model.compiling import rule
from wedge.engine.model.conditions import belief
from wedge.engine.model.numbers import BELIEF_A, BELIEF_B, THEORY_A, THEORY_B
from wedge.engine.model.world import ASPIRED, FOOTING, GOOD, OCCASIONS, OWN_BEST, SURPLUS
from wedge.engine.model.worth import worth_of_leaving

QUANTAL, PROSPECT, ASPIRATION, RECIPROCITY = range(4)


@rule
def value_of(change: float, loss_aversion: float, diminishing: float) -> float:
    """What a change from the reference point counts for: a gain to a power, a loss to the same power and several times.

    The value function of prospect theory (Tversky and Kahneman 1992).
    """
    if change >= 0.0:
        return power_of(change, diminishing)
    return -loss_aversion * power_of(-change, diminishing)


@rule
def framed(surplus: float, held_out: float, footing: float, loss_aversion: float, diminishing: float) -> float:
    """How much better the offer is than the demand, both valued as changes from the reference point.

    ``footing`` is what refusing is worth over the reference point, so that with no loss aversion (1)
    and nothing diminishing (1) it is the surplus less the demand.
    """
    offered = value_of(footing + surplus, loss_aversion, diminishing)
    return offered - value_of(footing + held_out, loss_aversion, diminishing)


@rule
def adapted(aspiration: float, attained: float, rate: float) -> float:
    """An aspiration after one more experience: so much of the way to what was attained (Cyert and March 1963)."""
    return aspiration + rate * (attained - aspiration)


@rule
def returned(weight: float, belief_in: float, gain: float) -> float:
    """What good or ill will adds to consent: the other's gain, by how kind it has been.

    A belief of a half is neither kind nor unkind; above it the other's gain counts for consent, below it against.
    """
    return weight * (2.0 * belief_in - 1.0) * max(0.0, gain)


@rule
def tilt_of(
    s: Any, x: Any, w: Any, i: int, maker: int, lane: int, surplus: float, held_out: float, makers_gain: float
) -> float:
    """What state i's theory adds to the surplus less the demand, weighing a proposal of the state ``maker``."""
    theory = s.theory[i]
    if theory == PROSPECT:
        a, b = x.state[THEORY_A, i, lane], x.state[THEORY_B, i, lane]
        return framed(surplus, held_out, w.state[FOOTING, i, lane], a, b) - (surplus - held_out)
    if theory == RECIPROCITY and s.adversary[i, maker] == 1:
        good, occasions = w.tie[GOOD, i, maker, lane], w.tie[OCCASIONS, i, maker, lane]
        sincere = belief(x.common[BELIEF_A, lane], x.common[BELIEF_B, lane], good, occasions)
        return returned(x.state[THEORY_A, i, lane], sincere, makers_gain)
    return 0.0


@rule
def footing_of(s: Any, x: Any, w: Any, i: int, lane: int, left: float, refused: float) -> float:
    """What refusing is worth to state i over its reference point: the status quo going on for good (Levy 1997)."""
    return refused - worth_of_leaving(s, x, w, i, lane, left) if s.theory[i] == PROSPECT else 0.0


@rule
def share_aspired(s: Any, w: Any, i: int, g: int, lane: int, share: float) -> float:
    """The share of its own best that state i holds out for, where its demand tactic says ``share``.

    An aspiration begins there when the stage first comes to the table, and from then on follows experience.
    """
    if s.theory[i] != ASPIRATION:
        return share
    if w.offer[ASPIRED, i, g, lane] < 0.0:
        w.offer[ASPIRED, i, g, lane] = share
    return w.offer[ASPIRED, i, g, lane]


@rule
def learn_to_aspire(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> None:
    """Another's proposal moves state i's aspiration towards what it offered, as a share of i's own best."""
    best = w.state[OWN_BEST, i, lane]
    if s.theory[i] != ASPIRATION or best <= 1e-12:
        return
    attained = clamp(w.state[SURPLUS, i, lane] / best, 0.0, 1.0)
    now = w.offer[ASPIRED, i, g, lane]
    w.offer[ASPIRED, i, g, lane] = adapted(now, attained, x.state[THEORY_A, i, lane])
