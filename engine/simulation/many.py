"""Many worlds of one scenario, by whichever driver serves: the outcome is the same to the bit."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np

from wedge.engine.model.compiling import jit_is_off
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.world import World
from wedge.engine.simulation.batch import kernel_is_ready, play_batch
from wedge.engine.simulation.forcing import Forced, as_rows
from wedge.engine.simulation.outcomes import TABLES, Outcomes, outcomes_of

Driver = Literal["auto", "traced", "batch"]
WORTH_COMPILING = 2_000  # worlds from which on a first compilation pays
WORTH_LOADING = 20  # worlds from which on it pays to load what has been compiled


def driver_for(scenario: Any, worlds: int, driver: Driver = "auto") -> Literal["traced", "batch"]:
    """The driver that plays: a seat from outside needs the traced one; many worlds deserve the batch."""
    if scenario.outsiders:
        return "traced"
    if driver == "auto":
        enough = WORTH_LOADING if kernel_is_ready() and not jit_is_off() else WORTH_COMPILING
        return "batch" if worlds >= enough else "traced"
    return driver


def is_paused(worlds: int, driver: Driver = "auto") -> bool:
    """Whether worlds with seats outside are played by the batch driver, which pauses to ask them."""
    return driver == "batch" or (driver == "auto" and worlds >= WORTH_COMPILING)


def play_many(
    scenario: Any,
    seed: int,
    worlds: Sequence[int] | np.ndarray,
    forced: Iterable[Forced] = (),
    driver: Driver = "auto",
    only: tuple[str, ...] = TABLES,
) -> Outcomes:
    """Play worlds of a scenario and tabulate how they ended; in ``only`` some tables, where the rest is not wanted."""
    numbers = np.asarray(worlds, dtype=np.int64)
    moves = list(forced)
    played = _play_outside(scenario, seed, numbers, as_rows(moves), driver) if scenario.outsiders else None
    if played is not None:
        return outcomes_of(scenario, seed, numbers, *played, only)
    if driver_for(scenario, len(numbers), driver) == "batch":
        ends = play_batch(scenario.setting, seed, numbers, as_rows(moves))
        return outcomes_of(scenario, seed, numbers, ends.x, ends.w, ends.sums, only)
    return _play_traced(scenario, seed, numbers, moves, only)


def _play_outside(
    scenario: Any, seed: int, worlds: np.ndarray, moves: np.ndarray, driver: Driver
) -> tuple[Numbers, World, np.ndarray] | None:
    """Worlds with seats outside, by the batch driver; None where the traced one must play them."""
    if not is_paused(len(worlds), driver):
        return None
    from wedge.engine.simulation.inside import play_inside
    from wedge.engine.simulation.paused import play_paused
    from wedge.engine.simulation.speeds import INSIDE, UNCOMPILED, seats_in

    seats = seats_in(scenario)
    if seats.speed == UNCOMPILED:
        return None
    if seats.speed == INSIDE:
        return play_inside(seats.setting, seed, worlds, moves)
    return play_paused(scenario, seed, worlds, moves)


def _play_traced(scenario: Any, seed: int, worlds: np.ndarray, moves: list[Forced], only: tuple[str, ...]) -> Outcomes:
    from wedge.engine.simulation.stage_set import empty_arrays
    from wedge.engine.simulation.traced import Talks, seats_of

    all_x, all_w = empty_arrays(scenario.setting, len(worlds))
    states = len(scenario.setting.state_id)
    sums = np.zeros((scenario.setting.rounds, 8, states, states))
    for lane, number in enumerate(worlds):
        talks = Talks(scenario, seed, int(number), moves, seats_of(scenario), record=False)
        run = talks.play()
        all_x.flat[:, lane] = run.numbers.flat[:, 0]
        for mine, theirs in zip(all_w, run.world, strict=True):
            mine[..., lane] = theirs[..., 0]
        sums += talks.strain_by_round
    return outcomes_of(scenario, seed, worlds, all_x, all_w, sums, only)
