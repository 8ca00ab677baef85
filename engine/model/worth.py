"""What a proposal is worth: the surplus of accepting it over refusing it.

Scalars first, each a line one can contest; then the few functions that gather them from
the arrays of a world. ``left`` is the share of the talks still to come, 1 at the opening and 0
in the last round; ``fighting`` is 1 while the war goes on.
"""

from typing import Any

from wedge.engine.model.arithmetic import clamp, power_of
from wedge.engine.model.compiling import rule
from wedge.engine.model.numbers import (
    AFTER,
    AFTER_HOPE,
    CURVATURE,
    DRIFT,
    ENDS_WAR_AT,
    HOPE,
    IDEAL,
    PEACE_FORESEEN,
    POWER,
    RELAPSE,
    SALIENCE,
    STATUS_QUO,
    WAR_COST,
)  # fmt: skip
from wedge.engine.model.words import DONE, LAPSED, OPEN
from wedge.engine.model.world import (
    COMPROMISE,
    COMPROMISE_IN_PEACE,
    FIGHTING_NOW,
    GONE,
    IS_SETTLED,
    STANDING,
    WEARINESS_NOW,
)  # fmt: skip


@rule
def worth_of(level: float, ideal: float, curvature: float) -> float:
    """Worth of a level to a state, at most 1: the spatial model of politics, ``1 - |y - ideal|^curvature``."""
    distance = abs(level - ideal)
    if curvature == 1.0:
        return 1.0 - distance
    return 1.0 - power_of(distance, curvature)


@rule
def leverage(power: float, weariness: float, war_cost: float, fighting: float, left: float) -> float:
    """Bargaining weight a state has left: its power, worn down by what war has cost and will still cost it."""
    return power * max(0.05, 1.0 - weariness - fighting * war_cost * left)


@rule
def share_used(n: int, rounds: float) -> float:
    """The share of the talks used in round n: 0 at the opening, 1 in the last round and where there is only one."""
    if rounds <= 1.0:
        return 1.0
    return clamp(n / (rounds - 1.0), 0.0, 1.0)


@rule
def hope_left(left: float, after_hope: float) -> float:
    """How much of a hope the calendar leaves: life goes on after the deadline, so it does not fall to nothing."""
    return left + (1.0 - left) * after_hope


@rule
def outlook(quo: float, compromise: float, hope: float, stages_to_go: int, calendar: float) -> float:
    """The level a state expects of an unsettled issue: on the way from the status quo to the compromise.

    ``hope`` is its probability that one more stage succeeds; each of ``stages_to_go`` must.
    """
    chance = calendar
    for _ in range(stages_to_go):
        chance = chance * hope
    return quo + chance * (compromise - quo)


@rule
def war_to_come(war_cost: float, left: float, after: float, peace: float) -> float:
    """War cost still to come on a branch on which peace is expected to the degree ``peace`` (0 to 1)."""
    return war_cost * (left + after) * (1.0 - clamp(peace, 0.0, 1.0))


@rule
def held_out_for(own_best: float, share: float) -> float:
    """The surplus a state holds out for: a share of its own best that its demand tactic sets."""
    return max(0.0, own_best) * share


@rule
def lowest_level(s: Any, x: Any, k: int, lane: int) -> float:
    """The lowest level at which an issue can be settled: a stage that holds the war's end cannot settle below it."""
    if k == s.war_issue:
        return x.issue[ENDS_WAR_AT, k, lane]
    return 0.0


@rule
def expect_compromise(s: Any, x: Any, w: Any, lane: int, left: float) -> None:
    """What each unsettled issue would come to: positions weighted by leverage and salience.

    The compromise model (van den Bos 1991; Achen 2006; Thomson 2011), once as things stand
    and once with the war over. What is divided goes by the same weights to those who want it.
    """
    for k in range(s.issue_id.shape[0]):
        for peace in range(2):
            fighting = 0.0 if peace == 1 else w.lane[FIGHTING_NOW, lane]
            pull, weight = pull_on(s, x, w, k, lane, left, fighting)
            if s.share_of[k] >= 0:
                weight = 0.0
                for m in range(s.issue_id.shape[0]):
                    if s.share_of[m] == s.share_of[k]:
                        _, more = pull_on(s, x, w, m, lane, left, fighting)
                        weight = weight + more
            level = pull / weight if weight > 0.0 else x.issue[STATUS_QUO, k, lane]
            w.issue[COMPROMISE_IN_PEACE if peace == 1 else COMPROMISE, k, lane] = level


