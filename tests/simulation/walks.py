"""A tie that only chance moves, whose rate of fracture is known by other means than playing."""

import math
from typing import Any

import numpy as np
from small_games import game, merged, small

START, BREAKS, DAYS = 0.6, 0.3, 7.0


def walk(noise: float, rounds: int = 12, **rest: Any) -> Any:
    """Two states that agree on everything; the one tie between them walks at random."""
    still = dict.fromkeys(("daylight", "abandonment", "burden", "rally", "repair", "shock", "end_blame"), 0.0)
    tree = small(
        {"anvil": {"land": 0.5}, "crane": {"land": 0.5}},
        {("crane", "anvil"): {"commitment": START, "breaks_below": BREAKS}},
        rounds=rounds,
        days=DAYS,
        strain=still | {"noise": noise},
    )
    return game(merged(tree, rest))


def rate_of_walk(noise: float, rounds: int = 12, start: float = START, points: int = 800) -> float:
    """The share of walks below the breaking point after any round: the density of those above, carried on round by round.

    A walk that comes to 1 stays at 1 until it is sent back, as commitments do.
    """
    edges = np.linspace(BREAKS, 1.0, points + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    step = noise * math.sqrt(DAYS)
    known, places = np.unique(
        np.rint((edges[None, :] - middle[:, None]) / (middle[1] - middle[0]) * 2), return_inverse=True
    )
    below = np.array([0.5 * math.erfc(-z * (middle[1] - middle[0]) / 2 / step / math.sqrt(2)) for z in known])
    below = below[places].reshape(points, points + 1)
    moves = np.diff(below, axis=1)
    moves[:, -1] += 1.0 - below[:, -1]
    first = np.array([0.5 * math.erfc(-(edge - start) / step / math.sqrt(2)) for edge in edges])
    alive = np.diff(first)
    alive[-1] += 1.0 - first[-1]
    for _ in range(rounds - 1):
        alive = alive @ moves
    return float(1.0 - alive.sum())
