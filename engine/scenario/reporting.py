"""Collects what is wrong with a scenario, at its places, so that all of it is told at once, and each thing once."""

import contextlib
from collections.abc import Iterable, Sequence
from pathlib import Path as FilePath

from wedge.engine.scenario.problems import ERROR, WARNING, Place, Problem, excerpt_of, in_order, meant, shown
from wedge.engine.scenario.tree import Node, Path, key_place, value_place, walk

WORDS_ALONE = ("source", "note")  # what is wrong with these says nothing about the number they stand beside


class Reporter:
    """Notes problems by their path in the tree. ``lines`` are the lines of each file read, by its name.

    What follows from an error that has been told is no second error: nothing is noted at or below what stands in for something wrong
    in the tree (see ``repairing``), and one error only at a place.
    """

    def __init__(
        self,
        root: Node,
        lines: dict[str, list[str]],
        problems: Iterable[Problem] = (),
    ) -> None:
        self.root, self.lines = root, lines
        self.problems: list[Problem] = list(problems)
        self.wrong: list[Path] = []  # where errors have been told
        self.empty: list[Path] = []  # keys without a value
        self.renamed: dict[str, str] = {}  # names that cannot be names: what stands in for them

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
        """Note a problem, unless it follows from another."""
        place, _ = key_place(self.root, path) if at_key else value_place(self.root, path)
        is_there = len(walk(self.root, path)[1]) == len(path)  # of what is missing there may be more at one place
        if not self.stands_in(path) and not (severity == ERROR and is_there and self.has_error_at(place)):
            self.add(path, message, cure, severity, at_key)

    def add(self, path: Sequence[str | int], message: str, cure: str, severity: str, at_key: bool) -> None:
        """Note a problem, whatever it follows from; the same sentence at the same place is noted once."""
        place, width = key_place(self.root, path) if at_key else value_place(self.root, path)
        if self.add_at(place, width, message, cure, severity) and severity == ERROR:
            self.wrong.append(tuple(path))

    def add_at(self, place: Place, width: int, message: str, cure: str, severity: str = ERROR) -> bool:
        """Note a problem at a place in any file whose lines are known; returns whether it is a new one."""
        excerpt = excerpt_of(self.lines.get(place.file, []), place.line, place.column, width)
        problem = Problem(*place, message, cure, severity, excerpt)
        is_new = problem not in self.problems
        if is_new:
            self.problems.append(problem)
        return is_new

    def read(self, file: str) -> None:
        """Take the lines of another text file, to quote from."""
        with contextlib.suppress(OSError):
            self.lines[file] = FilePath(file).read_text(encoding="utf-8", errors="replace").splitlines()

    def has_error_at(self, place: Place) -> bool:
        """Whether an error has been told at that very place."""
        return any(problem.severity == ERROR and problem[:3] == place for problem in self.problems)

    def stands_in(self, path: Sequence[str | int]) -> bool:
        """Whether what is on that path, or something above it, stands in for something wrong."""
        node: Node | None = self.root
        for step in path:
            if node is None or node.stands_in:
                break
            node = node.child(step)
        return node is not None and node.stands_in

    def is_sound(self, path: Sequence[str | int]) -> bool:
        """Whether no error has been told of what is on that path or below, so that something follows from it."""
        if not self.problems and not self.empty:
            return True
        node, reached = walk(self.root, path)
        if self.stands_in(path) or (len(reached) == len(path) and has_stand_in(node)):
            return False
        above = tuple(path)
        told = [*self.wrong, *self.empty]
        return not any(path[: len(above)] == above and path[-1] not in WORDS_ALONE for path in told)

    def renames(self, path: Path, name: str) -> None:
        """Note that what was on a path has another key now."""
        n = len(path)
        self.wrong = [(*path[:-1], name, *p[n:]) if p[:n] == path else p for p in self.wrong]
        self.empty = [(*path[:-1], name, *p[n:]) if p[:n] == path else p for p in self.empty]

    @property
    def errors(self) -> list[Problem]:
        """The errors so far, in the order of their files and lines."""
        return in_order(problem for problem in self.problems if problem.severity == ERROR)

    @property
    def warnings(self) -> list[Problem]:
        """The warnings so far, in the order of their files and lines."""
        return in_order(problem for problem in self.problems if problem.severity == WARNING)


def has_stand_in(node: Node) -> bool:
    """Whether something in the tree stands in for something wrong, other than a source or a note."""
    below = node.value if isinstance(node.value, list) else [n for k, n in node.mapping.items() if k not in WORDS_ALONE]
    return node.stands_in or any(has_stand_in(part) for part in below)
