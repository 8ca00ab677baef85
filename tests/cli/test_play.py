"""``wedge play``: a person's commands, one a line, and the story at the end."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Wedge = Callable[..., Any]
Play = Callable[..., Any]


@pytest.fixture
def play(wedge: Wedge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Play:
    """Call ``wedge play`` in a folder of its own with these lines typed."""
    monkeypatch.chdir(tmp_path)

    def play(lines: str | io.StringIO, *words: object) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines) if isinstance(lines, str) else lines)
        return wedge("play", *words)

    return play


@pytest.fixture
def talks(write_scenario: Callable[..., Path]) -> Path:
    """Talks of five rounds, as a file."""
    return write_scenario(("rounds: 20", "rounds: 5"), ("{ideal: 1, salience: 4}", "{ideal: 0.7, salience: 4}"))


def moves(path: Path) -> list[dict[str, Any]]:
    """What the saved game remembers."""
    return json.loads(path.read_text())["moves"]


def test_a_game_is_played_to_its_end_and_told(play: Play, wedge: Wedge, talks: Path) -> None:
    """The story comes last; the command it names tells the same course."""
    said = play("follow\n" * 20, talks, "--as", "anna")
    assert said.code == 0
    assert "anna: offer, pass, consult, advice or ?>" in said.err
    assert "To sign is worth" in said.out
    assert "with Anna played by hand" in said.out
    assert "How it ends" in said.out
    assert "What the course came to: Anna" in said.out
    assert "Left to its policies" in said.out
    code = next(line for line in said.err.split() if "@0:0+" in line)
    told = wedge("explain", code)
    ending = told.out[told.out.index("How it ends") :].strip()
    assert ending in said.out
    again = play("", "--resume", "talks-anna.json")
    assert again.code == 0
    assert ending in again.out


def test_the_end_of_input_is_no_end_of_the_game(play: Play, talks: Path) -> None:
    """It is saved after every move, and goes on where it was."""
    said = play("pass\n", talks, "--as", "anna", "--save", "mine.json")
    assert said.code == 0
    assert "next: wedge play --resume mine.json" in said.err
    assert [move["said"] for move in moves(Path("mine.json"))] == ["pass"]
    more = play("no\nquit\nno\n", "--resume", "mine.json")
    assert more.code == 0
    assert [move["said"] for move in moves(Path("mine.json"))] == ["pass", "no"]
    back = play("quit\n", "--resume", "mine.json", "--back", 2)
    assert back.code == 0
    assert moves(Path("mine.json")) == []


def test_ctrl_c_loses_nothing(play: Play, talks: Path) -> None:
    """It ends with 130 and says how to go on."""

    class ThenCtrlC(io.StringIO):
        def readline(self, *size: Any) -> str:
            line = super().readline(*size)
            if not line:
                raise KeyboardInterrupt
            return line

    said = play(ThenCtrlC("pass\n"), talks, "--as", "anna")
    assert said.code == 130
    assert "go on with: wedge play --resume talks-anna.json" in said.err
    assert len(moves(Path("talks-anna.json"))) == 1


def test_bad_input_is_answered_and_asked_again(play: Play, talks: Path) -> None:
    """With what is wrong and what would help; nothing counts as a move."""
    lines = (
        "",
        "ofer",
        "yes",
        "consult carl",
        "offer lnd=0.3",
        "offer land",
        "offer land=0.9",
        "offer",
        "two",
        "1.5",
        "x",
    )
    said = play("\n".join(lines) + "\n", talks, "--as", "anna")
    assert said.code == 0
    for sentence in (
        "'ofer' is no command", "did you mean 'offer'?", "'yes' is no move", "'carl' is no ally", "did you mean 'land'?",
        "write it like land=0.5", "past anna's own red line", "'two' is not a number", "1.5 is off the scale",
        "nothing is offered yet",
    ):  # fmt: skip
        assert sentence in said.err
    assert moves(Path("talks-anna.json")) == []


def test_an_offer_out_of_turn_asks_for_no_levels(play: Play, talks: Path) -> None:
    """It is refused at once, with what can be said here; and whoever is asked for a level may stop."""
    said = play("offer\nno\n", talks, "--as", "bert")
    assert "bert must answer a proposal: 'offer' is no move" in said.err
    assert "say one of yes, no\n" in said.err
    assert "level from 0 to 1" not in said.err
    said = play("offer\nquit\n", talks, "--as", "anna", "--save", "stopped.json")
    assert "'quit' is not a number" not in said.err
    assert "the game is saved" in said.err


def test_what_changes_nothing(play: Play, talks: Path) -> None:
    """Help, advice, look and history; then a move, and a step back to the same table."""
    said = play("?\nadvice\nlook\nhistory\nsave\npass\nback\n", talks, "--as", "anna")
    assert "make no proposal this round" in said.out
    assert "A sincere policy would offer" in said.out
    assert "Truce [truce], now" in said.out
    assert "the game is kept in talks-anna.json" in said.err
    assert "taken back: what anna said in round 1" in said.err
    assert moves(Path("talks-anna.json")) == []


def test_levels_are_asked_one_by_one(play: Play, talks: Path) -> None:
    """A comma does for a point; Enter is the state's own best."""
    play("offer\n0,35\n", talks, "--as", "anna", "--save", "one.json")
    assert moves(Path("one.json"))[0]["levels"] == {"land": 0.35}
    play("offer\n\n", talks, "--as", "anna", "--save", "two.json")
    assert moves(Path("two.json"))[0]["levels"] == {"land": 0.1}


