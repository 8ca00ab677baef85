"""A game is its moves: a human move is a forced move, a step back is a replay, and a seat sees its own table alone."""

import inspect
import re
from collections.abc import Callable
from typing import Any

import pytest
from played_games import SEED, WORLD, played, same, say

from wedge.agents.answering import quantal
from wedge.engine.analysis.notation import read_moves, written
from wedge.engine.classroom.advice import REASONS, advice_in_words
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import GameError, Move
from wedge.engine.model import words as reason_words
from wedge.engine.model import world as f
from wedge.engine.model.words import ACCEPT, CONCEDE, DEMAND_MET, ENDS, PROPOSE, REJECT
from wedge.engine.report.wording import Wording
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.runs import Moment
from wedge.engine.simulation.traced import play


@pytest.mark.parametrize("seats", [("anna",), ("carl",), ("anna", "bert"), ("anna", "bert", "carl")])
def test_human_moves_are_forced_moves(talks: Scenario, seats: tuple[str, ...]) -> None:
    """Played again with the same moves forced, the world is the same to the bit; so it is from the text of its code."""
    game = played(talks, *seats)
    assert len(game.moves) >= 3
    assert same(game.so_far(), play(talks, SEED, WORLD, game.forced))
    course = read_moves(talks, written(talks, game.forced))
    assert same(game.so_far(), play(course.scenario, SEED, WORLD, course.forced))
    assert not same(game.so_far(), play(talks, SEED, WORLD))


def test_what_was_said_is_what_happens(talks: Scenario) -> None:
    """Round by round."""
    game = played(talks, "anna")
    moments: list[Moment] = game.so_far().moments
    land, stances = talks.names.issues.index("land"), set()
    for move in game.moves:
        moment = moments[move.round]
        if move.said == "offer":
            assert moment.lane[f.MOVE] == PROPOSE
            assert moment.issue[f.PROPOSAL, land] == move.levels["land"]
        if move.said in ("yes", "no"):
            mine = moment.state[:, talks.names.states.index("anna")]
            consent = ACCEPT if mine[f.SURPLUS] >= mine[f.HELD_OUT_FOR] else CONCEDE
            assert mine[f.STANCE] == (consent if move.said == "yes" else REJECT)
            stances.add(int(mine[f.STANCE]))
    assert stances == {CONCEDE, REJECT}


def test_a_step_back_and_the_same_move_is_the_same_game(talks: Scenario) -> None:
    """And what is asked after the step back is what was asked before it."""
    game, again = played(talks, "anna", until=4), played(talks, "anna", until=4)
    before = game.waiting()
    move = again.back()
    assert again.waiting() != before
    again.say(move.state, move.said, move.levels, move.ally)
    assert again.waiting() == before
    assert same(game.so_far(), again.so_far())


def test_nothing_can_be_taken_back_before_anything_is_said(talks: Scenario) -> None:
    """It says so."""
    with pytest.raises(GameError, match="nothing has been said"):
        Game(talks, SEED, WORLD, ["anna"]).back()


def test_sealed_answers_are_asked_together(talks: Scenario) -> None:
    """Whoever must answer the same proposal is asked at once, and sees the same whatever the other has said."""
    game = Game(talks, SEED, WORLD, ["anna", "bert", "carl"])
    while len(game.waiting()) < 2:
        say(game, game.waiting()[0], len(game.moves))
    first, second = game.waiting()
    assert (first.kind, second.kind) == ("answer", "answer")
    assert first.table.round == second.table.round
    for answer in ("yes", "no"):
        game.say(first.state, answer)
        assert game.waiting() == [second]
        game.back()


def test_a_person_alone_decides_when_to_leave(load_talks: Callable[..., Scenario]) -> None:
    """A state that would walk out by itself waits for the person; ``leave`` walks out, and the code says so."""

    def tempted(tree: dict[str, Any]) -> None:
        tree["states"]["anna"]["outside"] = {"value": 5, "patience": 1}

    scenario = load_talks(tempted)
    anna = scenario.names.states.index("anna")
    assert play(scenario, SEED, WORLD).moments[0].state[f.GONE, anna] == 1.0
    game = Game(scenario, SEED, WORLD, ["anna"])
    while game.waiting()[0].kind != "answer" or not game.moves:
        say(game, game.waiting()[0], 0)
    n = game.waiting()[0].table.round
    game.say("anna", "leave")
    run = game.so_far()
    assert [run.moments[k].state[f.GONE, anna] for k in (n - 1, n)] == [0.0, 1.0]
    assert game.waiting() == []
    assert ENDS[int(run.moments[-1].lane[f.TALKS])] == "walked_out"
    assert f"+{n + 1}.anna=leave" in written(scenario, game.forced)
    assert same(run, play(scenario, SEED, WORLD, game.forced))


