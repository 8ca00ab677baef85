"""The phases of a round, in the order in which they are played: battlefield, events, talks, and what days do.

    begin -> battlefield -> events -> take_the_floor -> propose -> answer -> settle -> pass_time

Each touches the arrays of one lane and reads nothing else, so a traced run and a batch of a
million worlds play the very same text. Seats from outside write forced moves before a phase.
"""

import math
from typing import Any

from wedge.agents.catalogue_numbers import CONSULT_RULE, FIRM_RULE, FOLLOW_RULE
from wedge.agents.courting.consult import ally_to_consult
from wedge.agents.ladder import offer_by, share_by, stance_by
from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.conditions import holds
from wedge.engine.model.consent import (
    NEVER_REFUSED,
    appraise,
    audience_cost_of,
    crosses_an_allys_red_line,
    crosses_red_line,
    loyalty_of,
    pressure_on,
)  # fmt: skip
from wedge.engine.model.draws import (
    FOR_ANSWER,
    FOR_BATTLE,
    FOR_DEMAND,
    FOR_FLOOR,
    FOR_LOT,
    logistic,
    normal,
    uniform,
    word,
)
from wedge.engine.model.numbers import (
    ANSWER_A,
    ANSWER_B,
    DEADLINE_YIELDS,
    DEMAND_A,
    DEMAND_B,
    DRIFT,
    STATUS_QUO,
    SWAY,
    WHIM,
)  # fmt: skip
from wedge.engine.model.offers import see_the_others, start_at_own_best
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import (
    ABSENT,
    ACCEPT,
    ALLYS_RED_LINE,
    BOUGHT,
    CONCEDE,
    CONSULT,
    DONE,
    FOLLOWED_PATRON,
    GOING,
    IN_TURN,
    JOINT_FRONT,
    MOVE_FORCED,
    NO_REASON,
    OPEN,
    PASS,
    PROPOSE,
    PROPOSED_IT,
    RANDOM_FLOOR,
    RED_LINE,
    REJECT,
    STOOD_FIRM,
    WORSE_THAN_NOTHING,
)  # fmt: skip
from wedge.engine.model.world import (
    ANSWERS,
    AUDIENCE_NOW,
    BASE_ACCEPT,
    BASE_REFUSE,
    BEST_OFFERED,
    BLAME,
    CONSULTED,
    COURTS,
    DEMANDS,
    FIGHTING_NOW,
    FIRST_OFFERED,
    FLOOR,
    FORCED_LEVEL,
    FORCED_MOVE,
    FORCED_REASON,
    FORCED_SHARE,
    FORCED_STANCE,
    GONE,
    HELD_OUT_FOR,
    IS_SETTLED,
    LEVEL_NOW,
    LIMIT,
    LOYAL,
    MOVE,
    ON_TABLE,
    OWN_BEST,
    PASSED,
    PAYER,
    PAYMENT,
    PRESSED,
    PROPOSAL,
    PURSE_LEFT,
    REASON,
    SCORE,
    SHARE_HELD,
    STANCE,
    STANDING,
    SURPLUS,
    TALKS,
    WHIM_NOW,
)  # fmt: skip
from wedge.engine.model.worth import (
    best_of_stage,
    expect_compromise,
    held_out_for,
    leverage_now,
    share_used,
    weight_of_stage,
    worth_of_stage,
    worth_without,
)  # fmt: skip
from wedge.engine.simulation.forcing import forget_forced


