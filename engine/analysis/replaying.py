"""The scenario of stored results, loaded again so that its worlds can be played once more."""

from itertools import pairwise
from typing import Any

from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment
from wedge.engine.model.provenance import rules_hash


def name_of(scenario: Any) -> str:
    """What finds a scenario again: its packaged name, or its file."""
    from wedge.engine.scenario.finding import packaged_folder

    inside = scenario.path.resolve().is_relative_to(packaged_folder().resolve())
    return scenario.code if inside else str(scenario.path)


def scenario_of(experiment: Experiment) -> Any:
    """The scenario an experiment played. Raises ExperimentError where it, or the rules, have changed since.

    The manifest keeps the call that made the results, with what was put over the file.
    """
    from wedge.engine.scenario import load

    call = [str(word) for word in experiment.manifest["command"]]
    name = call[2] if len(call) > 2 else experiment.code
    scenario = load(name, sets=_after(call, "--set"), policies=_after(call, "--policy"))
    if scenario.sha256 != experiment.plan.scenario:
        raise ExperimentError(
            f"{name} has changed since {experiment.folder} was played", "play it again with wedge run"
        )
    if experiment.plan.rules != rules_hash():
        raise ExperimentError(
            f"{experiment.folder} was played by another version of the rules", "play it again with wedge run"
        )
    return scenario


def _after(call: list[str], option: str) -> list[str]:
    """The values of an option that may be given more than once."""
    return [value for word, value in pairwise(call) if word == option]
