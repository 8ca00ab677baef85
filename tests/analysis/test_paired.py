"""Differences between two scenarios, against worked examples in print and scipy's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from wedge.engine.analysis.paired import (
    PairedTable,
    mcnemar,
    paired_means,
    paired_shares,
    paired_table,
    separate_means,
    separate_shares,
    worlds_to_tell_apart,
)


@pytest.mark.parametrize(
    ("cells", "low", "high", "digits"),
    [
        ((20, 12, 2, 16), 0.0562, 0.3292, 4),  # Newcombe (1998c), the worked example, method 10
        (
            (1, 1, 7, 12),
            -0.507,
            -0.026,
            3,
        ),  # Fagerland, Lydersen, Laake (2014): airways before and after transplantation
        ((59, 6, 16, 80), -0.1186, -0.0046, 4),  # the same authors' book (2017), chapter 8: consolidation therapy
        ((7, 25, 2, 68), 0.133, 0.318, 3),  # the same book: floppy eyelids and sleep apnoea
        ((8, 3, 1, 2), -0.1574, 0.4136, 4),  # Tang and others (2010)
    ],
)
def test_method_10_gives_the_published_intervals(
    cells: tuple[int, int, int, int], low: float, high: float, digits: int
) -> None:
    """Newcombe's interval for shares in the same worlds, as printed by four sources."""
    both, only_a, only_b, neither = cells
    found = paired_shares(PairedTable(both, neither, only_a, only_b))
    assert (low, high) == (round(found.low, digits), round(found.high, digits))


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((5, 56, 0, 29), -0.0381, 0.1926)],
)
def test_method_10_for_different_worlds_too(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    """Examples (a) and (d) of Newcombe (1998b), method 10."""
    found = separate_shares(*counts)
    assert (low, high) == (round(found.low, 4), round(found.high, 4))


def test_mcnemar_is_a_fair_coin_over_flipped_worlds() -> None:
    """Exact p over the worlds where only one of the two happened."""
    assert stats.binomtest(2, 14).pvalue == pytest.approx(mcnemar(PairedTable(20, 16, 12, 2)))
    assert 1.0 == mcnemar(PairedTable(5, 5, 0, 0))
    assert 1.0 == mcnemar(PairedTable(5, 5, 3, 3))


def test_worlds_are_counted_in_four_cells() -> None:
    """Both, neither, one alone, the other alone."""
    a, b = np.array([1, 1, 0, 0, 1], bool), np.array([1, 0, 1, 0, 0], bool)
    assert PairedTable(both=1, neither=1, only_a=2, only_b=1) == paired_table(a, b)
    with pytest.raises(ValueError, match="same worlds"):
        paired_table(a, b[:3])


cells = st.integers(min_value=0, max_value=300)


@given(cells, cells, cells, cells)
def test_an_interval_holds_its_difference(both: int, neither: int, only_a: int, only_b: int) -> None:
    """For any table: -1 <= low <= difference <= high <= 1, and turned round it is its mirror image."""
    table = PairedTable(both, neither, only_a, only_b)
    found = paired_shares(table)
    if table.n:
        assert -1 <= found.low <= found.difference + 1e-12
        assert found.difference - 1e-12 <= found.high <= 1
        mirror = paired_shares(PairedTable(both, neither, only_b, only_a))
        assert (-found.high, -found.low) == pytest.approx((mirror.low, mirror.high))


def test_means_in_the_same_worlds_are_compared_world_by_world() -> None:
    """The paired t interval of scipy; worlds where either is missing are left out."""
    draw = np.random.default_rng(3)
    a = draw.normal(size=40)
    b = a + draw.normal(0.2, 0.1, size=40)
    n, found = paired_means(np.append(a, np.nan), np.append(b, 1.0))
    expected = stats.ttest_rel(a, b)
    assert 40 == n
    assert expected.pvalue == pytest.approx(found.p)
    assert (expected.confidence_interval().low, expected.confidence_interval().high) == pytest.approx(found[1:3])


def test_means_in_different_worlds_by_welch() -> None:
    """Welch's t of scipy."""
    draw = np.random.default_rng(4)
    a, b = draw.normal(size=30), draw.normal(0.5, 2, size=50)
    *n, found = separate_means(a, b)
    expected = stats.ttest_ind(a, b, equal_var=False)
    assert [30, 50] == n
    assert expected.pvalue == pytest.approx(found.p)
    assert expected.confidence_interval().low == pytest.approx(found.low)


def test_no_spread_is_no_doubt() -> None:
    """A difference that is the same in every world has an interval of no width."""
    assert (4, (1.0, 1.0, 1.0, 0.0)) == paired_means([2.0] * 4, [1.0] * 4)


def test_how_many_worlds_would_tell() -> None:
    """So many worlds of the same kind do tell them apart; with no difference seen there is no answer."""
    table = PairedTable(both=30, neither=60, only_a=6, only_b=4)
    assert not paired_shares(table).told_apart
    times = worlds_to_tell_apart(table) / table.n
    assert paired_shares(PairedTable(*(round(cell * times) for cell in table))).told_apart
    assert worlds_to_tell_apart(PairedTable(5, 5, 2, 2)) is None
