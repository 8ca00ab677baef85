"""Pressure, loyalty, audience cost, red lines, and the sum on which a state decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, game, small

from wedge.engine.model import world as f
from wedge.engine.model.consent import (
    appraise,
    audience_cost_of,
    crosses_an_allys_red_line,
    crosses_red_line,
    intact,
    loyalty_of,
    pressure_on,
)
from wedge.engine.model.words import REJECT

IDEALS = {"patron": {"land": 0.5}, "client": {"land": 0.0}, "rival": {"land": 1.0}}
TIES = {
    ("patron", "client"): {"commitment": 0.6, "support": 0.4},
    ("client", "patron"): {"commitment": 0.8, "dependence": 0.5},
}


def board(*sets: str, **rest: object) -> Board:
    """A patron, its client, and their rival."""
    return Board(game(small(IDEALS, TIES, **rest), *sets))


class TestPressure:
    """What a patron's wish to sign adds to its client's consent."""

    def test_is_dependence_times_the_patrons_commitment_times_its_gain(self):
        """Half dependent on a patron committed by 0.6 that gains 0.2."""
        b = board()
        b.put(f.SURPLUS, patron=0.2)
        assert 0.5 * 0.6 * 0.2 == pytest.approx(pressure_on(*b.all, b.i("client"), 0, 0))

    def test_of_a_patron_that_would_lose_is_nothing(self):
        """Nobody presses for its own loss, nor against a deal: that is what refusing is for."""
        b = board()
        b.put(f.SURPLUS, patron=-0.2)
        assert 0.0 == pressure_on(*b.all, b.i("client"), 0, 0)

    def test_runs_from_patron_to_client_only(self):
        """The patron depends on nobody, and on a rival nobody leans."""
        b = board()
        b.put(f.SURPLUS, client=0.5, rival=0.5)
        assert 0.0 == pressure_on(*b.all, b.i("patron"), 0, 0)
        assert 0.0 == pressure_on(*b.all, b.i("client"), 0, 0)

    @pytest.mark.parametrize(("wanted", "field"), [(0.06, f.SUSPENDED), (0.06, f.HELD_BACK)])
    def test_goes_on_while_support_is_withheld(self, wanted, field):
        """A suspended tie still presses."""
        b = board()
        b.put(f.SURPLUS, patron=0.2)
        b.put_tie(field, "patron", "client", 1.0)
        assert wanted == pytest.approx(pressure_on(*b.all, b.i("client"), 0, 0))

    def test_ends_with_the_tie(self):
        """A fractured tie is out."""
        b = board()
        b.put(f.SURPLUS, patron=0.2)
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 2.0)
        assert 0.0 == pressure_on(*b.all, b.i("client"), 0, 0)

    @pytest.mark.parametrize(("answers", "presses"), [("sealed", True), ("in_turn", False)])
    def test_where_all_hear_each_other_a_patron_that_refused_cannot_press(self, answers, presses):
        """In turn, its refusal is known; sealed, it is not."""
        b = board(agenda=[{"stage": "talks", "issues": ["land"], "answers": answers}])
        b.put(f.SURPLUS, patron=0.2)
        b.put(f.STANCE, patron=REJECT)
        assert presses == (pressure_on(*b.all, b.i("client"), 0, 0) > 0.0)

    def test_weighs_as_much_as_the_client_lets_it(self):
        """A state deaf to pressure feels none."""
        b = board("states.client.pressure=0")
        b.put(f.SURPLUS, patron=0.2)
        assert 0.0 == pressure_on(*b.all, b.i("client"), 0, 0)


class TestLoyalty:
    """What an ally's loss takes from one's own consent."""

    def test_is_commitment_times_the_allys_loss(self):
        """A patron with loyalty 0.6, committed by 0.6, whose client loses 0.3."""
        b = board("states.patron.loyalty=0.6")
        b.put(f.SURPLUS, client=-0.3)
        assert 0.6 * 0.6 * 0.3 == pytest.approx(loyalty_of(*b.all, b.i("patron"), 0))

    def test_does_not_work_backwards(self):
        """An ally's gain is no reason to be reluctant, and none to be eager."""
        b = board()
        b.put(f.SURPLUS, client=0.3)
        assert 0.0 == loyalty_of(*b.all, b.i("patron"), 0)

    def test_is_owed_to_allies_alone(self):
        """A rival's loss moves nobody."""
        b = board()
        b.put(f.SURPLUS, rival=-0.5)
        assert 0.0 == loyalty_of(*b.all, b.i("patron"), 0)

    def test_ends_with_the_tie(self):
        """A fractured tie is out."""
        b = board()
        b.put(f.SURPLUS, client=-0.3)
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)
        assert 0.0 == loyalty_of(*b.all, b.i("patron"), 0)


