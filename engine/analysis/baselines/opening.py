"""The numbers that simple models start from: those of each world as it opens, before anything is played."""

from typing import Any

import numpy as np

from wedge.engine.model.distributions import FIXED
from wedge.engine.model.numbers import SALIENCE, Numbers
from wedge.engine.simulation.drawing import drawn_inputs
from wedge.engine.simulation.stage_set import empty_arrays


def opening_numbers(scenario: Any, seed: int, worlds: np.ndarray) -> Numbers:
    """All numbers of these worlds, the last axis a world; each state's saliences sum to one, or to zero."""
    s, worlds = scenario.setting, np.asarray(worlds, dtype=np.int64)
    x, _ = empty_arrays(s, len(worlds))
    x.flat[:] = np.where(s.drawn == FIXED, s.shape[:, 0], 0.0)[:, None]
    for path, values in drawn_inputs(s, scenario.names, seed, worlds).items():
        x.flat[scenario.names.numbers.index(path)] = values
    weight = x.position[SALIENCE]
    total = weight.sum(axis=1, keepdims=True)
    np.divide(weight, total, out=weight, where=total > 0.0)
    return x
