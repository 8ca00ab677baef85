"""When support is withheld and restored, when a tie fractures, and when an alliance has split."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import intact
from wedge.engine.model.numbers import (
    BREAKS_BELOW,
    DISCOUNT,
    K_SHOCK,
    RESTORE_MARGIN,
    SUPPORT,
    SUSPENDS_BELOW,
    WITHDRAWAL,
)  # fmt: skip
from wedge.engine.model.strain import book
from wedge.engine.model.support import withheld
from wedge.engine.model.words import SHOCK
from wedge.engine.model.world import (
    ALLIANCE_FRACTURED,
    ALLIANCE_SPLIT,
    COMMITMENT_NOW,
    FRACTURE_ROUND,
    PAYOFF,
    RESTORED_ROUND,
    SHAKEN_ROUND,
    STAKE_WON,
    SUSPENDED,
    SUSPENDED_ROUND,
    WEARINESS_NOW,
    WITHHELD_ROUND,
    WITHHELD_ROUNDS,
)  # fmt: skip


@rule
def lose_heart(x: Any, w: Any, i: int, j: int, lane: int) -> None:
    """What support withheld by i does at once to the morale of j."""
    worn = w.state[WEARINESS_NOW, j, lane] + x.common[WITHDRAWAL, lane] * x.tie[SUPPORT, i, j, lane]
    w.state[WEARINESS_NOW, j, lane] = min(1.0, worn)


@rule
def withhold(s: Any, x: Any, w: Any, i: int, j: int, n: int, lane: int, field: int) -> None:
    """Withhold the support of i for j, for the reason ``field`` (SUSPENDED or HELD_BACK)."""
    if not intact(s, w, i, j, lane):
        return
    if not withheld(w, i, j, lane):
        lose_heart(x, w, i, j, lane)
        if w.tie[WITHHELD_ROUND, i, j, lane] < 0.0:
            w.tie[WITHHELD_ROUND, i, j, lane] = n
    w.tie[field, i, j, lane] = 1.0


@rule
def restore(s: Any, w: Any, i: int, j: int, n: int, lane: int, field: int) -> None:
    """Lift one reason for withholding; support flows again when no other is left."""
    if w.tie[field, i, j, lane] == 0.0 or not intact(s, w, i, j, lane):
        return
    w.tie[field, i, j, lane] = 0.0
    if not withheld(w, i, j, lane):
        w.tie[RESTORED_ROUND, i, j, lane] = n


@rule
def break_tie(s: Any, x: Any, w: Any, i: int, j: int, n: int, lane: int) -> None:
    """The tie from i to j has fractured: its support ends, and the ties next to it suffer a shock, once a round."""
    if not withheld(w, i, j, lane):
        lose_heart(x, w, i, j, lane)
        if w.tie[WITHHELD_ROUND, i, j, lane] < 0.0:
            w.tie[WITHHELD_ROUND, i, j, lane] = n
    w.tie[FRACTURE_ROUND, i, j, lane] = n
    for a in range(s.state_id.shape[0]):
        for b in range(s.state_id.shape[0]):
            touches = a == i or a == j or b == i or b == j
            shaken = w.tie[SHAKEN_ROUND, a, b, lane] == n
            if touches and not shaken and intact(s, w, a, b, lane) and x.common[K_SHOCK, lane] > 0.0:
                w.tie[SHAKEN_ROUND, a, b, lane] = n
                book(w, SHOCK, a, b, lane, -x.common[K_SHOCK, lane])


@rule
def cross_thresholds(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Break, suspend and restore ties by their commitment, until a fracture brings no further one."""
    count = s.state_id.shape[0]
    broke = True
    while broke:
        broke = False
        for i in range(count):
            for j in range(count):
                below = w.tie[COMMITMENT_NOW, i, j, lane] < x.tie[BREAKS_BELOW, i, j, lane]
                if intact(s, w, i, j, lane) and below:
                    break_tie(s, x, w, i, j, n, lane)
                    broke = True
    for i in range(count):
        for j in range(count):
            if not intact(s, w, i, j, lane):
                continue
            commitment = w.tie[COMMITMENT_NOW, i, j, lane]
            limit = x.tie[SUSPENDS_BELOW, i, j, lane]
            if w.tie[SUSPENDED, i, j, lane] == 0.0 and commitment < limit:
                withhold(s, x, w, i, j, n, lane, SUSPENDED)
                if w.tie[SUSPENDED_ROUND, i, j, lane] < 0.0:
                    w.tie[SUSPENDED_ROUND, i, j, lane] = n
            elif w.tie[SUSPENDED, i, j, lane] == 1.0 and commitment > limit + x.common[RESTORE_MARGIN, lane]:
                restore(s, w, i, j, n, lane, SUSPENDED)
            if withheld(w, i, j, lane):
                w.tie[WITHHELD_ROUNDS, i, j, lane] += 1.0
    note_alliances(s, x, w, n, lane)


