"""Tables drawn by lot, as arrays, at which a courting tactic has the floor."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model import numbers as n
from wedge.engine.model import world as f
from wedge.engine.model.layout import count, views
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.offers import see_the_others
from wedge.engine.model.setting import Setting
from wedge.engine.model.world import World, new_world
from wedge.engine.model.worth import best_of_stage, expect_compromise, worth_without


class Room(NamedTuple):
    """A table at which the first state has the floor over stage 0; the last issue is on another stage."""

    s: Setting
    x: Numbers
    w: World


def room(states: int, issues: int, luck: int, parameters: tuple[float, float]) -> Room:
    """A table with positions, red lines, ties and demands drawn by lot."""
    dice = np.random.default_rng(luck)
    s = _setting(states, issues, dice)
    x = views(np.zeros((count(states, issues, 1, 0, 0, 0), 1)), states, issues, 1, 0, 0, 0)
    w = new_world(states, issues, 2, 0, 1, 1)
    for number, low, high in ((n.POWER, 0.5, 2.0), (n.HOPE, 0.0, 1.0), (n.LOYALTY, 0.0, 1.0), (n.AUDIENCE, 0.0, 0.5)):
        x.state[number, :, 0] = dice.uniform(low, high, states)
    x.state[n.WAR_COST, :, 0] = dice.uniform(0.0, 0.3, states)
    x.state[n.COURT_A, :, 0], x.state[n.COURT_B, :, 0] = parameters
    x.position[n.IDEAL, :, :, 0] = dice.uniform(size=(states, issues))
    x.position[n.SALIENCE, :, :, 0] = dice.dirichlet(np.ones(issues), states)
    x.position[n.CURVATURE, :, :, 0] = dice.choice((1.0, 0.5, 2.0), p=(0.6, 0.2, 0.2), size=(states, issues))
    x.position[n.RED_LINE, :, :, 0] = dice.uniform(size=(states, issues))
    x.issue[n.STATUS_QUO, :, 0] = dice.uniform(size=issues)
    x.issue[n.ENDS_WAR_AT, :, 0] = 0.4
    for switch in (n.PEACE_FORESEEN, n.RED_LINES_KNOWN, n.AFTER_HOPE):
        x.common[switch, 0] = 1.0
    for switch in (n.GIVES_ENOUGH, n.WEDGE_CHECKS):
        x.common[switch, 0] = dice.integers(2)
    _open(Room(s, x, w), dice)
    return Room(s, x, w)


# The shape of every array of a setting: S states, K issues, two stages, one alliance, and -1 for "none".
_SHAPES = {
    "state_id": "S", "issue_id": "K", "event_id": "0", "number_id": "0", "stage_of": "K", "share_of": "K", "red_side": "SK", "fought_by": "K2",
    "needs": "22", "precondition": "2", "stage_rounds": "2", "seat": "2S", "quota": "2", "veto": "2S", "floor_kind": "2",
    "floor_list": "2S", "floor_count": "2", "answers": "2", "possible_when": "22", "order_group": "0K", "tie": "SS",
    "member": "1S", "joint_front": "1", "adversary": "SS", "substitutes": "SS", "demands": "S", "courts": "S",
    "answer_rule": "S", "theory": "S", "patron": "S", "client": "S", "has_outside": "S", "outside_paid": "S", "ratifies": "S", "pays": "SS",
    "drawn": "0", "shape": "05", "bounds": "02", "mixture": "02", "event_day": "0", "event_turn": "0", "event_poisson": "0", "event_when": "02",
    "event_repeats": "0", "effect_event": "0", "effect_kind": "0", "effect_a": "0", "effect_b": "0",
    "test": "0", "test_a": "0", "test_b": "0", "test_side": "0",
}  # fmt: skip
_NONE = ("fought_by", "possible_when", "share_of")


def _setting(states: int, issues: int, dice: np.random.Generator) -> Setting:
    sizes = {"S": states, "K": issues}
    fields: dict[str, Any] = {}
    for name in Setting._fields:
        shape = tuple(sizes.get(letter) or int(letter) for letter in _SHAPES.get(name, "88"))
        kind = np.float64 if name in ("shape", "bounds", "mixture") else np.uint64 if name.endswith("_id") else np.int64
        fields[name] = np.full(shape, -1 if name in _NONE else 0, kind)
    stage_of = fields["stage_of"]
    stage_of[1:][-1:] = 1  # with a single issue, that one is on the table
    fields["seat"][0] = dice.integers(0, 2, states)
    strangers = 1 - np.eye(states, dtype=np.int64)
    fields |= {
        "state_id": np.arange(1, states + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15),
        "issue_id": np.arange(1, issues + 1, dtype=np.uint64) * np.uint64(0xBF58476D1CE4E5B9),
        "rounds": 10,
        "days": 7.0,
        "war_issue": int(dice.integers(-1, issues)),
        "red_side": dice.choice((0, 0, 1, -1), size=(states, issues)),
        "needs": np.array([[0, 0], [1, 0]]),
        "quota": fields["seat"].sum(axis=1),
        "veto": fields["seat"].copy(),
        "tie": strangers * dice.integers(0, 2, (states, states)),
        "member": np.ones((1, states), np.int64),
        "patron": np.ones(states, np.int64),
        "client": np.full(states, states - 1),
    }
    return Setting(**fields)


def _open(at: Room, dice: np.random.Generator) -> None:
    s, x, w = at
    states = len(s.state_id)
    w.key[0] = dice.integers(2**63)
    w.lane[f.PLAIN, 0] = float((x.position[n.CURVATURE] == 1.0).all())
    w.lane[f.FIGHTING_NOW, 0] = float(s.war_issue >= 0)
    w.seen[..., 0] = np.clip(x.position[n.IDEAL, :, :, 0] + dice.normal(0, 0.05, (states, *s.red_side.shape)), 0, 1)
    for i in range(states):
        w.seen[i, i] = x.position[n.IDEAL, i]
    w.tie[f.FRACTURE_ROUND, :, :, 0] = dice.choice((-1.0, -1.0, 2.0), size=(states, states))
    w.tie[f.COMMITMENT_NOW, :, :, 0] = dice.uniform(size=(states, states))
    w.offer[:] = dice.choice((-1e9, 0.5), size=w.offer.shape)
    w.state[f.SHARE_HELD, :, 0] = dice.uniform(size=states)
    expect_compromise(s, x, w, 0, 0.5)
    for i in range(states):
        base = worth_without(s, x, w, i, i, 0, 0.5, 0, True) - worth_without(s, x, w, i, i, 0, 0.5, 0, False)
        w.state[f.OWN_BEST, i, 0] = base + best_of_stage(s, x, w, i, i, 0, 0)
    w.state[f.HELD_OUT_FOR, :, 0] = np.maximum(0.0, w.state[f.OWN_BEST, :, 0]) * w.state[f.SHARE_HELD, :, 0]
    see_the_others(s, x, w, 0, 0, 0, 0.5)
