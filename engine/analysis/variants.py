"""The same scenario with something changed: another policy in a seat, an alliance in joint front, another agenda."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario.changes import POLICY, SET
from wedge.engine.scenario.extending import Gathered, gather
from wedge.engine.scenario.finding import Found, find
from wedge.engine.scenario.loading import Scenario, load_with
from wedge.engine.scenario.overriding import overrides
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.scenario.seats import ALIASES


@dataclass(frozen=True)
class Source:
    """Where a scenario comes from, so that it can be loaded again with something changed.

    ``sets`` and ``policies`` are the changes its user asked for, as on the command line; what an analysis
    changes comes after them.
    """

    name: str
    sets: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    def load(self, policies: Sequence[str] = (), sets: Sequence[str] = ()) -> Scenario:
        """The scenario with these changes. Raises ScenarioError with all that is wrong."""
        said = ((POLICY, self.policies), (SET, self.sets), (POLICY, policies), (SET, sets))
        return load_with(self.found, overrides(*said), self.gathered)

    @cached_property
    def found(self) -> Found:
        """Its file."""
        return find(self.name)

    @cached_property
    def gathered(self) -> Gathered:
        """What its files say, read once."""
        return gather(self.found.path, self.found.name)


def source_of(scenario: "Source | str", sets: Sequence[str] = (), policies: Sequence[str] = ()) -> Source:
    """A source from the name of a scenario, or the source itself."""
    return scenario if isinstance(scenario, Source) else Source(str(scenario), tuple(sets), tuple(policies))


def known_only(said: Sequence[str], known: Sequence[str], kind: str) -> list[str]:
    """The names said, each once. Raises ExperimentError with a suggestion when one is not known."""
    for name in said:
        if name not in known:
            raise ExperimentError(f"there is no {kind} {shown(name)}", meant(name, known))
    return list(dict.fromkeys(said))


def known_policies(said: Sequence[str], presets: Sequence[str]) -> list[str]:
    """The presets meant, by name or by another name they go by. Raises ExperimentError with a suggestion."""
    known_only(said, [*presets, *ALIASES], "policy")
    return list(dict.fromkeys(ALIASES.get(name, name) for name in said))


def seats_it_fits(scenario: Scenario, state: str) -> bool:
    """Whether the policy in a seat can be played there: a wedge needs allies to divide, a follower a patron."""
    from wedge.agents.catalogue import ANSWERS, COURTS

    i, s = scenario.names.states.index(state), scenario.setting
    divides = int(s.courts[i]) == COURTS["wedge"].number
    follows = int(s.answer_rule[i]) == ANSWERS["follow"].number
    return not (divides and (s.patron[i] < 0 or s.client[i] < 0)) and not (follows and s.patron[i] < 0)


def in_words(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *first, last = parts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def chunks(count: int, size: int) -> Iterator[range]:
    """The numbers from 0 in runs of so many."""
    for first in range(0, count, size):
        yield range(first, min(count, first + size))
