"""Trying demands on worlds in which nothing has been agreed: the engine's own rules, one proposal at a time.

A world is opened and time passes in it, with its war and its dated events, while nobody proposes anything. At
chosen rounds every demand is put on the table by every state that can have the floor, everybody answers,
blame is shared and ties are strained; then the world is put back to where it was. The rules called here are
those of the model; nothing is said a second time.
"""

from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import boxed, compiled, rule
from wedge.engine.model.consent import crosses_red_line
from wedge.engine.model.events import events_of_round
from wedge.engine.model.numbers import BREAKS_BELOW, PER_WEEK
from wedge.engine.model.offers import own_start
from wedge.engine.model.setting import Setting
from wedge.engine.model.words import ABANDONMENT, DAYLIGHT, DONE, PROPOSE, RALLY
from wedge.engine.model.world import (
    BLAME,
    COMMITMENT_NOW,
    COMPROMISE,
    FLOOR,
    FRACTURE_ROUND,
    HELD_OUT_FOR,
    LIMIT,
    LOWEST,
    LOYAL,
    MOVE,
    ON_TABLE,
    OWN_BEST,
    PASSED,
    PRESSED,
    PROPOSAL,
    SCORE,
    STANDING,
    SURPLUS,
)  # fmt: skip
from wedge.engine.model.worth import expect_compromise, lowest_level, share_used
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.phases.answering import answer
from wedge.engine.simulation.phases.beginning import battlefield, begin
from wedge.engine.simulation.phases.consenting import close_all_ranks, signs
from wedge.engine.simulation.phases.days import pass_time
from wedge.engine.simulation.phases.floor import hold_out
from wedge.engine.simulation.phases.proposing import find_surpluses, stands_by_it
from wedge.engine.simulation.phases.settling import agreed, carry_out, ratify, strain_of_the_round
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.variants import copy_lane

# What is noted of each state when a demand is tried.
(GAINS, BEST, HELD, PRESSURE, LOYALTY, SUM, SIGNS, PAST_LINE, BLAMED, COST, HOPELESS) = range(11)
STATE_NOTES = (
    "surplus",
    "own_best",
    "held_out_for",
    "pressure",
    "loyalty",
    "score",
    "signs",
    "red_line",
    "blame",
    "cost",  # what it falls short of the state's own best
    "hopeless",  # no level at which the stage can settle is worth signing
)
# And of each tie: what a week of that would do to it, what a signature does at once, whether it is a wedge.
(BY_DAYLIGHT, BY_ABANDONMENT, BY_RALLY, AT_ONCE, DIVIDES, ROOM, STRAIN) = range(7)
TIE_NOTES = (
    "daylight",
    "abandonment",
    "rally",  # below 0: it mends
    "at_once",  # abandonment, where the demand is agreed
    "divides",  # the proposer gains, and one of the two allies signs while the other does not
    "room",  # commitment left above the threshold at which the tie breaks
    "strain",  # all of it together
)
AT_COMPROMISE = -1000.0  # a level that says: where the compromise of all would put it
LANES = 2


class Trials(NamedTuple):
    """Sums over worlds and sums of squares. M moments, R demands as put by a state, S states.

    A demand is a row of levels ``[K]``: a level from 0 to 1; ``-1 - i`` for the ideal of state i, in that world;
    ``AT_COMPROMISE``.
    """

    states: Any  # [M, R, len(STATE_NOTES), S]
    states_squared: Any
    ties: Any  # [M, R, len(TIE_NOTES), S, S]
    ties_squared: Any
    passed: Any  # [M, R] worlds in which it is agreed
    levels: Any  # [M, R, K] the levels tried, summed over worlds


class Asked(NamedTuple):
    """What is tried: in which worlds, in which rounds, and who demands what at which stage."""

    worlds: Any  # [L] int64
    moments: Any  # [M] rounds
    who: Any  # [R] the state that demands
    where: Any  # [R] the stage
    demands: Any  # [R, K] levels


@rule
def weigh_the_stage(s: Any, x: Any, w: Any, g: int, n: int, lane: int) -> None:
    """What each state expects and holds out for if stage g is what is on the table in round n."""
    left = 1.0 - share_used(n, w.lane[LIMIT, lane])
    expect_compromise(s, x, w, lane, left)
    hold_out(s, x, w, g, n, lane, left)


@rule
def level_said(s: Any, x: Any, w: Any, said: float, k: int, lane: int) -> float:
    """The level a demand means for issue k in this world; never one at which the issue cannot be settled."""
    if said <= AT_COMPROMISE:
        return clamp(w.issue[COMPROMISE, k, lane], lowest_level(s, x, k, lane), 1.0)
    if said < 0.0:
        return own_start(s, x, int(-1.0 - said), k, lane)
    return clamp(said, lowest_level(s, x, k, lane), 1.0)


