"""A run is a pure function of scenario, seed and world: alone, in a batch, in any order, and however the file is told."""

from typing import Any, ClassVar

import numpy as np
import pytest
from generated_games import Tree, many, scenario_trees, shuffled
from hypothesis import given
from hypothesis import strategies as st
from small_games import Played, game, small

from wedge.engine.model import world as f
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.outcomes import Outcomes
from wedge.engine.simulation.traced import Talks

SEEDS = st.integers(0, 2**63 - 1)


def of_world(outcomes: Outcomes, world: int) -> dict[str, dict[str, list[Any]]]:
    """The rows of one world, table by table, floats as their bits."""
    found: dict[str, dict[str, list[Any]]] = {}
    for name, table in outcomes.tables.items():
        rows = np.flatnonzero(table["world"] == world)
        found[name] = {column: bits(values[rows]) for column, values in table.items()}
    return found


def bits(values: np.ndarray) -> list[Any]:
    """Values that can be compared with ==, NaN among them."""
    return [value.tobytes() if isinstance(value, np.floating) else value for value in values]


def same_rows(first: dict[str, Any], second: dict[str, Any]) -> None:
    """Two worlds came out the same, whatever order the tables' columns and rows are in."""
    assert first.keys() == second.keys()
    for name in first:
        rows = [
            sorted(zip(*(table[column] for column in sorted(table)), strict=True), key=repr)
            for table in (first[name], second[name])
        ]
        assert sorted(first[name]) == sorted(second[name])
        assert rows[0] == rows[1]


def played(scenario: Scenario, seed: int, *worlds: int) -> Outcomes:
    """Worlds of a scenario, by the traced driver."""
    return play_many(scenario, seed, list(worlds), driver="traced")


class TestWorlds:
    """One world after another."""

    @many(30)
    @given(scenario_trees(), SEEDS, st.lists(st.integers(0, 2**40), min_size=2, max_size=4, unique=True), st.randoms())
    def test_come_out_the_same_alone_in_a_batch_and_in_any_order(self, tree, seed, worlds, dice):
        """Nothing is drawn 'next', so it does not matter what was played before."""
        scenario = game(tree)
        together = played(scenario, seed, *worlds)
        turned = played(scenario, seed, *dice.sample(worlds, len(worlds)))
        for world in worlds:
            alone = of_world(played(scenario, seed, world), world)
            assert alone == of_world(together, world) == of_world(turned, world)

    def test_may_be_played_twice_in_one_batch(self):
        """And come out the same both times."""
        tree = small({"a": {"land": 0.0}, "b": {"land": 1.0}}, states={"a": {"whim": 0.3}})
        levels = played(game(tree), 5, 17, 3, 17).tables["issues"]["level"]
        assert levels[0] == levels[2]

    def test_differ_from_each_other_and_from_those_of_another_seed(self):
        """Where luck has a say."""
        tree = small({"a": {"land": 0.0}, "b": {"land": 1.0}}, {("a", "b"): {}}, strain={"noise": 0.01})
        scenario = game(tree)
        ends = [played(scenario, seed, *range(5)).tables["ties"]["commitment_end"] for seed in (1, 2)]
        assert 10 == len(set(np.concatenate(ends)))

    @many(20)
    @given(scenario_trees(), SEEDS)
    def test_do_not_depend_on_whether_rounds_are_kept(self, tree, seed):
        """Recording looks on and touches nothing."""
        scenario = game(tree)
        first, second = (Talks(scenario, seed, 3, record=record).play() for record in (True, False))
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(first.world, second.world, strict=True))
        assert [] == second.moments

    @many(20)
    @given(scenario_trees(), SEEDS)
    def test_do_not_depend_on_the_order_in_which_agents_are_woken(self, tree, seed):
        """The agents hold no rules: Mesa may shuffle and call them as it likes."""
        scenario = game(tree)
        calm, woken = Talks(scenario, seed, 3), Talks(scenario, seed, 3)
        for _ in range(scenario.setting.rounds):
            calm.step()
            woken.agents.shuffle_do("_field", f.PAYOFF)
            woken.step()
        assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(calm.world, woken.world, strict=True))