@rule
def begin(s: Any, w: Any, lane: int) -> None:
    """Wipe what belongs to one round only."""
    forget_forced(w, lane)
    for i in range(s.tie.shape[0]):
        for j in range(s.tie.shape[1]):
            if s.tie[i, j] == 1:
                for channel in range(w.strain.shape[0]):
                    w.strain[channel, i, j, lane] = 0.0
    w.lane[ON_TABLE, lane] = -1.0
    w.lane[FLOOR, lane] = -1.0
    w.lane[MOVE, lane] = PASS
    w.lane[CONSULTED, lane] = -1.0
    w.lane[PASSED, lane] = 0.0
    for i in range(s.state_id.shape[0]):
        for field in (SURPLUS, OWN_BEST, HELD_OUT_FOR, SHARE_HELD, PRESSED, LOYAL, AUDIENCE_NOW, WHIM_NOW, SCORE):
            w.state[field, i, lane] = 0.0
        w.state[PAYMENT, i, lane] = 0.0
        w.state[BLAME, i, lane] = 0.0
        w.state[STANCE, i, lane] = ABSENT
        w.state[REASON, i, lane] = NO_REASON


@rule
def battlefield(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Fighting moves the status quo of marked issues by the balance of leverage, and by chance (Powell 2006)."""
    if n == 0 or w.lane[FIGHTING_NOW, lane] == 0.0:
        return
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    for k in range(s.issue_id.shape[0]):
        a = s.fought_by[k, 0]
        b = s.fought_by[k, 1]
        if a < 0 or b < 0 or w.issue[IS_SETTLED, k, lane] == 1.0:
            continue
        balance = leverage_now(x, w, a, lane, left) - leverage_now(x, w, b, lane, left)
        moved = x.issue[DRIFT, k, lane] * balance * s.days
        if x.issue[SWAY, k, lane] > 0.0:
            chance = normal(w.key[lane], FOR_BATTLE, s.issue_id[k], n)
            moved = moved + x.issue[SWAY, k, lane] * math.sqrt(s.days) * chance
        x.issue[STATUS_QUO, k, lane] = clamp(x.issue[STATUS_QUO, k, lane] + moved, 0.0, 1.0)
        w.issue[LEVEL_NOW, k, lane] = x.issue[STATUS_QUO, k, lane]


# Who has the floor, over which stage, and what everybody holds out for.


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
def hold_out(s: Any, x: Any, w: Any, g: int, n: int, lane: int, left: float) -> None:
    """What stage g is worth to each state, signed and unsigned, and what each holds out for."""
    for i in range(s.state_id.shape[0]):
        signed = worth_without(s, x, w, i, i, lane, left, g, True)
        unsigned = worth_without(s, x, w, i, i, lane, left, g, False)
        best = signed - unsigned + best_of_stage(s, x, w, i, i, g, lane)
        share = share_held_by(s, x, w, i, g, n, lane)
        w.state[BASE_ACCEPT, i, lane] = signed
        w.state[BASE_REFUSE, i, lane] = unsigned
        w.state[OWN_BEST, i, lane] = best
        w.state[SHARE_HELD, i, lane] = share
        w.state[HELD_OUT_FOR, i, lane] = held_out_for(best, share)


@rule
def share_held_by(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> float:
    """The share of its own best that state i holds out for, by its demand tactic; none of it in the last round."""
    if w.state[FORCED_SHARE, i, lane] >= 0.0:
        return w.state[FORCED_SHARE, i, lane]
    return clamp(share_by(int(w.state[DEMANDS, i, lane]), demand_view_of(s, x, w, i, g, n, lane)), 0.0, 1.0)


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


@rule
def find_surpluses(s: Any, x: Any, w: Any, g: int, lane: int) -> None:
    """What accepting the proposal on the table is worth to each state, over refusing it."""
    for i in range(s.state_id.shape[0]):
        worth = worth_of_stage(s, x, w, i, i, g, lane, PROPOSAL)
        w.state[SURPLUS, i, lane] = w.state[BASE_ACCEPT, i, lane] + worth - w.state[BASE_REFUSE, i, lane]


# The proposal.


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


# The answer.


@rule
def answer(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Everyone answers the proposal; then those who follow, side payments, and joint fronts have their say."""
    if w.lane[MOVE, lane] != PROPOSE:
        return
    g = int(w.lane[ON_TABLE, lane])
    count = s.state_id.shape[0]
    p = int(w.lane[FLOOR, lane])
    for turn in range(count):
        i = p
        if turn > 0:
            i = turn - 1 if turn - 1 < p else turn
        if s.answers[g] == IN_TURN:
            i = (p + turn) % count
        if w.state[GONE, i, lane] == 0.0:
            answer_of(s, x, w, i, g, n, lane)
    for i in range(count):
        follow_the_patron(s, w, i, lane)
    for i in range(count):
        buy_consent(s, x, w, i, g, lane)
    close_all_ranks(s, w, g, lane)


@rule
def answer_of(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> None:
    """State i weighs the proposal and takes its stance."""
    view = view_of(s, x, w, i, g, n, lane)
    w.state[PRESSED, i, lane] = view.pressure
    w.state[LOYAL, i, lane] = view.loyalty
    w.state[AUDIENCE_NOW, i, lane] = view.audience
    w.state[WHIM_NOW, i, lane] = view.whim
    w.state[SCORE, i, lane] = view.score
    if w.state[FORCED_STANCE, i, lane] >= 0.0:
        w.state[STANCE, i, lane] = w.state[FORCED_STANCE, i, lane]
        w.state[REASON, i, lane] = w.state[FORCED_REASON, i, lane]
    elif i == int(w.lane[FLOOR, lane]):
        w.state[STANCE, i, lane] = ACCEPT
        w.state[REASON, i, lane] = PROPOSED_IT
    else:
        stance, reason = stance_by(int(w.state[ANSWERS, i, lane]), view)
        w.state[STANCE, i, lane] = stance
        w.state[REASON, i, lane] = reason


@rule
def view_of(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> View:
    """What state i can see of the proposal on the table when it must answer."""
    surplus = w.state[SURPLUS, i, lane]
    held = w.state[HELD_OUT_FOR, i, lane]
    pressure = pressure_on(s, x, w, i, g, lane)
    loyalty = loyalty_of(s, x, w, i, lane)
    audience = audience_cost_of(x, w, i, g, lane, worth_of_stage(s, x, w, i, i, g, lane, PROPOSAL))
    leaning = logistic(w.leanings[lane], FOR_ANSWER, s.state_id[i], matter_of(s, g))
    whim = x.state[WHIM, i, lane] * weight_of_stage(s, x, i, g, lane) * leaning
    return View(
        surplus,
        held,
        pressure,
        loyalty,
        audience,
        whim,
        appraise(s.theory[i], surplus, held, pressure, loyalty, audience, whim),
        1 if crosses_red_line(s, x, w, i, g, lane) else 0,
        1 if crosses_an_allys_red_line(s, x, w, i, g, lane) else 0,
        share_used(n, w.lane[LIMIT, lane]),
        uniform(w.key[lane], FOR_LOT, s.state_id[i], n),
        x.state[ANSWER_A, i, lane],
        x.state[ANSWER_B, i, lane],
    )


@rule
def matter_of(s: Any, g: int) -> int:
    """The identity of what stage g is about: that of its first issue, so that it is the same under every agenda."""
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            return word(s.issue_id[k])
    return word(0)


@rule
def signs(w: Any, i: int, lane: int) -> bool:
    """Whether state i consents this round."""
    return w.state[STANCE, i, lane] == ACCEPT or w.state[STANCE, i, lane] == CONCEDE


@rule
def free_to_change(w: Any, i: int, lane: int) -> bool:
    """Whether state i answered of its own accord, short of a red line, and did not propose."""
    reason = w.state[REASON, i, lane]
    if w.state[STANCE, i, lane] == ABSENT or i == int(w.lane[FLOOR, lane]):
        return False
    return reason != MOVE_FORCED and reason != RED_LINE


@rule
def consent_of(w: Any, i: int, lane: int) -> int:
    """The word for state i's consent: it accepts if its demand is met, else it concedes."""
    return ACCEPT if w.state[SURPLUS, i, lane] >= w.state[HELD_OUT_FOR, i, lane] else CONCEDE


@rule
def follow_the_patron(s: Any, w: Any, i: int, lane: int) -> None:
    """A follower takes the stance of its patron, if the patron is at the table and is no follower itself."""
    if int(w.state[ANSWERS, i, lane]) != FOLLOW_RULE or not free_to_change(w, i, lane):
        return
    patron = s.patron[i]
    if patron < 0 or w.state[STANCE, patron, lane] == ABSENT or int(w.state[ANSWERS, patron, lane]) == FOLLOW_RULE:
        return
    w.state[STANCE, i, lane] = consent_of(w, i, lane) if signs(w, patron, lane) else REJECT
    w.state[REASON, i, lane] = FOLLOWED_PATRON


@rule
def buy_consent(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> None:
    """A patron that signs and gains may pay a client what its consent lacks, out of its purse and its gain.

    Only a state that weighs worth is for sale: not a firm one, nor one that minds an ally's red line.
    """
    weighs = int(w.state[ANSWERS, i, lane]) != FIRM_RULE and w.state[REASON, i, lane] != ALLYS_RED_LINE
    price = 1e-9 - w.state[SCORE, i, lane]
    if w.state[STANCE, i, lane] != REJECT or not free_to_change(w, i, lane) or s.seat[g, i] == 0:
        return
    if not weighs or price <= 0.0:
        return
    for j in range(s.state_id.shape[0]):
        if s.pays[j, i] == 0 or not signs(w, j, lane):
            continue
        spent = -min(0.0, w.state[PAYMENT, j, lane])
        if price + spent <= min(w.state[PURSE_LEFT, j, lane], w.state[SURPLUS, j, lane]):
            w.state[PAYMENT, i, lane] = price
            w.state[PAYMENT, j, lane] -= price
            w.state[PAYER, i, lane] = j
            w.state[STANCE, i, lane] = CONCEDE
            w.state[REASON, i, lane] = BOUGHT
            return


@rule
def turn_back(w: Any, i: int, lane: int, reason: int) -> None:
    """State i's consent becomes a refusal after all; what it was paid goes back, and what it was to pay is not paid."""
    if w.state[REASON, i, lane] == BOUGHT:
        give_back(w, i, lane)
    w.state[STANCE, i, lane] = REJECT
    w.state[REASON, i, lane] = reason
    for _ in range(w.state.shape[1]):
        for j in range(w.state.shape[1]):
            if w.state[REASON, j, lane] == BOUGHT and not signs(w, int(w.state[PAYER, j, lane]), lane):
                give_back(w, j, lane)
                w.state[STANCE, j, lane] = REJECT
                w.state[REASON, j, lane] = STOOD_FIRM if w.state[SURPLUS, j, lane] > 0.0 else WORSE_THAN_NOTHING


@rule
def give_back(w: Any, i: int, lane: int) -> None:
    """What state i was paid for its consent goes back to who paid it."""
    w.state[PAYMENT, int(w.state[PAYER, i, lane]), lane] += w.state[PAYMENT, i, lane]
    w.state[PAYMENT, i, lane] = 0.0


@rule
def close_all_ranks(s: Any, w: Any, g: int, lane: int) -> None:
    """Every joint front closes ranks; a state in two fronts carries a refusal from one to the other."""
    for _ in range(s.member.shape[0]):
        for a in range(s.member.shape[0]):
            close_ranks(s, w, a, g, lane)


@rule
def close_ranks(s: Any, w: Any, a: int, g: int, lane: int) -> None:
    """In a joint front members consent only if every member with a consent seat does, its proposer included."""
    if s.joint_front[a] == 0:
        return
    broken = False
    for i in range(s.state_id.shape[0]):
        if s.member[a, i] == 1 and s.seat[g, i] == 1 and w.state[STANCE, i, lane] == REJECT:
            broken = True
    if not broken:
        return
    for i in range(s.state_id.shape[0]):
        if s.member[a, i] == 1 and signs(w, i, lane) and w.state[REASON, i, lane] != MOVE_FORCED:
            turn_back(w, i, lane, JOINT_FRONT)
