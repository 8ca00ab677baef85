"""Forced moves as text, so that a changed course has a code which can be played again.

A code such as ``alaska_2025/territory_first@7:17+9.ukraine=accept+12.without.oil_sanctions`` names
scenario, seed and world, then one move after each ``+``: the round it is made in, counted from 1 as
people do (0 is before the talks: see ``wedge.engine.scenario.changes``), a dot, and one of

    STATE=accept            the state's answer: accept, concede, reject, or leave (it refuses and walks out)
    pass                    who has the floor makes no proposal
    consult.STATE           it consults that ally instead
    propose                 it proposes; levels that are not given stand at its own best
    level.ISSUE=0.6         a level of that proposal
    share.STATE=0.2         the state holds out for that share of its own best, this round
    without.EVENT           the event does not happen, from that round on
    with.EVENT              the event happens in that round, whatever its day, condition and chance
    set.PATH=0.1            the number has that value, from that round on
    policy.STATE=firm       the state bargains by that policy, from that round on
    demands.STATE=steadfast the same for one of its three slots (courts, answers)
    branch.3                all luck is drawn anew, from that round on: future number 3
    luck.3                  the same, but what states lean to stays
"""

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS
from wedge.engine.analysis.seating import Course, seated
from wedge.engine.model.words import ACCEPT, CONCEDE, CONSULT, PASS, PROPOSE, REJECT
from wedge.engine.scenario.changes import BEFORE_THE_TALKS, Change, from_code, in_code
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.forcing import (
    BRANCH,
    CALL_EVENT,
    FORCE_LEAVE,
    FORCE_LEVEL,
    FORCE_MOVE,
    FORCE_SHARE,
    FORCE_STANCE,
    FRESH_LUCK,
    LEAVE_OUT,
    SET_ANSWERS,
    SET_COURTS,
    SET_DEMANDS,
    SET_NUMBER,
    Forced,
)

STANCES = {"accept": ACCEPT, "concede": CONCEDE, "reject": REJECT}
LEAVE = "leave"
SLOTS = {"demands": (SET_DEMANDS, DEMANDS), "courts": (SET_COURTS, COURTS), "answers": (SET_ANSWERS, ANSWERS)}
VERBS = ("pass", "consult", "propose", "level", "share", "without", "with", "set", "policy", *SLOTS, "branch", "luck")
MOST_BRANCHES = 2**31
MOST_LISTED = 40  # names that an error lists
AT_THE_OPENING = (".salience", ".weariness", ".purse.budget", ".commitment")  # read once, when a world opens
MOVE = re.compile(r"(?P<round>\d{1,6})\.(?P<what>.+)")


