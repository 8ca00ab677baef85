"""The like workload as a plain Mesa model, played by Mesa's own ``batch_run``."""

from typing import Any

import mesa
import numpy as np

from benchmarks.rivals import ISSUES, ROUNDS, STATES


class Negotiator(mesa.Agent):
    """A state with an ideal and a weight for each issue, which yields with time."""

    def __init__(self, model: "Talks") -> None:
        super().__init__(model)
        draw = model.rng
        self.ideals = draw.uniform(0.0, 1.0, ISSUES)
        weights = draw.uniform(0.5, 1.5, ISSUES)
        self.weights = weights / weights.sum()
        self.whim = 0.03

    def worth(self, offer: np.ndarray) -> float:
        """1 at its ideal, less by weighted distance."""
        return 1.0 - float((self.weights * np.abs(offer - self.ideals)).sum())

    def demand(self, used: float) -> float:
        """What it holds out for: a Boulware tactic that ends at the worth of the middle."""
        floor = self.worth(np.full(ISSUES, 0.5))
        return floor + (1.0 - floor) * (1.0 - used ** (1.0 / 0.5))

    def propose(self, used: float, others: "list[Negotiator]") -> np.ndarray:
        """Its own ideal, moved towards the others' mean as far as its demand allows."""
        middle = np.mean([other.ideals for other in others], axis=0)
        loss = 1.0 - self.worth(middle)
        share = min(1.0, (1.0 - self.demand(used)) / loss) if loss > 0.0 else 0.0
        return self.ideals + share * (middle - self.ideals)

    def consents(self, offer: np.ndarray, used: float) -> bool:
        """A logistic response around its demand."""
        return self.worth(offer) - self.demand(used) + self.whim * float(self.model.rng.logistic()) > 0.0


class Talks(mesa.Model):
    """One course: proposals in turn until everybody consents or the rounds are out."""

    def __init__(self, number: int = 0) -> None:
        super().__init__(rng=number)
        self.settled_round = -1
        self.negotiators = [Negotiator(self) for _ in range(STATES)]
        self.datacollector = mesa.DataCollector(model_reporters={"settled_round": "settled_round"})

    def step(self) -> None:
        """One round."""
        n = self.steps - 1
        used = n / (ROUNDS - 1)
        proposer = self.negotiators[n % STATES]
        others = [state for state in self.negotiators if state is not proposer]
        offer = proposer.propose(used, others)
        answers = [state.consents(offer, used) for state in others]
        if all(answers):
            self.settled_round = n
        if self.settled_round >= 0 or self.steps >= ROUNDS:
            self.running = False
        self.datacollector.collect(self)


def play_in_mesa(runs: int) -> list[Any]:
    """The rounds in which that many runs settled, by ``mesa.batch_run``; -1 where they did not."""
    rows = mesa.batch_run(
        Talks, {"number": range(runs)}, number_processes=1, iterations=1, max_steps=ROUNDS, display_progress=False
    )
    return [row["settled_round"] for row in rows]
