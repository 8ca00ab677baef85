"""Uncertain numbers: one named draw, put through the inverse of its distribution."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from small_games import Board, game, small

from wedge.engine.model.distributions import (
    CHOICE,
    FIXED,
    LOGNORMAL,
    NORMAL,
    TRIANGULAR,
    UNIFORM,
    chosen,
    drawn_value,
    triangular,
    truncated_normal,
)

SHARES = st.floats(0.0, 1.0)
NOTHING = np.zeros((0, 2))
INF = math.inf


def value(u: float, kind: int, *shape: float, mixture: np.ndarray = NOTHING) -> float:
    """The value at the share u; what is left out of the shape is 0, and no bounds."""
    whole = shape if len(shape) == 5 else (*shape, *(0.0,) * (3 - len(shape)), -INF, INF)
    return drawn_value(u, kind, whole, mixture)


class TestUniform:
    """Any value between two."""

    def test_runs_from_its_low_end_to_its_high_end(self):
        """The quantile is a straight line."""
        assert [2.0, 3.0, 4.0] == [value(u, UNIFORM, 2.0, 4.0) for u in (0.0, 0.5, 1.0)]

    def test_fixed_numbers_are_the_same_whatever_the_luck(self):
        """A number that is certain."""
        assert {0.7} == {value(u, FIXED, 0.7) for u in (0.0, 0.3, 1.0)}


class TestNormal:
    """The bell curve, perhaps cut off."""

    @given(SHARES, st.floats(-5, 5), st.floats(0.01, 3), st.floats(-3, 3), st.floats(0.01, 3))
    def test_cut_off_ends_are_respected(self, u, mean, deviation, low, width):
        """Nothing is drawn outside, however unlikely the inside."""
        assert low <= truncated_normal(u, mean, deviation, low, low + width) <= low + width

    @given(st.floats(0.001, 0.999), st.floats(-2, 1.5), st.floats(0.2, 3))
    def test_agrees_with_scipy(self, u, low, width):
        """The quantile of what lies between the ends."""
        found = truncated_normal(u, 0.0, 1.0, low, low + width)
        assert found == pytest.approx(stats.truncnorm.ppf(u, low, low + width), abs=1e-9)

    @given(st.floats(1e-9, 1 - 1e-9), st.floats(-5, 5), st.floats(0.01, 3))
    def test_without_ends_it_is_the_plain_bell_curve(self, u, mean, deviation):
        """Half of it lies below the mean."""
        assert truncated_normal(u, mean, deviation, -INF, INF) == pytest.approx(
            stats.norm.ppf(u, mean, deviation), abs=1e-9
        )
        assert mean == pytest.approx(truncated_normal(0.5, mean, deviation, -INF, INF), abs=1e-12)

    def test_ends_of_the_draw_are_finite(self):
        """Even a share of exactly 0 or 1 gives a number."""
        assert all(math.isfinite(truncated_normal(u, 0.0, 1.0, -INF, INF)) for u in (0.0, 1.0))
        assert (-1.0, 2.0) == (
            pytest.approx(truncated_normal(0.0, 0, 1, -1, 2)),
            pytest.approx(truncated_normal(1.0, 0, 1, -1, 2)),
        )

    def test_one_side_may_be_open(self):
        """Cut off below only, the upper tail is all there."""
        assert truncated_normal(0.999, 0.0, 1.0, 0.0, INF) == pytest.approx(
            stats.truncnorm.ppf(0.999, 0, INF), abs=1e-9
        )

    def test_without_spread_it_is_its_mean_between_the_ends(self):
        """A deviation of 0 leaves nothing to chance."""
        assert [0.4, 0.5, 0.6] == [
            truncated_normal(0.3, mean, 0.0, 0.5 if mean > 0.4 else 0.0, 0.6) for mean in (0.4, 0.45, 0.9)
        ]

    @given(SHARES, SHARES)
    def test_better_luck_never_draws_less(self, u, v):
        """The quantile rises."""
        low, high = sorted((u, v))
        assert value(low, NORMAL, 0.5, 0.2, 0.0, 0.0, 1.0) <= value(high, NORMAL, 0.5, 0.2, 0.0, 0.0, 1.0) + 1e-12


class TestLognormal:
    """A positive number whose logarithm is normal."""

    @given(st.floats(0.001, 0.999), st.floats(-2, 2), st.floats(0.05, 1.5))
    def test_agrees_with_scipy(self, u, mu, sigma):
        """The exponential of the normal quantile."""
        found = value(u, LOGNORMAL, mu, sigma, 0.0, 0.0, INF)
        assert found == pytest.approx(stats.lognorm.ppf(u, sigma, scale=math.exp(mu)), rel=1e-9)

    @given(SHARES, st.floats(0.1, 2), st.floats(0.01, 3))
    def test_cut_off_ends_are_respected(self, u, low, width):
        """Nothing is drawn outside."""
        assert low <= value(u, LOGNORMAL, 0.0, 0.7, 0.0, low, low + width) <= low + width

    def test_is_cut_off_where_it_says(self):
        """The share between the ends is spread over all draws."""
        wanted = math.exp(stats.truncnorm.ppf(0.25, math.log(0.5), math.log(2.0)))
        assert value(0.25, LOGNORMAL, 0.0, 1.0, 0.0, 0.5, 2.0) == pytest.approx(wanted, rel=1e-9)


class TestTriangular:
    """Between two ends, with one value most likely."""

    @given(SHARES, st.floats(-3, 3), st.floats(0.01, 3), SHARES)
    def test_agrees_with_scipy(self, u, low, width, mode):
        """The quantile, on both sides of the mode."""
        wanted = stats.triang.ppf(u, mode, low, width)
        assert triangular(u, low, low + mode * width, low + width) == pytest.approx(wanted, abs=1e-7)

    def test_reaches_both_ends_and_the_mode(self):
        """At 0, at the mode's own share, at 1."""
        assert [0.0, 0.25, 1.0] == [value(u, TRIANGULAR, 0.0, 0.25, 1.0) for u in (0.0, 0.25, 1.0)]

    def test_without_width_it_is_its_mode(self):
        """A triangle that has shrunk to a point."""
        assert 0.3 == triangular(0.7, 0.3, 0.3, 0.3)

    @given(SHARES, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
    def test_never_leaves_its_ends(self, u, a, b, c):
        """Not by a rounding error either."""
        low, mode, high = sorted((a, b, c))
        assert low - 1e-15 <= triangular(u, low, mode, high) <= high + 1e-15


class TestChoice:
    """One of a few values, each with its weight."""

    mixture = np.array([[9.0, 1.0], [0.1, 0.25], [0.2, 0.75], [0.3, 1.0]])

    def test_values_come_in_the_order_of_their_shares(self):
        """A quarter, a half, a quarter; the first row is another number's."""
        found = [value(u, CHOICE, 1.0, 4.0, mixture=self.mixture) for u in (0.0, 0.24, 0.25, 0.5, 0.75, 1.0)]
        assert [0.1, 0.1, 0.2, 0.2, 0.3, 0.3] == found

    def test_a_single_value_is_always_chosen(self):
        """There is nothing else."""
        assert {9.0} == {chosen(u, 0, 1, self.mixture) for u in (0.0, 0.5, 1.0)}

    @given(SHARES, st.lists(st.integers(0, 5), min_size=1, max_size=6))
    def test_a_value_without_weight_is_never_chosen(self, u, weights):
        """Zero is never, at the ends too."""
        assume(sum(weights) > 0)
        shares = np.cumsum(weights) / sum(weights)
        rows = np.array([[float(n), share] for n, share in enumerate(shares)])
        last = max(n for n, weight in enumerate(weights) if weight > 0)
        found = int(chosen(min(u, 1 - 1e-16), 0, len(rows), rows))
        assert weights[found] > 0
        assert found <= last


FORMS = {
    "uniform": {"uniform": [0.2, 0.4]},
    "normal": {"normal": [0.3, 0.1], "min": 0.1, "max": 0.9},
    "lognormal": {"lognormal": [-1.0, 0.5]},
    "triangular": {"triangular": [0.1, 0.2, 0.5]},
    "choice": {"choice": {0.1: 1, 0.4: 3}},
}
LAWS = {
    "uniform": stats.uniform(0.2, 0.2),
    "normal": stats.truncnorm(-2, 6, 0.3, 0.1),
    "lognormal": stats.lognorm(0.5, scale=math.exp(-1.0)),
    "triangular": stats.triang(0.25, 0.1, 0.4),
}


class TestNumbersOfAWorld:
    """What a scenario says is uncertain is drawn, each number by its own name."""

    @staticmethod
    def drawn(said: object, state: str, world: int, others: dict | None = None) -> float:
        """The war cost of a state in one world."""
        states = {state: {"land": 0.0}, "other": {"land": 1.0}, **(others or {})}
        board = Board(game(small(states, states={state: {"war_cost": said}})), world=world)
        return float(board.x.flat[board.place(f"states.{state}.war_cost"), 0])

    @pytest.mark.parametrize("form", LAWS)
    def test_draws_follow_what_the_file_says(self, form):
        """Kolmogorov and Smirnov find nothing in 2,000 worlds."""
        scenario = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}, states={"a": {"war_cost": FORMS[form]}}))
        place = scenario.names.numbers.index("states.a.war_cost")
        found = [float(Board(scenario, world=world).x.flat[place, 0]) for world in range(2_000)]
        assert stats.kstest(found, LAWS[form].cdf).pvalue > 1e-4

    def test_choices_come_as_often_as_they_weigh(self):
        """Three worlds in four."""
        scenario = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}, states={"a": {"war_cost": FORMS["choice"]}}))
        place = scenario.names.numbers.index("states.a.war_cost")
        found = np.array([Board(scenario, world=world).x.flat[place, 0] for world in range(2_000)])
        assert {0.1, 0.4} == set(found)
        assert 0.75 == pytest.approx((found == 0.4).mean(), abs=0.05)

    def test_a_draw_belongs_to_the_name_and_not_to_the_place(self):
        """With another state before it in the file and in the alphabet, a state's luck is the same."""
        alone = [self.drawn(FORMS["uniform"], "m", world) for world in range(5)]
        pushed = [
            self.drawn(FORMS["uniform"], "m", world, {"a": {"land": 0.5}, "z": {"land": 0.5}}) for world in range(5)
        ]
        renamed = [self.drawn(FORMS["uniform"], "n", world) for world in range(5)]
        assert alone == pushed
        assert set(alone).isdisjoint(renamed)

    def test_a_number_can_be_certain_in_one_scenario_and_uncertain_in_the_next(self):
        """What else is uncertain does not move it: its draw is its own."""
        plain = game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}, states={"a": {"war_cost": FORMS["uniform"]}}))
        more = game(
            small(
                {"a": {"land": 0.0}, "b": {"land": 1.0}},
                states={
                    "a": {"war_cost": FORMS["uniform"], "power": FORMS["normal"]},
                    "b": {"hope": FORMS["triangular"]},
                },
            )
        )
        place = plain.names.numbers.index("states.a.war_cost")
        assert Board(plain).x.flat[place, 0] == Board(more).x.flat[place, 0]
