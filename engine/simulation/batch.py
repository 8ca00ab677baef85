"""The batch driver: a compiled loop over worlds that plays the same phases as the traced driver."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.compiling import boxed, compiled, is_compiled, rule
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.world import World
from wedge.engine.simulation.course import play_course
from wedge.engine.simulation.stage_set import empty_arrays


class Order(NamedTuple):
    """What is to be played, and the sums it fills."""

    worlds: np.ndarray  # [lanes] int64
    moves: np.ndarray  # [F, 5] forced moves
    totals: np.ndarray  # [rounds, 8, S, S] strain, summed over worlds
    told: int  # of how many worlds, from the first, every round is kept


class Batch(NamedTuple):
    """What came of it."""

    x: Numbers  # the numbers at the end, a lane a world
    w: World  # the ends, a lane a world
    sums: np.ndarray  # [rounds, 8, S, S] strain by round, summed over worlds in their order
    kept: World  # of the worlds that are told: the opening and the world after each round, a lane each


@rule
def play_worlds(s: Any, x: Any, w: Any, order: Any, kept: Any, seed: int, all_x: Any, all_w: Any) -> None:
    """Play each world in one narrow lane, which stays in the processor's cache, and put its end beside the others'."""
    for lane in range(order.worlds.shape[0]):
        play_course(s, x, w, order, kept, seed, lane, 0)
        all_w.key[lane] = w.key[0]
        all_w.home[lane] = w.home[0]
        all_w.leanings[lane] = w.leanings[0]
        for number in range(x.flat.shape[0]):
            all_x.flat[number, lane] = x.flat[number, 0]
        for cell in range(w.flat.shape[0]):
            all_w.flat[cell, lane] = w.flat[cell, 0]


def kernel_is_ready() -> bool:
    """Whether ``play_batch`` can begin at once; if not, its first call in this folder of caches compiles for a while.

    Takes a few milliseconds and neither compiles nor imports Numba.
    """
    return is_compiled(play_worlds)


def play_batch(
    s: Setting, seed: int, worlds: np.ndarray, moves: np.ndarray, interpreted: bool = False, told: int = 0
) -> Batch:
    """Play many worlds, compiled unless ``interpreted``, and keep every round of the first ``told`` of them.

    ``worlds`` is an array of int64.
    """
    states = len(s.state_id)
    order = Order(worlds, moves, np.zeros((s.rounds, 8, states, states)), told)
    x, w = empty_arrays(s, 1)
    all_x, all_w = empty_arrays(s, len(worlds))
    _, kept = empty_arrays(s, told * (s.rounds + 1))
    if interpreted:
        play_worlds(s, x, w, order, kept, seed, all_x, all_w)
    else:
        s_, x_, w_, order_, kept_, ends_x, ends_w = (boxed(part) for part in (s, x, w, order, kept, all_x, all_w))
        compiled(play_worlds)(s_, x_, w_, order_, kept_, seed, ends_x, ends_w)
    return Batch(all_x, all_w, order.totals, kept)
