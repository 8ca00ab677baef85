"""How compiled rules see the named tuples of arrays: as records, passed by address.

A record is a row of 64-bit words, ``[address, length, length, …]`` for an array and the value itself
for a number. Only plain C-ordered arrays go in, indices are not checked and count from 0, nothing is
counted or freed; whoever makes a record keeps its arrays alive. So a rule that reads
``w.tie[COMMITMENT_NOW, i, j, lane]`` compiles to the few instructions that a C programmer would write.
"""

from hashlib import sha256
from typing import Any

import numpy as np
from numba.core import cgutils, types
from numba.core import ir as numba_ir
from numba.core.cgutils import ir
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.datamodel import models
from numba.core.extending import (
    NativeValue,
    infer_getattr,
    lower_builtin,
    lower_getattr,
    lower_getattr_generic,
    register_model,
    unbox,
)  # fmt: skip
from numba.core.types.misc import VarArg
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.np.numpy_support import from_dtype

WORD = cgutils.intp_t


class FieldType(types.Type):
    """An array inside a record. A ``fixed`` one is never written to."""

    def __init__(self, dtype: Any, ndim: int, fixed: bool) -> None:
        self.dtype, self.ndim, self.fixed = dtype, ndim, fixed
        super().__init__(name=f"{dtype}x{ndim}{'f' if fixed else ''}")


class RecordType(types.Type):
    """A record: the type of each field, and the word at which it starts."""

    def __init__(self, kind: str, fields: tuple[tuple[str, Any], ...]) -> None:
        self.places: dict[str, tuple[Any, int]] = {}
        start = 0
        for name, field in fields:
            self.places[name] = (field, start)
            start += 1 + (field.ndim if isinstance(field, FieldType) else 0)
        names = sha256(repr(fields).encode()).hexdigest()[:8]  # a long name would stand in that of every rule
        super().__init__(name=f"{kind}_{names}")


class Record:
    """A named tuple of C-ordered arrays and numbers as compiled rules take it."""

    def __init__(self, values: Any, fixed: bool) -> None:
        self.kept = values
        fields: list[tuple[str, Any]] = []
        words: list[int] = []
        for name, value in zip(values._fields, values, strict=True):
            if isinstance(value, np.ndarray):
                assert value.flags.c_contiguous, name
                fields.append((name, FieldType(from_dtype(value.dtype), value.ndim, fixed)))
                words += [value.ctypes.data, *value.shape]
            else:
                real = isinstance(value, float)
                fields.append((name, types.float64 if real else types.int64))
                words.append(int(np.float64(value).view(np.int64)) if real else int(value))
        self.words = np.array(words, dtype=np.int64)
        self.address = self.words.ctypes.data
        self._numba_type_ = RecordType(type(values).__name__, tuple(fields))


@register_model(RecordType)
@register_model(FieldType)
class _AddressModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, WORD.as_pointer())


@unbox(RecordType)
def _unbox_record(kind: Any, record: Any, c: Any) -> Any:
    number = c.pyapi.object_getattr_string(record, "address")
    address = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(c.builder.bitcast(address, WORD.as_pointer()))


@infer_getattr
class _RecordAttribute(AttributeTemplate):
    key = RecordType

    def generic_resolve(self, kind: Any, name: str) -> Any:
        return kind.places[name][0] if name in kind.places else None


@lower_getattr_generic(RecordType)
def _field_of(context: Any, builder: Any, kind: Any, record: Any, name: str) -> Any:
    field, start = kind.places[name]
    place = builder.gep(record, [WORD(start)])
    if isinstance(field, FieldType):
        return place
    word = _fixed(builder, builder.load(place))
    return builder.bitcast(word, context.get_value_type(field)) if field == types.float64 else word


def _fixed(builder: Any, load: Any) -> Any:
    """Say that what was loaded is never written while the kernel runs, so that it need not be loaded again."""
    load.set_metadata("invariant.load", builder.module.add_metadata([]))
    return load


def _word(builder: Any, field: Any, which: int) -> Any:
    return _fixed(builder, builder.load(builder.gep(field, [WORD(which)])))


@infer_getattr
class _FieldAttribute(AttributeTemplate):
    key = FieldType

    def resolve_shape(self, kind: Any) -> Any:
        return FieldType(types.int64, 1, True)


@lower_getattr(FieldType, "shape")
def _shape_of(context: Any, builder: Any, kind: Any, field: Any) -> Any:
    """The lengths, as a field of their own: they lie beside the address."""
    start = builder.ptrtoint(builder.gep(field, [WORD(1)]), WORD)
    place = cgutils.alloca_once(builder, WORD)
    builder.store(start, place)
    return place


def read(field: Any, *numbers: int) -> Any:
    """Stands for ``field[numbers]`` where rules are compiled."""


def write(field: Any, value: Any, *numbers: int) -> None:
    """Stands for ``field[numbers] = value`` where rules are compiled."""


