"""Compiling a translated rule and calling it with Python's own arguments."""

import ctypes
import hashlib
import os
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_c.kinds import BOOL, F64, I64, NOTHING, U64, Array, Kind, Record, Results, kind_of
from benchmarks.in_c.refusing import Refused
from benchmarks.in_c.translating import translated

# The same liberties that LLVM takes under Numba without fast-math, and no other: this processor's
# instructions; no errno, no floating-point traps. Contraction off, or a * b + c would be rounded once
# instead of twice and the bits would differ from those of the rules.
FLAGS = ("-std=c11", "-O3", "-march=native", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math")
FOLDER = Path(__file__).resolve().parents[2] / ".cache" / "benchmarks"
PLAIN: dict[Kind, Any] = {
    F64: ctypes.c_double, I64: ctypes.c_int64, U64: ctypes.c_uint64, BOOL: ctypes.c_bool, NOTHING: None,
}  # fmt: skip


class Built:
    """A rule in C, compiled for one choice of kinds of arguments."""

    def __init__(self, function: Callable[..., Any], kinds: list[Kind]) -> None:
        text, self.entry = translated(function, kinds)
        self.seconds, library = build(text, function.__name__)
        self.way_in = ctypes.CDLL(str(library)).way_in
        self.way_in.restype = c_type(self.entry.result)

    def __call__(self, *arguments: Any) -> Any:
        passed = [as_passed(value, kind) for value, kind in zip(arguments, self.kinds, strict=True)]
        found = self.way_in(*passed)
        if isinstance(self.entry.result, Results):
            return tuple(getattr(found, f"part{number}") for number in range(len(self.entry.result.parts)))
        return found

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of its parameters."""
        return list(self.entry.parameters.values())


def build(text: str, name: str, flags: tuple[str, ...] = FLAGS) -> tuple[float, Path]:
    """Compile a C file into a library, unless that has been done; the seconds it took and where it is."""
    compiler = os.environ.get("CC", "gcc")
    about = subprocess.run([compiler, "--version"], capture_output=True, text=True, check=True).stdout
    mark = hashlib.sha256("\0".join((text, about, *flags)).encode()).hexdigest()[:16]
    FOLDER.mkdir(parents=True, exist_ok=True)
    source, library = FOLDER / f"{name}-{mark}.c", FOLDER / f"{name}-{mark}.so"
    if library.exists():
        return 0.0, library
    source.write_text(text, encoding="utf-8")
    half = library.with_suffix(f".{os.getpid()}")
    began = time.perf_counter()
    command = [compiler, *flags, "-shared", "-fPIC", "-o", str(half), str(source), "-lm"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"{compiler} refused {source.name}:\n{done.stderr[:4000]}")
    half.replace(library)
    return time.perf_counter() - began, library


@cache
def c_type(kind: Kind) -> Any:
    """The ctypes of a kind."""
    if isinstance(kind, Array):
        return _structure(kind.c, [("at", ctypes.c_void_p), ("n", ctypes.c_int64 * kind.axes)])
    if isinstance(kind, Record):
        return _structure(kind.name, [(name, c_type(each)) for name, each in kind.fields])
    if isinstance(kind, Results):
        return _structure(kind.c, [(f"part{number}", c_type(each)) for number, each in enumerate(kind.parts)])
    return PLAIN[kind]


def _structure(name: str, fields: list[tuple[str, Any]]) -> Any:
    return type(name, (ctypes.Structure,), {"_fields_": fields})


def as_c(value: Any, kind: Kind) -> Any:
    """A Python value as a ctypes one; arrays stay where they are."""
    if isinstance(kind, Array):
        if not isinstance(value, np.ndarray) or kind_of(value) != kind or not value.flags.c_contiguous:
            raise Refused(f"not an array of {kind.c}, or not in one piece")
        return c_type(kind)(value.ctypes.data, value.shape)
    if isinstance(kind, Record):
        return c_type(kind)(*(as_c(each, of) for each, (_, of) in zip(value, kind.fields, strict=True)))
    return c_type(kind)(value.item() if isinstance(value, np.generic) else value)


def as_passed(value: Any, kind: Kind) -> Any:
    """A Python value as an argument of the way in."""
    made = as_c(value, kind)
    return ctypes.byref(made) if isinstance(kind, Array | Record) else made


def in_c(function: Callable[..., Any]) -> Callable[..., Any]:
    """The rule in C: translated and compiled when it is first called with arguments of some kinds."""

    built: dict[tuple[Kind, ...], Built] = {}

    def call(*arguments: Any) -> Any:
        kinds = tuple(kind_of(argument) for argument in arguments)
        if kinds not in built:
            built[kinds] = Built(function, list(kinds))
        return built[kinds](*arguments)

    return call
