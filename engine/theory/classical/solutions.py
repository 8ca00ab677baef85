"""Solutions of the bargaining problem: what two sides would agree on by one axiom or another.

A *frontier* gives the second side's utility for each of the first's; it falls and is concave. A *cloud* is a finite
set of outcomes [N, 2]. ``against`` is what both have without an agreement.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize_scalar

Point = tuple[float, float]


class Frontier(NamedTuple):
    """The second side's utility by the first's, from the lowest to the highest worth bargaining over."""

    other: Callable[[float], float]
    low: float
    high: float

    def at(self, first: float) -> Point:
        """The point at which the first side has so much."""
        return first, self.other(first)


def nash(frontier: Frontier, against: Point, weight: float = 0.5) -> Point:
    """The largest product of gains, the first's to the power ``weight``, the second's to the rest (Nash 1950)."""

    def less(first: float) -> float:
        gains = first - against[0], frontier.other(first) - against[1]
        return np.inf if min(gains) <= 0.0 else -(weight * np.log(gains[0]) + (1.0 - weight) * np.log(gains[1]))

    return frontier.at(_highest(less, frontier))


def utilitarian(frontier: Frontier) -> Point:
    """The largest sum."""
    return frontier.at(_highest(lambda first: -(first + frontier.other(first)), frontier))


def kalai_smorodinsky(frontier: Frontier, against: Point, best: Point) -> Point:
    """Gains in the proportion of the most that each could gain (Kalai and Smorodinsky 1975)."""
    ours, theirs = best[0] - against[0], best[1] - against[1]

    def over(first: float) -> float:
        return (first - against[0]) * theirs - (frontier.other(first) - against[1]) * ours

    return frontier.at(float(brentq(over, frontier.low, frontier.high, xtol=1e-15)))


def egalitarian(frontier: Frontier, against: Point) -> Point:
    """Equal gains (Kalai 1977)."""
    return kalai_smorodinsky(frontier, against, (against[0] + 1.0, against[1] + 1.0))


def _highest(less: Callable[[float], float], frontier: Frontier) -> float:
    """Where a function of one valley is lowest: a grid first, then between its neighbours, ends and corners among them."""
    grid = np.linspace(frontier.low, frontier.high, 1001)
    place = int(np.argmin([less(float(first)) for first in grid]))
    bounds = float(grid[max(0, place - 1)]), float(grid[min(1000, place + 1)])
    found = minimize_scalar(less, bounds=bounds, method="bounded", options={"xatol": 1e-13})
    return min((float(grid[place]), float(found.x)), key=less)


def pareto(cloud: np.ndarray) -> np.ndarray:
    """The outcomes that no other makes better for one side and no worse for the other. [M] their places."""
    above = np.all(cloud[None, :, :] >= cloud[:, None, :] - 1e-12, axis=2)
    better = np.any(cloud[None, :, :] > cloud[:, None, :] + 1e-12, axis=2)
    return np.flatnonzero(~np.any(above & better, axis=1))


def nash_of(cloud: np.ndarray, against: Point = (0.0, 0.0)) -> Point:
    """The outcome with the largest product of gains."""
    return _point(cloud, np.prod(np.maximum(cloud - against, 0.0), axis=1))


def kalai_smorodinsky_of(cloud: np.ndarray, against: Point = (0.0, 0.0)) -> Point:
    """The outcome that leaves the less satisfied side most, each gain as a share of the most it could be."""
    gains = cloud - against
    return _point(cloud, (gains / gains.max(axis=0)).min(axis=1))


def egalitarian_of(cloud: np.ndarray, against: Point = (0.0, 0.0)) -> Point:
    """The outcome that leaves the less satisfied side most."""
    return _point(cloud, (cloud - against).min(axis=1))


def _point(cloud: np.ndarray, score: np.ndarray) -> Point:
    first, second = cloud[int(np.argmax(score))]
    return float(first), float(second)
