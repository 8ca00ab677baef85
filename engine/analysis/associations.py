"""How the uncertain numbers go together with fracture over the worlds as they were drawn.

Spearman's rank correlation of each number with whether any alliance fractured. It is a first look
that costs no further runs; it misses what works both ways or only together with something else,
which `wedge sensitivity` finds.
"""

from typing import Any, NamedTuple

from wedge.engine.analysis.estimates import normal_quantile
from wedge.engine.analysis.totals import FIRST
from wedge.engine.experiment.results import Experiment


class Association(NamedTuple):
    """An uncertain number, its rank correlation with fracture and the interval of that (nan where it is not known)."""

    path: str
    judgement: bool  # the file gives no source for it
    correlation: float
    low: float
    high: float
    n: int  # worlds


def associations(experiment: Experiment) -> list[Association]:
    """The uncertain numbers of an experiment, those first that go most with fracture."""
    if "inputs" not in experiment.tables or "alliances" not in experiment.tables:
        return []
    inputs = experiment.ask(f"SELECT * FROM inputs WHERE {FIRST} ORDER BY world")
    broke = experiment.ask(
        f"SELECT world, max(CAST(fractured AS INTEGER)) AS broke FROM alliances WHERE {FIRST} GROUP BY world ORDER BY world"
    )
    if len(inputs) != len(broke):
        return []
    judgements = set(experiment.scenario["judgements"])
    outcome = ranks(broke["broke"].to_numpy())
    found = []
    for path in inputs.columns.drop("world"):
        value = _correlation(ranks(inputs[path].to_numpy()), outcome)
        found.append(Association(path, path in judgements, value, *_interval(value, len(inputs)), len(inputs)))
    return sorted(found, key=lambda each: -abs(each.correlation) if each.correlation == each.correlation else 1.0)


def ranks(values: Any) -> Any:
    """Ranks from 1, the mean of them where values are alike."""
    from scipy.stats import rankdata

    return rankdata(values)


def _correlation(first: Any, second: Any) -> float:
    """Pearson's correlation; nan where one of the two does not vary."""
    import numpy as np

    if len(first) < 2 or first.std() == 0 or second.std() == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])


def _interval(value: float, n: int) -> tuple[float, float]:
    """Fisher's z interval of a correlation (Fisher 1921, Metron 1:3-32)."""
    from math import atanh, nan, sqrt, tanh

    if n < 4 or value != value or abs(value) >= 1:
        return nan, nan
    reach = normal_quantile() / sqrt(n - 3)
    return tanh(atanh(value) - reach), tanh(atanh(value) + reach)
