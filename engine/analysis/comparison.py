"""Scenarios held side by side, pair by pair and observable by observable.

Where two experiments share seed and rules they were played in the same worlds, and every
comparison is paired: the same luck under both agendas. Otherwise methods for separate samples are
used, and the comparison says so.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from wedge.engine.analysis.estimates import LEVEL, Band, band_of, mean_of, share_of
from wedge.engine.analysis.kinship import caution
from wedge.engine.analysis.multiplicity import holm
from wedge.engine.analysis.observables import SHARE, Observable, by_row, observables, values_in_row
from wedge.engine.analysis.paired import (
    paired_means,
    paired_shares,
    paired_table,
    pairing_of_means,
    pairing_of_shares,
    separate_means,
    separate_shares,
    worlds_to_tell_apart,
)
from wedge.engine.analysis.ratios import paired_ratio, separate_ratio
from wedge.engine.analysis.times import held_of
from wedge.engine.experiment.files import write_json
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment
from wedge.engine.scenario.meaning import differences

COMPARISON = "comparison.json"
FLIPPED = 5  # worlds told as codes, for each observable and side


@dataclass(frozen=True)
class Comparison:
    """Each table is a data frame with the labels ``a`` and ``b`` of the pair in front; differences are a less b."""

    experiments: list[Experiment]
    labels: list[str]
    shares: Any  # observable, title, n_a, n_b, share_a, low_a, high_a, share_b, low_b, high_b,
    #              paired, both, neither, only_a, only_b, difference, low, high, p, ratio, ratio_low, ratio_high,
    #              pairing (how many times as many worlds separate ones would be), worlds_unpaired, worlds_needed,
    #              p_holm (over all observables of the pair), told_apart, told_apart_holm
    means: Any  # observable, title, unit, n_a, n_b, mean_a, mean_b, paired, difference, low, high, p,
    #             pairing, worlds_unpaired, p_holm, told_apart, told_apart_holm
    times: Any  # observable, title, and of each side and their difference the days held: n_a, held_a, held_a_low,
    #             held_a_high, (of b), paired, difference, low, high, p_flip (equal incidence), flips (turns tried)
    flipped: Any  # observable, only (the label under which it happened), world (its code, to be replayed)
    meaning: Any  # path, value_a, value_b: what differs between the scenarios
    notes: list[str]  # what a reader must know, such as that a pair is not of the same worlds

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The labels of each pair, in order."""
        return list(combinations(self.labels, 2))

    def of_pair(self, table: str, a: str, b: str) -> Any:
        """The rows of one pair in one of the tables."""
        frame = getattr(self, table)
        return frame[(frame["a"] == a) & (frame["b"] == b)].drop(columns=["a", "b"]).reset_index(drop=True)

    def as_json(self) -> dict[str, Any]:
        """For each pair and observable: both, neither, only_a, only_b, difference, interval, and the rest."""
        return {
            "scenarios": [
                {"label": label, "code": e.code, "sha256": e.plan.scenario, "seed": e.seed, "n": e.count}
                for label, e in zip(self.labels, self.experiments, strict=True)
            ],
            "pairs": [self._pair_as_json(a, b) for a, b in self.pairs],
            "notes": self.notes,
        }

    def _pair_as_json(self, a: str, b: str) -> dict[str, Any]:
        found = {}
        for table in ("shares", "means"):
            for row in records(self.of_pair(table, a, b)):
                name, intervals = row.pop("observable"), {"interval": [row.pop("low"), row.pop("high")]}
                if table == "shares":
                    intervals["ratio_interval"] = [row.pop("ratio_low"), row.pop("ratio_high")]
                found[name] = {"kind": table[:-1]} | row | intervals
        times = [row | {"interval": [row.pop("low"), row.pop("high")]} for row in records(self.of_pair("times", a, b))]
        rest = {name: records(self.of_pair(name, a, b)) for name in ("flipped", "meaning")} | {"times": times}
        return {"a": a, "b": b, "observables": found} | rest


