"""Intervals of shares and means, against published values and scipy's own."""

import numpy as np
import pytest
from scipy import stats

from wedge.engine.analysis.estimates import mean_of, share_of, shares_by_day, wilson_band


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(count: int, n: int, low: float, high: float) -> None:
    """The four examples of Newcombe (1998a), Statistics in Medicine 17:857-872, table I, method 3."""
    share = share_of(count, n)
    assert (low, high) == (round(share.low, 4), round(share.high, 4))


@pytest.mark.parametrize("n", [1, 7, 40, 10_000])
def test_wilson_is_scipys(n: int) -> None:
    """Written out for whole columns, it stays the interval of scipy.stats.binomtest."""
    counts = np.unique(np.linspace(0, n, 9).astype(int))
    low, high = wilson_band(counts, np.full(len(counts), n))
    expected = [stats.binomtest(int(c), n).proportion_ci(method="wilson") for c in counts]
    np.testing.assert_allclose(low, [interval.low for interval in expected], atol=1e-12)
    np.testing.assert_allclose(high, [interval.high for interval in expected], atol=1e-12)


def test_no_worlds_say_nothing() -> None:
    """A share of no worlds lies anywhere between 0 and 1."""
    share = share_of(0, 0)
    assert (0.0, 1.0) == (share.low, share.high)
    assert np.isnan(share.share)


def test_the_mean_has_a_t_interval() -> None:
    """The interval is that of scipy.stats.t; values that are not there are left out."""
    values = np.array([3.0, 5.0, np.nan, 4.0, 8.0])
    there = values[~np.isnan(values)]
    expected = stats.t.interval(0.95, 3, loc=there.mean(), scale=stats.sem(there))
    mean = mean_of(values)
    assert 4 == mean.n
    assert expected == pytest.approx((mean.low, mean.high))
    assert (3.75, 4.5, 5.75) == mean.quartiles


def test_one_value_has_no_interval() -> None:
    """A single world gives a mean and no idea how sure it is."""
    mean = mean_of([2.0])
    assert 2.0 == mean.mean
    assert np.isnan(mean.low)


def test_worlds_where_it_never_happened_stay_in_the_denominator() -> None:
    """Two of four fractured, by days 7 and 21: half by the end, never more."""
    band = shares_by_day([7.0, 21.0], [1, 1], 4, by=[0, 7, 14, 21])
    assert [0.0, 0.25, 0.25, 0.5] == band["share"].tolist()
    assert share_of(2, 4).low == pytest.approx(band["low"].iloc[-1])
