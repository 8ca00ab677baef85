"""Tables for a terminal of any width: names wrap, numbers are never cut, columns that do not fit go into a block below."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

from wedge.engine.scenario.problems import escaped

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

GAP, MARGINS = 3, 2  # letters between columns, and to the left and right of all
NAMES = (12, 5)  # the first column has so many letters at least, or that part of the width
HEADING, NARROW_HEADING, NARROW = 23, 12, 100  # letters of a heading before it wraps; below a width, fewer
TEXT = 24  # letters of a word in a column of text before it is folded
LEAST_TEXT = 12


class Blocks:
    """A table that rich can print. Its first column is text; the others are numbers, unless ``texts``.

    ``note`` is said below it. So many columns in front, ``names``, tell the rows apart and stand in every block.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[str]],
        texts: bool = False,
        justify: Literal["left", "right"] = "right",
        note: str = "",
        names: int = 1,
    ) -> None:
        self.title, self.note, self.justify = escaped(title), escaped(note), justify
        self.heads = [escaped(head) if "\n" not in head else head for head in columns]
        self.rows = [[escaped(cell) for cell in row] for row in rows]
        self.texts, self.names = texts, names

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> Iterator[Any]:
        """The title, then a block for as many columns as fit side by side, and so on."""
        from rich.text import Text

        yield Text(self.title, style="bold")
        for places, widths in self.layout(options.max_width):
            yield self._block(places, widths, options.max_width)
        if self.note:
            yield Text(f"{self.note}\n")

    def layout(self, width: int) -> list[tuple[list[int], list[int]]]:
        """For each block the places of its columns, those that name the rows in front of each, and their widths."""
        least = [self._least(place, width) for place in range(len(self.heads))]
        names = list(range(self.names))
        blocks: list[list[int]] = [[*names]]
        for place in range(self.names, len(self.heads)):
            if len(blocks[-1]) > self.names and _needed([least[p] for p in [*blocks[-1], place]]) > width:
                blocks.append([*names])
            blocks[-1].append(place)
        return [(places, self._widths(places, least, width)) for places in blocks]

    def _widths(self, places: list[int], least: list[int], width: int) -> list[int]:
        """What is to spare goes to text, the first column in front."""
        widths = [least[place] for place in places]
        spare = width - _needed(widths)
        for n, place in enumerate(places):
            if n == 0 or self.texts:
                more = max(LEAST_TEXT - widths[n] if n == 0 else 0, min(spare, self._widest(place, width) - widths[n]))
                widths[n] += more
                spare -= more
        if _needed(widths) > width and len(widths) > 1:  # a terminal too narrow for one number and a name beside it
            widths[-1] = max(1, width - _needed([*widths[:-1], 0]))
        return widths

    def _least(self, place: int, width: int) -> int:
        """The fewest letters the column can do with."""
        widest = self._widest(place, width)
        if place == 0:
            return min(widest, max(NAMES[0], width // NAMES[1]))
        if not self.texts:
            return widest
        words = [word for row in self.rows for word in row[place].split()] or [""]
        return min(widest, max(LEAST_TEXT, min(TEXT, max(map(_letters, words)))))

    def _widest(self, place: int, width: int) -> int:
        head = max(map(_letters, self._heading(place, width).split("\n")))
        return max([head, *(_letters(row[place]) for row in self.rows)])

    def _heading(self, place: int, width: int) -> str:
        """The name over a column, in several lines where it is longer than its cells."""
        cells = max((_letters(row[place]) for row in self.rows), default=0)
        most = max(cells, HEADING if width >= NARROW else NARROW_HEADING)
        return "\n".join(line for part in self.heads[place].split("\n") for line in over(part, most) or [""])

    def _block(self, places: list[int], widths: list[int], width: int) -> Any:
        from rich import box
        from rich.table import Table

        made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for place, wide in zip(places, widths, strict=True):
            side = self.justify if place else "left"
            made.add_column(self._heading(place, width), justify=side, width=wide, overflow="fold")
        for row in self.rows:
            made.add_row(*(row[place] for place in places))
        return made


def over(label: str, most: int) -> list[str]:
    """A label over a column, in lines of so many letters, broken after a blank or an underscore where it can be.

    >>> over("territory_first, no event", 12)
    ['territory_', 'first, no', 'event']
    """
    lines = [""]
    for part in label.replace("_", "_\0").replace(" ", " \0").split("\0"):
        lines = [*lines[:-1], lines[-1] + part] if _letters((lines[-1] + part).strip()) <= most else [*lines, part]
    return [piece for line in lines if line.strip() for piece in textwrap.wrap(line.strip(), most)]


def _needed(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1) + MARGINS


def _letters(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
