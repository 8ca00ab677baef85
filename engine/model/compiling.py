"""Rules are written once: played as plain Python, or compiled on demand with the same bits.

``@rule`` only remembers a function. Nothing is compiled, and Numba is not imported, until
somebody asks for ``compiled(function)``: then the function and every rule it calls are given
to Numba, each in a copy of its module's names where the rules it calls are the compiled ones.
So both forms live side by side in one process and can be compared.
"""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_rules: dict[Callable[..., Any], str] = {}
_stand_ins: dict[Callable[..., Any], str] = {}


def rule(function: F) -> F:
    """Mark a function as a rule: pure arithmetic that plays the same interpreted and compiled."""
    _rules[function] = function.__name__
    return function


def stands_for(numpy_name: str) -> Callable[[F], F]:
    """Mark a one-line helper whose compiled form is a NumPy conversion, such as ``uint64``."""

    def mark(function: F) -> F:
        _stand_ins[function] = numpy_name
        return function

    return mark


def every_rule() -> list[Callable[..., Any]]:
    """All functions marked as rules so far, by module and name."""
    return sorted(_rules, key=lambda f: (f.__module__, f.__qualname__))


def jit_is_off() -> bool:
    """Whether the user has switched compilation off (``NUMBA_DISABLE_JIT=1``)."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


@cache
def compiled(function: F) -> F:
    """The rule, and all rules it calls, compiled; the rule itself where the JIT is off.

    Floating point stays strict: no reordering, no contraction, so that every result equals
    the interpreted one to the last bit. What was compiled is kept on disk, in a folder named
    by the hash of the rules' text, because Numba would not notice an edit in an imported file.
    """
    if jit_is_off():
        return function
    return _given_to_numba(function, {"cache": _keep_compiled_code()})


@cache
def _part(function: Callable[..., Any]) -> Any:
    """A rule that only other compiled rules call: it needs no way in from Python."""
    if function in _stand_ins:
        import numpy as np

        return getattr(np, _stand_ins[function])
    return _given_to_numba(function, {"no_cpython_wrapper": True, "no_cfunc_wrapper": True})


def _given_to_numba(function: Callable[..., Any], options: dict[str, bool]) -> Any:
    import numba

    names = dict(function.__globals__)
    for name in _names_in(function.__code__):
        called = names.get(name)
        if isinstance(called, FunctionType) and (called in _rules or called in _stand_ins):
            names[name] = _part(called)
    twin = FunctionType(function.__code__, names, function.__name__, function.__defaults__, function.__closure__)
    twin.__qualname__ = function.__qualname__
    twin.__module__ = function.__module__
    return numba.njit(nogil=True, error_model="numpy", fastmath=False, **options)(twin)


def _names_in(code: CodeType) -> set[str]:
    inner = [c for c in code.co_consts if isinstance(c, CodeType)]
    return set(code.co_names).union(*(_names_in(c) for c in inner))


@cache
def _keep_compiled_code() -> bool:
    """Point Numba's cache at a folder of these rules alone; False where no such folder can be written."""
    import numba

    from wedge.engine.model.provenance import rules_hash

    home = Path(os.environ.get("WEDGE_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = home / "wedge" / f"rules-{rules_hash()[:16]}-numba-{numba.__version__}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    numba.config.CACHE_DIR = str(folder)
    return os.access(folder, os.W_OK)


@cache
def box_of(kind: type) -> Any:
    """A compiled record with the fields of a named tuple, passed to compiled rules by reference.

    A tuple of many arrays would be copied, field by field, at each of the thousand calls of a
    round: measured, that is thirty times slower to run and six times slower to compile.
    """
    from numba.core import types
    from numba.experimental import structref

    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]
    struct: Any = types
    name = f"{kind.__name__}Record"
    made = type(name, (struct.StructRef,), {"__module__": __name__, "__qualname__": name})
    globals()[name] = made  # found by its name, so that what one process compiled serves the next
    record = structref.register(made)
    box = type(kind.__name__, (structref.StructRefProxy,), {"__new__": _new_box})
    structref.define_proxy(box, record, list(fields))
    return box


def _new_box(cls: Any, *values: Any) -> Any:
    from numba.experimental import structref

    return structref.StructRefProxy.__new__(cls, *values)


def boxed(values: Any) -> Any:
    """A named tuple as compiled rules take it; unchanged where the JIT is off."""
    if jit_is_off():
        return values
    kind: type = type(values)
    return box_of(kind)(*values)
