"""Two scenarios in the same worlds are compared world by world; in other worlds as separate samples."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from wedge.engine.analysis import compare
from wedge.engine.analysis.comparison import save_comparison
from wedge.engine.analysis.paired import PairedTable, paired_shares
from wedge.engine.analysis.verdicts import assumptions_of_all, verdicts
from wedge.engine.experiment import ExperimentError, open_experiment
from wedge.engine.experiment.together import experiments_in


@pytest.fixture(scope="module")
def compared(pair):
    """The small scenario against its twin."""
    return compare(pair)


def row_of(comparison, table: str, observable: str) -> dict:
    """One row of the first pair."""
    frame = comparison.of_pair(table, *comparison.pairs[0])
    return frame[frame["observable"] == observable].iloc[0].to_dict()


def test_worlds_are_counted_where_both_went_the_same_way_and_where_not(pair, compared):
    """The four cells are those of the two tables, world by world."""
    a, b = (experiment.table("alliances").set_index("world")["fractured"] for experiment in pair)
    row = row_of(compared, "shares", "alliances.pact.fractured")
    cells = PairedTable(int((a & b).sum()), int((~a & ~b).sum()), int((a & ~b).sum()), int((~a & b).sum()))
    assert cells == PairedTable(*(row[name] for name in PairedTable._fields))
    assert paired_shares(cells) == tuple(row[name] for name in ("difference", "low", "high", "p"))
    assert 120 == cells.n


def test_the_same_scenario_does_not_differ_from_itself(pair):
    """In no world and no mean, and it means the same."""
    same = compare([pair[0], open_experiment(pair[0].folder)], labels=["one", "other"])
    assert not same.shares["told_apart"].any()
    assert 0 == same.shares[["only_a", "only_b"]].to_numpy().sum()
    assert 0 == same.means["difference"].abs().max()
    assert 0 == len(same.meaning)
    assert "went the same way in each of 120 worlds" in verdicts(same)[0]


def test_flipped_worlds_can_be_played_again(pair, compared):
    """A code names seed and world in which the alliance fractured under one of the two alone."""
    flipped = compared.flipped[compared.flipped["observable"] == "alliances.pact.fractured"]
    assert 0 < len(flipped) <= 10
    code, _, place = flipped.iloc[0]["world"].rpartition("@")
    seed, world = map(int, place.split(":"))
    assert (flipped.iloc[0]["only"], 5) == (Path(code).stem, seed)
    fractured = pair[0].table("alliances").set_index("world")["fractured"]
    assert fractured[world] == (Path(code).stem == "small")


def test_what_differs_in_meaning_is_told(compared):
    """The agenda, and nothing else."""
    paths = set(compared.meaning["path"])
    assert "agenda.order" in paths
    assert all(path.startswith("agenda.") for path in paths)


def test_other_worlds_are_compared_as_separate_samples(pair, elsewhere):
    """It says so, and gives no paired table."""
    apart = compare([pair[0], elsewhere])
    assert "seeds differ (5 and 6)" in apart.notes[0]
    row = row_of(apart, "shares", "alliances.pact.fractured")
    assert not row["paired"]
    assert row["both"] is None
    assert (120, 80) == (row["n_a"], row["n_b"])
    assert 0 == len(apart.flipped)


def test_other_rules_are_other_worlds(pair):
    """Results of two versions of the rules are not paired."""
    older = open_experiment(pair[1].folder)
    older.plan = older.plan._replace(rules="older")
    assert "different versions of the rules" in compare([pair[0], older]).notes[0]


def test_json_gives_each_pair_and_observable(compared, tmp_path):
    """both, neither, only_a, only_b, difference, interval."""
    save_comparison(compared, tmp_path)
    text = (tmp_path / "comparison.json").read_text()
    assert "NaN" not in text
    found = json.loads(text)["pairs"][0]["observables"]
    assert {"both", "neither", "only_a", "only_b", "difference", "interval"} <= set(found["alliances.pact.fractured"])
    assert 2 == len(found["states.client.payoff"]["interval"])
    assert 120 == sum(found["talks.settled"][cell] for cell in ("both", "neither", "only_a", "only_b"))


def test_the_verdict_is_a_sentence(compared):
    """Both rates, the difference with its interval, and in which worlds; and what it rests on."""
    (said,) = verdicts(compared)
    assert said.startswith("The pact fractures in")
    assert "points (95 % interval" in said
    assert "31 of 31 in small, 31 of 31 in turned" in assumptions_of_all(compared)


def test_interval_and_test_that_disagree_are_one_sentence(compared):
    """With five flipped worlds Newcombe's interval leaves out zero, while McNemar's p is above 0.05."""
    found = paired_shares(PairedTable(both=0, neither=995, only_a=5, only_b=0))
    assert found.low > 0
    assert found.p > 0.05
    assert not found.told_apart
    shares = compared.shares[compared.shares["observable"] == "alliances.pact.fractured"]
    odd = shares.assign(**found._asdict(), told_apart=False, only_a=5, only_b=0)
    (said,) = verdicts(replace(compared, shares=odd))
    assert "cannot tell the two apart" in said
    assert "the interval leaves out zero but the test cannot tell" in said
    assert "the interval" not in verdicts(replace(compared, shares=shares.assign(told_apart=True)))[0]


def test_three_make_three_pairs(pair, elsewhere):
    """Each with each."""
    three = compare([*pair, elsewhere], labels=["a", "b", "c"])
    assert [("a", "b"), ("a", "c"), ("b", "c")] == three.pairs


def test_results_of_the_same_name_are_told_apart_by_seed(pair, elsewhere):
    """Labels are never the same."""
    assert ["turned@5", "turned@6"] == compare([pair[1], elsewhere]).labels


def test_one_is_no_comparison(pair):
    """Two at least."""
    with pytest.raises(ExperimentError, match="two scenarios or results"):
        compare(pair[:1])


def test_a_comparison_can_be_opened_again(pair):
    """Its folder holds both experiments, in order."""
    assert ["small", "turned"] == [experiment.label for experiment in experiments_in(pair[0].folder.parent)]
