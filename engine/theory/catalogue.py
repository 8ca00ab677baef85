"""All checks, in the order in which they are told; and the numbers that a user gives one."""

import math
from collections.abc import Sequence

from wedge.engine.scenario.problems import meant, shown
from wedge.engine.theory.checks import (
    audience,
    baron_ferejohn,
    concession,
    group_decision,
    landscape,
    powell,
    risk_return,
    rubinstein,
    sequencing,
    solutions,
    stahl,
)
from wedge.engine.theory.checks.check import Check, Parameter

CHECKS: tuple[Check, ...] = (
    stahl.CHECK,
    sequencing.CHECK,
    landscape.CHECK,
    concession.CHECK,
    risk_return.CHECK,
    group_decision.CHECK,
    rubinstein.CHECK,
    baron_ferejohn.CHECK,
    solutions.CHECK,
    powell.CHECK,
    audience.CHECK,
)
BY_NAME = {check.name: check for check in CHECKS}


class TheoryError(Exception):
    """Something that cannot be checked. Its text says what, ``help`` what would do."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message)
        self.help = cure


def check_named(name: str) -> Check:
    """The check of that name. Raises TheoryError."""
    if name not in BY_NAME:
        raise TheoryError(f"there is no check {shown(name)}", meant(name, list(BY_NAME)) or "see `wedge theory --help`")
    return BY_NAME[name]


def numbers_given(check: Check, sets: Sequence[str]) -> dict[str, float]:
    """The parameters in texts such as ``d1=0.9``. Raises TheoryError."""
    given: dict[str, float] = {}
    for text in sets:
        name, sign, value = text.partition("=")
        name = name.strip()
        if not sign:
            raise TheoryError(f"{shown(text)} is not a parameter with its value", "write it as NAME=VALUE")
        if not check.parameters:
            raise TheoryError(f"{check.name} takes no parameters", "leave --set out")
        if name not in check.parameters:
            known = list(check.parameters)
            raise TheoryError(
                f"{check.name} takes no {shown(name)}", meant(name, known) or f"it takes {', '.join(known)}"
            )
        if name in given:
            raise TheoryError(f"{name} is given twice", "give it once")
        given[name] = _number(name, value.strip(), check.parameters[name])
    if given and check.refuses is not None:
        why = check.refuses(check.numbers(given))
        if why:
            raise TheoryError(
                why, f"{check.name} takes " + "; ".join(_told(*entry) for entry in check.parameters.items())
            )
    return given


def _number(name: str, text: str, parameter: Parameter) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or not parameter.low <= value <= parameter.high:
        raise TheoryError(f"{shown(text)} will not do for {name}", _told(name, parameter))
    if parameter.whole and not value.is_integer():
        raise TheoryError(
            f"{shown(text)} will not do for {name}", f"{_told(name, parameter)}; a whole number is wanted"
        )
    return value


def _told(name: str, parameter: Parameter) -> str:
    return f"{name}, {parameter.low:g} to {parameter.high:g}: {parameter.meaning}"
