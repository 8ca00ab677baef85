"""Checks of numbers: distributions that make sense and stay within bounds."""

import math
from collections.abc import Iterable
from typing import Any

from wedge.engine.model import setting as s
from wedge.engine.model.numbers import Number
from wedge.engine.scenario.blueprint import Blueprint, Entry
from wedge.engine.scenario.problems import shown
from wedge.engine.scenario.quantities import Bounded, Choice, Lognormal, Normal, Triangular, Uniform
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.tree import Path

LEAST_SHARE = 1e-6  # of a distribution that must lie between its min and max
WIDEST_LOG = 50.0
CALLED = {"threshold": "this threshold", "effect": "this change"}


def check_ranges(plan: Blueprint, report: Reporter) -> None:
    """Report numbers that cannot be."""
    entries = {entry.path: entry for entry in plan.entries}
    for entry in plan.entries:
        if entry.quantity is not None and report.is_sound(entry.where) and is_possible(entry, report):
            is_within(entry, entry.number, report)
    for row in plan.effects:
        entry = entries[f"events.{row.event}.effects.{row.where[3]}"]
        if row.kind == s.CHANGE_TO and isinstance(row.target, str) and report.is_sound(entry.where):
            target = entries.get(row.target)
            if target is not None:
                is_within(entry, target.number, report, row.target)


def is_possible(entry: Entry, report: Reporter) -> bool:
    """Whether a number can be drawn at all; if not, that is reported."""
    if isinstance(entry.quantity, Choice):
        each_number_once(entry.quantity.choice, (*entry.where, "choice"), report)
    said = fault(entry.quantity)
    if said is not None:
        report.error(entry.where, *said)
    return said is None


def each_number_once(keys: Iterable[str], where: Path, report: Reporter) -> None:
    """Report keys that are the same number, such as 1 and 1.0."""
    seen: dict[float, str] = {}
    for key in keys:
        first = seen.setdefault(float(key), key)
        if first != key:
            report.error(
                (*where, key), f"{shown(key)} is the same number as {shown(first)}", "remove one of them", at_key=True
            )


def fault(quantity: Any) -> tuple[str, str] | None:
    """What is wrong with a distribution, and the cure; None if nothing is."""
    if isinstance(quantity, Uniform):
        low, high = quantity.uniform
        if low == high:
            return f"a uniform distribution from {low:g} to {high:g} is a plain number", f"write {low:g}"
        return ("a uniform distribution runs from low to high", f"write [{high:g}, {low:g}]") if low > high else None
    if isinstance(quantity, Triangular):
        low, mode, high = quantity.triangular
        if low == high:
            return f"a triangular distribution from {low:g} to {high:g} is a plain number", f"write {low:g}"
        if not low <= mode <= high:
            return "a triangular distribution is [lowest, most likely, highest]", f"write {sorted(quantity.triangular)}"
        return None
    if isinstance(quantity, Choice):
        return choice_fault(quantity)
    return tailed_fault(quantity) if isinstance(quantity, Bounded) else None


def choice_fault(quantity: Choice) -> tuple[str, str] | None:
    """What is wrong with the weights of a choice."""
    if any(weight < 0 for weight in quantity.choice.values()):
        return "a weight is negative", "weights say how often a value is chosen: 0 or more"
    if sum(quantity.choice.values()) <= 0:
        return "all weights are 0", "give some value a weight"
    return None


def tailed_fault(quantity: Bounded) -> tuple[str, str] | None:
    """What is wrong with a normal or lognormal distribution."""
    mean, deviation = (
        quantity.normal
        if isinstance(quantity, Normal)
        else quantity.lognormal
        if isinstance(quantity, Lognormal)
        else (0, 1)
    )
    if deviation <= 0:
        return f"a standard deviation of {deviation:g}", "it must be above 0; write a plain number if nothing varies"
    low, high = quantity.min, quantity.max
    if low is not None and high is not None and low >= high:
        return f"min ({low:g}) is not below max ({high:g})", "exchange them, or write a plain number"
    if isinstance(quantity, Lognormal):
        if abs(mean) > WIDEST_LOG or deviation > WIDEST_LOG:
            return (
                "a lognormal distribution beyond all measure",
                "its two numbers are mean and deviation of the logarithm",
            )
        if high is not None and high <= 0:
            return f"a lognormal number is above 0, and max is {high:g}", "raise max"
        low = math.log(low) if low is not None and low > 0 else None
        high = math.log(high) if high is not None else None
    share = below((high - mean) / deviation if high is not None else math.inf)
    share -= below((low - mean) / deviation if low is not None else -math.inf)
    if share < LEAST_SHARE:
        return "next to nothing of this distribution lies between its min and max", "move its mean, or min and max"
    return None


def below(x: float) -> float:
    """The share of a standard normal below x."""
    return 0.5 * math.erfc(-x / math.sqrt(2.0))


def is_within(entry: Entry, number: Number, report: Reporter, called: str = "") -> None:
    """Report a number if a draw can leave its bounds. ``called`` names it."""
    called = called or CALLED.get(number.name, entry.path)
    draw = entry.drawn()
    under, over = draw.lowest < number.low, draw.highest > number.high
    if not under and not over:
        return
    bounds = f"{number.low:g} to {number.high:g}" if number.high < math.inf else f"at least {number.low:g}"
    if isinstance(entry.quantity, Bounded) and (
        math.isinf(draw.lowest) or math.isinf(draw.highest) or draw.lowest == 0.0
    ):
        cut = [f"`min: {number.low:g}`"] if under else []
        cut += [f"`max: {number.high:g}`"] if over else []
        message = f"the tails of this distribution leave the bounds of {called} ({bounds})"
        report.error(entry.where, message, f"add {' and '.join(cut)}, or something between")
        return
    value = draw.lowest if under else draw.highest
    can = "can be" if draw.lowest != draw.highest else "is"
    message = f"{called} {can} {value:g}, and must be {bounds}"
    report.error(
        entry.where,
        message,
        f"keep it {'at or above' if under else 'at or below'} {number.low if under else number.high:g}",
    )
