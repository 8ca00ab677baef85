"""What was agreed, whether it is ratified, and what it did to issues, payoffs and ties."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_BALLOT, logistic
from wedge.engine.model.numbers import DISCOUNT, PER_WEEK, RATIFICATION, WHIM
from wedge.engine.model.payoff import discounted, gain_over_quo
from wedge.engine.model.strain import abandonment, consultation, daylight, rally, sealed_abandonment, share_the_blame
from wedge.engine.model.words import CONSULT, DONE, GOING, LAPSED, NOT_RATIFIED, OPEN, PROPOSE
from wedge.engine.model.world import (
    AUDIENCE_NOW,
    AUDIENCE_PAID,
    BLAME,
    BLAMED,
    CONSULTED,
    FIGHTING_NOW,
    FLOOR,
    IS_SETTLED,
    ISSUE_ROUND,
    LEVEL_NOW,
    LIMIT,
    MOVE,
    ON_TABLE,
    PASSED,
    PAYMENT,
    PAYOFF,
    PEACE_ROUND,
    PROPOSAL,
    PURSE_LEFT,
    ROUNDS_USED,
    SETTLED_ROUND,
    STANDING,
    SURPLUS,
    TALKS,
)
from wedge.engine.model.worth import share_used, weight_of_stage
from wedge.engine.simulation.phases.consenting import close_all_ranks, signs, turn_back
from wedge.engine.simulation.phases.leaving import end_the_talks, leave_the_talks
from wedge.engine.simulation.phases.recording import (
    learn_of_each_other,
    note_concessions,
    record_orders,
    remember_offers,
    tally,
)


@rule
def settle(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Count the consents, carry out what was agreed, book what it did to the ties, and see who leaves the talks."""
    if w.lane[TALKS, lane] != GOING:
        return
    weeks = s.days / 7.0 * x.common[PER_WEEK, lane] + 1.0 - x.common[PER_WEEK, lane]
    g = int(w.lane[ON_TABLE, lane])
    if w.lane[MOVE, lane] == PROPOSE:
        if agreed(s, w, g, lane):
            ratify(s, x, w, g, n, lane)
            close_all_ranks(s, w, g, lane)
        w.lane[PASSED, lane] = 1.0 if agreed(s, w, g, lane) else 0.0
        strain_of_the_round(s, x, w, g, n, lane, weeks)
        learn_of_each_other(s, w, g, lane)
        remember_offers(s, x, w, g, lane)
    elif w.lane[MOVE, lane] == CONSULT and w.lane[CONSULTED, lane] >= 0.0:
        consultation(s, x, w, int(w.lane[FLOOR, lane]), int(w.lane[CONSULTED, lane]), lane)
    tally(s, w, g, lane)
    note_concessions(s, x, w, g, n, lane)
    record_orders(s, x, w, n, lane)
    if w.lane[PASSED, lane] == 1.0:
        carry_out(s, x, w, g, n, lane)
    if g >= 0:
        use_up_the_stage(s, w, g, lane)
    leave_the_talks(s, x, w, n, lane)
    end_the_talks(s, x, w, n, lane, weeks)


@rule
def ratify(s: Any, x: Any, w: Any, g: int, n: int, lane: int) -> None:
    """What a state signs at the table may be refused at home (Putnam 1988): a vote on its surplus, with chance."""
    for i in range(s.state_id.shape[0]):
        if s.ratifies[i] == 1 and s.seat[g, i] == 1 and signs(w, i, lane):
            mood = x.state[WHIM, i, lane] * weight_of_stage(s, x, i, g, lane)
            mood = mood * logistic(w.key[lane], FOR_BALLOT, s.state_id[i], n)
            if w.state[SURPLUS, i, lane] + w.state[PAYMENT, i, lane] + mood < x.state[RATIFICATION, i, lane]:
                turn_back(w, i, lane, NOT_RATIFIED)


@rule
def agreed(s: Any, w: Any, g: int, lane: int) -> bool:
    """Whether enough of those whose consent counts gave it, every veto holder among them."""
    yes = 0
    for i in range(s.state_id.shape[0]):
        consent = signs(w, i, lane)
        if s.veto[g, i] == 1 and not consent:
            return False
        if s.seat[g, i] == 1 and consent:
            yes = yes + 1
    return yes >= s.quota[g]


@rule
def strain_of_the_round(s: Any, x: Any, w: Any, g: int, n: int, lane: int, weeks: float) -> None:
    """Blame, daylight, abandonment and rally of one proposal."""
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    if w.lane[PASSED, lane] == 0.0:
        share_the_blame(s, x, w, g, lane)
        daylight(s, x, w, g, lane, weeks)
        rally(s, x, w, g, lane, weeks)
        for i in range(s.state_id.shape[0]):
            w.state[BLAMED, i, lane] += w.state[BLAME, i, lane] * weeks
    else:
        sealed_abandonment(s, x, w, g, lane, left)
    abandonment(s, x, w, g, lane, weeks, left)


@rule
def carry_out(s: Any, x: Any, w: Any, g: int, n: int, lane: int) -> None:
    """Settle the issues of stage g at the agreed levels, pay what is due, and end the war if that is what it does."""
    for i in range(s.state_id.shape[0]):
        worth = audience = 0.0
        for k in range(s.issue_id.shape[0]):
            if s.stage_of[k] == g:
                worth = worth + gain_over_quo(x, w, i, k, lane, w.issue[PROPOSAL, k, lane])
        if i != int(w.lane[FLOOR, lane]) and signs(w, i, lane):
            audience = w.state[AUDIENCE_NOW, i, lane]
        value = worth - audience + w.state[PAYMENT, i, lane]
        w.state[PAYOFF, i, lane] += value * discounted(x.state[DISCOUNT, i, lane], n)
        w.state[AUDIENCE_PAID, i, lane] += audience
        w.state[PURSE_LEFT, i, lane] += min(0.0, w.state[PAYMENT, i, lane])
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            w.issue[IS_SETTLED, k, lane] = 1.0
            w.issue[LEVEL_NOW, k, lane] = w.issue[PROPOSAL, k, lane]
            w.issue[ISSUE_ROUND, k, lane] = n
    w.stage[STANDING, g, lane] = DONE
    w.stage[SETTLED_ROUND, g, lane] = n
    if s.war_issue >= 0 and s.stage_of[s.war_issue] == g:
        w.lane[FIGHTING_NOW, lane] = 0.0
        w.lane[PEACE_ROUND, lane] = n


@rule
def use_up_the_stage(s: Any, w: Any, g: int, lane: int) -> None:
    """A stage that has been on the table for as many rounds as it has, unsettled, lapses."""
    w.stage[ROUNDS_USED, g, lane] += 1.0
    spent = s.stage_rounds[g] > 0 and w.stage[ROUNDS_USED, g, lane] >= s.stage_rounds[g]
    if spent and w.stage[STANDING, g, lane] == OPEN:
        w.stage[STANDING, g, lane] = LAPSED
