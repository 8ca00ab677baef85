"""Tactics from a user's file that join the rules. Like the built-in ones they are known by number.

The number is a hash of the text they come from, so it is the same in every process, and an edit gives another.
Interpreted, a tactic is looked up by its number; compiled, a ladder over the numbers in use takes that place.
"""

import hashlib
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from wedge.agents.seat import Policy
from wedge.engine.model.compiling import Instead, compiled_as, is_rule, rule
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import ACCEPT, CONCEDE, OWN_COUNSEL, REASONS, RED_LINE, REJECT

FIRST_OWN = 1000
REASONS_KNOWN = len(REASONS)
RULES = ("demands", "answers")  # the slots for which a policy class may carry a rule
Tactic = Callable[[Any], Any]
_tactics: dict[int, Tactic] = {}


class TacticError(Exception):
    """A tactic from a user's file failed while it was played as plain Python."""

    def __init__(self, tactic: Tactic, error: BaseException) -> None:
        super().__init__(str(error))
        self.tactic, self.error = tactic, error


def rules_of(policy: Policy) -> dict[str, Callable[..., Any]]:
    """The rules that a policy's class carries, by slot."""
    found = {slot: inspect.getattr_static(type(policy), slot, None) for slot in RULES}
    return {slot: function for slot, function in found.items() if is_rule(function)}


def number_of(tactic: Tactic) -> int:
    """The number by which a user's tactic is known from now on."""
    text = "\n".join([tactic.__qualname__, *_texts(tactic, set())])
    number = FIRST_OWN + int(hashlib.sha256(text.encode()).hexdigest()[:12], 16)
    _tactics.setdefault(number, tactic)
    return number


def tactic_of(number: int) -> Tactic:
    """The tactic of that number."""
    return _tactics[number]


@rule
def sound_share(share: float) -> float:
    """A share that can be held out for: what is no number is none of it."""
    return min(share, 1.0) if share >= 0.0 else 0.0


@rule
def sound_stance(view: View, stance: int, reason: int) -> tuple[int, int]:
    """A stance that can be taken: a red line holds, and consent is called after the demand it meets."""
    if view.red_line == 1:
        return REJECT, RED_LINE
    named = reason if 0 < reason < REASONS_KNOWN else OWN_COUNSEL
    if stance == ACCEPT or stance == CONCEDE:
        return (ACCEPT if view.surplus >= view.held_out_for else CONCEDE), named
    return REJECT, named


@rule
def no_share(rule_number: int, view: Demand) -> float:
    """Where no tactic of a user's has joined the rules."""
    return 0.0


@rule
def no_stance(rule_number: int, view: View) -> tuple[int, int]:
    """Where no tactic of a user's has joined the rules."""
    return REJECT, OWN_COUNSEL


@compiled_as(no_share)
def own_share(rule_number: int, view: Demand) -> float:
    """The share of its own best that a user's tactic holds out for."""
    tactic = _tactics.get(rule_number)
    if tactic is None:
        return no_share(rule_number, view)
    try:
        return sound_share(float(tactic(view)))
    except Exception as error:
        raise TacticError(tactic, error) from error


@compiled_as(no_stance)
def own_stance(rule_number: int, view: View) -> tuple[int, int]:
    """The stance that a user's tactic takes, and its reason."""
    tactic = _tactics.get(rule_number)
    if tactic is None:
        return no_stance(rule_number, view)
    try:
        stance, reason = tactic(view)
        return sound_stance(view, int(stance), int(reason))
    except Exception as error:
        raise TacticError(tactic, error) from error


@cache
def ladders(shares: tuple[int, ...], stances: tuple[int, ...]) -> Instead:
    """What takes the place of ``own_share`` and ``own_stance`` where these tactics are compiled."""
    made: list[tuple[Callable[..., Any], Callable[..., Any]]] = []
    if shares:
        steps = [f"    if rule_number == {n}:\n        return sound_share(float(tactic_{n}(view)))\n" for n in shares]
        made.append((own_share, _made("own_share", [*steps, "    return 0.0\n"], shares)))
    if stances:
        steps = [
            f"    if rule_number == {n}:\n        stance, reason = tactic_{n}(view)\n"
            "        return sound_stance(view, int(stance), int(reason))\n"
            for n in stances
        ]
        last = f"    return {REJECT}, {OWN_COUNSEL}\n"
        made.append((own_stance, _made("own_stance", [*steps, last], stances)))
    return tuple(made)


def _made(name: str, steps: list[str], numbers: tuple[int, ...]) -> Tactic:
    names: dict[str, Any] = {f"tactic_{n}": _tactics[n] for n in numbers}
    names |= {"__name__": "users_tactics", "sound_share": sound_share, "sound_stance": sound_stance}
    exec(f"def {name}(rule_number, view):\n{''.join(steps)}", names)  # numbers and names of our own making
    made: Tactic = rule(names[name])
    return made


def _texts(thing: Any, seen: set[int]) -> Iterator[str]:
    """The text of a function and of all it names; Wedge's own is under its own hash."""
    module = thing.__name__ if isinstance(thing, ModuleType) else getattr(thing, "__module__", None) or ""
    if id(thing) in seen or module.partition(".")[0] == "wedge":
        return
    seen.add(id(thing))
    if isinstance(thing, ModuleType):
        yield _text(getattr(thing, "__file__", None))
    elif isinstance(thing, FunctionType):
        yield _text(thing.__code__.co_filename)
        for name in sorted(_names_in(thing.__code__)):
            if name in thing.__globals__:
                yield name
                yield from _texts(thing.__globals__[name], seen)
    else:
        yield repr(thing)


def _names_in(code: CodeType) -> set[str]:
    inner = [c for c in code.co_consts if isinstance(c, CodeType)]
    return set(code.co_names).union(*(_names_in(c) for c in inner))


def _text(file: str | None) -> str:
    """The text of a Python file; nothing of one that comes compiled, which no user edits."""
    if file is None or not file.endswith(".py"):
        return ""
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError:
        return ""
