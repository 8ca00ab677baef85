"""Games without an end, solved for an equilibrium in which nobody minds how long it has lasted.

One turn of the engine is a map: from what each would have if the proposal of the round fails, to what each has when
the round begins. A stationary equilibrium is where it maps onto itself (Rubinstein 1982; Baron and Ferejohn 1989).
Rounds that look alike, by who is to propose and how the stages stand, are one round; how much less they are worth
each time they come round is seen in what the engine pays then.
"""

from typing import Any, NamedTuple

import numpy as np

from wedge.agents.rational.choosing import Offer, Prospects, worth_of_round
from wedge.engine.model.words import RANDOM_FLOOR
from wedge.engine.theory.lookahead.backward import prospects_of
from wedge.engine.theory.lookahead.imagined import Imagined, Moment
from wedge.engine.theory.lookahead.junctures import Branch, Juncture, NotSolved, junctures_of

EXACT = 1e-13  # utility by which a fixed point may stray
RANK = 3  # of the steps of a run that are told apart
MUCH = 1e-9  # utility below which a difference is none
Look = tuple[int, tuple[int, ...]]  # a round within the turn, and how the stages stand


class Seen(NamedTuple):
    """A round of the turn as it was first come by."""

    moment: Moment
    junctures: list[Juncture]


class Forever:
    """The stationary solution of a scenario, taken as if its calendar had no end.

    The calendar must be long enough for each round of a turn to come round twice. Talks that are over bring nothing
    more. Without ``may_delay`` every offer is made to be signed, as much of the theory supposes; with it there may
    be no such equilibrium. Raises NotSolved then, and where the game is not the same a turn later, for which
    every round is looked at twice if ``thorough``, else only one for each state.
    """

    def __init__(
        self,
        scenario: Any,
        interpreted: bool = True,
        ahead: Imagined | None = None,
        may_delay: bool = True,
        thorough: bool = True,
    ) -> None:
        self.scenario, self.s, self.may_delay, self.thorough = scenario, scenario.setting, may_delay, thorough
        self.ahead = ahead or Imagined(scenario.setting, interpreted)
        self.turn = _turn(self.s)
        self.seen: dict[Look, Seen] = {}
        self.rate = np.full(len(self.s.state_id), np.nan)
        self._look_around(self.ahead.opening(0, 0))
        self.rate = np.where(np.isnan(self.rate), 0.0, self.rate)
        self.worth_at: dict[Look, np.ndarray] = {}
        self.prospects: dict[tuple[Look, int], Prospects] = {}
        self.offers: dict[tuple[Look, int], Offer | None] = {}
        for looks in self._by_stages_settled():
            self._settle(looks)
        self.worth = self.worth_at[0, next(iter(self.seen))[1]]

    def foresight(self, n: int, stage: str, floor: str) -> Prospects:
        """What lies ahead in a round; see ``agents.rational.seats``."""
        names = self.scenario.names
        place = names.stages.index(stage), names.states.index(floor)
        for look, one in self.seen.items():
            for at in one.junctures:
                if look[0] == n % self.turn and (at.stage, at.floor) == place:
                    return self.prospects[look, at.floor]
        raise NotSolved(f"{floor} is not expected to have the floor in round {n + 1}")

    def would_delay(self) -> bool:
        """Whether some state, when it has the floor, would rather be refused than have its offer signed."""
        for place, ahead in self.prospects.items():
            p, offer = ahead.proposer, self.offers[place]
            worth = worth_of_round(ahead)[0]
            if offer is not None and worth[p] < ahead.refused[p] - MUCH:
                return True
        return False

    def _look(self, moment: Moment) -> Look:
        return moment.n % self.turn, moment.standing

    def _look_around(self, opening: Moment) -> None:
        """Come by every round of the turn, and once more, to see what it is worth then."""
        waiting, compared = [opening], set()
        while waiting:
            waiting.sort(key=lambda moment: -moment.n)
            moment = waiting.pop()
            look = self._look(moment)
            before = self.seen.get(look)
            enough = look in compared if self.thorough else not np.isnan(self.rate).any()
            if before is not None and (moment.n <= before.moment.n or enough):
                continue
            junctures = junctures_of(self.ahead, moment)
            if before is not None:
                self._compare(before, Seen(moment, junctures))
                compared.add(look)
            else:
                self.seen[look] = Seen(moment, junctures)
            waiting += [branch.then for at in junctures for branch in _branches(at) if branch.then.going]

    def _compare(self, first: Seen, again: Seen) -> None:
        """What each state's gain is worth when the same round comes round again."""
        turns = (again.moment.n - first.moment.n) // self.turn
        for one, other in zip(first.junctures, again.junctures, strict=True):
            for i in range(len(self.rate)):
                moved = np.abs(one.slope[i]).max()
                if moved > 0.0 and np.isnan(self.rate[i]):
                    self.rate[i] = (np.abs(other.slope[i]).max() / moved) ** (1.0 / turns)
            worn = np.where(np.isnan(self.rate), 1.0, self.rate) ** turns
            same = np.allclose(other.slope, one.slope * worn[:, None], rtol=1e-9, atol=1e-12)
            for branch, later in zip(_branches(one), _branches(other), strict=True):
                same = same and np.allclose(later.gain, branch.gain * worn, rtol=1e-9, atol=1e-12)
            if not same:
                raise NotSolved("the game is not the same when its rounds come round again")

    def _by_stages_settled(self) -> list[list[Look]]:
        """The rounds in groups, those with more settled first: what is settled stays so."""
        standings = sorted({look[1] for look in self.seen}, key=lambda one: (-sum(one), one))
        return [[look for look in self.seen if look[1] == standing] for standing in standings]

    def _worth_of(self, branch: Branch, values: dict[Look, np.ndarray]) -> np.ndarray:
        """[S] what a branch brings in all, in the units of its round."""
        if not branch.then.going:
            return branch.gain
        look = self._look(branch.then)
        turns = (branch.then.n - self.seen[look].moment.n) // self.turn
        return branch.gain + (self.rate**turns * values[look] if turns else values[look])

    def _turn_over(self, looks: list[Look], flat: np.ndarray) -> np.ndarray:
        """One turn of the map, on the values of a group of rounds in a row."""
        values = self.worth_at | dict(zip(looks, flat.reshape(len(looks), -1), strict=True))
        found = []
        for look in looks:
            worth = np.zeros(len(self.rate))
            for at in self.seen[look].junctures:
                ahead = prospects_of(self.s, at, lambda branch: self._worth_of(branch, values), self.may_delay)
                ends, offer = worth_of_round(ahead)
                self.prospects[look, at.floor], self.offers[look, at.floor] = ahead, offer
                worth = worth + at.chance * ends
            found.append(worth)
        return np.concatenate(found)

    def _settle(self, looks: list[Look]) -> None:
        """Find the values of a group of rounds that the map leaves as they are."""
        start = np.zeros(len(looks) * len(self.rate))
        found = fixed_point(lambda flat: self._turn_over(looks, flat), start)
        self.worth_at |= dict(zip(looks, found.reshape(len(looks), -1), strict=True))


