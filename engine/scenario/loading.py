"""Loading a scenario: examined, and lowered to what the rules are played on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from wedge.engine.model.setting import Setting
from wedge.engine.scenario.changes import Change
from wedge.engine.scenario.examining import Examined, examine, examine_with
from wedge.engine.scenario.extending import Gathered
from wedge.engine.scenario.finding import Found, is_packaged
from wedge.engine.scenario.lowering import setting_of
from wedge.engine.scenario.meaning import Meaning, hash_of, words_of
from wedge.engine.scenario.overriding import Overrides
from wedge.engine.scenario.problems import Problem
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.titles import Names, names_of


@dataclass(frozen=True)
class Scenario:
    """A scenario that can be played."""

    code: str  # such as alaska_2025/territory_first, or the file's name without its ending
    name: str
    summary: str
    path: FilePath
    model: ScenarioFile
    setting: Setting
    names: Names
    outsiders: dict[int, tuple[str, str]]  # by index of the state: a user's policy file and the policy's name
    sha256: str  # of its canonical meaning
    warnings: list[Problem]
    sources: dict[str, tuple[str | None, str | None]]  # by path of the number: source and note
    judgements: list[str]  # paths of the numbers the files give without a source
    numbers_given: list[str]  # paths of the numbers the files give
    defaults: list[str]  # paths of the numbers in use that the files leave at their default
    meaning: Meaning
    words: Meaning
    changes: tuple[Change, ...] = ()  # what was put over its files, in order
    seated: tuple[tuple[str, tuple[Any, ...]], ...] = ()  # policies seated halfway: as a code says it, and the moves

    @property
    def called(self) -> str:
        """What finds it again: its packaged name, or its file."""
        return self.code if is_packaged(self.path) else str(self.path)

    def resolved(self) -> Meaning:
        """The whole scenario as plain data: what it means, and the words for readers."""
        return {"code": self.code, "sha256": self.sha256, "meaning": self.meaning, "words": self.words}


def load(
    path_or_name: str | FilePath,
    sets: Sequence[str] = (),
    policies: Sequence[str] | Mapping[str, str] = (),
    changes: Sequence[Change] = (),
) -> Scenario:
    """The scenario in a file, or a packaged one by its name such as ``alaska_2025/territory_first``.

    ``sets`` are texts such as ``states.ukraine.power=0.8``, ``policies`` such as
    ``united_states=wedge`` (or a mapping of the two); ``changes`` are such as well, those of a run's code.
    Raises ScenarioError with all that is wrong.
    """
    return lowered(examine(path_or_name, sets, policies, changes))


def load_with(found: Found, changes: Overrides, gathered: Gathered | None = None) -> Scenario:
    """The scenario that was found, with values put over what it says; ``gathered`` saves reading its files again."""
    return lowered(examine_with(found, changes, gathered))


def lowered(examined: Examined) -> Scenario:
    """The scenario, ready to be played."""
    plan = examined.plan
    seats = [plan.seats[name].outsider for name in plan.roster.states]
    return Scenario(
        code=examined.found.code,
        name=plan.file.name,
        summary=plan.file.summary,
        path=examined.found.path,
        model=plan.file,
        setting=setting_of(plan),
        names=names_of(plan),
        outsiders={i: outsider for i, outsider in enumerate(seats) if outsider is not None},
        sha256=hash_of(examined.meaning),
        warnings=examined.warnings,
        changes=examined.changes,
        sources={path: said for path, said in examined.sources.items() if said != (None, None)},
        judgements=examined.judgements,
        numbers_given=[entry.path for entry in examined.given],
        defaults=examined.defaults,
        meaning=examined.meaning,
        words=words_of(plan),
    )


def diff(first: Scenario, second: Scenario) -> list[tuple[str, Any, Any]]:
    """Where the meanings of two scenarios differ: (path, in the first, in the second)."""
    from wedge.engine.scenario.meaning import differences

    return differences(first.meaning, second.meaning)
