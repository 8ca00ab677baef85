"""Playing games with states that see ahead in their seats, by the engine's two drivers."""

from typing import Any, NamedTuple

import numpy as np

from wedge.agents.rational.seats import Foresight, Rational, RationalInManyWorlds
from wedge.engine.model.words import ENDS
from wedge.engine.model.world import END_ROUND, FLOOR, LEVEL_NOW, PAYOFF, TALKS
from wedge.engine.simulation.forcing import as_rows
from wedge.engine.simulation.paused import play_paused
from wedge.engine.simulation.traced import Talks


class Played(NamedTuple):
    """How a game ended."""

    ending: str
    round: int  # in which talks ended, from 0
    payoff: dict[str, float]
    level: dict[str, float]
    first_floor: str  # who had the floor in the first round, where that was kept


def played_by_all(scenario: Any, foresight: Foresight, seed: int = 7, world: int = 0) -> Played:
    """One world, played by the traced driver, with a state that sees ahead in every seat."""
    seats = {i: Rational(i, foresight) for i in range(len(scenario.names.states))}
    run = Talks(scenario, seed, world, seats=seats).play()
    return _told(scenario, run.world, scenario.names.states[int(run.moments[0].lane[FLOOR])])


def played_by_tactics(scenario: Any, seed: int = 7) -> Played:
    """One world, played by the batch driver, each state by the tactics of its scenario."""
    return _told(scenario, played_often(scenario, {}, 1, seed), "")


def _told(scenario: Any, end: Any, first_floor: str) -> Played:
    names = scenario.names
    return Played(
        ending=ENDS[int(end.lane[TALKS, 0])],
        round=int(end.lane[END_ROUND, 0]),
        payoff=dict(zip(names.states, end.state[PAYOFF, :, 0].tolist(), strict=True)),
        level=dict(zip(names.issues, end.issue[LEVEL_NOW, :, 0].tolist(), strict=True)),
        first_floor=first_floor,
    )


def played_often(scenario: Any, seats: dict[int, Any], worlds: int, seed: int = 7) -> Any:
    """The ends of many worlds, played by the batch driver, a lane each."""
    return play_paused(scenario, seed, np.arange(worlds, dtype=np.int64), as_rows([]), seats=seats)[1]


def all_seats(scenario: Any, foresight: Foresight) -> dict[int, Any]:
    """A state that sees ahead in every seat, for many worlds."""
    return {i: RationalInManyWorlds(i, foresight) for i in range(len(scenario.names.states))}
