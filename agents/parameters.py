"""What a scenario may say about a policy: its parameters and whom it concerns."""

from typing import NamedTuple


class Parameter(NamedTuple):
    """A number of a policy, as it is written in YAML, with its default and its bounds."""

    name: str
    default: float
    low: float
    high: float
    meaning: str
