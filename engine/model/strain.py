"""What a round does to the ties: strain by channel, and the books in which all of it adds up.

Every change of a commitment is booked to a channel at the moment it happens, clipping included,
so the commitment at the end is the commitment at the start plus the sum of its books.
"""

import math
from typing import Any

from wedge.engine.model.arithmetic import clamp, exponential
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.draws import FOR_NOISE, normal, pair
from wedge.engine.model.numbers import (
    ALLIES_BETRAY,
    COMMITMENT_0,
    CONSULTATION,
    DEPENDENCE,
    DEPENDENCE_COUNTS,
    END_BLAME,
    FAIRNESS_COUNTS,
    HOPES_COUNT,
    K_ABANDONMENT,
    K_BURDEN,
    K_DAYLIGHT,
    K_NOISE,
    K_RALLY,
    K_REPAIR,
    K_SIGNATURE,
    OWN_PROPOSAL,
    PROPOSER_BLAMED,
)  # fmt: skip
from wedge.engine.model.support import support_given
from wedge.engine.model.words import (
    ABANDONMENT,
    ABSENT,
    ACCEPT,
    BURDEN,
    CLIPPED,
    CONCEDE,
    DAYLIGHT,
    NOISE,
    RALLY,
    REJECT,
    REPAIR,
)  # fmt: skip
from wedge.engine.model.world import (
    BASE_REFUSE,
    BLAME,
    COMMITMENT_NOW,
    FLOOR,
    HELD_OUT_FOR,
    LOWEST,
    OWN_BEST,
    STANCE,
    SURPLUS,
)  # fmt: skip
from wedge.engine.model.worth import worth_of_leaving

LEAST_DISTANCE = 1e-6


@rule
def refusers_weight(surplus: float, held_out: float, own_best: float, fairness: float) -> float:
    """Weight in the blame of a state that refused: how far off it was and what it passed up, against its own best.

    Who is far off takes the blame, and so does who turns down what would have been worth having: the mirror of
    the proposer's weight. With ``fairness`` 0 the distance alone counts, and blame falls on whoever has most at stake.
    """
    distance = max(LEAST_DISTANCE, held_out - surplus)
    missed = max(LEAST_DISTANCE, max(0.0, held_out - surplus) + max(0.0, surplus))
    return fairness * missed / (missed + max(0.0, own_best)) + (1.0 - fairness) * distance


@rule
def proposers_weight(surplus: float, own_best: float) -> float:
    """Weight in the blame of the proposer: an outrageous demand is not blamed on its victim like a fair one."""
    if surplus <= 0.0:
        return 0.0
    return surplus / (surplus + max(surplus, own_best))


@rule
def daylight_of(rate: float, surplus: float, share: float, dependence: float, counts: float) -> float:
    """Loss of commitment to an ally that refused what one would have signed; one expects more of those one carries."""
    expected = counts * min(1.0, 0.5 + dependence) + (1.0 - counts)
    return -rate * max(0.0, surplus) * share * expected


@rule
def consents(stance: float) -> bool:
    """Whether a stance is one of consent."""
    return stance == ACCEPT or stance == CONCEDE


@rule
def book(w: Any, channel: int, i: int, j: int, lane: int, change: float) -> None:
    """Change the commitment of the tie from i to j and enter it in the books; what is cut off at 0 or 1 is booked too."""
    before = w.tie[COMMITMENT_NOW, i, j, lane]
    wanted = before + change
    after = clamp(wanted, 0.0, 1.0)
    w.strain[channel, i, j, lane] += change
    w.books[channel, i, j, lane] += change
    if after != wanted:
        w.strain[CLIPPED, i, j, lane] += after - wanted
        w.books[CLIPPED, i, j, lane] += after - wanted
    w.tie[COMMITMENT_NOW, i, j, lane] = after
    w.tie[LOWEST, i, j, lane] = min(w.tie[LOWEST, i, j, lane], after)


