"""What an experiment says is what its tables hold."""

import json

import pytest

from wedge.engine.analysis import observables, summarise
from wedge.engine.analysis.limits import limit_from, refuse_unknown
from wedge.engine.analysis.observables import values_of
from wedge.engine.analysis.summary import save_summary
from wedge.engine.experiment import ExperimentError
from wedge.engine.scenario import load


@pytest.fixture(scope="module")
def summary(pair):
    """The small scenario's."""
    return summarise(pair[0])


def test_a_share_counts_worlds(pair, summary):
    """The fracture rate is that of the table of alliances, with its interval round it."""
    fractured = pair[0].table("alliances")["fractured"]
    row = summary.share("alliances.pact.fractured")
    assert (fractured.sum(), 120) == (row["count"], row["n"])
    assert row["low"] < row["share"] < row["high"]
    assert 0 < row["count"] < 120


def test_every_observable_has_a_value_in_every_world(pair):
    """Each name is found in the tables, world by world."""
    for observable in observables(pair[0]).values():
        values = values_of(pair[0], observable)
        assert list(range(120)) == values.index.tolist(), observable.name
        assert values.notna().all(), observable.name


def test_endings_add_up(summary):
    """Every world ends in one way."""
    ends = ("talks.settled", "talks.out_of_rounds", "talks.walked_out")
    assert 120 == sum(summary.share(name)["count"] for name in ends)


def test_the_curve_ends_at_the_rate(summary):
    """By the last day, the share that has fractured is the fracture rate; it never falls."""
    band = summary.by_day[summary.by_day["observable"] == "alliances.pact.fractured"]
    assert 6 == len(band)
    assert summary.share("alliances.pact.fractured")["share"] == band["share"].iloc[-1]
    assert band["share"].is_monotonic_increasing


def test_somebody_breaks_first(summary):
    """In each world where the alliance fractures, some tie of it broke in that round."""
    broke = summary.broke
    assert broke["count"].sum() >= broke["n"].iloc[0]
    assert {"patron", "client"} >= {*broke["source"], *broke["target"]}


def test_losses_add_up_to_the_whole(summary):
    """The channels' shares of what a tie lost sum to one."""
    for _, tie in summary.channels.groupby(["source", "target"]):
        assert 1 == pytest.approx(tie["share_of_loss"].sum())


def test_orders_are_counted_for_each_state(summary):
    """Every state has a first and a last favourite in every world."""
    assert {120} == set(summary.orders.groupby("state")["count"].sum())


def test_levels_are_those_that_were_settled(pair, summary):
    """The level of an issue over the worlds in which it was settled."""
    issues = pair[0].ask("SELECT avg(level) AS level FROM issues WHERE issue = 'border' AND settled")["level"][0]
    row = summary.levels.set_index("issue").loc["border"]
    assert row["settled"] == summary.share("issues.border.settled")["count"]
    if row["settled"]:
        assert issues == pytest.approx(row["mean"])


def test_the_answer_says_how_often_when_and_why(summary):
    """One sentence with rate, interval, worlds, day, tie and channel."""
    for part in ("The pact fractures in", "of 120 worlds", "by day", "breaks first", "mostly through"):
        assert part in summary.answer


def test_it_says_on_what_it_is_conditional(summary):
    """The number of judgements is told, always."""
    assert "31 of the 31 numbers it gives are judgements" in summary.assumptions
    assert "no forecast" in summary.assumptions


def test_the_summary_is_plain_json(pair, summary, tmp_path):
    """No nan, no infinity; the same summary has the same bytes."""
    save_summary(summary, tmp_path)
    text = (tmp_path / "summary.json").read_text()
    assert "NaN" not in text
    assert 120 == json.loads(text)["about"]["n"]
    assert summary.as_json() == summarise(pair[0]).as_json()


def test_an_unknown_observable_is_an_error(summary):
    """Nothing is made up."""
    with pytest.raises(KeyError):
        summary.share("alliances.pact.melted")


class TestLimits:
    """What --fail-if can ask."""

    def test_a_share_and_a_mean_can_be_held_against_a_number(self, summary):
        """Shares may be given in per cent."""
        assert limit_from("alliances.pact.fractured > 0").holds(summary)
        assert not limit_from("alliances.pact.fractured>=100%").holds(summary)
        assert limit_from("talks.days <= 42").holds(summary)

    def test_a_limit_says_what_was_found(self, summary):
        """The number and the limit."""
        assert "talks.days is " in limit_from("talks.days < 1e3").said(summary)

    @pytest.mark.parametrize(
        "text", ["", "alliances.pact.fractured", "x > y", "1 > 2", "a > 1; b > 2", "__import__('os')"]
    )
    def test_anything_else_is_refused(self, text):
        """A limit is no code."""
        with pytest.raises(ExperimentError, match="cannot read the limit"):
            limit_from(text)

    def test_a_misspelt_observable_is_guessed(self):
        """With a did-you-mean, before anything is played; where nothing is near, one of them is named."""
        scenario = load("tutorial/first_steps")
        for said, cure in (("alliances.pact.fractures", "did you mean alliances.pact."), ("zzz", "one is ")):
            with pytest.raises(ExperimentError) as refusal:
                refuse_unknown([limit_from(f"{said} > 0.1")], scenario)
            assert refusal.value.help.startswith(cure)