def compare(experiments: Sequence[Experiment], labels: Sequence[str] = ()) -> Comparison:
    """Compare two or more experiments on every observable they share.

    Raises ExperimentError when there are fewer than two.
    """
    import pandas as pd

    if len(experiments) < 2:
        raise ExperimentError("a comparison needs two scenarios or results at least")
    known = list(labels) or labels_of(experiments)
    tables: dict[str, list[Any]] = {"shares": [], "means": [], "times": [], "flipped": [], "meaning": []}
    notes: list[str] = []
    for (a, first), (b, second) in combinations(zip(known, experiments, strict=True), 2):
        found, note = _compare_pair(first, second, a, b)
        for table, rows in found.items():
            tables[table] += [{"a": a, "b": b} | row for row in rows]
        notes += note
    notes = [*_unfinished(known, experiments), *notes]
    frames = {table: pd.DataFrame(rows, columns=None if rows else EMPTY[table]) for table, rows in tables.items()}
    return Comparison(list(experiments), known, **frames, notes=notes)


def _unfinished(labels: Sequence[str], experiments: Sequence[Experiment]) -> list[str]:
    """What is to be said of experiments that are not finished."""
    return [
        f"{label} is not finished: {e.count:,} of {e.plan.worlds:,} worlds are stored, and the same wedge run call goes on"
        for label, e in zip(labels, experiments, strict=True)
        if not e.finished
    ]


EMPTY = {
    "shares": ["a", "b", "observable", "low", "high"],
    "means": ["a", "b", "observable", "low", "high"],
    "times": ["a", "b", "observable", "low", "high"],
    "flipped": ["a", "b", "observable", "only", "world"],
    "meaning": ["a", "b", "path", "value_a", "value_b"],
}


def save_comparison(comparison: Comparison, folder: Path) -> None:
    """Write ``comparison.json`` into the folder of the comparison."""
    write_json(folder / COMPARISON, comparison.as_json())


def labels_of(experiments: Sequence[Experiment]) -> list[str]:
    """A short name for each, that no other has."""
    for name in (
        lambda e: e.label,
        lambda e: e.code,
        lambda e: f"{e.code}@{e.seed}",
        lambda e: str(e.scenario["words"]["name"]),
        lambda e: str(e.folder),
    ):
        labels = [name(experiment) for experiment in experiments]
        if len(set(labels)) == len(labels):
            return labels
    raise ExperimentError("the same results were given twice", "compare two different scenarios or folders")


def in_the_same_worlds(a: Experiment, b: Experiment) -> str:
    """Nothing when two experiments can be compared world by world, else why they cannot."""
    if a.seed != b.seed:
        return f"their seeds differ ({a.seed} and {b.seed})"
    if a.plan.rules != b.plan.rules:
        return "they were played by different versions of the rules"
    return ""


def _compare_pair(first: Experiment, second: Experiment, a: str, b: str) -> tuple[dict[str, list[Any]], list[str]]:
    apart = in_the_same_worlds(first, second)
    notes = (
        [f"{a} and {b} are not compared world by world: {apart}; intervals are those of separate samples"]
        if apart
        else list(filter(None, [caution(first, second, a, b)]))
    )
    notes += [
        f"{label} was stopped by its own results; the intervals of its shares allow for that, those of differences do not"
        for label, experiment in ((a, first), (b, second))
        if experiment.stopping
    ]
    tables: dict[str, list[Any]] = {"shares": [], "means": [], "times": [], "flipped": []}
    for found in _observed(first, second, a, b, paired=not apart):
        for table, rows in found.items():
            tables[table] += rows
    _allow_for_all([*tables["shares"], *tables["means"]])
    if not apart and tables["shares"] and tables["shares"][0]["n_a"] < max(first.count, second.count):
        notes.append(f"{a} and {b} are compared in those worlds that both have ({tables['shares'][0]['n_a']:,})")
    differing = differences(first.scenario["meaning"], second.scenario["meaning"])
    tables["meaning"] = [
        {"path": path, "value_a": _said(of_a), "value_b": _said(of_b)} for path, of_a, of_b in differing
    ]
    return tables, notes


def _observed(first: Experiment, second: Experiment, a: str, b: str, paired: bool) -> list[dict[str, list[Any]]]:
    """What each observable that both have adds to the tables, in the order in which they are told."""
    bands = band_of(first), band_of(second)
    of_first, of_second = observables(first), observables(second)
    shared = [name for name in of_first if name in of_second and of_first[name].kind == of_second[name].kind]
    found = {}
    for row in by_row(of_first[name] for name in shared):
        in_first = values_in_row(first, row)
        in_second = values_in_row(second, [of_second[observable.name] for observable in row])
        if paired:
            common = in_first.index.intersection(in_second.index)
            in_first, in_second = in_first.loc[common], in_second.loc[common]
        for observable in row:
            of_a, of_b = in_first[observable.name], in_second[observable.name]
            if observable.kind == SHARE:
                found[observable.name] = _of_share(observable, of_a > 0, of_b > 0, paired, bands)
                if paired:
                    flipped = _flipped(observable, of_a > 0, of_b > 0, (first, a), (second, b))
                    found[observable.name]["flipped"] = flipped
            else:
                found[observable.name] = _of_mean(observable, of_a, of_b, paired)
    return [found[name] for name in shared]


