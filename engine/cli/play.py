"""``wedge play``: a person takes a seat, against the policies in the others."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    Refused,
    load_scenario,
    out,
    say,
    say_next,
    say_problems,
    set_options,
)
from wedge.engine.scenario.problems import escaped

if TYPE_CHECKING:
    from wedge.engine.classroom.game import Game

EXAMPLES = """\b
Examples:
  wedge play alaska_2025/territory_first --as ukraine
  wedge play alaska_2025/territory_first --as ukraine --as europe --seed 7 --world 10
  wedge play --resume territory_first-ukraine.json
  wedge play --resume territory_first-ukraine.json --back 3
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO, required=False)
@click.option("--as", "seats", multiple=True, metavar="STATE", help="The seat to take; may be given again.")
@click.option("--world", type=click.IntRange(0, 2**63 - 1), help="The world to play in; 0 if left out.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="The seed of all luck; 0 if left out.")
@click.option(
    "--save", "--out", "file", type=click.Path(path_type=Path, dir_okay=False),
    help="The file that keeps the game, after every move; named after scenario and seats if left out.",
)  # fmt: skip
@click.option(
    "--resume",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Go on with the game in this file, or tell its story.",
)
@click.option("--back", type=click.IntRange(0), help="Of a resumed game, take back that many moves first.")
@set_options
def play(
    scenario: str | None,
    seats: Sequence[str],
    world: int | None,
    seed: int | None,
    file: Path | None,
    resume: Path | None,
    back: int | None,
    sets: Sequence[str],
    policies: Sequence[str],
) -> int:
    """Take a seat in the talks yourself; the other states bargain by their policies.

    You see what your state sees and no more. When you have the floor you offer levels, pass, or consult an ally;
    else you answer what is offered, and with an outside option you may walk out. Advice is given on request, any
    move can be taken back, and the game is saved after each. At the end the whole course is told, with everybody's
    reasons. Several seats on one keyboard take turns, and answer one proposal before anybody's answer is shown.

    Type ? for the commands. They can come from a file or a pipe as well, one a line. Exits with 0 when the game is
    over, or its input is.
    """
    from wedge.engine.cli.dialogue import Dialogue

    if resume is not None:
        if (
            scenario is not None
            or seats
            or world is not None
            or seed is not None
            or file is not None
            or sets
            or policies
        ):
            raise Refused("the saved game says what is played", "give --resume, and perhaps --back, alone")
        game, file = _resumed(resume, back or 0), resume
    else:
        if back is not None:
            raise Refused("--back takes back moves of a saved game", "name it with --resume")
        game = _begun(scenario, seats, world, seed, sets, policies)
        file = _new_file(game, file)
    dialogue = Dialogue(game, file)
    try:
        finished = dialogue.go_on()
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"the game is saved; go on with: wedge play --resume {file}") from None
    if finished:
        _tell(game, file)
    else:
        say("the game is saved")
        say_next("wedge", "play", "--resume", file)
    return DONE


def _begun(
    scenario: str | None,
    seats: Sequence[str],
    world: int | None,
    seed: int | None,
    sets: Sequence[str],
    policies: Sequence[str],
) -> "Game":
    """A new game. Raises Refused, GameError, and what loading raises."""
    from wedge.engine.classroom.game import Game
    from wedge.engine.report.codes import full_name

    if scenario is None:
        raise Refused(
            "nothing is named to play", "name a scenario (wedge scenarios lists some), or a game with --resume"
        )
    loaded = load_scenario(full_name(scenario), sets, policies)
    if not seats:
        raise Refused(
            "whose seat do you take?", f"add --as, such as {' or '.join(f'--as {s}' for s in loaded.names.states)}"
        )
    return Game(loaded, seed or 0, world or 0, seats)


def _resumed(path: Path, back: int) -> "Game":
    from wedge.engine.classroom.saving import load, save

    game = load(path)
    say_problems(game.scenario.warnings)
    if back > len(game.moves):
        raise Refused(f"the game has {len(game.moves)} moves", f"take back {len(game.moves)} or less")
    for _ in range(back):
        game.back()
    if back:
        save(game, path)
    return game


def _new_file(game: "Game", file: Path | None) -> Path:
    """A file that holds nothing yet, with the game in it."""
    from wedge.engine.classroom.saving import save

    if file is None:
        stem = "-".join([game.scenario.code.rpartition("/")[2], *game.seats])
        names = (Path(f"{stem}{f'-{n}' if n > 1 else ''}.json") for n in range(1, 10_000))
        file = next(name for name in names if not name.exists())
    elif file.exists():
        raise Refused(f"{file} is there already", f"choose another name, or go on with: wedge play --resume {file}")
    save(game, file)
    return file


def _tell(game: "Game", file: Path) -> None:
    """The story of a game that is over, what broke, what would have come of it untouched, and how to look again."""
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.cli.explain import print_lines, print_story, what_broke
    from wedge.engine.cli.streams import terminal_width
    from wedge.engine.report.printing import Line, wrapped
    from wedge.engine.report.telling import tell
    from wedge.engine.report.wording import Wording

    run, words = game.so_far(), Wording(game.scenario)
    played = words.states(game.scenario.names.states.index(seat) for seat in game.seats)
    story = tell(run)
    count = "one move" if len(game.moves) == 1 else f"{len(game.moves)} moves"
    story = story._replace(
        title=f"{story.title}, with {played} played by hand",
        code=escaped(f"{code_of(game.scenario, game.seed, game.world)} with {count} by hand"),
        replay=escaped(shlex.join(["wedge", "play", "--resume", str(file)])),
    )
    out()
    print_story(story, what_broke(run, 0)[0])
    print_lines([Line("text", ""), *wrapped(_untouched(game), terminal_width(), "text")])
    say(f"the game is kept in {file}; with --resume FILE --back 3 it goes on from three moves before its end")
    code = code_of(game.scenario, game.seed, game.world, run.forced)
    other = _other_answer(game)
    say_next("wedge", *(["fork", code, *other] if other else ["explain", code]))


def _other_answer(game: "Game") -> list[object]:
    """The options that turn the last answer given by hand, or the last before an alliance broke."""
    from wedge.engine.model.world import ALLIANCE_FRACTURED

    broke = game.so_far().world.alliance[ALLIANCE_FRACTURED, :, 0]
    until = min((n for n in broke if n >= 0), default=float("inf"))
    answers = [move for move in game.moves if move.said in ("yes", "no") and move.round <= until]
    if not answers:
        return []
    last = answers[-1]
    return ["--round", last.round + 1, "--force", f"{last.state}={'accept' if last.said == 'no' else 'reject'}"]


def _untouched(game: "Game") -> str:
    """What each seat got, and what would have come of the same world had nobody taken one."""
    from wedge.engine.model.world import PAYOFF
    from wedge.engine.report.forking import ending_in_short
    from wedge.engine.report.rounds import rounds_of_run
    from wedge.engine.report.wording import Wording, listed, points
    from wedge.engine.simulation.traced import play as play_alone

    words, places = Wording(game.scenario), [game.scenario.names.states.index(seat) for seat in game.seats]
    alone = play_alone(game.scenario, game.seed, game.world)
    mine, theirs = (run.world.state[PAYOFF, :, 0] for run in (game.so_far(), alone))
    got = listed([f"{words.state(i)} {points(mine[i])} points (by its own policy {points(theirs[i])})" for i in places])
    without = ending_in_short(rounds_of_run(alone)[-1], words)
    return f"What the course came to: {got}. Left to its policies the same world ends like this: {without}"
