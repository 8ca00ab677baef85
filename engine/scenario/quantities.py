"""Numbers as a scenario writes them: plain, with a source, or as a distribution."""

import math
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from wedge.engine.scenario.fields import Prose, Strict, number_between, tag_of

# The kinds of ``Setting.drawn``.
FIXED, UNIFORM, NORMAL, LOGNORMAL, TRIANGULAR, CHOICE = range(6)
INF = math.inf


class Draw(NamedTuple):
    """How a number is drawn. ``shape`` is as in ``Setting.shape``; ``values`` are a choice's (value, share)."""

    kind: int
    shape: tuple[float, float, float, float, float]
    values: tuple[tuple[float, float], ...]
    lowest: float
    highest: float
    typical: float


class Told(Strict):
    """What any number may say about itself."""

    source: Prose | None = Field(
        default=None, description="Where the number comes from; without one it is a judgement."
    )
    note: Prose | None = Field(default=None, description="Anything else worth knowing about it.")


class Valued(Told):
    """A plain number that carries its source."""

    value: float = Field(description="The number.")

    def drawn(self) -> Draw:
        """The number itself in every world."""
        return fixed(self.value)


class Uniform(Told):
    """Any value between two, equally likely."""

    uniform: list[float] = Field(min_length=2, max_length=2, description="[lowest, highest]")

    def drawn(self) -> Draw:
        """Anything from the lowest to the highest."""
        low, high = self.uniform
        return Draw(UNIFORM, (low, high, 0.0, -INF, INF), (), low, high, (low + high) / 2)


class Bounded(Told):
    """A distribution with tails, which may be cut off."""

    min: float | None = Field(default=None, description="Nothing below this is drawn.")
    max: float | None = Field(default=None, description="Nothing above this is drawn.")


class Normal(Bounded):
    """The bell curve."""

    normal: list[float] = Field(min_length=2, max_length=2, description="[mean, standard deviation]")

    def drawn(self) -> Draw:
        """The bell curve between its bounds."""
        mean, deviation = self.normal
        low, high = -INF if self.min is None else self.min, INF if self.max is None else self.max
        return Draw(NORMAL, (mean, deviation, 0.0, low, high), (), low, high, min(max(mean, low), high))


class Lognormal(Bounded):
    """A positive number whose logarithm follows the bell curve."""

    lognormal: list[float] = Field(min_length=2, max_length=2, description="[mean, deviation] of its logarithm")

    def drawn(self) -> Draw:
        """Anything above 0, between its bounds."""
        mu, sigma = self.lognormal
        low, high = 0.0 if self.min is None else self.min, INF if self.max is None else self.max
        typical = math.exp(mu) if mu < 700 else INF
        return Draw(LOGNORMAL, (mu, sigma, 0.0, low, high), (), max(low, 0.0), high, min(max(typical, low), high))


class Triangular(Told):
    """Between two values, with one most likely."""

    triangular: list[float] = Field(min_length=3, max_length=3, description="[lowest, most likely, highest]")

    def drawn(self) -> Draw:
        """Anything from the lowest to the highest."""
        low, mode, high = self.triangular
        return Draw(TRIANGULAR, (low, mode, high, -INF, INF), (), low, high, mode)


Value = Annotated[str, AfterValidator(number_between(-1e300, 1e300, "a number"))]
Weight = Annotated[float, Field(le=1e15)]


class Choice(Told):
    """One of a few values, each with its weight."""

    choice: dict[Value, Weight] = Field(min_length=1, max_length=100, description="{value: weight, ...}")

    def drawn(self) -> Draw:
        """One of the values."""
        pairs = sorted((float(value), weight) for value, weight in self.choice.items())
        total, gone, shares = math.fsum(weight for _, weight in pairs), 0.0, []
        for value, weight in pairs:
            gone += weight
            shares.append((value, gone / total if total > 0 else 0.0))
        possible = [value for value, weight in pairs if weight > 0] or [0.0]
        typical = max(pairs, key=lambda pair: pair[1])[0]
        return Draw(CHOICE, (0.0, 0.0, 0.0, -INF, INF), tuple(shares), possible[0], possible[-1], typical)


FORMS: dict[str, type[BaseModel]] = {
    "value": Valued,
    "uniform": Uniform,
    "normal": Normal,
    "lognormal": Lognormal,
    "triangular": Triangular,
    "choice": Choice,
}


def form_of(data: Any) -> str | None:
    """Which form of number the data is; None if it is none of them."""
    return tag_of(data, FORMS) if isinstance(data, dict | BaseModel) else "~plain"


Quantity = TypeAliasType(
    "Quantity",
    Annotated[
        Annotated[float, Tag("~plain")]
        | Annotated[Valued, Tag("~value")]
        | Annotated[Uniform, Tag("~uniform")]
        | Annotated[Normal, Tag("~normal")]
        | Annotated[Lognormal, Tag("~lognormal")]
        | Annotated[Triangular, Tag("~triangular")]
        | Annotated[Choice, Tag("~choice")],
        Discriminator(form_of),
    ],
)


def fixed(value: float) -> Draw:
    """A number that is the same in every world."""
    return Draw(FIXED, (float(value), 0.0, 0.0, -INF, INF), (), float(value), float(value), float(value))


def draw_of(quantity: Any) -> Draw:
    """How a quantity is drawn."""
    return fixed(quantity) if isinstance(quantity, int | float) else quantity.drawn()


def source_of(quantity: Any) -> tuple[str | None, str | None]:
    """Source and note of a quantity."""
    return (None, None) if isinstance(quantity, int | float) else (quantity.source, quantity.note)
