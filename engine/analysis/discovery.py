"""Where an alliance breaks: the region of the numbers in which it happens far more often than elsewhere, in words.

A classification tree (CART; Breiman and others 1984) is grown on every other world and measured on
the worlds between, which had no part in finding it. Of all boxes in the tree the one is told whose
weighted relative accuracy is largest (Lavrač, Flach, Zupan 1999): the share of all cases in it, less what
the share of worlds in it would bring by chance. How deep the tree goes is settled by
cross-validation on the finding half alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import Share, share_of
from wedge.engine.analysis.inputs import Input, drawn
from wedge.engine.analysis.observables import MEAN, Observable
from wedge.engine.analysis.paired import separate_shares
from wedge.engine.analysis.trials import Trials, blocks_of
from wedge.engine.analysis.wants import Want
from wedge.engine.experiment.problems import ExperimentError

DEEPEST = 3
FOLDS = 5
LEAST = 0.05  # share of the finding half that a box holds at least
FEWEST = 20  # cases, and worlds without, from which on it is worth looking
WORLDS = 4000


class Bound(NamedTuple):
    """One side of a box: a number at or below (or above) a value."""

    path: str
    sign: str  # <= or >
    value: float

    def holds(self, values: np.ndarray) -> np.ndarray:
        """In which worlds it holds."""
        return values <= self.value if self.sign == "<=" else values > self.value


@dataclass(frozen=True)
class Discovery:
    """The region, measured on worlds that had no part in finding it. ``bounds`` is empty where no region was found."""

    observable: Observable
    want: Want | None  # what counts as a case, for an observable that is not a share
    seed: int
    worlds: int
    base: Share  # of cases in the measuring half
    bounds: list[Bound]
    inside: Share | None
    outside: Share | None
    covers: Share | None  # share of all cases that lie inside
    holds: Share | None  # share of all worlds that lie inside
    found_inside: Share | None  # inside, on the half it was found on: flattering
    difference: tuple[float, float, float]  # inside less outside with its interval
    boxes: Any  # every box of the tree: bounds, n, share, low, high on the measuring half
    table: Any  # world, case, measuring, and the numbers of the region
    played: int

    @property
    def stands(self) -> bool:
        """Whether the region holds on worlds it was not found on."""
        return bool(self.bounds) and self.difference[1] > 0

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        from wedge.engine.analysis.comparison import records

        told = {name: getattr(self, name) for name in ("base", "inside", "outside", "covers", "holds", "found_inside")}
        return {
            "observable": self.observable.name,
            "case": self.want.said() if self.want else self.observable.title,
            "seed": self.seed,
            "worlds": self.worlds,
            "stands": self.stands,
            "bounds": [bound._asdict() for bound in self.bounds],
            **{name: share.as_row() if share is not None else None for name, share in told.items()},
            "difference": list(self.difference) if self.bounds else None,
            "boxes": records(self.boxes),
        }


def discover(
    trials: Trials, inputs: Sequence[Input], worlds: int, want: Want | None = None, deepest: int = DEEPEST
) -> Discovery:
    """Play ``worlds`` worlds as they are, and look for the region in which the trials' observable happens.

    For an observable that is not a share, ``want`` says what counts as a case. Raises
    ExperimentError where nothing varies, or there are too few cases. Needs scikit-learn.
    """
    if not inputs:
        raise ExperimentError("no number of this scenario varies", "write distributions, or give one a --range")
    if trials.observable.kind == MEAN and want is None:
        raise ExperimentError(
            f"{trials.observable.name} is no share of worlds", "say what counts: --of 'level(donbas) > 0.8'"
        )
    numbers = np.arange(worlds)
    outcomes = trials.values("worlds as they are", blocks_of(numbers))
    cases = np.array([want.met(value) for value in outcomes]) if want else outcomes > 0
    values = drawn(trials.scenario, inputs, trials.seed, numbers)
    measuring = numbers % 2 == 1
    fewest = min(int(cases[~measuring].sum()), int((~cases[~measuring]).sum()))
    if fewest < FEWEST:
        raise ExperimentError(
            f"{trials.observable.name}: {int(cases.sum()):,} of {worlds:,} worlds, too few to learn where from",
            "ask for more --worlds, or another --of",
        )
    paths = [number.path for number in inputs]
    boxes = boxes_in(_tree(values[~measuring], cases[~measuring], deepest), paths)
    best = max(boxes, key=lambda box: _accuracy(box, paths, values[~measuring], cases[~measuring]))
    if _accuracy(best, paths, values[~measuring], cases[~measuring]) <= 0:
        best = []
    return _measured(trials, worlds, want, best, boxes, paths, values, cases, measuring)


def boxes_in(tree: Any, paths: Sequence[str]) -> list[list[Bound]]:
    """The boxes of all nodes below the root, with at most one bound on each side of a number."""
    boxes: list[list[Bound]] = []
    waiting: list[tuple[int, dict[tuple[str, str], float]]] = [(0, {})]
    while waiting:
        node, box = waiting.pop()
        if box:
            boxes.append([Bound(path, sign, value) for (path, sign), value in box.items()])
        if tree.children_left[node] < 0:
            continue
        path, value = paths[tree.feature[node]], short(float(tree.threshold[node]))
        low, high = box.get((path, ">"), -np.inf), box.get((path, "<="), np.inf)
        waiting.append((int(tree.children_right[node]), box | {(path, ">"): max(low, value)}))
        waiting.append((int(tree.children_left[node]), box | {(path, "<="): min(high, value)}))
    return boxes


def short(value: float) -> float:
    """A threshold with three significant digits, as it is told; it is measured as it is told."""
    return float(f"{value:.3g}")


def inside(box: Sequence[Bound], paths: Sequence[str], values: np.ndarray) -> np.ndarray:
    """In which worlds all bounds hold."""
    where = np.ones(len(values), bool)
    for bound in box:
        where &= bound.holds(values[:, paths.index(bound.path)])
    return where


def _accuracy(box: Sequence[Bound], paths: Sequence[str], values: np.ndarray, cases: np.ndarray) -> float:
    """Weighted relative accuracy."""
    where = inside(box, paths, values)
    return float((where & cases).mean() - where.mean() * cases.mean())


def _tree(values: np.ndarray, cases: np.ndarray, deepest: int) -> Any:
    """A tree as deep as cross-validation would have it."""
    try:
        from sklearn.model_selection import StratifiedKFold, cross_val_score
        from sklearn.tree import DecisionTreeClassifier
    except ImportError:
        raise ExperimentError(
            "finding a region needs scikit-learn", "pip install 'wedge-wargame[sensitivity]'"
        ) from None

    def tree(depth: int) -> Any:
        return DecisionTreeClassifier(max_depth=depth, min_samples_leaf=LEAST, random_state=0)

    folds = StratifiedKFold(FOLDS)
    scored = {
        depth: cross_val_score(tree(depth), values, cases, cv=folds, scoring="neg_log_loss").mean()
        for depth in range(1, deepest + 1)
    }
    return tree(max(scored, key=lambda depth: scored[depth])).fit(values, cases).tree_


def _measured(
    trials: Trials,
    worlds: int,
    want: Want | None,
    best: list[Bound],
    boxes: Sequence[Sequence[Bound]],
    paths: Sequence[str],
    values: np.ndarray,
    cases: np.ndarray,
    measuring: np.ndarray,
) -> Discovery:
    """The region as the worlds see it that had no part in finding it."""
    where = inside(best, paths, values)
    there, fresh = cases[measuring], where[measuring]
    shares: dict[str, Share | None] = dict.fromkeys(("inside", "outside", "covers", "holds", "found_inside"))
    difference = (float("nan"),) * 3
    if best:
        shares["inside"], shares["outside"] = _share(there[fresh]), _share(there[~fresh])
        shares["covers"], shares["holds"] = _share(fresh[there]), _share(fresh)
        shares["found_inside"] = _share(cases[~measuring][where[~measuring]])
        apart = separate_shares(
            int(there[fresh].sum()), int(fresh.sum()), int(there[~fresh].sum()), int((~fresh).sum())
        )
        difference = (apart.difference, apart.low, apart.high)
    return Discovery(
        trials.observable,
        want,
        trials.seed,
        worlds,
        _share(there),
        best,
        **shares,
        difference=difference,
        boxes=_boxes(boxes, paths, values[measuring], there),
        table=_table(best, paths, values, cases, measuring),
        played=trials.played,
    )


def _share(cases: np.ndarray) -> Share:
    return share_of(int(cases.sum()), len(cases))


def _boxes(boxes: Sequence[Sequence[Bound]], paths: Sequence[str], values: np.ndarray, cases: np.ndarray) -> Any:
    import pandas as pd

    rows = []
    for box in boxes:
        share = _share(cases[inside(box, paths, values)])
        told = " and ".join(f"{bound.path} {bound.sign} {bound.value:g}" for bound in box)
        rows.append({"bounds": told, "n": share.n, "share": share.share, "low": share.low, "high": share.high})
    return pd.DataFrame(rows, columns=["bounds", "n", "share", "low", "high"])


def _table(
    best: Sequence[Bound], paths: Sequence[str], values: np.ndarray, cases: np.ndarray, measuring: np.ndarray
) -> Any:
    import pandas as pd

    columns: dict[str, Any] = {"world": np.arange(len(cases)), "case": cases, "measuring": measuring}
    columns["inside"] = inside(best, paths, values) if best else np.zeros(len(cases), bool)
    for path in dict.fromkeys(bound.path for bound in best):
        columns[path] = values[:, paths.index(path)]
    return pd.DataFrame(columns)
