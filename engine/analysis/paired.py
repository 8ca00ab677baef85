"""Two scenarios held side by side: in the same worlds (paired), or in different ones.

Shares in the same worlds: Newcombe's method 10 (1998c), Wilson's intervals of both shares squared
and added, with a correction for how the two go together; the exact McNemar test goes with it.
Shares in different worlds: Newcombe's method 10 for independent shares (1998b); Fisher's exact test.
Means: t interval of the difference in each world, or Welch's.

Newcombe RG (1998b) Statistics in Medicine 17:873-890; (1998c) 17:2635-2650.
Connett JE, Smith JA, McHugh RB (1987) Statistics in Medicine 6:53-59 (how many pairs are needed).
"""

from typing import Any, NamedTuple

from wedge.engine.analysis.estimates import LEVEL, normal_quantile, t_quantile, wilson_band

POWER = 0.8


class PairedTable(NamedTuple):
    """In how many worlds it happened under both scenarios, under neither, under one alone."""

    both: int
    neither: int
    only_a: int
    only_b: int

    @property
    def n(self) -> int:
        """Worlds in all."""
        return self.both + self.neither + self.only_a + self.only_b


class Difference(NamedTuple):
    """A less B, with its interval and the chance of seeing so much if there were none."""

    difference: float
    low: float
    high: float
    p: float

    @property
    def told_apart(self) -> bool:
        """Whether the interval leaves out zero and the test agrees; with few flipped worlds they can differ."""
        return bool((self.low > 0 or self.high < 0) and self.p < 1 - LEVEL)


NOTHING_KNOWN = Difference(float("nan"), -1.0, 1.0, 1.0)


def paired_table(a: Any, b: Any) -> PairedTable:
    """Count the worlds; ``a`` and ``b`` are arrays of true and false over the same worlds."""
    import numpy as np

    a, b = np.asarray(a, bool), np.asarray(b, bool)
    if a.shape != b.shape:
        raise ValueError(f"paired columns must be of the same worlds, got {a.shape} and {b.shape}")
    return PairedTable(int((a & b).sum()), int((~a & ~b).sum()), int((a & ~b).sum()), int((~a & b).sum()))


def correlation(table: PairedTable) -> float:
    """Newcombe's corrected phi: how the two go together, pulled toward zero when positive."""
    both, neither, only_a, only_b = table
    margins = (both + only_a) * (only_b + neither) * (both + only_b) * (only_a + neither)
    if margins == 0:
        return 0.0
    apart = both * neither - only_a * only_b
    if apart > 0:
        return float(max(apart - table.n / 2, 0) / margins**0.5)
    return float(apart / margins**0.5)


def paired_shares(table: PairedTable, level: float = LEVEL) -> Difference:
    """The difference of two shares in the same worlds: Newcombe's method 10, exact McNemar p.

    >>> "%.4f to %.4f" % paired_shares(PairedTable(both=20, neither=16, only_a=12, only_b=2))[1:3]
    '0.0562 to 0.3292'
    """
    if table.n == 0:
        return NOTHING_KNOWN
    a, b = table.both + table.only_a, table.both + table.only_b
    return _squared_and_added((a, table.n), (b, table.n), correlation(table), mcnemar(table), level)


def separate_shares(a: int, n_a: int, b: int, n_b: int, level: float = LEVEL) -> Difference:
    """The difference of two shares in different worlds: Newcombe's method 10, Fisher's exact p.

    >>> "%.4f to %.4f" % separate_shares(56, 70, 48, 80)[1:3]
    '0.0524 to 0.3339'
    """
    if n_a == 0 or n_b == 0:
        return NOTHING_KNOWN
    from scipy.stats import fisher_exact

    p = float(fisher_exact([[a, n_a - a], [b, n_b - b]]).pvalue)
    return _squared_and_added((a, n_a), (b, n_b), 0.0, p, level)


def _squared_and_added(a: tuple[int, int], b: tuple[int, int], phi: float, p: float, level: float) -> Difference:
    """Wilson's reach below one share and above the other, added as sides of a triangle.

    ``a`` and ``b`` are (count, worlds); ``phi`` is how the two go together.
    """
    share_a, share_b = a[0] / a[1], b[0] / b[1]
    low_a, high_a = (float(end) for end in wilson_band(*a, level))
    low_b, high_b = (float(end) for end in wilson_band(*b, level))

    def reach(one: float, other: float) -> float:
        return float(max(0.0, one * one - 2 * phi * one * other + other * other) ** 0.5)

    difference = share_a - share_b
    low = difference - reach(share_a - low_a, high_b - share_b)
    high = difference + reach(high_a - share_a, share_b - low_b)
    return Difference(difference, max(-1.0, low), min(1.0, high), p)


