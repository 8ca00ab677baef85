"""What a report is about: experiments side by side, their summaries, and their comparison."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.analysis.comparison import Comparison, compare, labels_of
from wedge.engine.analysis.observables import Observable, observables
from wedge.engine.analysis.summary import Summary, summarise
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment, open_experiment
from wedge.engine.experiment.together import experiments_in
from wedge.engine.scenario.problems import escaped


class Side(NamedTuple):
    """One experiment of a report."""

    experiment: Experiment
    label: str  # stands in front of what its numbers are of
    name: str  # the scenario's name, for readers
    summary: Summary

    def of(self, path: str) -> str:
        """What a number of this side is of."""
        return f"{self.label}/{path}"


class Subject(NamedTuple):
    """What a report is about."""

    sides: list[Side]
    comparison: Comparison | None  # of two experiments or more

    def name(self, label: str) -> str:
        """The readable name behind a label."""
        return next(side.name for side in self.sides if side.label == label)


def subject_of(folders: Sequence[Path | str]) -> Subject:
    """Read folders of experiments and of comparisons. Raises ExperimentError where there is nothing to read."""
    experiments: list[Experiment] = []
    for folder in folders:
        experiments += experiments_in(Path(folder)) or [open_experiment(folder)]
    if not experiments:
        raise ExperimentError("no results were named", "name a folder of results, such as results/demo")
    labels = labels_of(experiments)
    names = [escaped(str(experiment.scenario["words"]["name"])) for experiment in experiments]
    if len(set(names)) < len(names):
        names = labels
    found = zip(experiments, labels, names, strict=True)
    sides = [Side(experiment, label, name, summarise(experiment)) for experiment, label, name in found]
    return Subject(sides, compare(experiments, labels) if len(experiments) > 1 else None)


FEW = 3  # codes told behind one number


def worlds_where(side: Side, observable: Observable, most: int = FEW) -> list[str]:
    """The codes of the first worlds in which it happened."""
    conditions = "".join(f' AND "{column}" = ?' for column, _ in observable.where)
    found = side.experiment.ask(
        f'SELECT world FROM "{observable.table}" WHERE ({observable.value}){conditions} ORDER BY world LIMIT {int(most)}',
        tuple(value for _, value in observable.where),
    )
    return [side.experiment.world_code(int(world)) for world in found["world"]]


def codes_behind(side: Side, name: str, most: int = FEW) -> list[str]:
    """The codes of the first worlds in which the observable of that name happened."""
    found = observables(side.experiment).get(name)
    return worlds_where(side, found, most) if found is not None else []


def pair(a: str, b: str) -> str:
    """What stands in front of the numbers of a pair."""
    return f"{a}~{b}"


def rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a data frame."""
    found: list[dict[str, Any]] = frame.to_dict("records")
    return found
