"""The batch driver with seats outside: blocks of worlds are played up to the phase of a seat, which is then asked.

Between the pauses all lanes of a block are played by compiled phases, the same as everybody's.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from wedge.agents.policy_file import load_policy
from wedge.agents.seat import ArrayPolicy, is_asked
from wedge.engine.model.compiling import boxed, rule
from wedge.engine.model.events import events_of_round
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.world import World
from wedge.engine.simulation.forcing import force_moves
from wedge.engine.simulation.inside import compiled_with, own_of, with_own_rules
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.outsiders import Outsiders, Seat, one_of
from wedge.engine.simulation.phases.answering import answer
from wedge.engine.simulation.phases.beginning import battlefield, begin
from wedge.engine.simulation.phases.days import pass_time
from wedge.engine.simulation.phases.floor import take_the_floor
from wedge.engine.simulation.phases.proposing import propose
from wedge.engine.simulation.phases.settling import settle
from wedge.engine.simulation.showing import Shown, look, new_glance
from wedge.engine.simulation.stage_set import empty_arrays

LANES = 250  # worlds in a block; no power of two, so that a lane's cells do not crowd in one corner of the cache

OPENING, TO_THE_FLOOR, THE_OFFER, LOOK, LOOK_AND_WEIGH, TO_THE_END = range(6)


class Block(NamedTuple):
    """The worlds of a block, a lane each, and the sums they fill."""

    worlds: np.ndarray  # [lanes] int64
    moves: np.ndarray  # [F, 5] forced moves
    totals: np.ndarray  # [rounds, 8, S, S] strain, summed over worlds


@rule
def play_stretch(s: Any, x: Any, w: Any, block: Any, glance: Any, seed: int, stretch: int, who: int, n: int) -> None:
    """One stretch of round n, from pause to pause, in every lane; or what state ``who`` sees in every lane."""
    for lane in range(block.worlds.shape[0]):
        if stretch == OPENING:
            open_world(s, x, w, seed, block.worlds[lane], 0, lane)
        elif stretch == TO_THE_FLOOR:
            begin(s, w, lane)
            force_moves(s, x, w, block.moves, seed, block.worlds[lane], n, lane)
            battlefield(s, x, w, n, lane)
            events_of_round(s, x, w, n, lane)
            take_the_floor(s, x, w, n, lane)
        elif stretch == THE_OFFER:
            propose(s, x, w, n, lane)
        elif stretch == TO_THE_END:
            answer(s, x, w, n, lane)
            settle(s, x, w, n, lane)
            pass_time(s, x, w, n, lane)
            add_strain(w, block.totals, n, lane)
        else:
            look(s, x, w, glance, who, n, stretch - LOOK, lane)


@rule
def add_strain(w: Any, totals: Any, n: int, lane: int) -> None:
    """Add one lane's strain of round n to the sums, by channel and tie."""
    for channel in range(w.strain.shape[0]):
        for i in range(w.strain.shape[1]):
            for j in range(w.strain.shape[2]):
                totals[n, channel, i, j] += w.strain[channel, i, j, lane]


def seats_for(scenario: Any, lanes: int) -> dict[int, Seat]:
    """The policies from outside by state: one object for a block if it takes arrays, else one for each lane.

    The file is read anew for each, so a policy remembers nothing from one world to the next.
    """
    seats: dict[int, Seat] = {}
    for i, (file, name) in scenario.outsiders.items():
        first = load_policy(file, name)
        if isinstance(first, ArrayPolicy):
            seats[i] = first
        elif not is_asked(first):
            seats[i] = [first] * lanes
        else:
            seats[i] = [first, *(load_policy(file, name) for _ in range(lanes - 1))]
    return seats


def play_paused(
    scenario: Any,
    seed: int,
    worlds: np.ndarray,
    moves: np.ndarray,
    lanes: int = LANES,
    interpreted: bool = False,
    seats: Mapping[int, ArrayPolicy] | None = None,
) -> tuple[Numbers, World, np.ndarray]:
    """The numbers, the ends and the strain by round of many worlds, as ``play_batch`` gives them, asking the seats outside.

    ``seats`` are policies by state that play instead of those the scenario names; they may remember nothing.
    """
    s = scenario.setting
    states = len(s.state_id)
    totals = np.zeros((s.rounds, 8, states, states))
    all_x, all_w = empty_arrays(s, len(worlds))
    for start in range(0, len(worlds), lanes):
        block = Block(worlds[start : start + lanes], moves, totals)
        x, w = _Paused(scenario, seed, block, interpreted, seats).play()
        stop = start + len(block.worlds)
        all_x.flat[:, start:stop], all_w.flat[:, start:stop] = x.flat, w.flat
        all_w.key[start:stop], all_w.home[start:stop], all_w.leanings[start:stop] = w.key, w.home, w.leanings
    return all_x, all_w, totals


class _Paused:
    """One block of worlds, played from pause to pause."""

    def __init__(
        self, scenario: Any, seed: int, block: Block, interpreted: bool, given: Mapping[int, ArrayPolicy] | None
    ) -> None:
        lanes = len(block.worlds)
        seats: Mapping[int, Seat] = seats_for(scenario, lanes) if given is None else given
        s = with_own_rules(scenario.setting, {i: one_of(seat) for i, seat in seats.items()})
        self.seed, self.rounds = seed, s.rounds
        self.x, self.w = empty_arrays(s, lanes)
        glance = new_glance(lanes)
        self.parts: tuple[Any, ...] = (s, self.x, self.w, block, glance)
        self.function: Callable[..., None] = play_stretch
        if not interpreted:
            self.function = compiled_with(play_stretch, own_of(s))
            self.parts = tuple(boxed(part) for part in self.parts)
        self.outsiders = Outsiders(Shown(scenario, self.x, self.w, glance, block.worlds), seats, self.sees)

    def stretch(self, which: int, n: int, who: int = 0) -> None:
        """Play one stretch of round n in every lane."""
        self.function(*self.parts, self.seed, which, who, n)

    def sees(self, i: int, n: int, answering: bool) -> None:
        """Note what state i sees in every lane."""
        self.stretch(LOOK_AND_WEIGH if answering else LOOK, n, i)

    def play(self) -> tuple[Numbers, World]:
        """Play every round, and give the ends."""
        self.stretch(OPENING, 0)
        for n in range(self.rounds):
            self.stretch(TO_THE_FLOOR, n)
            self.outsiders.demands(n)
            self.outsiders.offers(n)
            self.stretch(THE_OFFER, n)
            self.outsiders.answers(n)
            self.stretch(TO_THE_END, n)
        return self.x, self.w
