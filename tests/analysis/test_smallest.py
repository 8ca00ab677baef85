"""The smallest cause of a fracture, in games built so that it is known."""

import numpy as np
import pytest
from small_games import Played, game, small

from wedge.engine.analysis.changes import CONSENT, CONSULTATION, EVENT, PROPOSAL, REFUSAL, Change, changes_of, named
from wedge.engine.analysis.smallest import fractured, promising, smallest_cause
from wedge.engine.model.words import ACCEPT, CONSULT, PASS, REJECT
from wedge.engine.model.world import END_ROUND
from wedge.engine.simulation.forcing import FORCE_MOVE, FORCE_STANCE, Forced
from wedge.engine.simulation.variants import play_past

CALM = {"daylight": 0.0, "abandonment": 0.0, "rally": 0.0, "end_blame": 0.0}
FAR_APART = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}
TIE = {("bell", "anvil"): {"commitment": 0.6}}

ONCE = """
from wedge.agents.seat import Policy

class Once(Policy):
    asked = 0

    def answer(self, table):
        self.asked += 1
        return "refuse" if self.asked == 1 else "consent"
"""


def insult(day, by=-0.4):
    """An event that costs bell's tie to anvil so much."""
    return {"at": f"2030-01-{day:02d}", "effects": [{"shock": {"from": "bell", "to": "anvil"}, "by": by}]}


def calm(**events):
    """Two allies whose tie nothing but events can strain; a round is a week."""
    return small(FAR_APART, TIE, rounds=6, strain=CALM, events=events)


def cause_in(tree, pairs=300, **world):
    """What broke the alliance, and the scenario's names."""
    past = play_past(game(tree), world.get("seed", 1), world.get("world", 0))
    assert [0] == fractured(past)
    return smallest_cause(past, 0, pairs), past.scenario.names


def told(changes, names):
    """Round, kind and whose, for each change of a set."""
    rows = [named(change, names) for change in changes]
    return [(row["round"], row["kind"], row["state"] or row["event"]) for row in rows]


class TestSingles:
    """One move or event less."""

    def test_the_event_that_broke_the_tie_is_the_cause(self):
        """It alone is: no answer could have made up for it."""
        cause, names = cause_in(calm(insult=insult(15)))
        assert 1 == cause.size
        assert [[(2, EVENT, "insult")]] == [told(changes, names) for changes in cause.sets]
        assert (2, 2, 2) == (cause.round, cause.first, cause.last)

    def test_of_two_events_that_were_needed_together_each_is_a_cause(self):
        """Without either the other is not enough; the later one is the last chance."""
        cause, names = cause_in(calm(first=insult(8, -0.2), second=insult(22, -0.2)))
        assert [[(1, EVENT, "first")], [(3, EVENT, "second")]] == [told(changes, names) for changes in cause.sets]
        assert (1, 3) == (cause.first, cause.last)
        assert [(3, EVENT, "second")] == told(cause.pivotal, names)

    def test_a_refusal_whose_daylight_broke_the_tie_is_a_cause_and_so_is_the_offer(self):
        """Of one round of talks in which the ally's offer is refused: the offer, or the refusal, taken out."""
        tree = small(FAR_APART, TIE, rounds=1, strain={**CALM, "daylight": 20.0})
        tree["agenda"][0]["floor"] = {"rotation": ["bell"]}
        tree["states"]["bell"]["policy"] = "stall"
        assert {"anvil": "reject", "bell": "accept"} == Played(game(tree)).stances(0)
        cause, names = cause_in(tree)
        assert [[(0, PROPOSAL, "bell")], [(0, REFUSAL, "anvil")]] == [told(changes, names) for changes in cause.sets]

    def test_an_allys_consent_to_what_another_refuses_is_a_cause(self):
        """Had it refused as well there would have been no daylight between them."""
        sides = {**FAR_APART, "crane": {"land": 1.0}}
        tree = small(sides, TIE, rounds=1, strain={**CALM, "daylight": 20.0})
        tree["agenda"][0]["floor"] = {"rotation": ["crane"]}
        tree["states"]["crane"]["policy"] = "stall"
        cause, names = cause_in(tree)
        wanted = [(0, PROPOSAL, "crane"), (0, CONSENT, "bell"), (0, REFUSAL, "anvil")]
        assert sorted(wanted) == sorted(told(changes, names)[0] for changes in cause.sets)

    def test_a_consent_past_a_red_line_is_no_cause(self):
        """It would have saved the tie, but its state could not have given it."""
        far = {"anvil": {"land": {"ideal": 0.0, "red_line": 0.6}}, "bell": {"land": 1.0}}
        tree = small(far, TIE, rounds=1, strain={**CALM, "daylight": 20.0}, assumptions={"red_lines_known": 0})
        tree["agenda"][0]["floor"] = {"rotation": ["bell"]}
        tree["states"]["bell"]["policy"] = "stall"
        cause, names = cause_in(tree)
        assert [(0, REFUSAL, "anvil")] == told(cause.against_red_lines, names)
        assert [[(0, PROPOSAL, "bell")]] == [told(changes, names) for changes in cause.sets]

    def test_a_cause_saves_in_a_whole_run_too(self):
        """Played by the traced driver, from the opening."""
        tree = calm(insult=insult(15))
        cause, _ = cause_in(tree)
        assert -1 == Played(game(tree), cause.sets[0][0].forced).run.world.alliance[0, 0, 0]

    def test_policies_from_outside_are_asked_in_every_counterfactual(self, tmp_path):
        """Here one that remembers, and refuses the first offer it hears alone: without its refusal the tie holds."""
        tree = small(FAR_APART, TIE, rounds=2, strain={**CALM, "daylight": 20.0})
        tree["agenda"][0]["floor"] = {"rotation": ["bell"]}
        tree["states"]["bell"]["policy"] = "stall"
        tree["states"]["anvil"]["policy"] = {"file": "once.py", "name": "Once"}
        (tmp_path / "once.py").write_text(ONCE, encoding="utf-8")
        past = play_past(game(tree, folder=tmp_path), 1, 0)
        cause, names = smallest_cause(past, 0), past.scenario.names
        assert [[(0, REFUSAL, "anvil")]] == [told(changes, names) for changes in cause.sets]


