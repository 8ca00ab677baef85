"""Who leaves the talks, and how the talks end."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_BREAKDOWN, uniform
from wedge.engine.model.fracture import withhold
from wedge.engine.model.numbers import BREAKDOWN, DISCOUNT, OUTSIDE, PATIENCE
from wedge.engine.model.payoff import discounted
from wedge.engine.model.strain import blame_at_the_end
from wedge.engine.model.words import (
    BROKEN_DOWN,
    DONE,
    GOING,
    LAPSED,
    OPEN,
    OUT_OF_ROUNDS,
    PROPOSE,
    SETTLED,
    WALKED_OUT,
    WENT_OUTSIDE,
)
from wedge.engine.model.world import (
    BASE_REFUSE,
    END_ROUND,
    GONE,
    HELD_BACK,
    IMPATIENCE,
    LIMIT,
    MOVE,
    PASSED,
    PAYOFF,
    REASON,
    STANDING,
    TALKS,
    WALKER,
)
from wedge.engine.model.worth import is_needed, share_used, worth_of_leaving


@rule
def leave_the_talks(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """A state walks out after ``patience`` rounds in a row in which leaving is worth more than staying.

    One that is played from outside may also refuse and leave at once.
    """
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    for i in range(s.state_id.shape[0]):
        if s.has_outside[i] == 0 or w.state[GONE, i, lane] == 1.0 or w.lane[PASSED, lane] == 1.0:
            continue
        if w.state[REASON, i, lane] == WENT_OUTSIDE:
            walk_out(s, x, w, i, n, lane)
            continue
        leaving = worth_of_leaving(s, x, w, i, lane, left) + x.state[OUTSIDE, i, lane]
        if leaving > w.state[BASE_REFUSE, i, lane] + 1e-9:
            w.state[IMPATIENCE, i, lane] += 1.0
        else:
            w.state[IMPATIENCE, i, lane] = 0.0
        if w.state[IMPATIENCE, i, lane] >= x.state[PATIENCE, i, lane]:
            walk_out(s, x, w, i, n, lane)


@rule
def walk_out(s: Any, x: Any, w: Any, i: int, n: int, lane: int) -> None:
    """State i leaves the talks for good and withdraws its support from its allies."""
    w.state[GONE, i, lane] = 1.0
    for j in range(s.state_id.shape[0]):
        if s.tie[i, j] == 1:
            withhold(s, x, w, i, j, n, lane, HELD_BACK)
    if w.lane[WALKER, lane] < 0.0 and is_needed(s, w, i, lane):
        w.lane[WALKER, lane] = i


@rule
def end_the_talks(s: Any, x: Any, w: Any, n: int, lane: int, weeks: float) -> None:
    """Talks end when all stages are settled, none can be any more, a needed state has left, or rounds are out."""
    settled = 0
    still_open = 0
    for g in range(s.stage_rounds.shape[0]):
        if w.stage[STANDING, g, lane] == DONE:
            settled = settled + 1
        elif can_open(s, w, g, lane):
            still_open = still_open + 1
    if settled == s.stage_rounds.shape[0]:
        w.lane[TALKS, lane] = SETTLED
    elif w.lane[WALKER, lane] >= 0.0:
        w.lane[TALKS, lane] = WALKED_OUT
    elif n + 1 >= w.lane[LIMIT, lane] or still_open == 0:
        w.lane[TALKS, lane] = OUT_OF_ROUNDS
    elif breaks_down(x, w, n, lane):
        w.lane[TALKS, lane] = BROKEN_DOWN
    if w.lane[TALKS, lane] != GOING:
        w.lane[END_ROUND, lane] = n
        if w.lane[TALKS, lane] != SETTLED:
            blame_at_the_end(s, x, w, lane, (n + 1) * weeks)
            pay_outside(s, x, w, n, lane)


@rule
def pay_outside(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Talks that fail leave those whose outside option is paid with its value, discounted by round."""
    for i in range(s.state_id.shape[0]):
        if s.outside_paid[i] == 1:
            w.state[PAYOFF, i, lane] += x.state[OUTSIDE, i, lane] * discounted(x.state[DISCOUNT, i, lane], n)


@rule
def breaks_down(x: Any, w: Any, n: int, lane: int) -> bool:
    """Whether this round's refusal ends the talks for good, by chance."""
    risk = x.common[BREAKDOWN, lane]
    if risk <= 0.0 or w.lane[MOVE, lane] != PROPOSE or w.lane[PASSED, lane] == 1.0:
        return False
    return uniform(w.key[lane], FOR_BREAKDOWN, 0, n) < risk


@rule
def can_open(s: Any, w: Any, g: int, lane: int) -> bool:
    """Whether stage g is open and nothing it needs has lapsed."""
    if w.stage[STANDING, g, lane] != OPEN:
        return False
    for h in range(s.stage_rounds.shape[0]):
        if s.needs[g, h] == 1 and w.stage[STANDING, h, lane] == LAPSED:
            return False
    return True
