"""Conditions on the world: truth tables, what each kind looks at, and where a threshold lies."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, game, small

from wedge.engine.model import world as f
from wedge.engine.model.conditions import belief, holds
from wedge.engine.model.words import DONE, SETTLED

EVENTS = tuple(f"event_{n}" for n in range(4))
IDEALS = {"patron": {"land": 0.5}, "client": {"land": 0.0}, "rival": {"land": 1.0}}
TIES = {("patron", "client"): {"commitment": 0.6}, ("client", "patron"): {}}


def board(condition: Any) -> Board:
    """A board with four things that may happen and one event that waits for a condition."""
    events = {name: {"at": "2039-01-01"} for name in EVENTS} | {"waits": {"when": condition}}
    return Board(game(small(IDEALS, TIES, war="land", events=events)))


def is_met(b: Board, n: int = 0) -> bool:
    """Whether the condition holds in round n."""
    e = b.names.events.index("waits")
    return bool(holds(*b.all, b.s.event_when[e, 0], b.s.event_when[e, 1], n, 0))


def expressions() -> st.SearchStrategy[Any]:
    """Conditions made of all, any and not over four events."""
    leaf = st.sampled_from(EVENTS).map(lambda name: {"event": name})

    def wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        parts = st.lists(inner, min_size=1, max_size=4)
        return st.one_of(
            parts.map(lambda found: {"all": found}),
            parts.map(lambda found: {"any": found}),
            inner.map(lambda found: {"not": found}),
        )

    return st.recursive(leaf, wider, max_leaves=20)


def true(condition: Any, facts: dict[str, bool]) -> bool:
    """The same condition as Python would read it."""
    if "event" in condition:
        return facts[condition["event"]]
    if "not" in condition:
        return not true(condition["not"], facts)
    together = all if "all" in condition else any
    return together(true(part, facts) for part in next(iter(condition.values())))


class TestLogic:
    """All, any and not."""

    @given(expressions(), st.lists(st.booleans(), min_size=4, max_size=4))
    def test_mean_what_they_mean_in_python(self, condition, happened):
        """However they are nested."""
        b = board(condition)
        facts = dict(zip(EVENTS, happened, strict=True))
        for name, yes in facts.items():
            b.w.event[f.EVENT_TIMES, b.names.events.index(name), 0] = float(yes)
        assert true(condition, facts) == is_met(b)

    def test_no_condition_holds_always(self):
        """A stage without possible_when is possible."""
        b = board({"event": "event_0"})
        assert holds(*b.all, -1, -1, 0, 0)


class TestWhatIsLookedAt:
    """Each kind of row."""

    @pytest.mark.parametrize(
        ("condition", "change"),
        [
            ({"settled": "talks"}, lambda b: b.w.stage.__setitem__((f.STANDING, 0, 0), DONE)),
            ({"withheld": {"from": "patron", "to": "client"}}, lambda b: b.put_tie(f.HELD_BACK, "patron", "client", 1.0)),
            ({"withheld": {"from": "patron", "to": "client"}}, lambda b: b.put_tie(f.SUSPENDED, "patron", "client", 1.0)),
            ({"fractured": {"from": "patron", "to": "client"}}, lambda b: b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)),
            ({"walked_out": "rival"}, lambda b: b.put(f.GONE, rival=1.0)),
            ({"fighting": False}, lambda b: b.w.lane.__setitem__((f.FIGHTING_NOW, 0), 0.0)),
            ({"not": {"fighting": True}}, lambda b: b.w.lane.__setitem__((f.FIGHTING_NOW, 0), 0.0)),
            ({"talks_over": True}, lambda b: b.w.lane.__setitem__((f.TALKS, 0), SETTLED)),
            ({"not": {"talks_over": False}}, lambda b: b.w.lane.__setitem__((f.TALKS, 0), SETTLED)),
            ({"weariness": "client", "above": 0.5}, lambda b: b.put(f.WEARINESS_NOW, client=0.5)),
            ({"refusals": "client", "above": 3}, lambda b: b.put(f.REJECTED, client=3.0)),
            ({"commitment": {"from": "patron", "to": "client"}, "below": 0.5}, lambda b: b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.49)),
            ({"belief": {"of": "client", "in": "rival"}, "below": 0.4}, lambda b: b.put_tie(f.OCCASIONS, "client", "rival", 2.0)),
        ],
    )  # fmt: skip
    def test_holds_once_it_is_so_and_not_before(self, condition, change):
        """Nothing else has changed."""
        b = board(condition)
        before = is_met(b)
        change(b)
        assert [False, True] == [before, is_met(b)]

    def test_support_of_a_fractured_tie_is_not_merely_withheld(self):
        """It is gone for good, which is another condition."""
        b = board({"withheld": {"from": "patron", "to": "client"}})
        b.put_tie(f.HELD_BACK, "patron", "client", 1.0)
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)
        assert not is_met(b)

    def test_the_level_of_an_issue_is_the_status_quo_until_it_is_settled(self):
        """Then it is what was agreed."""
        b = board({"level": "land", "above": 0.4})
        b.w.issue[f.LEVEL_NOW, 0, 0] = 0.9
        before = is_met(b)
        b.w.issue[f.IS_SETTLED, 0, 0] = 1.0
        assert [False, True] == [before, is_met(b)]

    @pytest.mark.parametrize(
        ("condition", "first"),
        [({"round": {"above": 3}}, 3), ({"date": {"from": "2030-01-15"}}, 2), ({"date": {"from": "2030-01-16"}}, 3)],
    )
    def test_rounds_and_days_come_and_go(self, condition, first):
        """From that round on, or from the first round that begins on or after that day."""
        b = board(condition)
        assert first == next(n for n in range(10) if is_met(b, n))

    @pytest.mark.parametrize("condition", [{"round": {"below": 3}}, {"date": {"before": "2030-01-22"}}])
    def test_below_is_strictly_below(self, condition):
        """In rounds 0, 1 and 2; the third round begins on 22 January."""
        b = board(condition)
        assert [True, True, True, False, False] == [is_met(b, n) for n in range(5)]

    def test_above_is_at_or_above(self):
        """A threshold is met where it is reached."""
        b = board({"commitment": {"from": "patron", "to": "client"}, "above": 0.6})
        assert is_met(b)

    def test_a_threshold_may_be_uncertain(self):
        """Then each world has its own, and the condition holds in some of them."""
        tree = small(IDEALS, TIES, events={"waits": {"when": {"round": {"above": {"uniform": [0, 10]}}}}})
        scenario = game(tree)
        met = [is_met(Board(scenario, world=world), 5) for world in range(40)]
        assert {True, False} == set(met)


class TestBelief:
    """Belief in an adversary's sincerity."""

    def test_starts_at_the_share_of_good_occasions_it_begins_with(self):
        """Two good and two bad: a half; one more good of one more: three fifths."""
        assert [0.5, 0.6, 0.4] == [belief(2.0, 2.0, good, seen) for good, seen in ((0, 0), (1, 1), (0, 1))]

    @given(st.floats(0, 10), st.floats(0, 10), st.integers(0, 50), st.data())
    def test_never_leaves_0_to_1(self, a, b, occasions, data):
        """Not even for who began without any."""
        good = data.draw(st.integers(0, occasions))
        assert 0.0 <= belief(a, b, float(good), float(occasions)) <= 1.0 + 1e-12

    @given(st.floats(0.5, 10), st.floats(0.5, 10), st.integers(1, 30), st.data())
    def test_good_occasions_raise_it_and_bad_ones_lower_it(self, a, b, occasions, data):
        """Strictly, so that it does not saturate."""
        good = data.draw(st.integers(0, occasions))
        now = belief(a, b, good, occasions)
        assert belief(a, b, good, occasions + 1) < now < belief(a, b, good + 1, occasions + 1)
