"""Dividing one thing: shares are issues, and no proposal gives away more than all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, Played, game, small

from wedge.engine.model import world as f
from wedge.engine.model.division import keep_the_sums, move_level, own_share, room_for, unshared
from wedge.engine.model.offers import own_cost
from wedge.engine.scenario import ScenarioError
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, Forced
from wedge.engine.simulation.phases.beginning import begin
from wedge.engine.simulation.phases.floor import take_the_floor

STATES = ("anvil", "bell", "crane")


def pie(states=STATES, rounds=6, quo=0.0, **rest):
    """States that divide a pie, each wanting the share that has its name."""
    tree = small({state: {f"of_{state}": 1.0} for state in states}, rounds=rounds, **rest)
    for issue in tree["issues"].values():
        issue |= {"share_of": "pie", "status_quo": quo}
    return tree


def at_the_table(*sets, **said):
    """A board with the pie on the table."""
    b = Board(game(pie(**said), *sets))
    begin(b.s, b.w, 0)
    take_the_floor(*b.all, 0, 0)
    return b


SHARES = st.lists(st.integers(0, 20).map(lambda step: step / 20), min_size=3, max_size=3)


class TestSums:
    """What keeps a proposal from giving away more than all."""

    @given(SHARES)
    def test_shares_never_come_to_more_than_all(self, shares):
        """Whatever is proposed, and what comes to no more is left as it is."""
        b = at_the_table()
        b.propose(**{f"of_{state}": share for state, share in zip(STATES, shares, strict=True)})
        keep_the_sums(*b.all, b.i("anvil"), 0, 0)
        kept = [b.proposed()[f"of_{state}"] for state in STATES]
        assert sum(kept) <= 1.0 + 1e-12
        if sum(shares) <= 1.0:
            assert shares == kept

    def test_the_proposers_own_share_gives_way_first(self):
        """Before anybody else loses."""
        b = at_the_table()
        b.propose(of_anvil=1.0, of_bell=0.3, of_crane=0.2)
        keep_the_sums(*b.all, b.i("anvil"), 0, 0)
        assert {"of_anvil": pytest.approx(0.5), "of_bell": 0.3, "of_crane": 0.2} == b.proposed()

    def test_levels_from_outside_shrink_in_proportion(self):
        """Where all are given and come to too much."""
        levels = [Forced(0, FORCE_LEVEL, what=k, value=0.8) for k in range(3)]
        played = Played(game(pie()), Forced(0, FORCE_MOVE, value=1), *levels)
        assert dict.fromkeys((f"of_{state}" for state in STATES), pytest.approx(1 / 3)) == played.proposed(0)

    def test_an_own_share_that_is_not_given_is_what_the_others_leave(self):
        """A seat that names the shares of the others has the rest."""
        played = Played(game(pie()), Forced(0, FORCE_MOVE, value=1), Forced(0, FORCE_LEVEL, what=1, value=0.3))
        assert {"of_anvil": pytest.approx(0.7), "of_bell": 0.3, "of_crane": 0.0} == played.proposed(0)

    def test_levels_drawn_by_lot_are_kept_within_the_pie(self):
        """As all are."""
        for world in range(5):
            played = Played(game(pie(), *(f"states.{state}.policy={{courts: lots}}" for state in STATES)), world=world)
            assert sum(played.proposed(0).values()) <= 1.0 + 1e-12


def test_shares_of_one_thing_are_settled_together():
    """On two stages all of it could be given away twice."""
    agenda = "agenda=[{stage: one, issues: [of_anvil, of_bell]}, {stage: two, issues: [of_crane]}]"
    with pytest.raises(ScenarioError, match="not on the same stage"):
        game(pie(), agenda)


class TestMoves:
    """Making one share larger."""

    def test_takes_what_nobody_has_and_then_its_own(self):
        """And gives its own back when the other's share shrinks again."""
        b = at_the_table()
        p, k = b.i("anvil"), b.k("of_bell")
        b.propose(of_anvil=0.6, of_bell=0.0, of_crane=0.2)
        b.w.issue[f.LOWEST_OFFER, :, 0] = 0.0
        assert unshared(b.s, b.w, k, 0) == pytest.approx(0.2)
        assert room_for(*b.all, p, k, 0) == pytest.approx(0.2)
        assert own_cost(*b.all, p, k, 0, 0.5) == pytest.approx(0.3)
        move_level(*b.all, p, k, 0, 0.5)
        assert b.proposed() == {"of_anvil": pytest.approx(0.3), "of_bell": 0.5, "of_crane": 0.2}
        assert room_for(*b.all, p, k, 0) == pytest.approx(0.3)
        move_level(*b.all, p, k, 0, 0.1)
        assert b.proposed() == {"of_anvil": pytest.approx(0.7), "of_bell": 0.1, "of_crane": 0.2}

    def test_who_has_no_share_gives_only_what_nobody_has(self):
        """A mediator cannot take from one to give to another."""
        tree = pie(("anvil", "bell"))
        tree["states"]["crane"] = {**tree["states"]["anvil"], "positions": {"other": {"ideal": 1.0, "salience": 1.0}}}
        tree["issues"]["other"] = {"levels": {0: "none", 1: "all"}}
        tree["agenda"][0]["issues"].append("other")
        b = Board(game(tree))
        b.propose(of_anvil=0.4, of_bell=0.5)
        assert own_share(b.s, b.x, b.i("crane"), b.k("of_bell"), 0) == -1
        assert room_for(*b.all, b.i("crane"), b.k("of_bell"), 0) == pytest.approx(0.1)


