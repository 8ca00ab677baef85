"""The scenario of stored results, loaded once more, wherever one stands meanwhile."""

from pathlib import Path
from typing import Any

from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment
from wedge.engine.scenario.finding import is_file_name

THERE = "call it in the folder in which wedge run was called"


def load_again(experiment: Experiment) -> Any:
    """What the call of the results names, with what was put over it.

    A file's relative path is looked for from here, then from each folder above the results. Raises
    ExperimentError where it is found from none, ScenarioError where it cannot be loaded.
    """
    from wedge.engine.scenario import load

    path = Path(experiment.called)
    if is_file_name(experiment.called) and not path.is_absolute() and not path.is_file():
        there = [folder / path for folder in experiment.folder.absolute().parents if (folder / path).is_file()]
        if not there:
            raise ExperimentError(
                f"{path}, the scenario of {experiment.folder}, is not found from here or from above the results", THERE
            )
        return load(str(there[0]), changes=experiment.changes)
    return load(experiment.called, changes=experiment.changes)
