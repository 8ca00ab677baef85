"""Asking the seats that are played from outside, and putting their moves into the worlds as forced moves.

The drivers call it before a phase. A ``Policy`` is asked lane by lane, with an object of its own for each;
an ``ArrayPolicy`` is asked once for all lanes in which the same stage is on the table.
"""

import math
import numbers
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from wedge.agents.policy_file import PolicyError, place_of, place_of_method, words_of
from wedge.agents.seat import CONSENT, LEAVE, PASS_THE_FLOOR, REFUSE, ArrayPolicy, Policy, is_overridden
from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.words import ACCEPT, CONCEDE, OWN_COUNSEL, PASS, PROPOSE, REJECT, WENT_OUTSIDE
from wedge.engine.model.world import (
    FLOOR,
    FORCED_LEVEL,
    FORCED_MOVE,
    FORCED_REASON,
    FORCED_SHARE,
    FORCED_STANCE,
    GONE,
    HELD_OUT_FOR,
    MOVE,
    ON_TABLE,
    OWN_BEST,
    SHARE_HELD,
    SURPLUS,
)  # fmt: skip
from wedge.engine.model.worth import held_out_for, lowest_level
from wedge.engine.simulation.showing import Shown

Seat = Sequence[Policy] | ArrayPolicy  # a policy for each lane, or one for all
Look = Callable[[int, int, bool], None]  # state, round, whether it must answer: fills the glance
RED_LINE_SEEN = 7  # its place in a view


