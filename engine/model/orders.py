"""What declared orders of settling are worth to a state: by the chances it gives to one group of issues after another.

A record of interest; nothing a state does depends on it.
"""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import (
    AFTER,
    AFTER_HOPE,
    BELIEF_A,
    BELIEF_B,
    CURVATURE,
    HOPE,
    IDEAL,
    PEACE_FORESEEN,
    SALIENCE,
    WAR_COST,
)  # fmt: skip
from wedge.engine.model.world import (
    COMPROMISE,
    FIGHTING_NOW,
    IS_SETTLED,
    ON_TABLE,
    ORDER_CHANCE,
    PASSED,
    PROPOSALS,
)  # fmt: skip
from wedge.engine.model.worth import fought_quo, hope_left, war_to_come, worth_of


@rule
def worth_in_order(s: Any, x: Any, w: Any, o: int, i: int, lane: int, left: float) -> float:
    """Worth to state i of what is ahead if the unsettled issues were taken in the declared order o."""
    expect_in_order(s, x, w, o, i, lane, left)
    fighting = w.lane[FIGHTING_NOW, lane] == 1.0
    fought = 0.0
    if fighting:
        peace = level_in_order(s, x, w, o, s.war_issue, lane, left, 0.0)
        fought = war_to_come(1.0, left, x.state[AFTER, i, lane], peace * x.common[PEACE_FORESEEN, lane])
    total = -x.state[WAR_COST, i, lane] * fought
    for k in range(s.issue_id.shape[0]):
        if w.issue[IS_SETTLED, k, lane] == 0.0:
            level = level_in_order(s, x, w, o, k, lane, left, fought)
            worth = worth_of(level, x.position[IDEAL, i, k, lane], x.position[CURVATURE, i, k, lane])
            total = total + x.position[SALIENCE, i, k, lane] * worth
    return total


@rule
def level_in_order(s: Any, x: Any, w: Any, o: int, k: int, lane: int, left: float, fought: float) -> float:
    """The outlook for the unsettled issue k in the declared order o, by the chance that was last found for it."""
    quo = fought_quo(s, x, w, k, lane, left, fought)
    if s.order_group[o, k] < 0:
        return quo
    return quo + w.issue[ORDER_CHANCE, k, lane] * (w.issue[COMPROMISE, k, lane] - quo)


@rule
def expect_in_order(s: Any, x: Any, w: Any, o: int, i: int, lane: int, left: float) -> None:
    """Find how likely state i thinks each issue is to be settled in the declared order o: by the chances of all groups
    up to its own, and the calendar.
    """
    last = -1
    for k in range(s.issue_id.shape[0]):
        last = max(last, s.order_group[o, k])
    chance = hope_left(left, x.common[AFTER_HOPE, lane])
    for group in range(last + 1):
        chance = chance * chance_of_group(s, x, w, o, i, group, lane)
        for k in range(s.issue_id.shape[0]):
            if s.order_group[o, k] == group:
                w.issue[ORDER_CHANCE, k, lane] = chance


@rule
def chance_of_group(s: Any, x: Any, w: Any, o: int, i: int, group: int, lane: int) -> float:
    """How likely state i thinks a group of the order o is to be settled; 1 once it is.

    Its hope, learnt from what was seen: each proposal refused on a stage that holds an unsettled issue of the
    group is an occasion on which it came to nothing, beside as many occasions as a belief starts with.
    """
    unsettled = False
    refused = 0.0
    for g in range(s.stage_rounds.shape[0]):
        if holds_of_group(s, w, o, group, g, lane):
            unsettled = True
            refused = refused + w.stage[PROPOSALS, g, lane]
            if g == int(w.lane[ON_TABLE, lane]):
                refused = refused - w.lane[PASSED, lane]  # agreed this round, and not carried out yet
    if not unsettled and not holds_of_group(s, w, o, group, -1, lane):
        return 1.0
    return hope_after(x.state[HOPE, i, lane], x.common[BELIEF_A, lane] + x.common[BELIEF_B, lane], refused)


@rule
def hope_after(hope: float, prior: float, refused: float) -> float:
    """A hope that began with so many occasions, after so many refusals."""
    return hope * prior / (prior + refused) if refused > 0.0 else hope


@rule
def holds_of_group(s: Any, w: Any, o: int, group: int, g: int, lane: int) -> bool:
    """Whether stage g (-1: no stage) holds an unsettled issue of a group of the order o. All it has seen was refused."""
    for k in range(s.issue_id.shape[0]):
        if s.order_group[o, k] == group and s.stage_of[k] == g and w.issue[IS_SETTLED, k, lane] == 0.0:
            return True
    return False
