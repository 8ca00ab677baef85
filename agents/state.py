"""The Mesa agent that seats a state at the table of the traced driver."""

import mesa

from wedge.engine.model.words import REASONS, STANCES
from wedge.engine.model.world import PAYOFF, REASON, STANCE, SURPLUS, WEARINESS_NOW, World


class State(mesa.Agent):
    """A state at the table. It holds no rules: it reads its part of the world, for Mesa's own tools to collect."""

    def __init__(self, model: mesa.Model, index: int, name: str) -> None:
        super().__init__(model)
        self.index = index
        self.name = name

    def _field(self, field: int) -> float:
        world: World = self.model.world
        return float(world.state[field, self.index, 0])

    @property
    def surplus(self) -> float:
        """What this round's proposal is worth to it, in utility units."""
        return self._field(SURPLUS)

    @property
    def weariness(self) -> float:
        """What the war has worn off it, 0 to 1."""
        return self._field(WEARINESS_NOW)

    @property
    def payoff(self) -> float:
        """What it has gained so far, in utility units."""
        return self._field(PAYOFF)

    @property
    def stance(self) -> str:
        """What it does with this round's proposal."""
        return STANCES[int(self._field(STANCE))]

    @property
    def reason(self) -> str:
        """Why."""
        return REASONS[int(self._field(REASON))]
