"""``wedge debrief``: the debrief of a game that people played, as a page and as tables for grading."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    Refused,
    json_option,
    load_scenario,
    out,
    out_json,
    out_sentence,
    quiet_option,
    say,
    say_next,
    say_problems,
)
from wedge.engine.cli.run import processors, progress_for

if TYPE_CHECKING:
    from wedge.engine.classroom.debrief import Prediction
    from wedge.engine.classroom.game import Game

EXAMPLES = """\b
Examples:
  wedge debrief territory_first-ukraine.json
  wedge debrief game.json --predictions said.csv --out results/lesson
  wedge debrief game.json --other alaska_2025/package --runs 20000
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="GAME", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--predictions", "said", type=click.Path(path_type=Path, dir_okay=False),
    help="What students said before play: a CSV file with the columns name, state and chance.",
)  # fmt: skip
@click.option("--alliance", default="", metavar="ALLIANCE", help="The alliance predicted about; any if left out.")
@click.option(
    "--runs", type=click.IntRange(1, 1_000_000), default=10_000, show_default=True,
    help="How many runs the game is held against.",
)  # fmt: skip
@click.option(
    "--futures", type=click.IntRange(1, 100_000), default=200, show_default=True,
    help="How many futures each move is played on in.",
)  # fmt: skip
@click.option(
    "--other", type=SCENARIO,
    help="A scenario with another agenda; one that differs in the order of its stages alone is looked for if left out.",
)  # fmt: skip
@click.option(
    "--out", "folder", type=click.Path(path_type=Path, file_okay=False),
    help="The folder for page and tables; named after the game, with -debrief, if left out.",
)  # fmt: skip
@quiet_option
@json_option
def debrief(
    file: Path,
    said: Path | None,
    alliance: str,
    runs: int,
    futures: int,
    other: str | None,
    folder: Path | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Debrief a game that people played: its course among many runs, what each move cost, what broke the alliance.

    GAME is a file that wedge play has saved. The folder gets one page (debrief.html) to show and to print, CSV tables
    for grading and debrief.json. Predictions are scored and held against the runs. A game that is not over is
    debriefed up to its open question. Prints the files written; a debrief that is there is replaced.
    """
    from wedge.engine.classroom.debrief import debrief as work_out
    from wedge.engine.classroom.debrief import write
    from wedge.engine.classroom.debrief.sentences import happened
    from wedge.engine.classroom.debrief.writing import refuse_to_overwrite

    with stopped_like_ctrl_c() as stopped:
        game = _game(file)
        predictions = _predictions(said, game)
        goes_to = folder or file.with_name(f"{file.stem}-debrief")
        refuse_to_overwrite(goes_to)
        against = load_scenario(other) if other is not None else None
        told = work_out(
            game, predictions, runs, futures, against,
            alliance=alliance, workers=processors(), progress=Heeding(progress_for(quiet), stopped),
        )  # fmt: skip
        written = write(told, goes_to)
    if as_json:
        out_json(told.as_json() | {"files": [str(path) for path in written]})
        return DONE
    for sentence in happened(told):
        out_sentence(sentence)
    for path in written:
        out(str(path))
    if not quiet:
        say(f"open {written[0]} in a browser, where it can be printed too")
        _say_next(game, file)
    return DONE


class Heeding:
    """Tells how far it is, and stops where it was told to: a signal that came where Python drops exceptions is not lost."""

    def __init__(self, progress: Any, stopped: threading.Event) -> None:
        self._progress, self._stopped = progress, stopped

    def __getattr__(self, name: str) -> Any:
        if self._stopped.is_set() and name != "close":
            raise KeyboardInterrupt
        return getattr(self._progress, name)


@contextmanager
def stopped_like_ctrl_c() -> Iterator[threading.Event]:
    """SIGTERM ends a command as Ctrl-C does, so that what it has begun is cleared away; gives what it sets."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(*_: Any) -> None:
        stopped.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield stopped
    except Exception as error:  # a library that was interrupted while it was loaded may say so in its own way
        if stopped.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _game(file: Path) -> "Game":
    from wedge.engine.classroom.saving import load

    game = load(file)
    say_problems(game.scenario.warnings)
    return game


def _predictions(said: Path | None, game: "Game") -> "Sequence[Prediction]":
    from wedge.engine.classroom.debrief import read_predictions

    if said is None:
        return []
    found = read_predictions(said, game.scenario.names.states)
    if not found:
        raise Refused(f"{said} holds no prediction", "write one student a line below: name,state,chance")
    return found


def _say_next(game: "Game", file: Path) -> None:
    """Go on with a game that is not over; else take the last moves back and play its end again."""
    if game.waiting():
        say_next("wedge", "play", "--resume", file)
    else:
        say_next("wedge", "play", "--resume", file, "--back", min(3, len(game.moves)))
