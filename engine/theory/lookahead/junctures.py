"""A juncture: one state has the floor; what would come of signing, refusing and leaving, found by trying it out."""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.numbers import IDEAL, SALIENCE
from wedge.engine.model.words import RANDOM_FLOOR
from wedge.engine.theory.lookahead.imagined import NOBODY, Imagined, Moment, Try

STRAIGHT = 1e-9  # utility by which worth may stray from a straight line


class NotSolved(Exception):
    """A game that cannot be solved by looking ahead. The text says why."""

    help = "the games of `wedge theory` can be; see docs/how-to/check-against-theory.md"


class Branch(NamedTuple):
    """What one way of going on adds to the payoffs, and the world it leads to."""

    chance: float
    gain: np.ndarray  # [S] this round
    then: Moment


class Juncture(NamedTuple):
    """State ``floor`` has the floor in a round. S states, K issues on the table."""

    n: int
    stage: int
    floor: int
    chance: float  # that the floor falls to it
    issues: np.ndarray  # [K] their places
    start: np.ndarray  # [K] its own best
    ways: np.ndarray  # [S, K] in which direction a proposal is moved to win each
    wins: np.ndarray  # [S] what that adds to its payoff, a whole step
    room: np.ndarray  # [S] how far
    shared: bool
    slope: np.ndarray  # [S, K] what a level adds to the payoffs if it is signed
    signed: Branch  # if the start is signed
    refused: tuple[Branch, ...]  # as breakdown would have it
    left: dict[int, Branch]  # if that state leaves over it


def junctures_of(ahead: Imagined, moment: Moment) -> list[Juncture]:
    """What may come of the round that begins, for each state to which the floor may fall."""
    stage, floor = ahead.on_the_table(moment)
    if stage == NOBODY or floor == NOBODY:
        raise NotSolved(f"nothing is on the table in round {moment.n + 1}")
    s = ahead.s
    if s.floor_kind[stage] != RANDOM_FLOOR:
        return [_juncture(ahead, moment, stage, floor, 1.0)]
    listed = s.floor_list[stage, : s.floor_count[stage]].tolist()
    return [_juncture(ahead, moment, stage, one, listed.count(one) / len(listed)) for one in sorted(set(listed))]


def _juncture(ahead: Imagined, moment: Moment, stage: int, floor: int, chance: float) -> Juncture:
    s = ahead.s
    issues = np.flatnonzero(s.stage_of == stage)
    count = len(issues)
    start, ways, room, shared = _ways(s, ahead.positions(moment)[[IDEAL, SALIENCE]], issues, floor)
    leavers = [i for i in range(len(s.state_id)) if s.has_outside[i] == 1 and i != floor]
    points = np.vstack([np.zeros(count), 0.5 * np.eye(count), np.full(count, 0.25 / count)])
    tries = [Try(_levels(s, issues, point), True) for point in points]
    tries += [Try(tries[0].levels, False), Try(tries[0].levels, False, breaks_down=True)]
    tries += [Try(tries[0].levels, False, leaves=i) for i in leavers]
    later, risk = ahead.after(moment, floor, stage, tries)
    gains = [then.payoff - moment.payoff for then in later]
    slope = np.array([(gains[1 + k] - gains[0]) / 0.5 for k in range(count)]).T
    if np.abs(gains[0] + slope @ points[-1] - gains[1 + count]).max() > STRAIGHT:
        raise NotSolved("worth is not linear in the levels on the table")
    ends = [Branch(1.0, gain, then) for gain, then in zip(gains, later, strict=True)]
    failed, broken, *left = ends[2 + count :]
    refused = (failed._replace(chance=1.0 - risk), broken._replace(chance=risk))
    return Juncture(
        n=moment.n,
        stage=stage,
        floor=floor,
        chance=chance,
        issues=issues,
        start=start,
        ways=ways,
        wins=(slope * ways).sum(axis=1),
        room=room,
        shared=shared,
        slope=slope,
        signed=ends[0]._replace(gain=gains[0] + slope @ start),
        refused=tuple(branch for branch in refused if branch.chance > 0.0),
        left=dict(zip(leavers, left, strict=True)),
    )


def _ways(s: Any, wants: np.ndarray, issues: np.ndarray, floor: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Where a proposal starts, and in which direction and how far it can be moved to win each state."""
    ideal, salience = wants
    states, count = len(s.state_id), len(issues)
    ways, room = np.zeros((states, count)), np.zeros(states)
    if count == 1:
        k = issues[0]
        start = np.array([ideal[floor, k]])
        for j in range(states):
            if salience[j, k] > 0.0:
                ways[j, 0], room[j] = np.sign(ideal[j, k] - start[0]), abs(ideal[j, k] - start[0])
        return start, ways, room, False
    if len({int(pie) for pie in s.share_of[issues]} | {-1}) != 2 or (s.share_of[issues] < 0).any():
        raise NotSolved("a stage holds several issues that are not the shares of one thing")
    own = [[k for k in range(count) if salience[j, issues[k]] > 0.0] for j in range(states)]
    if any(len(mine) > 1 for mine in own) or not own[floor]:
        raise NotSolved("a state wants more than one share, or one without a share has the floor")
    start = np.zeros(count)
    start[own[floor][0]] = 1.0
    for j in range(states):
        if j != floor and own[j]:
            ways[j, own[j][0]], ways[j, own[floor][0]], room[j] = 1.0, -1.0, 1.0
    return start, ways, room, True


def _levels(s: Any, issues: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """[all issues] these levels where they belong, and -1 elsewhere."""
    every = np.full(len(s.issue_id), -1.0)
    every[issues] = levels
    return every
