"""A told run: every round of one world, as it was played."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.numbers import Numbers
from wedge.engine.model.world import World
from wedge.engine.simulation.forcing import Forced


class Moment(NamedTuple):
    """One round after it was settled: copies of the world's arrays without the lane axis."""

    n: int  # the round, from 0
    day: float  # the day on which it begins
    before: np.ndarray  # [S, S] commitments when the round began
    lane: np.ndarray
    state: np.ndarray
    tie: np.ndarray
    issue: np.ndarray
    stage: np.ndarray
    event: np.ndarray
    alliance: np.ndarray
    strain: np.ndarray  # [8, S, S] what the round did to each tie, by channel


class Run(NamedTuple):
    """One play of a scenario in one world."""

    scenario: Any
    seed: int
    number: int  # of the world
    moments: list[Moment]
    numbers: Numbers  # as they stand at the end, one lane
    world: World  # one lane
    opening: np.ndarray  # [N] the numbers as they were drawn
    forced: tuple[Forced, ...] = ()  # the moves that were forced in it

    @property
    def code(self) -> str:
        """The run's code, such as ``territory_first@7:17``; it can be replayed."""
        return f"{self.scenario.code}@{self.seed}:{self.number}"


def moment_of(n: int, day: float, before: np.ndarray, w: World) -> Moment:
    """Copy a world as it stands after round n."""
    return Moment(
        n,
        day,
        before,
        *(np.array(part[..., 0]) for part in (w.lane, w.state, w.tie, w.issue, w.stage, w.event, w.alliance, w.strain)),
    )
