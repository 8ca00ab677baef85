"""Outcomes that are not stored, asked as an experiment is asked: the same observables by the same formulas."""

from types import SimpleNamespace
from typing import Any

import numpy as np

from wedge.engine.analysis.observables import Observable, observables, values_of
from wedge.engine.experiment.files import Views
from wedge.engine.simulation.outcomes import Outcomes


class Unstored:
    """A scenario, and the outcomes of some of its worlds, with what observables need to know of an experiment."""

    def __init__(self, scenario: Any, outcomes: Outcomes | None = None) -> None:
        names, tie = scenario.names, scenario.setting.tie
        ties = [[a, b] for i, a in enumerate(names.states) for j, b in enumerate(names.states) if tie[i, j]]
        self.names = SimpleNamespace(**names._asdict(), ties=ties)
        self.horizon = float(scenario.setting.rounds * scenario.setting.days)
        self.scenario = {"meaning": scenario.meaning, "words": scenario.words}
        self.outcomes = outcomes

    def ask(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """The answer to a query over the tables, as a data frame."""
        import pandas as pd

        assert self.outcomes is not None
        wanted = {name: table for name, table in self.outcomes.tables.items() if f'"{name}"' in sql}
        views = Views({}, {name: pd.DataFrame(table) for name, table in wanted.items()})
        try:
            return views.ask(sql, values)
        finally:
            views.close()


def observables_of(scenario: Any) -> dict[str, Observable]:
    """All that is observed in a scenario's runs, by name."""
    return observables(Unstored(scenario))  # type: ignore[arg-type]


def observed(scenario: Any, outcomes: Outcomes, observable: Observable) -> np.ndarray:
    """The observable in each world of the outcomes, in their order; nan where it is missing."""
    return values_of(Unstored(scenario, outcomes), observable).to_numpy(float)  # type: ignore[arg-type]
