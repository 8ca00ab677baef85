"""Imagined worlds: copies of a world, a lane each, played on through the phases of the engine."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.compiling import boxed, compiled
from wedge.engine.model.numbers import BREAKDOWN
from wedge.engine.model.setting import Setting
from wedge.engine.model.words import ACCEPT, GOING, PASS, PROPOSE, REJECT, ROTATION, WENT_OUTSIDE
from wedge.engine.model.world import (
    FLOOR,
    FORCED_LEVEL,
    FORCED_MOVE,
    FORCED_REASON,
    FORCED_STANCE,
    ON_TABLE,
    PAYOFF,
    STANDING,
    TALKS,
)
from wedge.engine.simulation.forcing import as_rows
from wedge.engine.simulation.paused import OPENING, THE_OFFER, TO_THE_END, TO_THE_FLOOR, Block, play_stretch
from wedge.engine.simulation.showing import new_glance
from wedge.engine.simulation.stage_set import empty_arrays

NOBODY = -1


class Moment(NamedTuple):
    """A world as it stands when round n begins."""

    n: int
    numbers: np.ndarray  # [N]
    cells: np.ndarray  # [cells]
    keys: np.ndarray  # [3] uint64: where its draws come from
    payoff: np.ndarray  # [S] so far
    standing: tuple[int, ...]  # of each stage
    going: bool  # whether talks go on


class Try(NamedTuple):
    """One way in which a round may go: what is proposed, who leaves over it, whether it is signed by all."""

    levels: np.ndarray | None  # [K], -1 where the issue is not on the table; None: the floor is passed
    signed: bool
    leaves: int = NOBODY
    breaks_down: bool = False


class Imagined:
    """The worlds in which a state tries out what would come of a move.

    ``interpreted`` plays the phases as written; compiled they give the same bits, many times faster, after seconds
    of compiling.
    """

    def __init__(self, setting: Setting, interpreted: bool = True) -> None:
        self.s, self.interpreted = setting, interpreted
        self._rooms: dict[int, tuple[Any, Any, np.ndarray, tuple[Any, ...]]] = {}
        self._settings: dict[tuple[int, int], Any] = {}
        self._stretch: Any = play_stretch if interpreted else compiled(play_stretch)

    def opening(self, seed: int, world: int) -> Moment:
        """A world as it opens."""
        x, w = self._play(1, NOBODY, 0, 0, OPENING, seed=seed, world=world)
        return self._moment(x, w, 0, 0)

    def on_the_table(self, moment: Moment) -> tuple[int, int]:
        """The stage on the table in the round that begins, and who has the floor; -1 for none."""
        self._place(moment, 1)
        _, w = self._play(1, NOBODY, 0, moment.n, TO_THE_FLOOR)
        return int(w.lane[ON_TABLE, 0]), int(w.lane[FLOOR, 0])

    def positions(self, moment: Moment) -> np.ndarray:
        """[4, S, K] ideals, saliences, red lines and curvatures."""
        x, _ = self._place(moment, 1)
        found: np.ndarray = x.position[..., 0].copy()
        return found

    def after(self, moment: Moment, floor: int, stage: int, tries: list[Try]) -> tuple[list[Moment], float]:
        """The world a round later, for each way in which the round may go with that state on the floor.

        Chance does not decide on a breakdown: each try says whether there is one. How likely it is comes second.
        """
        lanes = len(tries)
        x, w = self._place(moment, lanes)
        self._play(lanes, floor, stage, moment.n, TO_THE_FLOOR)
        risk = float(x.common[BREAKDOWN, 0])  # as the events of the round have left it
        x.common[BREAKDOWN] = [1.0 if one.breaks_down else 0.0 for one in tries]
        for lane, one in enumerate(tries):
            w.lane[FORCED_MOVE, lane] = PASS if one.levels is None else PROPOSE
            if one.levels is not None:
                w.issue[FORCED_LEVEL, :, lane] = one.levels
            w.state[FORCED_STANCE, :, lane] = ACCEPT if one.signed else REJECT
            w.state[FORCED_STANCE, floor, lane] = ACCEPT
            if one.leaves != NOBODY:
                w.state[FORCED_REASON, one.leaves, lane] = WENT_OUTSIDE
        self._play(lanes, floor, stage, moment.n, THE_OFFER)
        self._play(lanes, floor, stage, moment.n, TO_THE_END)
        x.common[BREAKDOWN] = risk
        return [self._moment(x, w, lane, moment.n + 1) for lane in range(lanes)], risk

    def at_the_end(self, moments: list[Moment]) -> list[np.ndarray]:
        """[S] the payoffs at the horizon of worlds in which talks are over. All must have come to the same round."""
        if not moments:
            return []
        lanes, n = len(moments), moments[0].n
        x, w = self._place(moments[0], lanes)
        for lane, moment in enumerate(moments):
            x.flat[:, lane], w.flat[:, lane] = moment.numbers, moment.cells
            w.key[lane], w.home[lane], w.leanings[lane] = moment.keys
        for later in range(n, self.s.rounds):
            for stretch in (TO_THE_FLOOR, THE_OFFER, TO_THE_END):
                self._play(lanes, NOBODY, 0, later, stretch)
        return [w.state[PAYOFF, :, lane].copy() for lane in range(lanes)]

    def _room(self, lanes: int) -> tuple[Any, Any, np.ndarray, tuple[Any, ...]]:
        if lanes not in self._rooms:
            x, w = empty_arrays(self.s, lanes)
            states = len(self.s.state_id)
            totals = np.zeros((self.s.rounds, 8, states, states))
            block = Block(np.zeros(lanes, dtype=np.int64), as_rows([]), totals)
            parts: tuple[Any, ...] = (x, w, block, new_glance(lanes))
            parts = parts if self.interpreted else tuple(boxed(part) for part in parts)
            self._rooms[lanes] = x, w, block.worlds, parts
        return self._rooms[lanes]

    def _setting(self, floor: int, stage: int) -> Any:
        """The rules, with the lot over the floor of that stage fallen on that state."""
        if (floor, stage) not in self._settings:
            s = self.s
            if floor != NOBODY:
                kinds, lists, counts = s.floor_kind.copy(), s.floor_list.copy(), s.floor_count.copy()
                kinds[stage], lists[stage, 0], counts[stage] = ROTATION, floor, 1
                s = s._replace(floor_kind=kinds, floor_list=lists, floor_count=counts)
            self._settings[floor, stage] = s if self.interpreted else boxed(s)
        return self._settings[floor, stage]

    def _play(
        self, lanes: int, floor: int, stage: int, n: int, stretch: int, seed: int = 0, world: int = 0
    ) -> tuple[Any, Any]:
        x, w, worlds, parts = self._room(lanes)
        if stretch == OPENING:
            worlds[:] = world
        self._stretch(self._setting(floor, stage), *parts, seed, stretch, 0, n)
        return x, w

    def _place(self, moment: Moment, lanes: int) -> tuple[Any, Any]:
        x, w, _, _ = self._room(lanes)
        x.flat[:] = moment.numbers[:, None]
        w.flat[:] = moment.cells[:, None]
        w.key[:], w.home[:], w.leanings[:] = moment.keys
        return x, w

    def _moment(self, x: Any, w: Any, lane: int, n: int) -> Moment:
        standing = tuple(int(one) for one in w.stage[STANDING, :, lane])
        going = bool(w.lane[TALKS, lane] == GOING) and n < self.s.rounds
        payoff = w.state[PAYOFF, :, lane].copy()
        keys = np.array([w.key[lane], w.home[lane], w.leanings[lane]], dtype=np.uint64)
        return Moment(n, x.flat[:, lane].copy(), w.flat[:, lane].copy(), keys, payoff, standing, going)
