"""Who and what takes part, in the canonical order: by name, but stages in the order of the agenda."""

from typing import NamedTuple

from wedge.engine.scenario.problems import closest
from wedge.engine.scenario.schema import ScenarioFile


class Roster(NamedTuple):
    """The names of everything that is counted."""

    states: list[str]
    issues: list[str]
    stages: list[str]
    alliances: list[str]
    orders: list[str]
    events: list[str]


class Unread(list[str]):
    """Names of a part that cannot be read as a whole: what is mentioned may be among them, unless it is like one that is."""

    def __contains__(self, name: object) -> bool:
        """Whether a name is declared, as far as can be told."""
        return super().__contains__(name) or not closest(str(name), self)


def roster_of(file: ScenarioFile) -> Roster:
    """The names in canonical order."""
    return Roster(
        sorted(file.states),
        sorted(file.issues),
        [stage.stage for stage in file.agenda],
        sorted(file.alliances),
        sorted(file.orders),
        sorted(file.events),
    )
