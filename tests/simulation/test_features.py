"""What a scenario may switch on: ballots at home, side payments, learning, breach, the battlefield, discounting, orders."""

from typing import Any, ClassVar

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from hypothesis import strategies as st
from small_games import Board, Played, Tree, game, merged, small

from wedge.engine.model import world as f
from wedge.engine.model.draws import FOR_ANSWER, logistic
from wedge.engine.model.numbers import HOPE
from wedge.engine.model.orders import chance_of_group, hope_after
from wedge.engine.model.payoff import discounted
from wedge.engine.model.words import ACCEPT, BOUGHT, CONCEDE, JOINT_FRONT, MOVE_FORCED, PROPOSE, REASONS, REJECT
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, FORCE_STANCE, Forced
from wedge.engine.simulation.phases.answering import answer, view_of
from wedge.engine.simulation.phases.consenting import buy_consent, close_ranks, follow_the_patron
from wedge.engine.simulation.phases.days import maybe_breach
from wedge.engine.simulation.phases.settling import ratify, settle

THREE = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.5}}


def proposed(level: float, rounds: int = 1) -> list[Forced]:
    """The same proposal in each of some rounds."""
    moves = [(Forced(n, FORCE_MOVE, value=PROPOSE), Forced(n, FORCE_LEVEL, what=0, value=level)) for n in range(rounds)]
    return [move for pair in moves for move in pair]


def signed(*names: str, n: int = 0, of: Any = THREE) -> list[Forced]:
    """These states sign in round n."""
    return [Forced(n, FORCE_STANCE, who=sorted(of).index(name), value=ACCEPT) for name in names]


def tabled(tree: Tree, *sets: str) -> Board:
    """A board on which the first state has proposed and nobody has answered yet."""
    b = Board(game(tree, *sets))
    b.w.lane[f.FLOOR, 0] = 0.0
    b.w.lane[f.MOVE, 0] = PROPOSE
    b.w.lane[f.ON_TABLE, 0] = 0.0
    b.w.state[f.FORCED_STANCE, :, 0] = -1.0
    return b


class TestRatification:
    """What is signed at the table may be refused at home (Putnam 1988)."""

    @pytest.mark.parametrize(("needs", "stance"), [(0.0, "accept"), (0.9, "reject")])
    def test_needs_a_surplus(self, needs, stance):
        """A deal that is good enough at the table may not be good enough at home."""
        tree = small(THREE, states={"bell": {"ratification": {"needs": needs}}})
        run = Played(game(tree), *proposed(0.9), *signed("anvil", "bell", "crane"))
        assert stance == run.stances(0)["bell"]
        assert (needs > 0.5) == ("not_ratified" == run.reasons(0)["bell"])
        assert (needs < 0.5) == (run.lane(0, f.PASSED) == 1.0)

    def test_is_asked_only_of_a_deal_that_all_the_others_have_signed(self):
        """No parliament votes on what has failed already."""
        tree = small(THREE, states={"bell": {"ratification": {"needs": 0.9}}})
        run = Played(game(tree), *proposed(0.9), *signed("anvil", "bell"), Forced(0, FORCE_STANCE, who=2, value=REJECT))
        assert "accept" == run.stances(0)["bell"]

    def test_is_a_matter_of_luck_where_the_state_has_whims(self):
        """Near the threshold it passes in some worlds."""
        tree = small(THREE, states={"bell": {"ratification": {"needs": 0.4}, "whim": 0.2}})
        moves = [*proposed(0.9), *signed("anvil", "bell", "crane")]
        found = {Played(game(tree), *moves, world=world).stances(0)["bell"] for world in range(20)}
        assert {"accept", "reject"} == found

    def test_of_a_state_without_a_seat_is_not_needed(self):
        """Its parliament has nothing to vote on."""
        tree = small(
            THREE,
            states={"bell": {"ratification": {"needs": 0.9}}},
            agenda=[{"stage": "talks", "issues": ["land"], "consent": ["anvil", "crane"]}],
        )
        run = Played(game(tree), *proposed(0.1), *signed("anvil", "bell", "crane"))
        assert "accept" == run.stances(0)["bell"]


