"""What is wrong with a scenario, told like a compiler does: place, sentence, excerpt and cure."""

import difflib
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

ERROR, WARNING = "error", "warning"
LONGEST_SHOWN = 60
EXCERPT_WIDTH = 100


class Place(NamedTuple):
    """Where something stands in a file. Line and column count from 1; line 0 says 'the file as a whole'."""

    file: str
    line: int = 0
    column: int = 0


class Problem(NamedTuple):
    """One thing to say about a scenario. ``help`` and ``excerpt`` may be empty."""

    file: str
    line: int
    column: int
    message: str
    help: str = ""
    severity: str = ERROR
    excerpt: str = ""

    def told(self) -> str:
        """The problem as lines of text: ``file:line:column: error: ...``, the line, a caret, the cure."""
        where = escaped(self.file)
        if self.line:
            where += f":{self.line}:{self.column}"
        lines = [f"{where}: {self.severity}: {escaped(self.message)}"]
        if self.excerpt:
            lines += [f"    {line}" for line in self.excerpt.split("\n")]
        if self.help:
            lines.append(f"  help: {escaped(self.help)}")
        return "\n".join(lines)


class ScenarioError(Exception):
    """A scenario that cannot be played, with everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(problem.told() for problem in self.problems))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems by file, line and column."""
    return sorted(problems, key=lambda p: (p.file, p.line, p.column, p.message))


def refusal(place: Place, message: str, cure: str = "", excerpt: str = "") -> ScenarioError:
    """An error with one problem in it."""
    return ScenarioError([Problem(*place, message, cure, ERROR, excerpt)])


def excerpt_of(lines: list[str], line: int, column: int, width: int = 1) -> str:
    """That line of a file with carets below ``width`` characters, cut to fit a terminal; empty if there is none."""
    if not 1 <= line <= len(lines):
        return ""
    text, at = lines[line - 1], max(0, column - 1)
    start = max(0, at - EXCERPT_WIDTH // 2) if len(text) > EXCERPT_WIDTH else 0
    piece = text[start : start + EXCERPT_WIDTH]
    before = escaped(piece[: at - start])
    carets = max(1, min(width, len(piece) - (at - start)))
    return f"{escaped(piece)}\n{' ' * len(before)}{'^' * carets}"


def escaped(text: str) -> str:
    """The text with everything a terminal could obey written out, such as ``\\x1b``."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown(value: Any) -> str:
    """A value as an error message quotes it: escaped, in quotes if it is text, cut if it is long."""
    if isinstance(value, str):
        text = escaped(value)
        return f"'{text}'" if len(text) <= LONGEST_SHOWN else f"'{text[: LONGEST_SHOWN - 3]}...'"
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def meant(wrong: str, known: Iterable[str]) -> str:
    """``did you mean 'x'?`` for the nearest known word, or a list of the known ones, or nothing."""
    words = sorted(known)
    nearest = closest(wrong, words)
    if nearest:
        return f"did you mean '{escaped(nearest)}'?"
    if 0 < len(words) <= 12:
        return f"known: {', '.join(escaped(word) for word in words)}"
    return ""


def closest(wrong: str, known: Iterable[str]) -> str:
    """The known word most like the wrong one, or an empty text."""
    plain = {word.lower().replace("-", "_").replace(" ", "_"): word for word in sorted(known)}
    found = difflib.get_close_matches(wrong[:80].lower().replace("-", "_").replace(" ", "_"), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else ""


def obeyed(text: str) -> str:
    """The first character in the text that a terminal would obey rather than show, or an empty text."""
    turns_text_round = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    for character in text:
        if character in turns_text_round or (unicodedata.category(character) == "Cc" and character not in "\n\t"):
            return character
    return ""
