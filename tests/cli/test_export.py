"""``wedge export``: files for spreadsheets."""

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


def test_what_is_no_experiment_is_refused(wedge, tmp_path):
    """Exit code 2."""
    code, _, err = wedge("export", tmp_path)
    assert 2 == code
    assert "holds no experiment" in err