def test_several_at_one_keyboard(play: Play, talks: Path) -> None:
    """All are asked for their answer before anybody's is told."""
    said = play("pass\noffer land=0.5\nno\nyes\n", talks, "--as", "bert", "--as", "anna", "--as", "carl")
    assert said.code == 0
    before, _, after = said.out.partition("> yes")
    assert "Carl. Round 2 of 5" in before.partition("> no")[2]
    assert "Anna refuses" not in before
    assert "Carl signs; Anna refuses" in after
    assert [move["state"] for move in moves(Path("talks-bert-anna-carl.json"))] == ["anna", "bert", "anna", "carl"]


def test_narrow_terminals(play: Play, talks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing before the story is wider than sixty letters."""
    monkeypatch.setenv("COLUMNS", "60")
    said = play("look\nadvice\n?\npass\nadvice\nno\nhistory\n", talks, "--as", "anna")
    assert max(len(line) for line in said.out.splitlines()) <= 60


@pytest.mark.parametrize(
    ("words", "wrong", "help"),
    [
        ((), "nothing is named to play", "--resume"),
        (("TALKS",), "whose seat do you take?", "--as anna"),
        (("TALKS", "--as", "ana"), "no state 'ana'", "did you mean 'anna'"),
        (("TALKS", "--as", "anna", "--back", 1), "--back takes back moves of a saved game", "--resume"),
        (("TALKS", "--resume", "x.json"), "the saved game says what is played", "alone"),
        (("--resume", "x.json"), "no such file", ""),
        (("--resume", "TALKS"), "holds no game", "wedge play has saved"),
        (("TALKS", "--as", "anna", "--save", "TALKS"), "is there already", "another name"),
        (("TALKS", "--as", "anna", "--save", "no/where.json"), "no/where.json", ""),
    ],
)
def test_bad_usage(play: Play, talks: Path, words: tuple[object, ...], wrong: str, help: str) -> None:
    """Exits with 2, in words."""
    said = play("", *(talks if word == "TALKS" else word for word in words))
    assert said.code == 2
    assert wrong in said.err
    assert help in said.err


def test_a_seat_with_a_policy_from_a_file_is_taken(play: Play, talks: Path) -> None:
    """By that policy; the person is told how to free it."""
    Path("mine.py").write_text("from wedge.agents.seat import Policy\n\n\nclass Mine(Policy):\n    pass\n")
    said = play("", talks, "--as", "anna", "--policy", "anna=./mine.py:Mine")
    assert said.code == 2
    assert "--policy anna=sincere" in said.err


def test_a_game_that_has_begun_is_not_overwritten(play: Play, talks: Path) -> None:
    """A second one takes the next free name."""
    play("pass\n", talks, "--as", "anna")
    play("", talks, "--as", "anna")
    assert len(moves(Path("talks-anna.json"))) == 1
    assert moves(Path("talks-anna-2.json")) == []
