"""One round, and one whole course, of one lane: the order of the phases, said once for both drivers."""

from typing import Any

from wedge.engine.model.compiling import rule
from wedge.engine.model.events import events_of_round
from wedge.engine.simulation.forcing import force_moves
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.phases.answering import answer
from wedge.engine.simulation.phases.beginning import battlefield, begin
from wedge.engine.simulation.phases.days import pass_time
from wedge.engine.simulation.phases.floor import take_the_floor
from wedge.engine.simulation.phases.proposing import propose
from wedge.engine.simulation.phases.settling import settle


@rule
def play_round(s: Any, x: Any, w: Any, moves: Any, seed: int, world: int, n: int, lane: int) -> None:
    """All phases of round n."""
    begin(s, w, lane)
    force_moves(s, x, w, moves, seed, world, n, lane)
    battlefield(s, x, w, n, lane)
    events_of_round(s, x, w, n, lane)
    take_the_floor(s, x, w, n, lane)
    propose(s, x, w, n, lane)
    answer(s, x, w, n, lane)
    settle(s, x, w, n, lane)
    pass_time(s, x, w, n, lane)


@rule
def play_course(s: Any, x: Any, w: Any, order: Any, kept: Any, seed: int, place: int, lane: int) -> None:
    """The whole course of the world in that place of the order: every round to the fixed horizon.

    ``order.totals[n]`` gains the strain of round n, by channel and tie. Of the first ``order.told``
    worlds ``kept`` gets the opening and every round after it was played, a lane each.
    """
    world = order.worlds[place]
    open_world(s, x, w, seed, world, 0, lane)
    if place < order.told:
        keep(w, lane, kept, place * (s.rounds + 1))
    for n in range(s.rounds):
        play_round(s, x, w, order.moves, seed, world, n, lane)
        for i in range(s.tie.shape[0]):
            for j in range(s.tie.shape[1]):
                if s.tie[i, j] == 1:
                    for channel in range(w.strain.shape[0]):
                        order.totals[n, channel, i, j] += w.strain[channel, i, j, lane]
        if place < order.told:
            keep(w, lane, kept, place * (s.rounds + 1) + n + 1)


@rule
def keep(w: Any, lane: int, kept: Any, at: int) -> None:
    """Copy a world as it stands into a lane of others."""
    for cell in range(w.flat.shape[0]):
        kept.flat[cell, at] = w.flat[cell, lane]
