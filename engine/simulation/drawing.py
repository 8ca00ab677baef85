"""The uncertain numbers of many worlds, drawn again from their names."""

import sys
from typing import Any

import numpy as np

from wedge.engine.model.compiling import compiled, rule
from wedge.engine.model.distributions import FIXED, drawn_value
from wedge.engine.model.draws import FOR_NUMBER, uniform, world_key
from wedge.engine.model.setting import Setting
from wedge.engine.simulation.batch import kernel_is_ready


@rule
def draw_column(seed: int, worlds: Any, who: int, kind: int, shape: Any, mixture: Any, out: Any) -> None:
    """One number in many worlds."""
    for lane in range(worlds.shape[0]):
        u = uniform(world_key(seed, worlds[lane], 0), FOR_NUMBER, who, 0)
        out[lane] = drawn_value(u, kind, shape, mixture)


def drawn_inputs(s: Setting, names: Any, seed: int, worlds: np.ndarray) -> dict[str, np.ndarray]:
    """A column for each number that is drawn, by path.

    Worlds change their numbers as events happen, so the values at the start are drawn once more;
    interpreted where they are so few that this is quicker than asking Numba.
    """
    few = len(worlds) < _worth_compiled()
    fill = draw_column if few else compiled(draw_column)
    columns = {}
    for n in np.flatnonzero(s.drawn != FIXED):
        values = np.empty(len(worlds))
        who = s.number_id[n] if not few else int(s.number_id[n])
        fill(seed, worlds, who, int(s.drawn[n]), s.shape[n], s.mixture, values)
        columns[names.numbers[n]] = values
    return columns


def _worth_compiled() -> int:
    """Worlds from which on the compiled form is quicker: few once Numba is there, many where it has to compile first."""
    if not kernel_is_ready():
        return 2_000
    return 5 if "numba" in sys.modules else 100
