"""Seats from outside: a policy in a Python file decides for a state what it wants to decide, and nothing else."""

import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from generated_games import many, scenario_trees
from hypothesis import given
from small_games import Played, game, merged, small

from wedge.agents.policy_file import PolicyError
from wedge.agents.seat import CONSENT, LEAVE, PASS_THE_FLOOR, REFUSE, Policy, Table
from wedge.engine.model import world as f
from wedge.engine.model.words import ACCEPT, REASONS, SETTLED, WALKED_OUT
from wedge.engine.simulation.forcing import FORCE_LEAVE, FORCE_LEVEL, FORCE_MOVE, FORCE_SHARE, FORCE_STANCE, Forced
from wedge.engine.simulation.many import driver_for, play_many
from wedge.engine.simulation.runs import Run
from wedge.engine.simulation.traced import Talks

SIDES = {"anvil": {"land": 0.0, "debt": 0.2}, "bell": {"land": 1.0, "debt": 0.9}}


def talks(policy: Policy, *forced: Forced, rounds: int = 4, seat: str = "anvil", tree: Any = None, **rest: Any) -> Run:
    """Talks in which one seat is played by a policy."""
    scenario = game(tree or small(SIDES, rounds=rounds, **rest))
    return Talks(scenario, 1, 0, forced, {scenario.names.states.index(seat): policy}).play()


def field(run: Run, what: int, state: int = 0) -> list[float]:
    """A field of a state, round by round."""
    return [float(moment.state[what, state]) for moment in run.moments]


class Stubborn(Policy):
    """Wants everything, always."""

    def demand(self, table: Table) -> float:
        return 1.0

    def offer(self, table: Table) -> dict[str, float]:
        return {"land": 0.05}

    def answer(self, table: Table) -> str:
        return REFUSE


class Meek(Policy):
    """Signs everything."""

    def answer(self, table: Table) -> str:
        return CONSENT


