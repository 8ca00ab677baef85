"""What a state does that knows what each would have in the end."""

import numpy as np
import pytest

from wedge.agents.rational.choosing import (
    Prospects,
    best_offer,
    coalitions,
    levels_for,
    steps_to_win,
    worth_of_round,
    would_sign,
)
from wedge.agents.rational.seats import Rational, RationalInManyWorlds
from wedge.agents.rational.secrets import Challenger, Demands, KnowsItsCost, Resister
from wedge.agents.seat import CONSENT, LEAVE, PASS_THE_FLOOR, REFUSE, Table, Tables


def pie(refused, proposer=0, quota=None, veto=(), **changes):
    """A pie of one that the proposer would have whole; each has ``refused`` if the offer fails."""
    n = len(refused)
    start, ways = np.eye(n)[proposer], np.eye(n) - np.eye(n)[proposer]
    ways[proposer] = 0.0
    made = Prospects(
        proposer=proposer,
        start=start,
        base=start.copy(),
        slope=np.eye(n),
        refused=np.array(refused, dtype=float),
        quits=np.zeros(n, dtype=np.int64),
        seats=np.ones(n, dtype=np.int64),
        veto=np.array([int(j in veto) for j in range(n)]),
        quota=quota or n,
        ways=ways,
        wins=1.0 - start,
        room=1.0 - start,
        shared=True,
        may_delay=True,
    )
    return made._replace(**changes)


def scale(refused, **changes):
    """One level between two: the first wants it high, the second low."""
    return pie(refused)._replace(
        start=np.array([1.0]),
        base=np.array([1.0, 0.0]),
        slope=np.array([[1.0], [-1.0]]),
        ways=np.array([[0.0], [-1.0]]),
        wins=np.array([0.0, 1.0]),
        shared=False,
        **changes,
    )


def offered(ahead):
    """The levels on which the lot decides."""
    offer = best_offer(ahead)
    return None if offer is None else sorted(levels_for(ahead, offer, some).tolist() for some in coalitions(offer))


class TestOffers:
    """The least that is signed."""

    def test_leave_the_other_what_refusing_would(self):
        """No more."""
        assert [[0.7, 0.3]] == offered(pie([0.0, 0.3]))
        assert [[0.7]] == [[pytest.approx(level) for level in levels] for levels in offered(scale([0.0, 0.3]))]

    def test_give_nothing_to_those_who_would_sign_anyway(self):
        """Whoever loses by refusing needs nothing."""
        assert [[1.0, 0.0]] == offered(pie([0.0, -0.2]))

    def test_buy_the_cheapest_majority(self):
        """The dearest member is left out."""
        assert [[0.9, 0.1, 0.0]] == offered(pie([0.3, 0.1, 0.4], quota=2))

    def test_buy_a_veto_however_dear(self):
        """And with it the majority is reached."""
        assert [[0.6, 0.0, 0.4]] == offered(pie([0.3, 0.1, 0.4], quota=2, veto=(2,)))

    def test_leave_equally_cheap_partners_to_the_lot(self):
        """Each of the two partners of a majority of three."""
        assert [[0.75, 0.0, 0.25], [0.75, 0.25, 0.0]] == offered(pie([0.3, 0.25, 0.25], quota=2))

    def test_are_none_where_all_that_can_be_given_is_too_little(self):
        """To one, or to all together."""
        assert offered(pie([0.0, 1.2])) is None
        assert offered(pie([0.0, 0.6, 0.6])) is None

    def test_on_a_scale_go_as_far_as_the_furthest_needs(self):
        """Steps towards the others are no sum: who needs less has it too."""
        three = scale([0.0, 0.3])._replace(
            base=np.array([1.0, 0.0, 0.0]),
            slope=np.array([[1.0], [-1.0], [-1.0]]),
            ways=np.array([[0.0], [-1.0], [-1.0]]),
            wins=np.array([0.0, 1.0, 1.0]),
            room=np.array([0.0, 1.0, 1.0]),
            refused=np.array([0.0, 0.3, 0.5]),
            seats=np.ones(3, dtype=np.int64),
            veto=np.zeros(3, dtype=np.int64),
            quota=3,
        )
        assert [[0.5]] == offered(three)
        assert [0.0, 0.3, 0.5] == steps_to_win(three).tolist()


class TestWorth:
    """What a round is worth to each."""

    def test_is_what_the_offer_leaves(self):
        """On average over the lot."""
        worth, _ = worth_of_round(pie([0.3, 0.25, 0.25], quota=2))
        assert [0.75, 0.125, 0.125] == worth.tolist()

    def test_is_that_of_failure_where_the_proposer_would_rather_fail(self):
        """It then offers nothing that is signed, if it is free to."""
        ahead = pie([0.8, 0.5])
        assert ([0.8, 0.5], None) == (worth_of_round(ahead)[0].tolist(), worth_of_round(ahead)[1])
        assert [0.5, 0.5] == worth_of_round(ahead._replace(may_delay=False))[0].tolist()


def table(**said):
    """What a state sees of the pie."""
    seen = dict.fromkeys(Table._fields)
    return Table(**(seen | {"round": 0, "stage": "division", "state": "a", "proposer": "b", "issues": ("x", "y"), "lot": 0.4} | said))  # fmt: skip


