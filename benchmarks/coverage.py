"""Do the intervals hold the truth as often as they say?

Worlds are tosses of coins whose shares are known: 1,000 experiments a row. The table says in how many the
interval held the truth: Wilson's of a share, Newcombe's of a paired difference, and the sequential one of
`--precision` at the stop and at every look. Written to docs/coverage.md.

    python -m benchmarks.coverage [experiments]
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.coverage_of_stopping import MOST, try_out
from wedge.engine.analysis.estimates import wilson_band
from wedge.engine.analysis.paired import PairedTable, paired_shares

SHARES = (0.01, 0.05, 0.2, 0.5, 0.8)
WORLDS = (200, 2000)
SHARED_LUCK = 0.5  # of the worlds take the same course under both scenarios
GAP = 0.1  # the other scenario's share is a tenth larger (relative), so that the difference is not zero
PRECISION = 0.02
SEED = 20250224
PAGE = Path(__file__).resolve().parents[1] / "docs" / "coverage.md"


class Row(NamedTuple):
    """How often the truth was held, of so many experiments."""

    share: float
    wilson: tuple[float, ...]  # for each number of worlds
    paired: tuple[float, ...]
    at_stop: float
    at_all_looks: float


def row_of(share: float, experiments: int) -> Row:
    """One row of the table."""
    stopped = try_out(share, PRECISION, experiments)
    return Row(
        share,
        tuple(wilson(share, worlds, experiments) for worlds in WORLDS),
        tuple(paired(share, worlds, experiments) for worlds in WORLDS),
        1 - stopped.missed,
        1 - stopped.ever_missed,
    )


def wilson(share: float, worlds: int, experiments: int) -> float:
    """In what part of experiments Wilson's interval holds the share."""
    counts = np.random.default_rng((SEED, worlds)).binomial(worlds, share, experiments)
    low, high = wilson_band(counts, worlds)
    return float(((low <= share) & (share <= high)).mean())


def paired(share: float, worlds: int, experiments: int) -> float:
    """In what part of experiments Newcombe's interval holds the difference of two shares in the same worlds.

    Half of the worlds go the same way under both scenarios, as far as their shares allow it; the rest are
    independent.
    """
    other = min(0.99, share * (1 + GAP))
    both = SHARED_LUCK * share + (1 - SHARED_LUCK) * share * other
    cells = [both, 1 - share - other + both, share - both, other - both]
    drawn = np.random.default_rng((SEED, worlds, 1)).multinomial(worlds, cells, experiments)
    found = [paired_shares(PairedTable(*map(int, each))) for each in drawn]
    truth = share - other
    return float(np.mean([each.low <= truth <= each.high for each in found]))


def page_of(rows: Sequence[Row], experiments: int) -> str:
    """The table as a page."""
    head = [
        "# How often the intervals hold the truth",
        "",
        f"Worlds are tosses of coins whose shares are known; {experiments:,} experiments a cell. Each cell says in how many "
        "of them a 95 % interval held the truth. By chance alone a cell of 95 % lies between "
        f"{100 * (0.95 - 1.96 * (0.0475 / experiments) ** 0.5):.1f} and {100 * (0.95 + 1.96 * (0.0475 / experiments) ** 0.5):.1f} % "
        "nineteen times in twenty. Written by `python -m benchmarks.coverage`.",
        "",
        f"| share | {' | '.join(f'Wilson, {n:,} worlds' for n in WORLDS)} | {' | '.join(f'paired, {n:,} worlds' for n in WORLDS)} | sequential, at the stop | sequential, at every look |",
        f"|{' ---: |' * (3 + 2 * len(WORLDS))}",
    ]
    cells = [
        f"| {row.share:g} | {' | '.join(f'{100 * each:.1f} %' for each in (*row.wilson, *row.paired, row.at_stop, row.at_all_looks))} |"
        for row in rows
    ]
    return "\n".join([*head, *cells, "", *_notes(rows), ""])


def _notes(rows: Sequence[Row]) -> list[str]:
    """What was looked at, and the cells that fall outside what is wanted."""
    wanted = {0.05, 0.2, 0.5}
    out = [
        f"{name} at {row.share:g} with {n:,} worlds: {100 * held:.1f} %"
        for row in rows
        for name, cells in (("Wilson", row.wilson), ("paired", row.paired))
        for n, held in zip(WORLDS, cells, strict=True)
        if not 0.93 <= held <= 0.97
    ]
    inside = all(0.93 <= held <= 0.97 for row in rows if row.share in wanted for held in (*row.wilson, *row.paired))
    sure = all(row.at_stop >= 0.95 and row.at_all_looks >= 0.95 for row in rows)
    return [
        "- *Wilson*: the interval of a share (`engine/analysis/estimates.py`), looked at once.",
        f"- *paired*: Newcombe's interval of a difference in the same worlds (`engine/analysis/paired.py`); the second share is a tenth larger, and {SHARED_LUCK:.0%} of the luck is shared.",
        f"- *sequential*: that of `--precision {PRECISION:g}` (`engine/experiment/stopping.py`), up to {MOST:,} worlds. It is wider than it need be at any one look, since it may be read at all of them.",
        f"- Wanted: 93 to 97 % for shares of 0.05, 0.2 and 0.5 ({'met' if inside else 'not met'}); 95 % or more for the sequential one ({'met' if sure else 'not met'}).",
        f"- Outside 93 to 97 %: {'; '.join(out) if out else 'none'}.",
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the page and print it."""
    experiments = int(arguments[0]) if arguments else 1000
    text = page_of([row_of(share, experiments) for share in SHARES], experiments)
    PAGE.write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
