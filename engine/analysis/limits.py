"""Limits that a check may put on a result, such as ``alliances.western.fractured > 0.3``."""

import operator
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.sentences import number
from wedge.engine.analysis.summary import Summary
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario.problems import closest

SIGNS = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}
LIMIT = re.compile(r"\s*([a-z][a-z0-9_.]*)\s*(>=|<=|>|<)\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(%?)\s*")


class Limit(NamedTuple):
    """An observable, how it is held against a number, and the number."""

    observable: str
    sign: str
    value: float

    def found(self, summary: Summary) -> float:
        """The share or mean in a summary. Raises ExperimentError when there is no such observable."""
        for table, column in ((summary.shares, "share"), (summary.means, "mean")):
            row = table[table["observable"] == self.observable]
            if len(row):
                return float(row[column].iloc[0])
        raise ExperimentError(f"there is no observable {self.observable}", "the summary.json lists all of them")

    def holds(self, summary: Summary) -> bool:
        """Whether the summary's share or mean is on that side of the number."""
        return bool(SIGNS[self.sign](self.found(summary), self.value))

    def said(self, summary: Summary) -> str:
        """Such as: alliances.western.fractured is 0.412, > 0.3."""
        return f"{self.observable} is {number(self.found(summary))}, {self.sign} {number(self.value)}"


def refuse_unknown(limits: Sequence[Limit], scenario: Any) -> None:
    """Raise ExperimentError for a limit on what is not observed in the runs of a scenario, before any is played."""
    known = observables_of(scenario)
    for limit in limits:
        if limit.observable not in known:
            near = closest(limit.observable, known)
            cure = f"did you mean {near}?" if near else f"one is {next(iter(known))}; summary.json lists all of them"
            raise ExperimentError(f"there is no observable {limit.observable}", cure)


def limit_from(text: str) -> Limit:
    """A limit from its text. Raises ExperimentError.

    >>> limit_from("alliances.western.fractured > 30 %")
    Limit(observable='alliances.western.fractured', sign='>', value=0.3)
    """
    match = LIMIT.fullmatch(text)
    if not match:
        raise ExperimentError(f"cannot read the limit {text!r}", "write it like: alliances.western.fractured > 0.3")
    name, sign, value, percent = match.groups()
    return Limit(name, sign, float(value) / (100 if percent else 1))
