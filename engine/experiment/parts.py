"""How the worlds of an experiment are cut into parts: by their number alone, never by who plays them.

A part is what one worker plays and stores at a time. The first parts are small, so that short
experiments keep all workers busy and lose little when stopped; later ones are large, so that ten
million worlds do not become a hundred thousand files: whoever reads them all needs memory for each.
Since the cuts depend on nothing else, sums folded part by part come out the same to the last bit
however the work was shared.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Driver = Literal["auto", "traced", "batch"]

# (how many parts, worlds in each); the last line goes on for ever. Experiments that are looked at on the way
# are cut finer: see stopping.py.
SIZES = ((2, 50), (1, 100), (2, 400), (49, 2000), (0, 4000))


class Part(NamedTuple):
    """Worlds ``first`` up to but not including ``stop``."""

    number: int
    first: int
    stop: int

    @property
    def worlds(self) -> range:
        """The numbers of its worlds."""
        return range(self.first, self.stop)

    @property
    def size(self) -> int:
        """How many worlds it holds."""
        return self.stop - self.first


def parts_of(worlds: int, sizes: Sequence[tuple[int, int]] = SIZES) -> list[Part]:
    """The parts of worlds 0 to ``worlds`` - 1; only the last may be cut short.

    >>> [part.size for part in parts_of(120)]
    [50, 50, 20]
    """
    parts, first = [], 0
    for number, size in enumerate(_endless(sizes)):
        if first >= worlds:
            break
        parts.append(Part(number, first, min(first + size, worlds)))
        first += size
    return parts


def _endless(sizes: Sequence[tuple[int, int]]) -> Iterator[int]:
    for count, size in sizes[:-1]:
        yield from [size] * count
    while True:
        yield sizes[-1][1]
