"""Worlds played with numbers that are given instead of drawn, everything else the same.

A world draws each of its numbers by name. Where a number is given, its own draw is left aside and
nothing else moves: the same luck in the same places. So a row that holds what a world would have
drawn gives that world's run to the bit, and what differs between two rows in one world is the
numbers' doing. They stand before the world opens, so numbers that are read only then (salience,
misperception, commitment at the start) take effect like all others.
"""

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from wedge.engine.model.distributions import FIXED
from wedge.engine.model.setting import Setting
from wedge.engine.simulation.batch import play_batch
from wedge.engine.simulation.forcing import as_rows
from wedge.engine.simulation.many import Driver, driver_for
from wedge.engine.simulation.outcomes import Outcomes, outcomes_of
from wedge.engine.simulation.stage_set import empty_arrays


def play_given(
    scenario: Any, seed: int, worlds: np.ndarray, places: Sequence[int], values: np.ndarray, driver: Driver = "auto"
) -> Outcomes:
    """Play ``worlds[r]`` with the numbers at the flat ``places`` set to the row ``values[r]``, for every r.

    ``worlds`` is ``[R]`` and may name a world more than once, ``values`` is ``[R, P]``. In the
    tables the column ``world`` counts the rows from 0; the table of inputs holds what was given.
    """
    worlds = np.asarray(worlds, dtype=np.int64)
    values = np.asarray(values, dtype=np.float64).reshape(len(worlds), len(places))
    setting = with_places_for(scenario.setting, places)
    states = len(setting.state_id)
    all_x, all_w = empty_arrays(setting, len(worlds))
    sums = np.zeros((setting.rounds, 8, states, states))
    played = _batch if driver_for(scenario, len(worlds), driver) == "batch" else _traced
    for start, stop in equal_rows(values):
        setting.shape[list(places), 0] = values[start]
        for lane, x, w, strain in played(scenario, setting, seed, worlds[start:stop], start):
            all_x.flat[:, lane : lane + x.flat.shape[-1]] = x.flat
            for whole, part in zip(all_w, w, strict=True):
                whole[..., lane : lane + part.shape[-1]] = part
            sums += strain
    rows = np.arange(len(worlds))
    nothing_drawn = setting._replace(drawn=np.full_like(setting.drawn, FIXED))
    told = outcomes_of(dataclasses.replace(scenario, setting=nothing_drawn), seed, rows, all_x, all_w, sums)
    given = {scenario.names.numbers[place]: values[:, p].copy() for p, place in enumerate(places)}
    told.tables["inputs"].update(given)
    return told


def with_places_for(s: Setting, places: Sequence[int]) -> Setting:
    """A copy of the setting in which the numbers at these places are fixed, at whatever is written there."""
    drawn, shape = s.drawn.copy(), s.shape.copy()
    drawn[list(places)] = FIXED
    return s._replace(drawn=drawn, shape=shape)


def equal_rows(values: np.ndarray) -> list[tuple[int, int]]:
    """Where stretches of equal rows start and stop, so that each is played in one call."""
    if not len(values):
        return []
    changes = np.flatnonzero((values[1:] != values[:-1]).any(axis=1)) + 1
    edges = [0, *(int(change) for change in changes), len(values)]
    return list(itertools.pairwise(edges))


Played = Iterator[tuple[int, Any, Any, np.ndarray]]


def _batch(scenario: Any, setting: Setting, seed: int, worlds: np.ndarray, lane: int) -> Played:
    ends = play_batch(setting, seed, worlds, as_rows([]))
    yield lane, ends.x, ends.w, ends.sums


def _traced(scenario: Any, setting: Setting, seed: int, worlds: np.ndarray, lane: int) -> Played:
    from wedge.engine.simulation.traced import Talks, seats_of

    seated = dataclasses.replace(scenario, setting=setting)
    for offset, world in enumerate(worlds):
        talks = Talks(seated, seed, int(world), (), seats_of(scenario), record=False)
        run = talks.play()
        yield lane + offset, run.numbers, run.world, talks.strain_by_round
