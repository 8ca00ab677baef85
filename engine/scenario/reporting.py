"""Collects what is wrong with a scenario, at its places, so that all of it is told at once."""

from collections.abc import Iterable, Mapping, Sequence

from wedge.engine.scenario.problems import ERROR, WARNING, Place, Problem, excerpt_of, meant, shown
from wedge.engine.scenario.tree import Node, key_place, value_place


class Reporter:
    """Notes problems by their path in the tree. ``lines`` are the lines of each file read, by its name."""

    def __init__(self, root: Node, lines: Mapping[str, list[str]]) -> None:
        self.root, self.lines = root, lines
        self.problems: list[Problem] = []

    def error(self, path: Sequence[str | int], message: str, cure: str = "", at_key: bool = False) -> None:
        """Note an error at the value on that path, or at its key."""
        self.note(path, message, cure, ERROR, at_key)

    def warn(self, path: Sequence[str | int], message: str, cure: str = "", at_key: bool = False) -> None:
        """Note something legal that is hardly meant."""
        self.note(path, message, cure, WARNING, at_key)

    def unknown(
        self, path: Sequence[str | int], kind: str, name: str, known: Sequence[str], at_key: bool = False
    ) -> None:
        """Note a name that is declared nowhere."""
        cure = meant(name, known) if known else f"the scenario declares no {kind}"
        self.error(path, f"there is no {kind} {shown(name)}", cure, at_key)

    def note(self, path: Sequence[str | int], message: str, cure: str, severity: str, at_key: bool) -> None:
        """Note a problem."""
        place, width = key_place(self.root, path) if at_key else value_place(self.root, path)
        self.add(place, width, message, cure, severity)

    def add(self, place: Place, width: int, message: str, cure: str, severity: str = ERROR) -> None:
        """Note a problem at a place; the same sentence at the same place is noted once."""
        excerpt = excerpt_of(self.lines.get(place.file, []), place.line, place.column, width)
        problem = Problem(*place, message, cure, severity, excerpt)
        if problem not in self.problems:
            self.problems.append(problem)

    @property
    def errors(self) -> list[Problem]:
        """The errors so far, in the order of their files and lines."""
        return in_order(problem for problem in self.problems if problem.severity == ERROR)

    @property
    def warnings(self) -> list[Problem]:
        """The warnings so far, in the order of their files and lines."""
        return in_order(problem for problem in self.problems if problem.severity == WARNING)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.column, p.message))
