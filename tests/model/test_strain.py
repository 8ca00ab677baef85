"""What a round does to the ties: blame, daylight, abandonment, rally, burden, repair, and the books."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, game, small

from wedge.engine.model import world as f
from wedge.engine.model.numbers import COMMITMENT_0
from wedge.engine.model.strain import (
    abandonment,
    blame_at_the_end,
    book,
    consents,
    consultation,
    daylight,
    daylight_of,
    proposers_weight,
    rally,
    refusers_weight,
    sealed_abandonment,
    share_the_blame,
    wear_and_repair,
)
from wedge.engine.model.support import support_given, support_received
from wedge.engine.model.words import ABSENT, ACCEPT, CONCEDE, DAYLIGHT, REJECT, SHOCK
from wedge.engine.model.worth import worth_of_leaving

WORTH = st.floats(-1.0, 1.0)
IDEALS = {"ally": {"land": 0.5}, "client": {"land": 0.0}, "patron": {"land": 0.5}, "rival": {"land": 1.0}}
TIES = {
    ("patron", "client"): {"commitment": 0.6, "support": 0.4},
    ("client", "patron"): {"commitment": 0.8, "dependence": 0.3},
    ("ally", "client"): {"commitment": 0.5, "support": 0.2},
}


def board(*sets: str, **rest: object) -> Board:
    """A patron and its client, another ally of the client, and their rival, who has the floor."""
    b = Board(game(small(IDEALS, TIES, **rest), *sets))
    b.w.lane[f.FLOOR, 0] = b.i("rival")
    return b


def answered(b: Board, **surpluses: tuple[float, int]) -> Board:
    """A proposal on the table: what it is worth to each state and what the state says to it."""
    for name, (surplus, stance) in surpluses.items():
        b.put(f.SURPLUS, **{name: surplus})
        b.put(f.OWN_BEST, **{name: 0.4})
        b.put(f.STANCE, **{name: stance})
    return b


class TestBlame:
    """Who is to blame for a proposal that was refused."""

    @given(
        st.lists(
            st.tuples(WORTH, st.sampled_from((ABSENT, ACCEPT, CONCEDE, REJECT)), WORTH, WORTH), min_size=4, max_size=4
        )
    )
    def test_shares_sum_to_one_wherever_somebody_is_to_blame(self, said):
        """All of it is shared among the refusers and the proposer, and nobody is blamed less than nothing."""
        b = board()
        for name, (surplus, stance, best, held) in zip(IDEALS, said, strict=True):
            b.put(f.SURPLUS, **{name: surplus})
            b.put(f.STANCE, **{name: stance})
            b.put(f.OWN_BEST, **{name: best})
            b.put(f.HELD_OUT_FOR, **{name: max(0.0, held)})
        share_the_blame(*b.all, 0, 0)
        shares = [b.state(f.BLAME, name) for name in IDEALS]
        assert min(shares) >= 0.0
        assert sum(shares) in (0.0, pytest.approx(1.0, abs=1e-12))
        refused = [name for name in IDEALS if b.state(f.STANCE, name) == REJECT and name != "rival"]
        assert all(b.state(f.BLAME, name) > 0.0 for name in refused)
        assert all(b.state(f.BLAME, name) == 0.0 for name in IDEALS if name not in (*refused, "rival"))

    def test_who_alone_stands_in_the_way_of_a_fair_offer_takes_nearly_all(self):
        """Its proposer asked for hardly more than nothing, the refuser lost by it."""
        b = answered(board(), rival=(0.02, ACCEPT), patron=(0.2, ACCEPT), client=(-0.1, REJECT), ally=(0.1, ACCEPT))
        b.put(f.OWN_BEST, rival=0.5)
        share_the_blame(*b.all, 0, 0)
        # 0.1 / (0.1 + 0.4) = 0.2 against 0.02 / (0.02 + 0.5)
        assert 0.2 / (0.2 + 0.02 / 0.52) == pytest.approx(b.state(f.BLAME, "client"))
        assert 0.8 < b.state(f.BLAME, "client")

    def test_who_demands_the_outrageous_shares_it(self):
        """The same refusal of a demand for everything is mostly the proposer's doing."""
        b = answered(board(), rival=(0.5, ACCEPT), patron=(0.2, ACCEPT), client=(-0.1, REJECT), ally=(0.1, ACCEPT))
        b.put(f.OWN_BEST, rival=0.5)
        share_the_blame(*b.all, 0, 0)
        assert 0.5 / 0.7 == pytest.approx(b.state(f.BLAME, "rival"))

    def test_the_proposer_is_spared_where_the_scenario_assumes_so(self):
        """With proposer_blamed at 0 refusers carry all of it."""
        b = answered(board("assumptions.proposer_blamed=0"), rival=(0.5, ACCEPT), client=(-0.1, REJECT))
        share_the_blame(*b.all, 0, 0)
        assert 1.0 == b.state(f.BLAME, "client")

    def test_who_is_further_off_takes_more(self):
        """Of two refusers with as much to gain, the one that falls further short of its demand."""
        b = answered(board(), rival=(0.1, ACCEPT), client=(-0.2, REJECT), ally=(0.1, REJECT))
        b.put(f.HELD_OUT_FOR, ally=0.15)
        share_the_blame(*b.all, 0, 0)
        assert b.state(f.BLAME, "ally") < b.state(f.BLAME, "client")

    def test_nobody_without_a_seat_is_blamed(self):
        """Whose consent is not needed stands in nobody's way."""
        seats = [{"stage": "talks", "issues": ["land"], "consent": ["rival", "patron"]}]
        b = answered(board(agenda=seats), rival=(0.1, ACCEPT), client=(-0.2, REJECT), patron=(-0.1, REJECT))
        share_the_blame(*b.all, 0, 0)
        assert 0.0 == b.state(f.BLAME, "client")
        assert 0.0 < b.state(f.BLAME, "patron")

    @given(WORTH, st.floats(0, 1), WORTH)
    def test_a_refusers_weight_lies_between_nothing_and_one(self, surplus, held, best):
        """However much or little it has at stake."""
        assert 0.0 < refusers_weight(surplus, held, best, 1.0) <= 1.0

    @given(WORTH, WORTH)
    def test_a_proposers_weight_lies_between_nothing_and_a_half(self, surplus, best):
        """At its own best it carries a half, where it gains nothing, nothing."""
        assert 0.0 <= proposers_weight(surplus, best) <= 0.5

    def test_without_fairness_the_distance_alone_counts(self):
        """Then blame falls on whoever has most at stake; that is why it is an assumption."""
        assert 0.3 == pytest.approx(refusers_weight(-0.1, 0.2, 0.6, 0.0))
        assert 0.3 / 0.9 == pytest.approx(refusers_weight(-0.1, 0.2, 0.6, 1.0))

    @pytest.mark.parametrize(("surplus", "missed"), [(-0.1, 0.3), (0.0, 0.2), (0.05, 0.2), (0.2, 0.2), (0.5, 0.5)])
    def test_who_turns_down_what_is_worth_having_takes_blame_for_what_it_passes_up(self, surplus, missed):
        """Below its demand of 0.2 it is off by the rest and passes up the gain; above it, it passes up the gain."""
        assert missed / (missed + 0.6) == pytest.approx(refusers_weight(surplus, 0.2, 0.6, 1.0))

    def test_a_lone_refuser_whose_demand_is_met_takes_nearly_all_of_the_blame_for_a_fair_offer(self):
        """It refuses out of loyalty or on a leaning what it had asked for; the maker gains next to nothing."""
        b = answered(board(), rival=(0.02, ACCEPT), patron=(0.2, ACCEPT), client=(0.3, REJECT), ally=(0.1, ACCEPT))
        b.put(f.OWN_BEST, rival=0.5)
        b.put(f.HELD_OUT_FOR, client=0.25)
        share_the_blame(*b.all, 0, 0)
        assert (0.3 / 0.7) / (0.3 / 0.7 + 0.02 / 0.52) == pytest.approx(b.state(f.BLAME, "client"))
        assert 0.9 < b.state(f.BLAME, "client")


