"""Names of any length and in any script, as they can be drawn: wrapped, shortened, in a font that has their letters."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

SHORT = 34  # letters of a name in a figure; the alternative text says it whole
FAMILY = "DejaVu Sans"
FALLBACKS = (
    "Noto Sans", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Droid Sans Fallback", "PingFang SC", "Hiragino Sans", "Hiragino Sans GB", "Microsoft YaHei",
    "SimHei", "Yu Gothic", "Malgun Gothic", "Apple SD Gothic Neo", "Arial Unicode MS", "Noto Sans Arabic",
    "Noto Naskh Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Nirmala UI", "Leelawadee UI",
    "Segoe UI", "Segoe UI Symbol", "Segoe UI Emoji", "Noto Emoji", "Noto Sans Symbols", "Noto Sans Symbols 2", "Symbola",
    "Unifont",
)  # fmt: skip
MISSING = "\N{WHITE SQUARE}"  # what is drawn for a letter that no font has
WORDS = re.compile(r"\S+(?: %\S*)?")  # a number and its per cent are one
JOINERS = "\u200b\u200c\u200d\u2060\ufe0e\ufe0f"  # they only steer the letters beside them


class LettersMissing(UserWarning):
    """Letters of a title are drawn as squares, for no font on this machine has them."""


def width_of(text: str) -> int:
    """How many letters wide the text is drawn; Chinese, Japanese and Korean signs count two, marks on a letter none.

    >>> width_of("peace"), width_of("和平")
    (5, 4)
    """
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shortened(text: str, most: int = SHORT) -> str:
    """The text, or its beginning and its end where it is wider than ``most`` letters.

    >>> shortened("Territory first"), shortened("Territory first, and then all the rest", 24)
    ('Territory first', 'Territory … all the rest')
    """
    if width_of(text) <= most:
        return text
    head = _at_a_word(text, _cut(text, (most - 1) // 2))
    tail = _at_a_word(text[::-1], _cut(text[::-1], most - 2 - width_of(head)))[::-1]
    return f"{head}…{tail}"


def _at_a_word(text: str, head: str) -> str:
    """The beginning up to the end of a word, where that costs little; a blank stands after it then."""
    if text[len(head) : len(head) + 1] == " ":
        return f"{head} "
    whole = head[: head.rfind(" ") + 1]
    return whole if len(head) - len(whole) <= len(head) // 3 else head


def _cut(text: str, most: int) -> str:
    """As much of the beginning as is no wider."""
    wide = 0
    for place, letter in enumerate(text):
        wide += width_of(letter)
        if wide > most:
            return text[:place]
    return text


def distinct(names: Sequence[str], most: int = SHORT) -> list[str]:
    """The names shortened, numbered where they cannot be told apart otherwise."""
    short = [shortened(name, most) for name in names]
    return [
        name if short.count(name) == 1 else f"{n}. {shortened(name, most - 4)}" for n, name in enumerate(short, start=1)
    ]


def wrapped(text: str, width: int, lines: int = 0) -> str:
    """The text over several lines, none wider than so many letters; with ``lines`` over no more, its middle left out.

    >>> wrapped("one two three four", 9)
    'one two\\nthree\\nfour'
    >>> wrapped("one two three four", 9, 2)
    'one two …\\nfour'
    """
    found = _wrapped(text, width)
    most = width_of(text)
    while lines and len(found) > lines and most > width:
        most -= 1
        found = _wrapped(shortened(text, most), width)
    return "\n".join(found) or text


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in WORDS.findall(text):
        for piece in _pieces(word, width):
            if lines and width_of(lines[-1]) + 1 + width_of(piece) <= width:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """The word, or parts of it that fit into a line."""
    while width_of(word) > width:
        head = _cut(word, width) or word[:1]
        yield head
        word = word[len(head) :]
    if word:
        yield word


# Letters that the fonts have.


def letter(figure: Any) -> set[str]:
    """Give the texts of a figure fonts that have their letters, and squares for those that none has; these come back."""
    from matplotlib.text import Text

    missing: set[str] = set()
    for axes in figure.axes:
        missing |= _letter_ticks(axes.xaxis) | _letter_ticks(axes.yaxis)
    for text in figure.findobj(Text):
        if not text.get_text().isascii():
            drawable, fonts, lacking = _drawable(text.get_text())
            text.set_text(drawable)
            text.set_fontfamily(fonts)
            missing |= lacking
    return missing


def _letter_ticks(axis: Any) -> set[str]:
    """The same for the labels of an axis, which its formatter would write again."""
    missing: set[str] = set()
    for label in axis.get_ticklabels():
        _, fonts, lacking = _drawable(label.get_text())
        label.set_fontfamily(fonts)
        missing |= lacking
    if missing:
        axis.set_major_formatter(_squared(axis.get_major_formatter()))
    return missing


def _squared(write: Any) -> Any:
    """A formatter that writes squares for letters that no font has."""
    return lambda value, place: _drawable(write(value, place))[0]


@functools.cache
def _drawable(text: str) -> tuple[str, tuple[str, ...], frozenset[str]]:
    """The text as it can be drawn, the fonts for it, and the letters that none has."""
    lacking = _lacking(FAMILY, text)
    if not lacking:
        return text, (FAMILY,), frozenset()
    fonts = _fonts_for(lacking)
    for font in fonts:
        lacking &= _lacking(font, text)
    lacking -= set(JOINERS)
    drawn = "".join(MISSING if c in lacking else c for c in text if c not in JOINERS)
    return drawn, (FAMILY, *fonts), lacking


def _lacking(font: str, text: str) -> frozenset[str]:
    known = _letters_of(font)
    return frozenset(c for c in text if c != "\n" and ord(c) not in known)


@functools.cache
def _fonts_for(letters: frozenset[str]) -> tuple[str, ...]:
    """Those of the fallback fonts on this machine that are needed for the letters."""
    from matplotlib.font_manager import fontManager

    there = {entry.name for entry in fontManager.ttflist}
    found, lacking = [], letters
    for font in FALLBACKS:
        known = _letters_of(font) if lacking and font in there else frozenset()
        if any(ord(c) in known for c in lacking):
            found.append(font)
            lacking = frozenset(c for c in lacking if ord(c) not in known)
    return tuple(found)


@functools.cache
def _letters_of(font: str) -> frozenset[int]:
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(findfont(font)).get_charmap())


def told(missing: set[str]) -> str:
    """Which letters are missing, and what would help."""
    some = sorted(missing)
    shown = " ".join(some[:8]) + (f" and {len(some) - 8:,} more" if len(some) > 8 else "")
    return (
        f"no font on this machine has {shown}: figures show squares ({MISSING}) for them, their alternative texts the whole "
        "title; a font such as Noto Sans CJK, Noto Sans Arabic or Noto Emoji would help"
    )