class Watching(Policy):
    """Writes down what it is shown, and leaves every move to its state."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Table]] = []

    def demand(self, table: Table) -> None:
        self.seen.append(("demand", table))

    def offer(self, table: Table) -> None:
        self.seen.append(("offer", table))

    def answer(self, table: Table) -> None:
        self.seen.append(("answer", table))


class TestSilence:
    """A policy that leaves everything open is no policy at all."""

    @many(30)
    @given(scenario_trees())
    def test_a_seat_that_says_nothing_changes_nothing(self, tree):
        """To the bit, in every round, whoever is seated."""
        scenario = game(tree)
        free = Talks(scenario, 3, 5).play()
        seats = {i: Watching() for i in range(len(scenario.names.states))}
        seated = Talks(scenario, 3, 5, seats=seats).play()
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(free.world, seated.world, strict=True))
        for mine, theirs in zip(free.moments, seated.moments, strict=True):
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(mine, theirs, strict=True))

    def test_a_file_that_says_nothing_changes_nothing(self, tmp_path):
        """Named in the scenario, it plays as the policy that is the default."""
        (tmp_path / "mine.py").write_text(
            "from wedge.agents.seat import Policy\n\nclass Mine(Policy):\n    pass\n", encoding="utf-8"
        )
        plain = small(SIDES, states={"anvil": {"whim": 0.1}})
        seated = merged(plain, {"states": {"anvil": {"policy": {"file": "mine.py", "name": "Mine"}}}})
        first, second = (game(tree, folder=tmp_path) for tree in (plain, seated))
        assert [{}, ["anvil"]] == [first.outsiders, [second.names.states[i] for i in second.outsiders]]
        tables = [play_many(scenario, 1, range(5), driver="traced").tables for scenario in (first, second)]
        for name, table in tables[0].items():
            for column, values in table.items():
                assert list(map(str, values)) == list(map(str, tables[1][name][column]))

    def test_a_scenario_with_a_seat_from_outside_is_played_by_the_traced_driver(self, tmp_path):
        """Python from a file cannot be compiled, however many worlds there are."""
        (tmp_path / "mine.py").write_text(
            "from wedge.agents.seat import Policy\n\nclass Mine(Policy):\n    pass\n", encoding="utf-8"
        )
        tree = small(SIDES, states={"anvil": {"policy": {"file": "mine.py", "name": "Mine"}}})
        assert "traced" == driver_for(game(tree, folder=tmp_path), 1_000_000, "batch")


class TestMoves:
    """What a policy may decide."""

    def test_it_holds_out_for_the_share_it_names(self):
        """To the end, where its state would have yielded."""
        assert [1.0] * 4 == field(talks(Stubborn()), f.SHARE_HELD)

    def test_it_proposes_the_levels_it_names_and_its_own_best_elsewhere(self):
        """Land at a twentieth; nothing was said of the debt."""
        run = talks(Stubborn())
        names = run.scenario.names.issues
        assert {"land": 0.05, "debt": 0.2} == {
            name: float(run.moments[0].issue[f.PROPOSAL, k]) for k, name in enumerate(names)
        }

    def test_it_may_pass(self):
        """With a word."""

        class Silent(Policy):
            def offer(self, table: Table) -> str:
                return PASS_THE_FLOOR

        assert [1.0, 1.0, 2.0, 2.0] == field(talks(Silent()), f.PASSES)

    def test_it_may_propose_its_own_best_by_naming_no_level(self):
        """An empty offer is an offer."""

        class Own(Policy):
            def offer(self, table: Table) -> dict[str, float]:
                return {}

        run = talks(Own(), rounds=3)
        assert [0.2, 0.0] == [float(level) for level in run.moments[2].issue[f.PROPOSAL]]

    def test_it_refuses_what_it_says_it_refuses(self):
        """With a reason of its own."""
        run = talks(Stubborn())
        said = [(s, r) for s, r in zip(field(run, f.STANCE), field(run, f.REASON), strict=True)]
        assert (3.0, 19.0) == said[1] == said[3]

    def test_its_consent_is_a_concession_below_its_demand(self):
        """And acceptance where the demand is met: the words mean the same for everybody."""
        run = talks(Meek(), tree=small({"anvil": {"land": 0.0}, "bell": {"land": 1.0}}, rounds=4))
        held, gained = field(run, f.HELD_OUT_FOR), field(run, f.SURPLUS)
        assert gained[1] < held[1]
        assert 2.0 == field(run, f.STANCE)[1]

    def test_a_red_line_holds_whatever_it_says(self):
        """It is not even asked."""
        tree = small({**SIDES, "anvil": {"land": {"ideal": 0.0, "red_line": 0.8}, "debt": 0.2}})
        run = talks(Meek(), Forced(1, FORCE_MOVE, value=1), Forced(1, FORCE_LEVEL, what=1, value=0.9), tree=tree)
        assert (3.0, 6.0) == (field(run, f.STANCE)[1], field(run, f.REASON)[1])

    def test_the_issue_that_ends_the_war_is_proposed_high_enough_to_end_it(self):
        """A level below it is lifted."""
        run = talks(Stubborn(), tree=small(SIDES, war="land", rounds=1))
        assert 0.5 == run.moments[0].issue[f.PROPOSAL, 1]

    def test_a_forced_move_holds_whatever_it_says(self):
        """A counterfactual is about what would have been, not about what a policy would rather do."""
        run = talks(Stubborn(), Forced(0, FORCE_SHARE, who=0, value=0.25), Forced(1, FORCE_STANCE, who=0, value=ACCEPT))
        assert 0.25 == field(run, f.SHARE_HELD)[0]
        assert 1.0 == field(run, f.STANCE)[1]

    def test_a_forced_offer_holds_whatever_it_says(self):
        """The levels that are forced, not those it would name."""
        run = talks(Stubborn(), Forced(0, FORCE_MOVE, value=1), Forced(0, FORCE_LEVEL, what=1, value=0.4))
        assert 0.4 == run.moments[0].issue[f.PROPOSAL, 1]


class Leaving(Policy):
    """Leaves over the first offer."""

    def answer(self, table):
        """Refuses and goes."""
        return LEAVE


class TestLeaving:
    """A seat that would rather have what it has outside the talks."""

    def test_it_leaves_at_once_and_talks_end_without_it(self):
        """However patient its own tactics are."""
        run = talks(Leaving(), seat="bell", states={"bell": {"outside": {"value": -1, "patience": 99}}})
        assert WALKED_OUT == run.world.lane[f.TALKS, 0]
        assert 0 == run.world.lane[f.END_ROUND, 0]
        assert REASONS.index("went_outside") == run.moments[0].state[f.REASON, 1]

    def test_leaving_can_be_forced(self):
        """The same, round by round, as where a policy leaves."""
        outside = {"bell": {"outside": {"value": -1, "patience": 99}}}
        chosen = talks(Leaving(), seat="bell", states=outside)
        forced = Played(game(small(SIDES, rounds=4, states=outside)), Forced(0, FORCE_LEAVE, who=1)).run
        for mine, theirs in zip(chosen.moments, forced.moments, strict=True):
            assert mine.lane.tolist() == theirs.lane.tolist()
            assert mine.state.tolist() == theirs.state.tolist()

    def test_without_an_outside_option_it_only_refuses(self):
        """There is nowhere to go."""
        run = talks(Leaving(), seat="bell")
        assert 0.0 == run.world.state[f.GONE, 1, 0]

    @pytest.mark.parametrize(("paid", "expected"), [(True, 0.25 * 0.9), (False, 0.0)])
    def test_what_it_has_outside_counts_if_it_is_paid(self, paid, expected):
        """Discounted to the round in which talks fail, beside what everyone has of the status quo."""
        outside = {"value": 0.25, "patience": 99, "paid": paid}
        run = talks(
            LeavingLater(),
            seat="bell",
            states={"bell": {"discount": 0.9, "outside": outside}},
            agenda=[{"stage": "talks", "issues": ["debt", "land"], "floor": {"rotation": ["anvil"]}}],
        )
        assert 1 == run.world.lane[f.END_ROUND, 0]
        assert expected == pytest.approx(run.world.state[f.PAYOFF, 1, 0])

    def test_talks_that_settle_pay_nothing_outside(self):
        """What is settled counts instead."""
        outside = {"value": 0.25, "patience": 99, "paid": True}
        with_it, without = (
            talks(Meek(), seat="bell", rounds=9, states={"bell": {"outside": {**outside, "paid": paid}}})
            for paid in (True, False)
        )
        assert SETTLED == with_it.world.lane[f.TALKS, 0]
        assert without.world.state[f.PAYOFF].tolist() == with_it.world.state[f.PAYOFF].tolist()


class LeavingLater(Policy):
    """Passes its own rounds and leaves over the other's second offer, which comes in the second round it is asked."""

    def offer(self, table):
        """Nothing."""
        return PASS_THE_FLOOR

    def answer(self, table):
        """Refuses once, then goes."""
        return LEAVE if table.round >= 1 else REFUSE


