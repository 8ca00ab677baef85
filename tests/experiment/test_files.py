"""Files are whole or absent, and equal tables have equal bytes."""

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wedge.engine.experiment.files import Views, join_tables, rows_in, write_table
from wedge.engine.experiment.parts import SIZES, parts_of
from wedge.engine.experiment.plan import Plan, read_plan, save_plan
from wedge.engine.experiment.progress import Lines
from wedge.engine.experiment.together import folder_names

TABLE = {
    "world": np.arange(4),
    "state": np.array(["a", "b", "", "a"], dtype=object),
    "payoff": np.array([0.1, np.nan, -1e300, 0.0]),
    "gone": np.array([True, False, True, False]),
}


def test_what_is_written_is_read(tmp_path):
    """Numbers, words and truths come back; what is missing is null."""
    write_table(tmp_path / "table.parquet", TABLE)
    views = Views({"table": [tmp_path / "table.parquet"]})
    found = views.ask('SELECT * FROM "table"')
    assert ["world", "state", "payoff", "gone"] == list(found.columns)
    assert TABLE["state"].tolist() == found["state"].tolist()
    assert [0.1, -1e300, 0.0] == found["payoff"].dropna().tolist()
    assert 1 == int(views.ask('SELECT count(*) AS n FROM "table" WHERE payoff IS NULL')["n"][0])


def test_equal_tables_have_equal_bytes(tmp_path):
    """However their columns are held in memory."""
    other = TABLE | {"world": TABLE["world"].astype(np.int32), "state": TABLE["state"].astype("U5")}
    for name, table in (("a", TABLE), ("b", other)):
        write_table(tmp_path / name, table, {"seed": "7"})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_parts_joined_are_the_whole(tmp_path):
    """Row after row, part after part."""
    for name in ("a", "b"):
        write_table(tmp_path / name, TABLE)
    join_tables(tmp_path / "both", [tmp_path / "a", tmp_path / "b"])
    assert 8 == rows_in(tmp_path / "both")


def test_what_is_no_table_has_no_rows(tmp_path):
    """A file cut short counts as not there."""
    write_table(tmp_path / "table", TABLE)
    (tmp_path / "cut").write_bytes((tmp_path / "table").read_bytes()[:-10])
    assert [4, -1, -1] == [rows_in(tmp_path / name) for name in ("table", "cut", "none")]


@given(st.integers(1, 200_000), st.integers(1, 200_000))
def test_parts_depend_on_the_number_of_a_world_alone(worlds, more):
    """All worlds once, in order; and with more worlds every part but the last is the same."""
    parts = parts_of(worlds)
    assert 0 == parts[0].first
    assert worlds == parts[-1].stop
    assert all(part.stop == after.first for part, after in itertools.pairwise(parts))
    assert parts[:-1] == parts_of(worlds + more)[: len(parts) - 1]


def test_many_worlds_are_not_many_files():
    """Ten million worlds come in some thousand parts, the first of them small."""
    parts = parts_of(10_000_000)
    assert SIZES[0][1] == parts[0].size
    assert len(parts) < 2600


def test_a_plan_comes_back_as_it_was(tmp_path):
    """Written and read, it is the same; where there is none there is none."""
    plan = Plan("alaska_2025/package", "abc", "def", 7, 1000)
    assert read_plan(tmp_path) is None
    save_plan(plan, tmp_path)
    assert plan == read_plan(tmp_path)


def test_folders_of_a_comparison_are_told_apart():
    """Two scenarios of the same name get their topics in front; one scenario changed twice gets numbers."""
    assert ["package", "land_swap"] == folder_names(["alaska_2025/package", "alaska_2025/land_swap"])
    assert ["a-package", "b-package"] == folder_names(["a/package", "b/package"])
    assert ["a-package-1", "a-package-2"] == folder_names(["a/package", "a/package"])


def test_progress_without_a_terminal_is_a_line_each_ten_seconds():
    """Rate and time left, in plain words."""
    said, now = [], [0.0]
    lines = Lines(said.append, clock=lambda: now[0])
    lines.start("small", 1000, 200)
    for seconds in (5.0, 10.0, 15.0, 20.0):
        now[0] = seconds
        lines.add(100)
    assert [
        "small: 400 of 1,000 worlds, 20 a second, about 30 s left",
        "small: 600 of 1,000 worlds, 20 a second, about 20 s left",
    ] == said


def test_a_view_over_nothing_is_an_error(tmp_path):
    """Files that are not there are not silently empty."""
    with pytest.raises(Exception, match="No files found"):
        Views({"runs": [tmp_path / "none.parquet"]})


PRESSED = """
import os, signal, threading
from wedge.engine.experiment.files import Views
signal.signal(signal.SIGINT, signal.default_int_handler)
threading.Timer(0.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    Views({}).ask("SELECT sum(a.range * b.range) AS s FROM range(1000000) a, range(1000000) b")
except KeyboardInterrupt:
    print("heard")
"""


def test_ctrl_c_in_a_query_is_ctrl_c():
    """Not an error of the library, which nobody could make sense of. In a process of its own, which may be interrupted."""
    said = subprocess.run([sys.executable, "-c", PRESSED], capture_output=True, text=True, timeout=120, check=False)
    assert ("heard", "") == (said.stdout.strip(), said.stderr)
