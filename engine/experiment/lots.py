"""Lots: the worlds of a part that are played together, since their arrays are far larger than what is kept of them.

Lots are cut from a part's first world on. What is summed over worlds is summed lot by lot and the lots then added in
their order, so that whoever plays a part, or plays it again, gets the same bits.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wedge.engine.simulation.outcomes import Outcomes

AT_ONCE = 2000  # worlds in a lot


def lots_of(worlds: Sequence[int]) -> Iterator[Sequence[int]]:
    """The worlds in lots."""
    for first in range(0, len(worlds), AT_ONCE):
        yield worlds[first : first + AT_ONCE]


def joined(lots: "Sequence[Outcomes]") -> "Outcomes":
    """The outcomes of lots, one at least, as those of all their worlds."""
    if len(lots) == 1:
        return lots[0]
    sums = sum((lot.sums for lot in lots[1:]), lots[0].sums)
    return lots[0]._replace(tables=joined_tables([lot.tables for lot in lots]), sums=sums)


def joined_tables(lots: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Tables of the same names and columns, one under the other. The lots are emptied on the way, for memory's sake."""
    import numpy as np

    tables: dict[str, Any] = {}
    for name in list(lots[0]):
        parts = [lot.pop(name) for lot in lots]
        tables[name] = {column: np.concatenate([part.pop(column) for part in parts]) for column in list(parts[0])}
    return tables
