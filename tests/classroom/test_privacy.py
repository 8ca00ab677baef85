"""A seat sees its own table and what is public; what others want, hold out for and lean to stays with them."""

from collections.abc import Iterator, Mapping
from typing import Any

from played_games import SEED, WORLD, say

from wedge.engine.classroom.advice import advice_in_words
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import Question
from wedge.engine.classroom.record import heading, own_notes, round_in_public, rounds_before
from wedge.engine.classroom.table import Seen
from wedge.engine.model import world as f
from wedge.engine.model.numbers import IDEAL, RED_LINE, SALIENCE
from wedge.engine.report.wording import Wording, points, share
from wedge.engine.scenario import Scenario

PRIVATE = (f.SURPLUS, f.OWN_BEST, f.HELD_OUT_FOR, f.WHIM_NOW, f.SCORE, f.LOYAL, f.PRESSED)


def numbers_in(value: Any) -> Iterator[float]:
    """Every number in a question, however deep."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from numbers_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from numbers_in(part)


def offered(game: Game, question: Question) -> set[float]:
    """The levels that somebody has proposed in public so far."""
    moments = game.so_far().moments[: question.table.round + 1]
    return {float(level) for moment in moments for level in moment.issue[f.PROPOSAL]}


def whole_game(scenario: Scenario) -> Iterator[tuple[Game, Question, str]]:
    """Every question of a game, with all that is printed about it."""
    game, words = Game(scenario, SEED, WORLD, ["anna"]), Wording(scenario)
    anna = scenario.names.states.index("anna")
    while game.waiting():
        question = game.waiting()[0]
        rounds = rounds_before(game.so_far(), question.table.round + 1)
        seen = Seen(scenario, words, question, 60)
        printed = [line.text for whole in (True, False) for line in seen.lines(rounds[-1], whole)]
        printed += [line.text for line in seen.other_issues()]
        for told in rounds[:-1]:
            printed += [heading(told.n, words), *round_in_public(told, words), *own_notes(told, words, anna)]
        printed += advice_in_words(game.advice(question), question, words)
        yield game, question, " ".join(printed)
        say(game, question, len(game.moves))


def test_no_number_of_anothers_is_in_a_question(talks: Scenario) -> None:
    """Neither what it wants nor what weighs with it; its own are."""
    others = [i for i, name in enumerate(talks.names.states) if name != "anna"]
    mine = talks.names.states.index("anna")
    asked = 0
    for game, question, _ in whole_game(talks):
        x, moment = game.so_far().numbers, game.so_far().moments[question.table.round]
        seen = set(numbers_in(question))
        private = {float(x.position[field, i, k, 0]) for field in (IDEAL, SALIENCE) for i in others for k in range(2)}
        private |= {
            float(x.position[RED_LINE, i, k, 0]) for i in others for k in range(2) if talks.setting.red_side[i, k]
        }
        private |= {float(moment.state[field, i]) for field in PRIVATE for i in others}
        private -= offered(game, question)
        assert not (seen & private) - {0.0, 1.0, 0.5}
        assert {float(x.position[IDEAL, mine, k, 0]) for k in range(2)} <= seen
        asked += 1
    assert asked >= 3


def test_no_number_of_anothers_is_printed(talks: Scenario) -> None:
    """Not the ideals of others, seen with error as they are, nor their red lines, demands and surpluses."""
    names, checked = talks.names, 0
    for game, question, printed in whole_game(talks):
        moment, x = game.so_far().moments[question.table.round], game.so_far().numbers
        own = {share(value) for value in numbers_in(question)} | {points(value) for value in numbers_in(question)}
        for i, name in enumerate(names.states):
            if name == "anna":
                continue
            hidden = {share(float(x.position[IDEAL, i, k, 0])) for k in range(2)}
            hidden |= {share(float(x.position[RED_LINE, i, k, 0])) for k in range(2) if talks.setting.red_side[i, k]}
            hidden |= {f" {points(float(moment.state[field, i]))} points" for field in (f.SURPLUS, f.HELD_OUT_FOR)}
            hidden -= {share(level) for level in offered(game, question)}
            for text in hidden - own - {"0.00", "1.00", "0.50"}:
                checked += 1
                assert text not in printed
    assert checked > 10


def test_reasons_are_told_only_where_they_are_public(talks: Scenario) -> None:
    """A red line is; what somebody holds out for is not."""
    printed = "".join(text for _, _, text in whole_game(talks))
    for private in ("holds out for", "would have signed", "leaning of its own", "hopes for"):
        assert private not in printed.replace("what you hope for", "")
    assert "refuse" in printed
