"""A told run as plain text: a fixed width, so that the same run is the same text everywhere."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wedge.engine.model.words import CHANNELS
from wedge.engine.report.books import rounded
from wedge.engine.report.telling import Story

WIDTH = 100


class Line(NamedTuple):
    """A line of text and what it is: title, note, heading, text or table."""

    kind: str
    text: str


def as_text(story: Story, width: int = WIDTH) -> str:
    """The story as text, with a newline at its end."""
    return "\n".join(line.text for line in lines_of(story, width)) + "\n"


def lines_of(story: Story, width: int = WIDTH) -> Iterator[Line]:
    """The lines of the story, wrapped."""
    yield Line("title", story.title)
    yield from wrapped(f"Run {story.code}. Tell it again with: {story.replay}", width, "note")
    if story.chosen:
        yield from wrapped(story.chosen, width, "note")
    yield Line("text", "")
    yield from _paragraph(story.opening, width)
    for chapter in story.chapters:
        yield Line("heading", chapter.heading)
        yield from _paragraph(chapter.sentences, width)
    yield Line("heading", "How it ends")
    yield from _paragraph(story.ending, width)
    if story.books:
        yield Line("heading", "The books of each tie: start, what each channel did to it (noise is chance), end")
        yield from (Line("table", text) for text in books_table(story))
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


def books_table(story: Story) -> list[str]:
    """The books in columns. What is printed adds up; a channel that never moved a tie is left out."""
    moved = [c for c, channel in enumerate(CHANNELS) if any(book.channels[channel] != 0 for book in story.books)]
    rows = [["tie", "start", *(CHANNELS[c] for c in moved), "end", ""]]
    for book in story.books:
        start, *channels, end = rounded(book)
        note = f"broke in round {book.fracture_round + 1}" if book.fracture_round >= 0 else ""
        rows.append([story.words.arrow(book.source, book.target), start, *(channels[c] for c in moved), end, note])
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    return [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True)),
                row[-1],
            ]
        ).rstrip()
        for row in rows
    ]
