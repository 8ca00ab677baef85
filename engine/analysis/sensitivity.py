"""Which number decides: three ways of asking, each a data frame, a row a number.

``tornado`` puts each number at its 5th and its 95th percentile in the same worlds. ``sobol``
shares the variance of the outcome out among the numbers, and tells it from chance. ``morris``
screens many numbers with few runs. Where there are many numbers, the first two look at those that
changed the outcome of most worlds when taken over from another world, and say what was left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from wedge.engine.analysis.inputs import Input, quantile
from wedge.engine.analysis.levels import Level, change_of, level_of
from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.sobol import indices_of
from wedge.engine.analysis.swaps import most_telling, swap
from wedge.engine.analysis.trials import Trials, blocks_of
from wedge.engine.experiment.problems import ExperimentError

MOST = 15  # numbers looked at closely unless more are asked for
SCREENED = 200  # pairs of worlds in which all numbers are tried first
LOW, HIGH = 0.05, 0.95
WORLDS = {"tornado": 1000, "sobol": 1000, "morris": 100}
METHODS = tuple(WORLDS)


@dataclass(frozen=True)
class Sensitivity:
    """What one method found. ``numbers`` has the columns path, judgement, declared and those of its method, most telling first."""

    method: str
    observable: Observable
    seed: int
    worlds: int  # worlds (tornado), pairs of worlds (sobol), trajectories (morris)
    level: Level  # of the observable with all numbers as they are drawn
    numbers: Any
    parts: Any  # sobol only: part, share, low, high of the variance due to numbers, chance, and both together
    left_out: int  # numbers that were tried and not looked at closely
    played: int  # rows played by this call

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        from wedge.engine.analysis.comparison import records

        return {
            "method": self.method,
            "observable": self.observable.name,
            "title": self.observable.title,
            "kind": self.observable.kind,
            "seed": self.seed,
            "worlds": self.worlds,
            "level": self.level._asdict(),
            "numbers": records(self.numbers),
            "parts": records(self.parts) if self.parts is not None else None,
            "left_out": self.left_out,
        }


def rows_needed(method: str, inputs: int, worlds: int, most: int) -> int:
    """About how many runs a method takes."""
    if method == "morris":
        return worlds * (inputs + 2)
    close = min(most or inputs, inputs)
    screening = min(SCREENED, worlds) * (inputs + 2) if close < inputs else 0
    return screening + worlds * (2 * close + 1 if method == "tornado" else close + 3)


def sensitivity(trials: Trials, inputs: Sequence[Input], method: str, worlds: int, most: int = MOST) -> Sensitivity:
    """Ask one way which of the inputs decide the trials' observable; ``most`` 0 looks at all of them.

    Raises ExperimentError where there is nothing to vary, or the observable is missing in some worlds.
    """
    if not inputs:
        raise ExperimentError(
            "no number of this scenario varies", "write distributions, use --judgements, or give one a --range"
        )
    ask = {"tornado": tornado, "sobol": sobol, "morris": morris}[method]
    return ask(trials, inputs, worlds, most)


def those_that_matter(trials: Trials, inputs: Sequence[Input], worlds: int, most: int) -> list[Input]:
    """The inputs to look at closely, in their order, chosen by swaps between pairs of worlds."""
    if not most or most >= len(inputs):
        return list(inputs)
    found = swap(trials, inputs, min(SCREENED, worlds), f"trying {len(inputs)} numbers", luck=False)
    whole(found.with_number, trials.observable)
    return [inputs[k] for k in sorted(most_telling(found, most))]


def tornado(trials: Trials, inputs: Sequence[Input], worlds: int, most: int = MOST) -> Sensitivity:
    """Each number at its 5th and its 95th percentile, everything else as the world draws it.

    Columns: low_at, high_at (the percentiles), at_low, at_high (the observable there) with
    intervals, swing (high less low, paired) with its interval.
    """
    import pandas as pd

    looked_at = those_that_matter(trials, inputs, worlds, most)
    base = trials.values("as it is", blocks_of(np.arange(worlds)))
    ends = [(quantile(trials.scenario, number, LOW), quantile(trials.scenario, number, HIGH)) for number in looked_at]
    asked = [
        blocks_of(np.arange(worlds), [number.place], [end])
        for number, both in zip(looked_at, ends, strict=True)
        for end in both
    ]
    each = len(asked[0])
    parts = trials.play(f"{len(looked_at)} numbers at both ends", [block for blocks in asked for block in blocks])
    found = [np.concatenate(parts[g * each : (g + 1) * each]) for g in range(len(asked))]
    rows = []
    for k, (number, both) in enumerate(zip(looked_at, ends, strict=True)):
        at_low, at_high = found[2 * k], found[2 * k + 1]
        low, high = level_of(at_low, trials.observable.kind), level_of(at_high, trials.observable.kind)
        swing = change_of(at_high, at_low, trials.observable.kind)
        row = _about(number) | {"low_at": both[0], "high_at": both[1]}
        row |= {"at_low": low.value, "at_low_low": low.low, "at_low_high": low.high}
        row |= {"at_high": high.value, "at_high_low": high.low, "at_high_high": high.high}
        rows.append(
            row | {"swing": swing.difference, "low": swing.low, "high": swing.high, "told_apart": swing.told_apart}
        )
    frame = pd.DataFrame(rows)
    frame = frame.iloc[np.argsort(-frame["swing"].abs().to_numpy(), kind="stable")].reset_index(drop=True)
    return _found("tornado", trials, worlds, base, frame, None, len(inputs) - len(looked_at))


def sobol(trials: Trials, inputs: Sequence[Input], worlds: int, most: int = MOST) -> Sensitivity:
    """Sobol' indices of each number, and the variance shared out among numbers and chance, over ``worlds`` pairs of worlds.

    Columns: first, first_low, first_high, total, total_low, total_high. Chance stands for all luck
    of a world and for the numbers that were left out. Raises ExperimentError where the observable
    is missing in a world.
    """
    import pandas as pd

    looked_at = those_that_matter(trials, inputs, worlds, most)
    found = swap(trials, looked_at, worlds, f"{worlds:,} pairs, {len(looked_at)} numbers")
    outcomes = np.vstack([found.with_number, found.with_luck])
    whole(np.vstack([outcomes, found.first, found.second]), trials.observable)
    indices = indices_of(found.first, found.second, outcomes, seed=trials.seed % 2**32)
    rows = [
        _about(number)
        | dict(zip(("first", "first_low", "first_high"), map(float, indices.first[k]), strict=True))
        | dict(zip(("total", "total_low", "total_high"), map(float, indices.total[k]), strict=True))
        for k, number in enumerate(looked_at)
    ]
    frame = pd.DataFrame(rows)
    frame = frame.iloc[np.argsort(-frame["total"].to_numpy(), kind="stable")].reset_index(drop=True)
    both = np.concatenate([found.first, found.second])
    return _found("sobol", trials, worlds, both, frame, _parts(indices), len(inputs) - len(looked_at))


def morris(trials: Trials, inputs: Sequence[Input], worlds: int, most: int = MOST) -> Sensitivity:
    """Elementary effects (Morris 1991): in each of ``worlds`` worlds the numbers move one after another.

    A number moves over two thirds of the way between its 5th and its 95th percentile. Columns: mu
    (mean effect over the whole way), mu_star with mu_star_low and mu_star_high (its size), sigma
    (how much it hangs on the other numbers). Needs SALib. ``most`` has no part in it.
    """
    import pandas as pd

    problem = {
        "num_vars": len(inputs),
        "names": [number.path for number in inputs],
        "bounds": [[LOW, HIGH]] * len(inputs),
    }
    sample, analyze = _salib()
    shares = sample(problem, worlds, num_levels=4, seed=trials.seed % 2**32)
    rows = _values_at(trials.scenario, inputs, shares)
    worlds_of_rows = np.repeat(np.arange(worlds), len(inputs) + 1)
    blocks = blocks_of(worlds_of_rows, [number.place for number in inputs], rows)
    outcomes = whole(trials.values(f"{worlds:,} ways through {len(inputs)} numbers", blocks), trials.observable)
    effects = analyze(problem, shares, outcomes, num_levels=4, num_resamples=1000, seed=trials.seed % 2**32)
    frame = pd.DataFrame([_about(number) for number in inputs])
    size, reach = np.asarray(effects["mu_star"], float), np.asarray(effects["mu_star_conf"], float)
    frame["mu"], frame["mu_star"] = np.asarray(effects["mu"], float), size
    frame["mu_star_low"], frame["mu_star_high"] = np.maximum(size - reach, 0.0), size + reach
    frame["sigma"] = np.asarray(effects["sigma"], float)
    frame = frame.iloc[np.argsort(-size, kind="stable")].reset_index(drop=True)
    base = trials.values("as it is", blocks_of(np.arange(worlds)))
    return _found("morris", trials, worlds, base, frame, None, 0)


def whole(values: np.ndarray, observable: Observable) -> np.ndarray:
    """The values, if none is missing. Raises ExperimentError otherwise."""
    missing = int(np.isnan(values).any(axis=0).sum()) if values.ndim > 1 else int(np.isnan(values).sum())
    if missing:
        raise ExperimentError(
            f"{observable.name} is missing in {missing:,} of the runs, so that its variance is not known",
            "choose an observable that every world has, or --method tornado",
        )
    return values


def _values_at(scenario: Any, inputs: Sequence[Input], shares: np.ndarray) -> np.ndarray:
    """The numbers at these shares of their distributions; few different shares, so each is worked out once."""
    values = np.empty_like(shares)
    for k, number in enumerate(inputs):
        known, places = np.unique(shares[:, k], return_inverse=True)
        values[:, k] = np.array([quantile(scenario, number, float(share)) for share in known])[places]
    return values


def _salib() -> tuple[Any, Any]:
    try:
        from SALib.analyze.morris import analyze
        from SALib.sample.morris import sample
    except ImportError:
        raise ExperimentError(
            "screening by Morris needs SALib", "pip install 'wedge-wargame[sensitivity]', or use --method tornado"
        ) from None
    return sample, analyze


def _parts(indices: Any) -> Any:
    """The variance due to the numbers alone, to chance alone, and to both together, from the indices of chance (the last)."""
    import pandas as pd

    first, total = indices.first[-1], indices.total[-1]
    rows = [
        ("numbers", 1 - total[0], 1 - total[2], 1 - total[1]),
        ("chance", first[0], first[1], first[2]),
        ("both", total[0] - first[0], float("nan"), float("nan")),
    ]
    return pd.DataFrame(rows, columns=["part", "share", "low", "high"])


def _about(number: Input) -> dict[str, Any]:
    return {"path": number.path, "judgement": number.judgement, "declared": number.declared}


def _found(
    method: str, trials: Trials, worlds: int, base: np.ndarray, frame: Any, parts: Any, left_out: int
) -> Sensitivity:
    level = level_of(base, trials.observable.kind)
    return Sensitivity(method, trials.observable, trials.seed, worlds, level, frame, parts, left_out, trials.played)