class TestTableView:
    """What a policy is shown."""

    def shown(self, what: str, **rest: Any) -> list[Table]:
        """The tables it saw when asked for something."""
        policy = Watching()
        talks(policy, **rest)
        return [table for asked, table in policy.seen if asked == what]

    def test_it_is_asked_once_for_each_of_its_turns(self):
        """A demand in every round, an offer when it has the floor, an answer when it has not."""
        policy = Watching()
        talks(policy)
        asked = [(what, table.round) for what, table in policy.seen]
        assert [
            ("demand", 0),
            ("offer", 0),
            ("demand", 1),
            ("answer", 1),
            ("demand", 2),
            ("offer", 2),
            ("demand", 3),
            ("answer", 3),
        ] == asked

    def test_it_is_not_asked_any_more_when_talks_are_over(self):
        """There is nothing to decide."""
        policy = Watching()
        tree = small(SIDES, rounds=8, states={"bell": {"outside": {"value": 5, "patience": 2}}})
        talks(policy, tree=tree)
        assert {0, 1} == {table.round for _, table in policy.seen}

    def test_it_sees_its_own_side_and_its_picture_of_the_others(self):
        """Ideals, weights that sum to one, ties, and what it could get at best."""
        table = self.shown("demand")[0]
        assert ("anvil", 0, 4, 0.0, "talks", ("debt", "land")) == table[:6]
        assert {"land": 0.0, "debt": 0.2} == table.ideals
        assert 1.0 == pytest.approx(sum(table.salience.values()))
        assert {"land": 1.0, "debt": 0.9} == table.seen_ideals["bell"]
        assert 0.0 < table.own_best
        assert {} == table.commitment
        assert 0.0 < table.lot < 1.0
        assert table.view is None

    def test_it_sees_the_proposal_when_it_must_answer(self):
        """With all that speaks for it and against it."""
        table = self.shown("answer")[0]
        assert "bell" == table.proposer
        assert {"land", "debt"} == set(table.proposal)
        assert table.view is not None
        assert table.view.held_out_for > 0.0

    def test_it_sees_how_its_ties_stand(self):
        """Its commitment to its allies."""
        table = self.shown("demand", tree=small(SIDES, {("anvil", "bell"): {"commitment": 0.6}}))[0]
        assert {"bell": 0.6} == table.commitment


def written(folder: Path, text: str) -> Path:
    """A policy file."""
    path = folder / "mine.py"
    path.write_text("from wedge.agents.seat import Policy\n" + textwrap.dedent(text), encoding="utf-8")
    return path


