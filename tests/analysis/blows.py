"""One scenario whose answers are known: a tie breaks exactly where its commitment is below 0.6."""

from pathlib import Path
from typing import Any

import numpy as np

from wedge.engine.analysis.inputs import Input, drawn, place_of
from wedge.engine.analysis.trials import Block, Trials
from wedge.engine.analysis.unstored import observables_of
from wedge.engine.analysis.wants import observable_named
from wedge.engine.scenario import load

FILE = Path(__file__).parent / "one_blow.yaml"
TIE = "ties.anna.bert.commitment"
POWER = "states.bert.power"
BREAKS = "ties.anna.bert.breaks_below"


def one_blow(*sets: str) -> Any:
    """The scenario, with values put over it."""
    return load(FILE, sets=sets)


def trials(scenario: Any, of: str = "fracture(pact)", seed: int = 3, **options: Any) -> Trials:
    """Trials of it."""
    return Trials(scenario, seed, observable_named(of, observables_of(scenario)), **options)


def by_rule(scenario: Any, of: str = "fracture(pact)", seed: int = 3) -> Trials:
    """Trials of it that follow its one rule instead of playing: it breaks where commitment less 0.3 is below the threshold."""
    made = trials(scenario, of, seed)

    def breaks(block: Block) -> np.ndarray:
        def values(path: str) -> np.ndarray:
            place = place_of(scenario, path)
            if place in block.places:
                return block.values[:, block.places.index(place)]
            return drawn(scenario, [Input(path, place, False, False)], seed, block.worlds)[:, 0]

        return (values(TIE) - 0.3 < values(BREAKS)).astype(float)

    made._evaluate = breaks  # type: ignore[method-assign]
    return made
