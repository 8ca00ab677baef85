"""Which stage is on the table, who has the floor, and what everybody holds out for."""

from typing import Any

from wedge.agents.ladder import share_by
from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.conditions import holds
from wedge.engine.model.consent import NEVER_REFUSED
from wedge.engine.model.draws import FOR_DEMAND, FOR_FLOOR, uniform
from wedge.engine.model.numbers import DEADLINE_YIELDS, DEMAND_A, DEMAND_B
from wedge.engine.model.theories import footing_of, share_aspired
from wedge.engine.model.views import Demand
from wedge.engine.model.words import DONE, GOING, OPEN, RANDOM_FLOOR
from wedge.engine.model.world import (
    BASE_ACCEPT,
    BASE_REFUSE,
    BEST_OFFERED,
    DEMANDS,
    FIRST_OFFERED,
    FLOOR,
    FOOTING,
    FORCED_SHARE,
    GONE,
    HELD_OUT_FOR,
    LIMIT,
    ON_TABLE,
    OWN_BEST,
    SHARE_HELD,
    STANDING,
    TALKS,
)
from wedge.engine.model.worth import best_of_stage, expect_compromise, held_out_for, share_used, worth_without


@rule
def take_the_floor(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Find what is on the table and who has the floor, and what each state holds out for."""
    if w.lane[TALKS, lane] != GOING:
        return
    g = stage_on_the_table(s, x, w, n, lane)
    w.lane[ON_TABLE, lane] = g
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    expect_compromise(s, x, w, lane, left)
    if g < 0:
        for i in range(s.state_id.shape[0]):
            w.state[BASE_REFUSE, i, lane] = worth_without(s, x, w, i, i, lane, left, -1, False)
        return
    w.lane[FLOOR, lane] = floor_holder(s, w, g, n, lane)
    hold_out(s, x, w, g, n, lane, left)


@rule
def stage_on_the_table(s: Any, x: Any, w: Any, n: int, lane: int) -> int:
    """The first stage of the agenda that is open, whose preconditions are settled and which is possible now; or -1."""
    for g in range(s.stage_rounds.shape[0]):
        if w.stage[STANDING, g, lane] != OPEN or not ready(s, w, g, lane):
            continue
        if holds(s, x, w, s.possible_when[g, 0], s.possible_when[g, 1], n, lane):
            return g
    return -1


@rule
def ready(s: Any, w: Any, g: int, lane: int) -> bool:
    """Whether every stage that must be settled before stage g is."""
    for h in range(s.stage_rounds.shape[0]):
        if s.needs[g, h] == 1 and w.stage[STANDING, h, lane] != DONE:
            return False
    return True


@rule
def floor_holder(s: Any, w: Any, g: int, n: int, lane: int) -> int:
    """The state that has the floor in round n: in rotation, or by lot; a state that has left is passed over."""
    count = s.floor_count[g]
    first = n % count
    if s.floor_kind[g] == RANDOM_FLOOR:
        first = min(count - 1, int(uniform(w.key[lane], FOR_FLOOR, 0, n) * count))
    for step in range(count):
        i = s.floor_list[g, (first + step) % count]
        if w.state[GONE, i, lane] == 0.0:
            return i
    return -1


@rule
def hold_out(s: Any, x: Any, w: Any, g: int, n: int, lane: int, left: float) -> None:
    """What stage g is worth to each state, signed and unsigned, and what each holds out for."""
    for i in range(s.state_id.shape[0]):
        signed = worth_without(s, x, w, i, i, lane, left, g, True)
        unsigned = worth_without(s, x, w, i, i, lane, left, g, False)
        best = signed - unsigned + best_of_stage(s, x, w, i, i, g, lane)
        share = share_held_by(s, x, w, i, g, n, lane)
        w.state[BASE_ACCEPT, i, lane] = signed
        w.state[BASE_REFUSE, i, lane] = unsigned
        w.state[FOOTING, i, lane] = footing_of(s, x, w, i, lane, left, unsigned)
        w.state[OWN_BEST, i, lane] = best
        w.state[SHARE_HELD, i, lane] = share
        w.state[HELD_OUT_FOR, i, lane] = held_out_for(best, share)


@rule
def share_held_by(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> float:
    """The share of its own best that state i holds out for, by its demand tactic and its decision theory.

    A share given from outside holds for this round alone; an aspiration still begins where the tactic says.
    """
    share = clamp(share_by(int(w.state[DEMANDS, i, lane]), demand_view_of(s, x, w, i, g, n, lane)), 0.0, 1.0)
    share = share_aspired(s, w, i, g, lane, share)
    return w.state[FORCED_SHARE, i, lane] if w.state[FORCED_SHARE, i, lane] >= 0.0 else share


@rule
def demand_view_of(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> Demand:
    """What state i can see when it sets its demand for stage g."""
    limit = w.lane[LIMIT, lane]
    yields = x.common[DEADLINE_YIELDS, lane]
    used = yields * share_used(n, limit) + (1.0 - yields) * n / limit
    lot = uniform(w.key[lane], FOR_DEMAND, s.state_id[i], n)
    return Demand(used, conceded_to(s, x, w, i, g, lane), lot, x.state[DEMAND_A, i, lane], x.state[DEMAND_B, i, lane])


@rule
def conceded_to(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> float:
    """How far adversaries have come towards state i's own best since their first offer at this stage, 0 to 1."""
    first = w.offer[FIRST_OFFERED, i, g, lane]
    if first <= NEVER_REFUSED:
        return 0.0
    best = best_of_stage(s, x, w, i, i, g, lane)
    if best - first <= 1e-12:
        return 1.0
    return clamp((w.offer[BEST_OFFERED, i, g, lane] - first) / (best - first), 0.0, 1.0)
