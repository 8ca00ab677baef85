"""The traced driver is a Mesa model on a SimPy clock: it can be stepped, looked at and collected from."""

import gc
import weakref

import mesa
import numpy as np
import simpy
from small_games import game, small

from wedge.agents.state import State
from wedge.engine.model import world as f
from wedge.engine.simulation.forcing import FORCE_STANCE, Forced
from wedge.engine.simulation.traced import Talks, play

SIDES = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.4}}
TREE = small(
    SIDES, {("anvil", "crane"): {}}, rounds=5, days=10.5, states={"bell": {"whim": 0.1}}, strain={"noise": 0.01}
)


def talks(**rest: bool) -> Talks:
    """Talks that have not begun."""
    return Talks(game(TREE), 1, 0, **rest)


class TestModel:
    """A Mesa model."""

    def test_is_let_go_once_nobody_holds_it(self):
        """Mesa keeps a table of all models there ever were; worlds that have been played are not kept by it."""
        played = weakref.ref(talks())
        gc.collect()
        assert played() is None

    def test_has_the_states_for_agents(self):
        """In the order of their names, and Mesa knows them."""
        model = talks()
        assert isinstance(model, mesa.Model)
        assert ["anvil", "bell", "crane"] == [state.name for state in model.states]
        assert {State} == {type(agent) for agent in model.agents}
        assert 3 == len(model.agents)

    def test_step_plays_a_round(self):
        """As many steps as rounds are the whole run."""
        model = talks()
        for n in range(5):
            model.step()
            assert n + 1 == len(model.moments) == model.steps
        whole = play(game(TREE), 1, 0)
        assert all(np.array_equal(a, b) for a, b in zip(model.world, whole.world, strict=True))

    def test_step_after_the_last_round_changes_nothing(self):
        """The horizon is the horizon."""
        model = talks()
        for _ in range(7):
            model.step()
        assert 5 == len(model.moments)

    def test_can_be_stepped_and_then_played_to_the_end(self):
        """A person may watch two rounds and let the rest run."""
        model = talks()
        model.step()
        model.step()
        run = model.play()
        assert 5 == len(run.moments)
        assert all(np.array_equal(a, b) for a, b in zip(run.world, play(game(TREE), 1, 0).world, strict=True))

    def test_agents_show_their_part_of_the_world(self):
        """What they did, why, and what it was worth."""
        model = Talks(game(TREE), 1, 0, [Forced(0, FORCE_STANCE, who=1, value=3)])
        model.step()
        bell = model.states[1]
        assert ("reject", "move_forced") == (bell.stance, bell.reason)
        assert [model.world.state[field, 1, 0] for field in (f.SURPLUS, f.WEARINESS_NOW, f.PAYOFF)] == [
            bell.surplus,
            bell.weariness,
            bell.payoff,
        ]

    def test_feeds_the_data_collector_of_mesa(self):
        """A row a state and round; and how talks stand."""
        model = talks(collect=True)
        model.play()
        agents = model.datacollector.get_agent_vars_dataframe()
        assert 15 == len(agents)
        assert {"anvil", "bell", "crane"} == set(agents["name"])
        assert 5 == len(model.datacollector.get_model_vars_dataframe())

    def test_collects_nothing_unless_asked(self):
        """Tables cost time."""
        assert talks().datacollector is None


class TestClock:
    """A SimPy clock that counts days."""

    def test_counts_days(self):
        """Ten and a half a round."""
        model = talks()
        assert isinstance(model.clock, simpy.Environment)
        model.step()
        assert 10.5 == model.clock.now
        model.play()
        assert [0.0, 10.5, 21.0, 31.5, 42.0] == [moment.day for moment in model.moments]

    def test_plays_battlefield_events_talks_and_days_in_that_order(self):
        """What an event of the round changes, the talks of the round know."""
        event = {"at": "2030-01-01", "effects": [{"change": "states.bell.war_cost", "to": 0.7}]}
        model = Talks(game({**TREE, "events": {"raid": event}}), 1, 0)
        model.step()
        place = model.scenario.names.numbers.index("states.bell.war_cost")
        assert [0.0, 0.7] == [float(model.opening[place]), float(model.numbers.flat[place, 0])]


class TestRun:
    """What comes out of it."""

    def test_has_a_code_that_can_be_replayed(self):
        """Scenario, seed and world."""
        assert "game@7:17" == play(game(TREE), 7, 17).code

    def test_keeps_copies_and_not_the_world_itself(self):
        """What a later round does is not written into an earlier one."""
        run = play(game(TREE), 1, 0)
        ends = [moment.tie[f.COMMITMENT_NOW, 0, 2] for moment in run.moments]
        assert 5 == len(set(ends))
        assert [float(moment.before[0, 2]) for moment in run.moments[1:]] == ends[:-1]
        assert list(range(5)) == [moment.n for moment in run.moments]
