"""``wedge compare``: the same worlds under two agendas, or results that lie there already."""

import json
from pathlib import Path

import pytest

from wedge.engine.cli.comparison_tables import is_told

SCENARIOS = Path(__file__).parents[1] / "experiment"
SMALL, TURNED = str(SCENARIOS / "small.yaml"), str(SCENARIOS / "turned.yaml")
FEW = ["--worlds", "60", "--seed", "5", "--told", "5", "--workers", "1", "--no-figures"]


def test_it_plays_both_and_says_what_differs(wedge, tmp_path):
    """Side by side, pair by pair, in meaning, and as a sentence; each scenario has its folder."""
    code, out, _ = wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both")
    assert 0 == code
    for part in (
        "What differs in meaning",
        "agenda.order",
        "Side by side",
        "worlds in which it happened",
        "days without fracture",
        "The pact fractures in",
    ):
        assert part in out
    assert "judgements" in out
    assert {"small", "turned", "comparison.json", "plan.json"} == {path.name for path in (tmp_path / "both").iterdir()}


def test_it_draws_both_together(wedge, tmp_path):
    """Figures show the scenarios beside one another; each by itself is left to a report of its own."""
    code, _, _ = wedge("compare", SMALL, TURNED, *FEW[:-1], "--out", tmp_path / "both")
    assert 0 == code
    assert (tmp_path / "both/figures/fractures.svg").is_file()
    assert [] == list((tmp_path / "both/small").rglob("*.svg"))


def test_json_stands_alone(wedge, tmp_path):
    """For each pair and observable the four cells, the difference and the interval."""
    _, out, _ = wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both", "--json")
    told = json.loads(out)
    (pair,) = told["pairs"]
    row = pair["observables"]["alliances.pact.fractured"]
    assert 60 == row["both"] + row["neither"] + row["only_a"] + row["only_b"]
    assert row["interval"][0] <= row["difference"] <= row["interval"][1]
    assert 1 == len(told["answer"])


def test_stored_results_are_compared_without_playing(wedge, tmp_path):
    """Folders in place of scenarios: the same numbers, nothing written."""
    _, first, _ = wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both", "--json")
    before = sorted((tmp_path / "both").rglob("*"))
    code, again, _ = wedge("compare", tmp_path / "both/small", tmp_path / "both/turned", "--json", "--no-figures")
    assert 0 == code
    assert json.loads(first)["pairs"] == json.loads(again)["pairs"]
    assert before == sorted((tmp_path / "both").rglob("*"))


def test_a_scenario_given_with_results_is_played_in_their_worlds(wedge, tmp_path):
    """Seed and number of worlds are those of the folder."""
    wedge("run", SMALL, *FEW, "--out", tmp_path / "small")
    code, out, _ = wedge("compare", tmp_path / "small", TURNED, *FEW[4:], "--out", tmp_path / "rest", "--json")
    assert 0 == code
    assert [(5, 60), (5, 60)] == [(one["seed"], one["n"]) for one in json.loads(out)["scenarios"]]


def test_other_seeds_are_said_to_be_other_worlds(wedge, tmp_path):
    """Not paired, and no doubt left about it."""
    wedge("run", SMALL, *FEW, "--out", tmp_path / "a")
    wedge("run", SMALL, *FEW, "--seed", "6", "--out", tmp_path / "b")
    code, out, _ = wedge("compare", tmp_path / "a", tmp_path / "b", "--no-figures")
    assert 0 == code
    assert "not compared world by world: their seeds differ (5 and 6)" in out
    assert "cannot tell the two apart" in out


def test_strangers_are_compared_with_caution(wedge, tmp_path):
    """Scenarios without a state in common; those about one matter are compared without."""
    how = ["--worlds", "2", "--seed", "5", "--told", "1", "--driver", "traced", "--no-figures", "-q"]
    said = wedge("compare", SMALL, "theory/concession", *how, "--out", tmp_path / "strangers")
    assert 0 == said.code
    assert "have no state and no issue in common; luck belongs to states" in said.out
    assert "take the two as separate samples" in said.out
    assert "in common" not in wedge("compare", SMALL, TURNED, *how, "--out", tmp_path / "kin").out


def test_rows_that_are_not_shown_are_counted(wedge, tmp_path):
    """And --all shows them."""
    wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both")
    call = ("compare", tmp_path / "both/small", tmp_path / "both/turned", "--no-figures")
    compared = json.loads(wedge(*call, "--json").out)["pairs"][0]["observables"]
    shares = [name for name, row in compared.items() if "both" in row]
    few, every = (_told_worlds(wedge(*call, *options).out) for options in ((), ("--all",)))
    hidden = int(" ".join(few.split()).split(" more rows are not shown")[0].split()[-1])
    assert hidden > 0
    assert "in which the two cannot be told apart after Holm" in " ".join(few.split())
    assert "--all shows them" in " ".join(few.split())
    assert "not shown" not in every
    assert len(shares) == _rows_of(every) == _rows_of(few) + hidden


@pytest.mark.parametrize(
    ("observable", "alone", "with_all", "shown"),
    [
        ("talks.settled", True, True, True),
        ("talks.settled", True, False, False),
        ("alliances.pact.fractured", False, False, True),
        ("events.rift.happened", True, True, False),
    ],
)
def test_rows_are_chosen_by_the_p_that_allows_for_all(observable, alone, with_all, shown):
    """Not by their own test; fractures are always shown, events never."""
    row = {"observable": observable, "told_apart": alone, "told_apart_holm": with_all}
    assert shown == is_told(row)


def _told_worlds(out):
    """The table of worlds of a pair, with what is said below it."""
    return out.split("worlds in which it happened")[1].split("small less turned: points")[0]


