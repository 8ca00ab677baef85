"""Events: what may happen besides the talks, when, and what it changes."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from wedge.engine.model.numbers import CHANCE, EVENT, RATE
from wedge.engine.scenario.conditions import Condition, Pair
from wedge.engine.scenario.fields import Date, Prose, Strict, Title, number, optional_number, tag_of
from wedge.engine.scenario.quantities import Quantity


class Change(Strict):
    """Changes a number of the scenario, named by its path."""

    ONE_OF: ClassVar = ("to", "by", "times")
    change: str = Field(max_length=300, description="The number's path, such as `states.russia.war_cost`.")
    to: Quantity | None = Field(default=None, description="Its new value.")
    by: Quantity | None = Field(default=None, description="What is added to it.")
    times: Quantity | None = Field(default=None, description="What it is multiplied by.")


class Shock(Strict):
    """Strains or mends a tie at once."""

    shock: Pair = Field(description="The tie.")
    by: Quantity = Field(description="Change of its commitment, -1 to 1.")


class Withhold(Strict):
    """Withholds the support along a tie."""

    withhold: Pair = Field(description="The tie.")


class Restore(Strict):
    """Lets support flow along a tie again."""

    restore: Pair = Field(description="The tie.")


class ToRound(Strict):
    """A deadline given as a round."""

    round: Quantity = Field(description="How many rounds the talks last in all.")


def kind_of_deadline(data: Any) -> str:
    """A mapping is a round, anything else should be a date."""
    return "~round" if isinstance(data, dict | ToRound) else "~date"


class Deadline(Strict):
    """Moves the end of the talks."""

    deadline: Annotated[
        Annotated[ToRound, Tag("~round")] | Annotated[Date, Tag("~date")], Discriminator(kind_of_deadline)
    ] = Field(description="A date, or `{round: 20}`; the talks end then.")


EFFECTS: dict[str, type[BaseModel]] = {
    "change": Change,
    "shock": Shock,
    "withhold": Withhold,
    "restore": Restore,
    "deadline": Deadline,
}


def kind_of_effect(data: Any) -> str | None:
    """Which kind of effect the data is, by its key."""
    return tag_of(data, EFFECTS)


Effect = TypeAliasType(
    "Effect",
    Annotated[
        Annotated[Change, Tag("~change")]
        | Annotated[Shock, Tag("~shock")]
        | Annotated[Withhold, Tag("~withhold")]
        | Annotated[Restore, Tag("~restore")]
        | Annotated[Deadline, Tag("~deadline")],
        Discriminator(kind_of_effect),
    ],
)


class Event(Strict):
    """Something that may happen besides the talks: at a date, at random, or when a condition first holds."""

    ONE_OF: ClassVar = ("at", "rate", "when")
    title: Title | None = Field(default=None, description="What happened, as a short sentence.")
    at: Date | None = Field(default=None, description="The day it is due.")
    rate: Quantity = optional_number(EVENT[RATE])
    when: Condition | None = Field(default=None, description="It happens when this first holds.")
    chance: Quantity = number(EVENT[CHANCE])
    repeats: bool = Field(default=False, description="Whether it may happen more than once.")
    unless: Condition | None = Field(default=None, description="It does not happen while this holds.")
    source: Prose | None = Field(default=None, description="Where it is documented.")
    note: Prose | None = Field(default=None, description="Anything else worth knowing about it.")
    effects: list[Effect] = Field(
        default_factory=list, max_length=64, description="What it changes, in this order; nothing if left out."
    )
