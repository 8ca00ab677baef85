"""The most surprising of many worlds: the one whose outcome the fewest others share.

An outcome is how the talks ended, which stages were settled, and which ties fractured. Of worlds
whose outcomes are as rare the one in which an alliance fractures earliest is told, then the lowest.
"""

from collections import Counter
from typing import Any

import numpy as np

from wedge.engine.report.choosing import Chosen, Tables


def most_surprising(tables: Tables) -> Chosen | None:
    """The world with the rarest outcome; None where there is only one world or all went the same way."""
    runs = tables["runs"]["world"].tolist()
    outcomes = _outcomes(tables)
    shared = Counter(outcomes)
    if len(shared) < 2:
        return None
    earliest = _earliest(tables, len(runs))
    place = min(range(len(runs)), key=lambda n: (shared[outcomes[n]], earliest[n], n))
    world, alike = int(runs[place]), shared[outcomes[place]]
    share = "no other world ends" if alike == 1 else f"only {alike:,} worlds end"
    return Chosen(
        world,
        f"World {world} is the most surprising of {len(runs):,}: {share} as it does in how the talks end, which stages are "
        f"settled and which ties fracture. There are {len(shared):,} such outcomes.",
    )


def _outcomes(tables: Tables) -> list[tuple[Any, ...]]:
    """The outcome of each world, in the order of the runs."""
    runs = tables["runs"]["ending"]
    columns = [_wide(tables, "stages", "standing", len(runs)), _wide(tables, "ties", "fractured", len(runs))]
    rows = zip(runs.tolist(), *(map(tuple, column.tolist()) for column in columns), strict=True)
    return [tuple(row) for row in rows]


def _wide(tables: Tables, table: str, column: str, worlds: int) -> np.ndarray:
    """A long column as one row a world."""
    return np.asarray(tables[table][column]).reshape(worlds, -1)


def _earliest(tables: Tables, worlds: int) -> list[float]:
    """The day on which the first alliance fractures, infinite where none does."""
    days = _wide(tables, "alliances", "fracture_day", worlds).astype(float)
    if not days.shape[1]:
        return [np.inf] * worlds
    return [float(day) for day in np.where(np.isnan(days), np.inf, days).min(axis=1)]
