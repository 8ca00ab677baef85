"""Which policy is best: every policy of some states against every policy of the others, in the same worlds.

``tournament`` plays them; ``report_of`` says what came of it as data frames and as plain values.
"""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.sentences import CONDITIONAL
from wedge.engine.analysis.tournament.playing import play_profiles
from wedge.engine.analysis.tournament.seats import OWN, Choices, choices_of
from wedge.engine.analysis.tournament.tables import (
    WHOLE,
    WITHOUT,
    Tournament,
    answers_table,
    cells_table,
    dominated_table,
    equilibria_of,
    fractures_table,
    paths_table,
    regrets_table,
)
from wedge.engine.analysis.variants import Source, source_of
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.progress import Progress
from wedge.engine.simulation.many import Driver

__all__ = ["OWN", "WHOLE", "WITHOUT", "Choices", "Report", "Tournament", "report_of", "tournament"]

MOST_PROFILES = 2_000


class Report(NamedTuple):
    """What a tournament comes to."""

    tournament: Tournament
    cells: Any
    fractures: Any
    answers: Any
    regrets: Any
    dominated: Any
    equilibria: list[dict[str, Any]]
    methods: dict[str, dict[str, Any]]  # by measure: how equilibria were found, and whether these are all
    paths: Any

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        t = self.tournament
        tables = ("cells", "fractures", "answers", "regrets", "dominated", "paths")
        return {
            "scenario": t.scenario.code,
            "sha256": t.scenario.sha256,
            "seed": t.seed,
            "worlds": t.worlds,
            "states": list(t.choices.states),
            "policies": dict(zip(t.choices.states, map(list, t.choices.policies), strict=True)),
            "left_out": list(t.choices.left_out),
            "measures": t.measures,
            **{table: records(getattr(self, table)) for table in tables},
            "equilibria": self.equilibria,
            "methods": self.methods,
            "assumptions": CONDITIONAL,
        }


def records(frame: Any) -> list[dict[str, Any]]:
    """Rows as plain values; what is missing or not finite is null."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=12))
    return found


def tournament(
    scenario: Source | str,
    states: Sequence[str] = (),
    policies: Sequence[str] = (),
    worlds: int = 300,
    seed: int = 0,
    sets: Sequence[str] = (),
    seats: Sequence[str] = (),
    driver: Driver = "auto",
    progress: Progress | None = None,
) -> Tournament:
    """Play every combination of policies of some states in the same ``worlds`` worlds.

    ``states`` are those that compete (two opposed ones, if none is named); ``policies`` the presets tried (all, if
    none is named), besides the policy each state has as written. ``sets`` and ``seats`` change the scenario
    beforehand, as ``--set`` and ``--policy`` do. Raises ScenarioError and ExperimentError.
    """
    source = source_of(scenario, sets, seats)
    loaded = source.load()
    choices = choices_of(source, loaded, states, policies)
    if choices.profiles > MOST_PROFILES:
        raise ExperimentError(
            f"{choices.profiles:,} combinations of policies are more than {MOST_PROFILES:,}",
            "name fewer states with --states, or fewer policies with --policies",
        )
    played = play_profiles(source, choices, seed, worlds, driver, progress)
    return Tournament(loaded, choices, seed, worlds, played)


def report_of(t: Tournament) -> Report:
    """Everything a tournament comes to."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    methods = {}
    for measure in t.measures:
        found, some = equilibria_of(t, measure)
        rows += some
        methods[measure] = {"method": found.method, "complete": found.complete}
    return Report(
        t,
        cells_table(t),
        fractures_table(t),
        answers_table(t),
        regrets_table(t),
        dominated_table(t),
        rows,
        methods,
        pd.concat([paths_table(t, measure) for measure in t.measures], ignore_index=True),
    )
