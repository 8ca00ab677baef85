"""What the days do, whether there are talks or not: war, ties that wear and mend, hope, a ceasefire broken."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_BREACH, uniform
from wedge.engine.model.fracture import cross_thresholds
from wedge.engine.model.numbers import BREACH, DISCOUNT, HOPE, LEARNING, STATUS_QUO, WAR_COST
from wedge.engine.model.payoff import discounted, gain_over_quo
from wedge.engine.model.strain import wear_and_repair
from wedge.engine.model.support import support_received
from wedge.engine.model.words import GOING, OPEN, PROPOSE, SETTLED
from wedge.engine.model.world import (
    AGREED,
    BREACHES,
    END_ROUND,
    FIGHTING_NOW,
    IS_SETTLED,
    ISSUE_ROUND,
    LEVEL_NOW,
    LIMIT,
    MOVE,
    PAYOFF,
    PEACE_ROUND,
    REFUSED,
    ROUNDS_USED,
    SETTLED_ROUND,
    STANDING,
    TALKS,
    WEARINESS_NOW,
)


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
