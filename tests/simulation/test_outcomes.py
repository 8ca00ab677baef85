"""The tables of results: a row a run, or a run and a tie, a state, an issue; in words a table can be read by."""

import numpy as np
from small_games import Tree, game, small

from wedge.engine.model.words import ACCEPT, PROPOSE, REJECT
from wedge.engine.simulation.forcing import FORCE_LEVEL, FORCE_MOVE, FORCE_STANCE, Forced
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.outcomes import Outcomes

SIDES = {
    "anvil": {"land": 0.0, "peace": 0.5},
    "bell": {"land": 1.0, "peace": 0.5},
    "crane": {"land": 0.4, "peace": 0.5},
}
TIES = {("anvil", "crane"): {"commitment": 0.6, "support": 0.2}, ("crane", "anvil"): {"commitment": 0.7}}
AGENDA = [{"stage": "first", "issues": ["peace"]}, {"stage": "second", "issues": ["land"], "rounds": 3}]


def tree(**rest: object) -> Tree:
    """Peace is made in round 1; the land is not agreed on, and its stage lapses."""
    return small(SIDES, TIES, war="peace", rounds=8, days=10, agenda=AGENDA, **rest)


def made(n: int, level: float, issue: int, *stances: int) -> list[Forced]:
    """A proposal and its answers."""
    moves = [Forced(n, FORCE_MOVE, value=PROPOSE), Forced(n, FORCE_LEVEL, what=issue, value=level)]
    return moves + [Forced(n, FORCE_STANCE, who=i, value=stance) for i, stance in enumerate(stances)]


def outcomes(*worlds: int, **rest: object) -> Outcomes:
    """The tables of a few worlds of that course."""
    moves = made(0, 0.7, 1, ACCEPT, REJECT, ACCEPT) + made(1, 0.8, 1, ACCEPT, ACCEPT, ACCEPT)
    moves += [move for n in range(2, 5) for move in made(n, 0.5, 0, ACCEPT, REJECT, ACCEPT)]
    return play_many(game(tree(**rest)), 4, worlds or (0,), moves, "traced")


def row(table: dict[str, np.ndarray], *columns: str, n: int = 0) -> list[object]:
    """Some columns of a row."""
    return [table[column][n] for column in columns]


class TestRuns:
    """A row a run."""

    def test_say_how_and_when_talks_ended(self):
        """The second stage lapsed in round 4, after which nothing was left to settle: day 50."""
        runs = outcomes().tables["runs"]
        assert ["out_of_rounds", 4, 50.0, ""] == row(runs, "ending", "end_round", "end_day", "walker")

    def test_say_when_peace_came_and_how_proposals_fared(self):
        """At the end of round 1; one of five was agreed."""
        runs = outcomes().tables["runs"]
        assert [20.0, 5, 4, 1, 1, 1] == row(
            runs, "peace_day", "proposals", "refused", "agreed", "stages_settled", "stages_lapsed"
        )

    def test_say_who_was_blamed_most(self):
        """Bell alone refused."""
        assert "bell" == outcomes().tables["runs"]["blamed"][0]

    def test_blame_nobody_where_nothing_was_refused(self):
        """And name no walker where nobody walked."""
        quiet = play_many(game(tree()), 4, [0], [Forced(n, FORCE_MOVE, value=0) for n in range(8)], "traced").tables[
            "runs"
        ]
        assert ["", ""] == row(quiet, "blamed", "walker")

    def test_come_in_the_order_the_worlds_are_asked_for(self):
        """With their numbers."""
        assert [9, 2, 5] == list(outcomes(9, 2, 5).tables["runs"]["world"])


