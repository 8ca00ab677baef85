"""Variants of a world in which a seat is played from outside: each is played by the traced driver, from the opening."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from wedge.engine.model.world import COMMITMENT_NOW
from wedge.engine.simulation.forcing import Forced, as_rows
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.traced import Talks, seats_of
from wedge.engine.simulation.variants import (
    COMMITMENT_THEN,
    Past,
    Probe,
    Variants,
    copy_lane,
    flags,
    note_forced_answers,
    variants_of,
    watched_all_broke,
)  # fmt: skip


def _talks(past: Past, moves: Sequence[Forced]) -> Talks:
    """A fresh start, with fresh seats: a policy may remember what it has seen."""
    scenario: Any = past.scenario
    return Talks(scenario, past.seed, past.number, [*past.moves, *moves], seats_of(scenario), record=False)


def keep_rounds(past: Past) -> None:
    """Play the world and fill its lanes."""
    talks = _talks(past, ())
    for n in range(past.rounds):
        copy_lane(talks.numbers, talks.world, 0, past.x, past.w, n)
        talks.step()
    copy_lane(talks.numbers, talks.world, 0, past.x, past.w, past.rounds)


def play_each(past: Past, variants: Sequence[Sequence[Forced]], watch: Sequence[int], probe: Probe | None) -> Variants:
    """Play the variants one after another."""
    s = past.scenario.setting
    ends_x, ends_w = empty_arrays(s, len(variants))
    noted = np.zeros((len(variants), 3))
    watched = flags(s, watch)
    for v, moves in enumerate(variants):
        talks = _talks(past, moves)
        rows, own = as_rows([*past.moves, *moves]), len(past.moves)
        for n in range(past.rounds):
            talks.step()
            note_forced_answers(s, talks.numbers, talks.world, rows, own, n, noted[v])
            if probe is not None and n == probe.round:
                noted[v, COMMITMENT_THEN] = talks.world.tie[COMMITMENT_NOW, probe.source, probe.target, 0]
            if watched_all_broke(talks.world, watched, 0):
                break
        copy_lane(talks.numbers, talks.world, 0, ends_x, ends_w, v)
    return variants_of(ends_x, ends_w, noted)
