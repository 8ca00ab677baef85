"""Which numbers decide, by variance: first and total indices of Sobol', with chance as one more input.

Two worlds make a pair. The first is played as it is, the second as it is, and then the first once
more for each number with that number taken from the second; last, with all its numbers but the
luck of the second. How often the outcome changes with one number is its total index, how much it
goes the second world's way its first. Since luck is taken over like any number, what the numbers
decide and what chance decides are told apart in the same runs.

First index: Saltelli and others 2010, Computer Physics Communications 181:259-270, table 2 (b);
total: Jansen 1999, Computer Physics Communications 117:35-43. Intervals: bootstrap over pairs.
"""

from typing import Any, NamedTuple

import numpy as np

RESAMPLES = 1000


class Indices(NamedTuple):
    """First and total indices of each input with 95 % intervals; ``spread`` is the variance of the outcome."""

    first: np.ndarray  # [K, 3]: value, low, high
    total: np.ndarray  # [K, 3]
    spread: float


def indices_of(a: Any, b: Any, ab: Any, resamples: int = RESAMPLES, seed: int = 0) -> Indices:
    """The indices from outcomes: ``a`` and ``b`` ``[N]`` of the two samples, ``ab`` ``[K, N]`` of the first with input k of the second.

    Both estimators are ratios of means over pairs, so that resampling pairs is a matrix product:
    the intervals come out the same every time. Where nothing varies all indices are 0.
    """
    a, b, ab = np.asarray(a, float), np.asarray(b, float), np.asarray(ab, float)
    middle = (a.mean() + b.mean()) / 2
    a, b, ab = a - middle, b - middle, ab - middle
    terms = np.vstack([b * (ab - a), 0.5 * (a - ab) ** 2, 0.5 * (a * a + b * b), 0.5 * (a + b)])  # [2K + 2, N]
    n, inputs = len(a), len(ab)
    found = _ratios(terms.mean(axis=1)[:, None], inputs)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    resampled = _ratios(terms @ drawn.T / n, inputs)
    low, high = np.quantile(resampled, (0.025, 0.975), axis=1)
    table = np.stack([found[:, 0], low, high], axis=1)
    spread = float(terms[-2].mean() - terms[-1].mean() ** 2)
    return Indices(table[:inputs], table[inputs:], spread)


def _ratios(means: np.ndarray, inputs: int) -> np.ndarray:
    """First and total indices ``[2K, resamples]`` from the means of their terms."""
    spread = means[-2] - means[-1] ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        found = means[: 2 * inputs] / spread
    return np.where(np.isfinite(found), found, 0.0)
