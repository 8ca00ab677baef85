"""The decision theories: each scalar at values one can work out by hand, and what it does in a small game."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, Played, game, small

from wedge.agents.theories import THEORIES
from wedge.engine.model import world as f
from wedge.engine.model.theories import (
    PROSPECT,
    QUANTAL,
    adapted,
    footing_of,
    framed,
    learn_to_aspire,
    returned,
    share_aspired,
    tilt_of,
    value_of,
)
from wedge.engine.model.words import REASONS
from wedge.engine.model.worth import worth_of_leaving
from wedge.engine.scenario import load
from wedge.engine.simulation.runs import Run
from wedge.engine.simulation.traced import play

SIDES = {"a": {"land": 0.0}, "b": {"land": 1.0}}
ALLIED = {**SIDES, "c": {"land": 0.2}}
TIES = {("a", "c"): {"commitment": 0.6}}
WORTH = st.floats(-1, 1)


def board(theory: Any) -> Board:
    """Two allies and a rival, all of whom decide by that theory."""
    return Board(game(small(ALLIED, TIES, decides=theory)))


class TestProspect:
    """Gains and losses from a reference point."""

    def test_literature_values_of_tversky_and_kahneman(self):
        """A gain and a loss of a half at 2.25 and .88; nothing at all counts for nothing."""
        found = [value_of(change, 2.25, 0.88) for change in (0.5, -0.5, 0.0, 1.0, -1.0)]
        assert found == pytest.approx([0.5**0.88, -2.25 * 0.5**0.88, 0.0, 1.0, -2.25])

    @given(WORTH, WORTH, WORTH)
    def test_without_aversion_and_without_diminishing_is_the_plain_difference(self, surplus, held, footing):
        """The quantal response is what is left of it."""
        assert surplus - held == pytest.approx(framed(surplus, held, footing, 1.0, 1.0), abs=1e-12)

    @given(WORTH, WORTH, WORTH, st.floats(1, 5), st.floats(0.3, 1))
    def test_prefers_what_is_worth_more(self, surplus, held, footing, aversion, diminishing):
        """An offer above the demand is never valued below it, nor the other way round."""
        found = framed(surplus, held, footing, aversion, diminishing)
        assert (found >= 0.0) if surplus >= held else (found <= 0.0)

    def test_weighs_the_same_shortfall_more_below_the_reference_point(self):
        """Losing .2 from the reference point against missing .2 of a gain."""
        assert framed(-0.2, 0.0, 0.0, 2.25, 1.0) == pytest.approx(-0.45)
        assert framed(0.0, 0.2, 0.0, 2.25, 1.0) == pytest.approx(-0.2)

    def test_refers_to_the_status_quo_going_on_for_good(self):
        """How much refusing is worth over that; under no other theory is it asked."""
        b = board("prospect")
        assert 0.7 - worth_of_leaving(*b.all, 0, 0, 1.0) == footing_of(*b.all, 0, 0, 1.0, 0.7)
        assert 0.0 == footing_of(*board("quantal").all, 0, 0, 1.0, 0.7)

    def test_tilts_by_what_the_difference_counts_for_beyond_itself(self):
        """By the state's own numbers."""
        b = board({"prospect": {"loss_aversion": 3, "diminishing": 1}})
        b.put(f.FOOTING, a=-0.1)
        assert pytest.approx(-0.2) == tilt_of(*b.all, b.i("a"), b.i("b"), 0, -0.1, 0.0, 0.4)


