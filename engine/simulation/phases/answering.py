"""The answers: every state weighs the proposal and takes its stance."""

from typing import Any

from wedge.agents.ladder import stance_by
from wedge.engine.model.compiling import rule
from wedge.engine.model.consent import (
    appraise,
    audience_cost_of,
    crosses_an_allys_red_line,
    crosses_red_line,
    loyalty_of,
    pressure_on,
)
from wedge.engine.model.draws import FOR_ANSWER, FOR_LOT, logistic, uniform, word
from wedge.engine.model.numbers import ANSWER_A, ANSWER_B, WHIM
from wedge.engine.model.theories import tilt_of
from wedge.engine.model.views import View
from wedge.engine.model.words import ACCEPT, IN_TURN, PROPOSE, PROPOSED_IT
from wedge.engine.model.world import (
    ANSWERS,
    AUDIENCE_NOW,
    FLOOR,
    FORCED_REASON,
    FORCED_STANCE,
    GONE,
    HELD_OUT_FOR,
    LIMIT,
    LOYAL,
    MOVE,
    ON_TABLE,
    PRESSED,
    PROPOSAL,
    REASON,
    SCORE,
    STANCE,
    SURPLUS,
    TILT,
    WHIM_NOW,
)
from wedge.engine.model.worth import share_used, weight_of_stage, worth_of_stage
from wedge.engine.simulation.phases.consenting import buy_consent, close_all_ranks, follow_the_patron


@rule
def answer(s: Any, x: Any, w: Any, n: int, lane: int) -> None:
    """Everyone answers the proposal; then those who follow, side payments, and joint fronts have their say."""
    if w.lane[MOVE, lane] != PROPOSE:
        return
    g = int(w.lane[ON_TABLE, lane])
    count = s.state_id.shape[0]
    p = int(w.lane[FLOOR, lane])
    for turn in range(count):
        i = p
        if turn > 0:
            i = turn - 1 if turn - 1 < p else turn
        if s.answers[g] == IN_TURN:
            i = (p + turn) % count
        if w.state[GONE, i, lane] == 0.0:
            answer_of(s, x, w, i, g, n, lane)
    for i in range(count):
        follow_the_patron(s, w, i, lane)
    for i in range(count):
        buy_consent(s, x, w, i, g, lane)
    close_all_ranks(s, w, g, lane)


@rule
def answer_of(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> None:
    """State i weighs the proposal and takes its stance."""
    view = view_of(s, x, w, i, g, n, lane)
    w.state[PRESSED, i, lane] = view.pressure
    w.state[LOYAL, i, lane] = view.loyalty
    w.state[AUDIENCE_NOW, i, lane] = view.audience
    w.state[WHIM_NOW, i, lane] = view.whim
    w.state[TILT, i, lane] = view.tilt
    w.state[SCORE, i, lane] = view.score
    if w.state[FORCED_STANCE, i, lane] >= 0.0:
        w.state[STANCE, i, lane] = w.state[FORCED_STANCE, i, lane]
        w.state[REASON, i, lane] = w.state[FORCED_REASON, i, lane]
    elif i == int(w.lane[FLOOR, lane]):
        w.state[STANCE, i, lane] = ACCEPT
        w.state[REASON, i, lane] = PROPOSED_IT
    else:
        stance, reason = stance_by(int(w.state[ANSWERS, i, lane]), view)
        w.state[STANCE, i, lane] = stance
        w.state[REASON, i, lane] = reason


@rule
def view_of(s: Any, x: Any, w: Any, i: int, g: int, n: int, lane: int) -> View:
    """What state i can see of the proposal on the table when it must answer."""
    surplus = w.state[SURPLUS, i, lane]
    held = w.state[HELD_OUT_FOR, i, lane]
    pressure = pressure_on(s, x, w, i, g, lane)
    loyalty = loyalty_of(s, x, w, i, lane)
    audience = audience_cost_of(x, w, i, g, lane, worth_of_stage(s, x, w, i, i, g, lane, PROPOSAL))
    leaning = logistic(w.leanings[lane], FOR_ANSWER, s.state_id[i], matter_of(s, g))
    whim = x.state[WHIM, i, lane] * weight_of_stage(s, x, i, g, lane) * leaning
    maker = int(w.lane[FLOOR, lane])
    tilt = tilt_of(s, x, w, i, maker, lane, surplus, held, w.state[SURPLUS, maker, lane])
    return View(
        surplus,
        held,
        pressure,
        loyalty,
        audience,
        whim,
        appraise(surplus, held, pressure, loyalty, audience, whim, tilt),
        1 if crosses_red_line(s, x, w, i, g, lane) else 0,
        1 if crosses_an_allys_red_line(s, x, w, i, g, lane) else 0,
        share_used(n, w.lane[LIMIT, lane]),
        uniform(w.key[lane], FOR_LOT, s.state_id[i], n),
        x.state[ANSWER_A, i, lane],
        x.state[ANSWER_B, i, lane],
        s.theory[i],
        tilt,
    )


@rule
def matter_of(s: Any, g: int) -> int:
    """The identity of what stage g is about: that of its first issue, so that it is the same under every agenda."""
    for k in range(s.issue_id.shape[0]):
        if s.stage_of[k] == g:
            return word(s.issue_id[k])
    return word(0)
