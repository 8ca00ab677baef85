"""``wedge rare``: thin, and the same answer as in Python."""

from pathlib import Path

import pytest

BLOW = str(Path(__file__).parents[1] / "analysis" / "one_blow.yaml")
FEW = ["--worlds", "200", "--seed", "3", "--workers", "1"]


def test_it_tells_the_rate_in_words(wedge):
    """And which course to look at next."""
    code, out, err = wedge("rare", BLOW, *FEW)
    assert 0 == code
    assert "Pact fractures: in 5" in out
    assert "It is not rare" in out
    assert f"next: wedge explain {BLOW}@3:" in err


def test_it_tells_what_was_never_seen(wedge):
    """With what the rate is not above, and without a next course."""
    code, out, err = wedge("rare", BLOW, *FEW, "--set", "ties.anna.bert.commitment=0.9")
    assert 0 == code
    assert "in none of 200 worlds" in out
    assert "in no more than 1.5 % of the worlds" in out
    assert "next" not in err


def test_json_is_all_that_goes_to_stdout(wedge):
    """With the levels, the repetitions and the courses."""
    said = wedge("rare", BLOW, "--of", "anna.bert", *FEW, "--json")
    assert "ties.anna.bert.fractured" == said.data["observable"]
    assert (200, 10) == (said.data["worlds"], said.data["repetitions"])
    assert {"level", "fracture", "distance", "courses", "reached", "share", "worlds"} == set(said.data["levels"][0])


@pytest.mark.parametrize(("words", "said"), [(["--of", "pakt"], "pact"), (["--worlds", "3"], "20")])
def test_bad_input_is_told_with_its_cure(wedge, words, said):
    """Exit code 2, no traceback."""
    code, _, err = wedge("rare", BLOW, *FEW, *words)
    assert 2 == code
    assert said in err