@infer_global(read)
class _Read(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        field, *numbers = args
        left = field.ndim - len(numbers)
        kind = FieldType(field.dtype, left, field.fixed) if left else field.dtype
        return signature(kind, field, *(types.int64 for _ in numbers))


@infer_global(write)
class _Write(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        field, _, *numbers = args
        return signature(types.void, field, field.dtype, *(types.int64 for _ in numbers))


@lower_builtin(read, FieldType, VarArg(types.Any))
def _read(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind, numbers = sig.args[0], args[1:]
    cell = _cell(context, builder, kind, args[0], numbers)
    if len(numbers) == kind.ndim:
        load = builder.load(cell)
        return _fixed(builder, load) if kind.fixed else load
    rest = cgutils.alloca_once(builder, WORD, 1 + kind.ndim - len(numbers))
    builder.store(builder.ptrtoint(cell, WORD), rest)
    for place, axis in enumerate(range(len(numbers), kind.ndim)):
        builder.store(_word(builder, args[0], 1 + axis), builder.gep(rest, [WORD(1 + place)]))
    return rest


@lower_builtin(write, FieldType, types.Any, VarArg(types.Any))
def _write(context: Any, builder: Any, sig: Any, args: Any) -> None:
    builder.store(args[1], _cell(context, builder, sig.args[0], args[0], args[2:]))


def _cell(context: Any, builder: Any, kind: Any, field: Any, numbers: Any) -> Any:
    """The address of one cell, or of the first cell of what is left when there are fewer numbers than axes."""
    value = context.get_data_type(kind.dtype)
    shape = ir.FunctionType(value.as_pointer(), [field.type] + [WORD] * len(numbers))
    finder = cgutils.get_or_insert_function(builder.module, shape, f"cell_{kind.dtype}_{kind.ndim}_{len(numbers)}")
    if finder.is_declaration:
        _find_cell(finder, value, kind.ndim)
    return builder.call(finder, [field, *numbers])


def _find_cell(finder: Any, value: Any, ndim: int) -> None:
    """Fill in the function that finds a cell; it is inlined wherever it is called."""
    finder.linkage = "linkonce_odr"
    finder.attributes.add("alwaysinline")
    field, *numbers = finder.args
    builder = ir.IRBuilder(finder.append_basic_block())
    place = numbers[0]
    for axis in range(1, ndim):
        place = builder.mul(place, _word(builder, field, 1 + axis), flags=["nsw"])
        if axis < len(numbers):
            place = builder.add(place, numbers[axis], flags=["nsw"])
    start = builder.inttoptr(_word(builder, field, 0), value.as_pointer())
    builder.ret(builder.gep(start, [place], inbounds=True))


@register_pass(mutates_CFG=False, analysis_only=False)
class CellsByCall(FunctionPass):
    """Says the reading and writing of cells as calls of ``read`` and ``write``.

    Numba would look for the meaning of brackets among all that brackets can mean, thousands of times.
    """

    _name = "cells_by_call"

    def __init__(self) -> None:
        super().__init__()

    def run_pass(self, state: Any) -> bool:
        first = min(state.func_ir.blocks)
        calls: dict[Any, Any] = {}
        for block in state.func_ir.blocks.values():
            block.body = [_as_call(state, one, block.scope, calls) for one in block.body]
        entry = state.func_ir.blocks[first]
        for function, name in calls.items():
            entry.prepend(numba_ir.Assign(numba_ir.Global(function.__name__, function, entry.loc), name, entry.loc))
        return True


def _as_call(state: Any, one: Any, scope: Any, calls: dict[Any, Any]) -> Any:
    writes = isinstance(one, numba_ir.SetItem)
    reads = isinstance(one, numba_ir.Assign) and getattr(one.value, "op", "") == "getitem"
    held = one.target if writes else one.value.value if reads else None
    if held is None or not _is_field(state, held):
        return one
    function = write if writes else read
    if function not in calls:
        calls[function] = scope.redefine(f"${function.__name__}", one.loc)
    index = one.index if writes else one.value.index
    parts = _definition(state, index)
    numbers = parts.items if getattr(parts, "op", "") == "build_tuple" else [index]
    given = [held, one.value, *numbers] if writes else [held, *numbers]
    call = numba_ir.Expr.call(calls[function], given, (), one.loc)
    target = scope.redefine("$written", one.loc) if writes else one.target
    return numba_ir.Assign(call, target, one.loc)


def _is_field(state: Any, name: Any) -> bool:
    """Whether a name stands for an array of a record: an argument that is one, or a part of an argument."""
    what = _definition(state, name)
    if isinstance(what, numba_ir.Arg):
        return isinstance(state.args[what.index], FieldType | RecordType)
    return getattr(what, "op", "") == "getattr" and _is_field(state, what.value)


def _definition(state: Any, name: Any) -> Any:
    """What a name stands for; None if that changes."""
    try:
        return state.func_ir.get_definition(name)
    except KeyError:
        return None
