"""Conditions on the world, in the small declared form of the scenario file; no code ever comes from YAML.

A condition is a run of rows in postfix order. Rows push what they find on a stack of bits, and
ALL, ANY and NOT take their parts from it.
"""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import BELIEF_A, BELIEF_B, STATUS_QUO
from wedge.engine.model.setting import (
    ALL,
    ANY,
    BELIEF,
    COMMITMENT,
    DAY,
    EVENT,
    FIGHTING,
    FRACTURED,
    LEVEL,
    NOT,
    REFUSALS,
    ROUND,
    STAGE_SETTLED,
    WALKED,
    WEARINESS,
    WITHHELD,
)  # fmt: skip
from wedge.engine.model.support import withheld
from wedge.engine.model.words import DONE, GOING
from wedge.engine.model.world import (
    COMMITMENT_NOW,
    EVENT_TIMES,
    FIGHTING_NOW,
    FRACTURE_ROUND,
    GONE,
    GOOD,
    IS_SETTLED,
    LEVEL_NOW,
    OCCASIONS,
    REJECTED,
    STANDING,
    TALKS,
    WEARINESS_NOW,
)  # fmt: skip


@rule
def belief(a: float, b: float, good: float, occasions: float) -> float:
    """Belief in an adversary's sincerity: the share of good occasions, started with a good and b bad ones."""
    return (a + good) / max(1e-9, a + b + occasions)


@rule
def measured(s: Any, x: Any, w: Any, row: int, n: int, lane: int) -> float:
    """What a row looks at, as a number."""
    kind = s.test[row]
    a = s.test_a[row]
    b = s.test_b[row]
    if kind == COMMITMENT:
        return w.tie[COMMITMENT_NOW, a, b, lane]
    if kind == WEARINESS:
        return w.state[WEARINESS_NOW, a, lane]
    if kind == BELIEF:
        good = w.tie[GOOD, a, b, lane]
        return belief(x.common[BELIEF_A, lane], x.common[BELIEF_B, lane], good, w.tie[OCCASIONS, a, b, lane])
    if kind == LEVEL:
        return w.issue[LEVEL_NOW, a, lane] if w.issue[IS_SETTLED, a, lane] == 1.0 else x.issue[STATUS_QUO, a, lane]
    if kind == ROUND:
        return float(n)
    if kind == DAY:
        return n * s.days
    return w.state[REJECTED, a, lane]  # REFUSALS


@rule
def is_so(s: Any, w: Any, row: int, lane: int) -> bool:
    """Whether what a yes-or-no row looks at holds."""
    kind = s.test[row]
    a = s.test_a[row]
    b = s.test_b[row]
    if kind == EVENT:
        return w.event[EVENT_TIMES, a, lane] > 0.0
    if kind == WITHHELD:
        return intact(s, w, a, b, lane) and withheld(w, a, b, lane)
    if kind == FRACTURED:
        return w.tie[FRACTURE_ROUND, a, b, lane] >= 0.0
    if kind == STAGE_SETTLED:
        return w.stage[STANDING, a, lane] == DONE
    if kind == FIGHTING:
        return w.lane[FIGHTING_NOW, lane] == 1.0
    if kind == WALKED:
        return w.state[GONE, a, lane] == 1.0
    return w.lane[TALKS, lane] != GOING  # TALKS_OVER


@rule
def is_measure(kind: int) -> bool:
    """Whether a row compares a number, rather than asking yes or no."""
    if kind == COMMITMENT or kind == WEARINESS or kind == BELIEF or kind == LEVEL:
        return True
    return kind == ROUND or kind == DAY or kind == REFUSALS


@rule
def holds(s: Any, x: Any, w: Any, start: int, stop: int, n: int, lane: int) -> bool:
    """Whether the condition in rows ``start`` to ``stop`` holds in round n. No rows: it holds."""
    stack = 0
    for row in range(start, stop):
        kind = s.test[row]
        if kind == NOT:
            stack = stack ^ 1
        elif kind == ALL or kind == ANY:
            parts = s.test_a[row]
            full = (1 << parts) - 1
            found = stack & full
            met = found == full if kind == ALL else found != 0
            stack = ((stack >> parts) << 1) | (1 if met else 0)
        elif is_measure(kind):
            above = measured(s, x, w, row, n, lane) >= x.test[row, lane]
            stack = (stack << 1) | (1 if above == (s.test_side[row] == 1) else 0)
        else:
            stack = (stack << 1) | (1 if is_so(s, w, row, lane) else 0)
    return stack != 0 or stop <= start