class TestDaylight:
    """Loss of commitment to an ally that refused what one would have signed."""

    def test_is_rate_times_gain_times_the_allys_share_of_the_blame(self):
        """0.3 a week, a gain of 0.2, half of the blame; the patron expects 0.5 + 0.3 of its client."""
        b = answered(board("strain.daylight=0.3"), patron=(0.2, ACCEPT), client=(-0.1, REJECT))
        b.put(f.BLAME, client=0.5)
        daylight(*b.all, 0, 0, 2.0)
        assert {"daylight": pytest.approx(-0.3 * 0.2 * 0.5 * 0.8 * 2.0)} == b.books("patron", "client")
        assert {} == b.books("client", "patron")

    def test_one_expects_more_of_those_one_carries(self):
        """The whole of it from a client that depends wholly, half from one that does not, all alike without the assumption."""
        assert [-0.06, -0.03, -0.06] == [
            pytest.approx(daylight_of(0.3, 0.2, 1.0, *pair)) for pair in ((1.0, 1.0), (0.0, 1.0), (0.0, 0.0))
        ]

    @given(st.floats(-1, 0), st.floats(0, 1), st.floats(0, 1))
    def test_nobody_is_angry_over_what_it_would_have_lost_by(self, surplus, share, dependence):
        """Who consented below nothing, say under pressure, has missed nothing."""
        assert 0.0 == daylight_of(0.3, surplus, share, dependence, 1.0)

    def test_over_ones_own_refused_proposal_counts_a_quarter(self):
        """A state does not break with an ally over its own wish-list."""
        found = []
        for proposer in ("rival", "patron"):
            b = answered(board("assumptions.own_proposal=0.25"), patron=(0.2, ACCEPT), client=(-0.1, REJECT))
            b.w.lane[f.FLOOR, 0] = b.i(proposer)
            b.put(f.BLAME, client=0.5)
            daylight(*b.all, 0, 0, 1.0)
            found.append(b.books("patron", "client")["daylight"])
        assert 0.25 == pytest.approx(found[1] / found[0])

    def test_does_not_show_between_those_who_refuse_together(self):
        """Allies of one mind keep their tie, whatever the rest says."""
        b = answered(board(), patron=(0.2, REJECT), client=(-0.1, REJECT), ally=(-0.1, REJECT))
        share_the_blame(*b.all, 0, 0)
        daylight(*b.all, 0, 0, 1.0)
        assert not b.w.books.any()

    def test_is_booked_once_more_when_talks_fail(self):
        """Four weeks of the mean weekly daylight of ten weeks of talks."""
        b = board("strain.end_blame=4")
        book(b.w, DAYLIGHT, b.i("patron"), b.i("client"), 0, -0.05)
        blame_at_the_end(*b.all, 0, 10.0)
        assert -0.05 - 4 * 0.005 == pytest.approx(b.books("patron", "client")["daylight"])

    def test_of_talks_without_length_is_not_booked_again(self):
        """There is no mean of nothing."""
        b = board()
        book(b.w, DAYLIGHT, b.i("patron"), b.i("client"), 0, -0.05)
        blame_at_the_end(*b.all, 0, 0.0)
        assert -0.05 == b.books("patron", "client")["daylight"]


