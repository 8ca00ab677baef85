"""The books of each tie: where it began, what each channel did to it, where it ended. They add up."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import COMMITMENT_0
from wedge.engine.model.words import CHANNELS

DIGITS = 3


class TieBook(NamedTuple):
    """One tie over a whole run: ``start`` plus the sum of ``channels`` is ``end``."""

    source: int
    target: int
    start: float
    channels: dict[str, float]
    end: float
    lowest: float
    fracture_round: int  # from 0, or -1
    withheld_rounds: int

    @property
    def residual(self) -> float:
        """What the books leave unexplained: nothing but the last bits of addition."""
        return self.end - self.start - sum(self.channels.values())

    @property
    def loss(self) -> float:
        """Commitment lost from the beginning to the end."""
        return self.start - self.end

    @property
    def main_strain(self) -> str:
        """The channel that took most, or an empty text where none took anything."""
        channel = min(self.channels, key=lambda name: self.channels[name])
        return channel if self.channels[channel] < 0 else ""


def books_of(run: Any) -> list[TieBook]:
    """The books of every declared tie."""
    tie, books = run.world.tie[..., 0], run.world.books[..., 0]
    return [
        TieBook(
            int(i),
            int(j),
            float(run.numbers.tie[COMMITMENT_0, i, j, 0]),
            {channel: float(books[c, i, j]) for c, channel in enumerate(CHANNELS)},
            float(tie[f.COMMITMENT_NOW, i, j]),
            float(tie[f.LOWEST, i, j]),
            int(tie[f.FRACTURE_ROUND, i, j]),
            int(tie[f.WITHHELD_ROUNDS, i, j]),
        )
        for i, j in np.argwhere(run.scenario.setting.tie == 1)
    ]


def rounded(book: TieBook) -> list[str]:
    """Start, channels and end in so many digits that what is printed adds up too.

    What rounding leaves over goes to the channel that rounding moved most in the other direction.
    """
    unit = 10**DIGITS
    start, end = round(book.start * unit), round(book.end * unit)
    exact = [change * unit for change in book.channels.values()]
    whole = [round(change) for change in exact]
    for _ in range(abs(end - start - sum(whole))):
        step = 1 if end - start - sum(whole) > 0 else -1
        place = max(range(len(whole)), key=lambda c: step * (exact[c] - whole[c]))
        whole[place] += step
    return [f"{value / unit:.{DIGITS}f}" for value in (start, *whole, end)]


def most_strained(books: Sequence[TieBook]) -> TieBook | None:
    """The tie that broke first, of several the one that shocks had least to do with; else the one that lost most."""
    broken = [book for book in books if book.fracture_round >= 0]
    if broken:
        return min(broken, key=lambda book: (book.fracture_round, book.end - min(0.0, book.channels["shock"])))
    return max(books, key=lambda book: book.loss, default=None)