class TestSidePayments:
    """A patron may buy what its client's consent lacks."""

    def board(self, budget: float = 0.5, score: float = -0.1, gain: float = 0.3, **client: Any) -> Board:
        """A payer that signs and gains, and a client that has refused with that score."""
        tree = small(THREE, states={"anvil": {"purse": {"budget": budget, "pays": ["bell", "crane"]}}, "crane": client})
        b = tabled(tree)
        b.put(f.STANCE, anvil=ACCEPT, bell=ACCEPT, crane=REJECT)
        b.put(f.SURPLUS, anvil=gain, crane=-0.05)
        b.put(f.SCORE, crane=score)
        return b

    def bought(self, b: Board, name: str = "crane") -> bool:
        """Whether its consent is bought."""
        buy_consent(*b.all, b.i(name), 0, 0)
        return b.state(f.REASON, name) == BOUGHT

    def test_pay_exactly_what_consent_lacks(self):
        """A tenth, from one to the other."""
        b = self.board()
        assert self.bought(b)
        assert CONCEDE == b.state(f.STANCE, "crane")
        assert 0.1 == pytest.approx(b.state(f.PAYMENT, "crane"), abs=1e-6)
        assert 0.0 == b.state(f.PAYMENT, "crane") + b.state(f.PAYMENT, "anvil")

    @pytest.mark.parametrize(("budget", "gain"), [(0.05, 0.3), (0.5, 0.05)])
    def test_never_exceed_the_purse_nor_what_the_payer_gains(self, budget, gain):
        """Nobody pays more than it has, or than the deal is worth to it."""
        assert not self.bought(self.board(budget=budget, gain=gain))

    def test_to_two_clients_add_up(self):
        """The second is paid out of what the first has left, of the purse and of the gain."""
        for budget, gain, second in ((0.5, 0.3, True), (0.15, 0.3, False), (0.5, 0.15, False)):
            b = self.board(budget=budget, gain=gain)
            b.put(f.STANCE, bell=REJECT)
            b.put(f.SCORE, bell=-0.1)
            assert [True, second] == [self.bought(b, name) for name in ("crane", "bell")]
            assert 0.0 == pytest.approx(sum(b.state(f.PAYMENT, name) for name in THREE), abs=1e-12)
            assert -b.state(f.PAYMENT, "anvil") <= min(budget, gain)

    def test_are_not_made_by_one_that_does_not_sign(self):
        """Nor by one that may not pay."""
        b = self.board()
        b.put(f.STANCE, anvil=REJECT)
        assert not self.bought(b)

    @pytest.mark.parametrize("policy", ["firm", {"answers": "firm"}])
    def test_do_not_buy_a_firm_state(self, policy):
        """It is not for sale; least of all does it pay for the honour of giving in."""
        b = self.board(policy=policy, score=0.2)
        assert not self.bought(b)
        assert [0.0] * 3 == [b.state(f.PAYMENT, name) for name in THREE]

    def test_are_never_below_nothing(self):
        """A state that refused though its sum was above zero, by lot say, sells nothing."""
        b = self.board(policy={"answers": "lots"}, score=0.2)
        self.bought(b)
        assert 0.0 <= b.state(f.PAYMENT, "crane")

    def test_go_back_when_the_client_refuses_in_the_end(self):
        """Bought at the table, and then its front closes ranks, or its parliament says no."""
        front = {"alliances": {"pact": {"members": ["bell", "crane"], "joint_front": True}}}
        for last in ("front", "ballot"):
            b = self.board(**({"ratification": {"needs": 0.9}} if last == "ballot" else {}))
            if last == "front":
                b = Board(
                    game(merged(small(THREE, states={"anvil": {"purse": {"budget": 0.5, "pays": ["crane"]}}}), front))
                )
                b.put(f.STANCE, anvil=ACCEPT, bell=REJECT, crane=REJECT)
                b.put(f.SURPLUS, anvil=0.3)
                b.put(f.SCORE, crane=-0.1)
            assert self.bought(b)
            if last == "front":
                close_ranks(b.s, b.w, 0, 0, 0)
                assert JOINT_FRONT == b.state(f.REASON, "crane")
            else:
                ratify(*b.all, 0, 0, 0)
            assert REJECT == b.state(f.STANCE, "crane")
            assert [0.0] * 3 == pytest.approx([b.state(f.PAYMENT, name) for name in THREE], abs=1e-12)

    def test_are_not_made_by_a_payer_that_refuses_in_the_end(self):
        """Its own front closes ranks after it has paid; a quota may settle the deal without it."""
        front = {"alliances": {"pact": {"members": ["anvil", "bell"], "joint_front": True}}}
        tree = merged(small(THREE, states={"anvil": {"purse": {"budget": 0.5, "pays": ["crane"]}}}), front)
        b = tabled(tree)
        b.put(f.STANCE, anvil=ACCEPT, bell=REJECT, crane=REJECT)
        b.put(f.SURPLUS, anvil=0.3)
        b.put(f.SCORE, crane=-0.1)
        assert self.bought(b)
        close_ranks(b.s, b.w, 0, 0, 0)
        assert REJECT == b.state(f.STANCE, "anvil")
        assert [0.0] * 3 == pytest.approx([b.state(f.PAYMENT, name) for name in THREE], abs=1e-12)

    def test_are_paid_when_the_deal_is_settled(self):
        """The purse is lighter, and both payoffs show it; anvil gains twice as much as bell would lose."""
        sides = {"anvil": {"land": 0.0}, "bell": {"land": 1.0, "sea": 0.5}}
        states = {"anvil": {"purse": {"budget": 0.9, "pays": ["bell"]}}}
        agenda = [{"stage": "talks", "issues": ["land"]}]
        paid = Played(game(small(sides, rounds=1, states=states, agenda=agenda)), *proposed(0.3))
        free = Played(game(small(sides, rounds=1, agenda=agenda)), *proposed(0.3), *signed("anvil", "bell", of=sides))
        assert "bought" == paid.reasons(0)["bell"]
        price = paid.at(0, f.PAYMENT, "bell")
        assert price > 0.0
        assert 0.9 - price == pytest.approx(paid.at(0, f.PURSE_LEFT, "anvil"))
        assert [-price, price] == pytest.approx(
            [paid.at(0, f.PAYOFF, name) - free.at(0, f.PAYOFF, name) for name in sides]
        )


