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


class TestElsewhere:
    """A scenario that was named by a relative path, and somebody who stands in another folder."""

    @pytest.fixture
    def project(self, wedge, tmp_path, monkeypatch) -> Path:
        """A folder with a scenario and, further down, results of it."""
        project = tmp_path / "project"
        (project / "mine").mkdir(parents=True)
        (project / "mine/talks.yaml").write_text(Path(SMALL).read_text())
        monkeypatch.chdir(project)
        how = ["--worlds", "6", "--told", "2", "--no-figures", "-q", "--driver", "traced"]
        assert 0 == wedge("run", "mine/talks.yaml", *how, "--out", "results/few").code
        return project

    def test_it_is_found_from_above_the_results(self, wedge, project, tmp_path, monkeypatch):
        """Wherever one stands; and it is told and looked through from there too."""
        monkeypatch.chdir(tmp_path)
        code, out, _ = wedge("verify", "project/results/few", "--sample", "4")
        assert 0 == code
        assert "4 worlds played again" in out
        assert 0 == wedge("explain", "project/results/few", "--world", "1").code

    def test_results_that_were_moved_away_from_it(self, wedge, project, tmp_path, monkeypatch):
        """Nothing is wrong with them: it is said where to stand, and the exit code is 2."""
        (project / "results/few").rename(tmp_path / "few")
        monkeypatch.chdir(tmp_path)
        code, out, err = wedge("verify", "few", "--sample", "4")
        assert (2, "") == (code, out)
        assert "mine/talks.yaml, the scenario of few, is not found from here" in err
        assert "call it in the folder in which wedge run was called" in err
        monkeypatch.chdir(project)
        assert 0 == wedge("verify", tmp_path / "few", "--sample", "4").code
