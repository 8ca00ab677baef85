"""The start of a round: what belongs to the last one is wiped, and the battlefield moves the status quo."""

import math
from typing import Any

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_BATTLE, normal
from wedge.engine.model.numbers import DRIFT, STATUS_QUO, SWAY
from wedge.engine.model.words import ABSENT, NO_REASON, PASS
from wedge.engine.model.world import (
    AUDIENCE_NOW,
    BLAME,
    CONSULTED,
    FIGHTING_NOW,
    FLOOR,
    HELD_OUT_FOR,
    IS_SETTLED,
    LEVEL_NOW,
    LIMIT,
    LOYAL,
    MOVE,
    ON_TABLE,
    OWN_BEST,
    PASSED,
    PAYMENT,
    PRESSED,
    REASON,
    SCORE,
    SHARE_HELD,
    STANCE,
    SURPLUS,
    TILT,
    WHIM_NOW,
)
from wedge.engine.model.worth import leverage_now, share_used
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
        for field in (SURPLUS, OWN_BEST, HELD_OUT_FOR, SHARE_HELD, PRESSED, LOYAL, AUDIENCE_NOW, WHIM_NOW, TILT, SCORE):
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