def complaint(folder: Path, text: str, name: str = "Mine") -> str:
    """What is said when a scenario with such a file is played."""
    written(folder, text)
    tree = small(SIDES, states={"anvil": {"policy": {"file": "mine.py", "name": name}}})
    with pytest.raises(PolicyError) as caught:
        Played(game(tree, folder=folder))
    return str(caught.value)


class TestMistakes:
    """What goes wrong in a user's file is told with its place, and never as a traceback of ours."""

    def test_a_misspelt_number_of_the_view(self, tmp_path):
        """With its line, and the one that was meant."""
        said = complaint(tmp_path, "class Mine(Policy):\n    def answer(self, t):\n        return t.view.surpluss\n")
        assert "mine.py:4: Mine.answer" in said
        assert said.endswith("'View' object has no attribute 'surpluss'; did you mean 'surplus'?")

    def test_an_answer_that_is_none(self, tmp_path):
        """With the line of the method that gave it."""
        said = complaint(tmp_path, "class Mine(Policy):\n    def answer(self, t):\n        return 'consnt'\n")
        assert "mine.py:3: Mine.answer for anvil: 'consnt' is not 'consent'" in said

    def test_in_a_move(self, tmp_path):
        """File, line, method and round, for whoever must mend it."""
        said = complaint(tmp_path, "class Mine(Policy):\n    def answer(self, table):\n        return 1 / 0\n")
        assert "mine.py:4" in said
        assert "Mine.answer" in said
        assert "round 2" in said
        assert "ZeroDivisionError" in said

    @pytest.mark.parametrize(
        "method",
        [
            "    @staticmethod\n    def answer(table):\n        return 1 / 0\n",
            "    answer = abs\n",
        ],
    )
    def test_in_a_method_of_another_kind(self, tmp_path, method):
        """A static method, a built-in function: still no traceback of ours."""
        said = complaint(tmp_path, f"class Mine(Policy):\n{method}")
        assert "Mine.answer" in said
        assert "Error" in said

    @pytest.mark.parametrize(
        ("method", "answer", "wanted"),
        [
            ("demand", "2", "a number from 0 to 1"),
            ("demand", "True", "a number from 0 to 1"),
            ("demand", "float('nan')", "a number from 0 to 1"),
            ("demand", "'much'", "a number from 0 to 1"),
            ("offer", "{'land': -1}", "a number from 0 to 1"),
            ("offer", "{'moon': 0.5}", "debt, land"),
            ("offer", "'everything'", "levels by issue"),
            ("offer", "[0.5]", "levels by issue"),
            ("answer", "'maybe'", "'consent', 'refuse', 'leave' or None"),
            ("answer", "0.5", "'consent', 'refuse', 'leave' or None"),
        ],
    )
    def test_in_what_it_answers(self, tmp_path, method, answer, wanted):
        """What was said, by whom, and what may be said."""
        said = complaint(tmp_path, f"class Mine(Policy):\n    def {method}(self, table):\n        return {answer}\n")
        assert wanted in said
        assert f"Mine.{method}" in said
        assert "anvil" in said

    def test_numbers_of_numpy_are_numbers(self, tmp_path):
        """A student who computes with arrays need not convert them."""
        written(
            tmp_path,
            "import numpy as np\n\nclass Mine(Policy):\n    def demand(self, table):\n        return np.float32(0.5)\n\n    def offer(self, table):\n        return {'land': np.int64(0)}\n",
        )
        tree = small(SIDES, states={"anvil": {"policy": {"file": "mine.py", "name": "Mine"}}})
        assert 0.5 == Played(game(tree, folder=tmp_path)).at(0, f.SHARE_HELD, "anvil")

    def test_it_remembers_nothing_from_one_world_to_the_next(self, tmp_path):
        """The file is read anew for each world, so a world comes out the same alone and in a batch."""
        written(
            tmp_path,
            "class Mine(Policy):\n    calls = 0\n\n    def demand(self, table):\n        Mine.calls += 1\n        return min(1.0, Mine.calls / 20)\n",
        )
        tree = small(SIDES, states={"anvil": {"policy": {"file": "mine.py", "name": "Mine"}}})
        scenario = game(tree, folder=tmp_path)
        together = play_many(scenario, 1, [0, 1], driver="traced").tables["states"]["payoff"]
        alone = play_many(scenario, 1, [1], driver="traced").tables["states"]["payoff"]
        assert list(alone) == list(together[2:])