class TestPairs:
    """Where no single change is enough."""

    def test_two_events_each_enough_alone_must_both_be_taken_out(self):
        """Any one of them would still have broken the tie."""
        cause, names = cause_in(calm(first=insult(8), second=insult(8), third=insult(29, -0.05)))
        assert 2 == cause.size
        assert [[(1, EVENT, "first"), (1, EVENT, "second")]] == [told(changes, names) for changes in cause.sets]
        assert not cause.cut

    def test_an_event_that_came_after_the_fracture_may_be_the_second(self):
        """It would have broken the tie had the first not done so; the last chance is still before the fracture."""
        cause, names = cause_in(calm(first=insult(8), second=insult(29)))
        assert [[(1, EVENT, "first"), (4, EVENT, "second")]] == [told(changes, names) for changes in cause.sets]
        assert (1, 1, 1) == (cause.round, cause.first, cause.last)

    def test_the_search_can_be_cut_and_says_so(self):
        """With a budget of none, no pair is tried."""
        cause, _ = cause_in(calm(first=insult(8), second=insult(8)), pairs=0)
        assert (0, 0, True) == (cause.size, cause.pairs, cause.cut)
        assert cause.of_pairs > 0

    def test_two_refusals_of_one_offer_are_tried_first(self):
        """Together they would have made a deal; after them come the pairs that strengthen the tie most."""
        kinds = (PROPOSAL, REFUSAL, REFUSAL, EVENT)
        changes = [Change(0, kind, i, -1, 0, 0, Forced(0, FORCE_STANCE)) for i, kind in enumerate(kinds)]
        ranked = promising(changes, [], np.array([0.2, 0.1, 0.1, 0.3]))
        assert [(1, 2), (0, 3)] == [tuple(change.state for change in pair) for pair in ranked[:2]]
        assert 6 == len(ranked)


class TestChanges:
    """What can be taken out of a run."""

    def test_every_answer_can_be_turned_round(self):
        """Consent into refusal, refusal into acceptance."""
        past = play_past(game(calm(insult=insult(15))), 1, 0)
        for change in changes_of(past, 5):
            if change.kind in (CONSENT, REFUSAL):
                wanted = REJECT if change.kind == CONSENT else ACCEPT
                assert Forced(change.round, FORCE_STANCE, change.state, value=float(wanted)) == change.forced

    def test_a_consultation_can_be_left_out(self):
        """The floor is passed instead; nobody answers in such a round."""
        past = play_past(game(calm()), 1, 0, [Forced(1, FORCE_MOVE, what=0, value=CONSULT)])
        changes = [change for change in changes_of(past, 5) if change.round == 1]
        assert [(CONSULTATION, Forced(1, FORCE_MOVE, value=PASS))] == [(one.kind, one.forced) for one in changes]

    def test_nothing_after_the_talks_have_ended_is_a_move(self):
        """The world goes on to the horizon, but nobody is asked any more."""
        tree = small({"anvil": {"land": 1.0}, "bell": {"land": 1.0}}, TIE, rounds=6, strain=CALM)
        past = play_past(game(tree), 1, 0)
        assert int(past.w.lane[END_ROUND, -1]) == max(change.round for change in changes_of(past, 5)) < 5

    @pytest.mark.parametrize("day", [1, 15, 29])
    def test_an_event_is_taken_out_in_the_round_in_which_it_came(self, day):
        """Not earlier, so that the past stands."""
        changes = changes_of(play_past(game(calm(insult=insult(day))), 1, 0), 5)
        assert [(day - 1) // 7] == [change.round for change in changes if change.kind == EVENT]
