"""Does the interval of ``--precision`` hold the truth as often as it says, however often one looks?

Worlds are tosses of a coin whose share is known. Each experiment looks at the declared numbers of
worlds and stops as ``wedge run --precision`` does. The table says in how many experiments the interval
at the stop left the truth out, in how many the interval at *any* look up to the most did, and, for
comparison, how often an ordinary Wilson interval would have, stopping by the same width.

    python -m benchmarks.coverage_of_stopping [experiments]
"""

import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.estimates import wilson_band
from wedge.engine.experiment.stopping import always_valid_band, looks_until, weight_for

SHARES = (0.001, 0.01, 0.05, 0.2, 0.5)
PRECISIONS = (0.05, 0.02, 0.01)
MOST = 100_000
SEED = 20250224


class Found(NamedTuple):
    """One row of the table."""

    share: float
    precision: float
    worlds: float  # at the stop, median
    missed: float  # share of experiments whose last interval left out the truth
    ever_missed: float  # at any look up to the most
    wilson_worlds: float
    wilson_missed: float
    wilson_ever_missed: float


def try_out(share: float, precision: float, experiments: int, most: int = MOST) -> Found:
    """So many experiments with a known share."""
    chance = np.random.default_rng(SEED)
    looks = np.array(looks_until(most))
    counts = np.cumsum(chance.binomial(np.diff(looks, prepend=0), share, size=(experiments, len(looks))), axis=1)
    valid = always_valid_band(counts, looks, weight_for(precision))
    return Found(
        share,
        precision,
        *_stopped(*valid, looks, share, precision),
        *_stopped(*wilson_band(counts, looks), looks, share, precision),
    )


def _stopped(low: Any, high: Any, looks: Any, share: float, precision: float) -> tuple[float, float, float]:
    """Median worlds at the stop, and how often the truth was left out then, and at any look."""
    enough = (high - low) / 2 <= precision
    enough[:, -1] = True
    stop = enough.argmax(axis=1)
    out = (share < low) | (share > high)
    return float(np.median(looks[stop])), float(out[np.arange(len(stop)), stop].mean()), float(out.any(axis=1).mean())


def table(found: Sequence[Found]) -> str:
    """The rows, to be read."""
    head = (
        "                      always valid: worlds, truth left out     Wilson's: worlds, truth left out\n"
        "share   precision      at the stop   then   at any look          at the stop   then   at any look"
    )
    rows = [
        f"{each.share:<7g} ± {each.precision:<10g} {each.worlds:>13,.0f} {each.missed:>6.1%} {each.ever_missed:>13.1%} "
        f"{each.wilson_worlds:>20,.0f} {each.wilson_missed:>6.1%} {each.wilson_ever_missed:>13.1%}"
        for each in found
    ]
    return "\n".join([head, *rows])


def main(arguments: Sequence[str]) -> int:
    """Print the table; 1 when an interval left out the truth more often than it may."""
    experiments = int(arguments[0]) if arguments else 4000
    found = [try_out(share, precision, experiments) for precision in PRECISIONS for share in SHARES]
    print(
        f"{experiments:,} experiments a row, up to {MOST:,} worlds, looked at {len(looks_until(MOST))} times; allowed: 5 %"
    )
    print(table(found))
    return int(any(each.ever_missed > 0.05 + 3 * (0.05 * 0.95 / experiments) ** 0.5 for each in found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
