"""How compiled rules see the named tuples of arrays: as records, passed by address.

A record is a row of 64-bit words, ``[address, length, length, …]`` for an array and the value itself
for a number. Only plain C-ordered arrays go in, indices are not checked and count from 0, nothing is
counted or freed; whoever makes a record keeps its arrays alive. So a rule that reads
``w.tie[COMMITMENT_NOW, i, j, lane]`` compiles to the few instructions that a C programmer would write.
"""

import operator
from typing import Any

import numpy as np
from numba.core import cgutils, types
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
from numba.core.types.containers import BaseTuple, UniTuple
from numba.core.typing.templates import AbstractTemplate, AttributeTemplate, infer_global, signature
from numba.np.numpy_support import from_dtype

WORD = cgutils.intp_t


class FieldType(types.Type):
    """An array inside a record. A ``fixed`` one is never written to."""

    def __init__(self, dtype: Any, ndim: int, fixed: bool) -> None:
        self.dtype, self.ndim, self.fixed = dtype, ndim, fixed
        super().__init__(name=f"field({dtype}, {ndim}, {fixed})")


class RecordType(types.Type):
    """A record: the type of each field, and the word at which it starts."""

    def __init__(self, kind: str, fields: tuple[tuple[str, Any], ...]) -> None:
        self.places: dict[str, tuple[Any, int]] = {}
        start = 0
        for name, field in fields:
            self.places[name] = (field, start)
            start += 1 + (field.ndim if isinstance(field, FieldType) else 0)
        super().__init__(name=f"record({kind}, {fields})")


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
        return UniTuple(types.int64, kind.ndim)


@lower_getattr(FieldType, "shape")
def _shape_of(context: Any, builder: Any, kind: Any, field: Any) -> Any:
    lengths = [_word(builder, field, 1 + axis) for axis in range(kind.ndim)]
    return context.make_tuple(builder, UniTuple(types.int64, kind.ndim), lengths)


def _indices(index: Any) -> tuple[Any, ...]:
    """The types of the indices between the brackets."""
    return tuple(index.types) if isinstance(index, BaseTuple) else (index,)


@infer_global(operator.getitem)
class _GetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        field, index = args
        if not isinstance(field, FieldType) or not all(isinstance(one, types.Integer) for one in _indices(index)):
            return None
        left = field.ndim - len(_indices(index))
        return signature(FieldType(field.dtype, left, field.fixed) if left else field.dtype, field, index)


@infer_global(operator.setitem)
class _SetItem(AbstractTemplate):
    def generic(self, args: Any, kws: Any) -> Any:
        field, index, _ = args
        if not isinstance(field, FieldType) or field.ndim != len(_indices(index)):
            return None
        return signature(types.void, field, index, field.dtype)


def _cell(context: Any, builder: Any, kind: Any, field: Any, numbers: list[Any]) -> Any:
    """The address of one cell, or of the first cell of what is left when there are fewer numbers than axes."""
    place = numbers[0]
    for axis in range(1, kind.ndim):
        place = builder.mul(place, _word(builder, field, 1 + axis), flags=["nsw"])
        if axis < len(numbers):
            place = builder.add(place, numbers[axis], flags=["nsw"])
    start = builder.inttoptr(_word(builder, field, 0), context.get_data_type(kind.dtype).as_pointer())
    return builder.gep(start, [place], inbounds=True)


def _numbers(context: Any, builder: Any, kind: Any, index: Any) -> list[Any]:
    parts = cgutils.unpack_tuple(builder, index) if isinstance(kind, BaseTuple) else [index]
    return [context.cast(builder, part, one, types.int64) for part, one in zip(parts, _indices(kind), strict=True)]


@lower_builtin(operator.getitem, FieldType, types.Integer)
@lower_builtin(operator.getitem, FieldType, BaseTuple)
def _get(context: Any, builder: Any, sig: Any, args: Any) -> Any:
    kind, index = sig.args
    numbers = _numbers(context, builder, index, args[1])
    cell = _cell(context, builder, kind, args[0], numbers)
    if len(numbers) == kind.ndim:
        load = builder.load(cell)
        return _fixed(builder, load) if kind.fixed else load
    rest = cgutils.alloca_once(builder, WORD, 1 + kind.ndim - len(numbers))
    builder.store(builder.ptrtoint(cell, WORD), rest)
    for place, axis in enumerate(range(len(numbers), kind.ndim)):
        builder.store(_word(builder, args[0], 1 + axis), builder.gep(rest, [WORD(1 + place)]))
    return rest


@lower_builtin(operator.setitem, FieldType, types.Integer, types.Any)
@lower_builtin(operator.setitem, FieldType, BaseTuple, types.Any)
def _set(context: Any, builder: Any, sig: Any, args: Any) -> None:
    kind, index, _ = sig.args
    builder.store(args[2], _cell(context, builder, kind, args[0], _numbers(context, builder, index, args[1])))
