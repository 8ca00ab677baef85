"""A saved game is read as the same game, or refused with a cure."""

import json
from pathlib import Path
from typing import Any

import pytest
from played_games import SEED, WORLD, played, same

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.saving import load, save
from wedge.engine.scenario import Scenario


@pytest.fixture
def saved(talks: Scenario, tmp_path: Path) -> Path:
    """A game of four moves in a file."""
    path = tmp_path / "game.json"
    save(played(talks, "anna", until=4), path)
    return path


def test_a_game_is_read_as_it_was_saved(talks: Scenario, saved: Path) -> None:
    """Its moves, and what is asked next."""
    game, was = load(saved), played(talks, "anna", until=4)
    assert (game.moves, game.seats, game.seed, game.world) == (was.moves, ("anna",), SEED, WORLD)
    assert game.waiting() == was.waiting()
    assert same(game.so_far(), was.so_far())


def test_who_stood_in_for_a_person_is_kept(talks: Scenario, tmp_path: Path) -> None:
    """Of a game saved before that was written down, all moves are people's."""
    game, path = played(talks, "anna", until=3), tmp_path / "game.json"
    game.moves[1] = game.moves[1]._replace(stood_in=True)
    save(game, path)
    assert [False, True, False] == [move.stood_in for move in load(path).moves]
    older = [
        {what: said for what, said in move.items() if what != "stood_in"}
        for move in json.loads(path.read_text())["moves"]
    ]
    assert [False] * 3 == [move.stood_in for move in load(changed(path, moves=older)).moves]


def changed(path: Path, **values: Any) -> Path:
    """The file with something else in it."""
    path.write_text(json.dumps(json.loads(path.read_text()) | values))
    return path


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"rules": "another"}, "another version of the rules"),
        ({"sha256": "another"}, "has changed since"),
        ({"format": 99}, "of another format"),
        ({"what": "a cake"}, "holds no game"),
        ({"seed": "seven"}, "is damaged"),
        ({"seed": -1}, "is damaged"),
        ({"moves": [{"round": 0}]}, "is damaged: 'levels' is missing"),
        ({"moves": 3}, "is damaged"),
        ({"changes": [["--sudo", "x=1"]]}, "is damaged"),
        ({"seats": ["ana"]}, "no state 'ana'"),
        ({"moves": [{"round": 0, "state": "bert", "said": "yes", "levels": {}, "ally": ""}]}, "not asked for a move"),
    ],
)
def test_what_is_no_game_of_ours_is_refused(saved: Path, values: dict[str, Any], wrong: str) -> None:
    """In words."""
    with pytest.raises(GameError, match=wrong):
        load(changed(saved, **values))


def test_what_is_no_json_is_refused(tmp_path: Path) -> None:
    """A text, a broken file, bytes."""
    path = tmp_path / "game.json"
    for content in (b"hello", b'{"what": "a game', b"\xff\xfe", b"[]"):
        path.write_bytes(content)
        with pytest.raises(GameError, match="holds no game"):
            load(path)
