"""Tactics of a user's that join the rules: a seat whose file carries rules for what it demands or how it answers."""

from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from wedge.agents.own import FIRST_OWN, TacticError, ladders, number_of, rules_of, tactic_of
from wedge.agents.seat import Policy
from wedge.engine.model.compiling import Instead, boxed, compiled, tried
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.views import Demand, View
from wedge.engine.model.world import World
from wedge.engine.simulation.batch import Order, play_worlds
from wedge.engine.simulation.stage_set import empty_arrays

_one_at_a_time = Lock()


class Own(NamedTuple):
    """The users' tactics in a setting, by number."""

    shares: tuple[int, ...]
    stances: tuple[int, ...]

    @property
    def instead(self) -> Instead:
        """What takes the place of looking them up where they are compiled."""
        return ladders(self.shares, self.stances)

    @property
    def kept_as(self) -> str:
        """A name that changes with their text; empty where there are none."""
        numbers = [f"{number:x}" for number in (*self.shares, *self.stances)]
        return "-".join(["own", str(len(self.shares)), *numbers]) if numbers else ""


def with_own_rules(s: Setting, seats: Mapping[int, Policy]) -> Setting:
    """The setting in which these seats go by the rules they carry; itself where they carry none."""
    numbers = {i: {slot: number_of(own) for slot, own in rules_of(seat).items()} for i, seat in seats.items()}
    if not any(numbers.values()):
        return s
    demands, answers = s.demands.copy(), s.answer_rule.copy()
    for i, own in numbers.items():
        demands[i] = own.get("demands", demands[i])
        answers[i] = own.get("answers", answers[i])
    return s._replace(demands=demands, answer_rule=answers)


def own_of(s: Setting) -> Own:
    """The users' tactics in a setting."""
    return Own(_own_in(s.demands), _own_in(s.answer_rule))


def _own_in(numbers: np.ndarray) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in numbers if number >= FIRST_OWN}))


def compiled_with(function: Any, own: Own) -> Any:
    """A rule compiled with the users' tactics in it; one thread at a time, since Numba has one compiler for all."""
    with _one_at_a_time:
        return compiled(function, own.instead, own.kept_as)


def play_inside(s: Setting, seed: int, worlds: np.ndarray, moves: np.ndarray) -> tuple[Numbers, World, np.ndarray]:
    """What ``play_batch`` gives, with the users' tactics compiled into the kernel."""
    states = len(s.state_id)
    order = Order(worlds, moves, np.zeros((s.rounds, 8, states, states)), told=0)
    parts = (s, *empty_arrays(s, 1), order, empty_arrays(s, 0)[1])
    ends = empty_arrays(s, len(worlds))
    play = compiled_with(play_worlds, own_of(s))
    play(*(boxed(part) for part in parts), seed, *(boxed(part) for part in ends))
    return *ends, order.totals


def why_not_compiled(own: Own) -> str:
    """What hinders a tactic from being compiled, in a sentence; empty if nothing does."""
    cases: list[tuple[int, Any]] = [(n, Demand(0.5, 0.5, 0.5, 1.0, 1.0)) for n in own.shares]
    answering = View(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0, 0.5, 0.5, 0.5, 0.5, 0, 0.5)
    cases += [(n, answering) for n in own.stances]
    return next((why for why in (_why_not(number, view) for number, view in cases) if why), "")


@cache
def _why_not(number: int, view: Any) -> str:
    tactic = tactic_of(number)
    with _one_at_a_time:
        said, wrong = tried(tactic, f"own-{number:x}", view)
    if not wrong and not _fits(view, said):
        wrong = f"it gives {said!r}"
    file, line = tactic.__code__.co_filename, tactic.__code__.co_firstlineno
    return f"{file}:{line}: {tactic.__name__} does not compile: {wrong[:200]}" if wrong else ""


def _fits(view: Any, said: Any) -> bool:
    if isinstance(view, Demand):
        return isinstance(said, int | float)
    return isinstance(said, tuple) and len(said) == 2 and all(isinstance(part, int) for part in said)


def place_of_tactic(error: TacticError) -> str:
    """The file of a tactic and the last line in it that an error passed."""
    file = error.tactic.__code__.co_filename
    line = error.tactic.__code__.co_firstlineno
    trace = error.error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{file}:{line}: {error.tactic.__name__}"
