"""The agenda at work: who has the floor, what is on the table, whose consent is needed, and how talks end."""

from typing import Any

import pytest
from small_games import Played, game, small

from wedge.engine.model import world as f
from wedge.engine.model.words import ACCEPT, PROPOSE, REJECT
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, FORCE_STANCE, Forced

THREE = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.5}}
STAGES = ("one", "two", "three")


def one_stage(rounds: int = 6, **stage: Any) -> dict:
    """Three states over one issue, on a stage with these properties."""
    return small(THREE, rounds=rounds, agenda=[{"stage": "talks", "issues": ["land"], **stage}])


def answered(n: int, **stances: int) -> list[Forced]:
    """A proposal in round n, and what everybody says to it."""
    moves = [Forced(n, FORCE_MOVE, value=PROPOSE), Forced(n, FORCE_LEVEL, what=0, value=0.5)]
    return moves + [
        Forced(n, FORCE_STANCE, who=sorted(THREE).index(name), value=stance) for name, stance in stances.items()
    ]


def three_stages(*forced: Forced, rounds: int = 8, **more: dict) -> Played:
    """Three stages of an issue each; ``more`` says more about some of them. Nobody agrees unless forced to."""
    sides = {"anvil": dict.fromkeys(STAGES, 0.0), "bell": dict.fromkeys(STAGES, 1.0)}
    agenda = [{"stage": name, "issues": [name], **more.get(name, {})} for name in STAGES]
    stubborn = {key: {"policy": "firm"} for key in sides}
    return Played(game(small(sides, rounds=rounds, agenda=agenda, states=stubborn)), *forced)


def agreed(*rounds: int) -> list[Forced]:
    """Rounds in which both sign."""
    return [Forced(n, FORCE_STANCE, who=i, value=ACCEPT) for n in rounds for i in range(2)]


class TestFloor:
    """Who has the floor."""

    def test_goes_round_those_whose_consent_is_needed_in_the_order_they_are_listed(self):
        """If nothing else is said."""
        run = Played(game(one_stage(consent=["crane", "anvil"])))
        assert ["crane", "anvil"] * 3 == run.floor()

    def test_goes_round_everybody_by_name_if_nobody_is_listed(self):
        """The order of the file does not matter."""
        assert ["anvil", "bell", "crane"] * 2 == Played(game(one_stage())).floor()

    def test_may_be_given_to_some_more_often_than_to_others(self):
        """A rotation may name a state twice."""
        run = Played(game(one_stage(floor={"rotation": ["bell", "bell", "anvil"]})))
        assert ["bell", "bell", "anvil"] * 2 == run.floor()

    def test_may_go_back_and_forth(self):
        """Between two."""
        run = Played(game(one_stage(floor={"alternating": ["crane", "bell"]})))
        assert ["crane", "bell"] * 3 == run.floor()

    def test_may_be_drawn_by_lot_from_those_who_are_listed(self):
        """Each gets it about as often, and never one who is not listed."""
        scenario = game(
            one_stage(rounds=400, floor={"random": ["anvil", "crane"]}, possible_when={"round": {"above": 0}}),
            "states.anvil.power=1",
        )
        floors = [name for world in range(2) for name in Played(scenario, world=world).floor() if name]
        assert {"anvil", "crane"} == set(floors)
        assert 0.5 == pytest.approx(floors.count("anvil") / len(floors), abs=0.1)

    def test_passes_over_a_state_that_has_left(self):
        """The next in turn has it."""
        tree = one_stage(rounds=9, consent={"quota": 2, "of": ["anvil", "bell", "crane"]})
        tree["states"]["anvil"]["outside"] = {"value": 5, "patience": 2}
        run = Played(game(tree))
        assert ["anvil", "bell"] == run.floor()[:2]
        assert "anvil" not in run.floor()[2:]