class TestFollowing:
    """A follower takes its patron's stance."""

    def board(self, *sets: str, **rest: Any) -> Board:
        """Crane follows bell; anvil has proposed."""
        policy = {"answers": {"follow": {"patron": "bell"}}}
        ties = {("bell", "crane"): {}, ("crane", "bell"): {"dependence": 1.0}}
        return tabled(merged(small(THREE, ties, states={"crane": {"policy": policy}}), rest), *sets)

    @pytest.mark.parametrize(
        ("patron", "held", "wanted"), [(ACCEPT, 0.0, ACCEPT), (CONCEDE, 0.5, CONCEDE), (REJECT, 0.0, REJECT)]
    )
    def test_signs_what_its_patron_signs_and_refuses_what_it_refuses(self, patron, held, wanted):
        """In its own words: it accepts if its own demand is met, else it concedes."""
        b = self.board()
        b.put(f.STANCE, anvil=ACCEPT, bell=patron, crane=REJECT)
        b.put(f.SURPLUS, crane=0.2)
        b.put(f.HELD_OUT_FOR, crane=held)
        follow_the_patron(b.s, b.w, b.i("crane"), 0)
        assert wanted == b.state(f.STANCE, "crane")

    @pytest.mark.parametrize("reason", ["red_line", "move_forced"])
    def test_goes_its_own_way_past_a_red_line_or_when_it_is_told_to(self, reason):
        """A red line is never crossed, and a forced move stays."""
        b = self.board()
        b.put(f.STANCE, anvil=ACCEPT, bell=ACCEPT, crane=REJECT)
        b.put(f.REASON, crane=REASONS.index(reason))
        follow_the_patron(b.s, b.w, b.i("crane"), 0)
        assert REJECT == b.state(f.STANCE, "crane")

    def test_answers_for_itself_where_its_patron_is_absent_or_a_follower_too(self):
        """Two that follow each other would never begin."""
        b = self.board(states={"bell": {"policy": {"answers": {"follow": {"patron": "crane"}}}}})
        b.put(f.STANCE, anvil=ACCEPT, bell=ACCEPT, crane=REJECT)
        follow_the_patron(b.s, b.w, b.i("crane"), 0)
        assert REJECT == b.state(f.STANCE, "crane")
        b = self.board()
        b.put(f.STANCE, anvil=ACCEPT, crane=REJECT)
        follow_the_patron(b.s, b.w, b.i("crane"), 0)
        assert REJECT == b.state(f.STANCE, "crane")

    def test_follows_through_a_whole_round(self):
        """Whatever it would have said itself."""
        policy = {"answers": {"follow": {"patron": "bell"}}}
        ties = {("bell", "crane"): {}, ("crane", "bell"): {"dependence": 1.0}}
        run = Played(game(small(THREE, ties, states={"crane": {"policy": policy}})), *signed("bell"))
        assert "followed_patron" == run.reasons(0)["crane"]
        assert run.stances(0)["crane"] in ("accept", "concede")


class TestJointFront:
    """Members consent only if every member with a seat does, and propose only what no member loses by."""

    def test_refuses_together(self):
        """One refusal is everybody's, the proposer's own included."""
        tree = small(THREE, {("anvil", "crane"): {}}, alliances={"pact": {"joint_front": True}})
        run = Played(game(tree), *proposed(0.0))
        assert {"anvil": "reject", "crane": "reject"} == {name: run.stances(0)[name] for name in ("anvil", "crane")}
        assert "joint_front" == run.reasons(0)["anvil"]

    def test_is_not_broken_by_a_member_without_a_seat(self):
        """Only those whose consent is needed count; but all follow."""
        seats = [{"stage": "talks", "issues": ["land"], "consent": ["anvil", "bell"]}]
        tree = small(THREE, {("anvil", "crane"): {}}, alliances={"pact": {"joint_front": True}}, agenda=seats)
        run = Played(game(tree), *proposed(0.0))
        assert "accept" == run.stances(0)["anvil"]

    def test_of_a_state_in_two_fronts_carries_the_refusal_from_one_to_the_other(self):
        """Whatever the fronts are called: crane refuses, so bell does, so anvil does."""
        for names in (("a", "b"), ("b", "a")):
            tree = small(THREE)
            tree["alliances"] = {
                names[0]: {"members": ["anvil", "bell"], "joint_front": True, "ties": {"anvil": {"bell": {}}}},
                names[1]: {"members": ["bell", "crane"], "joint_front": True, "ties": {"bell": {"crane": {}}}},
            }
            run = Played(game(tree), *proposed(0.5), Forced(0, FORCE_STANCE, who=2, value=REJECT))
            assert {"anvil": "reject", "bell": "reject", "crane": "reject"} == run.stances(0)

    def test_proposes_nothing_by_which_a_member_loses(self):
        """Its own best would hurt its ally, so it passes."""
        sides = {"anvil": {"land": 0.0}, "bell": {"land": 0.5}, "crane": {"land": 1.0}}
        for front, move in ((False, "propose"), (True, "pass")):
            tree = small(
                sides,
                {("anvil", "crane"): {}},
                alliances={"pact": {"joint_front": front}},
                states={"anvil": {"policy": "firm"}},
            )
            assert move == Played(game(tree, "states.anvil.loyalty=0")).moves()[0]

    def test_holds_when_a_parliament_at_home_says_no(self):
        """A member's ballot breaks the deal, and the others do not stand there as those who would have signed."""
        tree = small(
            THREE,
            {("anvil", "crane"): {}},
            alliances={"pact": {"joint_front": True}},
            states={"crane": {"ratification": {"needs": 0.9}}},
        )
        run = Played(game(tree), *proposed(0.4), *signed("bell", "crane"))
        assert "not_ratified" == run.reasons(0)["crane"]
        assert "joint_front" == run.reasons(0)["anvil"]
        assert "daylight" not in run.strain(0, "anvil", "crane")


class TestLearning:
    """Hope moves to the rate of consent that has been seen."""

    def test_falls_with_every_refusal_and_rises_with_every_deal(self):
        """Half of the way each time: 0.6, 0.3, 0.15."""
        hopes = []
        for rounds in (1, 2):
            run = Played(
                game(small(THREE, rounds=rounds), "talks.learning=0.5"),
                *proposed(0.0, rounds),
                *[Forced(n, FORCE_STANCE, who=1, value=REJECT) for n in range(rounds)],
            )
            hopes.append(float(run.run.numbers.state[HOPE, 1, 0]))
        assert [0.3, 0.15] == pytest.approx(hopes)
        run = Played(
            game(small(THREE, rounds=1), "talks.learning=0.5"), *proposed(0.5), *signed("anvil", "bell", "crane")
        )
        assert 0.8 == pytest.approx(float(run.run.numbers.state[HOPE, 1, 0]))

    def test_is_off_unless_a_scenario_switches_it_on(self):
        """Then hope is what it was."""
        run = Played(game(small(THREE)))
        assert 0.6 == run.run.numbers.state[HOPE, 1, 0]


