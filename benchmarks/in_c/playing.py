"""Worlds played by the rules in C, through the batch driver's own lines."""

from functools import cache
from types import FunctionType
from typing import Any

from benchmarks.in_c.building import in_c
from wedge.engine.simulation import batch


@cache
def _driver() -> Any:
    """The batch driver, in a copy of its module's names where compiling means C and nothing need be boxed."""
    names = vars(batch) | {"compiled": cache(in_c), "boxed": _as_it_is}
    driver = batch.play_batch
    return FunctionType(driver.__code__, names, driver.__name__, driver.__defaults__, driver.__closure__)


def _as_it_is(values: Any) -> Any:
    return values


def play_batch_in_c(*arguments: Any, **named: Any) -> Any:
    """What ``wedge.engine.simulation.batch.play_batch`` does, with the rules compiled by a C compiler."""
    return _driver()(*arguments, **named)
