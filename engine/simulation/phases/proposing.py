"""The proposal: the state that has the floor proposes, passes, or consults an ally."""

from typing import Any

from wedge.agents.catalogue_numbers import CONSULT_RULE
from wedge.agents.courting.consult import ally_to_consult
from wedge.agents.ladder import offer_by
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import audience_cost_of, crosses_red_line, loyalty_of
from wedge.engine.model.division import keep_the_sums
from wedge.engine.model.offers import see_the_others, start_at_own_best
from wedge.engine.model.words import CONSULT, GOING, PASS, PROPOSE
from wedge.engine.model.world import (
    BASE_ACCEPT,
    BASE_REFUSE,
    CONSULTED,
    COURTS,
    FLOOR,
    FORCED_LEVEL,
    FORCED_MOVE,
    LIMIT,
    MOVE,
    ON_TABLE,
    PROPOSAL,
    SURPLUS,
    TALKS,
)
from wedge.engine.model.worth import share_used, worth_of_stage


@rule
def propose(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """The state that has the floor proposes, passes, or consults an ally."""
    g = int(w.lane[ON_TABLE, lane])
    p = int(w.lane[FLOOR, lane])
    if w.lane[TALKS, lane] != GOING or g < 0 or p < 0:
        return
    if w.lane[FORCED_MOVE, lane] >= 0.0:
        w.lane[MOVE, lane] = w.lane[FORCED_MOVE, lane]
        put_forced_levels(s, x, w, p, g, lane)
    else:
        choose_move(s, x, w, p, g, n, lane)
    if w.lane[MOVE, lane] == PROPOSE:
        find_surpluses(s, x, w, g, lane)


@rule
def put_forced_levels(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> None:
    """The levels given from outside; where none is given, the proposer's own best."""
    start_at_own_best(s, x, w, p, g, lane)
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g and w.issue[FORCED_LEVEL, k, lane] >= 0.0:
            w.issue[PROPOSAL, k, lane] = w.issue[FORCED_LEVEL, k, lane]
    keep_the_sums(s, x, w, p, g, lane)


@rule
def choose_move(s: Any, x: Any, w: Any, p: int, g: int, n: int, lane: int) -> None:
    """What the proposer's own policy does with the floor."""
    if int(w.state[COURTS, p, lane]) == CONSULT_RULE:
        ally = ally_to_consult(s, x, w, p, lane)
        if ally >= 0:
            w.lane[MOVE, lane] = CONSULT
            w.lane[CONSULTED, lane] = ally
            return
    see_the_others(s, x, w, p, g, lane, 1.0 - share_used(n, w.lane[LIMIT, lane]))
    offer_by(int(w.state[COURTS, p, lane]), s, x, w, p, g, lane)
    find_surpluses(s, x, w, g, lane)
    stands = stands_by_it(s, x, w, p, g, lane)
    if not stands:
        start_at_own_best(s, x, w, p, g, lane)
        find_surpluses(s, x, w, g, lane)
        stands = stands_by_it(s, x, w, p, g, lane)
    w.lane[MOVE, lane] = PROPOSE if stands else PASS


@rule
def stands_by_it(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> bool:
    """Whether the proposer would sign its own proposal, and its joint front loses nothing by it."""
    if crosses_red_line(s, x, w, p, g, lane):
        return False
    worth = worth_of_stage(s, x, w, p, p, g, lane, PROPOSAL)
    shame = audience_cost_of(x, w, p, g, lane, worth)
    if w.state[SURPLUS, p, lane] - loyalty_of(s, x, w, p, lane) - shame < 0.0:
        return False
    for a in range(s.member.shape[0]):
        if s.joint_front[a] == 1 and s.member[a, p] == 1:
            for j in range(s.state_id.shape[0]):
                if s.member[a, j] == 1 and w.state[SURPLUS, j, lane] < -1e-12:
                    return False
    return True


@rule
def find_surpluses(s: Any, x: Any, w: Any, g: int, lane: int) -> None:
    """What accepting the proposal on the table is worth to each state, over refusing it."""
    for i in range(s.state_id.shape[0]):
        worth = worth_of_stage(s, x, w, i, i, g, lane, PROPOSAL)
        w.state[SURPLUS, i, lane] = w.state[BASE_ACCEPT, i, lane] + worth - w.state[BASE_REFUSE, i, lane]