class TestAbandonment:
    """An ally that sides with an adversary to one's hurt (Snyder 1984)."""

    def test_is_rate_times_the_loss(self):
        """The client loses 0.2 by what its patron signs with the rival."""
        b = answered(board("strain.abandonment=0.6"), rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT))
        abandonment(*b.all, 0, 0, 2.0, 0.5)
        assert {"abandonment": pytest.approx(-0.6 * 0.2 * 2.0)} == b.books("client", "patron")
        assert {} == b.books("patron", "client")

    def test_does_not_come_of_an_allys_opening_bid(self):
        """Consent to a hurtful proposal of a friend is no betrayal, and neither is making one."""
        for floor in ("patron", "ally"):
            b = answered(board(), patron=(0.1, ACCEPT), client=(-0.2, REJECT), ally=(0.1, ACCEPT))
            b.w.lane[f.FLOOR, 0] = b.i(floor)
            abandonment(*b.all, 0, 0, 1.0, 0.5)
            assert not b.w.books.any()

    def test_counts_among_allies_too_where_the_scenario_assumes_so(self):
        """With allies_betray at a half, a friend's hurtful proposal costs half."""
        b = board("assumptions.allies_betray=0.5", "strain.abandonment=0.6")
        b = answered(b, patron=(0.1, ACCEPT), client=(-0.2, REJECT))
        b.w.lane[f.FLOOR, 0] = b.i("patron")
        abandonment(*b.all, 0, 0, 1.0, 0.5)
        assert {"abandonment": pytest.approx(-0.6 * 0.2 * 0.5)} == b.books("client", "patron")

    @pytest.mark.parametrize("stance", [REJECT, ABSENT])
    def test_an_ally_that_did_not_consent_has_abandoned_nobody(self, stance):
        """Refusing, or not being there, is no betrayal."""
        b = answered(board(), rival=(0.4, ACCEPT), patron=(0.1, stance), client=(-0.2, REJECT))
        abandonment(*b.all, 0, 0, 1.0, 0.5)
        assert not b.w.books.any()

    def test_who_gains_is_not_abandoned(self):
        """No hurt, no betrayal."""
        b = answered(board(), rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(0.2, REJECT))
        abandonment(*b.all, 0, 0, 1.0, 0.5)
        assert not b.w.books.any()

    def test_may_be_measured_against_the_status_quo_instead_of_hopes(self):
        """With hopes_count at 0 the client is hurt by no more than leaving would have spared it; at a half, half and half."""
        for hopes, hurt in ((1, 0.2), (0.5, 0.125), (0, 0.05)):
            b = board(f"assumptions.hopes_count={hopes}", "strain.abandonment=0.6")
            answered(b, rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT))
            b.put(f.BASE_REFUSE, client=worth_of_leaving(*b.all, b.i("client"), 0, 0.5) + 0.15)
            abandonment(*b.all, 0, 0, 1.0, 0.5)
            assert {"abandonment": pytest.approx(-0.6 * hurt)} == b.books("client", "patron")

    def test_of_hopes_alone_hurts_nobody_where_they_do_not_count(self):
        """Worse than hoped for and better than the status quo."""
        b = answered(
            board("assumptions.hopes_count=0"), rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT)
        )
        b.put(f.BASE_REFUSE, client=worth_of_leaving(*b.all, b.i("client"), 0, 0.5) + 0.3)
        abandonment(*b.all, 0, 0, 1.0, 0.5)
        assert not b.w.books.any()


