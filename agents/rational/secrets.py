"""The seats of games in which a state alone knows its type, for many worlds at once."""

from collections.abc import Callable, Mapping

import numpy as np

from wedge.agents.rational.choosing import TIE
from wedge.agents.seat import ArrayPolicy, Tables


class Demands(ArrayPolicy):
    """Proposes the same in every world."""

    def __init__(self, levels: np.ndarray) -> None:
        self.levels = levels

    def offers(self, tables: Tables) -> Mapping[str, np.ndarray]:
        """The same levels in each row."""
        rows = len(tables.lot)
        return {issue: np.full(rows, level) for issue, level in zip(tables.issues, self.levels, strict=True)}


class KnowsItsCost(ArrayPolicy):
    """Signs what is worth no less to it than refusing, which in each world is worth to it what only it knows."""

    def __init__(self, signing: Callable[[np.ndarray], np.ndarray], refusing: np.ndarray) -> None:
        self.signing, self.refusing = signing, refusing

    def answers(self, tables: Tables) -> np.ndarray:
        """1 or 0 for each world."""
        levels = np.stack([tables.proposal[issue] for issue in tables.issues], axis=1)
        return (self.signing(levels) >= self.refusing[tables.worlds] - TIE).astype(np.float64)


class Challenger(ArrayPolicy):
    """Demands everything if its type is at least one threshold, and fights over it if it is at least another."""

    def __init__(self, types: np.ndarray, challenges_from: float, fights_from: float) -> None:
        self.types, self.challenges_from, self.fights_from = types, challenges_from, fights_from

    def offers(self, tables: Tables) -> Mapping[str, np.ndarray]:
        """All or nothing."""
        return {tables.issues[0]: (self.types[tables.worlds] >= self.challenges_from).astype(np.float64)}

    def answers(self, tables: Tables) -> np.ndarray:
        """Backs down, by signing, unless it would fight."""
        return (self.types[tables.worlds] < self.fights_from).astype(np.float64)


class Resister(ArrayPolicy):
    """Resists a demand for anything with some probability, by its own lot; then proposes that nothing changes."""

    def __init__(self, resists: float) -> None:
        self.resists = resists

    def offers(self, tables: Tables) -> Mapping[str, np.ndarray]:
        """Nothing."""
        return {tables.issues[0]: np.zeros(len(tables.lot))}

    def answers(self, tables: Tables) -> np.ndarray:
        """Signs where nothing is demanded, and where its lot says so."""
        return ((tables.proposal[tables.issues[0]] == 0.0) | (tables.lot >= self.resists)).astype(np.float64)