def test_a_red_line_holds_whatever_is_said(talks: Scenario) -> None:
    """Past it nobody is asked for an answer, and no offer can be made."""
    game = played(talks, "anna")
    run, anna, land = game.so_far(), talks.names.states.index("anna"), talks.names.issues.index("land")
    past = [n for n, m in enumerate(run.moments) if m.lane[f.MOVE] == PROPOSE and m.issue[f.PROPOSAL, land] > 0.83]
    assert past
    assert not {n for n in past if run.moments[n].lane[f.FLOOR] != anna} & {move.round for move in game.moves}


@pytest.mark.parametrize(
    ("said", "levels", "wrong", "help"),
    [
        ("offer", {"land": 0.83}, "past anna's own red line", "0.8239"),
        ("offer", {"land": 1.2}, "off the scale", "from 0 to 1"),
        ("offer", {"land": float("nan")}, "not a number", "from 0 to 1"),
        ("offer", {"land": True}, "not a number", "from 0 to 1"),
        ("offer", {"truce": 0.4}, "would not end the war", "0.5 or more"),
        ("offer", {"lnd": 0.4}, "not on the table", "did you mean 'land'"),
        ("yes", {}, "has the floor", "offer, pass, consult"),
        ("consult", {}, "no ally it can consult", "bert"),
    ],
)
def test_what_cannot_be_said_is_refused(
    talks: Scenario, said: str, levels: dict[str, float], wrong: str, help: str
) -> None:
    """With a cure, and the game stays as it was."""
    game = Game(talks, SEED, WORLD, ["anna"])
    while game.waiting()[0].kind != "propose":
        say(game, game.waiting()[0], 0)
    before = list(game.moves)
    with pytest.raises(GameError, match=wrong) as refused:
        game.say("anna", said, levels)
    assert help in refused.value.help
    assert game.moves == before


def test_leaving_needs_somewhere_to_go(talks: Scenario) -> None:
    """No outside option, no walking out."""
    game = Game(talks, SEED, WORLD, ["bert"])
    while game.waiting()[0].kind != "answer":
        say(game, game.waiting()[0], 0)
    with pytest.raises(GameError, match="nothing outside the talks"):
        game.say("bert", "leave")


def test_shares_of_one_thing_come_to_one_at_most(load_talks: Callable[..., Scenario]) -> None:
    """An offer that gives away more than there is, is refused."""

    def divided(tree: dict[str, Any]) -> None:
        tree["issues"], pieces = {}, [f"piece_{name}" for name in tree["states"]]
        for piece, state in zip(pieces, tree["states"].values(), strict=True):
            tree["issues"][piece] = {"levels": {0: "none", 1: "all"}, "status_quo": 0, "share_of": "pie"}
            state["positions"] = {piece: {"ideal": 1, "salience": 1}}
        tree["agenda"] = [{"stage": "split", "issues": pieces}]

    scenario = load_talks(divided)
    game = Game(scenario, SEED, WORLD, ["anna"])
    while game.waiting()[0].kind != "propose":
        say(game, game.waiting()[0], 0)
    issues = game.waiting()[0].table.issues
    with pytest.raises(GameError, match=r"come to 1\.2"):
        game.say("anna", "offer", dict.fromkeys(issues, 0.4))
    game.say("anna", "offer", dict.fromkeys(issues, 0.25))


def test_seats_that_cannot_be_taken(talks: Scenario, load_talks: Callable[..., Scenario]) -> None:
    """No such state; nobody at all."""
    with pytest.raises(GameError, match="no state 'ana'") as wrong:
        Game(talks, SEED, WORLD, ["ana"])
    assert "did you mean 'anna'" in wrong.value.help
    with pytest.raises(GameError, match="nobody has taken a seat"):
        Game(talks, SEED, WORLD, [])


@pytest.mark.parametrize(
    "stray", [Move(0, "bert", "yes"), Move(999, "anna", "no"), Move(0, "carl", "pass"), Move(2, "anna", "leave")]
)
def test_moves_that_nobody_is_asked_for(talks: Scenario, stray: Move) -> None:
    """Of another seat, out of turn, after a gap."""
    with pytest.raises(GameError, match=r"not asked for a move|is no move"):
        Game(talks, SEED, WORLD, ["anna"], [stray]).waiting()


