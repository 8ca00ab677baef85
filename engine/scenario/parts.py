"""The parts of a scenario: calendar, issues, states, alliances, agenda."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag

from wedge.engine.model import numbers as n
from wedge.engine.scenario.conditions import Condition, Sided
from wedge.engine.scenario.fields import (
    Date,
    Name,
    Prose,
    Strict,
    Title,
    number,
    number_between,
    optional_number,
    required_number,
    tag_of,
)
from wedge.engine.scenario.policies import Policy, Slot
from wedge.engine.scenario.quantities import Quantity, form_of

Level = Annotated[str, AfterValidator(number_between(0.0, 1.0, "a level"))]
MOST_STATES = MOST_ISSUES = 64


class Calendar(Strict):
    """When the talks start, how many rounds they have, and how far apart the rounds are."""

    start: Date = Field(description="The day of the first round.")
    rounds: int = Field(ge=1, le=10_000, description="Rounds of the talks.")
    days_between_rounds: float = Field(default=7.0, gt=0, le=366, description="Days a round lasts.")


class EndsWar(Strict):
    """The issue that ends the war once it is settled high enough."""

    at: Quantity = number(n.ISSUE[n.ENDS_WAR_AT])


class Battlefield(Strict):
    """Two states fight over the issue: leverage of the first moves the status quo up, of the second down."""

    between: list[Name] = Field(min_length=2, max_length=2, description="The two states.")
    drift: Quantity = number(n.ISSUE[n.DRIFT])
    sway: Quantity = number(n.ISSUE[n.SWAY])


class Issue(Strict):
    """What is bargained over: a scale from 0 to 1 whose ends and named levels are given in words."""

    title: Title | None = Field(default=None, description="Its name in prose; made from the key if left out.")
    kind: Literal["scale"] = Field(default="scale", description="The kind of issue; only `scale` so far.")
    levels: dict[Level, Title] = Field(
        min_length=2,
        max_length=100,
        description="Level (a number from 0 to 1, in rising order): what it means. Has 0 and 1.",
    )
    status_quo: Quantity = number(n.ISSUE[n.STATUS_QUO])
    ends_war: EndsWar | None = Field(
        default=None, description="Present on at most one issue, whose settlement ends the war."
    )
    battlefield: Battlefield | None = Field(default=None, description="Present if fighting moves its status quo.")
    share_of: Name | None = Field(
        default=None,
        description="What it is a share of: issues with the same name here divide one thing, and no proposal gives "
        "away more than all of it.",
    )


class RedLineSide(Sided):
    """A red line with the side that is refused."""


def form_of_red_line(data: Any) -> str | None:
    """A number, or a mapping that says the side."""
    if isinstance(data, RedLineSide) or (isinstance(data, dict) and ("above" in data or "below" in data)):
        return "~side"
    return "~number" if form_of(data) else None


RedLine = Annotated[
    Annotated[Quantity, Tag("~number")] | Annotated[RedLineSide, Tag("~side")], Discriminator(form_of_red_line)
]


class Position(Strict):
    """Where a state stands on an issue, and how much it cares."""

    ideal: Quantity = required_number(n.POSITION[n.IDEAL])
    salience: Quantity = required_number(n.POSITION[n.SALIENCE])
    red_line: RedLine = optional_number(n.POSITION[n.RED_LINE])
    curvature: Quantity = number(n.POSITION[n.CURVATURE])


class Outside(Strict):
    """An outside option: the state may walk out."""

    value: Quantity = number(n.STATE[n.OUTSIDE])
    patience: Quantity = number(n.STATE[n.PATIENCE])
    paid: bool = Field(
        default=False, description="The value counts in the payoff when the talks end without a settlement."
    )


class Ratification(Strict):
    """What the state signs is put to a vote at home."""

    needs: Quantity = number(n.STATE[n.RATIFICATION])


class Purse(Strict):
    """The state may buy the consent of others."""

    budget: Quantity = number(n.STATE[n.PURSE])
    pays: list[Name] = Field(min_length=1, description="The states it may pay.")


class State(Strict):
    """An actor: a state, a bloc, a movement."""

    title: Title | None = Field(default=None, description="Its name in prose; made from the key if left out.")
    role: Prose | None = Field(default=None, description="Text for a role sheet in class.")
    power: Quantity = number(n.STATE[n.POWER])
    war_cost: Quantity = number(n.STATE[n.WAR_COST])
    after: Quantity = number(n.STATE[n.AFTER])
    hope: Quantity = number(n.STATE[n.HOPE])
    relapse: Quantity = number(n.STATE[n.RELAPSE])
    loyalty: Quantity = number(n.STATE[n.LOYALTY])
    pressure: Quantity = number(n.STATE[n.PRESSURE])
    audience_cost: Quantity = number(n.STATE[n.AUDIENCE])
    whim: Quantity = number(n.STATE[n.WHIM])
    misperception: Quantity = number(n.STATE[n.MISPERCEPTION])
    discount: Quantity = number(n.STATE[n.DISCOUNT])
    weariness: Quantity = number(n.STATE[n.START_WEARINESS])
    outside: Outside | None = Field(default=None, description="Present if the state may walk out.")
    ratification: Ratification | None = Field(
        default=None, description="Present if what it signs is put to a vote at home."
    )
    purse: Purse | None = Field(default=None, description="Present if it may pay others for their consent.")
    policy: Policy = Field(default="sincere", description="How it bargains; see `wedge policies`.")
    decides: Slot | None = Field(
        default=None, description="The decision theory by which it weighs a proposal; the scenario's if left out."
    )
    positions: dict[Name, Position] = Field(min_length=1, description="Where it stands, issue by issue.")


class Tie(Strict):
    """What binds one ally to another."""

    commitment: Quantity = number(n.TIE[n.COMMITMENT_0])
    suspends_below: Quantity = number(n.TIE[n.SUSPENDS_BELOW])
    breaks_below: Quantity = number(n.TIE[n.BREAKS_BELOW])
    support: Quantity = number(n.TIE[n.SUPPORT])
    dependence: Quantity = number(n.TIE[n.DEPENDENCE])


class Substitute(Strict):
    """An ally that fills the support another withholds."""

    by: Name = Field(description="The state that fills in.")
    target: Name = Field(alias="for", description="The state that is supported.")


class Alliance(Strict):
    """States bound to each other by ties."""

    title: Title | None = Field(default=None, description="Its name in prose; made from the key if left out.")
    members: list[Name] = Field(description="The states in it, two at least.")
    joint_front: bool = Field(
        default=False, description="Members consent only together, and propose only what hurts none."
    )
    ties: dict[Name, dict[Name, Tie]] = Field(default_factory=dict, description="From a member, to a member: the tie.")
    substitutes: list[Substitute] = Field(default_factory=list, description="Who fills support that another withholds.")
    stakes: dict[Name, Quantity] = Field(
        default_factory=dict, description="State: what it gains (or loses, if negative) when this alliance fractures."
    )


class Quota(Strict):
    """Consent of some number of states."""

    quota: int = Field(ge=1, description="How many must consent.")
    of: list[Name] | None = Field(default=None, min_length=1, description="Of whom; all states if left out.")
    veto: list[Name] = Field(default_factory=list, description="Those without whom nothing settles.")


def form_of_consent(data: Any) -> str:
    """A list of states, or a mapping with a quota."""
    return "~quota" if isinstance(data, dict | Quota) else "~list"


Consent = Annotated[
    Annotated[list[Name], Field(min_length=1), Tag("~list")] | Annotated[Quota, Tag("~quota")],
    Discriminator(form_of_consent),
]


class Rotation(Strict):
    """The floor goes round."""

    rotation: list[Name] = Field(min_length=1, max_length=256, description="The states, in turn.")


class Alternating(Strict):
    """The floor goes back and forth between two states."""

    alternating: list[Name] = Field(min_length=2, max_length=2, description="The two states.")


class RandomFloor(Strict):
    """The floor is drawn by lot each round."""

    random: list[Name] = Field(min_length=1, max_length=256, description="The states among whom it is drawn.")


FLOORS: dict[str, type[BaseModel]] = {"rotation": Rotation, "alternating": Alternating, "random": RandomFloor}


def form_of_floor(data: Any) -> str | None:
    """The kind of floor, by its key."""
    return tag_of(data, FLOORS)


Floor = Annotated[
    Annotated[Rotation, Tag("~rotation")]
    | Annotated[Alternating, Tag("~alternating")]
    | Annotated[RandomFloor, Tag("~random")],
    Discriminator(form_of_floor),
]


def form_of_after(data: Any) -> str:
    """One stage, or a list of them."""
    return "~many" if isinstance(data, list) else "~one"


class Stage(Strict):
    """A part of the agenda: what is on the table, who must consent, who speaks, for how long."""

    stage: Name = Field(description="Its name.")
    title: Title | None = Field(default=None, description="Its name in prose; made from the name if left out.")
    issues: list[Name] = Field(min_length=1, description="What is bargained over in it.")
    after: Annotated[
        Annotated[Name, Tag("~one")] | Annotated[list[Name], Tag("~many")], Discriminator(form_of_after)
    ] = Field(default_factory=list, description="The stage, or stages, that must be settled before it opens.")
    consent: Consent | None = Field(
        default=None,
        description="Whose consent is needed: a list, or `{quota: 2, of: [...], veto: [...]}`; all states if left out.",
    )
    floor: Floor | None = Field(
        default=None,
        description="Who gets the floor: `{rotation: [...]}`, `{alternating: [a, b]}` or `{random: [...]}`; "
        "a rotation over those whose consent is needed if left out.",
    )
    rounds: int | None = Field(
        default=None, ge=1, le=10_000, description="It lapses after so many rounds on the table."
    )
    answers: Literal["sealed", "in_turn"] = Field(
        default="sealed", description="All answer at once, or one after another."
    )
    possible_when: Condition | None = Field(default=None, description="It can be on the table only while this holds.")

    @property
    def preconditions(self) -> list[str]:
        """The stages it comes after."""
        return [self.after] if isinstance(self.after, str) else list(self.after)
