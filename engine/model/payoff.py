"""What counts towards a payoff: levels held against the status quo at the start, discounted by round."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import CURVATURE, IDEAL, SALIENCE
from wedge.engine.model.world import FIRST_QUO
from wedge.engine.model.worth import worth_of


@rule
def gain_over_quo(x: Any, w: Any, i: int, k: int, lane: int, level: float) -> float:
    """What a level of issue k is worth to state i over the status quo at the start."""
    ideal = x.position[IDEAL, i, k, lane]
    curvature = x.position[CURVATURE, i, k, lane]
    gain = worth_of(level, ideal, curvature) - worth_of(w.issue[FIRST_QUO, k, lane], ideal, curvature)
    return x.position[SALIENCE, i, k, lane] * gain


@rule
def discounted(rate: float, n: int) -> float:
    """Worth in the opening round of a unit n rounds later."""
    value = 1.0
    for _ in range(n):
        value = value * rate
    return value