@rule
def settle_before(s: Any, x: Any, w: Any, g: int, n: int, lane: int) -> None:
    """Take what must be settled before stage g as just settled, where the compromise of all would put it.

    At which levels does not matter to what stage g is worth, only whether the war has ended.
    """
    for h in range(s.stage_rounds.shape[0]):
        if s.needs[g, h] == 1 and w.stage[STANDING, h, lane] != DONE:
            for k in range(s.issue_id.shape[0]):
                if s.stage_of[k] == h:
                    w.issue[PROPOSAL, k, lane] = level_said(s, x, w, AT_COMPROMISE, k, lane)
            carry_out(s, x, w, h, n, lane)


@rule
def try_demand(s: Any, x: Any, w: Any, p: int, g: int, levels: Any, n: int, lane: int) -> bool:
    """State p puts these levels on the table, if it would stand by them; all answer, blame is shared, ties are strained.

    True if it is agreed. What p would not stand by is answered, but nothing comes of it: p would not put it.
    """
    begin(s, w, lane)
    w.lane[ON_TABLE, lane] = g
    w.lane[FLOOR, lane] = p
    w.lane[MOVE, lane] = PROPOSE
    weigh_the_stage(s, x, w, g, n, lane)
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            w.issue[PROPOSAL, k, lane] = level_said(s, x, w, levels[k], k, lane)
    find_surpluses(s, x, w, g, lane)
    stands = stands_by_it(s, x, w, p, g, lane)
    answer(s, x, w, n, lane)
    if not stands:
        return False
    if agreed(s, w, g, lane):
        ratify(s, x, w, g, n, lane)
        close_all_ranks(s, w, g, lane)
    w.lane[PASSED, lane] = 1.0 if agreed(s, w, g, lane) else 0.0
    weekly = x.common[PER_WEEK, lane] + (1.0 - x.common[PER_WEEK, lane]) * 7.0 / s.days
    strain_of_the_round(s, x, w, g, n, lane, weekly)
    return w.lane[PASSED, lane] == 1.0


@rule
def would_sign(s: Any, x: Any, w: Any, i: int, g: int, lane: int) -> bool:
    """Whether state i signs; a proposer, whether it would stand by the proposal if it were its own idea."""
    if i == int(w.lane[FLOOR, lane]) and not stands_by_it(s, x, w, i, g, lane):
        return False
    return signs(w, i, lane)


@rule
def note_state(total: Any, squared: Any, m: int, r: int, note: int, i: int, value: float) -> None:
    """Add a value of one state to the sums."""
    total[m, r, note, i] += value
    squared[m, r, note, i] += value * value


@rule
def note_states(s: Any, x: Any, w: Any, g: int, m: int, r: int, total: Any, squared: Any, lane: int) -> None:
    """Note of each state what the demand was worth to it and what it did."""
    for i in range(s.state_id.shape[0]):
        signed = 1.0 if would_sign(s, x, w, i, g, lane) else 0.0
        past = 1.0 if crosses_red_line(s, x, w, i, g, lane) else 0.0
        note_state(total, squared, m, r, GAINS, i, w.state[SURPLUS, i, lane])
        note_state(total, squared, m, r, BEST, i, w.state[OWN_BEST, i, lane])
        note_state(total, squared, m, r, HELD, i, w.state[HELD_OUT_FOR, i, lane])
        note_state(total, squared, m, r, PRESSURE, i, w.state[PRESSED, i, lane])
        note_state(total, squared, m, r, LOYALTY, i, w.state[LOYAL, i, lane])
        note_state(total, squared, m, r, SUM, i, w.state[SCORE, i, lane])
        note_state(total, squared, m, r, SIGNS, i, signed)
        note_state(total, squared, m, r, PAST_LINE, i, past)
        note_state(total, squared, m, r, BLAMED, i, w.state[BLAME, i, lane])
        note_state(total, squared, m, r, COST, i, w.state[OWN_BEST, i, lane] - w.state[SURPLUS, i, lane])
        note_state(total, squared, m, r, HOPELESS, i, 1.0 if w.state[OWN_BEST, i, lane] <= 0.0 else 0.0)


@rule
def note_tie(total: Any, squared: Any, m: int, r: int, note: int, i: int, j: int, value: float) -> None:
    """Add a value of one tie to the sums."""
    total[m, r, note, i, j] += value
    squared[m, r, note, i, j] += value * value


