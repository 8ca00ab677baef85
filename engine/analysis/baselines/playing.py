"""Two models that are played: everybody at random, and nobody ever yielding, each in the worlds of the agent model."""

from collections.abc import Callable
from typing import Any, NamedTuple

from wedge.engine.analysis.comparison import compare
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment.progress import Progress
from wedge.engine.experiment.results import Experiment
from wedge.engine.experiment.running import run

FOLDER = "baselines"
TOLD = ("alliances.", "stages.", "talks.settled")


class Played(NamedTuple):
    """A model that is played: the policy in every seat."""

    name: str
    title: str
    policy: str


MODELS = (Played("null", "null model", "random"), Played("never_concede", "never concede", "firm"))


def seated(source: Source, model: Played) -> Any:
    """The scenario with the model's policy in every seat; everything else as it is."""
    return source.load(policies=[f"{state}={model.policy}" for state in source.load().names.states])


def play_beside(
    source: Source, experiment: Experiment, progress: Callable[[str], Progress] | None = None, **how: Any
) -> dict[str, Experiment]:
    """Both models in the worlds of an experiment; each is stored below its folder. Resumes, and raises what ``run`` raises.

    ``progress`` gives, for a model's title, what is told how far it is; ``how`` goes to ``run``.
    """
    found = {}
    for model in MODELS:
        folder = experiment.folder / FOLDER / model.name
        told = progress(model.title) if progress else None
        found[model.name] = run(
            seated(source, model), experiment.plan.worlds, experiment.seed, folder, progress=told, rounds_of=0, **how
        )
    return found


def differences(experiment: Experiment, beside: dict[str, Experiment]) -> Any:
    """A row for each model and share: how often under the agent model, under the other, and the paired difference.

    The columns are those of ``Comparison.shares``: side a is the agent model, side b the other.
    """
    import pandas as pd

    frames = []
    for model in MODELS:
        shares = compare([experiment, beside[model.name]], ["agent", model.name]).shares
        told = shares["observable"].str.startswith(TOLD) | (
            shares["observable"].str.startswith("ties.") & shares["observable"].str.endswith(".fractured")
        )
        frames.append(shares[told].assign(model=model.name, model_title=model.title).drop(columns=["a", "b"]))
    return pd.concat(frames, ignore_index=True)
