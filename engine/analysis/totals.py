"""Observables summed up over all worlds by SQL, so that memory does not grow with the number of worlds."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from wedge.engine.analysis.observables import Observable
from wedge.engine.experiment.results import SLICE, Experiment

FIRST = (
    f"world < {SLICE}"  # of which quantiles are taken: their ranks are known to half a point, and all fit into memory
)


class Total(NamedTuple):
    """One observable over all worlds."""

    n: int  # worlds
    happened: int  # in which it is above zero
    known: int  # in which it is not missing
    mean: float
    sd: float
    quartiles: tuple[float, float, float]  # of the first worlds


def totals_of(experiment: Experiment, wanted: Iterable[Observable]) -> dict[str, Total]:
    """The totals of observables by their names, with one question a table."""
    found: dict[str, Total] = {}
    for table, some in groupby(sorted(wanted, key=lambda each: each.table), key=lambda each: each.table):
        found |= _of_table(experiment, table, list(some))
    return found


def _of_table(experiment: Experiment, table: str, wanted: list[Observable]) -> dict[str, Total]:
    values = list(dict.fromkeys(observable.value for observable in wanted))
    keys = list(dict.fromkeys(column for observable in wanted for column, _ in observable.where))
    columns = [f'"{key}" AS key{place}' for place, key in enumerate(keys)]
    columns += [summed for place, value in enumerate(values) for summed in _summed(f"CAST({value} AS DOUBLE)", place)]
    asked = f'SELECT {", ".join(columns)}, count(*) AS n FROM "{table}" GROUP BY {", ".join(f"key{k}" for k in range(len(keys))) or "ALL"}'
    rows = experiment.ask(asked).to_dict("records")
    by_key = {tuple(row[f"key{place}"] for place in range(len(keys))): row for row in rows}
    totals = {}
    for observable in wanted:
        place, where = values.index(observable.value), dict(observable.where)
        totals[observable.name] = _total(by_key[tuple(where[key] for key in keys)], place)
    return totals


def _summed(value: str, place: int) -> tuple[str, ...]:
    return (
        f"count(*) FILTER ({value} > 0) AS count{place}",
        f"count({value}) AS known{place}",
        f"favg({value}) AS mean{place}",
        f"stddev_samp({value}) AS sd{place}",
        f"quantile_cont({value}, [0.25, 0.5, 0.75]) FILTER ({FIRST}) AS quartiles{place}",
    )


def _total(row: dict[Any, Any], place: int) -> Total:
    nan = float("nan")
    quartiles = row[f"quartiles{place}"]
    lower, median, upper = (nan, nan, nan) if quartiles is None or quartiles is nan else (float(q) for q in quartiles)
    mean, sd = (nan if row[f"{name}{place}"] is None else float(row[f"{name}{place}"]) for name in ("mean", "sd"))
    return Total(int(row["n"]), int(row[f"count{place}"]), int(row[f"known{place}"]), mean, sd, (lower, median, upper))


def fracture_days(experiment: Experiment, observable: Observable) -> tuple[Any, Any]:
    """The days on which an alliance or a tie fractured, rising, and in how many worlds on each."""
    conditions = " AND ".join(f'"{column}" = ?' for column, _ in observable.where)
    found = experiment.ask(
        f'SELECT fracture_day AS day, count(*) AS count FROM "{observable.table}" WHERE fractured AND {conditions} GROUP BY day ORDER BY day',
        tuple(value for _, value in observable.where),
    )
    return found["day"].to_numpy(), found["count"].to_numpy()
