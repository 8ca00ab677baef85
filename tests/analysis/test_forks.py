"""Many futures from a fork: one past, fresh luck, the same for both courses."""

import pytest
from small_games import game, small

from wedge.engine.analysis.forks import many_futures
from wedge.engine.analysis.notation import read_moves
from wedge.engine.simulation.forcing import BRANCH, Forced
from wedge.engine.simulation.traced import play

SIDES = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.7}}
TIES = {("crane", "anvil"): {"commitment": 0.4}}
INSULT = {"at": "2030-01-22", "chance": 0.5, "effects": [{"shock": {"from": "crane", "to": "anvil"}, "by": -0.2}]}


def brittle():
    """A tie that an event may break in the fourth of eight rounds, and chance before or after."""
    strain = {"noise": 0.005, "daylight": 0.0, "repair": 0.0}
    return game(small(SIDES, TIES, rounds=8, strain=strain, events={"insult": INSULT}))


def of(found, observable):
    """One row of the shares."""
    return found.shares.set_index("observable").loc[observable]


def futures(text="", n=2, count=60):
    """Futures of a world from round ``n`` on, beside those with a change."""
    course = read_moves(brittle(), "")
    return many_futures(course, read_moves(brittle(), text) if text else None, 1, 0, n, count)


def test_a_future_is_the_run_with_that_branch():
    """Counted one by one by the traced driver."""
    broke = [play(brittle(), 1, 0, [Forced(2, BRANCH, value=b)]).world.alliance[0, 0, 0] >= 0 for b in range(1, 61)]
    assert sum(broke) / 60 == of(futures(), "alliances.pact.fractured")["share_was"]
    assert 0 < sum(broke) < 60


def test_both_courses_have_the_same_luck():
    """What only the change decides differs, and nothing else: without the event no future breaks that held with it."""
    row = of(futures("+3.without.insult"), "alliances.pact.fractured")
    assert 0 == row["only_changed"]
    assert row["only_was"] > 10
    assert row["high"] < 0
    assert row["share_changed"] - row["share_was"] == pytest.approx(row["difference"])


def test_a_change_that_changes_nothing_makes_no_difference():
    """An event left out after its day."""
    found = futures("+7.without.insult")
    assert (found.shares["difference"] == 0).all()
    assert (found.means["difference"] == 0).all()


def test_without_a_change_the_futures_of_the_world_are_counted():
    """One column, with its interval."""
    found = futures()
    assert "share_changed" not in found.shares
    assert (
        (found.shares["low_was"] <= found.shares["share_was"]) & (found.shares["share_was"] <= found.shares["high_was"])
    ).all()


def test_late_forks_leave_less_to_luck():
    """Once the day of the event is past, its chance has been taken."""
    early, late = (of(futures(n=n), "alliances.pact.fractured")["share_was"] for n in (2, 7))
    assert late in (0.0, 1.0)
    assert 0 < early < 1


def test_what_changes_before_the_fork_is_refused():
    """The past is shared."""
    with pytest.raises(ValueError, match="before round 4"):
        futures("+2.without.insult", n=4)
