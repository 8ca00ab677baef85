"""How a proposal is built: from one's own best towards those one courts, cheapest first.

Logrolling as a fractional knapsack: every move of a level away from the proposer's ideal is a
segment, cut where a courted state's ideal, a red line or the end of the scale lies; segments
are taken in the order of what the courted gain for what it costs, until the proposer's demand
leaves nothing more to give. With linear positions and equal weights that is the exact optimum
(tested against linear programming); with curved ones, segments of 1/32 come close.

A proposer that wants signatures, not gratitude, weighs each courted state by how much it still
lacks: whom it expects to sign already counts for nothing, who is furthest off counts most.
Otherwise a mediator between two sides gives everything to whichever of them cares a little more,
and repeats that one impossible offer to the end.
"""

from typing import Any

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import NEVER_REFUSED, intact
from wedge.engine.model.division import keep_the_sums, move_level, own_share, room_for, taken_from_own
from wedge.engine.model.numbers import (
    AUDIENCE,
    CURVATURE,
    GIVES_ENOUGH,
    IDEAL,
    LOYALTY,
    RED_LINE,
    RED_LINES_KNOWN,
    SALIENCE,
)  # fmt: skip
from wedge.engine.model.theories import tilt_of
from wedge.engine.model.world import (
    BEST_REFUSED,
    COMMITMENT_NOW,
    COURT_WEIGHT,
    COURTED,
    GONE,
    HELD_OUT_FOR,
    HIGHEST_OFFER,
    LOWEST_OFFER,
    OWN_BEST,
    PLAIN,
    PROPOSAL,
    SEEN_BASE,
    SEEN_BEST,
    SEEN_SURPLUS,
    SEEN_WORTH,
    SHARE_HELD,
)  # fmt: skip
from wedge.engine.model.worth import best_of_stage, lowest_level, worth_of, worth_of_stage, worth_without

TINY = 1e-12
FINE = 1.0 / 32.0
HALVINGS = 20


@rule
def see_the_others(s: Any, x: Any, w: Any, p: int, g: int, lane: int, left: float) -> None:
    """What the proposer p believes each state stands to gain from the stage on the table."""
    for j in range(s.state_id.shape[0]):
        signed = worth_without(s, x, w, p, j, lane, left, g, True)
        unsigned = worth_without(s, x, w, p, j, lane, left, g, False)
        w.state[SEEN_BASE, j, lane] = signed - unsigned
        w.state[SEEN_BEST, j, lane] = signed - unsigned + best_of_stage(s, x, w, p, j, g, lane)


