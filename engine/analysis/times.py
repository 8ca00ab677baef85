"""Time to fracture: by when, against which other ends, and for how long an alliance or a tie held.

Every world is watched to the same horizon, so nothing is censored: the share of all worlds that had come
to an end by a day *is* the cumulative incidence of that end, and the mean of the days held up to the
horizon *is* the restricted mean time without fracture. One less Kaplan-Meier would pretend that talks
which ended otherwise could still have broken the alliance in talks, and is never used.

Each world comes to one end first: the fracture, or an end of the talks. A fracture after the talks are
over (the clock goes on) is counted apart, as ``later``; days held count it like any other.

Putter H, Fiocco M, Geskus RB (2007) Statistics in Medicine 26:2389-2430 (competing ends); Royston P, Parmar
MKB (2013) BMC Medical Research Methodology 13:152 (restricted mean time); Ernst MD (2004) Statistical
Science 19:676-685 (permutation tests); Phipson B, Smyth GK (2010) SAGMB 9:39 (no p of zero by chance).
"""

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from wedge.engine.analysis.estimates import Band, band_of, mean_of, wilson_band
from wedge.engine.analysis.observables import Observable, observables, values_of
from wedge.engine.analysis.paired import paired_means, separate_means
from wedge.engine.experiment.results import Experiment

FRACTURED = "fractured"
ENDS = (FRACTURED, "settled", "walked_out", "broken_down", "out_of_rounds", "going")
EXACT = 12  # flips up to which all 2 to the power of them are tried
FLIPS = 9_999  # tried by chance where there are more
FLIP_SEED = 20250224
AT_ONCE = 2_000_000  # signs drawn together


class SignFlip(NamedTuple):
    """A test by turning scenarios round world by world."""

    p: float
    tried: int
    exact: bool


def breakable(experiment: Experiment) -> list[Observable]:
    """The fracture of each alliance and tie."""
    return [
        observable
        for observable in observables(experiment).values()
        if observable.table in ("alliances", "ties") and observable.name.endswith(".fractured")
    ]


def first_ends(experiment: Experiment, observable: Observable) -> Any:
    """How and when it ended first: a data frame of end, day, count, later (fractures after that end), days rising."""
    over, conditions = (
        f"coalesce(end_day, {experiment.horizon!r})",
        " AND ".join(f'"{column}" = ?' for column, _ in observable.where),
    )
    return experiment.ask(
        f"SELECT CASE WHEN fracture_day <= {over} THEN '{FRACTURED}' ELSE ending END AS \"end\", "
        f"CASE WHEN fracture_day <= {over} THEN fracture_day ELSE {over} END AS day, count(*) AS count, "
        f"count(*) FILTER (fracture_day > {over}) AS later "
        f'FROM "{observable.table}" JOIN runs USING (world) WHERE {conditions} GROUP BY ALL ORDER BY day, "end"',
        tuple(value for _, value in observable.where),
    )


def incidence(ends: Any, by: Sequence[float], band: Band = wilson_band) -> Any:
    """The share of all worlds that had come to each end by each day: end, day, count, n, share, low, high.

    ``ends`` has the columns end, day, count. Shares of all ends by a day sum to the share of worlds that
    had come to an end.
    """
    import numpy as np
    import pandas as pd

    n, frames = int(ends["count"].sum()), []
    known = [end for end in ENDS if end in set(ends["end"])]
    for end in [*known, *sorted(set(ends["end"]) - set(ENDS))]:
        of_end = ends[ends["end"] == end]
        upto = _upto(of_end["day"].to_numpy(), of_end["count"].to_numpy(), by)
        low, high = band(upto, np.full(len(upto), n))
        columns = {"day": list(by), "count": upto, "n": n, "share": upto / n, "low": low, "high": high}
        frames.append(pd.DataFrame({"end": end} | columns))
    empty = pd.DataFrame(columns=["end", "day", "count", "n", "share", "low", "high"])
    return pd.concat(frames, ignore_index=True) if frames else empty