class MoveError(Exception):
    """A move that cannot be read or made: what is wrong, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message, self.help = message, help


class Said(NamedTuple):
    """A move taken apart: ``12.without.oil_sanctions`` is round 11 from 0, verb without, name oil_sanctions."""

    round: int
    verb: str  # empty for an answer
    name: str
    value: str
    text: str


def read_moves(scenario: Any, text: str) -> Course:
    """The course that a scenario takes with the moves of a code, such as ``+9.ukraine=accept``; none is the scenario's own.

    Raises MoveError with what is wrong.
    """
    course = Course(scenario, ())
    for piece in [part for part in text.split("+") if part]:
        course = with_move(course, said(scenario, piece))
    return course


def before_the_talks(text: str) -> tuple[list[Change], str]:
    """The changes to the scenario among the moves of a code, and the other moves. Raises MoveError.

    >>> before_the_talks("+0.set.strain.noise=0+9.ukraine=accept")
    ([Change(option='--set', text='strain.noise=0')], '+9.ukraine=accept')
    """
    changes, rest = [], ""
    for piece in [part for part in text.split("+") if part]:
        if not piece.startswith(BEFORE_THE_TALKS):
            rest += f"+{piece}"
            continue
        change = from_code(piece)
        if change is None:
            raise MoveError(
                f"{shown(piece)} is no change before the talks", "write 0.set.PATH=VALUE or 0.policy.STATE=POLICY"
            )
        changes.append(change)
    return changes, rest


def said(scenario: Any, piece: str) -> Said:
    """One move, taken apart. Raises MoveError."""
    found = MOVE.fullmatch(piece)
    if found is None:
        raise MoveError(f"{shown(piece)} is no move", "a move is a round, a dot and what is done: 9.ukraine=accept")
    n, what = int(found["round"]), found["what"]
    check_round(scenario, n)
    left, equals, value = what.partition("=")
    verb, dot, name = left.partition(".")
    if not dot and equals:
        return Said(n - 1, "", left, value, piece)
    if verb not in VERBS:
        raise MoveError(f"{shown(what)} is no move", meant(verb, VERBS) or _example(scenario))
    return Said(n - 1, verb, name, value, piece)


def _example(scenario: Any) -> str:
    return f"such as 9.{scenario.names.states[0]}=accept or 9.pass"


def check_round(scenario: Any, n: int) -> None:
    """Refuse a round, counted from 1, that the talks do not have."""
    rounds = int(scenario.setting.rounds)
    if not 1 <= n <= rounds:
        raise MoveError(f"there is no round {n}", f"rounds go from 1 to {rounds}")


def with_move(course: Course, move: Said) -> Course:
    """The course with one move more."""
    if move.verb == "policy":
        return seated(course, move.round, *_policy(course.scenario, move))
    rows = _READERS[move.verb](course.scenario, move)
    return course._replace(forced=(*course.forced, *rows))


def _policy(scenario: Any, move: Said) -> tuple[int, str]:
    return place(scenario.names.states, "state", move.name), move.value


def place(names: Sequence[str], kind: str, name: str) -> int:
    """The index of a name. Raises MoveError with the nearest that is known."""
    if name not in names:
        few = f"known: {', '.join(sorted(names))}" if len(names) <= MOST_LISTED else ""
        raise MoveError(f"there is no {kind} {shown(name)}", meant(name, names) or few)
    return list(names).index(name)


def number(move: Said, low: float, high: float) -> float:
    """The value of a move, a number between two."""
    try:
        value = float(move.value)
    except ValueError:
        raise MoveError(f"{shown(move.text)}: {shown(move.value)} is not a number", "write it like 0.25") from None
    if not low <= value <= high:
        wanted = f"from {low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
        raise MoveError(f"{shown(move.text)}: {move.value} is out of bounds", f"it must be {wanted}")
    return value


def _answer(scenario: Any, move: Said) -> list[Forced]:
    who = place(scenario.names.states, "state", move.name)
    if move.value == LEAVE:
        return [_leaving(scenario, move.round, who)]
    if move.value not in STANCES:
        raise MoveError(f"{shown(move.value)} is no answer", meant(move.value, [*STANCES, LEAVE]))
    return [Forced(move.round, FORCE_STANCE, who=who, value=float(STANCES[move.value]))]


def _leaving(scenario: Any, n: int, who: int) -> Forced:
    if not scenario.setting.has_outside[who]:
        raise MoveError(f"{scenario.names.states[who]} has nothing outside the talks to leave for", "write reject")
    return Forced(n, FORCE_LEAVE, who=who)


def _floor(scenario: Any, move: Said) -> list[Forced]:
    if move.verb == "consult":
        ally = place(scenario.names.states, "state", move.name)
        return [Forced(move.round, FORCE_MOVE, what=ally, value=CONSULT)]
    return [Forced(move.round, FORCE_MOVE, value=PASS if move.verb == "pass" else PROPOSE)]


def _level(scenario: Any, move: Said) -> list[Forced]:
    issue = place(scenario.names.issues, "issue", move.name)
    return [Forced(move.round, FORCE_LEVEL, what=issue, value=number(move, 0, 1))]


def _share(scenario: Any, move: Said) -> list[Forced]:
    who = place(scenario.names.states, "state", move.name)
    return [Forced(move.round, FORCE_SHARE, who=who, value=number(move, 0, 1))]


def _without(scenario: Any, move: Said) -> list[Forced]:
    return [Forced(move.round, LEAVE_OUT, who=place(scenario.names.events, "event", move.name))]


def _with(scenario: Any, move: Said) -> list[Forced]:
    return [Forced(move.round, CALL_EVENT, who=place(scenario.names.events, "event", move.name))]


def _set(scenario: Any, move: Said) -> list[Forced]:
    at = place(scenario.names.numbers, "number", move.name)
    if move.name.endswith(AT_THE_OPENING):
        raise MoveError(
            f"{move.name} says how things stand at the opening; it cannot change halfway",
            "set it from the start, with --set on the scenario",
        )
    low, high = (float(end) for end in scenario.setting.bounds[at])
    return [Forced(move.round, SET_NUMBER, what=at, value=number(move, low, high))]


def _slot(scenario: Any, move: Said) -> list[Forced]:
    kind, room = SLOTS[move.verb]
    who = place(scenario.names.states, "state", move.name)
    if move.value not in room:
        raise MoveError(f"there is no {shown(move.value)} for '{move.verb}'", meant(move.value, room))
    return [Forced(move.round, kind, who=who, value=float(room[move.value].number))]


def _branch(scenario: Any, move: Said) -> list[Forced]:
    if not move.name.isdigit() or int(move.name) >= MOST_BRANCHES:
        raise MoveError(f"{shown(move.text)} names no future", f"futures have whole numbers: 9.{move.verb}.3")
    return [Forced(move.round, BRANCH if move.verb == "branch" else FRESH_LUCK, value=float(move.name))]


_READERS = {
    "": _answer, "pass": _floor, "consult": _floor, "propose": _floor, "level": _level, "share": _share,
    "without": _without, "with": _with, "set": _set, "demands": _slot, "courts": _slot, "answers": _slot, "branch": _branch,
    "luck": _branch,
}  # fmt: skip


# Writing.


def code_of(scenario: Any, seed: int, world: int, forced: Sequence[Forced] = ()) -> str:
    """The code by which this course can be played again: what finds the scenario, all that was changed, every move."""
    return f"{scenario.called}@{seed}:{world}{in_code(scenario.changes)}{written(scenario, forced)}"


def written(scenario: Any, forced: Sequence[Forced]) -> str:
    """Forced moves as they stand in a code, such as ``+9.ukraine=accept``; read again they are the same moves."""
    left, text = tuple(forced), ""
    while left:
        policy, rows = next((one for one in scenario.seated if one[1] == left[: len(one[1])]), ("", left[:1]))
        text += f"+{left[0].round + 1}.{policy or _what(scenario.names, left[0])}"
        left = left[len(rows) :]
    return text


def _what(names: Any, move: Forced) -> str:
    if move.kind == FORCE_STANCE:
        stances = {number: word for word, number in STANCES.items()}
        return f"{names.states[move.who]}={stances[int(move.value)]}"
    if move.kind == FORCE_LEAVE:
        return f"{names.states[move.who]}={LEAVE}"
    if move.kind == FORCE_MOVE:
        words = {PASS: "pass", PROPOSE: "propose", CONSULT: "consult"}
        said = words[int(move.value)]
        return f"{said}.{names.states[move.what]}" if said == "consult" else said
    if move.kind == FORCE_LEVEL:
        return f"level.{names.issues[move.what]}={plain(move.value)}"
    if move.kind == FORCE_SHARE:
        return f"share.{names.states[move.who]}={plain(move.value)}"
    if move.kind == LEAVE_OUT:
        return f"without.{names.events[move.who]}"
    if move.kind == CALL_EVENT:
        return f"with.{names.events[move.who]}"
    if move.kind == SET_NUMBER:
        return f"set.{names.numbers[move.what]}={plain(move.value)}"
    if move.kind in (BRANCH, FRESH_LUCK):
        return f"{'branch' if move.kind == BRANCH else 'luck'}.{int(move.value)}"
    verb, room = next((verb, room) for verb, (kind, room) in SLOTS.items() if kind == move.kind)
    tactic = next(name for name, slot in room.items() if slot.number == int(move.value))
    return f"{verb}.{names.states[move.who]}={tactic}"


def plain(value: float) -> str:
    """The shortest text of a number that reads back as the same, without a plus sign."""
    return repr(float(value)).replace("e+", "e").removesuffix(".0")