@rule
def note_alliances(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """An alliance has fractured when a tie inside it has; it has split when its members are no longer connected."""
    for a in range(s.member.shape[0]):
        if w.alliance[ALLIANCE_FRACTURED, a, lane] < 0.0 and a_tie_inside_broke(s, w, a, lane):
            w.alliance[ALLIANCE_FRACTURED, a, lane] = n
            pay_stakes(s, x, w, a, n, lane)
        fractured = w.alliance[ALLIANCE_FRACTURED, a, lane] >= 0.0
        if fractured and w.alliance[ALLIANCE_SPLIT, a, lane] < 0.0 and not connected(s, w, a, lane):
            w.alliance[ALLIANCE_SPLIT, a, lane] = n


@rule
def pay_stakes(s: Any, x: Any, w: Any, a: int, n: int, lane: int) -> None:
    """What states gain or lose when the alliance a fractures."""
    for i in range(s.state_id.shape[0]):
        stake = x.stake[i, a, lane]
        for _ in range(n):
            stake = stake * x.state[DISCOUNT, i, lane]
        w.state[STAKE_WON, i, lane] += stake
        w.state[PAYOFF, i, lane] += stake


@rule
def a_tie_inside_broke(s: Any, w: Any, a: int, lane: int) -> bool:
    """Whether a tie between two members of the alliance has fractured."""
    for i in range(s.state_id.shape[0]):
        for j in range(s.state_id.shape[0]):
            if s.member[a, i] == 1 and s.member[a, j] == 1 and s.tie[i, j] == 1:
                if w.tie[FRACTURE_ROUND, i, j, lane] >= 0.0:
                    return True
    return False


@rule
def bound(s: Any, w: Any, i: int, j: int, lane: int) -> bool:
    """Whether two states hold together: a tie is declared between them and none of theirs has fractured."""
    if s.tie[i, j] == 0 and s.tie[j, i] == 0:
        return False
    whole = s.tie[i, j] == 0 or w.tie[FRACTURE_ROUND, i, j, lane] < 0.0
    return whole and (s.tie[j, i] == 0 or w.tie[FRACTURE_ROUND, j, i, lane] < 0.0)


@rule
def connected(s: Any, w: Any, a: int, lane: int) -> bool:
    """Whether every member of the alliance can be reached from every other through states that hold together."""
    count = s.state_id.shape[0]
    members = 0
    reached = 0
    for i in range(count):
        if s.member[a, i] == 1:
            members = members | (1 << i)
            if reached == 0:
                reached = 1 << i
    for _ in range(count):
        for i in range(count):
            for j in range(count):
                inside = s.member[a, i] == 1 and s.member[a, j] == 1 and i != j
                if inside and (reached >> i) & 1 == 1 and bound(s, w, i, j, lane):
                    reached = reached | (1 << j)
    return reached == members
