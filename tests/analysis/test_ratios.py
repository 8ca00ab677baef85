"""How many times as often, against published examples; and p values that allow for many questions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats.contingency import relative_risk

from wedge.engine.analysis.multiplicity import holm
from wedge.engine.analysis.paired import (
    PairedTable,
    mcnemar,
    paired_shares,
    paired_table,
    pairing_of_means,
    pairing_of_shares,
)
from wedge.engine.analysis.ratios import paired_ratio, separate_ratio

CAVO = PairedTable(both=59, neither=80, only_a=6, only_b=16)  # response before and after consolidation therapy


def test_the_ratio_is_the_published_one() -> None:
    """Complete response in myeloma, Cavo and others (2012), as worked by Fagerland, Lydersen and Laake (2017), chapter 8."""
    found = paired_ratio(CAVO)
    assert (0.8667, 0.7579, 0.9910) == tuple(round(end, 4) for end in found)


def test_mcnemar_is_the_published_one() -> None:
    """The same table: twice the chance of 6 heads or fewer in 22 tosses, 110,056 of 4,194,304."""
    assert 2 * 110_056 / 2**22 == pytest.approx(mcnemar(CAVO), abs=1e-12)


cells = st.integers(min_value=0, max_value=300)


@given(cells, cells, cells, cells)
def test_a_ratio_lies_in_its_interval_and_turns_over(both: int, neither: int, only_a: int, only_b: int) -> None:
    """B over A is the inverse of A over B, ends and all."""
    found, other = (paired_ratio(PairedTable(both, neither, *alone)) for alone in ((only_a, only_b), (only_b, only_a)))
    if both + only_a and both + only_b:
        assert found.ratio_low <= found.ratio * (1 + 1e-12)
        assert found.ratio <= found.ratio_high * (1 + 1e-12)
        assert 1 / found.ratio_high == pytest.approx(other.ratio_low)
    elif not both + only_a + only_b:
        assert math.isnan(found.ratio)


def test_separate_worlds_have_katz_s_interval() -> None:
    """As scipy gives it; where one side never happened nothing is known upward."""
    expected = relative_risk(56, 70, 48, 80).confidence_interval(0.95)
    assert tuple(expected) == pytest.approx(separate_ratio(56, 70, 48, 80)[1:])
    assert (math.inf, 0.0, math.inf) == separate_ratio(3, 10, 0, 10)
    assert math.isnan(separate_ratio(0, 10, 0, 10).ratio)


def test_holm_takes_the_smallest_p_most_often() -> None:
    """Four questions: 4 × 0.005, 3 × 0.01, 2 × 0.03, and none below one before it."""
    assert [0.03, 0.06, 0.06, 0.02] == pytest.approx(holm([0.01, 0.04, 0.03, 0.005]))
    assert [] == holm([])


@settings(max_examples=25)
@given(st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=30))
def test_holm_agrees_with_statsmodels(ps: list[float]) -> None:
    """For any p values."""
    from statsmodels.stats.multitest import multipletests

    assert multipletests(ps, method="holm")[1] == pytest.approx(holm(ps))


def test_pairing_saves_worlds_where_luck_is_shared() -> None:
    """Shares and means agree on how many times as many separate worlds would be."""
    draw = np.random.default_rng(1)
    luck = draw.random(4000)
    a, b = luck < 0.3, (luck < 0.2) | (draw.random(4000) < 0.02)
    table = paired_table(a, b)
    saved = pairing_of_shares(table)
    assert saved is not None
    assert saved > 2
    assert saved == pytest.approx(pairing_of_means(a.astype(float), b.astype(float)), rel=1e-9)
    assert pairing_of_shares(PairedTable(3, 4, 0, 0)) is None
    assert pairing_of_means([1.0], [2.0]) is None


def test_separate_worlds_would_be_about_that_many() -> None:
    """So many times the worlds, without pairing, have an interval about as narrow."""
    from wedge.engine.analysis.paired import separate_shares

    table = PairedTable(both=150, neither=780, only_a=50, only_b=20)
    times = pairing_of_shares(table)
    assert times is not None
    n = round(times * table.n)
    separate = separate_shares(round(0.2 * n), n, round(0.17 * n), n)
    paired = paired_shares(table)
    assert paired.high - paired.low == pytest.approx(separate.high - separate.low, rel=0.02)
