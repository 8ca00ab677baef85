"""``wedge export``: files for spreadsheets."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wedge.engine.experiment import run
from wedge.engine.scenario import load

SMALL = Path(__file__).parents[1] / "experiment" / "small.yaml"


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """A small experiment."""
    return run(load(SMALL), 20, 1, tmp_path_factory.mktemp("export") / "results", driver="traced", rounds_of=2).folder


def test_it_prints_the_files_it_writes(wedge, results, tmp_path):
    """One line each; every table and the tables of the summary."""
    code, out, _ = wedge("export", results, "--out", tmp_path)
    assert 0 == code
    assert {path.as_posix() for path in tmp_path.iterdir()} == set(out.split("\n")) - {""}
    assert {"runs.csv", "ties.csv", "summary_shares.csv"} <= {path.name for path in tmp_path.iterdir()}


def test_some_tables_only(wedge, results, tmp_path):
    """Those that are named."""
    wedge("export", results, "--out", tmp_path, "--tables", "runs, ties")
    assert {"runs.csv", "ties.csv"} == {path.name for path in tmp_path.iterdir()}


def test_it_refuses_to_overwrite(wedge, results, tmp_path):
    """Exit code 2 and the way out; --force does it."""
    wedge("export", results, "--out", tmp_path, "--tables", "runs")
    code, _, err = wedge("export", results, "--out", tmp_path, "--tables", "runs")
    assert 2 == code
    assert "--force" in err
    assert 0 == wedge("export", results, "--out", tmp_path, "--tables", "runs", "--force")[0]


def test_a_round_that_never_came_is_an_empty_cell(wedge, results, tmp_path):
    """In the tables it is -1."""
    wedge("export", results, "--out", tmp_path, "--tables", "ties")
    lines = (tmp_path / "ties.csv").read_text("utf-8-sig").splitlines()
    held = [row for row in csv.DictReader(lines) if row["fractured"] == "false"]
    assert held
    assert {""} == {row["fracture_round"] for row in held}


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
def test_a_disk_that_refuses_leaves_nothing_behind(results, tmp_path):
    """No folder, and the same call does it once there is room."""
    call = [sys.executable, "-m", "wedge.engine.cli.main", "export", str(results), "--out", str(tmp_path / "csv")]
    full = subprocess.run(
        ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", *call], capture_output=True, text=True, check=False
    )
    assert 2 == full.returncode
    assert "cannot write" in full.stderr
    assert "nothing was written" in full.stderr
    assert [] == list(tmp_path.iterdir())
    assert 0 == subprocess.run(call, capture_output=True, check=False).returncode
    assert ["csv"] == [path.name for path in tmp_path.iterdir()]


def test_a_kill_leaves_nothing_in_the_way(wedge, results, tmp_path):
    """What was half written is cleared away."""
    (tmp_path / "csv.partly").mkdir()
    (tmp_path / "csv.partly/old.csv").write_text("old")
    assert 0 == wedge("export", results, "--out", tmp_path / "csv", "--tables", "runs").code
    assert ["csv/runs.csv"] == [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.csv")]


def test_a_comparison_is_exported_with_all_it_compares(wedge, results, tmp_path):
    """Also one of results that lie elsewhere; its folder can be named wherever a comparison can."""
    other = run(load(SMALL), 20, 2, tmp_path / "other", driver="traced", rounds_of=2).folder
    wedge("compare", results, other, "--no-figures", "--out", tmp_path / "both")
    code, out, _ = wedge("export", tmp_path / "both")
    assert 0 == code
    names = {Path(line).relative_to(tmp_path / "both/csv").as_posix() for line in out.splitlines()}
    assert {"comparison_shares.csv", "small@1/runs.csv", "small@2/runs.csv"} <= names
    assert f"name one of {results}, {other}" in wedge("explain", f"{tmp_path / 'both'}@1:3").err


def test_what_is_no_experiment_is_refused(wedge, tmp_path):
    """Exit code 2."""
    code, _, err = wedge("export", tmp_path)
    assert 2 == code
    assert "holds no experiment" in err