@rule
def share_the_blame(s: Any, x: Any, w: Any, g: int, lane: int) -> None:
    """Share the blame for a refused proposal among those with a consent seat who refused, and its proposer."""
    proposer = int(w.lane[FLOOR, lane])
    total = 0.0
    for i in range(s.state_id.shape[0]):
        weight = 0.0
        if i == proposer:
            weight = proposers_weight(w.state[SURPLUS, i, lane], w.state[OWN_BEST, i, lane])
            weight = weight * x.common[PROPOSER_BLAMED, lane]
        elif s.seat[g, i] == 1 and w.state[STANCE, i, lane] == REJECT:
            weight = refusers_weight(
                w.state[SURPLUS, i, lane],
                w.state[HELD_OUT_FOR, i, lane],
                w.state[OWN_BEST, i, lane],
                x.common[FAIRNESS_COUNTS, lane],
            )
        w.state[BLAME, i, lane] = weight
        total = total + weight
    for i in range(s.state_id.shape[0]):
        w.state[BLAME, i, lane] = w.state[BLAME, i, lane] / total if total > 0.0 else 0.0


@rule
def daylight(s: Any, x: Any, w: Any, g: int, lane: int, weeks: float) -> None:
    """A state that consented loses commitment to an ally with a consent seat that refused."""
    proposer = int(w.lane[FLOOR, lane])
    for i in range(s.state_id.shape[0]):
        if not consents(w.state[STANCE, i, lane]):
            continue
        for j in range(s.state_id.shape[0]):
            if intact(s, w, i, j, lane) and s.seat[g, j] == 1 and w.state[STANCE, j, lane] == REJECT:
                change = daylight_of(
                    x.common[K_DAYLIGHT, lane],
                    w.state[SURPLUS, i, lane],
                    w.state[BLAME, j, lane],
                    x.tie[DEPENDENCE, j, i, lane],
                    x.common[DEPENDENCE_COUNTS, lane],
                )
                if i == proposer:
                    change = change * x.common[OWN_PROPOSAL, lane]
                book(w, DAYLIGHT, i, j, lane, change * weeks)


@rule
def abandonment(s: Any, x: Any, w: Any, g: int, lane: int, weeks: float, left: float) -> None:
    """A state that is hurt loses commitment to an ally with a consent seat that sided with an adversary (Snyder 1984).

    Hurt is measured against what the state had hoped for, unless the scenario assumes otherwise (``hopes_count``).
    """
    proposer = int(w.lane[FLOOR, lane])
    for i in range(s.state_id.shape[0]):
        hurt = max(0.0, -w.state[SURPLUS, i, lane])
        if hurt == 0.0 or w.state[STANCE, i, lane] == ABSENT or i == proposer:
            continue
        hopes = x.common[HOPES_COUNT, lane]
        if hopes < 1.0:
            hurt = hopes * hurt + (1.0 - hopes) * max(0.0, hurt_against_the_quo(s, x, w, i, lane, left))
        counts = 1.0 if s.adversary[i, proposer] == 1 else x.common[ALLIES_BETRAY, lane]
        for j in range(s.state_id.shape[0]):
            stands_by = s.seat[g, j] == 1 and (j != proposer or x.common[ALLIES_BETRAY, lane] > 0.0)
            if intact(s, w, i, j, lane) and stands_by and consents(w.state[STANCE, j, lane]):
                book(w, ABANDONMENT, i, j, lane, -x.common[K_ABANDONMENT, lane] * hurt * counts * weeks)


@rule
def sealed_abandonment(s: Any, x: Any, w: Any, g: int, lane: int, left: float) -> None:
    """When a deal is settled that hurts a state, and an adversary of its and an ally have both signed it.

    A signature that stands weighs more than consent to a proposal that fails: it is booked as
    ``signature`` weeks of abandonment at once, whoever proposed the deal. Hurt is what leaves the state
    worse off than the status quo going on; a deal that merely falls short of its hopes is no betrayal.
    """
    for i in range(s.state_id.shape[0]):
        if consents(w.state[STANCE, i, lane]) or not an_adversary_signed(s, w, i, lane):
            continue
        hurt = hurt_against_the_quo(s, x, w, i, lane, left)
        if hurt <= 0.0:
            continue
        for j in range(s.state_id.shape[0]):
            if intact(s, w, i, j, lane) and s.seat[g, j] == 1 and consents(w.state[STANCE, j, lane]):
                book(w, ABANDONMENT, i, j, lane, -x.common[K_ABANDONMENT, lane] * hurt * x.common[K_SIGNATURE, lane])


