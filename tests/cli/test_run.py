"""``wedge run``: data on stdout, talk on stderr, and an exit code that says how it went."""

import json
from pathlib import Path

import pytest

SCENARIOS = Path(__file__).parents[1] / "experiment"
SMALL = str(SCENARIOS / "small.yaml")
FEW = ["--worlds", "30", "--seed", "3", "--told", "5", "--workers", "1", "--no-figures"]


def test_it_prints_the_answer_and_what_it_rests_on(wedge, tmp_path):
    """Tables, the answer in a sentence, the judgements; the next command is said on stderr."""
    code, out, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results")
    assert 0 == code
    for part in (
        "The pact fractures",
        "95 % interval",
        "How the talks end",
        "What is settled",
        "Moves in the mean world",
    ):
        assert part in out
    assert "of the 31 numbers it gives are judgements" in out
    assert f"next: wedge explain {SMALL}@3:" in err


def test_json_stands_alone_on_stdout(wedge, tmp_path):
    """What is printed is the summary that is stored."""
    code, out, _ = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--json")
    assert 0 == code
    assert json.loads((tmp_path / "results/summary.json").read_text()) == json.loads(out)


def test_quiet_says_nothing_about_progress(wedge, tmp_path):
    """With --json and -q stderr has at most the warnings of the scenario."""
    _, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--json", "-q")
    assert "a second" not in err


def test_the_same_call_has_the_same_manifest(wedge, tmp_path):
    """Whatever folder and workers: the manifest knows the call that matters, and the summary's bytes."""
    for place, workers in (("a", "1"), ("b", "2")):
        wedge("run", SMALL, *FEW, "--workers", workers, "--out", tmp_path / place, "--set", "strain.daylight=0.5")
    first, second = ((tmp_path / place / "manifest.json").read_text() for place in ("a", "b"))
    assert first == second
    manifest = json.loads(first)
    assert ["wedge", "run", SMALL, "--worlds", "30", "--seed", "3", "--set", "strain.daylight=0.5"] == manifest[
        "command"
    ]
    assert "summary.json" in manifest["files"]


def test_figures_are_drawn_and_vouched_for(wedge, tmp_path):
    """Without --no-figures they lie with the results, and the manifest knows their bytes."""
    assert 0 == wedge("run", SMALL, *FEW[:-1], "--out", tmp_path / "results", "-q")[0]
    drawn = {path.name for path in (tmp_path / "results/figures").iterdir()}
    files = json.loads((tmp_path / "results/manifest.json").read_text())["files"]
    assert {f"figures/{name}" for name in drawn} == {name for name in files if name.startswith("figures/")}
    assert any(name.endswith(".svg") for name in drawn)


def test_results_go_where_they_always_go(wedge, tmp_path, monkeypatch):
    """Without --out: results/<code>-<seed>, below the folder one is in."""
    monkeypatch.chdir(tmp_path)
    wedge("run", SMALL, *FEW)
    assert (tmp_path / "results/small-3/summary.json").is_file()


def test_a_dry_run_plays_nothing(wedge, tmp_path):
    """The resolved scenario on stdout, the plan and about how long it takes on stderr; no folder."""
    code, out, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--dry-run")
    assert 0 == code
    assert "meaning:" in out
    assert "30 worlds of small, seed 3" in err
    assert not (tmp_path / "results").exists()


def test_a_dry_run_in_json(wedge, tmp_path):
    """Plan and scenario as data."""
    _, out, _ = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--dry-run", "--json", "--driver", "traced")
    told = json.loads(out)
    assert (30, "traced") == (told["plan"]["worlds"], told["plan"]["driver"])
    assert told["scenario"]["sha256"] == told["plan"]["scenario"]


@pytest.mark.parametrize(("limit", "code"), [("alliances.pact.fractured >= 0", 1), ("talks.days > 1000", 0)])
def test_fail_if_sets_the_exit_code(wedge, tmp_path, limit, code):
    """1 when the limit is crossed."""
    found, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--fail-if", limit)
    assert code == found
    assert ("--fail-if holds" in err) == bool(code)


@pytest.mark.parametrize("limit", ["fracture", "alliances.pact.fractured = 1"])
def test_a_limit_that_cannot_be_read_is_refused_before_anything_is_played(wedge, tmp_path, limit):
    """Bad usage, and no folder."""
    code, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--fail-if", limit)
    assert 2 == code
    assert "cannot read the limit" in err
    assert not (tmp_path / "results").exists()


def test_a_limit_on_what_is_not_observed_is_refused_before_anything_is_played(wedge, tmp_path):
    """With the observable that is meant, and no folder."""
    said = wedge("run", SMALL, *FEW, "--out", tmp_path / "results", "--fail-if", "aliances.pact.fractured > 0.1")
    assert 2 == said.code
    assert "did you mean alliances.pact.fractured?" in said.err
    assert not (tmp_path / "results").exists()


