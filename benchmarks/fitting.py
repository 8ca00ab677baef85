"""How cost grows: the exponent of a power law, by least squares on logarithms."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import stats


class Growth(NamedTuple):
    """cost ≈ factor · size ** exponent, with a 95 per cent interval of the exponent."""

    exponent: float
    low: float
    high: float
    factor: float


def growth(sizes: Sequence[float], costs: Sequence[float]) -> Growth:
    """Fit a power law. The interval is Student's, over the points of the fit; with two points it is endless."""
    fit = stats.linregress(np.log(sizes), np.log(costs))
    free = len(sizes) - 2
    wide = float(stats.t.ppf(0.975, free) * fit.stderr) if free > 0 else float("inf")
    slope = float(fit.slope)
    return Growth(slope, slope - wide, slope + wide, float(np.exp(fit.intercept)))