class TestConsent:
    """When a proposal is agreed."""

    @pytest.mark.parametrize(
        ("wanted", "consent", "signs"),
        [
            (True, None, "anvil bell crane"),
            (False, None, "anvil bell"),
            (True, ["anvil", "bell"], "anvil bell"),
            (False, ["anvil", "bell"], "anvil crane"),
            (True, {"quota": 2}, "bell crane"),
            (False, {"quota": 2}, "crane"),
            (True, {"quota": 1, "of": ["anvil", "bell"]}, "bell"),
            (False, {"quota": 1, "of": ["anvil", "bell"]}, "crane"),
            (True, {"quota": 2, "veto": ["anvil"]}, "anvil crane"),
            (False, {"quota": 2, "veto": ["anvil"]}, "bell crane"),
            (False, {"quota": 1, "of": ["anvil", "bell"], "veto": ["anvil", "bell"]}, "anvil"),
        ],
    )
    def test_is_a_matter_of_all_a_quota_or_a_veto(self, wanted, consent, signs):
        """By the rule of the stage, and nobody else is counted."""
        stances = {name: ACCEPT if name in signs.split() else REJECT for name in THREE}
        tree = one_stage(**({"consent": consent} if consent else {}))
        run = Played(game(tree), *answered(0, **stances))
        assert wanted == (run.lane(0, f.PASSED) == 1.0)
        assert wanted == (run.issue(0, f.IS_SETTLED, "land") == 1.0)

    def test_without_a_seat_neither_blocks_nor_takes_blame(self):
        """Its refusal is noted and that is all."""
        tree = one_stage(consent=["anvil", "bell"])
        run = Played(game(tree), *answered(0, anvil=ACCEPT, bell=REJECT, crane=REJECT))
        assert 0.0 == run.at(0, f.BLAME, "crane")
        assert 1.0 == run.at(0, f.REJECTED, "crane")

    def test_of_the_proposer_is_given_by_proposing(self):
        """It need not be asked."""
        run = Played(game(one_stage()))
        assert "proposed_it" == run.reasons(0)["anvil"]
        assert "accept" == run.stances(0)["anvil"]


class TestInTurn:
    """Answers one after another, beginning with the proposer."""

    @staticmethod
    def pressure(answers: str, patron: str, client: str) -> float:
        """What the client feels of its patron's wish, when anvil proposes what suits the patron and the patron refuses it."""
        ties = {(client, patron): {"dependence": 1.0}, (patron, client): {"commitment": 0.9}}
        sides = {**THREE, patron: {"land": 0.1}}
        agenda = [{"stage": "talks", "issues": ["land"], "answers": answers, "floor": {"rotation": ["anvil"]}}]
        moves = [Forced(0, FORCE_MOVE, value=PROPOSE), Forced(0, FORCE_LEVEL, what=0, value=0.0)]
        refusal = Forced(0, FORCE_STANCE, who=sorted(sides).index(patron), value=REJECT)
        return Played(game(small(sides, ties, agenda=agenda)), *moves, refusal).at(0, f.PRESSED, client)

    def test_a_client_hears_the_patron_that_spoke_before_it(self):
        """Crane answers after bell, who has just refused and so cannot press; sealed, crane does not know."""
        assert self.pressure("in_turn", patron="bell", client="crane") == 0.0
        assert self.pressure("sealed", patron="bell", client="crane") > 0.0

    def test_a_client_does_not_hear_the_patron_that_speaks_after_it(self):
        """Bell answers before crane: it cannot know yet."""
        assert (
            self.pressure("in_turn", patron="crane", client="bell")
            == self.pressure("sealed", patron="crane", client="bell")
            > 0.0
        )


class TestTable:
    """What is on the table."""

    def test_is_the_first_stage_that_is_open(self):
        """One after the other, as they are settled."""
        run = three_stages(*agreed(1, 3, 4))
        assert ["one", "one", "two", "two", "three"] == run.table()[:5]
        assert "settled" == run.ending()
        assert 4.0 == run.lane(7, f.END_ROUND)

    def test_waits_for_preconditions_wherever_they_stand_in_the_file(self):
        """A stage that comes after a later one comes after it."""
        run = three_stages(*agreed(1, 2, 3), one={"after": "three"})
        assert ["two", "two", "three", "one"] == run.table()[:4]

    def test_moves_on_when_a_stage_lapses(self):
        """After its two rounds, whoever had the floor."""
        run = three_stages(one={"rounds": 2})
        assert ["one", "one", "two", "two"] == run.table()[:4]
        assert 2.0 == run.moments[-1].stage[f.STANDING, 0]

    def test_never_holds_what_comes_after_a_stage_that_has_lapsed(self):
        """When nothing can be settled any more, the talks are over."""
        run = three_stages(one={"rounds": 2}, two={"after": "one"}, three={"after": "two"})
        assert ["one", "one", "", ""] == run.table()[:4]
        assert "out_of_rounds" == run.ending()
        assert 1.0 == run.lane(7, f.END_ROUND)

    def test_holds_a_stage_only_while_it_is_possible(self):
        """The second is taken up while the first must wait; then the first comes back."""
        run = three_stages(one={"possible_when": {"round": {"above": 3}}})
        assert ["two", "two", "two", "one", "one"] == run.table()[:5]

    def test_uses_up_no_rounds_of_a_stage_that_is_not_on_it(self):
        """A limit of two rounds means two rounds on the table."""
        run = three_stages(one={"possible_when": {"round": {"above": 3}}, "rounds": 2})
        assert ["two"] * 3 + ["one"] * 2 + ["two"] * 3 == run.table()

    def test_is_empty_while_nothing_is_possible(self):
        """Nobody has the floor, and nothing is lost but time."""
        run = three_stages(**{name: {"possible_when": {"round": {"above": 5}}} for name in STAGES})
        assert [""] * 5 + ["one"] * 3 == run.table()
        assert [""] * 5 == run.floor()[:5]


