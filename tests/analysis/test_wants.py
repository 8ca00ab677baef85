"""What is wanted, in a small language that is read by hand."""

import pytest
from blows import one_blow

from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import SHORT, default_observable, observable_named, read_want, short_forms
from wedge.engine.experiment import ExperimentError
from wedge.engine.scenario import load


@pytest.fixture(scope="module")
def known():
    """What is observed in the Alaska talks."""
    return observables_of(load("alaska_2025/territory_first"))


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("fracture(western)", "alliances.western.fractured"),
        ("fracture(united_states.ukraine)", "ties.united_states.ukraine.fractured"),
        (" withheld( united_states.ukraine )", "ties.united_states.ukraine.withheld"),
        ("settled(territory)", "stages.territory.settled"),
        ("settled(donbas)", "issues.donbas.settled"),
        ("settled(talks)", "talks.settled"),
        ("level(donbas)", "issues.donbas.level"),
        ("payoff(ukraine)", "states.ukraine.payoff"),
        ("talks.days", "talks.days"),
    ],
)
def test_short_forms_stand_for_observables(known, short, name):
    """A tie, an alliance, a stage or an issue, whichever there is."""
    assert name == observable_named(short, known).name


def test_every_word_means_something(known):
    """No short form stands for what is never observed."""
    assert [] == [word for word in SHORT if not short_forms(known, word)]


def test_a_want_is_an_observable_a_side_and_a_number(known):
    """Per cent are shares."""
    want = read_want("fracture(western) < 10 %", known)
    assert ("alliances.western.fractured", "<", 0.1) == (want.observable.name, want.sign, want.value)
    assert [True, False] == [want.met(0.09), want.met(0.1)]
    assert [False, True] == [read_want("talks.days>=1e2", known).met(value) for value in (99.0, 100.0)]


@pytest.mark.parametrize(
    ("text", "said", "cure"),
    [
        ("fracture(western)", "no < or >", "fracture(western) < 0.1"),
        ("fracture(western) = 0.1", "hardly ever equal", "< 0.1"),
        ("< 0.1", "no observable before <", ""),
        ("fracture(western) < many", "'many' is not a number", ""),
        ("fracture(western) < __import__('os')", "is not a number", ""),
        ("fracture(western) < e", "is not a number", ""),
        ("fracture(western) < nan", "is not a number", ""),
        ("fracture(western) < 10", "not between 0 and 1", "10 %"),
        ("fracture(westren) < 0.1", "nothing is observed under fracture(westren)", "fracture(western)"),
        ("fractures(western) < 0.1", "no short form 'fractures'", "fracture(western)"),
        ("fracture(western < 0.1", "cannot read 'fracture(western'", "a word and one name"),
        ("fracture() < 0.1", "cannot read 'fracture()'", "a word and one name"),
        ("alliances.western.fracturd < 0.1", "no observable", "alliances.western.fractured"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_cure(known, text, said, cure):
    """Nothing is guessed and nothing is evaluated."""
    with pytest.raises(ExperimentError) as refused:
        read_want(text, known)
    assert said in refused.value.message
    assert cure in refused.value.help


def test_the_first_alliance_is_looked_at_unless_told_otherwise(known):
    """Where there is none, settling is."""
    assert "alliances.western.fractured" == default_observable(known).name
    without = {name: one for name, one in observables_of(one_blow()).items() if not name.startswith("alliances.")}
    assert "talks.settled" == default_observable(without).name
