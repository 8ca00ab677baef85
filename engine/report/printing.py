"""A told run as plain text of any width; 100 unless said, so that the same run is the same text everywhere."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wedge.engine.model.words import CHANNELS
from wedge.engine.report.books import rounded
from wedge.engine.report.telling import Story

WIDTH = 100
COMMAND = ": wedge "


class Line(NamedTuple):
    """A line of text and what it is: title, note, heading, text, table or command."""

    kind: str
    text: str


def as_text(story: Story, width: int = WIDTH) -> str:
    """The story as text, with a newline at its end."""
    return "\n".join(line.text for line in lines_of(story, width)) + "\n"


def lines_of(story: Story, width: int = WIDTH) -> Iterator[Line]:
    """The lines of the story, wrapped."""
    yield from wrapped(story.title, width, "title")
    yield from with_command(f"Run {story.code}. Tell it again with: {story.replay}", width, "note")
    if story.chosen:
        yield from wrapped(story.chosen, width, "note")
    yield Line("text", "")
    yield from _paragraph(story.opening, width)
    for chapter in story.chapters:
        yield from wrapped(chapter.heading, width, "heading")
        yield from _paragraph(chapter.sentences, width)
    yield Line("heading", "How it ends")
    yield from _paragraph(story.ending, width)
    if story.books:
        said = "The books of each tie: start, what each channel did to it (noise is chance), end"
        yield from wrapped(said, width, "heading")
        yield from (Line("table", text) for text in books_table(story, width))
        yield Line("text", "")
    yield from wrapped(story.conclusion, width, "text")


def _paragraph(sentences: Sequence[str], width: int) -> Iterator[Line]:
    """Sentences as a block; sums in brackets get lines of their own."""
    run: list[str] = []
    for sentence in sentences:
        if sentence.startswith("["):
            yield from wrapped(" ".join(run), width, "text")
            yield from wrapped(f"  {sentence}", width, "note")
            run = []
        else:
            run.append(sentence)
    yield from wrapped(" ".join(run), width, "text")
    yield Line("text", "")


def wrapped(text: str, width: int, kind: str, first: str = "", then: str = "") -> Iterator[Line]:
    """The text over several lines; ``first`` and ``then`` stand in front of the first and the others."""
    wrapper = textwrap.TextWrapper(width, initial_indent=first, subsequent_indent=then)
    wrapper.break_long_words = wrapper.break_on_hyphens = False
    for line in wrapper.wrap(text):
        yield Line(kind, line)


def with_command(text: str, width: int, kind: str) -> Iterator[Line]:
    """The text wrapped; a command at its end, after a colon, stands whole on a line of its own where it would break."""
    words, mark, command = text.partition(COMMAND)
    if not mark or len(text) <= width:
        yield from wrapped(text, width, kind)
        return
    yield from wrapped(f"{words}:", width, kind)
    yield Line("command", f"  {COMMAND.removeprefix(': ')}{command}")


def books_table(story: Story, width: int = WIDTH) -> list[str]:
    """The books in columns. What is printed adds up; a channel that never moved a tie is left out."""
    moved = [c for c, channel in enumerate(CHANNELS) if any(book.channels[channel] != 0 for book in story.books)]
    rows = [["tie", "start", *(CHANNELS[c] for c in moved), "end", ""]]
    for book in story.books:
        start, *channels, end = rounded(book)
        note = f"broke in round {book.fracture_round + 1}" if book.fracture_round >= 0 else ""
        rows.append([story.words.arrow(book.source, book.target), start, *(channels[c] for c in moved), end, note])
    return in_columns(rows, width)


def in_columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Numbers in columns between a name and a note; columns that do not fit stand below, with the names again."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    blocks: list[list[int]] = [[]]
    for c in range(1, len(widths) if widths[-1] else len(widths) - 1):
        if blocks[-1] and widths[0] + sum(widths[n] + 2 for n in [*blocks[-1], c]) > width:
            blocks.append([])
        blocks[-1].append(c)
    lines = []
    for columns in blocks:
        for row in rows:
            cells = [row[c].ljust(widths[c]) if c == len(widths) - 1 else row[c].rjust(widths[c]) for c in columns]
            lines.append("  ".join([row[0].ljust(widths[0]), *cells]).rstrip())
        lines.append("")
    return lines[:-1]
