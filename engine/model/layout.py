"""Where each number stands in the flat buffer of a world's numbers."""

import math

import numpy as np

from wedge.engine.model.numbers import COMMON, EVENT, ISSUE, POSITION, STATE, TIE, Numbers


def places(
    states: int, issues: int, alliances: int, events: int, effects: int, tests: int
) -> dict[str, tuple[int, tuple[int, ...]]]:
    """For each group of numbers, where it starts in the buffer and its shape without the lane axis."""
    shapes: dict[str, tuple[int, ...]] = {
        "state": (len(STATE), states),
        "position": (len(POSITION), states, issues),
        "tie": (len(TIE), states, states),
        "stake": (states, alliances),
        "issue": (len(ISSUE), issues),
        "event": (len(EVENT), events),
        "effect": (effects,),
        "test": (tests,),
        "common": (len(COMMON),),
    }
    starts: dict[str, tuple[int, tuple[int, ...]]] = {}
    start = 0
    for group, shape in shapes.items():
        starts[group] = (start, shape)
        start += math.prod(shape)
    return starts


def count(states: int, issues: int, alliances: int, events: int, effects: int, tests: int) -> int:
    """How many numbers a scenario of that size has."""
    start, shape = list(places(states, issues, alliances, events, effects, tests).values())[-1]
    return start + math.prod(shape)


def views(flat: np.ndarray, states: int, issues: int, alliances: int, events: int, effects: int, tests: int) -> Numbers:
    """The buffer ``[N, L]`` with its groups as views of the same memory."""
    lanes = flat.shape[1]
    groups = {
        group: flat[start : start + math.prod(shape)].reshape((*shape, lanes))
        for group, (start, shape) in places(states, issues, alliances, events, effects, tests).items()
    }
    return Numbers(flat=flat, **groups)