class TestSignature:
    """A deal that stands, signed by an adversary and an ally, weighs more than consent to one that fails."""

    def settled(self, b: Board, **surpluses: tuple[float, int]) -> Board:
        """A deal on the table, at war, with what each gets by it over refusing; the status quo is worth half to all."""
        answered(b, **surpluses)
        for name in IDEALS:
            b.put(f.BASE_REFUSE, **{name: worth_of_leaving(*b.all, b.i(name), 0, 0.5)})
        sealed_abandonment(*b.all, 0, 0, 0.5)
        return b

    def test_is_booked_as_so_many_weeks_at_once_whoever_proposed_it(self):
        """Four weeks of 0.6 times a loss of 0.2, from the patron that signed and not from the ally that did not."""
        for floor in ("rival", "patron"):
            b = board("strain.abandonment=0.6", "strain.signature=4")
            b.w.lane[f.FLOOR, 0] = b.i(floor)
            self.settled(b, rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT), ally=(0.1, REJECT))
            assert {"abandonment": pytest.approx(-0.6 * 0.2 * 4)} == b.books("client", "patron")

    def test_of_a_deal_that_merely_falls_short_of_hopes_is_no_betrayal(self):
        """Worse than going on with hope, but no worse than the status quo."""
        b = answered(board(), rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT))
        b.put(f.BASE_REFUSE, client=worth_of_leaving(*b.all, b.i("client"), 0, 0.5) + 0.3)
        sealed_abandonment(*b.all, 0, 0, 0.5)
        assert not b.w.books.any()

    @pytest.mark.parametrize(
        ("rival", "patron", "client"), [(REJECT, ACCEPT, REJECT), (ACCEPT, REJECT, REJECT), (ACCEPT, ACCEPT, CONCEDE)]
    )
    def test_takes_an_adversary_and_an_ally_that_signed_and_a_victim_that_did_not(self, rival, patron, client):
        """If one of the three is missing nobody is betrayed."""
        b = self.settled(board(), rival=(0.4, rival), patron=(0.1, patron), client=(-0.2, client))
        assert not b.w.books.any()

    def test_of_an_ally_without_a_seat_binds_nobody(self):
        """Its opinion is no signature, neither on a deal that stands nor on a proposal that fails."""
        seats = [{"stage": "talks", "issues": ["land"], "consent": ["rival", "client"]}]
        b = self.settled(board(agenda=seats), rival=(0.4, ACCEPT), patron=(0.1, ACCEPT), client=(-0.2, REJECT))
        abandonment(*b.all, 0, 0, 1.0, 0.5)
        assert not b.w.books.any()