@rule
def note_ties(
    s: Any, x: Any, w: Any, p: int, g: int, m: int, r: int, total: Any, squared: Any, agreed_on: bool, lane: int
) -> None:
    """Note of each tie what the demand did to it."""
    gains = w.state[SURPLUS, p, lane] > 0.0 and would_sign(s, x, w, p, g, lane)
    for i in range(s.state_id.shape[0]):
        for j in range(s.state_id.shape[0]):
            if s.tie[i, j] == 0:
                continue
            daylight = -w.strain[DAYLIGHT, i, j, lane]
            abandoned = -w.strain[ABANDONMENT, i, j, lane]
            rallied = -w.strain[RALLY, i, j, lane]
            one_signs = would_sign(s, x, w, i, g, lane) != would_sign(s, x, w, j, g, lane)
            room = w.tie[COMMITMENT_NOW, i, j, lane - 1] - x.tie[BREAKS_BELOW, i, j, lane]
            note_tie(total, squared, m, r, BY_DAYLIGHT, i, j, daylight)
            note_tie(total, squared, m, r, BY_ABANDONMENT, i, j, 0.0 if agreed_on else abandoned)
            note_tie(total, squared, m, r, BY_RALLY, i, j, rallied)
            note_tie(total, squared, m, r, AT_ONCE, i, j, abandoned if agreed_on else 0.0)
            note_tie(total, squared, m, r, DIVIDES, i, j, 1.0 if gains and one_signs else 0.0)
            note_tie(total, squared, m, r, ROOM, i, j, max(0.0, room))
            note_tie(total, squared, m, r, STRAIN, i, j, daylight + abandoned + rallied)


@rule
def put_ties_back(s: Any, w: Any, lane: int) -> None:
    """Undo what a trial did to the ties."""
    for i in range(s.state_id.shape[0]):
        for j in range(s.state_id.shape[0]):
            w.tie[COMMITMENT_NOW, i, j, lane] = w.tie[COMMITMENT_NOW, i, j, lane - 1]
            w.tie[LOWEST, i, j, lane] = w.tie[LOWEST, i, j, lane - 1]
            w.tie[FRACTURE_ROUND, i, j, lane] = w.tie[FRACTURE_ROUND, i, j, lane - 1]


@rule
def try_all(s: Any, x: Any, w: Any, n: int, m: int, asked: Any, t: Any) -> None:
    """Try every demand in round n on a copy of the world in lane 0; demands of one stage stand together."""
    lane = 1
    at = -1
    for r in range(asked.who.shape[0]):
        p = asked.who[r]
        g = asked.where[r]
        if g != at:
            at = g
            copy_lane(x, w, 0, x, w, lane)
            weigh_the_stage(s, x, w, g, n, lane)
            settle_before(s, x, w, g, n, lane)
        agreed_on = try_demand(s, x, w, p, g, asked.demands[r], n, lane)
        t.passed[m, r] += 1.0 if agreed_on else 0.0
        for k in range(s.issue_id.shape[0]):
            t.levels[m, r, k] += w.issue[PROPOSAL, k, lane] if s.stage_of[k] == g else 0.0
        note_states(s, x, w, g, m, r, t.states, t.states_squared, lane)
        note_ties(s, x, w, p, g, m, r, t.ties, t.ties_squared, agreed_on, lane)
        put_ties_back(s, w, lane)


@rule
def try_worlds(s: Any, x: Any, w: Any, seed: int, asked: Any, t: Any) -> None:
    """Open each world, let time pass in it, and try every demand at each of the moments."""
    for place in range(asked.worlds.shape[0]):
        open_world(s, x, w, seed, asked.worlds[place], 0, 0)
        for n in range(s.rounds):
            begin(s, w, 0)
            battlefield(s, x, w, n, 0)
            events_of_round(s, x, w, n, 0)
            for m in range(asked.moments.shape[0]):
                if asked.moments[m] == n:
                    try_all(s, x, w, n, m, asked, t)
            pass_time(s, x, w, n, 0)


class Trying:
    """Demands to be tried on worlds of a setting, a few worlds at a time; ``sums`` holds what has been seen."""

    def __init__(self, s: Setting, moments: Any, who: Any, where: Any, demands: Any) -> None:
        states, issues = s.red_side.shape
        shape = (len(moments), len(who))
        self.setting = s
        self.rows = tuple(np.asarray(part, np.int64) for part in (moments, who, where))
        self.demands = np.ascontiguousarray(demands, np.float64).reshape(len(who), issues)
        of_states = (*shape, len(STATE_NOTES), states)
        of_ties = (*shape, len(TIE_NOTES), states, states)
        sizes = (of_states, of_states, of_ties, of_ties, shape, (*shape, issues))
        self.sums = Trials(*(np.zeros(size) for size in sizes))

    def play(self, seed: int, worlds: Any, interpreted: bool = False) -> None:
        """Try every demand in these worlds too."""
        x, w = empty_arrays(self.setting, LANES)
        numbers = np.asarray(worlds, np.int64)
        moments, who, where = self.rows
        asked = Asked(numbers, moments, who, where, self.demands)
        if interpreted:
            try_worlds(self.setting, x, w, seed, asked, self.sums)
        else:
            compiled(try_worlds)(boxed(self.setting), boxed(x), boxed(w), seed, boxed(asked), boxed(self.sums))

    def calls(self, worlds: int) -> int:
        """How many trials that many worlds take."""
        return len(self.rows[0]) * len(self.rows[1]) * worlds
