"""What an observable comes to over worlds: a share or a mean with its interval, and against the same worlds otherwise."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import mean_of, share_of
from wedge.engine.analysis.observables import SHARE
from wedge.engine.analysis.paired import Difference, paired_means, paired_shares, paired_table


class Level(NamedTuple):
    """A share or a mean over ``n`` worlds, with its 95 % interval."""

    n: int
    value: float
    low: float
    high: float


def level_of(values: Any, kind: str) -> Level:
    """The share of worlds in which it happened (Wilson's interval), or the mean (t interval)."""
    values = np.asarray(values, float)
    if kind == SHARE:
        share = share_of(int((values > 0).sum()), len(values))
        return Level(share.n, share.share, share.low, share.high)
    mean = mean_of(values)
    return Level(mean.n, mean.mean, mean.low, mean.high)


def change_of(values: Any, base: Any, kind: str) -> Difference:
    """How much more it is than in the same worlds otherwise: Newcombe's paired interval, or a t interval."""
    values, base = np.asarray(values, float), np.asarray(base, float)
    if kind == SHARE:
        return paired_shares(paired_table(values > 0, base > 0))
    return paired_means(values, base)[1]
