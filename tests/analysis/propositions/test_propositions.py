"""Propositions about wedges: what is predicted, how it is played, how a sign is judged."""

import hashlib
import json

import numpy as np
import pytest

from wedge.engine.analysis.paired import Difference
from wedge.engine.analysis.propositions import judging
from wedge.engine.analysis.propositions.judging import AS_PREDICTED, NOT_FOUND, NOT_TRIED, REVERSED
from wedge.engine.analysis.propositions.report import COLUMNS, play_arms, propositions, rows_of
from wedge.engine.analysis.propositions.stated import FOLDER, PREDICTED, arms_of, predictions_file, stated
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario import load
from wedge.engine.simulation.many import play_many

BEFORE = "ab6217caf13ce1c72ff68a98ead028aa383c73eef4aead1269c3919d96684509"  # the files as they were committed
UP, DOWN, FLAT = (Difference(gap, gap - 0.01, gap + 0.01, p) for gap, p in ((0.1, 0.001), (-0.1, 0.001), (0.1, 0.02)))


def meaning(arm):
    """All that a scenario says, but for its words."""
    said = load(f"{FOLDER}/{arm}").model.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)
    return {key: value for key, value in said.items() if key not in {"name", "summary", "description", "extends"}}


def paths(one, other, at=""):
    """Where two scenarios differ, down to the key of a state, a tie or a position."""
    if isinstance(one, dict) and isinstance(other, dict) and not at.endswith(("policy", "war_cost", "red_line")):
        return {
            path for key in {*one, *other} for path in paths(one.get(key), other.get(key), f"{at}.{key}".lstrip("."))
        }
    return set() if one == other else {at}


def test_every_proposition_is_stated():
    """With a source, a known prediction, and arms that load; only what is not expressed has none."""
    contrasts = stated()
    assert ["W1", "W3", "W4", "W6"] == list(dict.fromkeys(one.about for one in contrasts))
    for one in contrasts:
        assert one.source
        assert one.predicted in PREDICTED
        assert bool(one.arms) == (one.predicted != "not expressed")
        assert len(one.arms) in (0, 2, 4)
    for arm, alliance in arms_of(contrasts).items():
        assert alliance in load(f"{FOLDER}/{arm}").model.alliances


def test_an_unknown_proposition_is_refused():
    """With a suggestion."""
    with pytest.raises(ExperimentError, match="W9"):
        stated(["W9"])


@pytest.mark.parametrize(
    ("first", "second", "where"),
    [
        ("w1_selective", "w1_even", {"states.divider.policy"}),
        ("w1_pressure", "w1_even", {"states.divider.policy", "states.stronger.war_cost", "states.weaker.war_cost"}),
        ("w3_reward", "w3_coercion", {"states.divider.policy", "states.stronger.war_cost"}),
        ("w3_reward", "w3_reward_poor", {"states.divider.positions.markets.red_line"}),
        ("w3_coercion", "w3_coercion_poor", {"states.divider.positions.markets.red_line"}),
        ("w4_symmetric_weaker", "w4_symmetric_even", {"states.divider.policy"}),
        ("w4_asymmetric_weaker", "w4_asymmetric_even", {"states.divider.policy"}),
        (
            "w4_symmetric_even",
            "w4_asymmetric_even",
            {f"alliances.pact.ties.{tie}.dependence" for tie in ("stronger.weaker", "weaker.stronger")},
        ),
        ("w6_joint", "w6_divided", {"states.second_divider.policy"}),
        ("w6_divided", "w6_neither", {"states.first_divider.policy"}),
    ],
)
def test_arms_differ_only_in_what_is_spoken_of(first, second, where):
    """Nothing else in the files differs."""
    assert where == paths(meaning(first), meaning(second))


@pytest.mark.parametrize(
    ("predicted", "found", "verdict"),
    [
        ("more", UP, AS_PREDICTED),
        ("more", DOWN, REVERSED),
        ("more", FLAT, NOT_FOUND),
        ("less", DOWN, AS_PREDICTED),
        ("less", UP, REVERSED),
        ("less", FLAT, NOT_FOUND),
        ("not more", UP, REVERSED),
        ("not more", DOWN, AS_PREDICTED),
        ("not more", FLAT, AS_PREDICTED),
        ("not expressed", UP, NOT_TRIED),
    ],
)
def test_verdicts(predicted, found, verdict):
    """A sign counts below one in a hundred."""
    assert verdict == judging.verdict_on(predicted, found)


def test_a_difference_of_differences_is_paired():
    """World by world: four columns that cancel in each world differ by nothing."""
    a, b = np.array([1, 1, 0, 0], bool), np.array([1, 0, 0, 0], bool)
    assert 0.0 == judging.difference_of(a, b, a, b).difference
    assert 0.25 == judging.difference_of(a, b, b, b).difference


def test_arms_are_played_in_the_same_worlds():
    """What is counted is the fracture of the alliance named, world by world, however the worlds are cut up."""
    found = play_arms({"w6_divided": "league"}, 12, 7)["w6_divided"]
    table = play_many(load(f"{FOLDER}/w6_divided"), 7, range(12), only=("alliances",)).tables["alliances"]
    assert found.any()
    assert np.array_equal(found, table["fractured"][table["alliance"] == "league"])


def test_records_are_plain_and_make_rows():
    """One for each contrast, what is not tried included."""
    found = propositions(["W3"], worlds=5)
    data = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert ["W3a", "W3b", "W3c", "W3d"] == [one["contrast"] for one in data["contrasts"]]
    rows = rows_of(data["contrasts"])
    assert {len(COLUMNS)} == {len(row) for row in rows}
    assert NOT_TRIED == rows[-1][-1]
    assert found.met is all(one.met is not False for one in found.judged)


def test_predictions_and_arms_are_as_they_were_before_the_first_play():
    """To the byte: none was changed when its sign came out wrong."""
    files = [file for file in sorted(predictions_file().parent.iterdir()) if file.suffix in {".csv", ".yaml"}]
    assert 17 == len(files)
    assert BEFORE == hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
