"""What else could have been said in place of each move: the other answers, or the offers that can be compared."""

from collections.abc import Sequence
from typing import NamedTuple

from wedge.agents.catalogue import COURTS
from wedge.engine.classroom.moves import (
    LEAVE,
    NO,
    OFFER,
    PASS_ON,
    TO_ANSWER,
    YES,
    Move,
    Question,
    rows_of,
)
from wedge.engine.model.words import PROPOSE
from wedge.engine.model.world import MOVE, PROPOSAL
from wedge.engine.simulation.course import play_round
from wedge.engine.simulation.forcing import (
    FORCE_LEAVE,
    FORCE_LEVEL,
    FORCE_MOVE,
    FORCE_STANCE,
    SET_COURTS,
    SET_NUMBER,
    Forced,
    as_rows,
)
from wedge.engine.simulation.stage_set import empty_arrays
from wedge.engine.simulation.variants import Past, copy_lane

OF_THE_FLOOR = (FORCE_MOVE, FORCE_LEVEL)
OF_AN_ANSWER = (FORCE_STANCE, FORCE_LEAVE)


class Option(NamedTuple):
    """One thing that could be said to a question."""

    move: Move
    rows: tuple[Forced, ...]  # the forced moves it stands for
    made: bool  # whether it is what was said
    advised: bool = False  # whether it is what a sincere policy would offer


def options_for(past: Past, made: Move, question: Question, rows: Sequence[Forced]) -> list[Option]:
    """The move that was made, and what it is compared with; ``past`` is the game as it was played."""
    first = Option(made, tuple(rows), True)
    others = _answers(made, question) if question.kind == TO_ANSWER else _offers(past, made, question)
    found = [Option(move, tuple(rows_of(move, question, past.scenario)), False, advised) for move, advised in others]
    same = [other for other in found if set(other.rows) == set(first.rows)]
    first = first._replace(advised=any(other.advised for other in same))
    return [first, *(other for other in found if other not in same)]


def _answers(made: Move, question: Question) -> list[tuple[Move, bool]]:
    said = [YES, NO, *([LEAVE] if question.may_leave else [])]
    return [(made._replace(said=each), False) for each in said if each != made.said]


def _offers(past: Past, made: Move, question: Question) -> list[tuple[Move, bool]]:
    bare = made._replace(levels={}, ally="")
    levels = sincere_offer(past, made.round, question)
    advised = bare._replace(said=OFFER, levels=levels) if levels else bare._replace(said=PASS_ON)
    passing = bare._replace(said=PASS_ON)
    return [(advised, True), *([(passing, False)] if advised != passing else [])]


def sincere_offer(past: Past, n: int, question: Question) -> dict[str, float]:
    """What the state would have offered in round ``n`` by courting sincerely; empty where it would have passed."""
    scenario = past.scenario
    s, names = scenario.setting, scenario.names
    who = names.states.index(question.state)
    given = [row for row in past.moves if row.round == n and row.kind not in (*OF_THE_FLOOR, *OF_AN_ANSWER)]
    sincerely = Forced(n, SET_COURTS, who=who, value=float(COURTS["sincere"].number))
    x, w = empty_arrays(s, 1)
    copy_lane(past.x, past.w, n, x, w, 0)
    play_round(s, x, w, as_rows([*given, sincerely]), past.seed, past.number, n, 0)
    if int(w.lane[MOVE, 0]) != PROPOSE:
        return {}
    return {issue: float(w.issue[PROPOSAL, names.issues.index(issue), 0]) for issue in question.table.issues}


def with_it(past: Past, option: Option, question: Question) -> tuple[Forced, ...]:
    """What else was given in that round and does not hang on this move: answers to an offer do, other answers do not."""
    n, who = option.move.round, past.scenario.names.states.index(question.state)
    hangs = OF_AN_ANSWER if question.kind == TO_ANSWER else (*OF_THE_FLOOR, *OF_AN_ANSWER)
    everybody = question.kind != TO_ANSWER
    return tuple(
        row for row in past.moves if row.round == n and not (row.kind in hangs and (everybody or row.who == who))
    )


def own_patience(past: Past, seats: Sequence[str], n: int) -> tuple[Forced, ...]:
    """From round ``n`` on the states are as patient as their scenario says: people no longer sit in their seats."""
    numbers = past.scenario.names.numbers
    rows = []
    for seat in seats:
        i = past.scenario.names.states.index(seat)
        if past.scenario.setting.has_outside[i]:
            what = numbers.index(f"states.{seat}.outside.patience")
            rows.append(Forced(n, SET_NUMBER, what=what, value=float(past.x.flat[what, 0])))
    return tuple(rows)


def in_words(option: Option, titles: dict[str, str]) -> str:
    """What was, or could have been, said, such as: offer Donbas 0.30."""
    move = option.move
    if move.said == OFFER:
        levels = ", ".join(f"{titles[issue]} {level:.2f}" for issue, level in move.levels.items())
        said = f"offer {levels}" if levels else "offer its own best"
    else:
        said = {YES: "sign", NO: "refuse", LEAVE: "leave the talks", PASS_ON: "pass"}.get(move.said, "")
        said = said or f"consult {titles[move.ally]}"
    return f"{said} (as a sincere policy would)" if option.advised else said