@rule
def hurt_against_the_quo(s: Any, x: Any, w: Any, i: int, lane: int, left: float) -> float:
    """By how much the deal on the table leaves state i worse off than the status quo going on; at or below 0, not at all.

    Never more than what it loses against its hopes.
    """
    with_deal = w.state[BASE_REFUSE, i, lane] + w.state[SURPLUS, i, lane]
    return min(-w.state[SURPLUS, i, lane], worth_of_leaving(s, x, w, i, lane, left) - with_deal)


@rule
def an_adversary_signed(s: Any, w: Any, i: int, lane: int) -> bool:
    """Whether some adversary of state i consented to this round's proposal."""
    for j in range(s.state_id.shape[0]):
        if s.adversary[i, j] == 1 and consents(w.state[STANCE, j, lane]):
            return True
    return False


@rule
def rally(s: Any, x: Any, w: Any, g: int, lane: int, weeks: float) -> None:
    """A state draws closer to an ally that signed with it, both gaining, when an adversary refused. Only seats count."""
    for i in range(s.state_id.shape[0]):
        if not consents(w.state[STANCE, i, lane]) or not an_adversary_refused(s, w, i, g, lane):
            continue
        for j in range(s.state_id.shape[0]):
            if intact(s, w, i, j, lane) and s.seat[g, j] == 1 and consents(w.state[STANCE, j, lane]):
                gain = min(w.state[SURPLUS, i, lane], w.state[SURPLUS, j, lane])
                if gain > 0.0:
                    room = 1.0 - w.tie[COMMITMENT_NOW, i, j, lane]
                    book(w, RALLY, i, j, lane, x.common[K_RALLY, lane] * room * gain * weeks)


@rule
def an_adversary_refused(s: Any, w: Any, i: int, g: int, lane: int) -> bool:
    """Whether some adversary of state i with a consent seat refused this round's proposal."""
    for j in range(s.state_id.shape[0]):
        if s.adversary[i, j] == 1 and s.seat[g, j] == 1 and w.state[STANCE, j, lane] == REJECT:
            return True
    return False


@rule
def blame_at_the_end(s: Any, x: Any, w: Any, lane: int, weeks_of_talks: float) -> None:
    """When talks fail, each tie's mean weekly daylight is booked once more, ``end_blame`` times."""
    for i in range(s.state_id.shape[0]):
        for j in range(s.state_id.shape[0]):
            if intact(s, w, i, j, lane) and weeks_of_talks > 0.0:
                weekly = w.books[DAYLIGHT, i, j, lane] / weeks_of_talks
                book(w, DAYLIGHT, i, j, lane, weekly * x.common[END_BLAME, lane])


@rule
def consultation(s: Any, x: Any, w: Any, i: int, j: int, lane: int) -> None:
    """A round spent on consulting an ally mends a share of what the tie, both ways, has lost."""
    for way in range(2):
        a, b = (i, j) if way == 0 else (j, i)
        lost = x.tie[COMMITMENT_0, a, b, lane] - w.tie[COMMITMENT_NOW, a, b, lane]
        if lost > 0.0 and intact(s, w, a, b, lane):
            book(w, REPAIR, a, b, lane, lost * x.common[CONSULTATION, lane])


@rule
def wear_and_repair(s: Any, x: Any, w: Any, n: int, lane: int, days: float, fighting: bool) -> None:
    """What the days alone do to each tie: the burden of support at war, return to where it began, and chance."""
    back = 1.0 - exponential(-x.common[K_REPAIR, lane] * days)
    for i in range(s.state_id.shape[0]):
        for j in range(s.state_id.shape[0]):
            if not intact(s, w, i, j, lane):
                continue
            if fighting:
                burden = x.common[K_BURDEN, lane] * support_given(s, x, w, i, j, lane) * days
                if burden > 0.0:
                    book(w, BURDEN, i, j, lane, -burden)
            lost = x.tie[COMMITMENT_0, i, j, lane] - w.tie[COMMITMENT_NOW, i, j, lane]
            book(w, REPAIR, i, j, lane, lost * back)
            if x.common[K_NOISE, lane] > 0.0:
                z = normal(w.key[lane], FOR_NOISE, pair(s.state_id[i], s.state_id[j]), n)
                book(w, NOISE, i, j, lane, x.common[K_NOISE, lane] * math.sqrt(days) * z)
