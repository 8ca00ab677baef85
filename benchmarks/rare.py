"""Does ``wedge rare`` find rates that are known, how often does its interval hold them, and what does it save?

First a tie that walks at random, whose rate of fracture follows from densities without any draw, from
about one world in a hundred to one in two hundred thousand; each is looked for with several seeds. Then
two packaged scenarios against plain counting in very many worlds of another seed.

    python -m benchmarks.rare [seeds] [plain worlds]
"""

import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.rare import fracture_named, rare_rate, watch_of
from wedge.engine.scenario import load
from wedge.engine.simulation.splitting import BROKEN, Splitting

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "simulation"))

NOISES = (0.0134, 0.0104, 0.0087, 0.0074)
WORLDS = 10_000
CASES = (("alaska_2025/joint_front", "western"), ("alaska_2025/ceasefire_first", "united_states.ukraine"))
PLAIN_SEED, CHUNK = 20250815, 2_000


def walks(seeds: int) -> None:
    """The tie that walks at random."""
    from walks import rate_of_walk, walk

    print(f"a tie that walks at random, {seeds} seeds of {WORLDS:,} worlds each")
    print("noise     known rate   mean found   spread   interval left it out   worlds it cost   plain worlds   gain")
    for noise in NOISES:
        known, scenario = rate_of_walk(noise), walk(noise)
        found = [rare_rate(scenario, None, seed, WORLDS, workers=2) for seed in range(seeds)]
        rates = np.array([each.rate for each in found])
        missed = sum(not each.low <= known <= each.high for each in found)
        cost = float(np.mean([each.played for each in found]))
        plain = known * (1 - known) / rates.var(ddof=1)
        print(
            f"{noise:<7g} {known:>12.3g} {rates.mean():>12.3g} {rates.std(ddof=1) / known:>7.0%} "
            f"{missed:>15} of {seeds:<4} {cost:>16,.0f} {plain:>14,.0f} {plain / cost:>6,.1f}"
        )


def packaged(plain: int) -> None:
    """Packaged scenarios against plain counting."""
    print(f"\npackaged scenarios, against {plain:,} plain worlds")
    for name, of in CASES:
        scenario = load(name)
        began = time.perf_counter()
        counted = count(scenario, of, plain)
        middle = time.perf_counter()
        found = rare_rate(scenario, of, 7, WORLDS, workers=2)
        end = time.perf_counter()
        print(f"{name}, {found.of.title}")
        print(f"  counted: {counted.share:.3g} ({counted.low:.3g} to {counted.high:.3g}), {middle - began:.0f} s")
        print(f"  split:   {found.rate:.3g} ({found.low:.3g} to {found.high:.3g}), {end - middle:.0f} s", end="")
        print(f", cost {found.played:,.0f} worlds, as good as {found.plain:,.0f} plain: gain {found.gain:.1f}")


def count(scenario: Any, of: str, plain: int) -> Any:
    """The share of plain worlds of another seed; each stops once it has fractured."""
    splitting = Splitting(scenario, PLAIN_SEED, watch_of(scenario, fracture_named(scenario, of)))
    starts = range(0, plain, CHUNK)
    with ThreadPoolExecutor(2) as pool:
        parts = list(pool.map(lambda start: splitting.split(np.arange(start, start + CHUNK), [BROKEN]), starts))
    return share_of(sum(part.reached[0] for part in parts), sum(part.courses for part in parts))


def main(arguments: Sequence[str]) -> int:
    """Print both tables."""
    walks(int(arguments[0]) if arguments else 40)
    packaged(int(arguments[1]) if len(arguments) > 1 else 200_000)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