class TestRally:
    """Allies that sign together while an adversary refuses draw closer."""

    def test_is_rate_times_room_times_the_smaller_gain(self):
        """At 0.6 there is room for 0.4; the smaller gain of the two is 0.1."""
        b = answered(board("strain.rally=0.3"), rival=(-0.1, REJECT), patron=(0.3, ACCEPT), client=(0.1, CONCEDE))
        b.w.lane[f.FLOOR, 0] = b.i("ally")
        rally(*b.all, 0, 0, 2.0)
        assert {"rally": pytest.approx(0.3 * 0.4 * 0.1 * 2.0)} == b.books("patron", "client")
        assert {"rally": pytest.approx(0.3 * 0.2 * 0.1 * 2.0)} == b.books("client", "patron")

    @pytest.mark.parametrize(
        ("rival", "patron", "client"), [(ACCEPT, ACCEPT, ACCEPT), (REJECT, REJECT, ACCEPT), (REJECT, ACCEPT, REJECT)]
    )
    def test_takes_two_that_sign_and_one_that_does_not(self, rival, patron, client):
        """Not if the adversary signs too, nor if one of the two refuses."""
        b = answered(board(), rival=(-0.1, rival), patron=(0.3, patron), client=(0.1, client))
        rally(*b.all, 0, 0, 1.0)
        assert not b.w.books.any()

    @pytest.mark.parametrize(
        ("seats", "rallied"),
        [
            (["rival", "client"], {"patron"}),  # the patron's consent binds nobody: the client does not rally to it
            (["rival", "patron"], {"client"}),
            (["patron", "client"], set()),  # the rival's refusal stands in nobody's way
        ],
    )
    def test_counts_the_consent_and_the_refusal_of_those_with_a_seat_alone(self, seats, rallied):
        """A state without one may rally to an ally that has one, as it may be abandoned by it."""
        b = board(agenda=[{"stage": "talks", "issues": ["land"], "consent": seats}])
        b = answered(b, rival=(-0.1, REJECT), patron=(0.3, ACCEPT), client=(0.1, CONCEDE))
        rally(*b.all, 0, 0, 1.0)
        pairs = {"patron": ("patron", "client"), "client": ("client", "patron")}
        assert rallied == {name for name, tie in pairs.items() if b.books(*tie)}

    def test_needs_a_gain_of_both(self):
        """Who signs at a loss has nothing to celebrate."""
        b = answered(board(), rival=(-0.1, REJECT), patron=(0.3, ACCEPT), client=(-0.1, CONCEDE))
        rally(*b.all, 0, 0, 1.0)
        assert not b.w.books.any()


