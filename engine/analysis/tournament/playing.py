"""Playing every combination of policies in the same worlds."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.tournament.seats import Choices, seated
from wedge.engine.analysis.variants import Source, chunks
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.many import Driver, play_many

AT_ONCE = 250  # worlds between looks at the clock
COMPILES_FROM = 500  # worlds in all from which on the compiled driver pays
WANTED = ("runs", "alliances", "states")


class Played(NamedTuple):
    """How a scenario went in each world: W worlds, S states, A alliances."""

    payoff: Any  # [W, S]
    stake: Any  # [W, S] the part of it that is gained (or lost) by fractures
    fractured: Any  # [W, A] 1 where the alliance fractured
    settled: Any  # [W] 1 where everything was settled

    @property
    def without(self) -> Any:
        """The payoff without what a fracture brings or costs."""
        return self.payoff - self.stake


def driver_in_all(driver: Driver, worlds: int) -> Driver:
    """The driver for so many worlds over all that is to be played."""
    return ("batch" if worlds >= COMPILES_FROM else "traced") if driver == "auto" else driver


def play_paired(scenario: Scenario, seed: int, worlds: int, driver: Driver, progress: Progress) -> Played:
    """Play a scenario in the first ``worlds`` worlds of a seed."""
    parts = []
    for some in chunks(worlds, AT_ONCE if driver == "batch" else 10):
        tables = play_many(scenario, seed, list(some), driver=driver, only=WANTED).tables
        states, alliances, n = tables["states"], tables["alliances"], len(some)
        parts.append(
            Played(
                states["payoff"].reshape(n, -1),
                states["stake_won"].reshape(n, -1),
                alliances["fractured"].astype(float).reshape(n, -1)
                if len(alliances["fractured"])
                else np.zeros((n, 0)),
                (tables["runs"]["ending"] == "settled").astype(float),
            )
        )
        progress.add(n)
    return Played(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def play_profiles(
    source: Source,
    choices: Choices,
    seed: int,
    worlds: int,
    driver: Driver = "auto",
    progress: Progress | None = None,
) -> dict[tuple[int, ...], Played]:
    """Every combination of policies, each in the same worlds."""
    told = progress or Silent()
    told.start("policies", choices.profiles * worlds, 0)
    driver = driver_in_all(driver, choices.profiles * worlds)
    try:
        return {
            profile: play_paired(source.load(policies=seated(choices, profile)), seed, worlds, driver, told)
            for profile in np.ndindex(*map(len, choices.policies))
        }
    finally:
        told.close()
