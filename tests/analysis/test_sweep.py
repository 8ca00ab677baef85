"""A sweep: an observable over one number or two, in the same worlds."""

import pytest
from blows import BREAKS, POWER, TIE, one_blow, trials

from wedge.engine.analysis.sweep import read_axis, sweep
from wedge.engine.experiment import ExperimentError


def swept(*axes, worlds=20):
    """The points of a sweep."""
    scenario = one_blow()
    return sweep(trials(scenario), [read_axis(scenario, axis) for axis in axes], worlds)


def test_the_outcome_turns_where_it_must():
    """At a commitment of 0.6."""
    assert [1, 1, 0, 0, 0] == list(swept(f"{TIE}=0.4:0.8:5").points["value"])


def test_it_is_the_same_everywhere_where_the_number_does_not_matter():
    """The worlds are the same, so it is not only nearly so."""
    found = swept(f"{POWER}=1,1.5,2").points
    assert 1 == found["value"].nunique()
    assert [0, 0, 0] == list(found["difference"])


def test_two_numbers_are_crossed():
    """It breaks where the commitment less 0.3 is below the threshold."""
    points = swept(f"{TIE}=0.45,0.55", f"{BREAKS}=0.2,0.3", worlds=5).points
    found = {(row[TIE], row[BREAKS]): row["value"] for row in points.to_dict("records")}
    assert {(0.45, 0.2): 1, (0.55, 0.2): 0, (0.45, 0.3): 1, (0.55, 0.3): 1} == found


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ((TIE,), "cannot read"),
        ((f"{TIE}=0.4:0.8",), "cannot read"),
        ((f"{TIE}=0.4:0.8:1",), "no number of points"),
        ((f"{TIE}=0.8:0.4:3",), "runs from 0.8 to 0.4"),
        ((f"{TIE}=0.4,much",), "'much' is not a number"),
        ((f"{TIE}=0.4,nan",), "'nan' is not a number"),
        ((f"{TIE}=0.4,1.4",), "cannot be 1.4"),
        ((f"{TIE}=0.4,0.5", f"{TIE}=0.4,0.5"), "varied twice"),
        ((f"{TIE}=0.4,0.5", f"{POWER}=1,2", f"{BREAKS}=0.2,0.3"), "one number or two, not 3"),
        ((f"{TIE}=0:1:1000", f"{POWER}=1:2:1000"), "too many"),
    ],
)
def test_what_cannot_be_swept_is_refused(axes, said):
    """Before anything is played."""
    with pytest.raises(ExperimentError, match=said):
        swept(*axes)
