"""``wedge tournament``: which policy is best against which."""

RIFT = ("by: -0.05", "by: -0.4")  # so that the pact breaks where Anna refuses, and Carl gains by it
FEW = ["--worlds", "4", "--seed", "5", "--driver", "traced"]


def test_it_tells_payoffs_answers_and_equilibria(wedge, write_scenario):
    """For both states, with and without the split."""
    code, out, err = wedge("tournament", write_scenario(RIFT), "--states", "carl,anna", "--policies", "firm", *FEW)
    assert 0 == code
    for part in (
        "Carl: payoff against",
        "payoff without the split",
        "best answer",
        "Equilibria by payoff",
        "fractures",
    ):
        assert part in out
    assert "next: wedge run" in err


def test_the_next_command_holds_what_was_changed(wedge, write_scenario):
    """Quoted for a shell; nothing is said under --quiet."""
    call = ["tournament", write_scenario(RIFT), "--states", "carl,anna", "--policies", "firm", *FEW]
    changed = ["--set", "strain.noise={uniform: [0, 0.01]}"]
    assert "--set 'strain.noise={uniform: [0, 0.01]}'" in wedge(*call, *changed).err
    assert "" == wedge(*call, "-q").err


def test_json_stands_alone_and_out_holds_all_tables(wedge, write_scenario, tmp_path):
    """Stdout is JSON and nothing else; the folder has CSV files and heat maps with their words."""
    more = ["--policies", "firm", "--json", "--out", tmp_path / "out"]
    said = wedge("tournament", write_scenario(RIFT), "--states", "carl,anna", *FEW, *more)
    assert 0 == said.code
    assert {"carl": ["as written", "firm"], "anna": ["as written", "firm"]} == said.data["policies"]
    there = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"tournament.json", "cells.csv", "answers.csv", "regrets.csv", "figures"} <= there
    figures = {path.name for path in (tmp_path / "out" / "figures").iterdir()}
    assert {"payoff_carl.svg", "payoff_without_split_carl.png", "fractures_pact.svg", "README.md"} <= figures


def test_two_opposed_states_compete_if_none_is_named(wedge, write_scenario):
    """The first two adversaries, as declared."""
    said = wedge("tournament", write_scenario(RIFT), "--policies", "firm", "--json", *FEW)
    assert ["anna", "carl"] == said.data["states"]


def test_one_state_alone_is_tried_against_the_rest_as_written(wedge, write_scenario):
    """A best answer without a game."""
    code, out, _ = wedge("tournament", write_scenario(RIFT), "--states", "bert", "--policies", "firm", *FEW)
    assert 0 == code
    assert "Bert's best answer to the rest as written" in out


def test_a_misspelt_state_is_answered_with_the_nearest(wedge, write_scenario):
    """Exit code 2 and a cure."""
    code, _, err = wedge("tournament", write_scenario(RIFT), "--states", "karl", *FEW)
    assert 2 == code
    assert "there is no state 'karl'" in err
    assert "did you mean 'carl'?" in err


def test_a_misspelt_policy_is_answered_with_the_nearest(wedge, write_scenario):
    """Likewise; other names of a policy are known."""
    code, _, err = wedge("tournament", write_scenario(RIFT), "--policies", "hardlinre", *FEW)
    assert 2 == code
    assert "did you mean 'hardliner'?" in err