WAR = {"anvil": {"peace": 0.0}, "bell": {"peace": 1.0}}


class TestBreach:
    """A settled ceasefire may be broken by who would gain by fighting on."""

    def run(self, breach: float, world: int = 0, rounds: int = 12) -> Played:
        """A ceasefire in the first round that anvil would rather not have."""
        return Played(
            game(small(WAR, war="peace", rounds=rounds), f"talks.breach={breach}"),
            *proposed(1.0),
            *signed("anvil", "bell", of=WAR),
            world=world,
        )

    def test_never_happens_at_a_rate_of_nothing(self):
        """That is the default."""
        run = self.run(0.0)
        assert [0.0] * 12 == [run.lane(n, f.FIGHTING_NOW) for n in range(12)]

    def test_begins_the_war_again_and_opens_the_stage(self):
        """What was settled is back at the status quo, and the talks go on."""
        run = self.run(1.0)
        assert 0.0 == run.lane(0, f.FIGHTING_NOW)
        assert 1.0 == run.lane(1, f.FIGHTING_NOW) == run.lane(1, f.BREACHES)
        assert 0.0 == run.issue(1, f.IS_SETTLED, "peace") == run.issue(1, f.LEVEL_NOW, "peace")
        assert ["talks", "", "talks"] == run.table()[:3]

    def test_takes_back_what_the_deal_had_paid(self):
        """Undone in the round after, at no discount: nothing is left but the cost of the round of war."""
        run = self.run(1.0, rounds=3)
        gained = run.at(0, f.PAYOFF, "bell")
        assert gained > 0.0
        assert 0.0 == pytest.approx(run.at(1, f.PAYOFF, "bell"))

    def test_leaves_no_round_of_settling_behind(self):
        """An open stage has not been settled."""
        run = self.run(1.0)
        assert -1.0 == run.moments[1].stage[f.SETTLED_ROUND, 0]

    def test_comes_from_those_alone_who_would_gain_by_it(self):
        """Where everybody wants the peace nobody breaks it."""
        tree = small({"anvil": {"peace": 1.0}, "bell": {"peace": 1.0}}, war="peace", rounds=12)
        run = Played(game(tree, "talks.breach=1"), *proposed(1.0), *signed("anvil", "bell", of=WAR))
        assert 0.0 == run.lane(11, f.BREACHES)

    def test_is_deterred_by_what_the_war_costs(self):
        """A state to which war costs more than it would gain keeps the peace."""
        b = Board(game(small(WAR, war="peace"), "talks.breach=1", "states.anvil.war_cost=2"))
        b.w.issue[f.IS_SETTLED, 0, 0] = b.w.issue[f.LEVEL_NOW, 0, 0] = 1.0
        maybe_breach(*b.all, 5, 0)
        assert 0.0 == b.w.lane[f.BREACHES, 0]

    def test_happens_in_some_worlds_at_a_rate_between(self):
        """By luck."""
        assert {0.0, 1.0} <= {self.run(0.02, world=world).lane(11, f.BREACHES) for world in range(20)}


class TestBattlefield:
    """Fighting moves the status quo of a marked issue (Powell 2006)."""

    def run(self, *forced: Forced, **battlefield: Any) -> Played:
        """Anvil is twice as strong as bell, and they agree on nothing by themselves."""
        sides = {"anvil": {"land": 1.0, "peace": 0.5}, "bell": {"land": 0.0, "peace": 1.0}}
        tree = small(
            sides,
            war="peace",
            rounds=5,
            agenda=[{"stage": "talks", "issues": ["peace"]}, {"stage": "later", "issues": ["land"]}],
        )
        tree["issues"]["land"]["battlefield"] = {"between": ["anvil", "bell"], **battlefield}
        firm = {"states": {name: {"policy": "firm"} for name in sides}}
        return Played(game(merged(tree, firm), "states.anvil.power=2"), *forced)

    def test_moves_it_towards_the_stronger_side(self):
        """0.001 a day and unit of leverage, a balance of one, seven days a round."""
        run = self.run(drift=0.001)
        assert [0.5, 0.507, 0.514, 0.521, 0.528] == pytest.approx([run.issue(n, f.LEVEL_NOW, "land") for n in range(5)])

    def test_moves_it_while_there_is_fighting_only(self):
        """After the ceasefire of the second round the line stays where it is."""
        k = self.run().names.issues.index("peace")
        peace = [Forced(1, FORCE_MOVE, value=PROPOSE), Forced(1, FORCE_LEVEL, what=k, value=1.0)]
        peace += [Forced(1, FORCE_STANCE, who=i, value=ACCEPT) for i in range(2)]
        run = self.run(*peace, drift=0.001)
        assert [0.5, 0.507, 0.507, 0.507, 0.507] == pytest.approx([run.issue(n, f.LEVEL_NOW, "land") for n in range(5)])

    def test_never_moves_it_off_the_scale(self):
        """There is no more than all."""
        assert 1.0 == self.run(drift=1.0).issue(4, f.LEVEL_NOW, "land")

    def test_sways_by_chance(self):
        """Another line in every round, and a lasting one."""
        run = self.run(sway=0.01)
        assert 5 == len({run.issue(n, f.LEVEL_NOW, "land") for n in range(5)})

    def test_does_not_move_what_is_settled(self):
        """A level that has been agreed stays agreed."""
        sides = {"anvil": {"land": 1.0, "peace": 0.5}, "bell": {"land": 0.0, "peace": 0.5}}
        tree = small(
            sides,
            war="peace",
            rounds=4,
            agenda=[{"stage": "first", "issues": ["land"]}, {"stage": "then", "issues": ["peace"]}],
        )
        tree["issues"]["land"]["battlefield"] = {"between": ["anvil", "bell"], "drift": 0.01}
        run = Played(game(tree, "states.anvil.power=2"), *proposed(0.4), *signed("anvil", "bell", of=sides))
        assert [0.4] * 4 == [run.issue(n, f.LEVEL_NOW, "land") for n in range(4)]


