"""What happened in one round of a told run, read out of its arrays by name."""

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import START_WEARINESS, SUPPORT, Numbers
from wedge.engine.model.words import (
    ABSENT,
    ACCEPT,
    CHANNELS,
    CONCEDE,
    GOING,
    LAPSED,
    NOISE,
    OPEN,
    PROPOSE,
    REPAIR,
)  # fmt: skip
from wedge.engine.report.numbers_then import Change, numbers_by_round


class Answer(NamedTuple):
    """What one state did with a proposal, and the sum behind it, in utility units."""

    state: int
    stance: int
    reason: int
    has_seat: bool
    surplus: float
    own_best: float
    held_out_for: float
    pressure: float
    loyalty: float
    audience: float
    whim: float
    score: float
    payment: float
    blame: float  # share of the blame, 0 to 1
    tilt: float = 0.0  # what its decision theory adds to the surplus less the demand

    @property
    def consents(self) -> bool:
        """Whether it accepts or concedes."""
        return self.stance in (ACCEPT, CONCEDE)


class Round:
    """Round n of a run: ``now`` as it stood after it, ``then`` as it stood before (the same in round 0)."""

    def __init__(self, run: Any, n: int, x: Numbers, changes: list[Change]) -> None:
        self.run, self.n, self.x, self.changes = run, n, x, changes
        self.s, self.names = run.scenario.setting, run.scenario.names
        self.now = run.moments[n]
        self.then = run.moments[n - 1] if n > 0 else None

    def lane(self, field: int) -> float:
        """A field of the world as a whole, after the round."""
        return float(self.now.lane[field])

    def _changed(self, part: str, field: int) -> np.ndarray:
        """By how much a field of states, issues, stages or events changed in the round."""
        before = getattr(self.then, part)[field] if self.then is not None else 0.0
        return getattr(self.now, part)[field] - before

    # The talks.

    @cached_property
    def talking(self) -> bool:
        """Whether the talks were still going when the round began."""
        return self.then is None or self.then.lane[f.TALKS] == GOING

    @property
    def stage(self) -> int:
        """The stage on the table, or -1."""
        return int(self.lane(f.ON_TABLE)) if self.talking else -1

    @property
    def floor(self) -> int:
        """The state that had the floor, or -1."""
        return int(self.lane(f.FLOOR)) if self.talking else -1

    @property
    def move(self) -> int:
        """What it did with the floor."""
        return int(self.lane(f.MOVE))

    @property
    def proposes(self) -> bool:
        """Whether a proposal was made."""
        return self.stage >= 0 and self.floor >= 0 and self.move == PROPOSE

    @property
    def agreed(self) -> bool:
        """Whether the proposal was agreed."""
        return self.proposes and self.lane(f.PASSED) == 1.0

    @cached_property
    def proposal(self) -> dict[int, float]:
        """The level proposed for each issue of the stage; empty if there was no proposal."""
        if not self.proposes:
            return {}
        return {int(k): float(self.now.issue[f.PROPOSAL, k]) for k in np.flatnonzero(self.s.stage_of == self.stage)}

    @cached_property
    def answers(self) -> list[Answer]:
        """What each state present did with the proposal, its maker first, then in the order of the scenario."""
        if not self.proposes:
            return []
        order = sorted(self.names.display, key=lambda i: i != self.floor)
        return [self.answer_of(i) for i in order if self.now.state[f.STANCE, i] != ABSENT]

    def answer_of(self, i: int) -> Answer:
        """What state i did, and why."""
        fields = (
            f.SURPLUS, f.OWN_BEST, f.HELD_OUT_FOR, f.PRESSED, f.LOYAL, f.AUDIENCE_NOW, f.WHIM_NOW, f.SCORE, f.PAYMENT,
            f.BLAME, f.TILT,
        )  # fmt: skip
        state = self.now.state[:, i]
        seat = bool(self.s.seat[self.stage, i])
        return Answer(i, int(state[f.STANCE]), int(state[f.REASON]), seat, *(float(state[field]) for field in fields))

    # What changed.

    def happened(self) -> list[int]:
        """Events of the round."""
        return [int(e) for e in np.flatnonzero(self._changed("event", f.EVENT_TIMES) > 0)]

    def missed(self) -> list[int]:
        """Events that came due and did not happen."""
        return [int(e) for e in np.flatnonzero(self._changed("event", f.EVENT_MISSED) > 0)]

    def left(self) -> list[int]:
        """States that walked out."""
        return [int(i) for i in np.flatnonzero(self._changed("state", f.GONE) > 0)]

    def lapsed(self) -> list[int]:
        """Stages that were given up."""
        before = self.then.stage[f.STANDING] if self.then is not None else np.full(len(self.s.stage_rounds), OPEN)
        return [int(g) for g in np.flatnonzero((self.now.stage[f.STANDING] == LAPSED) & (before != LAPSED))]

    def peace(self) -> int:
        """1 if the fighting ended in the round, -1 if it broke out again, else 0."""
        before = self.then.lane[f.FIGHTING_NOW] if self.then is not None else float(self.s.war_issue >= 0)
        return int(before - self.lane(f.FIGHTING_NOW))

    def ended(self) -> bool:
        """Whether the talks ended in the round."""
        return self.talking and self.lane(f.TALKS) != GOING

    def limit_before(self) -> int:
        """Rounds the talks could last before the round."""
        return int(self.then.lane[f.LIMIT]) if self.then is not None else int(self.s.rounds)

    def weariness(self, i: int) -> tuple[float, float]:
        """A state's weariness before and after."""
        opening = self.x.state[START_WEARINESS, i, 0]
        before = self.then.state[f.WEARINESS_NOW, i] if self.then is not None else opening
        return float(before), float(self.now.state[f.WEARINESS_NOW, i])

    def order(self, i: int) -> tuple[int, int]:
        """The declared order a state would rather have, before and after the round; -1 where none is known."""
        before = int(self.then.state[f.ORDER, i]) if self.then is not None else -1
        return before, int(self.now.state[f.ORDER, i])

    def concedes_precondition(self) -> list[int]:
        """States that consented for the first time to less than the status quo at the start on a precondition."""
        return [int(i) for i in np.flatnonzero(self.now.state[f.PRECONDITION_ROUND] == self.n)]

    # The ties.

    @cached_property
    def ties(self) -> list[tuple[int, int]]:
        """The declared ties, as pairs of states."""
        return [(int(i), int(j)) for i, j in np.argwhere(self.s.tie == 1)]

    def tie(self, field: int, i: int, j: int) -> float:
        """A field of the tie from i to j, after the round."""
        return float(self.now.tie[field, i, j])

    def tie_before(self, field: int, i: int, j: int) -> float:
        """The same before the round; -1 for rounds that had not come."""
        if self.then is not None:
            return float(self.then.tie[field, i, j])
        return -1.0 if field == f.FRACTURE_ROUND else 0.0

    def commitment(self, i: int, j: int) -> tuple[float, float]:
        """The commitment of i to j before and after."""
        return float(self.now.before[i, j]), self.tie(f.COMMITMENT_NOW, i, j)

    def strain(self, i: int, j: int) -> dict[str, float]:
        """What the round did to a tie, by channel."""
        return {channel: float(self.now.strain[c, i, j]) for c, channel in enumerate(CHANNELS)}

    def told_strain(self, i: int, j: int) -> float:
        """What the round did to a tie, less chance and repair: the part that has a reason in the talks."""
        strain = self.now.strain[:, i, j]
        return float(strain.sum() - strain[NOISE] - strain[REPAIR])

    def broke(self) -> list[tuple[int, int]]:
        """Ties that fractured in the round."""
        return [tie for tie in self.ties if self.tie(f.FRACTURE_ROUND, *tie) == self.n]

    def alliances(self, field: int) -> list[int]:
        """Alliances that fractured (or split) in the round."""
        return [int(a) for a in np.flatnonzero(self.now.alliance[field] == self.n)]

    def threshold(self, i: int, j: int, kind: int) -> float:
        """One of a tie's numbers, such as the commitment below which it breaks."""
        return float(self.x.tie[kind, i, j, 0])

    def supports(self, i: int, j: int) -> bool:
        """Whether support flows from i to j as long as nothing withholds it."""
        return self.threshold(i, j, SUPPORT) > 0.0

    def withheld(self, i: int, j: int) -> bool:
        """Whether it was withheld when the round was over."""
        return self.tie(f.SUSPENDED, i, j) == 1.0 or self.tie(f.HELD_BACK, i, j) == 1.0


def rounds_of_run(run: Any) -> list[Round]:
    """Every round of a run, in order."""
    numbers, changes = numbers_by_round(run)
    by_round: dict[int, list[Change]] = {}
    for change in changes:
        by_round.setdefault(change.n, []).append(change)
    return [Round(run, n, numbers[n], by_round.get(n, [])) for n in range(len(run.moments))]