class TestAudience:
    """The cost of taking less than one has refused in public (Fearon 1994)."""

    def test_is_a_share_of_how_much_less_it_is(self):
        """It has refused 0.7 and would now take 0.4, at an audience cost of 0.5."""
        b = board("states.client.audience_cost=0.5")
        b.w.offer[f.BEST_REFUSED, b.i("client"), 0, 0] = 0.7
        assert 0.15 == pytest.approx(audience_cost_of(b.x, b.w, b.i("client"), 0, 0, 0.4))

    def test_of_something_better_is_nothing(self):
        """Who gets more than it refused has been right."""
        b = board("states.client.audience_cost=0.5")
        b.w.offer[f.BEST_REFUSED, b.i("client"), 0, 0] = 0.7
        assert 0.0 == audience_cost_of(b.x, b.w, b.i("client"), 0, 0, 0.8)

    def test_before_anything_was_refused_is_nothing(self):
        """Nothing has been said yet."""
        b = board("states.client.audience_cost=0.5")
        assert 0.0 == audience_cost_of(b.x, b.w, b.i("client"), 0, 0, 0.0)


LINES = {
    "patron": {"land": 0.5},
    "client": {"land": {"ideal": 0.0, "red_line": 0.4}},
    "rival": {"land": {"ideal": 1.0, "red_line": 0.2}},
}


class TestRedLines:
    """Levels a state never crosses."""

    @pytest.mark.parametrize(
        ("level", "client", "rival"),
        [(0.0, False, True), (0.2, False, False), (0.4, False, False), (0.41, True, False), (1.0, True, False)],
    )
    def test_refuse_the_side_away_from_the_ideal(self, level, client, rival):
        """The line itself can be signed; what lies beyond it cannot."""
        b = Board(game(small(LINES, TIES)))
        b.propose(land=level)
        assert [client, rival, False] == [
            crosses_red_line(*b.all, b.i(name), 0, 0) for name in ("client", "rival", "patron")
        ]

    def test_of_an_ally_are_known_while_the_tie_holds(self):
        """The patron minds its client's red line until the tie has fractured; the rival never does."""
        b = Board(game(small(LINES, TIES)))
        b.propose(land=0.9)
        assert crosses_an_allys_red_line(*b.all, b.i("patron"), 0, 0)
        assert not crosses_an_allys_red_line(*b.all, b.i("rival"), 0, 0)
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)
        assert not crosses_an_allys_red_line(*b.all, b.i("patron"), 0, 0)

    def test_hold_for_the_stage_on_the_table_alone(self):
        """A line on an issue that is not on the table is not crossed."""
        agenda = [{"stage": "first", "issues": ["sea"]}, {"stage": "second", "issues": ["land"]}]
        b = Board(game(small({**LINES, "patron": {"land": 0.5, "sea": 0.5}}, TIES, agenda=agenda)))
        b.propose(land=0.9)
        assert [False, True] == [crosses_red_line(*b.all, b.i("client"), g, 0) for g in range(2)]


@given(*[st.floats(-1, 1)] * 7)
def test_what_speaks_for_consent_is_added_and_what_speaks_against_it_taken_off(s, h, p, loyalty, audience, whim, tilt):
    """Surplus less demand, plus pressure, less loyalty and audience, plus the random part and what its theory adds."""
    assert s - h + p - loyalty - audience + whim + tilt == appraise(s, h, p, loyalty, audience, whim, tilt)


def test_a_tie_is_intact_while_it_is_declared_and_unbroken():
    """Between strangers there is none; a suspended one is intact."""
    b = board()
    patron, client, rival = b.i("patron"), b.i("client"), b.i("rival")
    b.put_tie(f.SUSPENDED, "patron", "client", 1.0)
    assert [True, True, False] == [
        intact(b.s, b.w, i, j, 0) for i, j in ((patron, client), (client, patron), (patron, rival))
    ]
    b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)
    assert [False, True] == [intact(b.s, b.w, i, j, 0) for i, j in ((patron, client), (client, patron))]