class TestWar:
    """What the war costs."""

    def test_costs_its_price_over_the_length_of_the_talks(self):
        """Half of them at war, half of the price, less for each round later where there is a discount."""
        sides = {"anvil": {"peace": 1.0}, "bell": {"peace": 1.0}}
        tree = small(sides, war="peace", rounds=4, states={key: {"policy": "firm", "war_cost": 0.4} for key in sides})
        peace = [Forced(2, FORCE_MOVE, value=PROPOSE), *signed("anvil", "bell", n=2, of=sides)]
        calm = [Forced(n, FORCE_MOVE, value=0) for n in range(2)]
        run = Played(game(tree, "states.bell.discount=0.5"), *calm, *peace)
        assert -0.2 == pytest.approx(run.at(1, f.PAYOFF, "anvil"))
        assert -0.1 - 0.05 == pytest.approx(run.at(1, f.PAYOFF, "bell"))

    def test_wears_off_who_fights_less_what_support_carries(self):
        """A tenth a round; an ally that carries 0.4 leaves six hundredths."""
        sides = {"anvil": {"peace": 0.0}, "bell": {"peace": 0.0}}
        tree = small(
            sides,
            {("anvil", "bell"): {"support": 0.4}},
            war="peace",
            rounds=4,
            states={key: {"war_cost": 0.4} for key in sides},
        )
        tree["agenda"][0]["possible_when"] = {"round": {"above": 99}}
        run = Played(game(tree))
        assert [0.1, 0.2, 0.3, 0.4] == pytest.approx(run.every(f.WEARINESS_NOW, "anvil"))
        assert [0.06, 0.12, 0.18, 0.24] == pytest.approx(run.every(f.WEARINESS_NOW, "bell"))


class TestPayoff:
    """What a course was worth."""

    @pytest.mark.parametrize(("n", "worth"), [(0, 0.4), (2, 0.1)])
    def test_of_a_deal_is_discounted_by_the_round(self, n, worth):
        """0.4 over the status quo, halved each round."""
        tree = small(
            {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}, states={"bell": {"discount": 0.5, "audience_cost": 0}}
        )
        calm = [Forced(m, FORCE_MOVE, value=0) for m in range(n)]
        deal = [
            Forced(n, FORCE_MOVE, value=PROPOSE),
            Forced(n, FORCE_LEVEL, what=0, value=0.9),
            *signed("anvil", "bell", n=n, of=("anvil", "bell")),
        ]
        assert worth == pytest.approx(Played(game(tree), *calm, *deal).at(5, f.PAYOFF, "bell"))

    def test_is_lowered_by_taking_less_than_one_has_refused(self):
        """Bell refuses 0.8 and then takes 0.6: a tenth of the difference."""
        sides = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}
        offers = [(0, 0.8, REJECT), (1, 0.6, ACCEPT)]
        floor = [{"stage": "talks", "issues": ["land"], "floor": {"rotation": ["anvil"]}}]
        moves = [
            m
            for n, level, said in offers
            for m in (
                Forced(n, FORCE_MOVE, value=PROPOSE),
                Forced(n, FORCE_LEVEL, what=0, value=level),
                Forced(n, FORCE_STANCE, who=1, value=said),
            )
        ]
        run = Played(game(small(sides, agenda=floor), "states.bell.audience_cost=0.5"), *moves)
        assert 0.1 == pytest.approx(run.at(5, f.AUDIENCE_PAID, "bell"))
        assert 0.1 - 0.1 == pytest.approx(run.at(5, f.PAYOFF, "bell"), abs=1e-12)

    def test_charges_no_audience_cost_to_who_refused_to_the_end(self):
        """A quota settled it over its head: it has not taken less than it said."""
        seats = [{"stage": "talks", "issues": ["land"], "consent": {"quota": 2}, "floor": {"rotation": ["anvil"]}}]
        refused = [
            m
            for n, level in ((0, 0.8), (1, 0.6))
            for m in (
                Forced(n, FORCE_MOVE, value=PROPOSE),
                Forced(n, FORCE_LEVEL, what=0, value=level),
                Forced(n, FORCE_STANCE, who=1, value=REJECT),
            )
        ]
        crane = [Forced(n, FORCE_STANCE, who=2, value=said) for n, said in ((0, REJECT), (1, ACCEPT))]
        run = Played(game(small(THREE, agenda=seats), "states.bell.audience_cost=0.5"), *refused, *crane)
        assert 1.0 == run.lane(1, f.PASSED)
        assert 0.0 == run.at(5, f.AUDIENCE_PAID, "bell")

    @given(st.floats(0, 1), st.integers(0, 30))
    def test_discount_is_a_power(self, rate, n):
        """By as many products as there are rounds."""
        assert rate**n == pytest.approx(discounted(rate, n), rel=1e-12)

    def test_of_an_issue_left_open_is_what_has_become_of_it(self):
        """The front has moved from 0.5 to 0.7 by the last round, and nothing was signed."""
        sides = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}
        event = {"at": "2030-01-08", "effects": [{"change": "issues.land.status_quo", "to": 0.7}]}
        tree = small(sides, states={name: {"policy": "firm"} for name in sides}, events={"offensive": event})
        run = Played(game(tree, "states.bell.discount=0.5"))
        assert [-0.2, 0.2 * 0.5**5] == pytest.approx([run.at(5, f.PAYOFF, name) for name in sides])
        assert [0.0, 0.0] == [run.at(4, f.PAYOFF, name) for name in sides]


