"""Examining a scenario: find, read, extend, override and check it, without making it ready to be played."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath

from wedge.engine.scenario.blueprint import Blueprint, Entry
from wedge.engine.scenario.changes import POLICY, SET, Change, texts_of
from wedge.engine.scenario.checks import check
from wedge.engine.scenario.extending import Gathered, gather
from wedge.engine.scenario.finding import Found, find
from wedge.engine.scenario.meaning import Meaning, meaning_of
from wedge.engine.scenario.overriding import Overrides, overrides, put_over, with_own_example
from wedge.engine.scenario.problems import Problem, ScenarioError
from wedge.engine.scenario.quantities import source_of
from wedge.engine.scenario.reporting import Reporter


@dataclass(frozen=True)
class Examined:
    """A scenario that has passed all checks."""

    found: Found
    plan: Blueprint
    warnings: list[Problem]
    changes: tuple[Change, ...] = ()  # what was put over its files, in order

    @cached_property
    def meaning(self) -> Meaning:
        """Everything that decides how it plays, in one canonical form."""
        return meaning_of(self.plan)

    @cached_property
    def given(self) -> list[Entry]:
        """The numbers in use that the files give."""
        return [entry for entry in self.plan.entries if entry.used and entry.quantity is not None]

    @property
    def sources(self) -> dict[str, tuple[str | None, str | None]]:
        """Source and note of the numbers that are given, by path."""
        return {entry.path: source_of(entry.quantity) for entry in self.given}

    @property
    def judgements(self) -> list[str]:
        """Paths of the numbers that are given without a source."""
        return [path for path, (source, _) in self.sources.items() if source is None]

    @property
    def defaults(self) -> list[str]:
        """Paths of the numbers in use that the files leave at their default."""
        return [entry.path for entry in self.plan.entries if entry.used and entry.quantity is None]


def examine(
    path_or_name: str | FilePath,
    sets: Sequence[str] = (),
    policies: Sequence[str] | Mapping[str, str] = (),
    changes: Sequence[Change] = (),
) -> Examined:
    """The scenario in a file, or a packaged one by its name such as ``alaska_2025/territory_first``.

    ``sets`` are texts such as ``states.ukraine.power=0.8``, ``policies`` such as
    ``united_states=wedge`` (or a mapping of the two); ``changes`` are such as well, those of a run's code.
    Raises ScenarioError with all that is wrong.
    """
    found = find(str(path_or_name))
    if isinstance(policies, Mapping):
        policies = [f"{state}={policy}" for state, policy in policies.items()]
    said = (POLICY, [*texts_of(changes, POLICY), *policies]), (SET, [*texts_of(changes, SET), *sets])
    return examine_with(found, overrides(*said))


def examine_with(found: Found, changes: Overrides, gathered: Gathered | None = None) -> Examined:
    """The scenario that was found, with values put over what it says; ``gathered`` saves reading its files again."""
    read = gathered or gather(found.path, found.name)
    lines = read.lines | {change.label: change.lines for change in changes.made}
    root, problems = put_over(read.root, changes.made)
    report = Reporter(root, lines, [*read.problems, *with_own_example(changes.problems, read.root), *problems])
    plan = check(report)
    if report.errors:
        raise ScenarioError(report.errors)
    return Examined(found, plan, report.warnings, tuple(change.said for change in changes.made))
