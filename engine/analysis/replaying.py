"""The scenario of stored results, loaded again so that its worlds can be played once more."""

from typing import Any

from wedge.engine.experiment.origin import load_again
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment
from wedge.engine.model.provenance import rules_hash


def scenario_of(experiment: Experiment) -> Any:
    """The scenario an experiment played, with what was put over it. Raises ExperimentError where it, or the rules, have changed since."""
    scenario = load_again(experiment)
    if scenario.sha256 != experiment.plan.scenario:
        raise ExperimentError(
            f"{experiment.called} has changed since {experiment.folder} was played", "play it again with wedge run"
        )
    if experiment.plan.rules != rules_hash():
        raise ExperimentError(
            f"{experiment.folder} was played by another version of the rules", "play it again with wedge run"
        )
    return scenario
