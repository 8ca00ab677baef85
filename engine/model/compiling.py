"""Rules are written once: played as plain Python, or compiled on demand with the same bits.

``@rule`` only remembers a function. Nothing is compiled, and Numba is not imported, until
somebody asks for ``compiled(function)``: then the function and every rule it calls are given
to Numba, each in a copy of its module's names where the rules it calls are the compiled ones.
So both forms live side by side in one process and can be compared.
"""

import os
import sys
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

F = TypeVar("F", bound=Callable[..., Any])
Instead = tuple[tuple[Callable[..., Any], Callable[..., Any]], ...]  # rules, and those compiled in their place

_rules: WeakKeyDictionary[Callable[..., Any], str] = WeakKeyDictionary()  # a user's file is read anew for each world
_compiled_forms: dict[Callable[..., Any], Callable[..., Any]] = {}
_stand_ins: dict[Callable[..., Any], str] = {}


def rule(function: F) -> F:
    """Mark a function as a rule: pure arithmetic that plays the same interpreted and compiled."""
    _rules[function] = function.__name__
    return function


def compiled_as(form: Callable[..., Any]) -> Callable[[F], F]:
    """Mark a rule that looks things up when it is interpreted; compiled, ``form`` takes its place."""

    def mark(function: F) -> F:
        _compiled_forms[function] = form
        return rule(function)

    return mark


def compiled_form_of(function: Callable[..., Any]) -> Callable[..., Any]:
    """What takes a rule's place where it is compiled: mostly the rule itself."""
    return _compiled_forms.get(function, function)


def stands_for(numpy_name: str) -> Callable[[F], F]:
    """Mark a one-line helper whose compiled form is a NumPy conversion, such as ``uint64``."""

    def mark(function: F) -> F:
        _stand_ins[function] = numpy_name
        return function

    return mark


def every_rule() -> list[Callable[..., Any]]:
    """All functions marked as rules so far, by module and name."""
    return sorted(_rules, key=lambda f: (f.__module__, f.__qualname__))


def is_rule(function: Any) -> bool:
    """Whether it is a function marked as a rule."""
    return isinstance(function, FunctionType) and function in _rules


def jit_is_off() -> bool:
    """Whether the user has switched compilation off (``NUMBA_DISABLE_JIT=1``)."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


@cache
def compiled(function: F, instead: Instead = (), kept_as: str = "") -> F:
    """The rule, and all rules it calls, compiled; the rule itself where the JIT is off.

    With ``instead`` some of the rules it calls give way to others; ``kept_as`` is then a name that
    changes with their text, and with that of a rule that is not Wedge's own.

    Floating point stays strict: no reordering, no contraction, so that every result equals
    the interpreted one to the last bit. What was compiled is kept on disk, in a folder named
    by the hash of the rules' text, because Numba would not notice an edit in an imported file.
    """
    if jit_is_off():
        return function
    from wedge.engine.model.kernel import entry_point

    return entry_point(
        _compiled_forms.get(function, function),
        partial(_twin, _compiled_forms | dict(instead)),
        _folder_to_keep_in(kept_as),
    )


def tried(function: Callable[..., Any], kept_as: str, *arguments: Any) -> tuple[Any, str]:
    """What a rule gives when it is compiled, and what hinders it from being compiled (or nothing)."""
    if jit_is_off():
        return None, "compiling is switched off"
    try:
        return compiled(function, (), kept_as)(*arguments), ""
    except Exception as error:
        if not type(error).__module__.startswith("numba."):
            raise
        return None, " ".join(str(error).split())


def _twin(
    instead: dict[Callable[..., Any], Callable[..., Any]],
    function: Callable[..., Any],
    part: Callable[[Callable[..., Any]], Any],
) -> FunctionType:
    """The same code in a copy of its module's names, in which the rules it calls are compiled parts."""
    names = dict(function.__globals__)
    for name in _names_in(function.__code__):
        called = names.get(name)
        if isinstance(called, FunctionType):
            called = instead.get(called, called)
        if isinstance(called, FunctionType) and called in _stand_ins:
            import numpy as np

            names[name] = getattr(np, _stand_ins[called])
        elif isinstance(called, FunctionType) and called in _rules:
            names[name] = part(called)
    twin = FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)
    twin.__qualname__ = function.__qualname__
    ours = function.__module__.startswith("wedge.")
    twin.__module__ = function.__module__ if ours else __name__  # kept code is read back where a user's file is unknown
    return twin


def _names_in(code: CodeType) -> set[str]:
    inner = [c for c in code.co_consts if isinstance(c, CodeType)]
    return set(code.co_names).union(*(_names_in(c) for c in inner))


@cache
def _folder() -> Path:
    """Where compiled code is kept: a folder for these rules and this version of Numba alone."""
    from wedge.engine.model.provenance import rules_hash

    home = Path(os.environ.get("WEDGE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "wedge" / f"rules-{rules_hash()[:16]}-numba-{version('numba')}"


def _folder_to_keep_in(name: str = "") -> Path | None:
    """The folder, or the one of that name in it, made if need be; None where nothing can be written."""
    folder = _folder() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def can_be_kept() -> bool:
    """Whether what is compiled now will still be there for another process."""
    return not jit_is_off() and _folder_to_keep_in() is not None


def is_compiled(function: Callable[..., Any], kept_as: str = "") -> bool:
    """Whether ``compiled(function)`` (or what was compiled of it under that name) can be called without waiting: it is on disk, or the JIT is off.

    Compiles nothing and does not import Numba. Only looks whether it is there, for whatever arguments.
    """
    if jit_is_off():
        return True
    python = f"py{sys.version_info[0]}{sys.version_info[1]}"
    name = f"{function.__module__.rpartition('.')[2]}.{function.__qualname__}"
    return any((_folder() / kept_as).glob(f"{name}-*.{python}*.nbi"))


def boxed(values: Any) -> Any:
    """A named tuple as compiled rules take it; unchanged where the JIT is off.

    A tuple of many arrays would be copied, field by field, at each of the thousand calls of a
    round; a record is passed by its address. It refers to the arrays it was made of.
    """
    if jit_is_off():
        return values
    from wedge.engine.model.records import Record
    from wedge.engine.model.setting import Setting

    return Record(values, fixed=isinstance(values, Setting))
