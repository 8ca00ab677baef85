"""Tables in terminals of any width: names wrap, numbers stay whole, what does not fit stands below."""

import pytest
from rich.cells import cell_len
from rich.console import Console

from wedge.engine.cli.blocks import Blocks, over
from wedge.engine.cli.streams import PIPED, terminal_width

NAMES = ["Western alliance fractures", "乌克兰共和国 → The Grand Federation of the United Northern Provinces: support is withheld", "x"]  # fmt: skip
HEADS = ["", "worlds", "share", "territory_first, as it was proposed in the winter", "95 % interval", "day: median (quartiles)"]  # fmt: skip
WIDTHS = [40, 60, 80, 100, 200]


def rows() -> list[list[str]]:
    """Numbers of which none is like another."""
    return [
        [name, f"{n}27 of 5,000", f"2{n}.4 %", f"100.0 % (9{n}.2 to 100.0)", f"2{n}.8 to 29.4 %", f"14{n} (119 to 196)"]
        for n, name in enumerate(NAMES)
    ]


def printed(table: Blocks, width: int) -> list[str]:
    """The lines of the table."""
    screen = Console(width=width, highlight=False, markup=False, emoji=False)
    with screen.capture() as captured:
        screen.print(table)
    return captured.get().splitlines()


@pytest.mark.parametrize("width", WIDTHS)
class TestNumbers:
    """A table of numbers."""

    def test_no_line_is_wider_than_the_terminal(self, width: int) -> None:
        """Chinese signs count two."""
        assert all(cell_len(line) <= width for line in printed(Blocks("A title " * 20, HEADS, rows()), width))

    def test_every_number_stands_whole_once(self, width: int) -> None:
        """In one block or another."""
        text = "\n".join(printed(Blocks("", HEADS, rows()), width))
        assert all(1 == text.count(cell) for row in rows() for cell in row[1:])

    def test_no_letter_of_a_name_is_lost(self, width: int) -> None:
        """Read down the first column of the first block."""
        table = Blocks("", HEADS, rows())
        wide = table.layout(width)[0][1][0]
        lines = printed(table, width)
        rule = next(place for place, line in enumerate(lines) if "─" in line)
        column = ""
        for line in lines[rule + 1 :]:
            if not line.strip():
                break
            end = 1
            while cell_len(line[:end]) < wide + 1 and end < len(line):
                end += 1
            column += line[:end]
        assert "".join("".join(NAMES).split()) == "".join(column.split())

    def test_every_heading_stands_over_its_column(self, width: int) -> None:
        """Its words wrap, and none is cut."""
        text = " ".join(printed(Blocks("", HEADS, rows()), width))
        assert all(word in text for head in HEADS for word in " ".join(over(head, 12)).split())


def test_what_fits_is_one_block() -> None:
    """And takes no more room than it needs."""
    table = Blocks("", HEADS, [["a", "1", "2", "3", "4", "5"]])
    assert 1 == len(table.layout(100))
    assert 1 < len(Blocks("", HEADS, rows()).layout(60))


def test_columns_that_name_the_rows_stand_in_every_block() -> None:
    """Where one is not enough to tell them apart."""
    table = Blocks("", ["", "power", "share", "interval"], [["a", "0.5", "1" * 20, "2" * 20]], names=2)
    assert [[0, 1, 2], [0, 1, 3]] == [places for places, _ in table.layout(40)]


def test_texts_wrap_between_words() -> None:
    """In every column, if the table is one of texts."""
    said = "the level at which the issue is settled and what stands beside it"
    table = Blocks("", ["", "under one", "under the other"], [["agenda.order", said, said.upper()]], texts=True)
    lines = printed(table, 60)
    assert all(cell_len(line) <= 60 for line in lines)
    words = " ".join(lines).split()
    assert all(word in words and word.upper() in words for word in said.split())


def test_a_note_is_said_below() -> None:
    """Such as how many rows are not shown."""
    assert "3 more rows." in printed(Blocks("", ["", "n"], [["a", "1"]], note="3 more rows."), 40)


def test_the_width_is_said_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is 100 in a pipe, where nothing says it."""
    monkeypatch.setenv("COLUMNS", "57")
    assert 57 == terminal_width()
    monkeypatch.delenv("COLUMNS")
    assert PIPED == 100 == terminal_width()
