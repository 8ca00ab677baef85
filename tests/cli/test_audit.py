"""``wedge audit``: what can be said of a scenario before any run."""

import pytest

FEW = ["--draws", "2", "--worlds", "3", "--seed", "5", "--driver", "traced"]


def test_it_tells_signers_wedges_and_replies(wedge, write_scenario):
    """A table for each, and sentences; what to do next on stderr."""
    code, out, err = wedge("audit", write_scenario(), *FEW)
    assert 0 == code
    for part in ("cannot happen", "who would sign", "Wedges:", "could do: the best replies found", "no forecast"):
        assert part in out
    assert "next: wedge tournament" in err


def test_json_stands_alone_and_out_holds_all_tables(wedge, write_scenario, tmp_path):
    """Stdout is JSON and nothing else; the folder has a CSV for each table, and figures with their words."""
    said = wedge("audit", write_scenario(), *FEW, "--no-replies", "--json", "--out", tmp_path / "out")
    assert 0 == said.code
    assert said.data["replies"] is None
    assert 2 == said.data["drawn"]
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"audit.json", "signers.csv", "strains.csv", "wedges.csv", "findings.csv", "figures"} <= there
    figures = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
    assert {"signers_land.svg", "signers_land.png", "signers_truce.svg", "README.md"} <= figures


def test_a_folder_with_something_else_is_refused(wedge, write_scenario, tmp_path):
    """Nothing is changed in it."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("kept")
    code, _, err = wedge("audit", write_scenario(), *FEW, "--no-replies", "--out", tmp_path / "mine")
    assert 2 == code
    assert "holds something else" in err
    assert ["notes.txt"] == [path.name for path in (tmp_path / "mine").iterdir()]


def test_a_misspelt_scenario_is_answered_with_the_nearest(wedge):
    """Exit code 2 and a cure."""
    code, _, err = wedge("audit", "alaska_2025/territory_frist")
    assert 2 == code
    assert "did you mean 'alaska_2025/territory_first'?" in err


def test_ctrl_c_leaves_quietly(wedge, write_scenario, monkeypatch):
    """Exit code 130."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("wedge.engine.analysis.audit.try_demands", stop)
    code, out, err = wedge("audit", write_scenario(), *FEW)
    assert (130, "") == (code, out)
    assert "interrupted" in err


@pytest.mark.parametrize("option", ["--draws", "--worlds"])
def test_one_world_is_too_few(wedge, write_scenario, option):
    """An interval needs two."""
    assert 2 == wedge("audit", write_scenario(), option, "1").code
