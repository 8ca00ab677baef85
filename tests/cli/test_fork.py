"""``wedge fork``: a world played on from a round with something changed."""

from collections.abc import Callable
from typing import Any

import pytest

Wedge = Callable[..., Any]
WORLD = "tutorial/first_steps@7:3"


def test_both_futures_are_told_side_by_side(wedge: Wedge) -> None:
    """What differs first, how each ends, and a code for the changed one that can be told whole."""
    said = wedge("fork", WORLD, "--round", 4, "--force", "pass")
    assert said.code == 0
    assert "What differs first\nRound 4" in said.out
    assert "passes." in said.out
    assert "As it was:" in said.out
    assert f"next: wedge explain {WORLD}+4.pass" in said.err


def test_the_code_of_a_fork_can_be_told_and_forked_again(wedge: Wedge) -> None:
    """It is the same course, and the moves of both are in the next code."""
    told = wedge("explain", f"{WORLD}+4.pass")
    assert told.code == 0
    assert f"Run {WORLD}+4.pass." in told.out
    again = wedge("fork", f"{WORLD}+4.pass", "--round", 6, "--without", "harvest_fails")
    assert f"{WORLD}+4.pass+6.without.harvest_fails" in again.err


def test_values_and_policies_can_change_halfway(wedge: Wedge) -> None:
    """Each as an option, all in the code."""
    said = wedge(
        "fork", WORLD, "--round", 5, "--set", "states.client.war_cost=0.4", "--policy", "client=firm", "--json"
    )
    data = said.data
    assert ["states.client.war_cost=0.4", "policy client=firm"] == data["changed"]
    code = data["courses"]["changed"]["code"]
    assert "+5.set.states.client.war_cost=0.4+5.policy.client=firm" in code
    assert wedge("explain", code).code == 0


def test_futures_are_counted_for_both_courses(wedge: Wedge) -> None:
    """With intervals and a paired difference."""
    data = wedge("fork", WORLD, "--round", 5, "--policy", "client=firm", "--futures", 20, "--json").data
    row = next(row for row in data["shares"] if row["observable"] == "alliances.pact.fractured")
    assert {"share_was", "low_was", "high_was", "share_changed", "only_was", "difference", "low", "high"} <= row.keys()
    assert row["n"] == 20
    told = wedge("fork", WORLD, "--round", 5, "--futures", 20)
    assert told.code == 0
    assert "of 20 futures" in told.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((WORLD, "--round", 99, "--force", "pass"), "rounds go from 1 to 20"),
        ((WORLD, "--round", 0, "--force", "pass"), "must be a whole number, 1 or more"),
        ((WORLD, "--round", 3), "nothing changes"),
        ((WORLD, "--round", 3, "--force", "clint=accept"), "did you mean 'client'?"),
        ((WORLD, "--round", 3, "--without", "harvest_fail"), "did you mean 'harvest_fails'?"),
        ((WORLD, "--round", 3, "--set", "states.client.powr=1"), "did you mean 'states.client.power'?"),
        ((WORLD, "--round", 3, "--policy", "client=frm"), "did you mean 'firm'?"),
        ((WORLD, "--round", 3, "--force", "pass", "--world", 2), "the code says seed and world already"),
        (("first_stepz", "--round", 3, "--force", "pass"), "there is no scenario"),
        ((f"{WORLD}+3.pas", "--round", 4, "--force", "pass"), "did you mean 'pass'?"),
    ],
)
def test_what_cannot_be_is_refused(wedge: Wedge, words: tuple[object, ...], reason: str) -> None:
    """With a sentence and a cure, and exit code 2."""
    said = wedge("fork", *words)
    assert said.code == 2
    assert reason in said.err
    assert said.out == ""


def test_an_answer_that_could_not_be_given_is_noted(wedge: Wedge) -> None:
    """The course is played all the same."""
    said = wedge("fork", WORLD, "--round", 3, "--force", "pass", "--force", "client=accept")
    assert said.code == 0
    assert "note: The client" in said.err or "note: Client" in said.err