@rule
def pull_on(s: Any, x: Any, w: Any, k: int, lane: int, left: float, fighting: float) -> tuple[float, float]:
    """How hard all states pull issue k up, and with how much weight in all."""
    pull = 0.0
    weight = 0.0
    for j in range(s.state_id.shape[0]):
        strength = leverage(
            x.state[POWER, j, lane], w.state[WEARINESS_NOW, j, lane], x.state[WAR_COST, j, lane], fighting, left
        )
        strength = strength * x.position[SALIENCE, j, k, lane]
        pull = pull + strength * x.position[IDEAL, j, k, lane]
        weight = weight + strength
    return pull, weight


@rule
def stages_to_go(s: Any, w: Any, g: int, lane: int) -> int:
    """How many stages must still succeed before stage g is settled, itself among them; -1 if that cannot be."""
    if w.stage[STANDING, g, lane] == LAPSED:
        return -1
    to_go = 0
    for h in range(s.stage_rounds.shape[0]):
        if h == g or s.needs[g, h] == 1:
            if w.stage[STANDING, h, lane] == LAPSED:
                return -1
            if w.stage[STANDING, h, lane] == OPEN:
                to_go = to_go + 1
    return to_go


@rule
def stays_open_after(w: Any, g: int, lane: int) -> bool:
    """Whether some stage other than g is still open."""
    for h in range(w.stage.shape[1]):
        if h != g and w.stage[STANDING, h, lane] == OPEN:
            return True
    return False


@rule
def fought_quo(s: Any, x: Any, w: Any, k: int, lane: int, left: float, fought: float) -> float:
    """Where fighting on is expected to move the status quo of issue k.

    ``fought`` is how long the war is expected to go on, in lengths of the talks. The side that is
    rising gains by not settling yet, which is what stands in the way of a ceasefire (Powell 2006).
    """
    quo = x.issue[STATUS_QUO, k, lane]
    a = s.fought_by[k, 0]
    b = s.fought_by[k, 1]
    if a < 0 or b < 0 or fought <= 0.0:
        return quo
    balance = leverage_now(x, w, a, lane, left) - leverage_now(x, w, b, lane, left)
    return clamp(quo + x.issue[DRIFT, k, lane] * balance * s.days * s.rounds * fought, 0.0, 1.0)


@rule
def leverage_now(x: Any, w: Any, i: int, lane: int, left: float) -> float:
    """State i's leverage as things stand."""
    return leverage(
        x.state[POWER, i, lane],
        w.state[WEARINESS_NOW, i, lane],
        x.state[WAR_COST, i, lane],
        w.lane[FIGHTING_NOW, lane],
        left,
    )


@rule
def expected_level(
    s: Any, x: Any, w: Any, i: int, k: int, lane: int, left: float, done: int, peace: bool, fought: float
) -> float:
    """State i's outlook for issue k with stage ``done`` settled (-1: with nothing more settled).

    ``peace`` says that the war is over on this branch, ``fought`` how long it is expected to go on.
    """
    quo = fought_quo(s, x, w, k, lane, left, fought)
    calendar = hope_left(left, x.common[AFTER_HOPE, lane])
    g = s.stage_of[k]
    if g < 0:
        return quo
    to_go = stages_to_go(s, w, g, lane)
    if to_go < 0:
        return quo
    if done >= 0 and s.needs[g, done] == 1:
        to_go = to_go - 1
    compromise = w.issue[COMPROMISE_IN_PEACE if peace else COMPROMISE, k, lane]
    return outlook(quo, compromise, x.state[HOPE, i, lane], to_go, calendar)


@rule
def worth_without(s: Any, x: Any, w: Any, viewer: int, i: int, lane: int, left: float, g: int, signed: bool) -> float:
    """Worth to state i of one branch, as ``viewer`` sees i: stage g signed, or not.

    On the branch where it is signed the worth of the stage's own issues is left out, because it
    depends on the levels; otherwise all unsettled issues stand at their outlook. The war
    cost to come is taken off either way.
    """
    fought = war_expected(s, x, w, i, lane, left, g, signed)
    ends_war = signed and s.war_issue >= 0 and s.stage_of[s.war_issue] == g
    total = 0.0
    for k in range(s.issue_id.shape[0]):
        if w.issue[IS_SETTLED, k, lane] == 1.0 or (signed and s.stage_of[k] == g):
            continue
        level = expected_level(s, x, w, i, k, lane, left, g if signed else -1, ends_war, fought)
        worth = worth_of(level, w.seen[viewer, i, k, lane], x.position[CURVATURE, i, k, lane])
        total = total + x.position[SALIENCE, i, k, lane] * worth
    return total - war_cost_on(s, x, w, i, lane, left, g, signed, fought)


