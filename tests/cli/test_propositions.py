"""``wedge propositions``: what is told, and what its exit code says."""

from wedge.engine.cli.common import BAD, DONE, NO


def test_signs_are_told_with_their_sources(wedge):
    """The exit code says whether every sign was found."""
    said = wedge("propositions", "W1", "--worlds", 6, "-q")
    assert said.code == NO
    assert "" == said.err
    for word in ("Crawford", "W1a", "predicted", "not found", "no evidence about the world"):
        assert word in said.out


def test_json_is_the_same_again(wedge):
    """The same seed gives the same, and the code agrees with what is said."""
    said = wedge("propositions", "W6", "--worlds", 6, "--json")
    assert said.out == wedge("propositions", "W6", "--worlds", 6, "--json").out
    verdicts = [one["verdict"] for one in said.data["contrasts"]]
    assert said.code == (DONE if set(verdicts) <= {"as predicted", "not tried"} else NO)


def test_a_single_world_has_no_interval_and_is_refused(wedge):
    """A difference of differences takes two."""
    said = wedge("propositions", "W3", "--worlds", 1, "--json")
    assert BAD == said.code
    assert "2 or more" in said.err


def test_an_unknown_name_is_refused(wedge):
    """With what is known."""
    said = wedge("propositions", "W11")
    assert BAD == said.code
    assert "W11" in said.err
    assert "Traceback" not in said.err
