"""Shares and means with their 95 % intervals, and the days by which something had happened.

Shares carry Wilson's score interval (Wilson 1927; Newcombe 1998a compares seven), means a
t interval. Both are written out over ``scipy.special`` because they are wanted for whole
columns at once; the tests hold them to ``scipy.stats``.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

LEVEL = 0.95


@dataclass(frozen=True)
class Share:
    """How many worlds out of how many, and the interval of the share."""

    count: int
    n: int
    share: float  # nan when there are no worlds
    low: float
    high: float

    def as_row(self) -> dict[str, Any]:
        """Its fields, as part of a row."""
        return asdict(self)


class Mean(NamedTuple):
    """The mean of a quantity over the worlds that have it."""

    n: int
    mean: float
    low: float
    high: float
    sd: float
    quartiles: tuple[float, float, float]  # lower, median, upper


def normal_quantile(level: float = LEVEL) -> float:
    """The z that leaves (1 - level) / 2 of a normal distribution on either side."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2))


def wilson_band(counts: Any, n: Any, level: float = LEVEL) -> tuple[Any, Any]:
    """Lower and upper ends of Wilson's interval, for one count or a column of them.

    Where ``n`` is 0 nothing is known: the interval is 0 to 1.
    """
    import numpy as np

    z = normal_quantile(level)
    counts, n = np.asarray(counts, float), np.asarray(n, float)
    total = np.where(n > 0, n, 1.0)
    share = counts / total
    middle = share + z * z / (2 * total)
    reach = z * np.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    low = np.where(counts <= 0, 0.0, (middle - reach) / scale)
    high = np.where(counts >= n, 1.0, (middle + reach) / scale)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


def share_of(count: int, n: int, level: float = LEVEL) -> Share:
    """The share ``count / n`` with Wilson's interval."""
    low, high = wilson_band(count, n, level)
    return Share(int(count), int(n), count / n if n else float("nan"), float(low), float(high))


def t_quantile(degrees: float, level: float = LEVEL) -> float:
    """The t that leaves (1 - level) / 2 on either side."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2))


def mean_of(values: Any, level: float = LEVEL) -> Mean:
    """The mean of the values that are there (not nan) with a t interval, and their quartiles.

    With fewer than two values the interval is not known and comes back as nan.
    """
    import numpy as np

    there = np.asarray(values, float)
    there = there[~np.isnan(there)]
    n, nan = len(there), float("nan")
    if n == 0:
        return Mean(0, nan, nan, nan, nan, (nan, nan, nan))
    lower, median, upper = (float(q) for q in np.quantile(there, (0.25, 0.5, 0.75)))
    quartiles = lower, median, upper
    mean = float(there.mean())
    if n == 1:
        return Mean(1, mean, nan, nan, nan, quartiles)
    sd = float(there.std(ddof=1))
    reach = t_quantile(n - 1, level) * sd / n**0.5
    return Mean(n, mean, mean - reach, mean + reach, sd, quartiles)


def shares_by_day(days_until: Any, n: int, by: Sequence[float], level: float = LEVEL) -> Any:
    """The share of all worlds in which it had happened by each day: a data frame of day, count, n, share, low, high.

    ``days_until`` holds the day in each world where it happened at all. All talks run to the same
    horizon, so this share is the cumulative incidence: worlds that end another way stay in the
    denominator (Kaplan-Meier's 1 - S would treat them as if it could still have happened).
    """
    import numpy as np
    import pandas as pd

    happened = np.asarray(days_until, float)
    happened = np.sort(happened[~np.isnan(happened)])
    counts = np.searchsorted(happened, np.asarray(by, float), side="right")
    low, high = wilson_band(counts, np.full(len(counts), n), level)
    share = counts / n if n else np.full(len(counts), np.nan)
    return pd.DataFrame({"day": list(by), "count": counts, "n": n, "share": share, "low": low, "high": high})
