"""The last phases of a round: what was agreed, what it did to the ties, who leaves, and what the days do."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import NEVER_REFUSED
from wedge.engine.model.draws import FOR_BALLOT, FOR_BREACH, FOR_BREAKDOWN, logistic, uniform
from wedge.engine.model.fracture import cross_thresholds, withhold
from wedge.engine.model.numbers import (
    BREACH,
    BREAKDOWN,
    CURVATURE,
    DISCOUNT,
    HOPE,
    IDEAL,
    LEARNING,
    OUTSIDE,
    PATIENCE,
    PER_WEEK,
    RATIFICATION,
    SALIENCE,
    STATUS_QUO,
    WAR_COST,
    WHIM,
)  # fmt: skip
from wedge.engine.model.strain import (
    abandonment,
    blame_at_the_end,
    consultation,
    daylight,
    rally,
    sealed_abandonment,
    share_the_blame,
    wear_and_repair,
)  # fmt: skip
from wedge.engine.model.support import support_received
from wedge.engine.model.words import (
    ABSENT,
    ACCEPT,
    BROKEN_DOWN,
    CONCEDE,
    CONSULT,
    DONE,
    GOING,
    LAPSED,
    NOT_RATIFIED,
    OPEN,
    OUT_OF_ROUNDS,
    PROPOSE,
    REJECT,
    SETTLED,
    WALKED_OUT,
)  # fmt: skip
from wedge.engine.model.world import (
    ACCEPTED,
    AGREED,
    AUDIENCE_NOW,
    AUDIENCE_PAID,
    BASE_REFUSE,
    BEST_OFFERED,
    BEST_REFUSED,
    BLAME,
    BLAMED,
    BREACHES,
    CONCEDED,
    CONSULTATIONS,
    CONSULTED,
    END_ROUND,
    FIGHTING_NOW,
    FIRST_OFFERED,
    FIRST_ORDER,
    FIRST_QUO,
    FLOOR,
    GONE,
    GOOD,
    HELD_BACK,
    IMPATIENCE,
    IS_SETTLED,
    ISSUE_ROUND,
    LEVEL_NOW,
    LIMIT,
    MOVE,
    OCCASIONS,
    ON_TABLE,
    ORDER,
    ORDER_CHANGES,
    ORDER_ROUND,
    PASSED,
    PASSES,
    PAYMENT,
    PAYOFF,
    PEACE_ROUND,
    PRECONDITION_ROUND,
    PROPOSAL,
    PROPOSALS,
    PROPOSED,
    PURSE_LEFT,
    REFUSED,
    REJECTED,
    ROUNDS_USED,
    SETTLED_ROUND,
    STANCE,
    STANDING,
    SURPLUS,
    TALKS,
    WALKER,
    WEARINESS_NOW,
)  # fmt: skip
from wedge.engine.model.worth import (
    is_needed,
    share_used,
    weight_of_stage,
    worth_in_order,
    worth_of,
    worth_of_leaving,
    worth_of_stage,
)  # fmt: skip
from wedge.engine.simulation.phases import close_all_ranks, signs, turn_back


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
    """What each state has refused in public, and how far adversaries have come."""
    p = int(w.lane[FLOOR, lane])
    for i in range(s.state_id.shape[0]):
        if i == p:
            continue
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


@rule
def discounted(rate: float, n: int) -> float:
    """Worth in the opening round of a unit n rounds later."""
    value = 1.0
    for _ in range(n):
        value = value * rate
    return value


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
def gain_over_quo(x: Any, w: Any, i: int, k: int, lane: int, level: float) -> float:
    """What a level of issue k is worth to state i over the status quo at the start."""
    ideal = x.position[IDEAL, i, k, lane]
    curvature = x.position[CURVATURE, i, k, lane]
    gain = worth_of(level, ideal, curvature) - worth_of(w.issue[FIRST_QUO, k, lane], ideal, curvature)
    return x.position[SALIENCE, i, k, lane] * gain


@rule
def use_up_the_stage(s: Any, w: Any, g: int, lane: int) -> None:
    """A stage that has been on the table for as many rounds as it has, unsettled, lapses."""
    w.stage[ROUNDS_USED, g, lane] += 1.0
    spent = s.stage_rounds[g] > 0 and w.stage[ROUNDS_USED, g, lane] >= s.stage_rounds[g]
    if spent and w.stage[STANDING, g, lane] == OPEN:
        w.stage[STANDING, g, lane] = LAPSED


@rule
def leave_the_talks(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """A state walks out after ``patience`` rounds in a row in which leaving is worth more than staying."""
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    for i in range(s.state_id.shape[0]):
        if s.has_outside[i] == 0 or w.state[GONE, i, lane] == 1.0 or w.lane[PASSED, lane] == 1.0:
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


# What the days do, whether there are talks or not.


@rule
def pass_time(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """War wears states off, ties wear and mend, thresholds are crossed, a ceasefire may be broken."""
    fighting = w.lane[FIGHTING_NOW, lane] == 1.0
    wear_and_repair(s, x, w, n, lane, s.days, fighting)
    if fighting:
        war_of_the_round(s, x, w, n, lane)
    cross_thresholds(s, x, w, n, lane)
    learn_hope(s, x, w, lane)
    note_levels(s, x, w, n, lane)
    if not fighting and s.war_issue >= 0:
        maybe_breach(s, x, w, n, lane)


@rule
def war_of_the_round(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """War cost paid this round, and the weariness it leaves, less what support carries."""
    share = s.days / (s.days * s.rounds)
    for i in range(s.state_id.shape[0]):
        cost = x.state[WAR_COST, i, lane] * share
        w.state[PAYOFF, i, lane] -= cost * discounted(x.state[DISCOUNT, i, lane], n)
        worn = w.state[WEARINESS_NOW, i, lane] + cost * (1.0 - support_received(s, x, w, i, lane))
        w.state[WEARINESS_NOW, i, lane] = min(1.0, worn)


@rule
def note_levels(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Where each unsettled issue stands; at the horizon, what has come of it without an agreement is paid."""
    for k in range(s.issue_id.shape[0]):
        if w.issue[IS_SETTLED, k, lane] == 1.0:
            continue
        w.issue[LEVEL_NOW, k, lane] = x.issue[STATUS_QUO, k, lane]
        if n + 1 == s.rounds:
            for i in range(s.state_id.shape[0]):
                gain = gain_over_quo(x, w, i, k, lane, x.issue[STATUS_QUO, k, lane])
                w.state[PAYOFF, i, lane] += gain * discounted(x.state[DISCOUNT, i, lane], n)