class TestEnding:
    """How talks end."""

    def test_comes_with_the_last_round(self):
        """If nothing else has ended them."""
        run = Played(game(one_stage()))
        assert ("out_of_rounds", 5.0) == (run.ending(), run.lane(5, f.END_ROUND))

    def test_comes_when_a_needed_state_walks_out(self):
        """Two rounds with something better outside, and it leaves; it is said who did."""
        tree = one_stage()
        tree["states"]["bell"]["outside"] = {"value": 5, "patience": 2}
        run = Played(game(tree))
        assert ("walked_out", 1.0) == (run.ending(), run.lane(5, f.END_ROUND))
        assert run.names.states.index("bell") == run.lane(5, f.WALKER)

    def test_does_not_come_when_a_state_walks_out_that_nobody_needs(self):
        """A quota of two can be had from the others."""
        tree = one_stage(consent={"quota": 2})
        tree["states"]["bell"]["outside"] = {"value": 5, "patience": 2}
        run = Played(game(tree))
        assert [0.0, 1.0, 1.0] == run.every(f.GONE, "bell")[:3]
        assert "walked_out" != run.ending()

    def test_comes_when_so_many_have_walked_out_that_a_quota_cannot_be_had(self):
        """The first can go, the second is one too many."""
        tree = one_stage(consent={"quota": 2})
        tree["states"]["bell"]["outside"] = {"value": 5, "patience": 2}
        tree["states"]["crane"]["outside"] = {"value": 5, "patience": 4}
        run = Played(game(tree))
        assert ("walked_out", 3.0) == (run.ending(), run.lane(5, f.END_ROUND))
        assert run.names.states.index("crane") == run.lane(5, f.WALKER)

    def test_impatience_is_forgotten_when_there_is_something_to_stay_for(self):
        """Rounds in a row: an outside option that is better only every other round never tempts for long."""
        tree = one_stage(rounds=8)
        tree["states"]["bell"]["outside"] = {"value": 5, "patience": 2}
        tree["events"] = {
            "lure": {
                "when": {"round": {"above": 0}},
                "repeats": True,
                "effects": [{"change": "states.bell.outside.value", "times": -1}],
            }
        }
        run = Played(game(tree))
        assert [0.0, 1.0] * 4 == run.every(f.IMPATIENCE, "bell")
        assert 0.0 == run.at(7, f.GONE, "bell")

    @pytest.mark.parametrize(("risk", "ending", "last"), [(0.0, "out_of_rounds", 5.0), (1.0, "broken_down", 0.0)])
    def test_may_come_by_chance_after_a_refusal(self, risk, ending, last):
        """With certainty after the first, or never."""
        run = Played(game(one_stage(), f"talks.breakdown={risk}"))
        assert (ending, last) == (run.ending(), run.lane(5, f.END_ROUND))

    def test_leaves_walkers_absent_and_their_allies_without_support(self):
        """A patron that walks out withdraws what it gave."""
        tree = small(THREE, {("bell", "crane"): {"support": 0.4}})
        tree["states"]["bell"]["outside"] = {"value": 5, "patience": 2}
        run = Played(game(tree))
        assert [0.0, 1.0] == [run.tie(n, f.HELD_BACK, "bell", "crane") for n in range(2)]
        assert "absent" == run.stances(2)["bell"]

    def test_books_the_mean_daylight_once_more_if_talks_have_failed(self):
        """Two weeks of talks in which the patron lost a tenth: four more weeks of a twentieth each."""
        ties = {("anvil", "crane"): {"commitment": 0.9, "support": 0.1}}
        run = Played(
            game(
                small({**THREE, "anvil": {"land": 0.9}, "crane": {"land": 0.0}}, ties, rounds=4),
                "strain.end_blame=4",
                "strain.daylight=1",
            )
        )
        daylight = [run.strain(n, "anvil", "crane").get("daylight", 0.0) for n in range(4)]
        usual = daylight[:3]
        assert min(usual) < 0.0
        assert "out_of_rounds" == run.ending()
        assert daylight[3] < 0.0