@rule
def start_at_own_best(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> None:
    """Put the proposer's own best on the table: its ideal on each issue of the stage, where the stage can settle."""
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            w.issue[PROPOSAL, k, lane] = own_start(s, x, p, k, lane)
    keep_the_sums(s, x, w, p, g, lane)


@rule
def own_start(s: Any, x: Any, p: int, k: int, lane: int) -> float:
    """The level of issue k that the proposer starts from: its ideal, where the issue can be settled."""
    return clamp(x.position[IDEAL, p, k, lane], lowest_level(s, x, k, lane), 1.0)


@rule
def set_limits(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> None:
    """The range in which the proposer may move each level: the scale, its own red line, and those it courts.

    A start that lies past a courted state's red line may come back but go no further out.
    """
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] != g:
            continue
        start = w.issue[PROPOSAL, k, lane]
        low = lowest_level(s, x, k, lane)
        high = 1.0
        for j in range(s.state_id.shape[0]):
            heeded = j == p or (w.state[COURTED, j, lane] == 1.0 and x.common[RED_LINES_KNOWN, lane] > 0.5)
            if heeded and s.red_side[j, k] == 1:
                high = min(high, max(x.position[RED_LINE, j, k, lane], start))
            if heeded and s.red_side[j, k] == -1:
                low = max(low, min(x.position[RED_LINE, j, k, lane], start))
        w.issue[LOWEST_OFFER, k, lane] = low
        w.issue[HIGHEST_OFFER, k, lane] = high


@rule
def see_surpluses(s: Any, x: Any, w: Any, p: int, g: int, lane: int) -> None:
    """What is on the table is worth to each state, over refusing it, as the proposer p sees them."""
    for j in range(s.state_id.shape[0]):
        worth = worth_of_stage(s, x, w, p, j, g, lane, PROPOSAL)
        w.state[SEEN_WORTH, j, lane] = worth
        w.state[SEEN_SURPLUS, j, lane] = w.state[SEEN_BASE, j, lane] + worth


@rule
def seen_score(s: Any, x: Any, w: Any, p: int, j: int, g: int, lane: int) -> float:
    """What the proposer p expects to be left of j's consent after its demand, its loyalty and its audience, by j's theory.

    Reads the surpluses that ``see_surpluses`` has put down.
    """
    held = max(0.0, w.state[SEEN_BEST, j, lane]) * w.state[SHARE_HELD, j, lane]
    hurt = 0.0
    for m in range(s.state_id.shape[0]):
        if m != j and intact(s, w, j, m, lane):
            hurt = hurt + w.tie[COMMITMENT_NOW, j, m, lane] * max(0.0, -w.state[SEEN_SURPLUS, m, lane])
    shame = 0.0
    if w.offer[BEST_REFUSED, j, g, lane] > NEVER_REFUSED:
        shame = x.state[AUDIENCE, j, lane] * max(0.0, w.offer[BEST_REFUSED, j, g, lane] - w.state[SEEN_WORTH, j, lane])
    surplus = w.state[SEEN_SURPLUS, j, lane]
    tilt = tilt_of(s, x, w, j, p, lane, surplus, held, w.state[SEEN_SURPLUS, p, lane])
    return surplus - held - x.state[LOYALTY, j, lane] * hurt - shame + tilt


@rule
def past_red_line(s: Any, x: Any, w: Any, j: int, g: int, lane: int) -> float:
    """How far what is on the table is past the public red lines of state j, in levels; 0 if it is not."""
    past = 0.0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g and s.red_side[j, k] != 0:
            beyond = (w.issue[PROPOSAL, k, lane] - x.position[RED_LINE, j, k, lane]) * s.red_side[j, k]
            past = past + (beyond if beyond > TINY else 0.0)
    return past


@rule
def seems_past_red_line(s: Any, x: Any, w: Any, j: int, g: int, lane: int) -> bool:
    """Whether what is on the table is past a public red line of state j."""
    return past_red_line(s, x, w, j, g, lane) > 0.0


@rule
def all_courted_would_sign(s: Any, x: Any, w: Any, p: int, g: int, lane: int, margin: float) -> bool:
    """Whether the proposer expects every state it courts to sign, with a margin; weighs each by what it lacks.

    A state past whose red line the offer lies lacks at least the way back to it. A proposer
    that gives all it can weighs all it courts alike.
    """
    see_surpluses(s, x, w, p, g, lane)
    all_sign = True
    for j in range(s.state_id.shape[0]):
        w.state[COURT_WEIGHT, j, lane] = 0.0
        if w.state[COURTED, j, lane] == 0.0 or j == p:
            continue
        lacks = max(0.0, margin - seen_score(s, x, w, p, j, g, lane)) + past_red_line(s, x, w, j, g, lane)
        if lacks > 0.0:
            all_sign = False
        w.state[COURT_WEIGHT, j, lane] = lacks if x.common[GIVES_ENOUGH, lane] > 0.5 else 1.0
    return all_sign


@rule
def weighed(s: Any, w: Any, lane: int) -> int:
    """How many states the proposer still has to win."""
    count = 0
    for j in range(s.state_id.shape[0]):
        if w.state[COURT_WEIGHT, j, lane] > 0.0:
            count = count + 1
    return count


@rule
def next_cut(s: Any, x: Any, w: Any, p: int, k: int, lane: int, upwards: bool, fine: bool) -> float:
    """Where the segment that starts at the present level of issue k ends, in one direction."""
    level = w.issue[PROPOSAL, k, lane]
    cut = w.issue[HIGHEST_OFFER, k, lane] if upwards else w.issue[LOWEST_OFFER, k, lane]
    for j in range(s.state_id.shape[0]):
        if w.state[COURTED, j, lane] == 1.0 and j != p:
            ideal = w.seen[p, j, k, lane]
            if upwards and level + TINY < ideal < cut:
                cut = ideal
            if not upwards and cut < ideal < level - TINY:
                cut = ideal
    if fine or w.lane[PLAIN, lane] == 0.0:
        cut = min(cut, level + FINE) if upwards else max(cut, level - FINE)
    if upwards and s.share_of[k] >= 0:
        cut = min(cut, level + room_for(s, x, w, p, k, lane))
    return cut


@rule
def gain_of_courted(s: Any, x: Any, w: Any, p: int, k: int, lane: int, level: float) -> float:
    """What those courted gain, by their weights and as the proposer sees it, if issue k moves to ``level``."""
    total = 0.0
    now = w.issue[PROPOSAL, k, lane]
    for j in range(s.state_id.shape[0]):
        if w.state[COURT_WEIGHT, j, lane] > 0.0:
            curvature = x.position[CURVATURE, j, k, lane]
            ideal = w.seen[p, j, k, lane]
            gained = worth_of(level, ideal, curvature) - worth_of(now, ideal, curvature)
            total = total + w.state[COURT_WEIGHT, j, lane] * x.position[SALIENCE, j, k, lane] * gained
    return total


@rule
def own_cost(s: Any, x: Any, w: Any, p: int, k: int, lane: int, level: float) -> float:
    """What it costs the proposer if issue k moves to ``level``; if that is a share, with what its own share loses."""
    cost = cost_of_level(x, w, p, k, lane, level)
    if s.share_of[k] >= 0:
        own = own_share(s, x, p, k, lane)
        if own >= 0 and own != k:
            less = w.issue[PROPOSAL, own, lane] - taken_from_own(s, x, w, p, k, lane, level)
            cost = cost + cost_of_level(x, w, p, own, lane, less)
    return cost


@rule
def cost_of_level(x: Any, w: Any, p: int, k: int, lane: int, level: float) -> float:
    """What it costs the proposer if issue k alone moves to ``level``."""
    curvature = x.position[CURVATURE, p, k, lane]
    ideal = x.position[IDEAL, p, k, lane]
    lost = worth_of(w.issue[PROPOSAL, k, lane], ideal, curvature) - worth_of(level, ideal, curvature)
    return x.position[SALIENCE, p, k, lane] * lost


@rule
def best_segment(s: Any, x: Any, w: Any, p: int, g: int, lane: int, fine: bool) -> tuple[int, float]:
    """The segment that gives the courted most for what it costs: its issue and its end, or -1 if none helps.

    A level moves away from the proposer's own ideal only, so that weights that shift never send it to and fro.
    """
    best_issue = -1
    best_end = 0.0
    best_ratio = 0.0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] != g:
            continue
        for side in range(2):
            end = next_cut(s, x, w, p, k, lane, side == 0, fine)
            step = end - w.issue[PROPOSAL, k, lane]
            if abs(step) <= TINY or step * (w.issue[PROPOSAL, k, lane] - own_start(s, x, p, k, lane)) < -TINY:
                continue
            gain = gain_of_courted(s, x, w, p, k, lane, end)
            if gain <= TINY:
                continue
            ratio = gain / max(TINY, own_cost(s, x, w, p, k, lane, end))
            if ratio > best_ratio:
                best_issue, best_end, best_ratio = k, end, ratio
    return best_issue, best_end


