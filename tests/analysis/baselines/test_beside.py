"""Simple models beside an experiment: the same worlds, kept in its folder, and what cannot be known said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wedge.engine.analysis.baselines import baselines_of, save_baselines, stored_baselines, words
from wedge.engine.analysis.baselines.words import NOT_KNOWN
from wedge.engine.analysis.observables import observables, values_of
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment import open_experiment, run
from wedge.engine.experiment.problems import ExperimentError

SMALL = str(Path(__file__).parents[2] / "experiment" / "small.yaml")


@pytest.fixture(scope="module")
def beside(tmp_path_factory):
    """Forty worlds, and all simple models beside them."""
    experiment = run(SMALL, 40, 3, tmp_path_factory.mktemp("beside") / "results", driver="traced", rounds_of=0)
    return experiment, baselines_of(Source(SMALL), experiment, driver="traced")


def test_the_played_models_differ_from_the_agent_model(beside):
    """Random answers settle the first stage otherwise than states with reasons do, and the counts are of the same worlds."""
    experiment, found = beside
    rows = found.played[found.played["observable"].str.startswith("stages.")]
    assert {True} == set(rows["paired"])
    assert {40} == set(rows[["both", "neither", "only_a", "only_b"]].sum(axis=1))
    null = rows[rows["model"] == "null"]
    assert (null["only_a"] + null["only_b"]).sum() > 0
    name = null.iloc[0]["observable"]
    other = open_experiment(experiment.folder / "baselines" / "null")
    mine, theirs = (values_of(e, observables(e)[name]).to_numpy(bool) for e in (experiment, other))
    assert (mine & ~theirs).sum() == null.iloc[0]["only_a"]


def test_distances_are_taken_world_by_world(beside):
    """The mean distance from the weighted mean is that of the levels in the table of issues."""
    experiment, found = beside
    row = found.levels[(found.levels["model"] == "weighted_mean") & (found.levels["settled"] > 0)].iloc[0]
    assert row["lower"] == row["upper"]  # positions are fixed in this scenario
    ends = experiment.ask("SELECT level FROM issues WHERE settled AND issue = ?", (row["issue"],))["level"]
    assert len(ends) == row["settled"]
    assert pytest.approx(np.abs(ends - row["median"]).mean()) == row["distance"]


def test_it_says_that_nobody_can_know_which_is_better(beside):
    """No outcome is recorded."""
    assert NOT_KNOWN == beside[1].said[-1]


def test_what_is_kept_comes_back(beside, tmp_path):
    """As plain values; nothing where there is no file; a refusal of a file that is broken."""
    assert stored_baselines(tmp_path) is None
    save_baselines(beside[1], tmp_path)
    assert beside[1].as_json() == stored_baselines(tmp_path)
    (tmp_path / "baselines.json").write_text("{}")
    with pytest.raises(ExperimentError, match="cannot read"):
        stored_baselines(tmp_path)


def test_too_many_states_have_no_sides(beside, monkeypatch):
    """The table is empty, and that is said."""
    from wedge.engine.analysis.baselines import sides

    for room in (sides, words):
        monkeypatch.setattr(room, "MOST_STATES", 2)
    found = baselines_of(Source(SMALL), beside[0], driver="traced")
    assert [] == found.as_json()["sides"]
    assert words.TOO_MANY in found.said


def test_a_mean_distance_lies_on_the_scale(tmp_path):
    """Also its interval, however few the worlds and however far apart."""
    few = run(SMALL, 4, 3, tmp_path / "few", driver="traced", rounds_of=0)
    levels = baselines_of(Source(SMALL), few, driver="traced").levels
    known = levels[levels["settled"] > 1]
    assert len(known)
    assert (known["distance_low"] >= 0).all()
    assert (known["distance_high"] <= 1).all()


def test_of_many_ties_the_extremes_are_said():
    """One sentence, whatever the number of ties."""
    columns = ("title", "n", "opposite", "fractured")
    told = pd.DataFrame(
        [("A → B", 100, 0.54, 0.0), ("B → C", 100, 0.1, 0.64), ("C → D", 100, 0.0, 0.0)], columns=columns
    )
    assert list(words._of_sides(told, 3)) == [
        "Of all allies, landscape theory parts A → B most often: in 54.0 % of 100 worlds, and their tie fractures in "
        "0.0 %; the tie that fractures most often, B → C, does so in 64.0 %."
    ]
    none = told.assign(opposite=0.0, fractured=0.0)
    assert list(words._of_sides(none, 3)) == [
        "Landscape theory parts no two allies in any of 100 worlds; no tie fractures in them."
    ]
