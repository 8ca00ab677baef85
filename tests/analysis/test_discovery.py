"""Where it happens: the region is found, measured elsewhere, and not invented."""

import numpy as np
import pytest
from blows import POWER, TIE, by_rule, one_blow, trials

from wedge.engine.analysis.discovery import discover
from wedge.engine.analysis.inputs import uncertain
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import read_want
from wedge.engine.experiment import ExperimentError


def test_the_region_is_found_and_holds_everything():
    """It breaks below 0.6 and nowhere else."""
    scenario = one_blow()
    found = discover(by_rule(scenario), uncertain(scenario), 400)
    (bound,) = found.bounds
    assert (TIE, "<=") == (bound.path, bound.sign)
    assert 0.6 == pytest.approx(bound.value, abs=0.01)
    assert found.stands
    assert found.inside.share > 0.97
    assert found.outside.share < 0.03
    assert found.covers.share > 0.97


def test_it_is_measured_on_worlds_it_was_not_found_on():
    """Every other world."""
    found = discover(by_rule(one_blow()), uncertain(one_blow()), 120)
    assert 60 == found.base.n
    assert 60 == found.inside.n + found.outside.n
    assert [False, True] * 60 == list(found.table["measuring"])


def test_chance_is_not_sold_as_a_region():
    """Where no number has a part in it, what was found on one half does not hold on the other."""
    scenario = one_blow()
    mine = trials(scenario)
    mine._evaluate = lambda block: (np.sin(block.worlds * 12.9898) * 43758.5453 % 1 < 0.3).astype(float)
    assert not discover(mine, uncertain(scenario), 400).stands


def test_a_mean_needs_a_number_to_be_held_against():
    """Then it is a share like any other."""
    scenario = one_blow()
    want = read_want("commitment(anna.bert) < 0.2", observables_of(scenario))
    with pytest.raises(ExperimentError, match="no share of worlds"):
        discover(trials(scenario, want.observable.name), uncertain(scenario), 100)
    found = discover(trials(scenario, want.observable.name), uncertain(scenario), 200, want)
    assert TIE == found.bounds[0].path
    assert 0.5 == pytest.approx(found.bounds[0].value, abs=0.02)


def test_too_few_cases_teach_nothing():
    """It is said how many there are."""
    scenario = one_blow("events.blow.chance=0.02")
    with pytest.raises(ExperimentError, match="too few to learn"):
        discover(trials(scenario), uncertain(scenario), 60)


def test_the_irrelevant_number_has_no_part_in_it():
    """Nor in the table of what may be drawn."""
    found = discover(by_rule(one_blow()), uncertain(one_blow()), 120)
    assert POWER not in found.table
    assert found.as_json()["stands"]