def test_nobody_moves_twice(talks: Scenario) -> None:
    """In one round."""
    moves = played(talks, "anna", until=1).moves
    with pytest.raises(GameError, match="moves twice"):
        Game(talks, SEED, WORLD, ["anna"], [*moves, *moves]).waiting()


def test_the_advice_is_what_a_sincere_policy_does(load_talks: Callable[..., Scenario]) -> None:
    """In the seat of a state that is sincere by itself, following the advice is to leave it to its policy."""

    def sincere(tree: dict[str, Any]) -> None:
        del tree["states"]["anna"]["outside"]

    scenario = load_talks(sincere)
    game, words, said = Game(scenario, SEED, WORLD, ["anna"]), Wording(scenario), []
    while game.waiting():
        question = game.waiting()[0]
        advice = game.advice(question)
        said += advice_in_words(advice, question, words)
        if question.kind == "answer":
            game.say("anna", "no" if advice.stance == 3 else "yes")
        else:
            game.say("anna", "offer" if advice.levels else "pass", advice.levels)
    alone = play(scenario, SEED, WORLD)
    stances = [[m.state[f.STANCE].tolist() for m in run.moments] for run in (game.so_far(), alone)]
    offers = [[m.issue[f.PROPOSAL].tolist() for m in run.moments] for run in (game.so_far(), alone)]
    assert stances[0] == stances[1]
    assert offers[0] == offers[1]
    assert any("would refuse" in sentence for sentence in said)
    assert any("would offer land=" in sentence for sentence in said)


@pytest.mark.parametrize("theory", ["quantal", "prospect", "aspiration", "reciprocity"])
def test_what_weighs_adds_up_under_every_theory(load_talks: Callable[..., Scenario], theory: str) -> None:
    """What a seat sees of an offer comes to the sum its state decides on, and the advice says all of it."""
    scenario = load_talks(lambda tree: tree.update(decides=theory))
    game, words = Game(scenario, SEED, WORLD, ["anna"]), Wording(scenario)
    tilts = []
    while game.waiting() and len(game.moves) < 6:
        question = game.waiting()[0]
        view = question.table.view
        if view is not None:
            weighs = view.surplus - view.held_out_for + view.pressure - view.loyalty - view.audience + view.whim
            assert view.score == pytest.approx(weighs + view.tilt)
            assert scenario.setting.theory[0] == view.theory
            tilts.append(view.tilt)
            advice = " ".join(advice_in_words(game.advice(question), question, words))
            assert (f" {theory} = " in advice) == (view.tilt != 0.0)
        say(game, question, len(game.moves))
    assert len(tilts) >= 2
    assert any(tilts) == (theory == "prospect")


def test_advice_has_words_for_every_reason_of_its_rule() -> None:
    """None of them would be met with silence."""
    given = {number for name in ("why_it_yields", "why_it_refuses") for number in reasons_in(getattr(quantal, name))}
    assert given | {DEMAND_MET} == set(REASONS)


def reasons_in(rule: Callable[..., int]) -> set[int]:
    """The reasons a rule can return, by their names in its text."""
    names = set(re.findall(r"\b[A-Z][A-Z_]+\b", inspect.getsource(rule)))
    return {getattr(reason_words, name) for name in names & {word.upper() for word in reason_words.REASONS}}


def test_played_on_it_is_the_same_as_played_from_the_beginning(talks: Scenario) -> None:
    """What was played before the round that waits is not played again, and nothing shows it."""
    on = played(talks, "anna", "bert")
    assert same(on.so_far(), Game(talks, SEED, WORLD, on.seats, on.moves).so_far())
    assert same(on.so_far(), play(talks, SEED, WORLD, on.forced))


def test_a_called_event_is_a_move_of_the_world(talks: Scenario) -> None:
    """It happens in the round that waits, takes back what was said in it, and belongs to the game."""
    game = played(talks, "anna", "bert", until=3)
    n = game.round
    called = game.call("rift")
    assert (n, "rift") == called
    assert n == game.round
    for turn in range(100):
        if not game.waiting():
            break
        say(game, game.waiting()[0], turn)
    assert game.so_far().moments[n].event[f.EVENT_TIMES, talks.names.events.index("rift")] >= 1
    assert same(game.so_far(), play(talks, SEED, WORLD, game.forced))
    game.back_to(n)
    assert [] == game.called
    assert n == game.round
