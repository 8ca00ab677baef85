"""Games as files: JSON that is there whole or not at all, and is read only with the scenario and rules it was played by."""

import json
from pathlib import Path
from typing import Any

from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import Called, GameError, Move
from wedge.engine.experiment.files import write_json
from wedge.engine.model.provenance import rules_hash
from wedge.engine.scenario import load as load_scenario
from wedge.engine.scenario.changes import OPTIONS, Change

WHAT, FORMAT = "a game of wedge play", 2
MOST = 2**63  # seeds and worlds are below


def save(game: Game, path: Path) -> None:
    """Write a game; whoever reads sees the old file or the new one. Raises what writing a file raises."""
    write_json(path, as_data(game))


def as_data(game: Game) -> dict[str, Any]:
    """A game as plain data."""
    return {
        "what": WHAT,
        "format": FORMAT,
        "scenario": game.scenario.called,
        "changes": [list(change) for change in game.scenario.changes],
        "sha256": game.scenario.sha256,
        "rules": rules_hash(),
        "seed": game.seed,
        "world": game.world,
        "seats": list(game.seats),
        "moves": [move._asdict() for move in game.moves],
        "called": [called._asdict() for called in game.called],
    }


def load(path: Path) -> Game:
    """The game in a file, its moves tried.

    Raises GameError for what is no game, or one of another scenario or other rules; ScenarioError where the scenario
    cannot be loaded; OSError where the file cannot be read.
    """
    data = _read(path)
    try:
        changes = [Change(_one_of(option, OPTIONS), _text(text)) for option, text in data["changes"]]
        seed, world = _number(data["seed"]), _number(data["world"])
        seats = [_text(seat) for seat in data["seats"]]
        moves = [read_move(move) for move in data["moves"]]
        happened = [Called(_number(one["round"]), _text(one["event"])) for one in data["called"]]
        called, sha256, rules = (_text(data[key]) for key in ("scenario", "sha256", "rules"))
    except (KeyError, TypeError, ValueError) as error:
        raise GameError(f"{path} is damaged: {_what(error)}", "only what Wedge wrote can be read") from None
    scenario = load_scenario(called, changes=changes)
    again = "begin a new game, or go on with this one where it was played"
    if scenario.sha256 != sha256:
        raise GameError(f"{called} has changed since {path} was saved", again)
    if rules != rules_hash():
        raise GameError(f"{path} was played by another version of the rules", again)
    game = Game(scenario, seed, world, seats, moves, happened)
    game.waiting()
    return game


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        data = None
    if not isinstance(data, dict) or data.get("what") != WHAT:
        raise GameError(f"{path} holds no game", "name a file that wedge play has saved")
    if data.get("format") != FORMAT:
        raise GameError(f"{path} is of another format", "go on with the version of Wedge that wrote it")
    return data


def read_move(said: Any) -> Move:
    """A move from plain data. Raises KeyError, TypeError or ValueError for what is none."""
    levels = {_text(issue): float(level) for issue, level in dict(said["levels"]).items()}
    n, state, word, ally = _number(said["round"]), _text(said["state"]), _text(said["said"]), _text(said["ally"])
    return Move(n, state, word, levels, ally, said.get("stood_in") is True)


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < MOST:
        raise ValueError(f"{value!r} is no whole number from 0")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is no text")
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return _text(value)


def _what(error: Exception) -> str:
    if isinstance(error, TypeError):
        return "it does not have the form of a game"
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)
