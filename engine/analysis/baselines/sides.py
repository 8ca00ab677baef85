"""Landscape theory's word on who ends on one side (Axelrod and Bennett 1993).

Size is power. How much two states tend to each other adds up three things that a scenario declares: how alike they
want what both care about (-1 to 1), the mean commitment of the ties between them (0 to 1), and -1 where they are
adversaries. That coding is this project's own, not the paper's. The sides are those of the lowest energy.

Axelrod R, Bennett DS (1993) A landscape theory of aggregation. British Journal of Political Science 23(2):211-233.
"""

from typing import Any

import numpy as np

from wedge.engine.model.numbers import COMMITMENT_0, IDEAL, POWER, SALIENCE, Numbers
from wedge.engine.theory.classical.landscape import landscape

MOST_STATES = 12  # all 2^(S - 1) ways of taking sides are looked at, in every world


def propensities(s: Any, x: Numbers, lane: int) -> np.ndarray:
    """[S, S] how much each two states tend to each other in one world, -2 to 2."""
    ideal, weight = x.position[IDEAL, :, :, lane], x.position[SALIENCE, :, :, lane]
    shared = weight[:, None, :] * weight[None, :, :]
    apart = (shared * np.abs(ideal[:, None, :] - ideal[None, :, :])).sum(axis=2)
    total = shared.sum(axis=2)
    alike = np.where(total > 0.0, 1.0 - 2.0 * apart / np.where(total > 0.0, total, 1.0), 0.0)
    tie = s.tie * x.tie[COMMITMENT_0, :, :, lane]
    count = s.tie + s.tie.T
    bound = np.where(count > 0, (tie + tie.T) / np.maximum(count, 1), 0.0)
    found: np.ndarray = alike + bound - np.maximum(s.adversary, s.adversary.T)
    np.fill_diagonal(found, 0.0)
    return found


def sides(s: Any, x: Numbers) -> np.ndarray | None:
    """[S, W] the side, 0 or 1, on which each state ends; None for more states than can be looked at."""
    states, worlds = x.state.shape[1:]
    if states > MOST_STATES:
        return None
    found = np.empty((states, worlds), dtype=np.int64)
    for lane in range(worlds):
        all_ways = landscape(x.state[POWER, :, lane], propensities(s, x, lane))
        found[:, lane] = all_ways.sides[all_ways.energy.argmin()]
    return found
