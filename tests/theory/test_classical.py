"""Classical models: what holds of any of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wedge.engine.theory.checks.group_decision import ACTORS, REACH
from wedge.engine.theory.classical.expected_utility import supports, turn, weighted_median
from wedge.engine.theory.classical.landscape import basins, landscape, local_minima, neighbours, pull_of
from wedge.engine.theory.classical.solutions import Frontier, egalitarian, kalai_smorodinsky, nash, pareto


@st.composite
def actors(draw):
    """Sizes and symmetric propensities."""
    count = draw(st.integers(2, 7))
    size = draw(st.lists(st.floats(0.1, 10), min_size=count, max_size=count))
    cells = draw(st.lists(st.integers(-3, 3), min_size=count**2, max_size=count**2))
    half = np.triu(np.array(cells, dtype=float).reshape(count, count), 1)
    return np.array(size), half + half.T


class TestLandscape:
    """Sides and energy."""

    @given(actors())
    def test_energy_is_the_frustration_of_all_by_size(self, drawn):
        """Summed up as the definition has it, pair by pair."""
        size, propensity = drawn
        found = landscape(size, propensity)
        for sides, energy in zip(found.sides, found.energy, strict=True):
            apart = sides[:, None] != sides[None, :]
            frustration = (size[None, :] * propensity * apart).sum(axis=1)
            assert energy == pytest.approx(float((size * frustration).sum()), abs=1e-9)

    @given(actors())
    def test_all_on_one_side_have_no_energy_and_the_mean_is_half_of_all_pulls(self, drawn):
        """As in the paper's notes."""
        found = landscape(*drawn)
        assert found.energy[0] == pytest.approx(0.0, abs=1e-9)
        assert found.energy.mean() == pytest.approx(pull_of(*drawn).sum() / 2.0, abs=1e-9)

    @given(actors())
    def test_steepest_descent_ends_in_a_local_minimum(self, drawn):
        """From everywhere, by single changes of side."""
        found = landscape(*drawn)
        minima = set(local_minima(found).tolist())
        assert set(basins(found).tolist()) <= minima
        for place, moved in enumerate(neighbours(found)):
            for actor, other in enumerate(moved):
                changed = found.sides[place] != found.sides[other]
                assert changed.sum() == 1 or (actor == 0 and changed[1:].all())


class TestExpectedUtility:
    """The model of group decisions."""

    def test_nobody_gains_support_against_itself(self):
        """Nor against those who stand where it stands."""
        won = supports(ACTORS, REACH, np.ones(10))
        assert (won[ACTORS.position[:, None] == ACTORS.position[None, :]] == 0.0).all()

    def test_positions_stay_within_their_range(self):
        """However long it is played."""
        now = ACTORS
        for _ in range(30):
            now, _ = turn(now, REACH)
            assert now.position.min() >= 4.0
            assert now.position.max() <= 10.0

    def test_the_median_has_half_of_the_weight_at_or_below(self):
        """And less than half below."""
        weight = ACTORS.capability * ACTORS.salience
        median = weighted_median(ACTORS)
        assert weight[ACTORS.position <= median].sum() >= weight.sum() / 2 > weight[ACTORS.position < median].sum()


class TestSolutions:
    """Axioms of bargaining."""

    @given(st.floats(0.2, 5.0), st.floats(-1.0, 1.0))
    def test_nash_does_not_mind_the_scale_of_utility(self, by, more):
        """Another zero and unit of the second's utility move nothing but its numbers."""
        plain = Frontier(lambda first: 1.0 - first**2, 0.0, 1.0)
        other = Frontier(lambda first: by * (1.0 - first**2) + more, 0.0, 1.0)
        assert nash(other, (0.0, more))[0] == pytest.approx(nash(plain, (0.0, 0.0))[0], abs=1e-6)

    def test_equal_gains_are_equal(self):
        """And those of Kalai and Smorodinsky in the proportion of what each could gain."""
        frontier = Frontier(lambda first: 2.0 * (1.0 - first), 0.0, 1.0)
        first, second = egalitarian(frontier, (0.0, 0.0))
        assert first == pytest.approx(second)
        first, second = kalai_smorodinsky(frontier, (0.0, 0.0), (1.0, 2.0))
        assert second == pytest.approx(2.0 * first)

    def test_what_another_outcome_beats_is_not_on_the_frontier(self):
        """Nor is what equals it for one and loses for the other."""
        cloud = np.array([[1.0, 0.0], [0.5, 0.5], [0.5, 0.4], [0.2, 0.2], [0.0, 1.0]])
        assert [0, 1, 4] == pareto(cloud).tolist()