def fixed_point(turn: Any, start: np.ndarray) -> np.ndarray:
    """Where a map that is linear in pieces maps onto itself, by iteration and reduced rank extrapolation (Sidi 2017).

    Raises NotSolved if none is found.
    """
    now = start
    for _ in range(200):
        run = [now]
        for _ in range(min(len(start), RANK) + 2):
            run.append(turn(run[-1]))
            if np.abs(run[-1] - run[-2]).max() <= EXACT:
                return run[-1]
        steps = np.diff(np.array(run), axis=0)
        bends = np.diff(steps, axis=0).T
        weights = np.linalg.lstsq(bends, -steps[0], rcond=1e-12)[0]
        jump = run[0] + steps[:-1].T @ weights
        landed = turn(jump)
        better = np.isfinite(landed).all() and np.abs(landed - jump).max() < np.abs(steps[-1]).max()
        now = landed if better else run[-1]
    raise NotSolved("no stationary equilibrium was found")


def _branches(at: Juncture) -> list[Branch]:
    return [at.signed, *at.refused, *at.left.values()]


def _turn(s: Any) -> int:
    """After how many rounds the same states have the floor again."""
    counts = [int(count) for kind, count in zip(s.floor_kind, s.floor_count, strict=True) if kind != RANDOM_FLOOR]
    return int(np.lcm.reduce(counts)) if counts else 1
