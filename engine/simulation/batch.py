"""The batch driver: a compiled loop over worlds that plays the same phases as the traced driver."""

from typing import Any

import numpy as np

from wedge.engine.model.compiling import boxed, compiled, rule
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.world import World
from wedge.engine.simulation.course import play_course
from wedge.engine.simulation.stage_set import empty_arrays


@rule
def play_worlds(
    s: Any, x: Any, w: Any, moves: Any, seed: int, worlds: Any, totals: Any, all_x: Any, all_w: Any
) -> None:
    """Play each world in one narrow lane, which stays in the processor's cache, and put its end beside the others'."""
    for lane in range(worlds.shape[0]):
        play_course(s, x, w, moves, seed, worlds[lane], 0, totals)
        all_x.flat[:, lane] = x.flat[:, 0]
        all_w.key[lane] = w.key[0]
        all_w.home[lane] = w.home[0]
        all_w.lane[:, lane] = w.lane[:, 0]
        all_w.state[:, :, lane] = w.state[:, :, 0]
        all_w.tie[:, :, :, lane] = w.tie[:, :, :, 0]
        all_w.issue[:, :, lane] = w.issue[:, :, 0]
        all_w.stage[:, :, lane] = w.stage[:, :, 0]
        all_w.event[:, :, lane] = w.event[:, :, 0]
        all_w.alliance[:, :, lane] = w.alliance[:, :, 0]
        all_w.offer[:, :, :, lane] = w.offer[:, :, :, 0]
        all_w.seen[:, :, :, lane] = w.seen[:, :, :, 0]
        all_w.strain[:, :, :, lane] = w.strain[:, :, :, 0]
        all_w.books[:, :, :, lane] = w.books[:, :, :, 0]


def play_batch(
    s: Setting, seed: int, worlds: np.ndarray, moves: np.ndarray, interpreted: bool = False
) -> tuple[Numbers, World, np.ndarray]:
    """The numbers, the ends and the strain by round of many worlds, compiled unless ``interpreted``.

    ``worlds`` is an array of int64; the third result is ``[rounds, 8, S, S]``, summed over worlds
    in their order.
    """
    states = len(s.state_id)
    totals = np.zeros((s.rounds, 8, states, states))
    x, w = empty_arrays(s, 1)
    all_x, all_w = empty_arrays(s, len(worlds))
    if interpreted:
        play_worlds(s, x, w, moves, seed, worlds, totals, all_x, all_w)
    else:
        s_, x_, w_, ends_x, ends_w = (boxed(part) for part in (s, x, w, all_x, all_w))
        compiled(play_worlds)(s_, x_, w_, moves, seed, worlds, totals, ends_x, ends_w)
    return all_x, all_w, totals
