"""``wedge run --baselines``: simple models in the same worlds, kept with the results and vouched for."""

import csv
import json
from pathlib import Path

import pytest

from wedge.engine.analysis.baselines.words import NOT_KNOWN

SCENARIOS = Path(__file__).parents[1] / "experiment"
SMALL = str(SCENARIOS / "small.yaml")
FEW = ["--worlds", "30", "--seed", "3", "--told", "5", "--workers", "1", "--no-figures", "--baselines"]


@pytest.fixture
def kept(tmp_path):
    """The folder of results, and what is kept in it."""

    def kept():
        return json.loads((tmp_path / "results/baselines.json").read_text())

    return kept


def test_tables_and_sentences_are_printed(wedge, tmp_path):
    """How far from the cheapest model, against chance, and that nobody can know which is better."""
    code, out, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results")
    assert 0 == code
    for part in (
        "weighted mean",
        "weighted median",
        "Nash solution",
        "null model",
        "never concede",
        "landscape theory",
    ):
        assert part in out
    assert "from the weighted mean on average" in out or "settles nothing" in out
    assert NOT_KNOWN in out
    assert "null model: playing the same worlds" in err


def test_json_has_them_under_one_name(wedge, tmp_path, kept):
    """Beside the summary that is stored, and nothing else on stdout."""
    code, out, _ = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--json")
    assert 0 == code
    summary = json.loads((tmp_path / "results/summary.json").read_text())
    assert summary | {"baselines": kept()} == json.loads(out)
    assert 30 == kept()["worlds"]


def test_the_manifest_vouches_for_them(wedge, tmp_path):
    """Changed bytes are found; without changes nothing is wrong, with the models' own results too."""
    results = tmp_path / "results"
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    assert "baselines.json" in json.loads((results / "manifest.json").read_text())["files"]
    for folder in (results, results / "baselines/null", results / "baselines/never_concede"):
        assert 0 == wedge("verify", folder, "--sample", 5, "-q")[0]
    with (results / "baselines.json").open("a") as file:
        file.write(" ")
    code, out, _ = wedge("verify", results, "--sample", 0, "-q")
    assert 1 == code
    assert "baselines.json" in out


def test_the_same_call_goes_on_and_more_worlds_extend(wedge, tmp_path, kept):
    """To the byte, and then in the worlds of both."""
    results = tmp_path / "results"
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    manifest, first = (results / "manifest.json").read_bytes(), kept()
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    assert manifest == (results / "manifest.json").read_bytes()
    assert first == kept()
    wedge("run", SMALL, *FEW, "--worlds", 50, "--out", results, "-q")
    assert 50 == kept()["worlds"] == kept()["played"][0]["n_b"]


def test_a_run_without_them_says_that_they_are_of_other_worlds(wedge, tmp_path, kept):
    """More worlds alone leave what was kept behind."""
    results = tmp_path / "results"
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    _, _, err = wedge("run", SMALL, *FEW[:-1], "--worlds", 50, "--out", results)
    assert "baselines.json is of 30 worlds" in err
    assert 30 == kept()["worlds"]
    assert 0 == wedge("verify", results, "--sample", 0, "-q")[0]


def test_worlds_that_crash_are_left_out_of_all(wedge, tmp_path, kept):
    """Exit code 3; the simple models stand beside the worlds that could be played."""
    fragile = SCENARIOS / "fragile.yaml"
    code, out, err = wedge("run", fragile, *FEW, "--worlds", 60, "--out", tmp_path / "results")
    assert 3 == code
    assert "could not be played: world" in err
    stored = json.loads((tmp_path / "results/summary.json").read_text())["about"]["n"]
    assert 0 < stored < 60
    assert {stored} == {row["n_a"] for row in kept()["played"]} == {row["n_b"] for row in kept()["played"]}
    assert {stored} == {row["of"] for row in kept()["levels"]}
    assert NOT_KNOWN in out


def test_a_policy_that_never_works_has_nothing_beside_it(wedge, tmp_path):
    """As without them."""
    code, out, err = wedge("run", SCENARIOS / "broken.yaml", *FEW, "--out", tmp_path / "results")
    assert (3, "") == (code, out)
    assert "never works" in err
    assert not (tmp_path / "results").exists()