class TestLongTables:
    """A row a run and thing."""

    def test_hold_every_tie_of_every_world(self):
        """In the order of worlds, and within each of states."""
        ties = outcomes(1, 0).tables["ties"]
        assert [1, 1, 0, 0] == list(ties["world"])
        assert ["anvil", "crane"] * 2 == list(ties["source"])
        assert ["crane", "anvil"] * 2 == list(ties["target"])

    def test_balance_for_every_tie(self):
        """Commitment at the end is that at the start and all its channels."""
        ties = outcomes(0, 1, 2, strain={"noise": 0.01, "repair": 0.01}).tables["ties"]
        channels = ("daylight", "abandonment", "burden", "rally", "repair", "shock", "noise", "clipped")
        total = ties["commitment_start"] + sum(ties[channel] for channel in channels)
        assert np.allclose(ties["commitment_end"], total, rtol=0, atol=1e-12)
        assert (ties["lowest"] <= ties["commitment_end"]).all()

    def test_tell_when_a_tie_fractured_and_was_withheld(self):
        """A blow in the third round breaks it, and with it the support and the alliance: at the end of day 30."""
        blow = {"at": "2030-01-21", "effects": [{"shock": {"from": "anvil", "to": "crane"}, "by": -0.5}]}
        found = outcomes(events={"blow": blow}).tables
        assert [True, 2, 30.0, True, 2] == row(
            found["ties"], "fractured", "fracture_round", "fracture_day", "withheld", "withheld_round"
        )
        assert [True, 2, 30.0, True, 2, 30.0] == row(
            found["alliances"], "fractured", "fracture_round", "fracture_day", "split", "split_round", "split_day"
        )
        assert [True, 2, 20.0, 1] == row(found["events"], "happened", "round", "day", "times")

    def test_tell_of_what_has_not_happened(self):
        """False, -1, and no day at all."""
        found = outcomes(events={"never": {"at": "2030-01-01", "chance": 0}}).tables
        assert [False, -1, False, -1] == row(found["ties"], "fractured", "fracture_round", "restored", "restored_round")
        assert np.isnan(found["ties"]["fracture_day"][0])
        assert [False, -1, 0] == row(found["events"], "happened", "round", "times")
        assert np.isnan(found["events"]["day"][0])

    def test_tell_where_each_issue_stands(self):
        """Peace as agreed, land where it was."""
        issues = outcomes().tables["issues"]
        assert ["land", "peace"] == list(issues["issue"])
        assert [False, True] == list(issues["settled"])
        assert [0.5, 0.8] == list(issues["level"])
        assert [-1, 1] == list(issues["settled_round"])

    def test_tell_how_each_stage_fared(self):
        """Settled in its second round, and lapsed after its third."""
        stages = outcomes().tables["stages"]
        assert ["settled", "lapsed"] == list(stages["standing"])
        assert [[1, -1], [2, 3], [2, 3]] == [
            list(stages[column]) for column in ("settled_round", "rounds_used", "proposals")
        ]

    def test_tell_what_each_state_did(self):
        """Bell refused when it was asked and proposed when it had the floor."""
        states = outcomes().tables["states"]
        assert [2, 0, 3, False] == row(states, "proposed", "accepted", "rejected", "gone", n=1)
        assert (5, 0, 0) == tuple(states[column].sum() for column in ("proposed", "passed", "consulted"))

    def test_tell_each_states_favourite_order(self):
        """By name, or nothing where no orders are declared."""
        assert [""] * 3 == list(outcomes().tables["states"]["order"])
        orders = {"land_first": [["land"], ["peace"]], "peace_first": [["peace"], ["land"]]}
        assert set(outcomes(orders=orders).tables["states"]["first_order"]) <= {"land_first", "peace_first"}

    def test_hold_the_numbers_that_were_drawn(self):
        """A column for each that is uncertain, none for those that are not."""
        inputs = outcomes(0, 1, states={"bell": {"war_cost": {"uniform": [0.1, 0.2]}}}).tables["inputs"]
        assert ["world", "states.bell.war_cost"] == list(inputs)
        assert 2 == len(set(inputs["states.bell.war_cost"]))


class TestSums:
    """Strain by round and channel, summed over worlds."""

    def test_are_the_sum_of_what_each_world_shows(self):
        """Round by round, tie by tie."""
        noisy = {"strain": {"noise": 0.02, "daylight": 1.0}}
        total = outcomes(0, 1, 2, **noisy).sums
        assert (8, 8, 3, 3) == total.shape
        assert np.allclose(total, sum(outcomes(world, **noisy).sums for world in range(3)), rtol=0, atol=1e-15)

    def test_add_up_to_the_books(self):
        """All rounds together are the channels of the table of ties."""
        found = outcomes(0, strain={"noise": 0.02, "daylight": 1.0})
        assert np.isclose(found.sums[:, 0, 0, 2].sum(), found.tables["ties"]["daylight"][0])
        assert np.isclose(found.sums[:, 6, 0, 2].sum(), found.tables["ties"]["noise"][0])
