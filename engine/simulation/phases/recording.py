"""What a round leaves in memory: beliefs, offers refused, moves counted, concessions, orders preferred."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import NEVER_REFUSED
from wedge.engine.model.orders import worth_in_order
from wedge.engine.model.payoff import gain_over_quo
from wedge.engine.model.theories import learn_to_aspire
from wedge.engine.model.words import ABSENT, ACCEPT, CONCEDE, CONSULT, PROPOSE, REJECT
from wedge.engine.model.world import (
    ACCEPTED,
    AGREED,
    BEST_OFFERED,
    BEST_REFUSED,
    CONCEDED,
    CONSULTATIONS,
    FIRST_OFFERED,
    FIRST_ORDER,
    FLOOR,
    GOOD,
    LIMIT,
    MOVE,
    OCCASIONS,
    ORDER,
    ORDER_CHANGES,
    ORDER_ROUND,
    PASSED,
    PASSES,
    PRECONDITION_ROUND,
    PROPOSAL,
    PROPOSALS,
    PROPOSED,
    REFUSED,
    REJECTED,
    STANCE,
    SURPLUS,
)
from wedge.engine.model.worth import share_used, worth_of_stage
from wedge.engine.simulation.phases.consenting import signs


@rule
def learn_of_each_other(s: Any, w: Any, g: int, lane: int) -> None:
    """Beliefs about adversaries: a proposal worth having speaks for its maker, consent for whoever gives it."""
    p = int(w.lane[FLOOR, lane])
    for i in range(s.state_id.shape[0]):
        if w.state[STANCE, i, lane] == ABSENT:
            continue
        for j in range(s.state_id.shape[0]):
            if s.adversary[i, j] == 0 or w.state[STANCE, j, lane] == ABSENT:
                continue
            if j == p:
                w.tie[OCCASIONS, i, j, lane] += 1.0
                w.tie[GOOD, i, j, lane] += 1.0 if w.state[SURPLUS, i, lane] > 0.0 else 0.0
            elif signs(w, i, lane):
                w.tie[OCCASIONS, i, j, lane] += 1.0
                w.tie[GOOD, i, j, lane] += 1.0 if signs(w, j, lane) else 0.0


@rule
def remember_offers(s: Any, x: Any, w: Any, g: int, lane: int) -> None:
    """What each state has refused in public, how far adversaries have come, and what it has taught those who aspire."""
    p = int(w.lane[FLOOR, lane])
    for i in range(s.state_id.shape[0]):
        if i == p:
            continue
        learn_to_aspire(s, x, w, i, g, lane)
        worth = worth_of_stage(s, x, w, i, i, g, lane, PROPOSAL)
        if w.state[STANCE, i, lane] == REJECT:
            w.offer[BEST_REFUSED, i, g, lane] = max(w.offer[BEST_REFUSED, i, g, lane], worth)
        if s.adversary[i, p] == 1:
            if w.offer[FIRST_OFFERED, i, g, lane] <= NEVER_REFUSED:
                w.offer[FIRST_OFFERED, i, g, lane] = worth
            w.offer[BEST_OFFERED, i, g, lane] = max(w.offer[BEST_OFFERED, i, g, lane], worth)


@rule
def tally(s: Any, w: Any, g: int, lane: int) -> None:
    """Count the moves of the round."""
    p = int(w.lane[FLOOR, lane])
    if p < 0:
        return
    if w.lane[MOVE, lane] == PROPOSE:
        w.state[PROPOSED, p, lane] += 1.0
        w.stage[PROPOSALS, g, lane] += 1.0
        w.lane[AGREED, lane] += w.lane[PASSED, lane]
        w.lane[REFUSED, lane] += 1.0 - w.lane[PASSED, lane]
    elif w.lane[MOVE, lane] == CONSULT:
        w.state[CONSULTATIONS, p, lane] += 1.0
    else:
        w.state[PASSES, p, lane] += 1.0
    for i in range(s.state_id.shape[0]):
        stance = w.state[STANCE, i, lane]
        if i == p or stance == ABSENT:
            continue
        w.state[ACCEPTED, i, lane] += 1.0 if stance == ACCEPT else 0.0
        w.state[CONCEDED, i, lane] += 1.0 if stance == CONCEDE else 0.0
        w.state[REJECTED, i, lane] += 1.0 if stance == REJECT else 0.0


@rule
def note_concessions(s: Any, x: Any, w: Any, g: int, n: int, lane: int) -> None:
    """Who for the first time would settle a precondition at levels worth less to it than the status quo at the start.

    It concedes by its consent, proposing included, whoever proposed. Consent without a seat binds nobody.
    """
    if w.lane[MOVE, lane] != PROPOSE or g < 0 or s.precondition[g] == 0:
        return
    for i in range(s.state_id.shape[0]):
        if s.seat[g, i] == 0 or not signs(w, i, lane) or w.state[PRECONDITION_ROUND, i, lane] >= 0.0:
            continue
        gain = 0.0
        for k in range(s.issue_id.shape[0]):
            if s.stage_of[k] == g:
                gain = gain + gain_over_quo(x, w, i, k, lane, w.issue[PROPOSAL, k, lane])
        if gain < -1e-9:
            w.state[PRECONDITION_ROUND, i, lane] = n


@rule
def record_orders(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Which declared order of settling each state would rather have, and when it changed its mind."""
    if s.order_group.shape[0] == 0:
        return
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    for i in range(s.state_id.shape[0]):
        before = max(0, int(w.state[ORDER, i, lane]))
        best = before
        most = worth_in_order(s, x, w, before, i, lane, left)
        for o in range(s.order_group.shape[0]):
            if o != before:
                worth = worth_in_order(s, x, w, o, i, lane, left)
                if worth > most + 1e-9:
                    best = o
                    most = worth
        if w.state[FIRST_ORDER, i, lane] < 0.0:
            w.state[FIRST_ORDER, i, lane] = best
        elif best != int(w.state[ORDER, i, lane]):
            w.state[ORDER_CHANGES, i, lane] += 1.0
            w.state[ORDER_ROUND, i, lane] = n
        w.state[ORDER, i, lane] = best
