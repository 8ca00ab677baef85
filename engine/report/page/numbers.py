"""Numbers on the page: each says of what it is, so that it can be computed again from the tables.

``<data value="0.0357" data-of="territory_first/shares.alliances.western.fractured.share">3.6 %</data>``
reads: of the experiment labelled territory_first, the share of worlds in which the western alliance
fractured. A pair of experiments is written ``a~b``.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from wedge.engine.scenario.problems import escaped


class Number(NamedTuple):
    """A number as it is read, as it is, and what it is of."""

    text: str
    value: float | None
    of: str

    def __html__(self) -> str:
        """As an element; templates put it in as it is."""
        if self.value is None or math.isnan(self.value):
            return str(escape(self.text))
        return Markup('<data value="{}" data-of="{}">{}</data>').format(repr(self.value), self.of, self.text)


class Code(NamedTuple):
    """The code of a run that can be played again."""

    text: str

    def __html__(self) -> str:
        """As code that may be broken over lines."""
        return Markup('<code class="run">{}</code>').format(self.text)


Part = str | Number | Code
Sentence = list[Part]


def share(value: float, of: str) -> Number:
    """A share in per cent, as a number."""
    return Number(in_percent(value), _plain(value), of)


def in_percent(value: float) -> str:
    """A share in per cent, to one decimal; to two near none and near all; none and all are said plainly.

    >>> in_percent(0.2154), in_percent(0.0061), in_percent(0.9999), in_percent(0.0), in_percent(float("nan"))
    ('21.5 %', '0.61 %', '99.99 %', '0 %', '–')
    """
    if value != value:
        return "–"
    digits = 0 if value in (0, 1) else 2 if value < 0.01 or value > 0.99 else 1
    return f"{100 * value:.{digits}f} %"


def in_points(value: float, of: str) -> Number:
    """A difference of shares in percentage points, with its sign."""
    text = "–" if value != value else f"{100 * value:+.{2 if 0 < abs(value) < 0.01 else 1}f}"
    return Number(text, _plain(value), of)


def count(value: float, of: str) -> Number:
    """A whole number."""
    return Number(f"{value:,.0f}", int(value), of)


def plain(value: float, of: str, digits: int = 3, sign: bool = False) -> Number:
    """A number with so many significant digits."""
    text = "–" if value != value else f"{value:{'+' if sign else ''}.{digits}g}"
    return Number(text, _plain(value), of)


def day(value: float, of: str) -> Number:
    """A day of the talks, whole."""
    return Number("–" if value != value else f"{value:.0f}", _plain(value), of)


def interval(row: Mapping[str, Any], of: str, said: Any = share) -> Sentence:
    """Such as (19.8 % to 23.3 %)."""
    return ["(", said(row["low"], f"{of}.low"), " to ", said(row["high"], f"{of}.high"), ")"]


def with_interval(row: Mapping[str, Any], of: str) -> Sentence:
    """Such as 21.5 % (19.8 % to 23.3 %)."""
    return [share(row["share"], f"{of}.share"), " ", *interval(row, of)]


def codes(some: Iterable[str]) -> Sentence:
    """Codes of runs in a row."""
    said: Sentence = []
    for code in some:
        said += [", ", Code(escaped(code))] if said else [Code(escaped(code))]
    return said


def _plain(value: float) -> float:
    return float(value)
