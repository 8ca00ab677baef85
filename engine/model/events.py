"""Events: at a date, at a random time, or when a condition on the world first holds."""

import math
from typing import Any

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.conditions import holds
from wedge.engine.model.consent import intact
from wedge.engine.model.draws import FOR_EVENT_CHANCE, FOR_EVENT_TIME, uniform, waiting
from wedge.engine.model.fracture import restore, withhold
from wedge.engine.model.numbers import CHANCE, RATE
from wedge.engine.model.perception import all_linear, see_each_other
from wedge.engine.model.setting import (
    CHANGE_BY,
    CHANGE_TIMES,
    CHANGE_TO,
    MOVE_DEADLINE,
    RESTORE,
    TIE_SHOCK,
    WITHHOLD,
)  # fmt: skip
from wedge.engine.model.strain import book
from wedge.engine.model.words import SHOCK
from wedge.engine.model.world import (
    EVENT_CALLED,
    EVENT_DAY_NOW,
    EVENT_DUE,
    EVENT_LEFT_OUT,
    EVENT_MISSED,
    EVENT_ROUND,
    EVENT_TIMES,
    HELD_BACK,
    LIMIT,
    PLAIN,
)  # fmt: skip

DAYS_A_YEAR = 365.25


@rule
def next_time(s: Any, x: Any, w: Any, e: int, lane: int, times: int, since: float) -> float:
    """The day a random event next comes: an exponential waiting time after ``since``, or never (-1)."""
    rate = x.event[RATE, e, lane]
    if rate <= 0.0:
        return -1.0
    return since + waiting(w.key[lane], FOR_EVENT_TIME, s.event_id[e], times) / rate * DAYS_A_YEAR


@rule
def day_due(s: Any, x: Any, w: Any, e: int, n: int, lane: int) -> float:
    """The day on which event e is due in round n, or -1: a day belongs to the round whose days contain it."""
    today = n * s.days
    tomorrow = (n + 1) * s.days
    if s.event_repeats[e] == 0 and (w.event[EVENT_TIMES, e, lane] > 0.0 or w.event[EVENT_MISSED, e, lane] > 0.0):
        return -1.0
    if s.event_day[e] >= 0:
        once = w.event[EVENT_TIMES, e, lane] == 0.0 and w.event[EVENT_MISSED, e, lane] == 0.0
        return float(s.event_day[e]) if once and s.event_day[e] < tomorrow else -1.0
    if s.event_poisson[e] == 1:
        due = w.event[EVENT_DUE, e, lane]
        return due if 0.0 <= due < tomorrow else -1.0
    return today


@rule
def events_of_round(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Let every event that is due in round n happen, unless its condition or its chance says no; one that is called does.

    Dated ones come in the order of their days, then those at random times and on conditions by name. One
    that comes at random times and repeats may come more than once in a round.
    """
    for turn in range(s.event_id.shape[0]):
        e = s.event_turn[turn]
        if w.event[EVENT_CALLED, e, lane] == 1.0:
            w.event[EVENT_CALLED, e, lane] = 0.0
            happen(s, x, w, e, n, n * s.days, lane)
        again = w.event[EVENT_LEFT_OUT, e, lane] == 0.0
        while again:
            came = try_event(s, x, w, e, n, lane)
            again = came and s.event_poisson[e] == 1 and s.event_repeats[e] == 1


@rule
def try_event(s: Any, x: Any, w: Any, e: int, n: int, lane: int) -> bool:
    """Whether event e was due in round n; if so it happened, or was missed."""
    day = day_due(s, x, w, e, n, lane)
    if day < 0.0:
        return False
    on_condition = s.event_day[e] < 0 and s.event_poisson[e] == 0
    met = holds(s, x, w, s.event_when[e, 0], s.event_when[e, 1], n, lane)
    if on_condition and not met:
        return False
    tries = int(w.event[EVENT_TIMES, e, lane] + w.event[EVENT_MISSED, e, lane])
    lucky = uniform(w.key[lane], FOR_EVENT_CHANCE, s.event_id[e], tries) < x.event[CHANCE, e, lane]
    if s.event_poisson[e] == 1:
        w.event[EVENT_DUE, e, lane] = next_time(s, x, w, e, lane, tries + 1, day)
    if met and lucky:
        happen(s, x, w, e, n, day, lane)
    else:
        w.event[EVENT_MISSED, e, lane] += 1.0
    return True


@rule
def happen(s: Any, x: Any, w: Any, e: int, n: int, day: float, lane: int) -> None:
    """Event e happens in round n, with all its effects in the order they are declared."""
    if w.event[EVENT_ROUND, e, lane] < 0.0:
        w.event[EVENT_ROUND, e, lane] = n
        w.event[EVENT_DAY_NOW, e, lane] = math.floor(day)
    w.event[EVENT_TIMES, e, lane] += 1.0
    for f in range(s.effect_event.shape[0]):
        if s.effect_event[f] == e:
            take_effect(s, x, w, f, n, lane)


@rule
def change_number(s: Any, x: Any, w: Any, place: int, value: float, lane: int) -> None:
    """Give a number a new value, within its bounds; if it is part of a position, everyone sees it change."""
    x.flat[place, lane] = clamp(value, s.bounds[place, 0], s.bounds[place, 1])
    see_each_other(s, x, w, lane)
    w.lane[PLAIN, lane] = 1.0 if all_linear(x, lane) else 0.0


@rule
def take_effect(s: Any, x: Any, w: Any, f: int, n: int, lane: int) -> None:
    """Carry out one effect."""
    kind = s.effect_kind[f]
    a = s.effect_a[f]
    b = s.effect_b[f]
    amount = x.effect[f, lane]
    if kind == CHANGE_TO:
        change_number(s, x, w, a, amount, lane)
    elif kind == CHANGE_BY:
        change_number(s, x, w, a, x.flat[a, lane] + amount, lane)
    elif kind == CHANGE_TIMES:
        change_number(s, x, w, a, x.flat[a, lane] * amount, lane)
    elif kind == TIE_SHOCK:
        if intact(s, w, a, b, lane):
            book(w, SHOCK, a, b, lane, amount)
    elif kind == WITHHOLD:
        withhold(s, x, w, a, b, n, lane, HELD_BACK)
    elif kind == RESTORE:
        restore(s, w, a, b, n, lane, HELD_BACK)
    elif kind == MOVE_DEADLINE:
        w.lane[LIMIT, lane] = clamp(amount, n + 1.0, float(s.rounds))