def test_a_simple_model_that_cannot_be_played_is_told(wedge, tmp_path, monkeypatch):
    """The results are kept, and the exit code says that something crashed."""
    from wedge.engine.analysis.baselines import report
    from wedge.engine.experiment import NothingPlayed

    def fails(*given, **how):
        raise NothingPlayed(["world 0: out of luck"])

    monkeypatch.setattr(report, "play_beside", fails)
    code, out, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results")
    assert 3 == code
    assert "How the talks end" in out
    assert "no simple model could be set beside them" in err
    assert "out of luck" in err
    assert not (tmp_path / "results/baselines.json").exists()


def test_changes_of_the_call_hold_for_all_models(wedge, tmp_path):
    """Numbers that were set are set in the models that are played, and seats are theirs."""
    results = tmp_path / "results"
    changed = ("--set", "strain.daylight=0.5", "--policy", "patron=boulware")
    assert 0 == wedge("run", SMALL, *FEW, *changed, "--out", results, "-q")[0]
    meaning = json.loads((results / "baselines/null/manifest.json").read_text())["scenario"]["meaning"]
    assert 0.5 == meaning["numbers"]["strain.daylight"]
    assert {"lots"} == {state["policy"]["answers"] for state in meaning["states"].values()}


def test_a_stopping_rule_is_said(wedge, tmp_path, kept):
    """The models play as many worlds as were needed, and the intervals do not allow for the looks."""
    wanted = ("--worlds", "5000", "--precision", "0.2")
    code, out, _ = wedge("run", SMALL, *FEW, *wanted, "--out", tmp_path / "results")
    assert 0 == code
    assert kept()["worlds"] == kept()["played"][0]["n_b"] < 5000
    assert "do not allow for that" in out


def test_a_dry_run_says_that_worlds_are_played_again(wedge, tmp_path):
    """And plays nothing."""
    code, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--dry-run")
    assert 0 == code
    assert "twice more" in err
    assert not (tmp_path / "results").exists()


def test_titles_that_would_command_the_terminal_are_text(wedge, tmp_path, write_scenario):
    """Brackets, a tag and a formula in the title of an issue, and letters of every kind in the folder."""
    odd = 'title: "=[red]<b>&"'
    path = write_scenario(("  land:\n", f"  land:\n    {odd}\n"))
    code, out, _ = wedge("run", path, *FEW, "--out", tmp_path / "[results] & co", "-q")
    assert 0 == code
    assert "=[red]<b>&" in out


def test_they_are_exported_with_the_rest(wedge, tmp_path, kept):
    """A file for each table, a row for each of its own; none once there are more worlds."""
    results, csvs = tmp_path / "results", tmp_path / "csv"
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    assert 0 == wedge("export", results, "--out", csvs)[0]
    for table in ("levels", "sides", "played"):
        rows = list(csv.DictReader((csvs / f"baselines_{table}.csv").open(encoding="utf-8-sig")))
        assert len(kept()[table]) == len(rows)
    wedge("run", SMALL, *FEW[:-1], "--worlds", 50, "--out", results, "-q")
    assert 2 == wedge("export", results, "--out", tmp_path / "more", "--tables", "baselines_levels")[0]


def test_a_file_that_cannot_be_read_does_not_stop_a_run(wedge, tmp_path, kept):
    """It is said, the results are printed, and --baselines writes it again."""
    results = tmp_path / "results"
    wedge("run", SMALL, *FEW, "--out", results, "-q")
    (results / "baselines.json").write_text("{")
    code, out, err = wedge("run", SMALL, *FEW[:-1], "--out", results)
    assert 0 == code
    assert "How the talks end" in out
    assert "note: cannot read" in err
    assert 0 == wedge("run", SMALL, *FEW, "--out", results, "-q")[0]
    assert 30 == kept()["worlds"]


def test_ctrl_c_among_the_simple_models_keeps_the_results(wedge, tmp_path, monkeypatch):
    """Exit code 130; what was played before is whole, and the same call goes on."""
    from wedge.engine.analysis.baselines import report
    from wedge.engine.experiment.problems import Interrupted

    def stopped(source, experiment, progress=None, **how):
        raise Interrupted(str(experiment.folder / "baselines/null"), 10, 30)

    results = tmp_path / "results"
    with monkeypatch.context() as patch:
        patch.setattr(report, "play_beside", stopped)
        code, _, err = wedge("run", SMALL, *FEW, "--out", results)
    assert 130 == code
    assert "10 of 30 worlds are stored" in err
    assert 0 == wedge("verify", results, "--sample", 3, "-q")[0]
    assert 0 == wedge("run", SMALL, *FEW, "--out", results, "-q")[0]
    assert (results / "baselines.json").is_file()
