"""How a world opens: its key, its numbers, everyone's view of everyone, and the first balance of all books."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import NEVER_REFUSED
from wedge.engine.model.distributions import draw_numbers
from wedge.engine.model.draws import world_key
from wedge.engine.model.events import next_time
from wedge.engine.model.numbers import (
    COMMITMENT_0,
    PURSE,
    SALIENCE,
    START_WEARINESS,
    STATUS_QUO,
)  # fmt: skip
from wedge.engine.model.perception import all_linear, see_each_other
from wedge.engine.model.world import (
    ALLIANCE_FRACTURED,
    ALLIANCE_SPLIT,
    ANSWERS,
    COMMITMENT_NOW,
    COURTS,
    DEMANDS,
    END_ROUND,
    EVENT_DAY_NOW,
    EVENT_DUE,
    EVENT_ROUND,
    FIGHTING_NOW,
    FIRST_ORDER,
    FIRST_QUO,
    FRACTURE_ROUND,
    ISSUE_ROUND,
    LEVEL_NOW,
    LIMIT,
    LOWEST,
    ON_TABLE,
    ORDER,
    ORDER_ROUND,
    PEACE_ROUND,
    PLAIN,
    PRECONDITION_ROUND,
    PURSE_LEFT,
    RESTORED_ROUND,
    SETTLED_ROUND,
    SHAKEN_ROUND,
    SUSPENDED_ROUND,
    WALKER,
    WEARINESS_NOW,
    WITHHELD_ROUND,
)  # fmt: skip


@rule
def clear(w: Any, lane: int) -> None:
    """Set every field of one lane to where nothing has happened yet."""
    for cell in range(w.flat.shape[0]):
        w.flat[cell, lane] = 0.0
    for a in range(w.alliance.shape[1]):
        w.alliance[ALLIANCE_FRACTURED, a, lane] = -1.0
        w.alliance[ALLIANCE_SPLIT, a, lane] = -1.0
    for field in range(w.offer.shape[0]):
        for i in range(w.offer.shape[1]):
            for g in range(w.offer.shape[2]):
                w.offer[field, i, g, lane] = NEVER_REFUSED


@rule
def open_world(s: Any, x: Any, w: Any, seed: int, world: int, branch: int, lane: int) -> None:
    """Draw the numbers of one world and set everything to where it starts."""
    clear(w, lane)
    w.key[lane] = world_key(seed, world, branch)
    w.home[lane] = w.key[lane]
    w.leanings[lane] = w.key[lane]
    draw_numbers(s, x, w.key[lane], lane)
    scale_salience(x, lane)
    see_each_other(s, x, w, lane)
    w.lane[LIMIT, lane] = s.rounds
    w.lane[FIGHTING_NOW, lane] = 1.0 if s.war_issue >= 0 else 0.0
    w.lane[PEACE_ROUND, lane] = -1.0
    w.lane[WALKER, lane] = -1.0
    w.lane[END_ROUND, lane] = -1.0
    w.lane[ON_TABLE, lane] = -1.0
    w.lane[PLAIN, lane] = 1.0 if all_linear(x, lane) else 0.0
    for i in range(s.state_id.shape[0]):
        open_state(s, x, w, i, lane)
    for k in range(s.issue_id.shape[0]):
        w.issue[LEVEL_NOW, k, lane] = x.issue[STATUS_QUO, k, lane]
        w.issue[FIRST_QUO, k, lane] = x.issue[STATUS_QUO, k, lane]
        w.issue[ISSUE_ROUND, k, lane] = -1.0
    for g in range(s.stage_rounds.shape[0]):
        w.stage[SETTLED_ROUND, g, lane] = -1.0
    for e in range(s.event_id.shape[0]):
        w.event[EVENT_ROUND, e, lane] = -1.0
        w.event[EVENT_DAY_NOW, e, lane] = -1.0
        w.event[EVENT_DUE, e, lane] = next_time(s, x, w, e, lane, 0, 0.0)


@rule
def open_state(s: Any, x: Any, w: Any, i: int, lane: int) -> None:
    """Set one state and its ties to where they start."""
    w.state[WEARINESS_NOW, i, lane] = x.state[START_WEARINESS, i, lane]
    w.state[PURSE_LEFT, i, lane] = x.state[PURSE, i, lane]
    w.state[PRECONDITION_ROUND, i, lane] = -1.0
    w.state[ORDER, i, lane] = -1.0
    w.state[FIRST_ORDER, i, lane] = -1.0
    w.state[ORDER_ROUND, i, lane] = -1.0
    w.state[DEMANDS, i, lane] = s.demands[i]
    w.state[COURTS, i, lane] = s.courts[i]
    w.state[ANSWERS, i, lane] = s.answer_rule[i]
    for j in range(s.state_id.shape[0]):
        w.tie[COMMITMENT_NOW, i, j, lane] = x.tie[COMMITMENT_0, i, j, lane]
        w.tie[LOWEST, i, j, lane] = x.tie[COMMITMENT_0, i, j, lane]
        w.tie[FRACTURE_ROUND, i, j, lane] = -1.0
        w.tie[WITHHELD_ROUND, i, j, lane] = -1.0
        w.tie[RESTORED_ROUND, i, j, lane] = -1.0
        w.tie[SUSPENDED_ROUND, i, j, lane] = -1.0
        w.tie[SHAKEN_ROUND, i, j, lane] = -1.0


@rule
def scale_salience(x: Any, lane: int) -> None:
    """Scale each state's weights to sum to one; a state to which nothing matters keeps zeros."""
    for i in range(x.position.shape[1]):
        total = 0.0
        for k in range(x.position.shape[2]):
            total = total + x.position[SALIENCE, i, k, lane]
        if total > 0.0:
            for k in range(x.position.shape[2]):
                x.position[SALIENCE, i, k, lane] = x.position[SALIENCE, i, k, lane] / total
