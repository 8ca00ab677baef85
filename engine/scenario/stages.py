"""Stages of the agenda: who has a seat in them, and which must be settled before which."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.scenario.parts import Stage
from wedge.engine.scenario.schema import ScenarioFile


def seated_states(file: ScenarioFile) -> set[str]:
    """The states whose consent some stage needs."""
    return {state for stage in file.agenda for state in consenting(stage, list(file.states))}


def consenting(stage: Any, everyone: list[str]) -> list[str]:
    """The states with a consent seat on a stage, in the order they are declared."""
    if stage.consent is None:
        return everyone
    if isinstance(stage.consent, list):
        return list(stage.consent)
    return list(stage.consent.of) if stage.consent.of is not None else everyone


def needs(stages: Sequence[Stage]) -> list[list[int]]:
    """needs[g][h] = 1: h must be settled before g can open.

    That is so for its preconditions and theirs, and for every stage that opens before it and stays on
    the table until it is settled: one without a limit of rounds and without a condition of its own.
    """
    places = {stage.stage: place for place, stage in enumerate(stages)}
    matrix = [[0] * len(stages) for _ in stages]
    opened: list[int] = []
    while len(opened) < len(stages):
        ready = [
            g
            for g, stage in enumerate(stages)
            if g not in opened and all(places[name] in opened for name in stage.preconditions)
        ]
        g = ready[0]
        blocking = [h for h in opened if stages[h].rounds is None and stages[h].possible_when is None]
        for h in [*(places[name] for name in stages[g].preconditions), *blocking]:
            matrix[g] = [max(here, there) for here, there in zip(matrix[g], matrix[h], strict=True)]
            matrix[g][h] = 1
        opened.append(g)
    return matrix
