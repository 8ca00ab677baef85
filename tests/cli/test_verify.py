"""``wedge verify``: results are what they say they are, or it says what is not."""

from pathlib import Path

import pytest

SMALL = str(Path(__file__).parents[1] / "experiment" / "small.yaml")


@pytest.fixture
def results(wedge, tmp_path) -> Path:
    """A few worlds of the small scenario, with their summary."""
    folder = tmp_path / "results"
    assert (
        0
        == wedge(
            "run",
            SMALL,
            "--worlds",
            "12",
            "--seed",
            "3",
            "--told",
            "2",
            "--no-figures",
            "--set",
            "strain.daylight=0.9",
            "--out",
            folder,
            "-q",
        ).code
    )
    return folder


def test_sound_results(wedge, results):
    """Exit code 0; how much was looked at."""
    code, out, _ = wedge("verify", results, "--sample", "4")
    assert 0 == code
    assert "4 worlds played again, 3 of them by both drivers: nothing is wrong" in out


def test_a_damaged_file_is_named(wedge, results):
    """Exit code 1."""
    file = results / "ties/part-000000.parquet"
    file.write_bytes(file.read_bytes()[:-9])
    code, out, _ = wedge("verify", results, "--sample", "4")
    assert 1 == code
    assert "ties/part-000000.parquet: was cut short" in out


def test_in_json(wedge, results):
    """Each finding with its kind and place, and nothing else on stdout."""
    (results / "summary.json").write_text("{}")
    said = wedge("verify", results, "--sample", "0", "--json")
    assert 1 == said.code
    assert False is said.data["sound"]
    assert [{"kind": "file", "where": "summary.json", "what": "has other bytes than were written"}] == said.data[
        "experiments"
    ][0]["findings"]


def test_what_is_no_experiment(wedge, tmp_path):
    """Exit code 2, and what would help."""
    code, out, err = wedge("verify", tmp_path)
    assert (2, "") == (code, out)
    assert "holds no experiment" in err
