"""The runs a game is held against, counted by other code."""

import numpy as np
import pytest
from debriefed import RUNS
from played_games import played

from wedge.engine.classroom.debrief import Debrief
from wedge.engine.classroom.debrief.places import SAME, WHOLE, places_of
from wedge.engine.classroom.debrief.runs import as_a_whole, driver_for_all, from_the_start, from_where_it_stopped
from wedge.engine.classroom.game import Game
from wedge.engine.experiment.progress import Silent
from wedge.engine.model.numbers import COMMITMENT_0
from wedge.engine.model.world import ALLIANCE_FRACTURED, END_ROUND, PAYOFF
from wedge.engine.simulation.forcing import BRANCH, FRESH_LUCK, Forced
from wedge.engine.simulation.traced import play
from wedge.engine.simulation.variants import play_past


def branches(game: Game):
    """Every run from the same start, played by the traced driver."""
    return [play(game.scenario, game.seed, game.world, [Forced(0, BRANCH, value=b + 1.0)]) for b in range(RUNS)]


def test_places_are_those_of_runs_played_one_by_one(game: Game, told: Debrief) -> None:
    """Payoffs and rounds counted from the traced driver's runs."""
    runs = branches(game)
    mine = game.so_far().world
    places = told.places[told.places["runs"] == SAME].set_index("observable")
    for observable, value, values in (
        ("states.anna.payoff", mine.state[PAYOFF, 0, 0], [run.world.state[PAYOFF, 0, 0] for run in runs]),
        ("talks.end_round", mine.lane[END_ROUND, 0], [run.world.lane[END_ROUND, 0] for run in runs]),
    ):
        row, values = places.loc[observable], np.array(values)
        counted = [(values < value).sum(), (values == value).sum(), (values > value).sum()]
        assert counted == [row["below"], row["equal"], row["above"]]


def test_the_share_of_fracture_is_that_of_the_runs(game: Game, told: Debrief) -> None:
    """Some break and some do not."""
    broke = sum(run.world.alliance[ALLIANCE_FRACTURED, 0, 0] >= 0 for run in branches(game))
    assert 0 < broke < RUNS
    row = told.shares[(told.shares["observable"] == "fracture") & (told.shares["runs"] == SAME)].iloc[0]
    assert (broke, RUNS) == (row["count"], row["n"])


def test_the_whole_scenario_is_worlds_from_nought_on(game: Game, told: Debrief) -> None:
    """Worlds 0 to 11 of the game's seed."""
    worlds = [play(game.scenario, game.seed, world) for world in range(RUNS)]
    broke = sum(run.world.alliance[ALLIANCE_FRACTURED, 0, 0] >= 0 for run in worlds)
    row = told.shares[(told.shares["observable"] == "fracture") & (told.shares["runs"] == WHOLE)].iloc[0]
    assert broke == row["count"]


def test_runs_do_not_depend_on_how_many_play_at_once(game: Game) -> None:
    """Bit by bit."""
    opening = play_past(game.scenario, game.seed, game.world)
    one, three = (from_the_start(opening, RUNS, workers, Silent()) for workers in (1, 3))
    assert all(np.array_equal(a, b) for a, b in zip(one, three, strict=True))


def test_all_runs_begin_with_the_opening_numbers_of_the_world(game: Game, told: Debrief) -> None:
    """The bands begin in one point, the tie's commitment at the opening."""
    first = told.cloud[told.cloud["round"] == 0].iloc[0]
    i, j = (game.scenario.names.states.index(first[end]) for end in ("source", "target"))
    opening = float(play_past(game.scenario, game.seed, game.world).x.tie[COMMITMENT_0, i, j, 0])
    assert [opening] * 4 == [first["q05"], first["q50"], first["q95"], first["game"]]


def test_a_fracture_is_earlier_than_runs_that_never_broke(told: Debrief, game: Game) -> None:
    """By hand: rounds 2, 4, 4 and never beside round 4, counted from 0; told is the fifth."""
    runs = as_a_whole(game.scenario, game.seed, 4, "traced", 1, Silent())
    runs = runs._replace(fractured=np.array([[2], [4], [4], [-1]]))
    outcome = told.outcome._replace(fractured=np.array([4]))
    row = places_of(game.scenario, outcome, (), {SAME: runs}).iloc[0]
    assert (5, 1, 2, 1, 1) == tuple(row[name] for name in ("value", "below", "equal", "above", "never"))


def test_an_alliance_that_held_is_level_with_the_runs_that_never_broke(told: Debrief, game: Game) -> None:
    """By hand: rounds 2, 4, 4 and never beside never."""
    runs = as_a_whole(game.scenario, game.seed, 4, "traced", 1, Silent())
    runs = runs._replace(fractured=np.array([[2], [4], [4], [-1]]))
    outcome = told.outcome._replace(fractured=np.array([-1]))
    row = places_of(game.scenario, outcome, (), {SAME: runs}).iloc[0]
    assert (3, 1, 0, 1) == tuple(row[name] for name in ("below", "equal", "above", "never"))


def test_a_game_that_stopped_is_played_on_as_one_by_one(game: Game) -> None:
    """What was said in the open round stands, later luck is fresh, and everybody's policy plays: as by the traced driver."""
    stopped = played(game.scenario, "anna", "bert", until=1)
    n = stopped.waiting()[0].table.round
    past = play_past(game.scenario, game.seed, game.world, stopped.forced)
    found = from_where_it_stopped(past, n, stopped.seats, RUNS, 2, Silent())
    ends = [
        play(game.scenario, game.seed, game.world, [*stopped.forced, Forced(n + 1, FRESH_LUCK, value=b + 1.0)]).world
        for b in range(RUNS)
    ]
    assert [list(end.state[PAYOFF, :, 0]) for end in ends] == found.payoff.tolist()
    assert [end.alliance[ALLIANCE_FRACTURED, 0, 0] for end in ends] == found.fractured[:, 0].tolist()
    assert len(set(found.fractured[:, 0])) > 1


def test_many_worlds_deserve_compiling_though_no_part_of_them_does(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    """The driver is chosen for all worlds together, on a machine on which nothing has been compiled yet as well."""
    monkeypatch.setattr("wedge.engine.simulation.many.kernel_is_ready", lambda: False)
    assert ["traced", "batch"] == [driver_for_all(game.scenario, count, "auto") for count in (500, 10_000)]
