"""The portable arithmetic: as good as the library's, and the same on every machine."""

import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wedge.engine.model.arithmetic import clamp, exponential, logarithm, power_of

ULP = 2.0**-52


def ulps(found: float, wanted: float) -> float:
    """How many units in the last place lie between two numbers."""
    return abs(found - wanted) / math.ulp(wanted)


class TestExponential:
    """e to the x."""

    @given(st.floats(-700, 700))
    @example(-700.0)
    @example(700.0)
    @example(0.5 * math.log(2))
    @example(-0.5 * math.log(2))
    def test_agrees_with_the_library_to_four_units_in_the_last_place(self, x):
        """Taylor's series after splitting off a power of two loses next to nothing."""
        assert ulps(exponential(x), math.exp(x)) <= 4

    def test_is_exact_where_it_can_be(self):
        """e to the 0 is 1."""
        assert 1.0 == exponential(0.0)
        assert 1.0 == exponential(-0.0)

    def test_leaves_the_range_of_numbers_gracefully(self):
        """Below -700 nothing is left, above 700 it stays where it is; never an overflow."""
        assert 0.0 == exponential(-700.1)
        assert 0.0 == exponential(-math.inf)
        assert exponential(700.0) == exponential(1e300) == exponential(math.inf)
        assert math.isfinite(exponential(math.inf))

    @given(st.floats(-700, 700), st.floats(-700, 700))
    def test_never_falls_by_more_than_its_error(self, x, y):
        """The larger number has the larger exponential."""
        low, high = sorted((x, y))
        assert exponential(low) <= exponential(high) * (1 + 8 * ULP)


class TestLogarithm:
    """The natural logarithm."""

    @given(st.floats(min_value=5e-324, max_value=1.7e308, exclude_min=False))
    @example(5e-324)
    @example(2.2250738585072014e-308)
    @example(math.sqrt(0.5))
    @example(math.nextafter(math.sqrt(0.5), 0))
    @example(math.nextafter(1.0, 0.0))
    @example(math.nextafter(1.0, 2.0))
    def test_agrees_with_the_library(self, x):
        """Near 1 too, where the logarithm is small, the error is small against it."""
        assert abs(logarithm(x) - math.log(x)) <= 4 * ULP * abs(math.log(x))

    def test_is_exact_at_one(self):
        """The logarithm of 1 is 0."""
        assert 0.0 == logarithm(1.0)

    @given(st.integers(-1000, 1000))
    def test_of_powers_of_two_is_their_exponent(self, exponent):
        """Powers of two are split off without loss."""
        assert logarithm(math.ldexp(1.0, exponent)) == pytest.approx(exponent * math.log(2), rel=4 * ULP)

    @given(st.floats(-600, 600))
    def test_undoes_the_exponential(self, x):
        """There and back again, within the error of a number that large."""
        assert logarithm(exponential(x)) == pytest.approx(x, rel=8 * ULP, abs=8 * ULP)


class TestPower:
    """Powers of what is not negative."""

    @given(st.floats(1e-6, 1.0), st.floats(0.05, 10.0))
    def test_agrees_with_the_library(self, base, exponent):
        """The error grows with the logarithm of the result, as it must for exp(y log x)."""
        wanted = base**exponent
        allowed = 8 + 4 * abs(exponent * math.log(base))
        assert ulps(power_of(base, exponent), wanted) <= allowed

    @given(st.floats(0, 1e6), st.floats(-10, 10))
    def test_is_exact_for_exponents_0_and_1_and_bases_0_and_1(self, base, exponent):
        """Whoever writes a curvature of 1 gets the very distance."""
        assert 1.0 == power_of(base, 0.0)
        assert base == power_of(base, 1.0)
        assert 1.0 == power_of(1.0, exponent)
        assert 0.0 == power_of(0.0, max(0.1, exponent))

    def test_of_a_negative_base_is_nothing(self):
        """A distance below 0 can only be an error of rounding."""
        assert 0.0 == power_of(-1e-17, 0.5)

    @given(st.fractions(min_value=Fraction(1, 64), max_value=1), st.integers(2, 6))
    def test_agrees_with_exact_fractions(self, base, exponent):
        """Whole powers of fractions can be had exactly, without a library that rounds."""
        exact = float(Fraction(float(base)) ** exponent)
        assert power_of(float(base), float(exponent)) == pytest.approx(exact, rel=40 * ULP)


@given(st.floats(allow_nan=False), st.floats(-10, 10), st.floats(0, 10))
def test_clamp_keeps_a_number_between_two(x, low, width):
    """What lies between stays, what lies outside goes to the nearer end."""
    high = low + width
    assert sorted((low, x, high))[1] == clamp(x, low, high)
