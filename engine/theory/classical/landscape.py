"""Landscape theory of alignment: who ends up on whose side (Axelrod and Bennett 1993).

Actor i has a size s_i, and with j a propensity p_ij to be close, above 0 friendly. Two sides; d_ij is 1 where i and
j are on opposite sides. Frustration of i is the sum over j of s_j p_ij d_ij; energy is the sum of s_i times it.
"""

from typing import NamedTuple

import numpy as np


class Landscape(NamedTuple):
    """All ways of taking two sides, the first actor always on side 0. A actors, C = 2^(A - 1) configurations."""

    sides: np.ndarray  # [C, A] 0 or 1, in rising order read as a number with the first actor in front
    energy: np.ndarray  # [C]


def pull_of(size: np.ndarray, propensity: np.ndarray) -> np.ndarray:
    """[A, A] what it adds to the energy that two actors are on opposite sides, counted from one of them."""
    pull = size[:, None] * size[None, :] * propensity
    np.fill_diagonal(pull, 0.0)
    return pull


def landscape(size: np.ndarray, propensity: np.ndarray) -> Landscape:
    """The energy of every configuration. Memory grows as 2^A."""
    actors = len(size)
    numbers = np.arange(2 ** (actors - 1))
    sides = (numbers[:, None] >> np.arange(actors - 1, -1, -1)[None, :]) & 1
    signs = 1.0 - 2.0 * sides
    pull = pull_of(size, propensity)
    energy = 0.5 * (pull.sum() - np.einsum("ci,ij,cj->c", signs, pull, signs))
    return Landscape(sides, energy)


def neighbours(found: Landscape) -> np.ndarray:
    """[C, A] the configuration to which each actor's change of side leads."""
    actors = found.sides.shape[1]
    count = len(found.sides)
    numbers = np.arange(count)
    flips = 1 << np.arange(actors - 1, -1, -1)
    flips[0] = count - 1  # the first actor stays on side 0, so all others change
    moved: np.ndarray = numbers[:, None] ^ flips[None, :]
    return moved


def local_minima(found: Landscape) -> np.ndarray:
    """The configurations from which no single change of side lowers the energy."""
    return np.flatnonzero((found.energy[neighbours(found)] >= found.energy[:, None]).all(axis=1))


def basins(found: Landscape) -> np.ndarray:
    """[C] the minimum to which steepest descent leads from each configuration."""
    moved = neighbours(found)
    best = moved[np.arange(len(moved)), found.energy[moved].argmin(axis=1)]
    step = np.where(found.energy[best] < found.energy, best, np.arange(len(best)))
    while (step[step] != step).any():
        step = step[step]
    return step
