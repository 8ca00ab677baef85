"""The same worlds under another agenda: a scenario that differs in the order of its stages alone."""

from pathlib import Path
from typing import Any

import numpy as np

from wedge.engine.analysis.agendas import orders_of
from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.paired import paired_shares, paired_table
from wedge.engine.classroom.debrief.runs import Runs
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario import ScenarioError, diff, load
from wedge.engine.scenario.changes import POLICY, SET, texts_of
from wedge.engine.scenario.finding import BASE, SUFFIXES

MOST_FILES = 30  # in a folder that is searched
ORDER, AFTER = "agenda.order", ".after"


def other_order(scenario: Any) -> Any:
    """A scenario that differs in the order of its stages alone; None where there is none, or more than one.

    It is looked for beside the scenario's file; where there are two stages only, it is their other order.
    """
    found = [other for other in _beside(scenario) if differs_in_order(scenario, other)]
    if len(found) == 1:
        return found[0]
    if found or len(scenario.names.stages) != 2:
        return None
    changes = scenario.changes
    try:
        orders = orders_of(scenario.called, texts_of(changes, SET), texts_of(changes, POLICY))
    except (ExperimentError, ScenarioError):
        return None
    return orders[1].scenario


def differs_in_order(scenario: Any, other: Any) -> bool:
    """Whether two scenarios are the same but for the order of their stages and what each of these waits for."""
    paths = [path for path, _, _ in diff(scenario, other)]
    of_order = [path == ORDER or (path.startswith("agenda.stages.") and path.endswith(AFTER)) for path in paths]
    return ORDER in paths and all(of_order)


def _beside(scenario: Any) -> list[Any]:
    """The scenarios in the same folder that can be loaded with the same changes."""
    path = Path(scenario.path)
    files = sorted(file for file in path.parent.iterdir() if file.suffix in SUFFIXES and file.stem != BASE)
    found = []
    for file in files if len(files) <= MOST_FILES else ():
        if file.name == path.name:
            continue
        try:
            found.append(load(file, changes=scenario.changes))
        except (ScenarioError, OSError):
            continue
    return found


def compared(mine: Runs, theirs: Runs) -> Any:
    """The two agendas in the same worlds: a data frame, a row an observable.

    observable, title, n, share, low_share, high_share (of this agenda), share_other, low_other, high_other, both,
    neither, only_a (under this agenda alone), only_b, difference (this less the other), low, high, p, told_apart.
    """
    import pandas as pd

    asked = {
        ("fracture", "an alliance fractures"): [_any(mine), _any(theirs)],
        ("talks.settled", "everything is settled"): [mine.settled, theirs.settled],
    }
    rows = []
    for (observable, title), (a, b) in asked.items():
        of_a, of_b = (share_of(int(some.sum()), len(some)) for some in (a, b))
        cells = paired_table(a, b)
        difference = paired_shares(cells)
        row = {"observable": observable, "title": title, "n": len(a)}
        row |= {"share": of_a.share, "low_share": of_a.low, "high_share": of_a.high}
        row |= {"share_other": of_b.share, "low_other": of_b.low, "high_other": of_b.high}
        rows.append(row | cells._asdict() | difference._asdict() | {"told_apart": difference.told_apart})
    return pd.DataFrame(rows)


def _any(runs: Runs) -> np.ndarray:
    return np.asarray((runs.fractured >= 0).any(axis=1))
