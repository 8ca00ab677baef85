"""Conditions on the world: a small declared form, never code."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Discriminator, Field, Tag
from typing_extensions import TypeAliasType

from wedge.engine.scenario.fields import Date, Name, Strict, tag_of
from wedge.engine.scenario.quantities import Quantity

MOST_PARTS = 64


class Pair(Strict):
    """A tie, from one state to another."""

    source: Name = Field(alias="from", description="The state whose tie it is.")
    target: Name = Field(alias="to", description="The state it is tied to.")


class Holder(Strict):
    """A belief: whose, and about whom."""

    of: Name = Field(description="The state that believes.")
    about: Name = Field(alias="in", description="The state whose sincerity it believes in.")


class Sided(Strict):
    """Something compared with a threshold."""

    ONE_OF: ClassVar = ("above", "below")
    above: Quantity | None = Field(default=None, description="Holds at or above this.")
    below: Quantity | None = Field(default=None, description="Holds below this.")


class All(Strict):
    """Every part holds."""

    all: list["Condition"] = Field(
        min_length=1, max_length=MOST_PARTS, description="The parts, all of which must hold."
    )


class Any_(Strict):
    """Some part holds."""

    any: list["Condition"] = Field(
        min_length=1, max_length=MOST_PARTS, description="The parts, one of which must hold."
    )


class Not(Strict):
    """The part does not hold."""

    part: "Condition" = Field(alias="not", description="What must not hold.")


class EventHappened(Strict):
    """An event has happened."""

    event: Name = Field(description="The event.")


class StageSettled(Strict):
    """A stage is settled."""

    settled: Name = Field(description="The stage.")


class SupportWithheld(Strict):
    """Support along a tie is withheld."""

    withheld: Pair = Field(description="The tie.")


class TieFractured(Strict):
    """A tie has fractured."""

    fractured: Pair = Field(description="The tie.")


class WalkedOut(Strict):
    """A state has left the talks."""

    walked_out: Name = Field(description="The state.")


class Fighting(Strict):
    """Whether the war goes on."""

    fighting: bool = Field(description="true: the war goes on; false: it does not.")


class TalksOver(Strict):
    """Whether the talks have ended."""

    talks_over: bool = Field(description="true: they have ended; false: they go on.")


class CommitmentIs(Sided):
    """The commitment of a tie is above or below a threshold."""

    commitment: Pair = Field(description="The tie.")


class WearinessIs(Sided):
    """A state's weariness is above or below a threshold."""

    weariness: Name = Field(description="The state.")


class BeliefIs(Sided):
    """A state's belief in another's sincerity is above or below a threshold."""

    belief: Holder = Field(description="Whose belief in whom.")


class LevelIs(Sided):
    """The level of an issue, settled or status quo, is above or below a threshold."""

    level: Name = Field(description="The issue.")


class RefusalsAre(Sided):
    """The number of proposals a state has refused is above or below a threshold."""

    refusals: Name = Field(description="The state.")


class RoundIs(Strict):
    """The round, counted from 0, is above or below a threshold."""

    round: Sided = Field(description="`{above: 10}` or `{below: 10}`.")


class Days(Strict):
    """Days from one on, or before one."""

    ONE_OF: ClassVar = ("from", "before")
    start: Date | None = Field(default=None, alias="from", description="Holds from this day on.")
    before: Date | None = Field(default=None, description="Holds before this day.")


class DateIs(Strict):
    """The date is before or after one."""

    date: Days = Field(description="`{from: 2025-08-08}` or `{before: 2025-08-08}`.")


KINDS: dict[str, type[BaseModel]] = {
    "all": All,
    "any": Any_,
    "not": Not,
    "event": EventHappened,
    "settled": StageSettled,
    "withheld": SupportWithheld,
    "fractured": TieFractured,
    "walked_out": WalkedOut,
    "fighting": Fighting,
    "talks_over": TalksOver,
    "commitment": CommitmentIs,
    "weariness": WearinessIs,
    "belief": BeliefIs,
    "level": LevelIs,
    "refusals": RefusalsAre,
    "round": RoundIs,
    "date": DateIs,
}


def kind_of(data: Any) -> str | None:
    """Which kind of condition the data is, by its key."""
    return tag_of(data, KINDS)


Condition = TypeAliasType(
    "Condition",
    Annotated[
        Annotated[All, Tag("~all")]
        | Annotated[Any_, Tag("~any")]
        | Annotated[Not, Tag("~not")]
        | Annotated[EventHappened, Tag("~event")]
        | Annotated[StageSettled, Tag("~settled")]
        | Annotated[SupportWithheld, Tag("~withheld")]
        | Annotated[TieFractured, Tag("~fractured")]
        | Annotated[WalkedOut, Tag("~walked_out")]
        | Annotated[Fighting, Tag("~fighting")]
        | Annotated[TalksOver, Tag("~talks_over")]
        | Annotated[CommitmentIs, Tag("~commitment")]
        | Annotated[WearinessIs, Tag("~weariness")]
        | Annotated[BeliefIs, Tag("~belief")]
        | Annotated[LevelIs, Tag("~level")]
        | Annotated[RefusalsAre, Tag("~refusals")]
        | Annotated[RoundIs, Tag("~round")]
        | Annotated[DateIs, Tag("~date")],
        Discriminator(kind_of),
    ],
)
