"""Simple models against answers worked out by hand."""

from pathlib import Path

import numpy as np
import pytest

from wedge.engine.analysis.baselines.averages import means, medians
from wedge.engine.analysis.baselines.nash import Bargain, gains, nash, nash_levels
from wedge.engine.analysis.baselines.opening import opening_numbers
from wedge.engine.analysis.baselines.sides import sides
from wedge.engine.scenario import load
from wedge.engine.simulation.many import play_many

SMALL = Path(__file__).parents[2] / "cli" / "small.yaml"


def bargain(weight, ideal, quo, high=None, saved=None, curvature=1.0):
    """A bargain with straight worths, over whole scales, and nothing saved by agreeing, unless said otherwise."""
    weight, ideal = np.array(weight, float), np.array(ideal, float)
    bargainers, issues = weight.shape
    high = np.ones(issues) if high is None else np.array(high, float)
    saved = np.zeros(bargainers) if saved is None else np.array(saved, float)
    bent = np.full_like(weight, curvature)
    return Bargain(weight, ideal, bent, np.array(quo, float), np.zeros(issues), high, saved)


@pytest.fixture(scope="module")
def small():
    """Three states and two issues, every number of a position fixed."""
    return load(SMALL)


def test_the_weighted_mean_and_median_by_hand(small):
    """Land: anna 1.2 x 4/6 at 0.1, bert 1 x 1/6 at 0.6, carl 1 x 4/6 at 1; half of 49/30 is reached at 0.6."""
    x = opening_numbers(small, 3, np.arange(2))
    land = small.names.issues.index("land")
    assert [pytest.approx((0.8 * 0.1 + 0.6 / 6 + 4 / 6) / (0.8 + 1 / 6 + 4 / 6))] * 2 == list(
        means(small.setting, x)[land]
    )
    assert [0.6, 0.6] == list(medians(small.setting, x)[land])


def test_opening_numbers_are_those_that_the_worlds_drew():
    """Drawn numbers are the ones in the table of inputs of played worlds."""
    scenario = load("tutorial/first_steps")
    drawn = play_many(scenario, 7, range(3), driver="traced").tables["inputs"]["states.challenger.war_cost"]
    x = opening_numbers(scenario, 7, np.arange(3))
    assert list(drawn) == list(x.flat[scenario.names.numbers.index("states.challenger.war_cost")])


def test_a_nash_point_that_is_known():
    """A side wants 1, the other 0; agreeing saves them 0.4 and 0.2: gains 0.3 each where x lies 0.1 below the 0.5 at hand."""
    found = nash_levels(bargain([[1], [1]], [[1], [0]], [0.5], saved=[0.4, 0.2]))
    assert pytest.approx(0.4, abs=1e-3) == found[0]


def test_nash_trades_across_issues():
    """Who cares more for an issue has it: weights (.8, .2) and (.4, .6), from nothing the corner (1, 0).

    From the middle of both scales the gains are .8 x - .5 and .5 - .4 x with the second issue at 0, so x = .6 / .64.
    """
    weight, ideal, quo = [[0.8, 0.2], [0.4, 0.6]], [[1, 1], [0, 0]], [0.5, 0.5]
    assert pytest.approx([1.0, 0.0], abs=1e-3) == list(nash_levels(bargain(weight, ideal, quo, saved=[0.5, 0.5])))
    assert pytest.approx([0.6 / 0.64, 0.0], abs=1e-3) == list(nash_levels(bargain(weight, ideal, quo)))


def test_a_red_line_bounds_the_nash_point():
    """What a signatory never signs is out."""
    found = nash_levels(bargain([[1], [1]], [[1], [0]], [0.5], high=[0.3], saved=[0.4, 0.2]))
    assert pytest.approx(0.3, abs=1e-3) == found[0]


def test_there_is_no_nash_point_where_one_must_lose():
    """Opposed on one issue with nothing saved by agreeing."""
    assert nash_levels(bargain([[1], [1]], [[1], [0]], [0.5])) is None


def test_gains_are_over_the_status_quo():
    """Moving from 0.5 to 0.7 is worth 0.2 to one and costs the other as much."""
    assert pytest.approx([0.2, -0.2]) == list(gains(bargain([[1], [1]], [[1], [0]], [0.5]), np.array([0.7])))


def test_allies_who_want_the_same_stand_together_against_an_adversary(small):
    """And strangers to each other's wishes come apart once their tie is worth nothing and they want opposite things."""
    names = small.names.states
    anna, bert, carl = (names.index(name) for name in ("anna", "bert", "carl"))
    found = sides(small.setting, opening_numbers(small, 3, np.arange(1)))[:, 0]
    assert found[anna] == found[bert] != found[carl]
    apart = load(SMALL, sets=[
        "alliances.pact.ties.bert.anna.commitment=0.31", "alliances.pact.ties.anna.bert.commitment=0.31",
        "states.bert.positions.land={ideal: 1, salience: 9}", "states.bert.positions.truce.ideal=0",
    ])  # fmt: skip
    found = sides(apart.setting, opening_numbers(apart, 3, np.arange(1)))[:, 0]
    assert found[anna] != found[bert]


def test_an_outside_option_that_is_paid_is_what_there_is_without_an_agreement():
    """War ends at the status quo and costs A .1 and B c: A's share of the territory is the middle, (c - .1) / 2 off it."""
    scenario = load("theory/crisis")
    x = opening_numbers(scenario, 1, np.arange(5))
    costs = -x.flat[scenario.names.numbers.index("states.b.outside.value")]
    assert pytest.approx(0.5 + (costs - 0.1) / 2, abs=1e-3) == nash(scenario.setting, x, 5)[0]


def test_shares_of_one_thing_come_to_no_more_than_it():
    """Two who want all of it, from nothing: a half each; three, a third each."""
    for name, parts in (("theory/alternating_offers", 2), ("theory/legislature", 3)):
        scenario = load(name)
        x = opening_numbers(scenario, 1, np.arange(1))
        assert pytest.approx([1 / parts] * parts, abs=1e-3) == list(nash(scenario.setting, x, 1)[:, 0])
        assert pytest.approx(1.0) == means(scenario.setting, x)[:, 0].sum()
        assert np.isnan(medians(scenario.setting, x)).all()