class TestLeanings:
    """The random part of an answer: a leaning on a matter, which lasts."""

    sides: ClassVar[Tree] = {
        "anvil": {"land": 0.0, "debt": 0.3},
        "bell": {"land": 1.0, "debt": 0.6},
        "crane": {"land": 0.4, "debt": 1.0},
    }

    def leanings(self, agenda: list[Tree], rounds: int = 8) -> dict[tuple[str, str, str], set[float]]:
        """All leanings of bell that a course has shown, by proposer and stage."""
        states = {name: {"policy": "firm", "whim": 0.1} for name in self.sides}
        run = Played(game(small(self.sides, rounds=rounds, agenda=agenda, states=states)))
        found: dict[tuple[str, str, str], set[float]] = {}
        for n, (proposer, stage) in enumerate(zip(run.floor(), run.table(), strict=True)):
            if run.moves()[n] == "propose":
                for name in ("bell", "crane"):
                    found.setdefault((name, proposer, stage), set()).add(run.at(n, f.WHIM_NOW, name))
        return found

    def test_last_from_round_to_round_whoever_proposes_and_differ_by_state(self):
        """Three proposers are no three draws: one for each state."""
        found = self.leanings([{"stage": "talks", "issues": ["land"]}])
        assert 6 == len(found)
        assert {1} == {len(values) for values in found.values()}
        for name in ("bell", "crane"):
            assert 1 == len(set.union(*(values for key, values in found.items() if key[0] == name)))
        assert 2 == len(set.union(*found.values()))

    def test_are_as_large_as_what_is_on_the_table_weighs(self):
        """On a stage that holds a quarter of all that matters to bell, a quarter of what they are on all of it."""
        sides = {name: {"land": {"ideal": level, "salience": 1}, "debt": {"ideal": 0.5, "salience": 3}}
                 for name, level in (("anvil", 0.0), ("bell", 1.0))}  # fmt: skip
        part, whole = (
            Board(game(small(sides, agenda=agenda, states={"bell": {"whim": 0.1}})))
            for agenda in (
                [{"stage": "land", "issues": ["land"]}, {"stage": "debt", "issues": ["debt"]}],
                [{"stage": "all", "issues": ["debt", "land"]}],
            )
        )
        leaning = 0.1 * logistic(part.w.key[0], FOR_ANSWER, part.s.state_id[1], int(part.s.issue_id[part.k("land")]))
        part.w.lane[f.FLOOR, 0] = 0.0
        assert 0.25 * leaning == pytest.approx(view_of(*part.all, 1, 0, 0, 0).whim)
        leaning = 0.1 * logistic(
            whole.w.key[0], FOR_ANSWER, whole.s.state_id[1], int(whole.s.issue_id[whole.k("debt")])
        )
        assert leaning == pytest.approx(view_of(*whole.all, 1, 0, 0, 0).whim)

    def test_differ_by_what_is_talked_about_and_not_by_what_the_stage_is_called(self):
        """The same matter on another agenda finds the same leanings."""
        two = [{"stage": "one", "issues": ["land"], "rounds": 4}, {"stage": "two", "issues": ["debt"]}]
        found = self.leanings(two)
        turned = self.leanings(
            [{"stage": "first", "issues": ["debt"], "rounds": 4}, {"stage": "last", "issues": ["land"]}]
        )
        assert found["bell", "anvil", "one"] == turned["bell", "anvil", "last"]
        assert found["bell", "anvil", "one"] != found["bell", "anvil", "two"]


