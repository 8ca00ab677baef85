"""Check that the rules in C give the bits of the compiled kernel: ``python -m benchmarks.in_c [WORLDS OF EACH] [OF THE LARGEST]``."""

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.in_c.playing import play_batch_in_c
from wedge.engine.scenario import load
from wedge.engine.scenario.finding import packaged
from wedge.engine.simulation.batch import play_batch
from wedge.engine.simulation.forcing import as_rows

LARGEST = "alaska_2025/territory_first"
CHUNK = 10_000
SEED = 7


def differing(first: Any, second: Any, name: str = "result") -> Iterator[str]:
    """The arrays, among nested tuples of arrays, that are not equal to the bit."""
    if isinstance(first, tuple):
        fields = getattr(first, "_fields", [str(number) for number in range(len(first))])
        for field, a, b in zip(fields, first, second, strict=True):
            yield from differing(a, b, f"{name}.{field}")
    elif first.tobytes() != second.tobytes():
        yield name


def check(code: str, worlds: int) -> list[str]:
    """The arrays in which kernel and C differ, over that many worlds of a packaged scenario."""
    setting = load(code).setting
    wrong: set[str] = set()
    for start in range(0, worlds, CHUNK):
        numbers = np.arange(start, min(worlds, start + CHUNK))
        found, wanted = (play(setting, SEED, numbers, as_rows([])) for play in (play_batch_in_c, play_batch))
        wrong |= set(differing(found, wanted))
    return sorted(wrong)


def main(of_each: int = 2_000, of_the_largest: int = 100_000) -> int:
    """Check every packaged scenario; 1 if any differs."""
    status = 0
    for code in sorted(packaged()):
        worlds = of_the_largest if code == LARGEST else of_each
        wrong = check(code, worlds)
        print(
            f"{code:45} {worlds:>9,} worlds  {'differs in ' + ', '.join(wrong) if wrong else 'equal to the bit'}",
            flush=True,
        )
        status |= bool(wrong)
    return status


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
