"""Games played by rote: something is said to every question."""

import numpy as np

from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import Question
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.runs import Run

SEED, WORLD = 3, 5
ANSWERS = ("no", "yes", "no", "no")


def say(game: Game, question: Question, turn: int) -> None:
    """Something that can be said to any question."""
    if question.kind == "answer":
        game.say(question.state, ANSWERS[turn % len(ANSWERS)])
    elif turn % 3 == 0:
        game.say(question.state, "pass")
    elif turn % 3 == 1 and question.may_consult:
        game.say(question.state, "consult", ally=question.may_consult[0])
    else:
        game.say(question.state, "offer", {"land": 0.4, "truce": 0.875})


def played(scenario: Scenario, *seats: str, until: int = 1000) -> Game:
    """A game played on for so many moves, or to its end."""
    game = Game(scenario, SEED, WORLD, seats)
    while game.waiting() and len(game.moves) < until:
        say(game, game.waiting()[0], len(game.moves))
    return game


def same(first: Run, second: Run) -> bool:
    """Whether two runs are the same to the bit, every round of them."""
    pairs = zip(first.moments, second.moments, strict=True)
    rounds = all(np.array_equal(a, b, equal_nan=True) for x, y in pairs for a, b in zip(x, y, strict=True))
    flat = zip((first.world.flat, first.numbers.flat), (second.world.flat, second.numbers.flat), strict=True)
    return rounds and all(np.array_equal(a, b, equal_nan=True) for a, b in flat)
