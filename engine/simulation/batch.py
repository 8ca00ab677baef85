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


@rule
def play_worlds(s: Any, x: Any, w: Any, order: Any, seed: int, all_x: Any, all_w: Any) -> None:
    """Play each world in one narrow lane, which stays in the processor's cache, and put its end beside the others'."""
    for lane in range(order.worlds.shape[0]):
        play_course(s, x, w, order.moves, seed, order.worlds[lane], 0, order.totals)
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
    s: Setting, seed: int, worlds: np.ndarray, moves: np.ndarray, interpreted: bool = False
) -> tuple[Numbers, World, np.ndarray]:
    """The numbers, the ends and the strain by round of many worlds, compiled unless ``interpreted``.

    ``worlds`` is an array of int64; the third result is ``[rounds, 8, S, S]``, summed over worlds
    in their order.
    """
    states = len(s.state_id)
    order = Order(worlds, moves, np.zeros((s.rounds, 8, states, states)))
    x, w = empty_arrays(s, 1)
    all_x, all_w = empty_arrays(s, len(worlds))
    if interpreted:
        play_worlds(s, x, w, order, seed, all_x, all_w)
    else:
        s_, x_, w_, order_, ends_x, ends_w = (boxed(part) for part in (s, x, w, order, all_x, all_w))
        compiled(play_worlds)(s_, x_, w_, order_, seed, ends_x, ends_w)
    return all_x, all_w, order.totals