class TestTelling:
    """The same scenario told in another way."""

    @many(40)
    @given(scenario_trees(), SEEDS, st.integers(0, 1000))
    def test_in_another_order_under_another_name_changes_nothing(self, tree, seed, turn):
        """States, issues, alliances, events and members reordered, file and title renamed: exactly the same runs."""
        again = {**shuffled(tree, turn), "name": "Another name", "summary": "Other words."}
        first, second = game(tree), game(again, file="another_file.yaml")
        assert first.sha256 == second.sha256
        for world in (0, 9):
            same_rows(of_world(played(first, seed, world), world), of_world(played(second, seed, world), world))

    def test_two_agendas_that_are_the_same_differ_by_exactly_zero(self):
        """A comparison of a scenario with itself finds nothing, however the second file is written."""
        ideals = {
            "amber": {"land": 0.0, "debt": 0.3},
            "birch": {"land": 1.0, "debt": 0.7},
            "cedar": {"land": 0.4, "debt": 1.0},
        }
        backwards = {name: dict(reversed(list(ideals[name].items()))) for name in reversed(list(ideals))}
        agenda = [{"stage": "one", "issues": ["land"]}, {"stage": "two", "issues": ["debt"], "after": "one"}]
        doubts = {key: {"whim": 0.1, "misperception": 0.1} for key in ideals}
        trees = [
            small(sides, {("amber", "cedar"): {}}, rounds=10, agenda=agenda, states=doubts, strain={"noise": 0.02})
            for sides in (ideals, backwards)
        ]
        first, second = (played(game(tree, file=f"{n}.yaml"), 7, *range(20)) for n, tree in enumerate(trees))
        for name, table in first.tables.items():
            for column, values in table.items():
                assert list(values) == list(second.tables[name][column]) or (
                    values.tobytes() == second.tables[name][column].tobytes()
                )
        assert 0.0 == np.abs(first.sums - second.sums).max()


def with_a_bystander(tree: Tree, name: str) -> tuple[Tree, Tree]:
    """The scenario, with everything said that goes without saying, and the same with a state nobody has to do with.

    The bystander cares for the weather alone, which is on nobody's agenda.
    """
    states = sorted(tree["states"])
    allies = {
        frozenset((a, b)) for pact in tree["alliances"].values() for a in pact["members"] for b in pact["members"]
    }
    foes = [[a, b] for a in states for b in states if a < b and frozenset((a, b)) not in allies]
    agenda = []
    for stage in tree["agenda"]:
        consent = stage.get("consent", states)
        if isinstance(consent, dict):
            consent = {"of": states, **consent}
        agenda.append({**stage, "consent": consent})
    weather = {"weather": {"levels": {"0": "rain", "1": "sun"}, "status_quo": 0.2}}
    plain = {"adversaries": foes, **tree, "agenda": agenda, "issues": {**tree["issues"], **weather}}
    stranger = {"decides": "quantal", "positions": {"weather": {"ideal": 0.9, "salience": 3}}}  # draws no numbers
    return plain, {**plain, "states": {name: stranger, **tree["states"]}}


