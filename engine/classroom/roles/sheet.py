"""What stands on a role sheet: plain data, sentences ready to be shown. Titles come from a file: escape them in HTML."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Issue:
    """An issue as the state sees it before the talks. Levels go from 0 to 1."""

    key: str
    title: str
    named: tuple[tuple[float, str], ...]  # the scenario's own names of levels, lowest first
    now: float  # the status quo
    wanted: float | None  # the state's ideal; None where the issue does not matter to it
    importance: float  # its weight in all the state cares for, 0 to 1
    red_line: float | None
    red_line_above: bool  # whether the state refuses what lies above its red line, else what lies below
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Ally:
    """An ally, and the state's own side of what binds the two."""

    key: str
    title: str
    commitment: float | None  # the state's own, 0 to 1; None where it has no tie of its own to this ally
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another state at the talks: how it stands to this one, and what this one believes it wants."""

    key: str
    title: str
    relation: str  # ally, adversary or neither
    believed: tuple[tuple[str, float], ...]  # key of the issue, level


@dataclass(frozen=True)
class Stage:
    """A stage of the agenda."""

    key: str
    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RoleSheet:
    """What one state knows when the talks open: its own numbers in this world, and what is public."""

    code: str  # of the world, such as alaska_2025/territory_first@7:10
    scenario: str
    summary: str
    seed: int
    world: int
    state: str
    title: str
    role: tuple[str, ...]  # who it is
    issues: tuple[Issue, ...]
    allies: tuple[Ally, ...]
    ties: tuple[str, ...]  # what strains and mends them
    others: tuple[Other, ...]
    picture: tuple[str, ...]  # how far what it believes of the others can be trusted, and what it does not know
    stages: tuple[Stage, ...]
    calendar: tuple[str, ...]
    events: tuple[str, ...]  # what everybody may expect
    moves: tuple[tuple[str, str], ...]  # what can be said at the table, and what it means
    rules: tuple[str, ...]
    counts: tuple[str, ...]  # what counts in the end
