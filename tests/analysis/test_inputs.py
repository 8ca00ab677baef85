"""Which numbers vary, and by how much."""

import numpy as np
import pytest
from blows import BREAKS, POWER, TIE, one_blow

from wedge.engine.analysis.inputs import (
    chosen_inputs,
    drawn,
    place_of,
    quantile,
    ranges_of_judgements,
    uncertain,
    with_ranges,
)
from wedge.engine.experiment import ExperimentError
from wedge.engine.simulation.many import play_many


def test_numbers_with_distributions_vary():
    """And it is known which of them have a source."""
    assert {TIE: True, POWER: False} == {number.path: number.judgement for number in uncertain(one_blow())}


def test_judgements_get_a_range_within_their_bounds():
    """A fifth down and up; nought has no fifth."""
    ranges = ranges_of_judgements(one_blow("ties.anna.bert.dependence=0.9"))
    assert pytest.approx((0.24, 0.36)) == ranges[BREAKS]
    assert pytest.approx((0.72, 1.0)) == ranges["ties.anna.bert.dependence"]
    assert "strain.noise" not in ranges


def test_a_declared_range_is_drawn_evenly():
    """As if the file said so."""
    scenario, inputs = with_ranges(one_blow(), {BREAKS: (0.2, 0.4)})
    (number,) = [each for each in inputs if each.path == BREAKS]
    assert number.declared
    assert [0.2, 0.3, 0.4] == pytest.approx([quantile(scenario, number, share) for share in (0.0, 0.5, 1.0)])
    values = drawn(scenario, [number], 1, np.arange(50))
    assert 0.2 <= values.min() < values.max() <= 0.4


def test_drawn_values_are_those_the_worlds_are_played_with():
    """Number by number."""
    scenario = one_blow()
    inputs = play_many(scenario, 9, range(20)).tables["inputs"]
    values = drawn(scenario, uncertain(scenario), 9, np.arange(20))
    for k, number in enumerate(uncertain(scenario)):
        np.testing.assert_array_equal(inputs[number.path], values[:, k])


@pytest.mark.parametrize(
    ("act", "said", "cure"),
    [
        (lambda s: place_of(s, "states.bert.pover"), "no number 'states.bert.pover'", POWER),
        (lambda s: place_of(s, "ties.bert.anna.commitment"), "plays no part", ""),
        (lambda s: with_ranges(s, {BREAKS: (0.5, 0.4)}), "is no range", "lower end first"),
        (lambda s: with_ranges(s, {BREAKS: (0.5, 1.5)}), "leaves its bounds (0 to 1)", "within them"),
        (lambda s: chosen_inputs(uncertain(s), [BREAKS]), "does not vary", ""),
        (lambda s: chosen_inputs(uncertain(s), ["stakes.x"]), "does not vary", "--range"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_cure(act, said, cure):
    """In words."""
    with pytest.raises(ExperimentError) as refused:
        act(one_blow())
    assert said in refused.value.message
    assert cure in refused.value.help
