"""Time to fracture: incidence among competing ends, hazard by round, days held, and a test by turning signs."""

import numpy as np
import pandas as pd
import pytest

from wedge.engine.analysis.estimates import wilson_band
from wedge.engine.analysis.observables import observables, values_of
from wedge.engine.analysis.paired import PairedTable, mcnemar
from wedge.engine.analysis.times import (
    ENDS,
    FRACTURED,
    breakable,
    days_without,
    first_ends,
    hazard,
    held_of,
    incidence,
    sign_flip,
)

GRID = [7.0 * (n + 1) for n in range(6)]


@pytest.fixture(scope="module")
def simulated() -> pd.DataFrame:
    """500 worlds, each with its end and day; all end within the horizon."""
    draw = np.random.default_rng(11)
    return pd.DataFrame({"day": 7.0 * draw.integers(1, 41, 500), "end": draw.choice(ENDS[:5], 500)})


def counted(worlds: pd.DataFrame) -> pd.DataFrame:
    """How many worlds came to each end on each day."""
    return worlds.groupby(["end", "day"]).size().rename("count").reset_index()


def test_incidence_is_that_of_statsmodels(simulated):
    """With competing ends and nothing censored, to 1e-12."""
    from statsmodels.duration.survfunc import CumIncidenceRight

    status = simulated["end"].map({end: n + 1 for n, end in enumerate(ENDS)})
    oracle = CumIncidenceRight(simulated["day"].to_numpy(), status.to_numpy())
    found = incidence(counted(simulated), list(oracle.times))
    for n, end in enumerate(ENDS[:5]):
        mine = found[found["end"] == end]["share"].to_numpy()
        assert np.abs(oracle.cinc[n] - mine).max() < 1e-12


def test_all_ends_together_are_all_worlds(simulated):
    """By the horizon every world has come to one end."""
    found = incidence(counted(simulated), [280.0])
    assert 500 == found["count"].sum()
    assert 1.0 == pytest.approx(found["share"].sum())


def test_hazard_is_of_those_still_at_risk():
    """Ten worlds: two fracture in the first round, three settle in it; of the five left one fractures in the second."""
    ends = pd.DataFrame(
        [(FRACTURED, 7.0, 2), ("settled", 7.0, 3), (FRACTURED, 14.0, 1), ("out_of_rounds", 14.0, 4)],
        columns=["end", "day", "count"],
    )
    found = hazard(ends, [7.0, 14.0, 21.0])
    assert [(0, 10, 2), (1, 5, 1)] == [tuple(row) for row in found[["round", "at_risk", "count"]].to_numpy()]
    assert wilson_band(1, 5) == (pytest.approx(found["low"][1]), pytest.approx(found["high"][1]))


def test_ends_of_an_experiment_cover_every_world_once(pair):
    """Fractures in time are those of the table, and the rest ended as the talks did."""
    for observable in breakable(pair[0]):
        ends = first_ends(pair[0], observable)
        fractured = ends[ends["end"] == FRACTURED]["count"].sum()
        assert 120 == ends["count"].sum()
        assert values_of(pair[0], observable).sum() == fractured + ends["later"].sum()


def test_a_restricted_mean_is_the_area_under_the_curve(pair):
    """Days held, up to the horizon, are one less the incidence summed over the days."""
    (pact,) = [each for each in breakable(pair[0]) if each.name == "alliances.pact.fractured"]
    held = days_without(pair[0], pact)
    share = incidence(first_ends(pair[0], pact), [0.0, *GRID[:-1]]).query("end == @FRACTURED")["share"]
    assert 7 * (1 - share).sum() == pytest.approx(held.mean())
    assert "alliances.pact.days_held" in observables(pair[0])


def test_all_turns_of_few_worlds_are_tried():
    """Five worlds that all got worse: two turns in 32 are as far out. Equal sizes make it McNemar's test."""
    assert (2 / 32, 32, True) == sign_flip([1, 2, 3, 4, 5])
    assert mcnemar(PairedTable(0, 90, 8, 2)) == pytest.approx(sign_flip([1] * 8 + [-1] * 2 + [0] * 90).p)
    assert (1.0, 1, True) == sign_flip([0.0, 0.0])


def test_many_worlds_are_turned_by_chance_the_same_each_time():
    """Near what all turns would give, reproducible, and never zero."""
    draw = np.random.default_rng(2)
    gap = draw.normal(0.15, 1, 100)
    found = sign_flip(gap)
    assert found == sign_flip(gap)
    z = gap.sum() / np.sqrt((gap**2).sum())
    from scipy.stats import norm

    assert 2 * norm.sf(abs(z)) == pytest.approx(found.p, abs=0.02)
    assert 1 / 10_000 == sign_flip(np.ones(40)).p


def test_a_scenario_holds_as_long_as_itself(pair):
    """No difference, and every turn is as far out."""
    held = days_without(pair[0], breakable(pair[0])[0])
    found = held_of(held, held, True)
    assert (0.0, 1.0) == (found["difference"], found["p_flip"])
    assert held_of(held, held[:50], False)["p_flip"] is None