class TestTheDays:
    """What the days alone do: burden, repair, noise."""

    def test_burden_is_what_one_gives_while_fighting(self):
        """0.001 a day and unit of support: 0.4 for ten days. In peace nothing."""
        sets = ("strain.burden=0.001", "strain.repair=0", "strain.noise=0")
        for fighting in (True, False):
            b = board(*sets)
            wear_and_repair(*b.all, 0, 0, 10.0, fighting)
            assert ({"burden": pytest.approx(-0.004)} if fighting else {}) == b.books("patron", "client")
            assert {} == b.books("client", "patron")

    def test_repair_leads_back_to_where_the_tie_began_at_a_rate_a_day(self):
        """Ten days at 0.05 mend all but e^-0.5 of what was lost, however the days are cut into rounds."""
        for days, rounds in ((10.0, 1), (2.5, 4)):
            b = board("strain.repair=0.05", "strain.burden=0", "strain.noise=0")
            b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.4)
            for n in range(rounds):
                wear_and_repair(*b.all, n, 0, days, False)
            assert 0.6 - 0.2 * math.exp(-0.5) == pytest.approx(b.tie(f.COMMITMENT_NOW, "patron", "client"))

    def test_repair_leads_down_as_well(self):
        """A rally fades."""
        b = board("strain.repair=0.05")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.9)
        wear_and_repair(*b.all, 0, 0, 7.0, False)
        assert 0.6 < b.tie(f.COMMITMENT_NOW, "patron", "client") < 0.9

    def test_noise_is_every_ties_and_every_rounds_own(self):
        """Four draws: two ties in two rounds."""
        found = set()
        for n in range(2):
            b = board("strain.noise=0.01")
            wear_and_repair(*b.all, n, 0, 7.0, False)
            found |= {b.books("patron", "client")["noise"], b.books("client", "patron")["noise"]}
        assert 4 == len(found)

    def test_a_fractured_tie_wears_no_more(self):
        """It is out."""
        b = board("strain.noise=0.01", "strain.burden=0.01", "strain.repair=0.1")
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 0.0)
        wear_and_repair(*b.all, 1, 0, 7.0, True)
        assert {} == b.books("patron", "client")


class TestConsultation:
    """A round spent on an ally."""

    def test_mends_a_share_of_what_was_lost_both_ways(self):
        """Half of the loss, from the patron and from the client."""
        b = board("strain.consultation=0.5")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.4)
        b.put_tie(f.COMMITMENT_NOW, "client", "patron", 0.6)
        consultation(*b.all, b.i("patron"), b.i("client"), 0)
        assert {"repair": pytest.approx(0.1)} == b.books("patron", "client")
        assert {"repair": pytest.approx(0.1)} == b.books("client", "patron")

    def test_does_not_add_to_a_tie_that_has_lost_nothing(self):
        """Talking mends; it does not build."""
        b = board("strain.consultation=0.5")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.7)
        consultation(*b.all, b.i("patron"), b.i("client"), 0)
        assert not b.w.books.any()

    def test_does_not_mend_what_is_broken_for_good(self):
        """The way that has fractured stays as it is; the other way can still be mended."""
        b = board("strain.consultation=0.5")
        b.put_tie(f.COMMITMENT_NOW, "patron", "client", 0.2)
        b.put_tie(f.COMMITMENT_NOW, "client", "patron", 0.4)
        b.put_tie(f.FRACTURE_ROUND, "patron", "client", 1.0)
        consultation(*b.all, b.i("client"), b.i("patron"), 0)
        assert {"repair": pytest.approx(0.2)} == b.books("client", "patron")
        assert {} == b.books("patron", "client")