class TestIdentity:
    """Luck belongs to names, not to places."""

    @many(40)
    @given(scenario_trees(), SEEDS, st.sampled_from(("aaa", "coast", "zzz")))
    def test_a_bystander_changes_nobodys_luck(self, tree, seed, name):
        """A state without a seat, an ally, an adversary or a common concern: the others play the very same game.

        It stands first, among them or last in the alphabet, so that their places all shift.
        """
        plain, watched = with_a_bystander(tree, name)
        first, second = (of_world(played(game(t), seed, 4), 4) for t in (plain, watched))
        kept = [n for n, state in enumerate(second["states"]["state"]) if state != name]
        second["states"] = {column: [values[n] for n in kept] for column, values in second["states"].items()}
        same_rows(first, second)

    def test_a_renamed_state_has_other_luck(self):
        """Its name is who it is."""
        found = []
        for name in ("birch", "cedar"):
            tree = small({"amber": {"land": 0.0}, name: {"land": 1.0}}, states={name: {"whim": 0.3}})
            run = Played(game(tree))
            found.append([run.at(n, f.WHIM_NOW, name) for n in range(0, 6, 2)])
        assert found[0] != found[1]

    def test_a_renamed_alliance_is_the_same_alliance(self):
        """Alliances draw no luck, so their names are words only, whatever their order."""
        ideals = {"amber": {"land": 0.0}, "birch": {"land": 0.3}, "cedar": {"land": 1.0}}
        ends = []
        for names in (("first", "second"), ("zulu", "alpha")):
            tree = small(ideals, rounds=8, states={key: {"whim": 0.1} for key in ideals}, strain={"noise": 0.02})
            pacts = (
                {"members": ["amber", "birch"], "ties": {"amber": {"birch": {}}}},
                {"members": ["birch", "cedar"], "ties": {"birch": {"cedar": {}}}},
            )
            tree["alliances"] = dict(zip(names, ({**pact, "joint_front": True} for pact in pacts), strict=True))
            ends.append(played(game(tree), 3, *range(10)).tables["ties"]["commitment_end"])
        assert list(ends[0]) == list(ends[1])


class TestSharedLuck:
    """Two scenarios are played in the same worlds, so that a comparison is paired."""

    sides: ClassVar[Tree] = {"amber": {"land": 0.0, "debt": 0.3}, "birch": {"land": 1.0, "debt": 0.7}}

    def run(self, *stages: str, world: int = 3, **rest: Any) -> Played:
        """The issues one after the other, among states that never agree."""
        states = {name: {"policy": "firm", "whim": 0.1, "misperception": 0.1} for name in self.sides}
        agenda = [{"stage": f"{name}_stage", "issues": [name], "rounds": 4} for name in stages]
        tree = small(
            self.sides, {("amber", "birch"): {}}, rounds=8, agenda=agenda, states=states, strain={"noise": 0.01}, **rest
        )
        return Played(game(tree), world=world)

    def test_another_agenda_meets_the_same_accidents(self):
        """The noise on every tie in every round, and everyone's picture of everyone."""
        first, second = self.run("land", "debt"), self.run("debt", "land")
        for n in range(8):
            assert first.strain(n, "amber", "birch")["noise"] == second.strain(n, "amber", "birch")["noise"]
        assert np.array_equal(first.run.world.seen, second.run.world.seen)

    def test_another_agenda_draws_the_same_numbers(self):
        """What is uncertain is drawn by its path, and a stage's name is in none of them."""
        doubts = {"issues": {"land": {"status_quo": {"uniform": [0.2, 0.8]}}}}
        first, second = self.run("land", "debt", **doubts), self.run("debt", "land", **doubts)
        assert np.array_equal(first.run.opening, second.run.opening)
        assert not np.array_equal(first.run.opening, self.run("land", "debt", world=4, **doubts).run.opening)

    def test_the_same_event_comes_on_the_same_day(self):
        """Whatever is on the table."""
        raid = {"events": {"raid": {"rate": 10}}}
        days = [
            [self.run(*stages, world=world, **raid).happened("raid") for world in range(6)]
            for stages in (("land", "debt"), ("debt", "land"))
        ]
        assert days[0] == days[1]


class TestExtremes:
    """Seeds and worlds at the ends of their ranges."""

    @pytest.mark.parametrize("seed", [0, 1, 2**63 - 1])
    @pytest.mark.parametrize("world", [0, 2**40, 2**62])
    def test_every_seed_and_world_has_its_own_luck(self, seed, world):
        """There is no forbidden number."""
        tree = small({"a": {"land": 0.0}, "b": {"land": 1.0}}, {("a", "b"): {}}, strain={"noise": 0.01})
        assert np.isfinite(played(game(tree), seed, world).tables["ties"]["commitment_end"]).all()

    def test_a_scenario_of_a_single_round_is_played(self):
        """It is the first and the last."""
        run = Played(game(small({"a": {"land": 0.0}, "b": {"land": 1.0}}, rounds=1)))
        assert 1 == len(run.moments)
        assert 0.0 == run.at(0, f.HELD_OUT_FOR, "b")
