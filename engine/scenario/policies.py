"""How a scenario names a state's policy: a preset, three slots, or a user's file."""

from typing import Annotated, Any

from pydantic import ConfigDict, Discriminator, Field, Tag

from wedge.engine.scenario.fields import Name, Strict, Title
from wedge.engine.scenario.quantities import Quantity

SLOTS = ("demands", "courts", "answers")


class Open(Strict):
    """A mapping with keys of its own, and parameters that are numbers."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Quantity]

    patron: Name | None = Field(default=None, description="The ally whose favour is sought.")
    client: Name | None = Field(default=None, description="The state a wedge is to isolate.")

    @property
    def parameters(self) -> dict[str, Any]:
        """Its numbers, by name."""
        return dict(self.__pydantic_extra__ or {})


class Parameters(Open):
    """The parameters of a slot."""


class Preset(Open):
    """A named policy with parameters."""

    preset: str = Field(max_length=60, description="Its name; see `wedge policies`.")


def form_of_slot(data: Any) -> str:
    """A name, or a mapping from the name to its parameters."""
    return "~parameters" if isinstance(data, dict) else "~named"


Slot = Annotated[
    Annotated[str, Field(max_length=60), Tag("~named")]
    | Annotated[dict[str, Parameters], Field(min_length=1, max_length=1), Tag("~parameters")],
    Discriminator(form_of_slot),
]


class Slots(Strict):
    """What it demands, whom it courts, how it answers; those left out are as in `sincere`."""

    demands: Slot | None = Field(default=None, description="What it holds out for.")
    courts: Slot | None = Field(default=None, description="Whom its proposals are made for.")
    answers: Slot | None = Field(default=None, description="How it answers proposals.")


class UserFile(Strict):
    """A policy from a Python file beside the scenario."""

    file: Title = Field(description="The file, in the scenario's folder or below.")
    name: Title = Field(description="The policy's name in it.")


def form_of_policy(data: Any) -> str:
    """Which way a policy is named."""
    if isinstance(data, Preset | Slots | UserFile):
        return "~preset" if isinstance(data, Preset) else "~slots" if isinstance(data, Slots) else "~file"
    if not isinstance(data, dict):
        return "~name"
    if "preset" in data:
        return "~preset"
    return "~file" if "file" in data or "name" in data else "~slots"


Policy = Annotated[
    Annotated[str, Field(max_length=60), Tag("~name")]
    | Annotated[Preset, Tag("~preset")]
    | Annotated[Slots, Tag("~slots")]
    | Annotated[UserFile, Tag("~file")],
    Discriminator(form_of_policy),
]