class TestOrders:
    """Which declared order of settling each state would rather have."""

    orders: ClassVar[Tree] = {"land_first": [["land"], ["peace"]], "peace_first": [["peace"], ["land"]]}

    def run(self, *sets: str, **rest: Any) -> Played:
        """Anvil wants land, bell wants peace, for the war costs it dearly; neither gives way."""
        sides = {
            "anvil": {"land": {"ideal": 1.0, "salience": 9}, "peace": 0.5},
            "bell": {"land": 0.0, "peace": {"ideal": 1.0, "salience": 3}},
        }
        firm = {"states": {key: {"policy": "firm"} for key in sides}}
        return Played(
            game(small(sides, war="peace", orders=self.orders, **firm, **rest), "states.bell.war_cost=0.6", *sets)
        )

    def preferred(self, run: Played, n: int) -> dict[str, str]:
        """The order each state would rather have after round n."""
        return {name: run.names.orders[int(run.at(n, f.ORDER, name))] for name in run.names.states}

    def test_come_from_what_each_state_would_gain(self):
        """Who wants the land wants it first, who suffers by the war wants peace first."""
        assert {"anvil": "land_first", "bell": "peace_first"} == self.preferred(self.run(), 0)

    def test_may_change_when_the_world_does(self):
        """A blockade makes the war dear to anvil too, and the round in which it changed its mind is noted."""
        event = {"at": "2030-01-22", "effects": [{"change": "states.anvil.war_cost", "to": 3}]}
        run = self.run(events={"blockade": event})
        assert ["land_first", "peace_first"] == [self.preferred(run, n)["anvil"] for n in (2, 3)]
        assert [1.0, 3.0] == [run.at(3, field, "anvil") for field in (f.ORDER_CHANGES, f.ORDER_ROUND)]
        assert 0.0 == run.at(3, f.ORDER_CHANGES, "bell")

    def test_whose_first_step_is_refused_again_and_again_lose_their_appeal(self):
        """Peace first was bell's order; after a spring of refusals of peace it would rather go straight to the land."""
        sides = {
            "anvil": {"land": 1.0, "peace": {"ideal": 0.0, "salience": 9}},
            "bell": {"land": {"ideal": 0.0, "salience": 2}, "peace": {"ideal": 1.0, "salience": 3}},
        }
        agenda = [{"stage": "peace", "issues": ["peace"]}, {"stage": "land", "issues": ["land"]}]
        firm = {key: {"policy": "firm"} for key in sides}
        tree = small(sides, war="peace", rounds=30, orders=self.orders, agenda=agenda, states=firm)
        run = Played(game(tree))
        assert 10 < run.lane(29, f.REFUSED)
        said = [self.preferred(run, n)["bell"] for n in range(30)]
        assert ["peace_first", "land_first"] == list(dict.fromkeys(said))

    @pytest.mark.parametrize(("refused", "chance"), [(0, 0.6), (4, 0.3), (12, 0.15)])
    def test_are_weighed_by_a_hope_that_learns_from_refusals(self, refused, chance):
        """A hope of 0.6 that began with four occasions, after so many more that came to nothing."""
        assert chance == pytest.approx(hope_after(0.6, 4.0, refused))

    def test_have_better_chances_again_once_their_first_step_is_settled(self):
        """What is settled was no refusal in the end: the group has a chance of 1 and the next its plain hope."""
        sides = {"anvil": {"land": 0.0, "peace": 0.5}, "bell": {"land": 1.0, "peace": 0.5}}
        agenda = [{"stage": "peace", "issues": ["peace"]}, {"stage": "land", "issues": ["land"]}]
        b = Board(game(small(sides, orders=self.orders, agenda=agenda)))
        first = b.names.orders.index("peace_first")
        b.w.stage[f.PROPOSALS, 0, 0] = 4.0
        assert [0.3, 0.6] == pytest.approx([chance_of_group(*b.all, first, 0, group, 0) for group in (0, 1)])
        b.w.lane[[f.ON_TABLE, f.PASSED], 0] = 0.0, 1.0
        assert 0.6 * 4 / 7 == pytest.approx(chance_of_group(*b.all, first, 0, 0, 0))
        b.w.issue[f.IS_SETTLED, b.k("peace"), 0] = 1.0
        assert [1.0, 0.6] == pytest.approx([chance_of_group(*b.all, first, 0, group, 0) for group in (0, 1)])

    def test_of_an_issue_on_no_agenda_keep_their_hope(self):
        """Nothing was refused that was never on the table."""
        sides = {"anvil": {"land": 0.0, "peace": 0.5}, "bell": {"land": 1.0, "peace": 0.5}}
        b = Board(game(small(sides, orders=self.orders, agenda=[{"stage": "peace", "issues": ["peace"]}])))
        assert 0.6 == chance_of_group(*b.all, b.names.orders.index("land_first"), 0, 0, 0)

    def test_do_not_change_where_two_are_as_good(self):
        """A state that does not care keeps the order it had."""
        orders = {"first": [["land"], ["peace"]], "same": [["land"], ["peace"]]}
        sides = {"anvil": {"land": 1.0, "peace": 0.5}, "bell": {"land": 0.0, "peace": 1.0}}
        run = Played(game(small(sides, orders=orders)))
        assert {0.0} == {run.at(n, f.ORDER, name) for n in range(6) for name in sides}
        assert {0.0} == {run.at(5, f.ORDER_CHANGES, name) for name in sides}


class TestPreconditions:
    """Who gave in on a precondition, and when."""

    def noted(self, *moves: tuple[int, float, int, int], **stage: Any) -> list[float]:
        """When anvil and bell gave in, by rounds with a level of the land and what each says to it."""
        sides = {"anvil": {"land": 0.0, "peace": 0.5}, "bell": {"land": 1.0, "peace": 0.5}}
        agenda = [
            {"stage": "land", "issues": ["land"]} | stage,
            {"stage": "peace", "issues": ["peace"], "after": "land"},
        ]
        tree = small(sides, agenda=agenda, states={key: {"policy": "firm"} for key in sides})
        forced = []
        for n, level, anvil, bell in moves:
            forced += [Forced(n, FORCE_MOVE, value=PROPOSE), Forced(n, FORCE_LEVEL, what=0, value=level)]
            forced += [Forced(n, FORCE_STANCE, who=who, value=said) for who, said in ((0, anvil), (1, bell))]
        run = Played(game(tree), *forced)
        return [run.at(5, f.PRECONDITION_ROUND, name) for name in sides]

    def test_are_conceded_by_consent_to_less_than_the_status_quo_at_the_start(self):
        """The land stands at 0.5: at 0.3 bell gives in, at 0.8 anvil does; the first time counts."""
        assert [2.0, 1.0] == self.noted(
            (0, 0.3, ACCEPT, REJECT), (1, 0.3, REJECT, ACCEPT), (2, 0.8, ACCEPT, REJECT), (3, 0.9, ACCEPT, REJECT)
        )

    def test_are_conceded_by_proposing_too(self):
        """Anvil has the floor in round 0 and offers more than it had to give."""
        assert [0.0, -1.0] == self.noted((0, 0.8, ACCEPT, REJECT))

    def test_are_not_conceded_by_signing_what_is_no_loss(self):
        """An adversary's proposal that leaves things where they stand, or better, is no concession."""
        assert [-1.0, -1.0] == self.noted((0, 0.5, REJECT, ACCEPT), (1, 0.4, ACCEPT, REJECT), (2, 0.6, REJECT, ACCEPT))

    def test_are_not_conceded_by_the_consent_of_who_has_no_seat(self):
        """It binds nobody."""
        assert [0.0, -1.0] == self.noted((0, 0.8, ACCEPT, REJECT), (1, 0.3, REJECT, ACCEPT), consent=["anvil"])