class TestAspiration:
    """What is held out for follows experience."""

    def test_moves_a_share_of_the_way_up_or_down(self):
        """Three tenths of the way; all of it; none of it."""
        assert [0.73, 0.58, 0.1, 1.0] == pytest.approx(
            [adapted(1.0, 0.1, 0.3), adapted(0.4, 1.0, 0.3), adapted(1.0, 0.1, 1.0), adapted(1.0, 0.1, 0.0)]
        )

    def test_begins_with_the_demand_of_the_tactic_and_then_forgets_it(self):
        """The clock no longer moves it. By another theory the tactic has its way."""
        b = board("aspiration")
        assert [0.8, 0.8] == [share_aspired(b.s, b.w, 0, 0, 0, share) for share in (0.8, 0.3)]
        b = board("quantal")
        assert [0.8, 0.3] == [share_aspired(b.s, b.w, 0, 0, 0, share) for share in (0.8, 0.3)]

    def test_learns_what_share_of_its_best_was_offered(self):
        """Half of its best; what hurts counts as nothing; where there is nothing to gain it learns nothing."""
        b = board({"aspiration": {"adaptation": 0.5}})
        b.w.offer[f.ASPIRED, :, 0, 0] = 1.0
        b.put(f.OWN_BEST, a=0.4, b=0.4, c=0.0)
        b.put(f.SURPLUS, a=0.2, b=-0.2, c=0.2)
        for i in range(3):
            learn_to_aspire(*b.all, i, 0, 0)
        assert [0.75, 0.5, 1.0] == pytest.approx(b.w.offer[f.ASPIRED, :, 0, 0])

    def test_goes_by_offers_of_others_in_play(self):
        """In a game of two the one that is offered little comes down; its own proposals teach it nothing."""
        run = Played(game(small(SIDES, decides="aspiration", rounds=6)))
        assert run.floor()[0] == "a"
        held = {name: run.every(f.SHARE_HELD, name) for name in "ab"}
        assert held["a"][0] == held["a"][1]  # before it had heard an offer
        assert held["b"][1] < held["b"][0]


class TestReciprocity:
    """Good for good, ill for ill."""

    def test_counts_the_others_gain_by_its_kindness(self):
        """Wholly kind, neither, wholly unkind; a loss of the other's counts for nothing."""
        found = [returned(0.5, belief, gain) for belief, gain in ((1.0, 0.4), (0.5, 0.4), (0.0, 0.4), (1.0, -0.4))]
        assert [0.2, 0.0, -0.2, 0.0] == pytest.approx(found)

    def test_looks_at_adversaries_alone(self):
        """Three good occasions of three; an ally's conduct is a matter of the tie."""
        b = board({"reciprocity": {"weight": 1}})
        for other in ("b", "c"):
            b.put_tie(f.GOOD, "a", other, 3.0)
            b.put_tie(f.OCCASIONS, "a", other, 3.0)
        kind = [tilt_of(*b.all, b.i("a"), b.i(other), 0, 0.1, 0.1, 0.35) for other in ("b", "c", "a")]
        assert [0.35 * (2 * 5 / 7 - 1), 0.0, 0.0] == pytest.approx(kind)


@pytest.fixture(scope="module")
def courses() -> dict[str, list[Run]]:
    """A dozen worlds of a large scenario under each theory."""
    path = Path(__file__).parents[2] / "scenarios" / "alaska_2025" / "territory_first.yaml"
    games = {name: load(path, sets=[f"decides={name}"]) for name in THEORIES}
    return {name: [play(scenario, 7, world, ()) for world in range(12)] for name, scenario in games.items()}


@pytest.mark.parametrize(
    ("theory", "told"),
    [
        ("quantal", set()),
        ("prospect", {"feared_a_loss"}),
        ("aspiration", set()),
        ("reciprocity", {"returned_ill", "returned_good"}),
    ],
)
def test_what_a_theory_adds_tips_answers_in_play(courses, theory, told):
    """And the run says so, under that theory alone."""
    seen = {REASONS[int(reason)] for run in courses[theory] for m in run.moments for reason in m.state[f.REASON]}
    assert told == seen & {"returned_ill", "returned_good", "feared_a_loss"}


@pytest.mark.parametrize("theory", [name for name in THEORIES if name != "quantal"])
def test_each_theory_gives_courses_of_its_own(courses, theory):
    """In most worlds the talks go otherwise than by the quantal response."""
    ends = [[run.moments[-1].tie.tobytes() for run in courses[name]] for name in ("quantal", theory)]
    assert sum(one != other for one, other in zip(*ends, strict=True)) > 6


class TestSwitch:
    """``decides`` for all, and for one."""

    def test_holds_for_all_states_but_those_that_have_their_own(self):
        """The state's word goes first, with its own numbers."""
        tree = small(
            SIDES,
            decides={"prospect": {"loss_aversion": 3}},
            states={"b": {"decides": "quantal"}},
        )
        scenario = game(tree)
        assert [PROSPECT, QUANTAL] == scenario.setting.theory.tolist()
        assert {"states.a.decides.loss_aversion"} == {p for p in scenario.numbers_given if ".decides." in p}

    def test_left_out_is_the_quantal_response(self):
        """To the last bit, and the same scenario."""
        said, unsaid = game(small(SIDES, decides="quantal")), game(small(SIDES))
        assert said.sha256 == unsaid.sha256
        assert game(small(SIDES, decides="prospect")).sha256 != unsaid.sha256
