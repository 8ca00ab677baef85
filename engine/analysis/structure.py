"""Does a conclusion survive other decision theories? The same scenarios in the same worlds under each of them.

Every state decides by the theory in question, with the numbers the scenario gives for it, or the theory's
defaults. Each world is played twice under each theory: as it is, and with its numbers and the chance of a fresh
world. Shares and paired differences are those of the worlds as they are; the second play
tells what the numbers decide from what chance decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from wedge.agents.theories import THEORIES
from wedge.engine.analysis.inputs import drawn, uncertain
from wedge.engine.analysis.levels import change_of, level_of
from wedge.engine.analysis.multiplicity import holm
from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.trials import Trials, blocks_of
from wedge.engine.analysis.variance import split
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment.files import read_json
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario.loading import Scenario

WORLDS = 1000
STRUCTURE = "structure.json"
FRESH = 10**9  # from this world on, worlds lend their chance to those before them
DIFFERENCE = "difference"


@dataclass(frozen=True)
class Structure:
    """What the same worlds came to under each decision theory, in one scenario or two."""

    observable: Observable
    seed: int
    worlds: int
    scenarios: tuple[str, ...]
    theories: tuple[str, ...]
    levels: Any  # scenario, theory, n, value, low, high
    parts: Any  # of (a scenario, or the difference), part, variance, share, low, high
    differences: (
        Any  # theory, difference (the first less the second), low, high, p, p_holm, told_apart; None for one scenario
    )
    runs: Any  # scenario, theory, world, value, fresh (with the numbers of the world and the chance of another)
    played: int  # rows played by this call

    @property
    def survives(self) -> bool | None:
        """Whether the difference of the two has one sign under all theories, and stands under each; None for one scenario."""
        if self.differences is None:
            return None
        apart = self.differences["told_apart"].all()
        return bool(apart and abs(np.sign(self.differences["difference"]).sum()) == len(self.differences))

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        from wedge.engine.analysis.comparison import records

        return {
            "observable": self.observable.name,
            "title": self.observable.title,
            "kind": self.observable.kind,
            "seed": self.seed,
            "worlds": self.worlds,
            "scenarios": list(self.scenarios),
            "theories": list(self.theories),
            "levels": records(self.levels),
            "parts": records(self.parts),
            "differences": records(self.differences) if self.differences is not None else None,
            "survives": self.survives,
        }


def stored_structure(folder: Path) -> dict[str, Any] | None:
    """What ``wedge structure --out`` kept in a folder, read back; None where nothing is kept.

    Raises ExperimentError for a file that cannot be read.
    """
    fields = ("rules", "sha256", "levels", "parts", "differences", "verdict")
    return read_json(folder / STRUCTURE, fields, "the same wedge structure call writes it again")


def under(source: Source, theory: str) -> Scenario:
    """The scenario with every state deciding by that theory. Raises ScenarioError."""
    return source.load(sets=decides(source.load(), theory))


def decides(scenario: Scenario, theory: str) -> list[str]:
    """The changes that make every state decide by a theory; states that do already keep their numbers."""
    states, number = scenario.names.states, THEORIES[theory].number
    return [
        f"states.{state}.decides={theory}"
        for state, now in zip(states, scenario.setting.theory, strict=True)
        if now != number
    ]


def rows_needed(scenarios: int, worlds: int) -> int:
    """How many runs it takes."""
    return 2 * worlds * scenarios * len(THEORIES)


def structure(trials: Mapping[str, Mapping[str, Trials]], worlds: int) -> Structure:
    """Play ``worlds`` worlds of one scenario or two (by label) under every theory (by name).

    Raises ExperimentError where the observable is missing in a world.
    """
    import pandas as pd

    labels, theories = tuple(trials), tuple(next(iter(trials.values())))
    outcomes = {
        label: np.array([_outcomes(trials[label][theory], worlds, f"{label}, {theory}") for theory in theories])
        for label in labels
    }
    any_of = trials[labels[0]][theories[0]]
    kind, seed = any_of.observable.kind, any_of.seed
    levels = [
        {"scenario": label, "theory": theory, **level_of(outcomes[label][t, :, 0], kind)._asdict()}
        for label in labels
        for t, theory in enumerate(theories)
    ]
    looked_at, differences = dict(outcomes), None
    if len(labels) == 2:
        first, second = outcomes.values()
        looked_at[DIFFERENCE] = first - second
        differences = pd.DataFrame(differences_of(theories, first[:, :, 0], second[:, :, 0], kind))
    parts = [split(found, seed % 2**32).assign(of=name) for name, found in looked_at.items()]
    whole = pd.concat(parts, ignore_index=True)[["of", "part", "variance", "share", "low", "high"]]
    played = sum(each.played for by_theory in trials.values() for each in by_theory.values())
    tables = pd.DataFrame(levels), whole, differences, _runs(outcomes, theories)
    return Structure(any_of.observable, seed, worlds, labels, theories, *tables, played)


def _runs(outcomes: Mapping[str, np.ndarray], theories: Sequence[str]) -> Any:
    """All outcomes, a row a world under a theory."""
    import pandas as pd

    return pd.concat(
        [
            pd.DataFrame(found[t], columns=["value", "fresh"]).assign(
                scenario=label, theory=theory, world=range(len(found[t]))
            )
            for label, found in outcomes.items()
            for t, theory in enumerate(theories)
        ],
        ignore_index=True,
    )[["scenario", "theory", "world", "value", "fresh"]]


def differences_of(theories: Sequence[str], first: np.ndarray, second: np.ndarray, kind: str) -> list[dict[str, Any]]:
    """The paired difference of two scenarios under each theory, ``[T, N]`` each; p values after Holm over the theories."""
    found = [change_of(one, other, kind) for one, other in zip(first, second, strict=True)]
    adjusted = holm([each.p for each in found])
    return [
        {"theory": theory, **each._asdict(), "p_holm": p, "told_apart": bool(each.told_apart and p < 0.05)}
        for theory, each, p in zip(theories, found, adjusted, strict=True)
    ]


def _outcomes(trials: Trials, worlds: int, title: str) -> np.ndarray:
    """The observable ``[worlds, 2]``: in each world as it is, and with the world's numbers and fresh chance."""
    inputs, own = uncertain(trials.scenario), np.arange(worlds)
    numbers = drawn(trials.scenario, inputs, trials.seed, own)
    blocks = blocks_of(own)
    fresh = blocks_of(own + FRESH, [number.place for number in inputs], numbers)
    values = trials.values(title, [*blocks, *fresh]).reshape(2, worlds).T
    if np.isnan(values).any():
        raise ExperimentError(
            f"{trials.observable.name} is missing in some of the runs, so that its variance is not known",
            "choose an observable that every world has",
        )
    return values
