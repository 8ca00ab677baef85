"""Policies against policies in the same worlds: payoffs, best answers, regrets, and what cannot be told apart."""

import json
from pathlib import Path

import numpy as np
import pytest
from small_games import small

from wedge.engine.analysis.tournament import OWN, WHOLE, WITHOUT, report_of, tournament
from wedge.engine.analysis.tournament.summary import sentences_of
from wedge.engine.experiment.problems import ExperimentError

SMALL = str(Path(__file__).parents[2] / "cli" / "small.yaml")
FEW = {"worlds": 12, "seed": 3, "driver": "traced"}


@pytest.fixture(scope="module")
def of_one_mind(tmp_path_factory):
    """Two states that both want the war to end, and at the same level: whoever draws lots only puts it off."""
    tree = small({"ann": {"truce": 1.0}, "bob": {"truce": 1.0}}, war="truce")
    for state in tree["states"].values():
        state["war_cost"] = 0.5
    path = tmp_path_factory.mktemp("games") / "of_one_mind.yaml"
    path.write_text(json.dumps(tree), encoding="utf-8")
    return report_of(tournament(str(path), policies=["random"], **FEW))


@pytest.fixture(scope="module")
def at_odds():
    """The small talks: allies and a rival with a stake in their quarrel."""
    return report_of(tournament(SMALL, ["carl", "anna"], ["firm", "boulware"], **FEW))


class TestOfOneMind:
    def test_as_written_they_agree_once_they_hold_out_for_less_than_all(self, of_one_mind):
        """In the second of six rounds: the whole way from war to truce, less one round of war."""
        cells = of_one_mind.cells
        own = cells[(cells["ann"] == OWN) & (cells["bob"] == OWN)]
        assert [1 - 0.5 / 6] * 2 == pytest.approx(list(own["mean"]))

    def test_drawing_lots_is_dominated(self, of_one_mind):
        """It is worse for either, whatever the other does."""
        dominated = of_one_mind.dominated.to_dict("records")
        assert {("ann", "random", OWN), ("bob", "random", OWN)} == {
            (d["state"], d["policy"], d["by"]) for d in dominated
        }

    def test_the_one_equilibrium_is_to_agree(self, of_one_mind):
        """And it stays one in most draws of the worlds; not in all, since lots may fall well."""
        (found,) = of_one_mind.equilibria
        assert {"ann": {OWN: 1.0}, "bob": {OWN: 1.0}} == found["played"]
        assert 0.5 < found["holds"] <= 1.0

    def test_the_best_answer_has_no_regret(self, of_one_mind):
        """And the other as much as it falls short."""
        regrets = of_one_mind.regrets.set_index(["state", "policy"])
        assert 0.0 == regrets.loc[("ann", OWN), "regret_own"] == regrets.loc[("ann", OWN), "regret_most"]
        lots = regrets.loc[("ann", "random")]
        assert lots["regret_own"] == pytest.approx(1 - 0.5 / 6 - lots["mean"])

    def test_nobody_has_a_stake_so_there_is_one_measure(self, of_one_mind):
        """Payoffs without the split would be the same numbers again."""
        assert [WHOLE] == of_one_mind.tournament.measures


class TestAtOdds:
    def test_both_measures_are_told_and_differ_by_the_stakes(self, at_odds):
        """What a fracture brings to the rival is what lies between them."""
        t = at_odds.tournament
        assert [WHOLE, WITHOUT] == t.measures
        for profile, played in t.played.items():
            gap = t.of(profile, "carl", WHOLE) - t.of(profile, "carl", WITHOUT)
            assert gap == pytest.approx(0.2 * played.fractured[:, 0])

    def test_every_combination_is_played_in_the_same_worlds(self, at_odds):
        """Three policies each: nine; and the policies as written are at no distance from themselves."""
        assert 9 == len(at_odds.tournament.played)
        cells = at_odds.cells
        own = cells[(cells["carl"] == OWN) & (cells["anna"] == OWN)]
        assert np.allclose(0.0, own["over_own"])

    def test_a_policy_comes_with_its_own_parameters(self, at_odds):
        """Anna is boulware as written, so seating boulware changes nothing for her."""
        t = at_odds.tournament
        assert np.array_equal(t.played[(0, 0)].payoff, t.played[(0, 2)].payoff)
        row = at_odds.answers[(at_odds.answers["state"] == "anna") & (at_odds.answers["carl"] == OWN)].iloc[0]
        assert row["best"] not in row["same"]

    def test_what_cannot_be_told_apart_is_said(self, at_odds):
        """A best answer is told apart only if nothing else is as good."""
        for row in at_odds.answers.to_dict("records"):
            assert not (row["told_apart"] and row["as_good"])
        assert any("cannot tell it from" in said or "told apart" in said for said in sentences_of(at_odds))

    def test_it_is_plain_values_throughout(self, at_odds):
        """As JSON, without anything that is not finite."""
        assert json.loads(json.dumps(at_odds.as_json(), allow_nan=False))["worlds"] == 12


def test_three_states_are_followed_by_best_replies():
    """Pure equilibria and where best replies lead; every combination leads somewhere."""
    found = report_of(tournament(SMALL, ["carl", "anna", "bert"], ["firm"], worlds=3, seed=3, driver="traced"))
    assert 8 == len(found.tournament.played)
    assert 8 == found.paths[found.paths["measure"] == WHOLE]["from"].sum()
    assert any("Best replies" in said for said in sentences_of(found))


def test_a_policy_that_cannot_be_played_is_left_out():
    """Bert has no allied adversaries to divide."""
    found = tournament(SMALL, ["bert"], ["wedge", "firm"], worlds=2, driver="traced")
    assert ((OWN, "firm"),) == found.choices.policies
    assert ("wedge for bert: it has nobody to play it on or with",) == found.choices.left_out


@pytest.mark.parametrize(
    ("states", "policies", "help"),
    [(["karl"], [], "did you mean 'carl'?"), (["carl"], ["boulwar"], "did you mean 'boulware'?")],
)
def test_a_misspelt_name_is_answered_with_the_nearest(states, policies, help):
    """Before anything is played."""
    with pytest.raises(ExperimentError) as error:
        tournament(SMALL, states, policies)
    assert help == error.value.help


def test_too_many_combinations_are_refused():
    """Rather than begun."""
    with pytest.raises(ExperimentError, match="combinations of policies are more than"):
        tournament("alaska_2025/package", ["russia", "ukraine", "europe", "united_states"])
