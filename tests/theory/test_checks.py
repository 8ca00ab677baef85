"""What was published and what follows in closed form, played and modelled by Wedge."""

import json

import pytest

from wedge.engine.theory.catalogue import CHECKS, TheoryError, check_named, numbers_given
from wedge.engine.theory.checks.check import Case, Check, How, Parameter, Row


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_what_is_known_is_found(check):
    """Every comparison of every check, each to its own tolerance."""
    rows = check.run(How(worlds=2_000))
    assert rows
    assert [] == [row for row in rows if not row.passed]
    assert rows == [Row(**{key: one[key] for key in Row._fields}) for one in as_data(rows)]


def as_data(rows):
    """The rows as they come back from JSON."""
    return json.loads(json.dumps([row.as_json() for row in rows], allow_nan=False))


OTHERS = {
    "stahl": {"d1": 0.7, "d2": 0.6, "rounds": 5},
    "sequencing": {"v1": 0.7, "v2": 1.3, "survives": 0.65, "d": 0.95},
    "landscape": {"syria": 33},
    "concession": {"e1": 2, "e2": 3, "r1": 0.1, "r2": 0.2},
    "risk-return": {"p": 0.45, "ca": 0.07, "low": 0.05, "high": 0.3},
    "rubinstein": {"d1": 0.7, "d2": 0.85},
    "baron-ferejohn": {"n": 4, "q": 3, "d": 0.75},
    "solutions": {"a": 0.6},
    "powell": {"p": 0.7, "ca": 0.08, "cb": 0.12, "d": 0.92},
    "audience": {"p": 0.35, "a": 0.1, "c2": 0.9},
}


@pytest.mark.parametrize(("name", "numbers"), OTHERS.items(), ids=list(OTHERS))
def test_a_check_is_a_function_of_its_parameters(name, numbers):
    """With numbers that no table prints, play agrees with the closed form; and they are played, not the table's."""
    rows = check_named(name).run(How(worlds=2_000), numbers)
    assert rows
    assert [] == [row for row in rows if not row.passed]
    assert all(f"{value:g}" in rows[0].case for value in numbers.values())


def test_only_the_model_of_group_decision_has_no_other_numbers():
    """Every other check takes parameters and is tried with others than the table's."""
    assert {check.name for check in CHECKS} - OTHERS.keys() == {"group-decision"}


class TestRows:
    """Comparing."""

    def test_an_error_beyond_what_is_allowed_fails(self):
        """And one within it passes; words must be the same."""
        assert [True, False] == [Row("", "", 1.0, found, 0.1).passed for found in (1.05, 1.2)]
        assert [True, False] == [Row("", "", "war", found, 0.0).passed for found in ("war", "peace")]

    def test_what_is_printed_is_held_to_its_digits(self):
        """A closed form that a table does not print fails against the table."""
        right, wrong = (
            Check("", "", "", "", lambda numbers, how: iter([Row("", "x", 1 / 3, 1 / 3, 1e-9)]), table=(case,)).run(
                How()
            )
            for case in (Case({}, {"x": 0.333333}), Case({}, {"x": 0.333334}))
        )
        assert [True, True] == [row.passed for row in right]
        assert [True, False] == [row.passed for row in wrong]


CHECK = Check("x", "", "", "", lambda numbers, how: iter(()), {"d": Parameter(0.5, 0, 1, "a share"), "n": Parameter(3, 1, 9, "members", whole=True)})  # fmt: skip


class TestNumbersGiven:
    """Parameters on the command line."""

    def test_take_the_place_of_the_defaults(self):
        """The others stay."""
        assert {"d": 0.25, "n": 3} == CHECK.numbers(numbers_given(CHECK, ["d=0.25"]))

    @pytest.mark.parametrize(
        ("texts", "said"),
        [
            (["d"], "not a parameter with its value"),
            (["e=1"], "takes no 'e'"),
            (["d=high"], "will not do for d"),
            (["d=nan"], "will not do for d"),
            (["d=1.5"], "will not do for d"),
            (["n=2.5"], "will not do for n"),
            (["d=0.1", "d=0.2"], "given twice"),
        ],
    )
    def test_that_will_not_do_are_refused_with_a_cure(self, texts, said):
        """Each mistake with what would help."""
        with pytest.raises(TheoryError, match=said) as refused:
            numbers_given(CHECK, texts)
        assert refused.value.help

    @pytest.mark.parametrize(
        ("name", "texts"),
        [
            ("baron-ferejohn", ["n=3", "q=4"]),
            ("baron-ferejohn", ["veto=1", "n=5"]),
            ("risk-return", ["low=0.4", "high=0.3"]),
            ("audience", ["c2=0.1"]),
            ("audience", ["a=0.6"]),
            ("powell", ["p=0.1"]),
        ],
    )
    def test_that_make_no_game_are_refused(self, name, texts):
        """Where the closed form does not hold there is nothing to compare."""
        with pytest.raises(TheoryError):
            numbers_given(check_named(name), texts)
