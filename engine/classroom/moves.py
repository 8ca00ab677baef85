"""What a person can say from a seat, whether it can be said, and the forced moves it stands for."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from wedge.agents.seat import Table
from wedge.engine.model.words import ACCEPT, CONCEDE, CONSULT, PASS, PROPOSE, REJECT
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.forcing import FORCE_LEAVE, FORCE_LEVEL, FORCE_MOVE, FORCE_STANCE, Forced

TO_PROPOSE, TO_ANSWER = "propose", "answer"  # what a seat is asked for
OFFER, PASS_ON, CONSULT_WITH, YES, NO, LEAVE = "offer", "pass", "consult", "yes", "no", "leave"
SAYINGS = {TO_PROPOSE: (OFFER, PASS_ON, CONSULT_WITH), TO_ANSWER: (YES, NO, LEAVE)}
TINY = 1e-12


class GameError(Exception):
    """A move that cannot be made, or a game that cannot be played: what is wrong, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


class Move(NamedTuple):
    """What a person said from a seat. Rounds count from 0, levels go from 0 to 1."""

    round: int
    state: str
    said: str  # offer, pass or consult; yes, no or leave
    levels: Mapping[str, float] = {}  # of an offer; an issue left out stands at the state's own best
    ally: str = ""  # whom it consults
    stood_in: bool = False  # whether the engine said it in the place of a person who was away or late


class Called(NamedTuple):
    """An event that whoever leads the game lets happen in a round, whatever its day, condition and chance."""

    round: int
    event: str


class RedLine(NamedTuple):
    """A level that a state never goes past."""

    level: float
    above: bool  # whether what lies above it is refused, else what lies below


class Question(NamedTuple):
    """What a seat must decide now, with all that it can see: its table, and what is known to everybody or its own."""

    kind: str  # TO_PROPOSE or TO_ANSWER
    table: Table
    held_out_for: float  # the surplus its own demand asks for, in utility units
    red_lines: Mapping[str, RedLine]  # its own, by issue
    lowest: Mapping[str, float]  # the lowest level at which each issue on the table can be settled
    shares: tuple[tuple[str, ...], ...]  # issues on the table that are shares of one thing
    now: Mapping[str, float]  # where every issue stands
    has_vote: bool  # whether its consent counts at this stage
    may_leave: bool  # whether it has an outside option
    may_consult: tuple[str, ...]  # allies to which a tie is intact, either way
    received: Mapping[str, str]  # how support to it stands, by ally: given, withheld or broken off

    @property
    def state(self) -> str:
        """Whose seat it is."""
        return self.table.state


def rows_of(move: Move, question: Question, scenario: Any) -> list[Forced]:
    """The forced moves a move stands for, in answer to this question. Raises GameError where it cannot be made."""
    if move.said not in SAYINGS[question.kind]:
        due = "has the floor" if question.kind == TO_PROPOSE else "must answer a proposal"
        cannot = {LEAVE: not question.may_leave, CONSULT_WITH: not question.may_consult}
        possible = [saying for saying in SAYINGS[question.kind] if not cannot.get(saying)]
        raise GameError(f"{question.state} {due}: {shown(move.said)} is no move", f"say one of {', '.join(possible)}")
    names, n = scenario.names, question.table.round
    who = names.states.index(question.state)
    if move.said == OFFER:
        _check_levels(move.levels, question)
        levels = [Forced(n, FORCE_LEVEL, what=names.issues.index(k), value=float(y)) for k, y in move.levels.items()]
        return [Forced(n, FORCE_MOVE, value=PROPOSE), *levels]
    if move.said == PASS_ON:
        return [Forced(n, FORCE_MOVE, value=PASS)]
    if move.said == CONSULT_WITH:
        if move.ally not in question.may_consult:
            known = question.may_consult
            message = f"{shown(move.ally)} is no ally it can consult" if known else "it has no ally to consult"
            raise GameError(message, meant(move.ally, known) if known else "offer something, or pass")
        return [Forced(n, FORCE_MOVE, what=names.states.index(move.ally), value=CONSULT)]
    if move.said == LEAVE:
        if not question.may_leave:
            raise GameError(f"{question.state} has nothing outside the talks to leave for", "say yes or no")
        return [Forced(n, FORCE_LEAVE, who=who)]
    return [Forced(n, FORCE_STANCE, who=who, value=float(_stance(move.said, question)))]


def _stance(said: str, question: Question) -> int:
    """A consent accepts where the demand is met, and concedes below it."""
    view = question.table.view
    if said == NO or view is None:
        return REJECT
    return ACCEPT if view.surplus >= view.held_out_for else CONCEDE


def _check_levels(levels: Mapping[str, float], question: Question) -> None:
    for issue, level in levels.items():
        check_level(issue, level, question)
    for group in question.shares:
        total = sum(levels.get(issue, 0.0) for issue in group)
        if total > 1.0 + TINY:
            raise GameError(f"{', '.join(group)} come to {total:g}", "shares of one thing come to 1 or less")


def check_level(issue: str, level: Any, question: Question) -> None:
    """Refuse a level that cannot be offered. Raises GameError."""
    if issue not in question.table.issues:
        raise GameError(f"{shown(issue)} is not on the table", meant(issue, question.table.issues))
    if isinstance(level, bool) or not isinstance(level, int | float) or level != level:
        raise GameError(f"{issue}: {shown(level)} is not a number", "write a level from 0 to 1, such as 0.25")
    if not 0 <= level <= 1:
        raise GameError(f"{issue}: {shown(level)} is off the scale", "levels go from 0 to 1")
    if float(level) < question.lowest[issue] - TINY:
        raise GameError(f"{issue}: {float(level):g} would not end the war", f"write {question.lowest[issue]:g} or more")
    line = question.red_lines.get(issue)
    if line is not None and (float(level) - line.level) * (1 if line.above else -1) > TINY:
        side = "above" if line.above else "below"
        raise GameError(
            f"{issue}: {float(level):g} is past {question.state}'s own red line",
            f"it never signs anything {side} {line.level:.4g}",
        )