def test_told_worlds_are_those_of_the_folder(wedge, tmp_path):
    """Left out, whatever it has; said otherwise, refused with a folder that is free."""
    taken = tmp_path / "results"
    wedge("run", SMALL, *FEW, "--out", taken)
    less = [word for word in FEW if word not in ("--told", "5")]
    assert 0 == wedge("run", SMALL, *less, "--worlds", "40", "--out", taken).code
    said = wedge("run", SMALL, *less, "--worlds", "40", "--told", "7", "--out", taken)
    assert (2, "") == (said.code, said.out)
    assert "keeps every round of 5 worlds, and of 7 was asked for" in said.err
    assert f"--out {taken}-2" in said.err
    assert "`extends` is read before" in wedge("run", SMALL, *FEW, "--set", "extends=base.yaml").err


def test_another_experiment_is_refused(wedge, tmp_path):
    """Exit code 2, what differs, and what would help."""
    wedge("run", SMALL, *FEW, "--out", tmp_path / "results")
    code, out, err = wedge("run", SMALL, *FEW, "--seed", "4", "--out", tmp_path / "results")
    assert (2, "") == (code, out)
    assert "its seed is 3, not 4" in err
    assert f"--out {tmp_path / 'results'}-2" in err


def test_worlds_that_crash_are_told_and_the_others_kept(wedge, tmp_path):
    """Exit code 3; the summary says that some are left out."""
    code, out, err = wedge("run", SCENARIOS / "fragile.yaml", *FEW, "--worlds", "60", "--out", tmp_path / "results")
    assert 3 == code
    assert "could not be played: world" in err
    assert "low lot" in err
    assert "Traceback" not in err
    assert "left out" in out


def test_a_policy_that_never_works_leaves_nothing(wedge, tmp_path):
    """Exit code 3, one message, no folder."""
    code, out, err = wedge("run", SCENARIOS / "broken.yaml", *FEW, "--out", tmp_path / "results")
    assert (3, "") == (code, out)
    assert "never works" in err
    assert not (tmp_path / "results").exists()


def test_help_has_an_example_to_paste(wedge):
    """And names every option."""
    _, out, _ = wedge("run", "--help")
    assert "wedge run alaska_2025/territory_first --worlds 2000 --seed 7" in out
    for option in ("--worlds", "--seed", "--out", "--workers", "--driver", "--set", "--policy", "--dry-run", "--json"):
        assert option in out


def test_it_stops_once_it_is_known(wedge, tmp_path, monkeypatch):
    """With --precision; how it stopped is told, and kept in the manifest's command."""
    monkeypatch.setattr("wedge.engine.experiment.stopping.FIRST_LOOK", 50)
    watched = ["--worlds", "1_000", "--precision", "0.3", "--of", "ties.patron.client.withheld"]
    code, out, err = wedge("run", SMALL, *FEW[2:], *watched, "--out", tmp_path / "results")
    assert 0 == code
    assert "Stopped after 50 worlds, once it was known to ± 30 points" in out
    assert "50 worlds: Patron → Client: support is withheld, by events or leaving too in" in err
    assert watched[2:] == json.loads((tmp_path / "results/manifest.json").read_text())["command"][7:11]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--of", "talks.settled"], "--of says what --precision watches"),
        (["--precision", "7"], "a precision is from"),
        (["--precision", "0.1", "--of", "talks.setled"], "did you mean talks.settled?"),
        (["--scheduler", "tcp://127.0.0.1:9"], "add --executor dask"),
    ],
)
def test_options_without_sense_are_refused(wedge, tmp_path, words, said):
    """Bad usage, the cure, and no folder."""
    code, _, err = wedge("run", SMALL, *FEW, *words, "--out", tmp_path / "results")
    assert 2 == code
    assert said in err
    assert not (tmp_path / "results").exists()


def test_a_dry_run_says_when_it_would_stop(wedge, tmp_path):
    """The rule, the first look, the hash of the scenario."""
    _, _, err = wedge("run", SMALL, *FEW, "--precision", "0.01", "--out", tmp_path / "results", "--dry-run")
    assert "it stops once alliances.any.fractured is known to ± 0.01; looked at from 30 worlds on" in err
    assert "at most 30 worlds of small" in err
    assert "has the SHA-256" in err


def test_letters_that_no_font_has_are_said_once(wedge, tmp_path):
    """In a line of ours, and not at all to someone who wants quiet."""
    for place, quiet, count in (("a", (), 1), ("b", ("-q",), 0)):
        code, _, err = wedge("run", SMALL, *FEW[:-1], *quiet, "--set", "name='A \U00013000'", "--out", tmp_path / place)
        assert 0 == code
        assert count == err.count("no font on this machine has")
        assert "Warning" not in err
