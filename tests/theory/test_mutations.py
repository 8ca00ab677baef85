"""Errors planted in the rules are seen: the checks are not true whatever the engine does."""

import pytest

from wedge.engine.model.words import RANDOM_FLOOR
from wedge.engine.simulation.phases import days, floor, leaving, settling
from wedge.engine.theory.catalogue import CHECKS
from wedge.engine.theory.checks.check import Check, How
from wedge.engine.theory.lookahead.junctures import NotSolved

PLAYED = (
    "stahl",
    "sequencing",
    "rubinstein",
    "baron-ferejohn",
    "powell",
)  # by the rules as written, which can be patched
HOW = How(worlds=0, whole=False)


def failing() -> set[str]:
    """The checks in which some comparison fails, or whose game cannot be solved any more."""
    return {check.name for check in CHECKS if check.name in PLAYED and fails(check)}


def fails(check: Check) -> bool:
    """Whether it does."""
    try:
        return not all(row.passed for row in check.run(HOW))
    except NotSolved:
        return True


def test_nothing_fails_where_nothing_is_planted():
    """Or the tests below would show nothing."""
    assert set() == failing()


def test_an_off_by_one_in_the_turn_order_is_seen(monkeypatch):
    """Whoever comes next has the floor."""
    right = floor.floor_holder

    def wrong(s, w, g, n, lane):
        return right(s, w, g, n if s.floor_kind[g] == RANDOM_FLOOR else n + 1, lane)

    monkeypatch.setattr(floor, "floor_holder", wrong)
    assert {"stahl", "sequencing", "rubinstein", "powell"} <= failing()


@pytest.mark.parametrize("late", [1, -1], ids=["a round too late", "a round too early"])
def test_an_off_by_one_in_discounting_is_seen(monkeypatch, late):
    """Worth is discounted once too often, or once too seldom."""
    right = settling.discounted
    for module in (days, leaving, settling):
        monkeypatch.setattr(module, "discounted", lambda rate, n: right(rate, n + late))
    assert len(failing()) >= 3
