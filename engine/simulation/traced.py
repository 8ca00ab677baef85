"""The traced driver: a Mesa model whose agents are the states, on a SimPy clock.

It cranks the same phases as the batch driver, one world at a time and in plain Python, and
keeps every round. Battlefield, events, talks and the days are processes of the clock; within a
round they take their turns in that order.
"""

from collections.abc import Generator, Iterable, Mapping
from typing import Any, NamedTuple

import mesa
import numpy as np
import simpy

from wedge.agents.own import TacticError
from wedge.agents.policy_file import PolicyError, load_policy, words_of
from wedge.agents.seat import ArrayPolicy, Policy
from wedge.agents.state import State
from wedge.engine.model.events import events_of_round
from wedge.engine.model.words import ENDS
from wedge.engine.model.world import COMMITMENT_NOW, TALKS
from wedge.engine.simulation.forcing import Forced, as_rows, force_moves
from wedge.engine.simulation.inside import place_of_tactic, with_own_rules
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.outsiders import Outsiders, Seat
from wedge.engine.simulation.phases.answering import answer
from wedge.engine.simulation.phases.beginning import battlefield, begin
from wedge.engine.simulation.phases.days import pass_time
from wedge.engine.simulation.phases.floor import take_the_floor
from wedge.engine.simulation.phases.proposing import propose
from wedge.engine.simulation.phases.settling import settle
from wedge.engine.simulation.runs import Moment, Run, moment_of
from wedge.engine.simulation.showing import Shown, look, new_glance
from wedge.engine.simulation.stage_set import empty_arrays

Ticks = Generator[simpy.Event, Any, None]


class Standing(NamedTuple):
    """How a world stands between two rounds: with it the rest is played without what came before."""

    round: int  # the next to be played, from 0
    numbers: np.ndarray  # [cells of the numbers, 1]
    world: np.ndarray  # [cells of the world, 1]
    keys: tuple[np.ndarray, np.ndarray]  # of its luck and of what states lean to
    moments: tuple[Moment, ...]
    strain_by_round: np.ndarray


