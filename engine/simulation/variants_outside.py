"""Variants of a world in which a seat is played from outside: each is played by the traced driver, from the opening."""

from collections.abc import Sequence
from typing import Any

from wedge.engine.model.world import COMMITMENT_NOW
from wedge.engine.simulation.forcing import Forced
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.traced import Talks, seats_of
from wedge.engine.simulation.variants import (
    COMMITMENT_THEN,
    Past,
    Probe,
    Variants,
    copy_lane,
    note_forced_answers,
    plan_of,
    take_moves,
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
    plan = plan_of(s, past.moves, variants, [0] * len(variants), watch, probe)
    for v, moves in enumerate(variants):
        talks = _talks(past, moves)
        take_moves(plan, v)
        for n in range(past.rounds):
            talks.step()
            note_forced_answers(s, talks.numbers, talks.world, plan, v, n)
            if n == plan.probe[0]:
                plan.noted[v, COMMITMENT_THEN] = talks.world.tie[COMMITMENT_NOW, plan.probe[1], plan.probe[2], 0]
            if watched_all_broke(talks.world, plan.watch, 0):
                break
        copy_lane(talks.numbers, talks.world, 0, ends_x, ends_w, v)
    return variants_of(ends_x, ends_w, plan.noted)
