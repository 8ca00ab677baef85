"""The whole debrief: predictions judged, another agenda, games that go on, and that it is the same each time."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from debriefed import FUTURES, RUNS, SAID
from played_games import played

from wedge.engine.classroom.debrief import Debrief, Prediction, debrief, write
from wedge.engine.classroom.debrief.agenda import differs_in_order, other_order
from wedge.engine.classroom.debrief.page import page_of
from wedge.engine.classroom.debrief.places import ONWARD
from wedge.engine.classroom.debrief.sentences import happened, of_moves, percent
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import GameError
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario import Scenario, load

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def going_on(risky_talks: Scenario) -> Debrief:
    """The debrief of a game that stands in its middle."""
    return debrief(played(risky_talks, "anna", "bert", until=4), (), 4, 2, compiled=False)


def test_the_same_game_has_the_same_debrief(game: Game, told: Debrief) -> None:
    """To the last letter of its data."""
    again = debrief(game, SAID, RUNS, FUTURES, workers=2, compiled=False)
    assert json.dumps(told.as_json()) == json.dumps(again.as_json())


def test_a_brier_score_is_the_squared_distance_from_what_happened(told: Debrief) -> None:
    """0.25 and 0.75, the first further from a fracture."""
    happened = float(told.outcome.broke([0]))
    assert [(0.25 - happened) ** 2, (0.75 - happened) ** 2] == list(told.predictions["brier"][:2])


def test_the_nearest_is_the_nearest_to_the_runs(told: Debrief) -> None:
    """Whatever happened in the game."""
    away = (told.predictions["chance"] - told.predictions["share"]).abs()
    assert list(away == away.min()) == list(told.predictions["nearest"])


def test_who_said_nothing_is_not_judged(told: Debrief) -> None:
    """No score, and not the nearest."""
    cleo = told.predictions.iloc[2]
    assert (True, False) == (math.isnan(cleo["brier"]), cleo["nearest"])


def test_grades_have_a_row_for_each_student_and_each_seat_without_one(game: Game, told: Debrief) -> None:
    """With two students and an onlooker no seat is left; without any, each seat has a row."""
    assert ["anna", "bert", ""] == list(told.grades["state"])
    bare = debrief(game, [Prediction("Ann", "anna", 0.5)], 2, 2, compiled=False).grades
    assert [("Ann", "anna"), ("", "bert")] == list(zip(bare["name"], bare["state"], strict=True))


def test_an_alliance_that_is_not_there_is_refused(game: Game) -> None:
    """With those that are."""
    with pytest.raises(GameError, match="no alliance 'pakt'"):
        debrief(game, (), 2, 2, alliance="pakt")


def test_what_the_engine_said_in_a_place_is_not_the_persons(game: Game, told: Debrief) -> None:
    """It is judged like every move, told apart, and in nobody's grade."""
    mine = next(place for place, move in enumerate(game.moves) if move.state == "anna")
    moves = [move._replace(stood_in=True) if place == mine else move for place, move in enumerate(game.moves)]
    handed = debrief(Game(game.scenario, game.seed, game.world, game.seats, moves), (), RUNS, FUTURES, compiled=False)
    assert list(told.moves["regret"]) == list(handed.moves["regret"])
    (by_engine,) = handed.moves[handed.moves["by_engine"]].to_dict("records")
    assert ("anna", moves[mine].round + 1) == (by_engine["state"], by_engine["round"])
    was, grade = (one.grades.set_index("state").loc["anna"] for one in (told, handed))
    assert (was["moves"] - 1, 1) == (grade["moves"], grade["moves_by_engine"])
    assert was["total_regret"] - by_engine["regret"] == pytest.approx(grade["total_regret"])
    assert "(the engine)" in page_of(handed)
    assert "and 1 by the engine in their place" in of_moves(handed)[0]


# A game that goes on.


def test_what_lies_behind_the_open_question_has_not_happened(going_on: Debrief) -> None:
    """Rounds after it are not told, and payoffs are not known."""
    assert not going_on.about["over"]
    last = going_on.about["rounds"]
    assert 0 < last < 9
    assert going_on.cloud.groupby("source")["game"].count().max() == last + 1
    assert all(math.isnan(payoff) for payoff in going_on.outcome.payoff)
    assert not any(observable.endswith("payoff") for observable in going_on.places["observable"])


def test_a_game_that_goes_on_says_so(going_on: Debrief) -> None:
    """In its first sentence."""
    assert happened(going_on)[0].startswith("The game has not reached its end: what follows is of its first")