def mcnemar(table: PairedTable) -> float:
    """Exact two-sided p: are worlds where only one of the two happened split like a fair coin?"""
    from scipy.special import bdtr

    fewer, flipped = min(table.only_a, table.only_b), table.only_a + table.only_b
    if flipped == 0:
        return 1.0
    return min(1.0, 2 * float(bdtr(fewer, flipped, 0.5)))


def paired_means(a: Any, b: Any, level: float = LEVEL) -> tuple[int, Difference]:
    """Mean of a less b over the worlds where both are there, with its t interval and p; and how many those are."""
    import numpy as np

    gap = np.asarray(a, float) - np.asarray(b, float)
    gap = gap[~np.isnan(gap)]
    if len(gap) < 2:
        return len(gap), Difference(float(gap.mean()) if len(gap) else float("nan"), float("nan"), float("nan"), 1.0)
    error = float(gap.std(ddof=1)) / len(gap) ** 0.5
    return len(gap), _by_t(float(gap.mean()), error, len(gap) - 1, level)


def separate_means(a: Any, b: Any, level: float = LEVEL) -> tuple[int, int, Difference]:
    """Mean of a less mean of b in different worlds, by Welch's t; and how many worlds each had."""
    import numpy as np

    a, b = (values[~np.isnan(values)] for values in (np.asarray(a, float), np.asarray(b, float)))
    nan = float("nan")
    if len(a) < 2 or len(b) < 2:
        return len(a), len(b), Difference(float(a.mean() - b.mean()) if len(a) and len(b) else nan, nan, nan, 1.0)
    of_a, of_b = float(a.var(ddof=1)) / len(a), float(b.var(ddof=1)) / len(b)
    spread = of_a + of_b
    degrees = spread**2 / (of_a**2 / (len(a) - 1) + of_b**2 / (len(b) - 1)) if spread > 0 else len(a) + len(b) - 2.0
    return len(a), len(b), _by_t(float(a.mean() - b.mean()), spread**0.5, degrees, level)


def _by_t(difference: float, error: float, degrees: float, level: float) -> Difference:
    from scipy.special import stdtr

    if error == 0:
        return Difference(difference, difference, difference, 1.0 if difference == 0 else 0.0)
    reach = t_quantile(degrees, level) * error
    return Difference(
        difference, difference - reach, difference + reach, 2 * float(stdtr(degrees, -abs(difference) / error))
    )


def worlds_to_tell_apart(table: PairedTable, level: float = LEVEL, power: float = POWER) -> int | None:
    """About how many paired worlds would show a difference of the size seen, four times in five.

    Connett, Smith and McHugh (1987). None when no difference was seen at all.
    """
    if table.n == 0 or table.only_a == table.only_b:
        return None
    flipped = (table.only_a + table.only_b) / table.n
    gap = abs(table.only_a - table.only_b) / table.n
    wide, strong = normal_quantile(level), normal_quantile(2 * power - 1)
    worlds = (wide * flipped**0.5 + strong * (flipped - gap * gap) ** 0.5) ** 2 / gap**2
    return int(-(-worlds // 1))


def pairing_of_shares(table: PairedTable) -> float | None:
    """How many times as many worlds a comparison of separate worlds would need for an interval as narrow.

    The variance of the difference of two independent shares over that of the paired difference. None where
    no world flipped, so that the paired difference has no variance to compare.
    """
    flipped = table.only_a + table.only_b
    if flipped == 0:
        return None
    n, a, b = table.n, table.both + table.only_a, table.both + table.only_b
    paired = flipped / n - ((table.only_a - table.only_b) / n) ** 2
    apart = a / n * (1 - a / n) + b / n * (1 - b / n)
    return apart / paired if paired > 0 else None


def pairing_of_means(a: Any, b: Any) -> float | None:
    """The same for means: the variance of both over that of the difference in each world."""
    import numpy as np

    a, b = np.asarray(a, float), np.asarray(b, float)
    there = ~np.isnan(a - b)
    if there.sum() < 2:
        return None
    paired = float((a - b)[there].var(ddof=1))
    return float(a[there].var(ddof=1) + b[there].var(ddof=1)) / paired if paired > 0 else None