class Outsiders:
    """The seats of a block of worlds that are played from outside, by state."""

    def __init__(self, shown: Shown, seats: Mapping[int, Seat], look: Look) -> None:
        self.shown, self.seats, self.look = shown, seats, look
        self.s, self.x, self.w, self.names = shown.scenario.setting, shown.x, shown.w, shown.scenario.names

    def demands(self, n: int) -> None:
        """Once the floor is taken: what each outsider holds out for."""
        w = self.w
        for i, seat in self.seats.items():
            lanes = np.flatnonzero(
                (w.lane[ON_TABLE] >= 0.0) & (w.state[GONE, i] == 0.0) & (w.state[FORCED_SHARE, i] < 0.0)
            )
            for lane, share in self._said(seat, i, n, lanes, ("demand", "demands"), False):
                held = self._number(i, ("demand", "demands"), share)
                w.state[SHARE_HELD, i, lane] = held
                w.state[HELD_OUT_FOR, i, lane] = held_out_for(float(w.state[OWN_BEST, i, lane]), held)

    def offers(self, n: int) -> None:
        """Before the proposal: the levels an outsider with the floor proposes."""
        w = self.w
        for i, seat in self.seats.items():
            mine = (w.lane[ON_TABLE] >= 0.0) & (w.lane[FLOOR] == i) & (w.lane[FORCED_MOVE] < 0.0)
            for lane, offer in self._said(seat, i, n, np.flatnonzero(mine), ("offer", "offers"), False):
                self._propose(i, lane, offer)

    def answers(self, n: int) -> None:
        """Before the answers: the stance of each outsider. Past a red line it is not asked."""
        w = self.w
        for i, seat in self.seats.items():
            due = (w.lane[MOVE] == PROPOSE) & (w.lane[FLOOR] != i) & (w.state[GONE, i] != 1.0)
            lanes = np.flatnonzero(due & (w.state[FORCED_STANCE, i] < 0.0))
            for lane, answer in self._said(seat, i, n, lanes, ("answer", "answers"), True):
                meets = w.state[SURPLUS, i, lane] >= w.state[HELD_OUT_FOR, i, lane]
                said = self._heard(i, seat, answer)
                w.state[FORCED_STANCE, i, lane] = REJECT if said != CONSENT else (ACCEPT if meets else CONCEDE)
                w.state[FORCED_REASON, i, lane] = WENT_OUTSIDE if said == LEAVE else OWN_COUNSEL

    def _said(
        self, seat: Seat, i: int, n: int, lanes: np.ndarray, what: tuple[str, str], answering: bool
    ) -> Iterator[tuple[int, Any]]:
        """What a seat says in each of these lanes, where it says anything."""
        if not len(lanes) or not is_overridden(one_of(seat), what[isinstance(seat, ArrayPolicy)]):
            return
        self.look(i, n, answering)
        if answering:
            lanes = lanes[self.shown.glance.views[RED_LINE_SEEN, lanes] != 1.0]
        if isinstance(seat, ArrayPolicy):
            yield from self._said_in_arrays(seat, i, n, lanes, what[1], answering)
            return
        for lane in lanes:
            g = int(self.w.lane[ON_TABLE, lane])
            said = self._ask(seat[lane], what[0], self.shown.table(i, g, n, lane, answering), lane)
            if said is not None:
                yield lane, said

    def _said_in_arrays(
        self, seat: ArrayPolicy, i: int, n: int, lanes: np.ndarray, what: str, answering: bool
    ) -> Iterator[tuple[int, Any]]:
        stages = self.w.lane[ON_TABLE, lanes]
        for g in np.unique(stages):
            some = lanes[stages == g]
            tables = self.shown.tables(i, int(g), n, some, answering)
            said = self._ask(seat, what, tables, some[0])
            if what == "offers" and said is not None:
                yield from self._offers(i, seat, said, some, tables.issues)
            elif said is not None:
                yield from self._rows(i, seat, what, said, some)

    def _rows(self, i: int, seat: Any, what: str, said: Any, lanes: np.ndarray) -> Iterator[tuple[int, float]]:
        values = self._column(i, seat, what, said, lanes)
        for row in np.flatnonzero(~np.isnan(values)):
            yield lanes[row], float(values[row])

    def _offers(
        self, i: int, seat: Any, said: Any, lanes: np.ndarray, issues: tuple[str, ...]
    ) -> Iterator[tuple[int, Any]]:
        if not isinstance(said, Mapping):
            raise self._complaint(i, seat, "offers", said, "arrays of levels by issue")
        columns = {name: self._column(i, seat, "offers", column, lanes) for name, column in said.items()}
        passes = columns.pop(PASS_THE_FLOOR, np.zeros(len(lanes)))
        for row, lane in enumerate(lanes):
            levels = {name: float(column[row]) for name, column in columns.items() if not np.isnan(column[row])}
            if passes[row] == 1.0:
                yield lane, PASS_THE_FLOOR
            elif levels:
                yield lane, levels

    def _column(self, i: int, seat: Any, what: str, said: Any, lanes: np.ndarray) -> np.ndarray:
        try:
            values = np.asarray(said, dtype=np.float64)
            return np.broadcast_to(values, lanes.shape)
        except (TypeError, ValueError):
            raise self._complaint(i, seat, what, said, f"an array of numbers of {len(lanes)} rows") from None

    def _propose(self, p: int, lane: int, offer: Any) -> None:
        if isinstance(offer, str) and offer == PASS_THE_FLOOR:
            self.w.lane[FORCED_MOVE, lane] = PASS
            return
        what, seat, known = ("offer", "offers"), self.seats[p], self.shown.issues(int(self.w.lane[ON_TABLE, lane]))
        if not isinstance(offer, Mapping):
            raise self._complaint(p, seat, what, offer, f"levels by issue, or {PASS_THE_FLOOR!r}")
        self.w.lane[FORCED_MOVE, lane] = PROPOSE
        for issue, level in offer.items():
            if issue not in known:
                raise self._complaint(p, seat, what, issue, f"issues on the table: {', '.join(known)}")
            lowest = lowest_level(self.s, self.x, known[issue], lane)
            self.w.issue[FORCED_LEVEL, known[issue], lane] = clamp(self._number(p, what, level), lowest, 1.0)

    def _heard(self, i: int, seat: Seat, answer: Any) -> str:
        """CONSENT, REFUSE or LEAVE."""
        if isinstance(seat, ArrayPolicy):
            if answer not in (0.0, 1.0, 2.0):
                raise self._complaint(i, seat, "answers", answer, "1 (consent), 0 (refuse), 2 (leave) or nan")
            return (REFUSE, CONSENT, LEAVE)[int(answer)]
        if not isinstance(answer, str) or answer not in (CONSENT, REFUSE, LEAVE):
            raise self._complaint(i, seat, "answer", answer, f"{CONSENT!r}, {REFUSE!r}, {LEAVE!r} or None")
        return answer

    def _ask(self, policy: Policy, what: str, seen: Any, lane: int) -> Any:
        try:
            return getattr(policy, what)(seen)
        except (Exception, SystemExit) as error:
            place = f"{place_of(error, policy)}: {type(policy).__name__}.{what}, {self._when(policy, seen, lane)}"
            raise PolicyError(f"{place}: {words_of(error)}") from error

    def _when(self, policy: Policy, seen: Any, lane: int) -> str:
        many = isinstance(policy, ArrayPolicy) and len(seen.worlds) > 1
        where = f"worlds {seen.worlds[0]} to {seen.worlds[-1]}" if many else f"world {self.shown.worlds[lane]}"
        return f"{where}, round {seen.round + 1}"

    def _number(self, i: int, what: tuple[str, str], value: Any) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, numbers.Real)
            or not math.isfinite(value)
            or not 0.0 <= float(value) <= 1.0
        ):
            raise self._complaint(i, self.seats[i], what, value, "a number from 0 to 1")
        return float(value)

    def _complaint(self, i: int, seat: Any, what: str | tuple[str, str], value: Any, wanted: str) -> PolicyError:
        method = what if isinstance(what, str) else what[isinstance(seat, ArrayPolicy)]
        policy = one_of(seat)
        asked = f"{type(policy).__name__}.{method} for {self.names.states[i]}"
        return PolicyError(f"{place_of_method(policy, method)}{asked}: {value!r} is not {wanted}")


def one_of(seat: Seat) -> Policy:
    """The policy of a seat, or that of its first lane."""
    return seat if isinstance(seat, ArrayPolicy) else seat[0]
