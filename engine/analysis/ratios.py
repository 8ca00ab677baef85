"""How many times as often: the ratio of two shares, in the same worlds or in different ones.

In the same worlds: the hybrid score interval of Bonett and Price, Wilson's intervals of both shares among
the worlds where either happened, made narrower so that their ratio has the right length. In different
worlds: Katz's logarithmic interval.

Bonett DG, Price RM (2006) Statistics in Medicine 25:3039-3047; Fagerland MW, Lydersen S, Laake P (2014)
Statistics in Medicine 33:2850-2875 (recommend it); Katz D, Baptista J, Azen SP, Pike MC (1978)
Biometrics 34:469-474.
"""

from typing import NamedTuple

from wedge.engine.analysis.estimates import LEVEL, NAN, normal_quantile
from wedge.engine.analysis.paired import PairedTable


class Ratio(NamedTuple):
    """A's share over B's, with its interval; nan or infinite where one of the two never happened."""

    ratio: float
    ratio_low: float
    ratio_high: float


UNKNOWN = Ratio(NAN, NAN, NAN)
INFINITE = float("inf")


def paired_ratio(table: PairedTable, level: float = LEVEL) -> Ratio:
    """The ratio of two shares in the same worlds, with the hybrid score interval.

    >>> "%.3f: %.3f to %.3f" % paired_ratio(PairedTable(both=1, neither=12, only_a=1, only_b=7))
    '0.250: 0.068 to 0.923'
    """
    a, b = table.both + table.only_a, table.both + table.only_b
    if a + b == 0:
        return UNKNOWN
    either = table.both + table.only_a + table.only_b
    spread = ((table.only_a + table.only_b + 2) / ((a + 1) * (b + 1))) ** 0.5
    sides = sum(((1 - (count + 1) / (either + 2)) / (count + 1)) ** 0.5 for count in (a, b))
    narrowed = normal_quantile(level) * spread / sides
    low_a, high_a = _score(a, either, narrowed)
    low_b, high_b = _score(b, either, narrowed)
    ratio = a / b if b else INFINITE
    return Ratio(ratio, low_a / high_b if a else 0.0, high_a / low_b if b else INFINITE)


def _score(count: int, n: int, z: float) -> tuple[float, float]:
    """Wilson's interval for any z."""
    middle, reach = 2 * count + z * z, z * (z * z + 4 * count * (1 - count / n)) ** 0.5
    return (middle - reach) / (2 * (n + z * z)), (middle + reach) / (2 * (n + z * z))


def separate_ratio(a: int, n_a: int, b: int, n_b: int, level: float = LEVEL) -> Ratio:
    """The ratio of two shares in different worlds, with Katz's interval; not known further where one is zero."""
    if n_a == 0 or n_b == 0 or a + b == 0:
        return UNKNOWN
    if a == 0 or b == 0:
        return Ratio(0.0 if b else INFINITE, 0.0, INFINITE)
    from scipy.stats.contingency import relative_risk

    found = relative_risk(a, n_a, b, n_b)
    low, high = found.confidence_interval(level)
    return Ratio(float(found.relative_risk), float(low), float(high))
