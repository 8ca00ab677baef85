"""Playing the scenario of every episode, as the protocol writes it and with states that act by lot."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from wedge.engine.analysis.history.facts import ROLES, Facts
from wedge.engine.analysis.history.happened import OBSERVABLES, TABLES, happened
from wedge.engine.analysis.history.protocol import scenario_text
from wedge.engine.analysis.variants import chunks
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import Scenario, load
from wedge.engine.simulation.many import Driver, driver_for, play_many

AT_ONCE = 200  # worlds between looks at the clock
BY_LOT = dict.fromkeys(ROLES, "random")  # the null model


class Counts(NamedTuple):
    """In how many of the worlds played each observable happened."""

    worlds: int
    model: Mapping[str, int]
    null: Mapping[str, int]


def scenario_of(episode: str, facts: Facts, policies: Mapping[str, str] | None = None) -> Scenario:
    """The scenario that the protocol makes of an episode, ready to be played, with other policies seated if any."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"{episode}.yaml")
        path.write_text(scenario_text(episode, facts), encoding="utf-8")
        return load(path, policies=policies or ())


def play_episodes(
    episodes: Mapping[str, Facts],
    worlds: int,
    seed: int,
    driver: Driver = "auto",
    progress: Progress | None = None,
) -> dict[str, Counts]:
    """Play every episode in the first ``worlds`` worlds of a seed, as it is and by lot, and count what happened."""
    told = progress or Silent()
    total = 2 * worlds * len(episodes)
    told.start("episodes", total, 0)
    try:
        return {
            episode: Counts(
                worlds,
                _count(scenario_of(episode, facts), facts, worlds, seed, total, driver, told),
                _count(scenario_of(episode, facts, BY_LOT), facts, worlds, seed, total, driver, told),
            )
            for episode, facts in episodes.items()
        }
    finally:
        told.close()


def _count(
    scenario: Scenario, facts: Facts, worlds: int, seed: int, total: int, driver: Driver, told: Progress
) -> dict[str, int]:
    """In how many worlds each observable happened."""
    chosen = driver_for(scenario, total, driver)
    counts = dict.fromkeys(OBSERVABLES, 0)
    for some in chunks(worlds, AT_ONCE):
        tables = play_many(scenario, seed, list(some), driver=chosen, only=TABLES).tables
        for observable, each in happened(facts, tables, len(some)).items():
            counts[observable] += int(each.sum())
        told.add(len(some))
    return counts