class TestSeat:
    """The policy in the seat."""

    def test_proposes_the_levels_of_its_offer(self):
        """By issue."""
        assert {"x": 0.7, "y": 0.3} == Rational(0, lambda *_: pie([0.0, 0.3])).offer(table())

    def test_passes_where_nothing_is_signed(self):
        """Or where it would rather wait."""
        assert PASS_THE_FLOOR == Rational(0, lambda *_: pie([0.8, 0.5])).offer(table())

    def test_signs_what_leaves_it_no_less(self):
        """And who is indifferent signs."""
        ahead = pie([0.3, 0.0], proposer=1)
        seat = Rational(0, lambda *_: ahead)
        answers = [seat.answer(table(proposal={"x": share, "y": 1.0 - share})) for share in (0.2, 0.3, 0.4)]
        assert [REFUSE, CONSENT, CONSENT] == answers
        assert [False, True] == would_sign(ahead, np.array([0.25, 0.75])).tolist()

    def test_leaves_where_that_is_better_than_staying(self):
        """Over the same offer that it would refuse."""
        ahead = pie([0.3, 0.0], proposer=1, quits=np.array([1, 0]))
        assert LEAVE == Rational(0, lambda *_: ahead).answer(table(proposal={"x": 0.1, "y": 0.9}))


def tables(worlds, **said):
    """What a state sees of the pie in some worlds."""
    seen = dict.fromkeys(Tables._fields)
    rows = len(worlds)
    common = {"round": 0, "stage": "division", "state": "a", "issues": ("x", "y"), "lot": np.linspace(0.1, 0.9, rows)}
    return Tables(**(seen | common | {"worlds": np.array(worlds), "proposer": np.array(["b"] * rows)} | said))


class TestSeatInManyWorlds:
    """The same policy, asked once for many worlds."""

    def test_makes_the_offers_that_the_other_would_make(self):
        """World by world, each by its own lot."""
        ahead = pie([0.3, 0.25, 0.25], quota=2)
        many = tables(range(4), issues=("x", "y", "z"))
        offers = RationalInManyWorlds(0, lambda *_: ahead).offers(many)
        for row, lot in enumerate(many.lot):
            one = Rational(0, lambda *_: ahead).offer(table(issues=many.issues, lot=lot))
            assert one == {issue: levels[row] for issue, levels in offers.items()}

    def test_passes_in_all_where_nothing_is_signed(self):
        """As in one."""
        assert [1, 1] == RationalInManyWorlds(0, lambda *_: pie([0.8, 0.5])).offers(tables([0, 1]))[
            PASS_THE_FLOOR
        ].tolist()

    @pytest.mark.parametrize(("quits", "refusal"), [(0, 0.0), (1, 2.0)])
    def test_answers_each_proposal_on_its_own(self, quits, refusal):
        """Consent, or a refusal with or without leaving."""
        ahead = pie([0.3, 0.0], proposer=1, quits=np.array([quits, 0]))
        proposal = {"x": np.array([0.2, 0.3, 0.4]), "y": np.array([0.8, 0.7, 0.6])}
        answers = RationalInManyWorlds(0, lambda *_: ahead).answers(tables(range(3), proposal=proposal))
        assert [refusal, 1.0, 1.0] == answers.tolist()


class TestSecrets:
    """States that alone know their type."""

    def test_one_demand_is_made_of_all(self):
        """Whatever the world."""
        assert [0.6, 0.6] == Demands(np.array([0.6])).offers(tables([4, 5], issues=("x",)))["x"].tolist()

    def test_each_type_signs_what_is_worth_no_less_than_its_own_refusal(self):
        """By the number of the world, not by the row."""
        knows = KnowsItsCost(lambda levels: 1.0 - levels[:, 0], np.array([0.9, 0.4, 0.1]))
        proposal = {"x": np.array([0.6, 0.6])}
        assert [0.0, 1.0] == knows.answers(tables([0, 2], issues=("x",), proposal=proposal)).tolist()

    def test_a_challenger_bluffs_between_its_thresholds(self):
        """Below both it keeps quiet, above both it challenges and fights."""
        types = np.array([-0.9, -0.5, -0.1])
        seat = Challenger(types, challenges_from=-0.7, fights_from=-0.3)
        assert [0.0, 1.0, 1.0] == seat.offers(tables([0, 1, 2], issues=("x",)))["x"].tolist()
        assert [1.0, 1.0, 0.0] == seat.answers(tables([0, 1, 2])).tolist()

    def test_a_resister_signs_where_nothing_is_demanded_or_its_lot_says_so(self):
        """And otherwise resists; then it proposes that nothing changes."""
        proposal = {"x": np.array([0.0, 1.0, 1.0])}
        seen = tables([0, 1, 2], issues=("x",), proposal=proposal, lot=np.array([0.1, 0.1, 0.9]))
        assert [1.0, 0.0, 1.0] == Resister(0.5).answers(seen).tolist()
        assert [0.0, 0.0, 0.0] == Resister(0.5).offers(seen)["x"].tolist()
