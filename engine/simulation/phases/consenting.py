"""What turns an answer after it was given: a patron followed, consent bought, ranks closed."""

from typing import Any

from wedge.agents.catalogue_numbers import FIRM_RULE, FOLLOW_RULE
from wedge.engine.model.compiling import rule
from wedge.engine.model.words import (
    ABSENT,
    ACCEPT,
    ALLYS_RED_LINE,
    BOUGHT,
    CONCEDE,
    FOLLOWED_PATRON,
    JOINT_FRONT,
    MOVE_FORCED,
    RED_LINE,
    REJECT,
    STOOD_FIRM,
    WORSE_THAN_NOTHING,
)
from wedge.engine.model.world import (
    ANSWERS,
    FLOOR,
    HELD_OUT_FOR,
    PAYER,
    PAYMENT,
    PURSE_LEFT,
    REASON,
    SCORE,
    STANCE,
    SURPLUS,
)


@rule
def signs(w: Any, i: int, lane: int) -> bool:
    """Whether state i consents this round."""
    return w.state[STANCE, i, lane] == ACCEPT or w.state[STANCE, i, lane] == CONCEDE


@rule
def consent_of(w: Any, i: int, lane: int) -> int:
    """The word for state i's consent: it accepts if its demand is met, else it concedes."""
    return ACCEPT if w.state[SURPLUS, i, lane] >= w.state[HELD_OUT_FOR, i, lane] else CONCEDE


@rule
def free_to_change(w: Any, i: int, lane: int) -> bool:
    """Whether state i answered of its own accord, short of a red line, and did not propose."""
    reason = w.state[REASON, i, lane]
    if w.state[STANCE, i, lane] == ABSENT or i == int(w.lane[FLOOR, lane]):
        return False
    return reason != MOVE_FORCED and reason != RED_LINE


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

    Only a state that weighs worth is for sale: not a firm one, nor one that minds an ally's red line. One whose
    own consent was bought buys nobody's, so that money never passes through hands that may have to give it back.
    """
    weighs = int(w.state[ANSWERS, i, lane]) != FIRM_RULE and w.state[REASON, i, lane] != ALLYS_RED_LINE
    price = 1e-9 - w.state[SCORE, i, lane]
    if w.state[STANCE, i, lane] != REJECT or not free_to_change(w, i, lane) or s.seat[g, i] == 0:
        return
    if not weighs or price <= 0.0:
        return
    for j in range(s.state_id.shape[0]):
        if s.pays[j, i] == 0 or not signs(w, j, lane) or w.state[REASON, j, lane] == BOUGHT:
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
