"""CSV that spreadsheets open rightly."""

import csv

import pandas as pd
import pytest

from wedge.engine.analysis import export
from wedge.engine.experiment import ExperimentError
from wedge.engine.experiment.files import Views


def test_a_table_comes_back_as_it_went(pair, tmp_path):
    """Read again, every table has the same rows and values; an empty cell for a round that never came."""
    export(pair[0].folder, tmp_path)
    for table in pair[0].tables:
        there = pair[0].table(table)
        back = pd.read_csv(tmp_path / f"{table}.csv", encoding="utf-8-sig", keep_default_na=False, na_values=[""])
        assert list(there.columns) == list(back.columns)
        assert len(there) == len(back)
        for column in there.columns:
            if there[column].dtype.kind == "f":
                assert there[column].dropna().tolist() == back[column].dropna().tolist(), (table, column)
            elif there[column].dtype.kind in "ib":
                never = -1 if column.endswith("round") else None
                read = back[column] if never is None else back[column].fillna(never)
                assert there[column].tolist() == read.tolist(), (table, column)


def test_it_begins_with_a_byte_order_mark(pair, tmp_path):
    """So that a spreadsheet takes it for UTF-8."""
    (path,) = export(pair[0].folder, tmp_path, ["runs"])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfworld,")


def test_text_is_never_a_formula(tmp_path):
    """A cell that would be run gets an apostrophe in front; numbers below zero stay numbers."""
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "plain", "", None, 'say "=1"']
    frame = pd.DataFrame({"text": pd.Series(cells, dtype=object), "number": [-1.5] * len(cells)})
    rows = Views({}, {"frame": frame}).copy_to_csv(tmp_path / "cells.csv", "frame", "=+-@\t\r")
    with (tmp_path / "cells.csv").open(newline="") as file:
        back = list(csv.reader(file))[1:]
    assert len(cells) == rows
    assert ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "plain", "", "", 'say "=1"'] == [row[0] for row in back]
    assert {"-1.5"} == {row[1] for row in back}


def test_nothing_is_overwritten_unless_told_to(pair, tmp_path):
    """The second call is refused, the third is forced."""
    export(pair[0].folder, tmp_path, ["runs"])
    with pytest.raises(ExperimentError, match="already there"):
        export(pair[0].folder, tmp_path, ["runs"])
    assert [120] == list(export(pair[0].folder, tmp_path, ["runs"], force=True).values())


def test_an_unknown_table_is_refused_with_those_there_are(pair, tmp_path):
    """And nothing is written."""
    with pytest.raises(ExperimentError) as refusal:
        export(pair[0].folder, tmp_path / "out", ["tiers"])
    assert "ties" in refusal.value.help
    assert not (tmp_path / "out").exists()


def test_a_comparison_is_exported_whole(pair, tmp_path):
    """The comparison's tables, and those of each scenario in a folder of its own."""
    written = export(pair[0].folder.parent, tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert {"comparison_shares.csv", "small/runs.csv", "turned/summary_shares.csv"} <= names


def test_what_is_no_experiment_is_refused(tmp_path):
    """A folder of something else."""
    with pytest.raises(ExperimentError, match="holds no experiment"):
        export(tmp_path)