def _rows_of(table):
    """How many rows have a p at their end."""
    return sum(
        line.rstrip()[-4:-3] == "." or line.rstrip()[-5:-4] == "." for line in table.splitlines() if "─" not in line
    )


def test_the_other_way_round_signs_and_headings_turn_together(wedge, tmp_path):
    """A less B is not B less A."""
    wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both")
    small, turned = tmp_path / "both/small", tmp_path / "both/turned"
    for first, second, (a, b) in ((small, turned, ("small", "turned")), (turned, small, ("turned", "small"))):
        told = wedge("compare", first, second, "--no-figures").out
        (pair,) = json.loads(wedge("compare", first, second, "--no-figures", "--json").out)["pairs"]
        row = pair["observables"]["alliances.pact.fractured"]
        assert row["difference"] == pytest.approx((row["only_a"] - row["only_b"]) / 60) != 0
        after = told.split(f"{a} less {b}: points")[1]
        line = next(line for line in after.splitlines() if line.startswith(" The pact fractures"))
        assert f"{100 * row['difference']:+.1f}" in line
        assert f"under {a} and" in told.split("The pact fractures in")[1].replace("\n", " ")


def test_options_that_would_change_nothing_are_refused(wedge, tmp_path):
    """Of how to play, where all is stored; of --agendas, where it is not asked for."""
    for name in ("a", "b"):
        wedge("run", SMALL if name == "a" else TURNED, *FEW, "--out", tmp_path / name)
    for words in (
        ["--seed", "5"],
        ["--worlds", "60"],
        ["--set", "strain.noise=0"],
        ["--told", "3", "--driver", "batch"],
    ):
        said = wedge("compare", tmp_path / "a", tmp_path / "b", *words)
        assert 2 == said.code
        assert "help: name a scenario too, or leave out --" in said.err
        assert all(word in said.err for word in words[::2])
    assert "add --agendas, or leave out --most" in wedge("compare", SMALL, TURNED, "--most", "3").err


def test_results_that_are_not_finished_are_said_to_be(wedge, tmp_path):
    """How many worlds there are, of how many."""
    for name in ("a", "b"):
        wedge("run", SMALL if name == "a" else TURNED, *FEW, "--out", tmp_path / name)
    manifest = tmp_path / "b/manifest.json"
    manifest.write_text(manifest.read_text().replace('"finished": true', '"finished": false'))
    said = wedge("compare", tmp_path / "a", tmp_path / "b").out
    assert "turned is not finished: 60 of 60 worlds are stored" in " ".join(said.split())


def test_one_thing_twice_is_refused(wedge, tmp_path):
    """Before anything is played."""
    code, _, err = wedge("compare", SMALL, SMALL, *FEW, "--out", tmp_path / "both")
    assert 2 == code
    assert "given twice" in err
    assert not (tmp_path / "both").exists()


def test_another_comparison_is_refused(wedge, tmp_path):
    """A folder of one comparison is not used for another, nor for an experiment."""
    wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both")
    code, _, err = wedge("compare", SMALL, TURNED, *FEW, "--seed", "6", "--out", tmp_path / "both")
    assert 2 == code
    assert "holds another comparison: its seed is 5, not 6" in err
    code, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "both")
    assert 2 == code
    assert "holds a comparison" in err


def test_stored_results_go_into_a_folder_of_their_own(wedge, tmp_path):
    """It is made, the same call may use it again, and what holds anything else is left alone."""
    wedge("compare", SMALL, TURNED, *FEW, "--out", tmp_path / "both")
    call = ("compare", tmp_path / "both/small", tmp_path / "both/turned", "--no-figures", "--out")
    assert 0 == wedge(*call, tmp_path / "new")[0] == wedge(*call, tmp_path / "new")[0]
    assert {"comparison.json", "plan.json"} == {path.name for path in (tmp_path / "new").iterdir()}
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear reader")
    for taken in ("both/small", "both", "mine"):
        before = sorted((tmp_path / taken).rglob("*"))
        code, _, err = wedge(*call, tmp_path / taken)
        assert 2 == code
        assert "nothing was changed" in err
        assert before == sorted((tmp_path / taken).rglob("*"))
    code, _, err = wedge("run", SMALL, *FEW, "--out", tmp_path / "new")
    assert 2 == code
    assert "holds a comparison, not an experiment" in err


def test_a_misspelt_scenario_is_an_error_of_input(wedge):
    """Exit code 2 and a cure."""
    code, _, err = wedge("compare", "alaska_2025/territory_frist", "alaska_2025/ceasefire_first", *FEW)
    assert 2 == code
    assert "territory_first" in err


def test_every_order_of_the_stages_is_ranked(wedge, tmp_path):
    """With --agendas: a table, a JSON file, a CSV file, a figure, and each order's experiment."""
    few = [word for word in FEW if word != "--no-figures"]
    code, out, err = wedge("compare", SMALL, "--agendas", *few, "--out", tmp_path / "orders")
    assert 0 == code
    for part in (
        "1. ceasefire → border",
        "2. border → ceasefire (as written)",
        "Neighbours in the ranking",
        "2 orders",
    ):
        assert part in out
    assert "wedge explain" in err
    there = {path.name for path in (tmp_path / "orders").iterdir()}
    assert {"agendas.json", "agendas.csv", "figures", "small-1", "small-2"} <= there
    assert (tmp_path / "orders/figures/agendas.svg").is_file()


def test_agendas_are_of_one_scenario(wedge):
    """A second one is refused, and so is none at all without --agendas."""
    assert 2 == wedge("compare", SMALL, TURNED, "--agendas").code
    assert 2 == wedge("compare", SMALL).code
