"""Shares and means with their 95 % intervals, and the days by which something had happened.

Shares carry Wilson's score interval (Wilson 1927; Newcombe 1998a compares seven), means a
t interval. Both are written out over ``scipy.special`` because they are wanted for whole
columns at once; the tests hold them to ``scipy.stats``.
"""

from collections.abc import Callable, Sequence
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


Band = Callable[[Any, Any], tuple[Any, Any]]  # counts and numbers of worlds -> lower and upper ends


def band_of(experiment: Any) -> Band:
    """How the intervals of an experiment's shares are found: Wilson's, or, where watching the results decided how many
    worlds there are, the intervals that are valid however often one looks.
    """
    if experiment.stopping is None:
        return wilson_band
    from functools import partial

    from wedge.engine.experiment.stopping import always_valid_band

    return partial(always_valid_band, weight=experiment.stopping["weight"], level=experiment.stopping["level"])


def share_of(count: int, n: int, level: float = LEVEL, band: Band | None = None) -> Share:
    """The share ``count / n`` with Wilson's interval, or that of ``band``."""
    low, high = band(count, n) if band else wilson_band(count, n, level)
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
    if len(there) == 0:
        return mean_from(0, NAN, NAN, (NAN, NAN, NAN))
    lower, median, upper = (float(q) for q in np.quantile(there, QUARTILES))
    sd = float(there.std(ddof=1)) if len(there) > 1 else NAN
    return mean_from(len(there), float(there.mean()), sd, (lower, median, upper), level)


NAN = float("nan")
QUARTILES = (0.25, 0.5, 0.75)


def mean_from(n: int, mean: float, sd: float, quartiles: tuple[float, float, float], level: float = LEVEL) -> Mean:
    """The mean of ``n`` values with a t interval, from what was summed up elsewhere."""
    if n < 2:
        return Mean(n, mean, NAN, NAN, NAN, quartiles)
    reach = t_quantile(n - 1, level) * sd / n**0.5
    return Mean(n, mean, mean - reach, mean + reach, sd, quartiles)


def quantiles_of_counts(values: Any, counts: Any, at: Sequence[float] = QUARTILES) -> tuple[float, ...]:
    """Quantiles of values that rise, each there so many times; nan where there are none. As ``numpy.quantile`` finds them."""
    import numpy as np

    values, upto = np.asarray(values, float), np.cumsum(np.asarray(counts, int))
    if not len(upto) or not upto[-1]:
        return (NAN,) * len(at)
    found = []
    for share in at:
        place = share * (int(upto[-1]) - 1)
        below, above = (
            float(values[np.searchsorted(upto, rank, side="right")]) for rank in (int(place), -int(-place // 1))
        )
        found.append(below + (above - below) * (place - int(place)))
    return tuple(found)


def shares_by_day(days: Any, counts: Any, n: int, by: Sequence[float], band: Band = wilson_band) -> Any:
    """The share of ``n`` worlds in which it had happened by each day: a data frame of day, count, n, share, low, high.

    It happened on each of ``days`` in so many worlds. All talks run to the same horizon, so this share
    is the cumulative incidence: worlds that end another way stay in the denominator (Kaplan-Meier's
    1 - S would treat them as if it could still have happened).
    """
    import numpy as np
    import pandas as pd

    days, counts = np.asarray(days, float), np.asarray(counts, int)
    upto = np.array([int(counts[days <= day].sum()) for day in by], dtype=int)
    low, high = band(upto, np.full(len(upto), n))
    share = upto / n if n else np.full(len(upto), np.nan)
    return pd.DataFrame({"day": list(by), "count": upto, "n": n, "share": share, "low": low, "high": high})
