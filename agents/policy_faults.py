"""What is wrong with a user's policy, as far as can be seen before it is ever asked.

Broken Python, a failing import, no such class, a class that is no policy, methods that cannot be called with what they
are to see, and methods whose name is misspelt. A policy may have other methods: a name is misspelt only if it is a
slip for that of a method the class does not have.
"""

import difflib
import inspect
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from wedge.agents.own import RULES, rules_of
from wedge.agents.policy_file import Fault, PolicyFileError, load_policy, place_in
from wedge.agents.seat import ASKED, ArrayPolicy, Policy, is_overridden

PAGE = "docs/how-to/your-own-policy.md"
ALSO_MEANT = {"propose": "offer", "proposes": "offers"}  # other words for what a policy is asked
MOST_EDITS, LEAST_ALIKE = 2, 0.75


def faults_in(file: Path | str, name: str) -> list[Fault]:
    """All that is wrong with the policy of that name, as far as can be seen before it is asked."""
    try:
        policy = load_policy(file, name)
    except PolicyFileError as error:
        return [error.fault]
    return list(_faults_of(policy, Path(file)))


def _faults_of(policy: Policy, file: Path) -> Iterator[Fault]:
    """What is wrong with the methods and rules of a policy."""
    kind, asked, rules = type(policy).__name__, ASKED[isinstance(policy, ArrayPolicy)], rules_of(policy)
    own = [name for name in asked if name not in rules and is_overridden(policy, name)]

    def fault(member: str, message: str, cure: str) -> Fault:
        return Fault(str(file), *place_in(file, kind, member), message, cure)

    for name in [*own, *rules]:
        why = _why_not_called(rules.get(name) or getattr(policy, name, None))
        if why:
            yield fault(name, f"{kind}.{name} {why}", f"it is called with {_seen(name, rules)} alone; {PAGE}")
    free = [name for name in asked if name not in own and name not in rules]
    others = _methods_of(policy)
    misspelt = {name: meant for name in others if (meant := _meant(name, free))}
    for name, meant in misspelt.items():
        marked = f" As a rule '{name}' is marked with @rule" if name in RULES else ""
        yield fault(name, f"{kind} has a method '{name}', which is never asked", f"did you mean '{meant}'?{marked}")
    if others and not (own or rules or misspelt):
        message = f"{kind} decides nothing: none of its methods is ever asked"
        yield fault("", message, f"it is asked for {', '.join(asked)}; {PAGE}")


def _seen(name: str, rules: Collection[str]) -> str:
    """What a method or rule of that name is called with."""
    return "a view" if name in rules else "the table" if name in ASKED[0] else "the tables"


def _why_not_called(member: Any) -> str:
    """Why a method cannot be called with what it is to see; or an empty text."""
    if not callable(member):
        return f"is {member!r}, not a method"
    if inspect.iscoroutinefunction(member) or inspect.isgeneratorfunction(member) or inspect.isasyncgenfunction(member):
        return "is asynchronous or a generator, and its answer is wanted at once"
    try:
        inspect.signature(member).bind(None)
    except TypeError:
        return f"cannot be called: it takes {_arguments(member)}"
    except ValueError:  # a built-in function that does not say what it takes
        return ""
    return ""


def _arguments(member: Any) -> str:
    names = [f"'{name}'" for name in inspect.signature(member).parameters]
    return " and ".join(names) if names else "no argument (besides self)"


def _methods_of(policy: Policy) -> list[str]:
    """The public methods that a policy's own classes define, but for those of every policy."""
    found: dict[str, None] = {}
    for one in type(policy).__mro__:
        if not one.__module__.startswith("wedge."):
            members = {name: getattr(one, name, None) for name in vars(one)}
            found |= {name: None for name, made in members.items() if callable(made) and not isinstance(made, type)}
    every = ASKED[isinstance(policy, ArrayPolicy)]
    return [name for name in found if not name.startswith("_") and name not in every and name not in rules_of(policy)]


def _meant(name: str, free: list[str]) -> str:
    """The method, among those that are not there, that a name is likely to mean; or an empty text."""
    words = {word: word for word in free} | {word: to for word, to in ALSO_MEANT.items() if to in free}
    near = [word for word in words if _is_near(name, word)]
    return words[min(near, key=lambda word: _edits(name, word))] if near else ""


def _is_near(name: str, word: str) -> bool:
    """Whether one may be a slip for the other. ``offered`` is no slip for ``offer``, nor ``order``."""
    is_longer = name.startswith(word) and len(name) - len(word) > 1
    alike = difflib.SequenceMatcher(None, name, word).ratio() >= LEAST_ALIKE
    return not is_longer and alike and _edits(name, word) <= MOST_EDITS


def _edits(first: str, second: str) -> int:
    """How many letters must be put in, taken out or exchanged to make one word of the other."""
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        before, row[0] = row[0], i
        for j, b in enumerate(second, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]