class TestBeliefs:
    """What adversaries come to think of each other's sincerity."""

    def test_are_raised_by_proposals_worth_having_and_by_consent(self):
        """Anvil proposes what bell gains by; crane, bell's other adversary, signs what bell has signed."""
        run = Played(game(small(THREE)), *proposed(0.9), *signed("bell", "crane"))
        assert (1.0, 1.0) == (run.tie(0, f.GOOD, "bell", "anvil"), run.tie(0, f.OCCASIONS, "bell", "anvil"))
        assert (1.0, 1.0) == (run.tie(0, f.GOOD, "bell", "crane"), run.tie(0, f.OCCASIONS, "bell", "crane"))

    def test_are_lowered_by_proposals_that_are_not_and_by_refusals(self):
        """The occasion counts, the good does not."""
        run = Played(game(small(THREE)), *proposed(0.0), Forced(0, FORCE_STANCE, who=2, value=REJECT), *signed("bell"))
        assert (0.0, 1.0) == (run.tie(0, f.GOOD, "bell", "anvil"), run.tie(0, f.OCCASIONS, "bell", "anvil"))
        assert (0.0, 1.0) == (run.tie(0, f.GOOD, "bell", "crane"), run.tie(0, f.OCCASIONS, "bell", "crane"))

    def test_are_none_of_an_allys_business(self):
        """Allies are not adversaries, unless the file says so."""
        run = Played(game(small(THREE, {("bell", "anvil"): {}})), *proposed(0.9))
        assert 0.0 == run.tie(0, f.OCCASIONS, "bell", "anvil")


class TestMirrors:
    """What a tit-for-tat bargainer sees of the other side's way."""

    def test_is_how_far_adversaries_have_come_from_their_first_offer(self):
        """From 0 to 0.5 of the way to 1: half; a worse offer afterwards takes nothing back."""
        floor = [{"stage": "talks", "issues": ["land"], "floor": {"rotation": ["anvil"]}}]
        tree = small(
            {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}, agenda=floor, states={"bell": {"policy": "tit_for_tat"}}
        )
        moves = [
            m
            for n, level in enumerate((0.0, 0.5, 0.2))
            for m in (
                Forced(n, FORCE_MOVE, value=PROPOSE),
                Forced(n, FORCE_LEVEL, what=0, value=level),
                Forced(n, FORCE_STANCE, who=1, value=REJECT),
            )
        ]
        run = Played(game(tree), *moves, *[Forced(3, FORCE_MOVE, value=0)])
        assert [1.0, 1.0, 0.5, 0.5] == pytest.approx(run.every(f.SHARE_HELD, "bell")[:4])

    def test_is_everything_once_it_cannot_come_any_further(self):
        """An adversary that began with all it could give has given all."""
        floor = [{"stage": "talks", "issues": ["land"], "floor": {"rotation": ["anvil"]}}]
        tree = small(
            {"anvil": {"land": 0.0}, "bell": {"land": 1.0}}, agenda=floor, states={"bell": {"policy": "tit_for_tat"}}
        )
        run = Played(game(tree), *proposed(1.0), Forced(0, FORCE_STANCE, who=1, value=REJECT))
        assert 0.0 == run.at(1, f.SHARE_HELD, "bell")


class TestSubstitution:
    """An ally fills in for another that withholds."""

    def test_keeps_a_client_going(self):
        """With a substitute the war wears it off as slowly as before."""
        sides = {"anvil": {"peace": 0.0}, "bell": {"peace": 0.0}, "crane": {"peace": 0.0}}
        ties = {("anvil", "crane"): {"support": 0.3}, ("bell", "crane"): {"support": 0.3}}
        worn = []
        for substitutes in ([], [{"by": "bell", "for": "crane"}]):
            tree = small(
                sides,
                ties,
                war="peace",
                states={"crane": {"war_cost": 0.5}},
                strain={"withdrawal": 0},
                alliances={"pact": {"substitutes": substitutes}},
            )
            tree["agenda"][0]["possible_when"] = {"round": {"above": 99}}
            tree["events"] = {
                "pause": {"at": "2030-01-01", "effects": [{"withhold": {"from": "anvil", "to": "crane"}}]}
            }
            worn.append(Played(game(tree)).at(5, f.WEARINESS_NOW, "crane"))
        assert [0.5 * 0.7, 0.5 * 0.4] == pytest.approx(worn)


@many(30)
@given(scenario_trees())
def test_everything_a_scenario_may_switch_on_can_be_played_together(tree):
    """No combination of parts of the format crashes a course."""
    run = Played(game(tree))
    assert run.scenario.setting.rounds == len(run.moments)


def test_talks_that_are_over_answer_nothing():
    """Phases after the end do nothing."""
    b = tabled(small(THREE))
    b.w.lane[f.TALKS, 0] = 1.0
    before = [part.copy() for part in b.w]
    settle(*b.all, 0, 0)
    assert all(np.array_equal(a, c) for a, c in zip(before, b.w, strict=True))
    b.w.lane[f.MOVE, 0] = 0.0
    answer(*b.all, 0, 0)
    assert not (b.w.state[f.STANCE] != 0).any()
    assert MOVE_FORCED != b.state(f.REASON, "anvil")
