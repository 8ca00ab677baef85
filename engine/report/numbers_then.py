"""The numbers of a run as they stood in each round, put together from how they opened and what events changed."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.layout import views
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import CHANGE_BY, CHANGE_TIMES, CHANGE_TO
from wedge.engine.model.world import EVENT_TIMES
from wedge.engine.simulation.forcing import SET_NUMBER


class Change(NamedTuple):
    """An effect that changed a number in a round."""

    n: int
    effect: int
    place: int  # in the flat buffer
    before: float
    after: float


def numbers_by_round(run: Any) -> tuple[list[Numbers], list[Change]]:
    """The numbers in force in each round, after its events, and every change that events made.

    Numbers that were set from outside count from their round on.
    What the battlefield and learning change (the status quo, hope) is not followed here.
    """
    s = run.scenario.setting
    flat = run.opening.copy()
    numbers, changes = [_seen(s, flat)], []
    happened = np.zeros(len(s.event_id))
    for moment in run.moments:
        was_set = _set_from_outside(run, flat, moment.n)
        times = moment.event[EVENT_TIMES]
        found = [
            change
            for e in s.event_turn[times[s.event_turn] > happened[s.event_turn]]
            for change in _changes(s, flat, moment.n, int(e))
        ]
        happened = times
        numbers.append(_seen(s, flat) if found or was_set else numbers[-1])
        changes += found
    return numbers[1:], changes


def _set_from_outside(run: Any, flat: np.ndarray, n: int) -> bool:
    """Put the numbers that were forced in round n into the buffer; whether there were any."""
    bounds, forced = run.scenario.setting.bounds, [move for move in run.forced if move.round == n]
    moves = [move for move in forced if move.kind == SET_NUMBER]
    for move in moves:
        flat[move.what] = clamp(move.value, bounds[move.what, 0], bounds[move.what, 1])
    return bool(moves)


def _changes(s: Any, flat: np.ndarray, n: int, e: int) -> list[Change]:
    """Carry out the changes of event e on the buffer, in the order they are declared."""
    x = _seen(s, flat)
    found = []
    for f in np.flatnonzero((s.effect_event == e) & np.isin(s.effect_kind, (CHANGE_TO, CHANGE_BY, CHANGE_TIMES))):
        place, amount = int(s.effect_a[f]), float(x.effect[f, 0])
        before = float(flat[place])
        wanted = {CHANGE_TO: amount, CHANGE_BY: before + amount, CHANGE_TIMES: before * amount}[int(s.effect_kind[f])]
        flat[place] = clamp(wanted, s.bounds[place, 0], s.bounds[place, 1])
        found.append(Change(n, int(f), place, before, float(flat[place])))
    return found


def _seen(s: Any, flat: np.ndarray) -> Numbers:
    """A copy of the buffer, as numbers of one lane."""
    states, issues = s.red_side.shape
    sizes = (states, issues, len(s.member), len(s.event_id), len(s.effect_event), len(s.test))
    return views(flat.copy()[:, None], *sizes)