@rule
def least_step(
    s: Any, x: Any, w: Any, p: int, g: int, lane: int, k: int, start: float, end: float, margin: float
) -> float:
    """The level nearest to ``start`` at which all courted are expected to sign, knowing that they are at ``end``."""
    near = 0.0
    far = 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        move_level(s, x, w, p, k, lane, start + middle * (end - start))
        if all_courted_would_sign(s, x, w, p, g, lane, margin):
            far = middle
        else:
            near = middle
    return start + far * (end - start)


@rule
def as_far_as_it_can(s: Any, x: Any, w: Any, p: int, k: int, lane: int, end: float, budget: float) -> float:
    """How far towards ``end`` the proposer can move issue k for its budget, which does not suffice for all of it."""
    start = w.issue[PROPOSAL, k, lane]
    if w.lane[PLAIN, lane] == 1.0:
        return start + (end - start) * (budget / own_cost(s, x, w, p, k, lane, end))
    near = 0.0
    far = 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        if own_cost(s, x, w, p, k, lane, start + middle * (end - start)) > budget:
            far = middle
        else:
            near = middle
    return start + near * (end - start)


@rule
def concede_to_courted(s: Any, x: Any, w: Any, p: int, g: int, lane: int, margin: float) -> bool:
    """Move the proposal from where it stands towards those courted. True if all are then expected to sign.

    Stops when they are (unless the scenario assumes that a proposer gives all it can), or
    when the demand of the proposer leaves no more to give.
    """
    set_limits(s, x, w, p, g, lane)
    budget = max(0.0, w.state[OWN_BEST, p, lane] - w.state[HELD_OUT_FOR, p, lane])
    enough = x.common[GIVES_ENOUGH, lane] > 0.5
    sign = all_courted_would_sign(s, x, w, p, g, lane, margin)
    for _ in range(64 * s.issue_id.shape[0] * (s.state_id.shape[0] + 2)):
        if sign and enough:
            return True
        k, end = best_segment(s, x, w, p, g, lane, enough and weighed(s, w, lane) > 1)
        if k < 0:
            break
        cost = own_cost(s, x, w, p, k, lane, end)
        if cost > TINY and budget <= TINY:
            break
        start = w.issue[PROPOSAL, k, lane]
        if cost > TINY and cost > budget:
            end = as_far_as_it_can(s, x, w, p, k, lane, end, budget)
            cost = budget
        move_level(s, x, w, p, k, lane, end)
        budget = budget - cost
        sign = all_courted_would_sign(s, x, w, p, g, lane, margin)
        if sign and enough:
            move_level(s, x, w, p, k, lane, least_step(s, x, w, p, g, lane, k, start, end, margin))
    return sign


@rule
def court_all_seats(s: Any, w: Any, p: int, g: int, lane: int) -> None:
    """Court every state whose consent the stage needs."""
    for j in range(s.state_id.shape[0]):
        wanted = s.seat[g, j] == 1 and j != p and w.state[GONE, j, lane] == 0.0
        w.state[COURTED, j, lane] = 1.0 if wanted else 0.0


@rule
def court_only(s: Any, w: Any, chosen: int, lane: int) -> None:
    """Court one state alone."""
    for j in range(s.state_id.shape[0]):
        w.state[COURTED, j, lane] = 1.0 if j == chosen else 0.0
