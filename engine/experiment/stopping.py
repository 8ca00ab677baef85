"""Stopping once a share is known well enough, by an interval that stays valid however often one looks.

Looking again and again at an ordinary 95 % interval, and stopping at the first that pleases, misses
the truth far more often than one time in twenty. The interval here is a *confidence sequence*: with
probability 95 % it holds the truth at all looks at once. For each share p that may be the truth, the
likelihood of the worlds seen so far is averaged over a Beta distribution round p and divided by their
likelihood under p itself. Under p that ratio is a martingale that begins at 1, so by Ville's inequality
it ever reaches 20 with probability 1 in 20 at most; the shares for which it stays below make up the
interval.

Ville (1939) Étude critique de la notion de collectif; Robbins (1970) Annals of Mathematical Statistics
41:1397-1409; Howard, Ramdas, McAuliffe, Sekhon (2021) Annals of Statistics 49:1055-1080 (the mixture of
Beta distributions, each round the share it is held against).
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wedge.engine.experiment.files import Views
from wedge.engine.experiment.parts import parts_of
from wedge.engine.experiment.problems import ExperimentError

RULE = "beta-binomial confidence sequence"
LEVEL = 0.95
FIRST_LOOK = 400  # worlds
LOOKED_AT = ((8, 50), (8, 200), (0, 2000))  # the parts of an experiment that is looked at, finer than others'
GROWTH = 1.2  # each look at this many times the worlds of the one before, at least
TYPICAL = 0.11  # share times (1 - share) for which the width is tuned; it is valid for every share
FINEST, COARSEST = 1e-4, 0.5


class Watch(NamedTuple):
    """The share that is watched: where it stands in the tables."""

    name: str
    title: str
    table: str
    where: tuple[tuple[str, Any], ...]  # the row of the world in that table; any of its rows where there are several
    value: str  # SQL over that row


ANY_FRACTURE = Watch("alliances.any.fractured", "any alliance fractures", "alliances", (), "fractured")


class Look(NamedTuple):
    """What was seen at one look."""

    worlds: int  # of which were asked for
    n: int  # how many of them could be played
    happened: int  # in how many of them it did
    low: float
    high: float

    @property
    def reach(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2


def weight_for(precision: float) -> float:
    """How narrow the Beta distributions are, in worlds: such that intervals are narrowest about when the rule stops."""
    return TYPICAL / precision**2


def looks_until(most: int) -> list[int]:
    """The numbers of worlds at which one looks: fixed beforehand, the last of them ``most``.

    They fall on the ends of parts, so that no part is cut short.

    >>> looks_until(2000)
    [400, 600, 800, 1000, 1200, 1600, 2000]
    """
    return list(_looks(most))


def _looks(most: int) -> Iterator[int]:
    wanted = float(FIRST_LOOK)
    for part in parts_of(most, LOOKED_AT):
        if part.stop >= wanted or part.stop == most:
            yield part.stop
            wanted = part.stop * GROWTH


def always_valid_band(counts: Any, n: Any, weight: float, level: float = LEVEL) -> tuple[Any, Any]:
    """Lower and upper ends of the interval, for one count or a column of them; 0 to 1 where ``n`` is 0.

    With probability ``level`` the intervals of one share at all looks hold the truth.
    """
    import numpy as np

    counts, n = np.broadcast_arrays(np.asarray(counts, float), np.asarray(n, float))
    seen = np.where(n > 0, counts / np.where(n > 0, n, 1), 0.5)
    limit = -np.log1p(-level)
    low = _edge(counts, n, seen, np.zeros_like(seen), weight, limit)
    high = _edge(counts, n, seen, np.ones_like(seen), weight, limit)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)


HALVINGS = 60


def _edge(counts: Any, n: Any, inside: Any, outside: Any, weight: float, limit: float) -> Any:
    """Where the evidence crosses the limit between the share seen and 0 or 1, rounded away from the share seen."""
    import numpy as np

    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        fits = evidence_against(middle, counts, n, weight) < limit
        inside, outside = np.where(fits, middle, inside), np.where(fits, outside, middle)
    return outside


def evidence_against(share: Any, counts: Any, n: Any, weight: float) -> Any:
    """The logarithm of the ratio of likelihoods: a Beta mixture round the share over the share itself."""
    import numpy as np
    from scipy.special import betaln, xlog1py, xlogy

    share = np.clip(share, 1e-15, 1 - 1e-15)
    a, b = weight * share, weight * (1 - share)
    mixed = betaln(a + counts, b + n - counts) - betaln(a, b)
    return mixed - xlogy(counts, share) - xlog1py(n - counts, -share)


def look_at(worlds: int, n: int, count: int, precision: float) -> Look:
    """The interval after so many worlds."""
    low, high = always_valid_band(count, n, weight_for(precision))
    return Look(worlds, n, count, float(low), float(high))


def refuse_odd(precision: float) -> None:
    """Raise ExperimentError for a precision that makes no sense."""
    if not FINEST <= precision <= COARSEST:
        raise ExperimentError(
            f"a precision is from {FINEST:g} to {COARSEST:g}, not {precision:g}",
            "0.005 is half a percentage point either way",
        )


def seen_in(files: Sequence[Any], watch: Watch, first: int, stop: int) -> tuple[int, int]:
    """In how many of the worlds ``first`` to ``stop`` - 1 it happened, and how many of them are stored."""
    if not files:
        return 0, 0
    conditions = "".join(f' AND "{column}" = ?' for column, _ in watch.where)
    each = f'SELECT world, bool_or(CAST({watch.value} AS DOUBLE) > 0) AS happened FROM "{watch.table}" WHERE world >= ? AND world < ?{conditions} GROUP BY world'
    views = Views({watch.table: files})
    try:
        found = views.ask(
            f"SELECT count(*) FILTER (happened) AS count, count(*) AS n FROM ({each})",
            (first, stop, *(value for _, value in watch.where)),
        )
    finally:
        views.close()
    return int(found["count"][0]), int(found["n"][0])


def expected_worlds(look: Look, precision: float, most: int) -> int:
    """About how many worlds it will take in all, from the width so far."""
    return min(most, int(look.worlds * max(1.0, look.reach / precision) ** 2))