def test_a_game_that_stopped_says_what_would_have_come(risky_talks: Scenario, going_on: Debrief) -> None:
    """How often the alliance would have fractured if it has not yet, and how often all would have been settled."""
    early = debrief(played(risky_talks, "anna", "bert", until=1), (), 8, 2, compiled=False)
    rows = early.shares[early.shares["runs"] == ONWARD].set_index("observable")
    share = rows.loc["alliances.pact.fractured", "share"]
    assert 0 < share < 1
    assert f"fractures in {100 * share:.1f} %" in happened(early)[-1]
    assert "fractures" not in happened(going_on)[-1], "it had fractured already"
    assert "everything is settled in" in happened(going_on)[-1]


def test_a_game_at_its_end_is_not_played_on(told: Debrief) -> None:
    """There is nothing left."""
    assert ONWARD not in set(told.shares["runs"])


def test_a_game_without_a_move_can_be_debriefed(risky_talks: Scenario) -> None:
    """Nothing has happened, and no move is judged."""
    page = page_of(debrief(Game(risky_talks, 3, 5, ["anna"]), (), 3, 2, compiled=False))
    assert "Nobody has made a move yet." in page


# Nobody fractured.


def test_where_nothing_broke_nothing_is_explained(talks: Scenario) -> None:
    """The page says so."""
    told = debrief(played(talks, "anna"), (), 3, 2, compiled=False)
    assert [] == told.causes
    assert "No alliance fractured in this game." in page_of(told)


# The other agenda.


def test_the_other_order_is_found_beside_the_file() -> None:
    """Ceasefire first is territory first in another order; packages and other stages are not."""
    first = load("alaska_2025/territory_first")
    assert "alaska_2025/ceasefire_first" == other_order(first).called
    assert not differs_in_order(first, load("alaska_2025/package"))


def test_of_one_stage_there_is_no_other_order(talks: Scenario) -> None:
    """Nothing is compared."""
    assert other_order(talks) is None


def test_of_two_stages_the_other_order_is_made(load_talks: Callable[[Change], Scenario]) -> None:
    """By putting it over the file."""

    def two_stages(tree: dict[str, Any]) -> None:
        stage = tree["agenda"][0]
        tree["agenda"] = [
            stage | {"issues": ["land"]},
            stage | {"stage": "truce", "issues": ["truce"], "after": "land"},
        ]

    assert ["truce", "land"] == [stage.stage for stage in other_order(load_talks(two_stages)).model.agenda]


def test_a_named_agenda_is_played_in_the_same_worlds(game: Game, talks: Scenario) -> None:
    """Without noise nothing breaks: all fractures are under this agenda alone."""
    told = debrief(game, (), RUNS, 2, talks, compiled=False)
    row = told.agenda.iloc[0]
    assert 0.0 == row["share_other"]
    assert row["difference"] == row["share"] == row["only_a"] / RUNS > 0


# The folder.


@pytest.fixture(scope="module")
def folder(told: Debrief, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A written debrief."""
    path = tmp_path_factory.mktemp("lesson") / "debrief"
    write(told, path)
    return path


def test_a_name_is_no_formula_and_no_element(folder: Path) -> None:
    """Whoever calls themselves =1+1<b> is disarmed in the tables and escaped on the page."""
    assert "'=1+1<b>,bert" in (folder / "grades.csv").read_text("utf-8-sig")
    page = (folder / "debrief.html").read_text("utf-8")
    assert "=1+1&lt;b&gt;" in page
    assert "<b>" not in page


def test_the_page_needs_nothing_but_itself(folder: Path) -> None:
    """No address, no script."""
    page = (folder / "debrief.html").read_text("utf-8")
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert "<script" not in page


def test_every_figure_has_words(folder: Path) -> None:
    """A label for those who cannot see it."""
    page = (folder / "debrief.html").read_text("utf-8")
    assert page.count("<svg") == page.count('<svg role="img" aria-label="') == 4


def test_the_data_is_the_debrief(told: Debrief, folder: Path) -> None:
    """As its own method gives it."""
    assert json.loads((folder / "debrief.json").read_text("utf-8")) == json.loads(json.dumps(told.as_json()))


def test_a_debrief_replaces_a_debrief(told: Debrief, folder: Path) -> None:
    """Whole, with nothing left beside it."""
    write(told, folder)
    assert [folder] == list(folder.parent.iterdir())


def test_a_folder_with_other_things_is_left_alone(told: Debrief, tmp_path: Path) -> None:
    """And named."""
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(ExperimentError, match="holds no debrief"):
        write(told, tmp_path)
    assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_share_is_never_rounded_to_none_or_all() -> None:
    """Where there are some, and where some are left out."""
    assert ["0 %", "less than 1 %", "more than 99 %", "100 %"] == [percent(n, 1000) for n in (0, 1, 999, 1000)]