def hazard(ends: Any, by: Sequence[float], band: Band = wilson_band) -> Any:
    """The chance to fracture in each round for those that came into it whole and with talks going on.

    A data frame of round, day (its end), at_risk, count, share, low, high; rounds without anybody at risk
    are left out.
    """
    import numpy as np
    import pandas as pd

    days, counts, broke = (ends[column].to_numpy() for column in ("day", "count", "end"))
    left = _upto(days, counts, by)
    at_risk = int(counts.sum()) - np.concatenate([[0], left[:-1]])[: len(left)]
    count = np.diff(_upto(days, np.where(broke == FRACTURED, counts, 0), by), prepend=0)
    some = at_risk > 0
    at_risk, count = at_risk[some], count[some]
    low, high = band(count, at_risk)
    columns = {"round": np.arange(len(some))[some], "day": np.asarray(by, float)[some], "at_risk": at_risk}
    return pd.DataFrame(columns | {"count": count, "share": count / at_risk, "low": low, "high": high})


def _upto(days: Any, counts: Any, by: Sequence[float]) -> Any:
    """How many had ended by each of these days."""
    import numpy as np

    order = np.argsort(days, kind="stable")
    sums = np.concatenate([[0], np.cumsum(counts[order])]).astype(int)
    return sums[np.searchsorted(days[order], by, side="right")]


def by_end_and_round(experiment: Experiment) -> tuple[Any, Any]:
    """Of each alliance and tie, by when it came to which end first, and its hazard of fracture by round.

    Two data frames: those of ``incidence`` and ``hazard``, each with the observable in front.
    """
    import pandas as pd

    rounds, days = int(experiment.manifest["rounds"]), float(experiment.names.days)
    grid, band = [days * (n + 1) for n in range(rounds)], band_of(experiment)
    by_day, by_round = [], []
    for observable in breakable(experiment):
        ends = first_ends(experiment, observable)
        by_day.append(incidence(ends, grid, band).assign(observable=observable.name))
        by_round.append(hazard(ends, grid, band).assign(observable=observable.name))
    shared = ["count", "share", "low", "high"]
    columns = ["observable", "end", "day", "n", *shared], ["observable", "round", "day", "at_risk", *shared]
    ends, hazards = (
        (pd.concat(some, ignore_index=True) if some else pd.DataFrame()).reindex(columns=names)
        for some, names in zip((by_day, by_round), columns, strict=True)
    )
    return ends, hazards


def days_without(experiment: Experiment, observable: Observable) -> Any:
    """For how many days it held in each world, up to the horizon: a series over worlds."""
    held = observables(experiment)[observable.name.removesuffix(".fractured") + ".days_held"]
    return values_of(experiment, held)


def sign_flip(differences: Any, flips: int = FLIPS, seed: int = FLIP_SEED) -> SignFlip:
    """Whether differences in the same worlds could as well have come with the other sign, world by world.

    Two-sided, on their mean. Of days held it is a test of equal incidence of fracture: the mean difference
    is the area between the two curves up to the horizon. All turns are tried where few worlds differ,
    else ``flips`` drawn from ``seed``, the one seen counted among them.
    """
    import numpy as np

    gap = np.asarray(differences, float)
    gap = gap[~np.isnan(gap) & (gap != 0)]
    if len(gap) == 0:
        return SignFlip(1.0, 1, True)
    seen = abs(gap.sum()) * (1 - 1e-12)
    if len(gap) <= EXACT:
        sums = np.array(list(product((1.0, -1.0), repeat=len(gap)))) @ gap
        return SignFlip(float((np.abs(sums) >= seen).mean()), len(sums), True)
    chance, extreme, left = np.random.default_rng(seed), 0, flips
    while left:
        some = min(left, max(1, AT_ONCE // len(gap)))
        signs = chance.integers(0, 2, size=(some, len(gap)), dtype=np.int8) * 2.0 - 1.0
        extreme, left = extreme + int((np.abs(signs @ gap) >= seen).sum()), left - some
    return SignFlip((extreme + 1) / (flips + 1), flips, False)


def held_of(a: Any, b: Any, paired: bool) -> dict[str, Any]:
    """Days held under a and under b, their difference, and the test of equal incidence where worlds are the same."""
    of_a, of_b = mean_of(a), mean_of(b)
    row: dict[str, Any] = {"n_a": of_a.n, "held_a": of_a.mean, "held_a_low": of_a.low, "held_a_high": of_a.high}
    row |= {"n_b": of_b.n, "held_b": of_b.mean, "held_b_low": of_b.low, "held_b_high": of_b.high, "paired": paired}
    found = paired_means(a, b)[-1] if paired else separate_means(a, b)[-1]
    row |= {"difference": found.difference, "low": found.low, "high": found.high}
    test = sign_flip(a.to_numpy() - b.to_numpy()) if paired else None
    return row | {"p_flip": test.p if test else None, "flips": test.tried if test else None}