class TestBargaining:
    """States that divide by their own tactics."""

    def test_settle_on_a_division_of_all(self):
        """Each concedes of its own share as time goes by."""
        played = Played(game(pie(rounds=12)))
        assert "settled" == played.ending()
        levels = [played.issue(11, f.LEVEL_NOW, f"of_{state}") for state in STATES]
        assert sum(levels) == pytest.approx(1.0)
        assert all(0.0 <= level <= 1.0 for level in levels)

    def test_give_a_partner_the_least_that_it_is_expected_to_sign(self):
        """The first offer to two who hold out for less and less: what they hold out for, and no more."""
        played = Played(
            game(
                pie(("anvil", "bell"), rounds=3),
                "states.anvil.policy={demands: {concession: {e: 50}}, courts: {sincere: {margin: 0}}}",
                "states.bell.policy={demands: {concession: {e: 1}}}",
                "states.anvil.hope=0",
                "states.bell.hope=0",
                "agenda=[{stage: talks, issues: [of_anvil, of_bell], floor: {rotation: [bell, anvil]}}]",
            )
        )
        assert played.at(1, f.HELD_OUT_FOR, "bell") == pytest.approx(0.5)
        assert played.proposed(1)["of_bell"] == pytest.approx(0.5, abs=1e-5)

    def test_expect_a_compromise_by_weight(self):
        """Shares of what is divided go by leverage and come to all of it."""
        b = at_the_table("states.anvil.power=2")
        found = {state: float(b.w.issue[f.COMPROMISE, b.k(f"of_{state}"), 0]) for state in STATES}
        assert found == {"anvil": pytest.approx(0.5), "bell": pytest.approx(0.25), "crane": pytest.approx(0.25)}

    def test_never_go_below_their_own_red_line(self):
        """What a state must keep it does not give."""
        b = at_the_table(
            "states.anvil.positions.of_anvil.red_line={below: 0.4}", "states.anvil.policy=conceder", rounds=9
        )
        played = Played(b.scenario)
        mine = [played.proposed(n)["of_anvil"] for n, who in enumerate(played.floor()) if who == "anvil"]
        assert mine
        assert min(mine) >= 0.4 - 1e-12