class Talks(mesa.Model):
    """One world of a scenario, played round by round.

    With ``collect`` Mesa's own data collector gathers, each round, what every state did and why
    (``datacollector.get_agent_vars_dataframe()``) and how talks stand.
    """

    def __init__(
        self,
        scenario: Any,
        seed: int,
        number: int,
        forced: Iterable[Forced] = (),
        seats: Mapping[int, Policy] | None = None,
        record: bool = True,
        collect: bool = False,
    ) -> None:
        super().__init__(rng=number)
        self.scenario, self.setting = scenario, with_own_rules(scenario.setting, seats or {})
        self.world_seed, self.number, self.record = seed, number, record
        self.forced = tuple(forced)
        self.moves = as_rows(self.forced)
        self.numbers, self.world = empty_arrays(self.setting, 1)
        open_world(self.setting, self.numbers, self.world, seed, number, 0, 0)
        self.opening = self.numbers.flat[:, 0].copy()
        self.outsiders = self._outsiders(seats or {})
        self.states = [State(self, i, name) for i, name in enumerate(scenario.names.states)]
        _let_go(self)
        self.moments: list[Moment] = []
        self.first = 0  # the round it begins with
        self.before = self._commitments()
        self.strain_by_round = np.zeros((self.setting.rounds, *self.world.strain.shape[:-1]))
        self.datacollector = _collector() if collect else None
        self.clock = simpy.Environment()
        for process in (self._battlefield, self._events, self._talks, self._days):
            self.clock.process(process())

    def _outsiders(self, seats: Mapping[int, Policy]) -> Outsiders:
        s, x, w, glance = self.setting, self.numbers, self.world, new_glance(1)
        shown = Shown(self.scenario, x, w, glance, np.array([self.number], dtype=np.int64))
        taken: dict[int, Seat] = {i: one if isinstance(one, ArrayPolicy) else [one] for i, one in seats.items()}
        return Outsiders(shown, taken, lambda i, n, answering: look(s, x, w, glance, i, n, int(answering), 0))

    def _commitments(self) -> np.ndarray:
        return self.world.tie[COMMITMENT_NOW, :, :, 0].copy()

    def _battlefield(self) -> Ticks:
        for n in range(self.first, self.setting.rounds):
            self.before = self._commitments()
            begin(self.setting, self.world, 0)
            force_moves(self.setting, self.numbers, self.world, self.moves, self.world_seed, self.number, n, 0)
            battlefield(self.setting, self.numbers, self.world, n, 0)
            yield self.clock.timeout(self.setting.days)

    def _events(self) -> Ticks:
        for n in range(self.first, self.setting.rounds):
            events_of_round(self.setting, self.numbers, self.world, n, 0)
            yield self.clock.timeout(self.setting.days)

    def _talks(self) -> Ticks:
        s, x, w = self.setting, self.numbers, self.world
        for n in range(self.first, s.rounds):
            try:
                take_the_floor(s, x, w, n, 0)
                self.outsiders.demands(n)
                self.outsiders.offers(n)
                propose(s, x, w, n, 0)
                self.outsiders.answers(n)
                answer(s, x, w, n, 0)
            except TacticError as error:
                when = f"{place_of_tactic(error)}, world {self.number}, round {n + 1}"
                raise PolicyError(f"{when}: {words_of(error.error)}") from error
            settle(s, x, w, n, 0)
            yield self.clock.timeout(s.days)

    def _days(self) -> Ticks:
        for n in range(self.first, self.setting.rounds):
            pass_time(self.setting, self.numbers, self.world, n, 0)
            self.strain_by_round[n] = self.world.strain[..., 0]
            if self.record:
                self.moments.append(moment_of(n, n * self.setting.days, self.before, self.world))
            self.steps = n + 1
            if self.datacollector is not None:
                self.datacollector.collect(self)
            yield self.clock.timeout(self.setting.days)

    def standing(self) -> Standing:
        """How the world stands after the rounds that have been played: copies."""
        x, w = self.numbers, self.world
        keys = w.key.copy(), w.leanings.copy()
        return Standing(
            self.steps, x.flat.copy(), w.flat.copy(), keys, tuple(self.moments), self.strain_by_round.copy()
        )

    def take_up(self, standing: Standing) -> None:
        """Begin where another play of this world, with the same moves up to there, stood. Before the first round only."""
        x, w = self.numbers, self.world
        for mine, theirs in (
            (x.flat, standing.numbers),
            (w.flat, standing.world),
            (w.key, standing.keys[0]),
            (w.leanings, standing.keys[1]),
        ):
            np.copyto(mine, theirs)
        self.first = self.steps = standing.round
        self.moments, self.strain_by_round = list(standing.moments), standing.strain_by_round.copy()

    def step(self) -> None:
        """Play one round, for Mesa's own tools."""
        self.clock.run(until=self.clock.now + self.setting.days)

    def play(self) -> Run:
        """Play every round that is left, to the horizon."""
        self.clock.run()
        return self.run()

    def run(self) -> Run:
        """The run as far as it has been played."""
        ends = self.numbers, self.world, self.opening, self.forced
        return Run(self.scenario, self.world_seed, self.number, self.moments, *ends)


def _let_go(talks: Talks) -> None:
    """Take talks out of a table in which Mesa keeps every model there ever was, to count its agents."""
    counts: Any = getattr(mesa.Agent, "_ids", {})
    counts.pop(talks, None)


def _collector() -> mesa.DataCollector:
    return mesa.DataCollector(
        model_reporters={"talks": lambda talks: ENDS[int(talks.world.lane[TALKS, 0])]},
        agent_reporters={name: name for name in ("name", "stance", "reason", "surplus", "weariness", "payoff")},
    )


def seats_of(scenario: Any) -> dict[int, Policy]:
    """The policies from outside that the scenario names, by state."""
    return {i: load_policy(file, name) for i, (file, name) in scenario.outsiders.items()}


def play(scenario: Any, seed: int, world: int, forced: Iterable[Forced] = (), record: bool = True) -> Run:
    """Play one world of a scenario and keep every round (unless ``record`` is False)."""
    return Talks(scenario, seed, world, forced, seats_of(scenario), record).play()