@rule
def war_is_over(s: Any, w: Any, lane: int, g: int, signed: bool) -> bool:
    """Whether there is no war on a branch: there never was one, it has ended, or signing stage g ends it."""
    if s.war_issue < 0 or w.issue[IS_SETTLED, s.war_issue, lane] == 1.0:
        return True
    return signed and s.stage_of[s.war_issue] == g


@rule
def war_expected(s: Any, x: Any, w: Any, i: int, lane: int, left: float, g: int, signed: bool) -> float:
    """How long state i expects the war to go on, in lengths of the talks: what is left and after, less its hope of peace."""
    if war_is_over(s, w, lane, g, signed):
        return 0.0
    peace = expected_level(s, x, w, i, s.war_issue, lane, left, g if signed else -1, False, 0.0)
    return war_to_come(1.0, left, x.state[AFTER, i, lane], peace * x.common[PEACE_FORESEEN, lane])


@rule
def war_cost_on(s: Any, x: Any, w: Any, i: int, lane: int, left: float, g: int, signed: bool, fought: float) -> float:
    """War cost still to come for state i on a branch; after a ceasefire, what relapse puts at risk."""
    war_cost = x.state[WAR_COST, i, lane]
    if not war_is_over(s, w, lane, g, signed):
        return war_cost * fought
    if s.war_issue >= 0 and stays_open_after(w, g if signed else -1, lane):
        return x.state[RELAPSE, i, lane] * war_to_come(war_cost, left, x.state[AFTER, i, lane], 0.0)
    return 0.0


@rule
def worth_of_stage(s: Any, x: Any, w: Any, viewer: int, i: int, g: int, lane: int, field: int) -> float:
    """Worth to state i, as ``viewer`` sees it, of the levels in ``w.issue[field]`` for the issues of stage g."""
    total = 0.0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            worth = worth_of(w.issue[field, k, lane], w.seen[viewer, i, k, lane], x.position[CURVATURE, i, k, lane])
            total = total + x.position[SALIENCE, i, k, lane] * worth
    return total


@rule
def weight_of_stage(s: Any, x: Any, i: int, g: int, lane: int) -> float:
    """How much the issues of stage g matter to state i, of all it cares about: the sum of its saliences over them."""
    total = 0.0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            total = total + x.position[SALIENCE, i, k, lane]
    return total


@rule
def best_of_stage(s: Any, x: Any, w: Any, viewer: int, i: int, g: int, lane: int) -> float:
    """The most that the issues of stage g can be worth to state i, as ``viewer`` sees it."""
    total = 0.0
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            ideal = w.seen[viewer, i, k, lane]
            level = clamp(ideal, lowest_level(s, x, k, lane), 1.0)
            worth = worth_of(level, ideal, x.position[CURVATURE, i, k, lane])
            total = total + x.position[SALIENCE, i, k, lane] * worth
    return total


@rule
def worth_of_leaving(s: Any, x: Any, w: Any, i: int, lane: int, left: float) -> float:
    """Worth of the status quo going on for good, for a state that leaves the talks.

    The war goes on, or after a ceasefire the relapse that the open stages leave at risk.
    """
    total = 0.0
    fighting = w.lane[FIGHTING_NOW, lane] == 1.0
    fought = left + x.state[AFTER, i, lane] if fighting else 0.0
    for k in range(s.issue_id.shape[0]):
        if w.issue[IS_SETTLED, k, lane] == 0.0:
            level = fought_quo(s, x, w, k, lane, left, fought)
            worth = worth_of(level, x.position[IDEAL, i, k, lane], x.position[CURVATURE, i, k, lane])
            total = total + x.position[SALIENCE, i, k, lane] * worth
    war = war_to_come(x.state[WAR_COST, i, lane], left, x.state[AFTER, i, lane], 0.0)
    if fighting:
        return total - war
    if s.war_issue >= 0 and stays_open_after(w, -1, lane):
        return total - x.state[RELAPSE, i, lane] * war
    return total


@rule
def is_needed(s: Any, w: Any, i: int, lane: int) -> bool:
    """Whether some open stage cannot settle without state i."""
    for g in range(s.stage_rounds.shape[0]):
        if w.stage[STANDING, g, lane] == DONE or w.stage[STANDING, g, lane] == LAPSED or s.seat[g, i] == 0:
            continue
        present = 0
        for j in range(s.state_id.shape[0]):
            if s.seat[g, j] == 1 and w.state[GONE, j, lane] == 0.0 and j != i:
                present = present + 1
        if s.veto[g, i] == 1 or present < s.quota[g]:
            return True
    return False
