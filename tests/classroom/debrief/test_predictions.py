"""What students said before play: read from CSV, with the place of what cannot be read."""

import math
from pathlib import Path

import pytest

from wedge.engine.classroom.debrief import Prediction, PredictionError, read_predictions

STATES = ("anna", "bert")


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[Prediction]:
    path = tmp_path / "said.csv"
    path.write_bytes(text.encode(encoding))
    return read_predictions(path, STATES)


def test_a_chance_is_a_share_or_a_percentage(tmp_path: Path) -> None:
    """0.35, 35 % and 35% are the same."""
    found = read(tmp_path, "name,state,chance\nA,anna,0.35\nB,bert,35 %\nC,,35%\n")
    assert [0.35, 0.35, 0.35] == [said.chance for said in found]


def test_a_comma_does_for_a_point_where_columns_are_split_by_semicolons(tmp_path: Path) -> None:
    """As spreadsheets of many countries write it, byte order mark included."""
    assert [Prediction("Zoë", "anna", 0.35)] == read(tmp_path, "name;state;chance\r\nZoë;anna;0,35\r\n", "utf-8-sig")


def test_nothing_said_is_no_chance(tmp_path: Path) -> None:
    """The student is kept, without a prediction."""
    assert math.isnan(read(tmp_path, "name,state,chance\nA,anna,\n")[0].chance)


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    """Heads say which is which."""
    assert [Prediction("A", "anna", 1.0)] == read(tmp_path, "Chance,seat,Name,State\n1,x,A,anna\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("A,anna,35", "'35' lies outside 0 and 1"),
        ("A,anna,-1 %", "'-1 %' lies outside 0 and 1"),
        ("A,anna,nan", "'nan' lies outside 0 and 1"),
        ("A,anna,often", "'often' is no chance"),
        ("A,ana,0.5", "there is no state 'ana'"),
        (",anna,0.5", "the name is missing"),
        ("A,anna", "2 cells where 3 are due"),
        ("A" * 201 + ",anna,0.5", "a name of 201 letters"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    """File, line, and what is wrong."""
    with pytest.raises(PredictionError) as error:
        read(tmp_path, f"name,state,chance\nB,bert,0.5\n\n{line}\n")
    assert f"{tmp_path / 'said.csv'}:4: {told}" == error.value.message


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    """With the line that heads the file."""
    with pytest.raises(PredictionError, match=r"said\.csv:1: the column chance is missing"):
        read(tmp_path, "name,state\nA,anna\n")


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    """A workbook saved under the name of a CSV file."""
    with pytest.raises(PredictionError, match="no text in UTF-8"):
        read(tmp_path, "name,state,chance\nZoë,anna,1\n", "latin-1")