def _of_share(observable: Observable, a: Any, b: Any, paired: bool, bands: tuple[Band, Band]) -> dict[str, list[Any]]:
    known = {"observable": observable.name, "title": observable.title}
    return {"shares": [known | _share(a, b, paired, bands)]}


def _of_mean(observable: Observable, a: Any, b: Any, paired: bool) -> dict[str, list[Any]]:
    known = {"observable": observable.name, "title": observable.title, "unit": observable.unit}
    found: dict[str, list[Any]] = {"means": [known | _mean(a, b, paired)]}
    if observable.name.endswith(".days_held"):
        fracture = observable.name.replace(".days_held", ".fractured")
        title = observable.title.partition(":")[0]
        found["times"] = [{"observable": fracture, "title": title} | held_of(a, b, paired)]
    return found


def _allow_for_all(rows: list[dict[str, Any]]) -> None:
    """Holm's p over all observables of a pair, and whether a difference stands with all the others."""
    for row, p in zip(rows, holm([row["p"] for row in rows]), strict=True):
        row |= {"p_holm": p, "told_apart_holm": row["told_apart"] and p < 1 - LEVEL}


def _share(a: Any, b: Any, paired: bool, bands: tuple[Band, Band]) -> dict[str, Any]:
    of_a, of_b = share_of(int(a.sum()), len(a), band=bands[0]), share_of(int(b.sum()), len(b), band=bands[1])
    row: dict[str, Any] = {"n_a": of_a.n, "n_b": of_b.n}
    row |= {"share_a": of_a.share, "low_a": of_a.low, "high_a": of_a.high}
    row |= {"share_b": of_b.share, "low_b": of_b.low, "high_b": of_b.high, "paired": paired}
    if paired:
        cells = paired_table(a.to_numpy(), b.to_numpy())
        found, ratio, needed = paired_shares(cells), paired_ratio(cells), worlds_to_tell_apart(cells)
        row |= cells._asdict()
        pairing = _pairing(pairing_of_shares(cells), cells.n)
    else:
        counts = of_a.count, of_a.n, of_b.count, of_b.n
        found, ratio, needed = separate_shares(*counts), separate_ratio(*counts), None
        row |= dict.fromkeys(("both", "neither", "only_a", "only_b"))
        pairing = _pairing(None, 0)
    row |= found._asdict() | ratio._asdict() | pairing
    return row | {"told_apart": found.told_apart, "worlds_needed": needed}


def _pairing(times: float | None, n: int) -> dict[str, Any]:
    """What the same worlds were worth: how many separate ones of each scenario would have told as much."""
    return {"pairing": times, "worlds_unpaired": None if times is None else int(-(-times * n // 1))}


def _mean(a: Any, b: Any, paired: bool) -> dict[str, Any]:
    if paired:
        n_a, found = paired_means(a.to_numpy(), b.to_numpy())
        n_b, pairing = n_a, _pairing(pairing_of_means(a, b), n_a)
    else:
        n_a, n_b, found = separate_means(a.to_numpy(), b.to_numpy())
        pairing = _pairing(None, 0)
    means = {"mean_a": mean_of(a).mean, "mean_b": mean_of(b).mean}
    return (
        {"n_a": n_a, "n_b": n_b}
        | means
        | {"paired": paired}
        | found._asdict()
        | pairing
        | {"told_apart": found.told_apart}
    )


def _flipped(
    observable: Observable, a: Any, b: Any, first: tuple[Experiment, str], second: tuple[Experiment, str]
) -> list[dict[str, str]]:
    """The first few worlds where it happened under one of the two alone."""
    rows = []
    for (experiment, label), alone in ((first, a & ~b), (second, b & ~a)):
        for world in alone.index[alone.to_numpy()][:FLIPPED]:
            rows.append({"observable": observable.name, "only": label, "world": experiment.world_code(world)})
    return rows


def _said(value: Any) -> str | None:
    """A piece of a scenario's meaning in a cell; None where one of the two has no such thing."""
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def records(frame: Any) -> list[dict[str, Any]]:
    """Rows as plain values; what is missing is null."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return found
