"""What each move cost, held against futures that the traced driver plays one by one."""

import numpy as np
import pandas as pd
import pytest
from debriefed import FUTURES

from wedge.engine.classroom.debrief import Debrief
from wedge.engine.classroom.debrief.options import Option, own_patience, sincere_offer, with_it
from wedge.engine.classroom.debrief.regret import turning_point
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import Move, rows_of
from wedge.engine.model.world import ALLIANCE_FRACTURED, PAYOFF
from wedge.engine.simulation.forcing import FRESH_LUCK, LEAVE_OUT, Forced
from wedge.engine.simulation.traced import play
from wedge.engine.simulation.variants import Past, play_past


@pytest.fixture(scope="module")
def past(game: Game) -> Past:
    return play_past(game.scenario, game.seed, game.world, game.forced)


def futures(game: Game, place: int, said: str) -> list:
    """A move replaced by an answer, and everything after it by the policies, future by future."""
    names = game.scenario.names
    move, question, _ = game.answered[place]
    n = move.round
    others = [rows for other, _, rows in game.answered if other.round < n or (other.round == n and other is not move)]
    patience = names.numbers.index("states.anna.outside.patience")
    given = [
        game.forced[0],
        *(row for rows in others for row in rows),
        *rows_of(move._replace(said=said), question, game.scenario),
    ]
    own = float(play(game.scenario, game.seed, game.world).opening[patience])
    later = [Forced(n + 1, 5, what=patience, value=own)] if n + 1 < game.scenario.setting.rounds else []
    found = []
    for future in range(1, FUTURES + 1):
        luck = [Forced(n + 1, FRESH_LUCK, value=float(future))] if later else []
        found.append(play(game.scenario, game.seed, game.world, [*given, *luck, *later]).world)
    return found


def answers(game: Game) -> list[int]:
    return [place for place, (move, _, _) in enumerate(game.answered) if move.said in ("yes", "no")]


def test_the_mean_payoff_of_an_answer_is_that_of_its_futures(game: Game, told: Debrief) -> None:
    """Of every answer that was given, and of the one that was not."""
    for place in answers(game):
        move = game.answered[place][0]
        for said, word in (("yes", "sign"), ("no", "refuse")):
            who = game.scenario.names.states.index(move.state)
            expected = np.mean([world.state[PAYOFF, who, 0] for world in futures(game, place, said)])
            rows = told.options[(told.options["move"] == place + 1) & (told.options["option"] == word)]
            assert expected == pytest.approx(rows.iloc[0]["payoff"], abs=1e-12)


def test_the_share_of_fracture_of_an_answer_is_that_of_its_futures(game: Game, told: Debrief) -> None:
    """Counted over the same futures."""
    place = answers(game)[0]
    broke = [world.alliance[ALLIANCE_FRACTURED, 0, 0] >= 0 for world in futures(game, place, "no")]
    rows = told.options[(told.options["move"] == place + 1) & (told.options["option"] == "refuse")]
    assert sum(broke) == rows.iloc[0]["count"]


def test_regret_is_the_best_other_mean_less_ones_own_and_never_below_nought(told: Debrief) -> None:
    """Worked out again from the table of options."""
    for move, rows in told.options.groupby("move"):
        own = rows[rows["made"]]["payoff"].iloc[0]
        best = rows[~rows["made"].astype(bool)]["payoff"].max()
        assert max(0.0, best - own) == pytest.approx(told.moves["regret"][move - 1], abs=1e-12)


def test_every_move_has_its_own_row(game: Game, told: Debrief) -> None:
    """In the order of play."""
    assert [(move.round + 1, move.state) for move, _, _ in game.answered] == list(
        zip(told.moves["round"], told.moves["state"], strict=True)
    )


def test_leaving_is_tried_where_there_is_something_outside(told: Debrief) -> None:
    """Anna has an outside option, Bert has none."""
    answered = told.options[told.options["option"].isin(["sign", "refuse", "leave the talks"])]
    left = answered[answered["option"] == "leave the talks"]
    assert {"anna"} == set(left["state"])


def test_the_sincere_offer_is_that_of_the_advice(game: Game, past: Past) -> None:
    """As the player could have asked for it then."""
    before = Game(game.scenario, game.seed, game.world, game.seats)
    asked = {}
    for move in game.moves:
        question = next(one for one in before.waiting() if one.state == move.state)
        if question.kind == "propose":
            asked[move.round] = (before.advice(question).levels, sincere_offer(past, move.round, question))
        before.say(move.state, move.said, move.levels, move.ally)
    assert len(asked) > 1
    assert all(advised == offered for advised, offered in asked.values())


def test_an_answer_keeps_what_else_was_given_in_its_round(game: Game, past: Past) -> None:
    """Answers to one proposal are given together; an event called from outside stays as well."""
    n, question = next((move.round, question) for move, question, _ in game.answered if move.said == "yes")
    event, other = Forced(n, LEAVE_OUT, who=0), Forced(n, 0, who=2, value=1.0)
    mine = Forced(n, 0, who=game.scenario.names.states.index(question.state), value=1.0)
    crowded = past._replace(moves=(event, other, mine, Forced(n + 1, LEAVE_OUT, who=0)))
    assert (event, other) == with_it(crowded, Option(Move(n, question.state, "yes"), (), True), question)


def test_an_offer_takes_the_answers_to_it_with_it(game: Game, past: Past) -> None:
    """Whoever answered that offer by hand answers another by its policy."""
    n, question = next((move.round, question) for move, question, _ in game.answered if question.kind == "propose")
    event, answer = Forced(n, LEAVE_OUT, who=0), Forced(n, 0, who=2, value=1.0)
    crowded = past._replace(moves=(event, answer))
    assert (event,) == with_it(crowded, Option(Move(n, question.state, "pass"), (), True), question)


def test_states_are_as_patient_as_their_scenario_says_once_people_are_gone(game: Game, past: Past) -> None:
    """A person waits as long as it takes; the state does not."""
    row = own_patience(past, game.seats, 4)[0]
    assert (4, "states.anna.outside.patience") == (row.round, game.scenario.names.numbers[row.what])
    assert row.value == play(game.scenario, game.seed, game.world).opening[row.what] < 1000


def test_the_move_that_turned_it_stands_after_holm() -> None:
    """The largest change that raised the chance, where the alliance fractured; what cannot be told apart does not count."""
    moves = pd.DataFrame(
        {"move": [1, 2, 3, 4], "change": [0.2, 0.9, -0.6, 0.3], "change_told_apart": [True, False, True, True]}
    )
    assert 4 == turning_point(moves, True)["move"]


def test_in_a_game_that_held_a_move_turned_it_by_lowering_the_chance() -> None:
    """The largest fall."""
    moves = pd.DataFrame({"move": [1, 2, 3], "change": [0.9, -0.1, -0.6], "change_told_apart": [True, True, True]})
    assert 3 == turning_point(moves, False)["move"]


def test_no_move_turned_it_where_none_stands() -> None:
    """Luck is no turning point."""
    assert turning_point(pd.DataFrame({"move": [1], "change": [0.4], "change_told_apart": [False]}), True) is None
