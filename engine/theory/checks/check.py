"""What a check is: games or models, each with what is expected of it and what was found."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Value = float | str
DERIVED, PUBLISHED, COUNTED = (
    "derived",
    "published",
    "counted",
)  # a closed form, a printed digit, a share of many worlds
Numbers = Mapping[str, float]


class Row(NamedTuple):
    """One thing that is expected, and what was found."""

    case: str
    quantity: str
    expected: Value
    found: Value
    tolerance: float  # 0 where it must be the very same
    kind: str = DERIVED

    @property
    def error(self) -> float | None:
        """How far off; None where words are compared."""
        if isinstance(self.expected, str) or isinstance(self.found, str):
            return None
        return abs(self.found - self.expected)

    @property
    def passed(self) -> bool:
        """Whether it is as expected."""
        return self.expected == self.found if self.error is None else self.error <= self.tolerance

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return self._asdict() | {"error": self.error, "passed": self.passed}


class How(NamedTuple):
    """How games are played."""

    interpreted: bool = True  # where few rounds are played: as written; where many: compiled
    worlds: int = 4_000  # worlds in which chance is counted; 0 leaves that out
    seed: int = 7
    whole: bool = True  # whether the long tables are gone through


class Parameter(NamedTuple):
    """A number that a check takes."""

    default: float
    low: float
    high: float
    meaning: str
    whole: bool = False


class Case(NamedTuple):
    """A line of a published table: the parameters it differs in, and what is printed there."""

    parameters: Mapping[str, float]
    published: Mapping[str, Value] = {}
    digits: int = 6
    long: bool = False  # left out where the long tables are
    slack: bool = False  # published by other play: held to the tolerance of the row, not to the digits


@dataclass(frozen=True)
class Check:
    """A check. ``rows(parameters, how)`` plays one case and holds it against the closed form."""

    name: str
    title: str
    citation: str
    played: str
    rows: Callable[[Numbers, How], Iterator[Row]]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    table: tuple[Case, ...] = (Case({}),)
    once: Callable[[How], Iterator[Row]] | None = None  # what belongs to no single case
    refuses: Callable[[Numbers], str] | None = None  # why these numbers together will not do, or nothing

    def numbers(self, given: Mapping[str, float]) -> dict[str, float]:
        """All parameters: those given, else the defaults."""
        return {name: parameter.default for name, parameter in self.parameters.items()} | dict(given)

    def run(self, how: How, given: Mapping[str, float] | None = None) -> list[Row]:
        """The whole table; or one case with the parameters given. Raises NotSolved where a game cannot be solved."""
        if given:
            return list(self.rows(self.numbers(given), how))
        found: list[Row] = []
        for case in self.table:
            if case.long and not how.whole:
                continue
            rows = list(self.rows(self.numbers(case.parameters), how))
            found += rows
            found += [published(row, case) for row in rows if row.quantity in case.published]
        return found + (list(self.once(how)) if self.once is not None else [])


def published(row: Row, case: Case) -> Row:
    """The same held against what is printed, to the digits printed; chance keeps its own tolerance."""
    printed = case.published[row.quantity]
    tolerance = 0.0 if isinstance(printed, str) else 0.5000001 * 10.0**-case.digits
    if case.slack or row.kind == COUNTED:
        tolerance = max(tolerance, row.tolerance)
    kind = COUNTED if row.kind == COUNTED else PUBLISHED
    return Row(row.case, f"{row.quantity}, as published", printed, row.found, tolerance, kind)


def of(**numbers: float) -> str:
    """The case in a few words."""
    return ", ".join(f"{name}={value:g}" for name, value in numbers.items())


def three_errors(share: float, worlds: int) -> float:
    """Three standard errors of a share counted in so many worlds."""
    return float(3.0 * (max(0.0, share * (1.0 - share)) / worlds) ** 0.5)
