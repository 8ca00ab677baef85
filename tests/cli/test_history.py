"""``wedge history``: what is told, what is written, what is refused."""

import json

from wedge.engine.cli.common import BAD, DONE


def test_scores_are_told(wedge):
    """With rivals, with what was in sight apart, and with what they cannot say."""
    said = wedge("history", "--worlds", 2, "-q")
    assert DONE == said.code
    for word in ("base rate", "always hold", "Shown apart", "notorious", "weight of the model"):
        assert word in said.out
    assert "" == said.err


def test_json_is_json_and_the_same_again(wedge):
    """The same seed gives the same."""
    said = wedge("history", "--worlds", 2, "--json")
    assert "" == said.err
    assert {"worlds", "seed", "warning", "scores", "comparisons", "weight_of_the_model", "cells"} == said.data.keys()
    assert said.out == wedge("history", "--worlds", 2, "--json").out


def test_scenarios_are_written_and_sound(wedge, tmp_path):
    """Ten files that validate, and that can be written again."""
    said = wedge("history", "--write", tmp_path / "episodes", "--json")
    files = json.loads(said.out)["files"]
    assert 10 == len(files)
    assert DONE == wedge("validate", *files).code
    again = wedge("history", "--write", tmp_path / "episodes")
    assert DONE == again.code
    assert "next: wedge explain" in again.err


def test_a_file_that_says_something_else_is_kept(wedge, tmp_path):
    """Nothing is written at all."""
    mine = tmp_path / "suez_1956.yaml"
    mine.write_text("mine", encoding="utf-8")
    said = wedge("history", "--write", tmp_path)
    assert BAD == said.code
    assert "says something else" in said.err
    assert "help:" in said.err
    assert [mine] == list(tmp_path.iterdir())
    assert "mine" == mine.read_text(encoding="utf-8")