@rule
def learn_hope(s: Any, x: Any, w: Any, lane: int) -> None:
    """Hope moves to the rate of consent that has been seen, if the scenario lets it learn."""
    rate = x.common[LEARNING, lane]
    made = w.lane[AGREED, lane] + w.lane[REFUSED, lane]
    if rate <= 0.0 or made == 0.0 or w.lane[MOVE, lane] != PROPOSE:
        return
    for i in range(s.state_id.shape[0]):
        seen = w.lane[AGREED, lane] / made
        x.state[HOPE, i, lane] = x.state[HOPE, i, lane] + rate * (seen - x.state[HOPE, i, lane])


@rule
def maybe_breach(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """A settled ceasefire is broken at a rate that grows with what a state would gain by fighting on."""
    rate = x.common[BREACH, lane]
    k = s.war_issue
    if rate <= 0.0 or w.issue[IS_SETTLED, k, lane] == 0.0 or w.issue[ISSUE_ROUND, k, lane] == n:
        return
    for i in range(s.state_id.shape[0]):
        gain = -gain_over_quo(x, w, i, k, lane, w.issue[LEVEL_NOW, k, lane]) - x.state[WAR_COST, i, lane]
        hazard = min(1.0, rate * max(0.0, gain) * s.days)
        if uniform(w.key[lane], FOR_BREACH, s.state_id[i], n) < hazard:
            resume_war(s, x, w, n, lane)
            return


@rule
def resume_war(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """The ceasefire is broken: its stage is open again and what it settled is back at the status quo."""
    g = s.stage_of[s.war_issue]
    for i in range(s.state_id.shape[0]):
        lost = 0.0
        for k in range(s.issue_id.shape[0]):
            if s.stage_of[k] == g:
                lost = lost + gain_over_quo(x, w, i, k, lane, w.issue[LEVEL_NOW, k, lane])
        w.state[PAYOFF, i, lane] -= lost * discounted(x.state[DISCOUNT, i, lane], n)
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            w.issue[IS_SETTLED, k, lane] = 0.0
            w.issue[LEVEL_NOW, k, lane] = x.issue[STATUS_QUO, k, lane]
            w.issue[ISSUE_ROUND, k, lane] = -1.0
    w.stage[STANDING, g, lane] = OPEN
    w.stage[ROUNDS_USED, g, lane] = 0.0
    w.stage[SETTLED_ROUND, g, lane] = -1.0
    w.lane[FIGHTING_NOW, lane] = 1.0
    w.lane[PEACE_ROUND, lane] = -1.0
    w.lane[BREACHES, lane] += 1.0
    if w.lane[TALKS, lane] == SETTLED and n + 1 < w.lane[LIMIT, lane]:
        w.lane[TALKS, lane] = GOING
        w.lane[END_ROUND, lane] = -1.0
