"""How often something rare happens: rates of fracture that plain worlds would hardly ever show.

Worlds are split on their way to the fracture (see ``engine/simulation/splitting.py``) in independent
repetitions, each in worlds of its own. Their mean has the rate as its expectation, without bias; how
far they differ says how well it is known. Everything is a function of scenario, seed and sizes.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from wedge.engine.analysis.comparison import records
from wedge.engine.analysis.estimates import LEVEL, share_of, t_quantile
from wedge.engine.analysis.notation import code_of
from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import default_observable, observable_named
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.experiment.running import loaded
from wedge.engine.simulation.splitting import BROKEN, Split, Splitting

WORLDS = 10_000
REPETITIONS = 10  # at least
MOST_AT_ONCE = 2_000  # worlds of a repetition, so that what is kept of them stays small
LEAST_TRIAL, TRIAL = 200, 1_000  # worlds in which levels are laid
FRACTURED = ".fractured"
MOST_CODES = 20


@dataclass(frozen=True)
class RareRate:
    """The rate of a fracture, its 95 % interval, and what it took. Tables are data frames."""

    scenario: str
    of: Observable
    seed: int
    worlds: int  # opened, over all repetitions
    repetitions: int
    rate: float  # share of worlds; 0 where no course came through
    low: float
    high: float  # where the rate is 0: what it is not above, with 95 % confidence
    levels: (
        Any  # a row a level: distance (0 for the fracture), courses, reached, share, worlds (different ones among them)
    )
    estimates: Any  # a row a repetition: repetition, rate, and reached at each level
    fractures: Any  # courses that fractured, each from another world: code, world, round (from 1)
    played: float  # all rounds played, laying of levels included, in worlds
    plain: float  # worlds without splitting that would give as small a standard error; nan where it is not known

    @property
    def gain(self) -> float:
        """How many times as much plain worlds would cost for the same standard error."""
        return self.plain / self.played

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        told = {
            name: getattr(self, name) for name in ("scenario", "seed", "worlds", "repetitions", "rate", "low", "high")
        }
        cost = {"played": self.played, "plain": _or_none(self.plain), "gain": _or_none(self.gain)}
        tables = {name: records(getattr(self, name)) for name in ("levels", "estimates", "fractures")}
        return {"observable": self.of.name, "title": self.of.title} | told | cost | tables


def rare_rate(
    scenario: Any,
    of: str | None = None,
    seed: int = 0,
    worlds: int = WORLDS,
    *,
    repetitions: int | None = None,
    workers: int = 1,
    compiled: bool = True,
    progress: Progress | None = None,
) -> RareRate:
    """The rate at which an alliance or a tie fractures in a scenario (or its name), by splitting about so many worlds.

    ``of`` is an alliance, a tie such as ``ukraine.united_states``, or an observable that ends with ``.fractured``;
    the first alliance if left out. Results do not depend on ``workers`` or ``compiled``. Raises ExperimentError
    where there is no such thing, and for policies from outside, whose memory cannot be kept.
    """
    read = loaded(scenario)
    if read.outsiders:
        raise ExperimentError(
            "a course with a policy from a file cannot be split: its memory is not Wedge's to copy",
            "seat a policy that comes with Wedge, or count in plain worlds with wedge run",
        )
    target = fracture_named(read, of)
    times = repetitions or max(REPETITIONS, -(-worlds // MOST_AT_ONCE))
    each = max(2, -(-worlds // times))
    splitting = Splitting(read, seed, watch_of(read, target), interpreted=not compiled)
    trial = np.arange(times * each, times * each + min(TRIAL, max(LEAST_TRIAL, each)))
    tell = progress or Silent()
    tell.start(read.code.rpartition("/")[2], times * each, 0)
    try:
        levels, rounds = splitting.lay_levels(trial)
        found = list(_repeated(splitting, levels, times, each, workers, tell))
    finally:
        tell.close()
    played = (rounds + sum(split.rounds for split in found)) / int(read.setting.rounds)
    return _summed_up(read, target, seed, levels, found, played)


def _repeated(
    splitting: Splitting, levels: Sequence[float], times: int, each: int, workers: int, progress: Progress
) -> Iterator[Split]:
    """Each repetition, in order."""
    pool: Executor = ThreadPoolExecutor(max(1, workers))
    try:
        waiting: list[Future[Split]] = [
            pool.submit(splitting.split, np.arange(r * each, (r + 1) * each), levels) for r in range(times)
        ]
        for one in waiting:
            yield one.result()
            progress.add(each)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


# What is looked for.


def fracture_named(scenario: Any, of: str | None) -> Observable:
    """The fracture that is meant: of an alliance, of a tie, or by the name of its observable. Raises ExperimentError."""
    known = {name: each for name, each in observables_of(scenario).items() if name.endswith(FRACTURED)}
    if not known:
        raise ExperimentError("there is no tie in this scenario that could fracture", "declare an alliance with a tie")
    if of is None:
        return default_observable(known)
    return observable_named(of if of in known or "(" in of else f"fracture({of})", known)


def watch_of(scenario: Any, target: Observable) -> np.ndarray:
    """The ties ``[S, S]`` of which any, fracturing, is the fracture that is meant."""
    names, s = scenario.names, scenario.setting
    kind, *who = target.name.removesuffix(FRACTURED).split(".")
    watch = np.zeros(s.tie.shape, dtype=np.int64)
    if kind == "ties":
        watch[names.states.index(who[0]), names.states.index(who[1])] = 1
        return watch
    member = s.member[names.alliances.index(who[0])] == 1
    watch[np.outer(member, member) & (s.tie == 1)] = 1
    return watch


# What was found.


def interval_of(rates: Any, level: float = LEVEL) -> tuple[float, float, float]:
    """The mean of the repetitions' rates and its interval: Student's t, laid on the logarithm of the mean.

    The mean itself is not moved by it. On the logarithm the interval cannot fall below 0, and its upper side is the
    longer one, as it should be where few courses carry most of the rate. Needs a mean above 0.
    """
    rates = np.asarray(rates, float)
    mean = float(rates.mean())
    relative = float(rates.std(ddof=1)) / len(rates) ** 0.5 / mean
    factor = float(np.exp(t_quantile(len(rates) - 1, level) * relative))
    return mean, mean / factor, min(1.0, mean * factor)


def upper_bound(worlds: int, level: float = LEVEL) -> float:
    """What a rate is not above when nothing happened in so many worlds: about 3 in as many (Hanley, Lippman-Hand 1983).

    It holds for split worlds: one future of each kept course, level after level, is a plain course of its world.
    """
    return float(1.0 - (1.0 - level) ** (1.0 / worlds))


def _summed_up(
    scenario: Any, target: Observable, seed: int, levels: Sequence[float], found: Sequence[Split], played: float
) -> RareRate:
    rates = np.array([split.rate for split in found])
    worlds = sum(split.courses for split in found)
    plain = float("nan")
    if not rates.any():
        rate, low, high = 0.0, 0.0, upper_bound(worlds)
    elif len(levels) == 1:
        share = share_of(sum(split.reached[0] for split in found), worlds)
        rate, low, high, plain = share.share, share.low, share.high, float(worlds)
    else:
        rate, low, high = interval_of(rates)
        error = float(rates.std(ddof=1)) / len(rates) ** 0.5
        plain = rate * (1 - rate) / error**2 if error > 0 else plain
    tables = (_levels(levels, found), _estimates(levels, found, rates), _fractures(scenario, seed, found))
    return RareRate(scenario.called, target, seed, worlds, len(found), rate, low, high, *tables, played, plain)


def _levels(levels: Sequence[float], found: Sequence[Split]) -> Any:
    import pandas as pd

    rows = []
    for k, level in enumerate(levels):
        there = [split for split in found if len(split.reached) > k]
        set_out = sum(
            split.courses for split in found if k == 0 or (len(split.reached) >= k and split.reached[k - 1] > 0)
        )
        reached = sum(split.reached[k] for split in there)
        row = {"level": k + 1, "fracture": level == BROKEN, "distance": max(0.0, level), "courses": set_out}
        row |= {"reached": reached, "share": reached / set_out if set_out else float("nan")}
        rows.append(row | {"worlds": sum(split.worlds[k] for split in there)})
    return pd.DataFrame(rows)


def _estimates(levels: Sequence[float], found: Sequence[Split], rates: np.ndarray) -> Any:
    import pandas as pd

    rows = [
        {"repetition": r + 1, "rate": float(rates[r])}
        | {f"reached_{k + 1}": split.reached[k] if k < len(split.reached) else 0 for k in range(len(levels))}
        for r, split in enumerate(found)
    ]
    return pd.DataFrame(rows)


def _fractures(scenario: Any, seed: int, found: Sequence[Split]) -> Any:
    """One course of each of the first few worlds in which it fractured, with the code that plays it again."""
    import pandas as pd

    first: dict[int, dict[str, Any]] = {}
    for world, n, forks in (course for split in found for course in split.broken):
        if world not in first and len(first) < MOST_CODES:
            code = code_of(scenario, seed, world, forks)
            first[world] = {"code": code, "world": world, "round": n + 1}
    return pd.DataFrame(list(first.values()), columns=["code", "world", "round"])


def _or_none(value: float) -> float | None:
    return None if value != value else value
