"""The kinds of field a scenario is made of: names, texts, dates, and numbers from the model's tables."""

import datetime
import re
from collections.abc import Callable
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from wedge.engine.model.numbers import INF, Number
from wedge.engine.scenario.problems import obeyed
from wedge.engine.scenario.scalars import ScalarRefused, resolved

NAME_PATTERN = "^[a-z][a-z0-9_]{0,39}$"
DATE_PATTERN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Strict(BaseModel):
    """A mapping that knows all its keys and takes no value of another type.

    ``ONE_OF`` names keys of which it says exactly one; that is checked with the names, so that it hides no other error.
    """

    ONE_OF: ClassVar[tuple[str, ...]] = ()
    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True, defer_build=True)


def tag_of(data: Any, models: dict[str, type[BaseModel]]) -> str | None:
    """The tag of a union's member: by the key that names its kind, or by its type once it is built."""
    if isinstance(data, BaseModel):
        return next((f"~{name}" for name, model in models.items() if type(data) is model), None)
    if isinstance(data, dict):
        return next((f"~{name}" for name in models if name in data), None)
    return None


def number_between(low: float, high: float, wanted: str) -> Callable[[str], str]:
    """What refuses keys that are no number between two."""

    def checked(key: str) -> str:
        value = number_of(key)
        if value is not None and low <= value <= high:
            return key
        cure = "write a plain number before the ':'" if value is None else f"it must be between {low:g} and {high:g}"
        raise PydanticCustomError("bad_key", "{said}", {"said": f"is not {wanted}", "cure": cure})

    return checked


def number_of(text: str) -> float | None:
    """The finite number a text stands for, or None."""
    try:
        value = resolved(text)
    except ScalarRefused:
        return None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def showable(text: str) -> str:
    """The text, if a terminal can show it without obeying it."""
    character = obeyed(text)
    if character:
        raise PydanticCustomError(
            "unshowable", "holds the control character U+{code}", {"code": f"{ord(character):04X}"}
        )
    if not text.strip():
        raise PydanticCustomError("blank", "is empty")
    return text


def date_from(text: Any) -> datetime.date:
    """The date meant by a text such as 2025-02-24."""
    if isinstance(text, str) and DATE_PATTERN.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError as error:
            raise PydanticCustomError("no_date", "there is no such day: {why}", {"why": str(error)}) from None
    raise PydanticCustomError("date_wanted", "a date such as 2025-02-24 is wanted")


Name = Annotated[str, StringConstraints(pattern=NAME_PATTERN)]
Title = Annotated[str, StringConstraints(max_length=200), AfterValidator(showable)]
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(showable)]
Summary = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(showable)]
Date = Annotated[
    datetime.date,
    BeforeValidator(date_from),
    WithJsonSchema({"type": "string", "format": "date", "pattern": f"^{DATE_PATTERN.pattern}$"}),
]


def number(entry: Number) -> Any:
    """A field for a number of the model's tables, absent unless given; its default is the table's."""
    extra: dict[str, Any] = {
        "default": entry.default,
        "unit": entry.unit,
        "bounds": bounds_in_words(entry.low, entry.high),
    }
    return Field(default=None, description=sentence(entry.meaning), json_schema_extra=extra)


def optional_number(entry: Number) -> Any:
    """A field for a number that is not in use unless it is given."""
    extra: dict[str, Any] = {"unit": entry.unit, "bounds": bounds_in_words(entry.low, entry.high)}
    return Field(default=None, description=sentence(entry.meaning), json_schema_extra=without_default(extra))


def without_default(extra: dict[str, Any]) -> Any:
    """Add to a key's schema, and take its default out."""

    def change(schema: dict[str, Any]) -> None:
        schema.pop("default", None)
        schema.update(extra)

    return change


def required_number(entry: Number) -> Any:
    """A field for a number that must be given."""
    extra: dict[str, Any] = {"unit": entry.unit, "bounds": bounds_in_words(entry.low, entry.high)}
    return Field(description=sentence(entry.meaning), json_schema_extra=extra)


def bounds_in_words(low: float, high: float) -> str:
    """The range of a number, as a reader would say it."""
    if low == -INF and high == INF:
        return "any number"
    if high == INF:
        return f"at least {low:g}"
    return f"{low:g} to {high:g}"


def sentence(text: str) -> str:
    """The text with a capital at the start."""
    return text[:1].upper() + text[1:]
