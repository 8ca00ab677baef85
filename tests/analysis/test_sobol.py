"""Sobol' indices: known functions, and SciPy as a witness."""

import numpy as np
import pytest
from scipy.stats import sobol_indices

from wedge.engine.analysis.sobol import indices_of

N = 4096


def pairs(function, inputs, low, high, n=N):
    """Outcomes of two samples, and of the first with each input of the second."""
    chance = np.random.default_rng(5)
    a, b = (chance.uniform(low, high, (inputs, n)) for _ in range(2))
    mixed = []
    for k in range(inputs):
        x = a.copy()
        x[k] = b[k]
        mixed.append(function(x))
    return function(a), function(b), np.array(mixed)


def ishigami(x):
    """Ishigami and Homma 1990, with a = 7 and b = 0.1."""
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_ishigami_is_found_within_the_intervals():
    """First .3139, .4424, 0; total .5576, .4424, .2437; variance 13.845 (Ishigami and Homma 1990)."""
    found = indices_of(*pairs(ishigami, 3, -np.pi, np.pi))
    for known, index in ((0.3139, 0.4424, 0.0), found.first), ((0.5576, 0.4424, 0.2437), found.total):
        for truth, (value, low, high) in zip(known, index, strict=True):
            assert low <= truth <= high
            assert truth == pytest.approx(value, abs=0.04)
    assert 13.845 == pytest.approx(found.spread, rel=0.03)


def test_scipy_finds_the_same():
    """The same estimators from the same outcomes."""
    a, b, ab = pairs(ishigami, 3, -np.pi, np.pi, 512)
    witness = sobol_indices(func={"f_A": a[None], "f_B": b[None], "f_AB": ab[:, None]}, n=512)
    found = indices_of(a, b, ab)
    np.testing.assert_allclose(witness.first_order, found.first[:, 0], atol=1e-12)
    np.testing.assert_allclose(witness.total_order, found.total[:, 0], atol=1e-12)


def test_intervals_are_the_same_every_time():
    """Resampling has a seed."""
    outcomes = pairs(ishigami, 3, -np.pi, np.pi, 256)
    np.testing.assert_array_equal(indices_of(*outcomes).total, indices_of(*outcomes).total)


def test_where_nothing_varies_nothing_decides():
    """No division by a variance of zero."""
    found = indices_of(np.ones(8), np.ones(8), np.ones((2, 8)))
    assert 0 == np.abs(found.first).sum() + np.abs(found.total).sum()