class TestBooks:
    """Every change is entered where it happens."""

    @given(st.lists(st.tuples(st.integers(0, 7), st.floats(-0.7, 0.7)), max_size=30))
    def test_add_up_to_the_change_of_the_commitment(self, changes):
        """What is cut off at 0 or 1 is a channel of its own, never a residual."""
        b = board()
        i, j = b.i("patron"), b.i("client")
        for channel, change in changes:
            book(b.w, channel, i, j, 0, change)
            assert 0.0 <= b.tie(f.COMMITMENT_NOW, "patron", "client") <= 1.0
        moved = b.tie(f.COMMITMENT_NOW, "patron", "client") - b.x.tie[COMMITMENT_0, i, j, 0]
        assert math.fsum(b.w.books[:, i, j, 0]) == pytest.approx(moved, abs=1e-12)
        assert math.fsum(b.w.strain[:, i, j, 0]) == pytest.approx(moved, abs=1e-12)

    def test_remember_the_lowest_point(self):
        """A tie that has recovered was still once that low."""
        b = board()
        for change in (-0.2, 0.3):
            book(b.w, SHOCK, b.i("patron"), b.i("client"), 0, change)
        assert 0.4 == pytest.approx(b.tie(f.LOWEST, "patron", "client"))


class TestSupport:
    """What flows along ties, and who fills in."""

    def test_is_given_while_nothing_withholds_it(self):
        """Not by a suspended tie, nor one held back, nor a fractured one."""
        b = board()
        patron, client = b.i("patron"), b.i("client")
        assert 0.4 == support_given(*b.all, patron, client, 0)
        for field, value in ((f.SUSPENDED, 1.0), (f.HELD_BACK, 1.0), (f.FRACTURE_ROUND, 3.0)):
            b.put_tie(field, "patron", "client", value)
            assert 0.0 == support_given(*b.all, patron, client, 0)
            b.put_tie(field, "patron", "client", -1.0 if field == f.FRACTURE_ROUND else 0.0)

    def test_adds_up_to_four_fifths_of_a_war_at_most(self):
        """No ally can fight the whole of another's war."""
        b = board("ties.patron.client.support=0.7", "ties.ally.client.support=0.6")
        assert 0.8 == support_received(*b.all, b.i("client"), 0)
        assert 0.0 == support_received(*b.all, b.i("patron"), 0)

    @pytest.mark.parametrize(("wanted", "own"), [(0.4, 0.2), (0.7, 0.5)])
    def test_that_is_withheld_is_filled_in_by_a_substitute(self, wanted, own):
        """The ally fills in what the patron withholds, as much again as its own at most: 0.2 + 0.2, 0.5 + 0.2."""
        b = board(
            "ties.patron.client.support=0.2",
            f"ties.ally.client.support={own}",
            alliances={"pact": {"substitutes": [{"by": "ally", "for": "client"}]}},
        )
        assert own == support_given(*b.all, b.i("ally"), b.i("client"), 0)
        b.put_tie(f.SUSPENDED, "patron", "client", 1.0)
        assert wanted == pytest.approx(support_given(*b.all, b.i("ally"), b.i("client"), 0))

    def test_that_is_withheld_is_not_filled_in_by_one_that_withholds_its_own(self):
        """A substitute must itself stand by the client."""
        b = board(alliances={"pact": {"substitutes": [{"by": "ally", "for": "client"}]}})
        b.put_tie(f.SUSPENDED, "patron", "client", 1.0)
        b.put_tie(f.HELD_BACK, "ally", "client", 1.0)
        assert 0.0 == support_given(*b.all, b.i("ally"), b.i("client"), 0)


@pytest.mark.parametrize(("wanted", "stance"), [(False, ABSENT), (True, ACCEPT), (True, CONCEDE), (False, REJECT)])
def test_consent_is_accepting_or_conceding(wanted, stance):
    """Being absent is neither."""
    assert wanted == consents(stance)
