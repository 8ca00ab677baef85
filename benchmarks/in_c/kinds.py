"""Kinds of values, and how each is written in C."""

from dataclasses import dataclass
from typing import Any, TypeAlias, get_type_hints

import numpy as np

from benchmarks.in_c.refusing import Refused


@dataclass(frozen=True)
class Scalar:
    """A number or a truth value."""

    c: str


F64, I64, U64, BOOL, NOTHING = (Scalar(c) for c in ("double", "int64_t", "uint64_t", "bool", "void"))


@dataclass(frozen=True)
class Array:
    """A C-contiguous array, passed with its shape."""

    item: Scalar
    axes: int

    @property
    def c(self) -> str:
        return {"double": "Doubles", "int64_t": "Ints", "uint64_t": "Words"}[self.item.c] + str(self.axes)


@dataclass(frozen=True)
class Record:
    """A named tuple; one that holds arrays is passed by reference, another by value."""

    name: str
    fields: "tuple[tuple[str, Kind], ...]"

    @property
    def by_reference(self) -> bool:
        return any(isinstance(kind, Array) for _, kind in self.fields)

    @property
    def c(self) -> str:
        return f"{self.name} *" if self.by_reference else self.name

    def kind_of(self, field: str) -> "Kind":
        return dict(self.fields)[field]


@dataclass(frozen=True)
class Results:
    """Several results of one function."""

    parts: "tuple[Kind, ...]"

    @property
    def c(self) -> str:
        return "And".join(part.c.removesuffix("_t").capitalize() for part in self.parts)


Kind: TypeAlias = Scalar | Array | Record | Results
OF_HINT = {float: F64, bool: BOOL, int: I64}
OF_DTYPE = {"float64": F64, "int64": I64, "uint64": U64}


def kind_of(value: Any) -> Kind:
    """The kind of a Python value, as an argument."""
    if isinstance(value, np.ndarray):
        return Array(OF_DTYPE[value.dtype.name], value.ndim)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return Record(type(value).__name__, tuple((f, kind_of(v)) for f, v in zip(value._fields, value, strict=True)))
    if isinstance(value, bool | np.bool_):
        return BOOL
    if isinstance(value, np.uint64):
        return U64
    if isinstance(value, int | np.integer):
        return I64 if value < 2**63 else U64
    if isinstance(value, float):
        return F64
    raise Refused(f"no kind for {type(value).__name__}")


def record_of(cls: type) -> Record:
    """The kind of a named tuple whose fields are all scalars, from its hints."""
    return Record(cls.__name__, tuple((name, OF_HINT[hint]) for name, hint in get_type_hints(cls).items()))


def is_record_class(thing: Any) -> bool:
    """Whether this is the class of a named tuple."""
    return isinstance(thing, type) and issubclass(thing, tuple) and hasattr(thing, "_fields")


def as_parameter(hint: Any, given: Kind) -> Kind:
    """The kind of a parameter with that hint, given an argument of that kind. An int may be a 64-bit word."""
    if is_record_class(hint):
        return record_of(hint)
    if hint in (float, bool):
        return OF_HINT[hint]
    if hint is int:
        return U64 if given == U64 else I64
    return given


def joined(a: Kind | None, b: Kind) -> Kind:
    """The kind that holds both: a truth value widens to a whole number, that to a float."""
    if a is None or a == b:
        return b
    for wide in (F64, I64):
        if wide in (a, b) and {a, b} <= {BOOL, I64, wide}:
            return wide
    raise Refused(f"one name for a {a.c} and a {b.c}")
