"""``wedge explain``: tell one run round by round."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import (
    DONE,
    NO,
    SCENARIO,
    Refused,
    json_option,
    out,
    out_json,
    say,
    say_next,
    say_speeds,
    set_options,
)
from wedge.engine.cli.named_world import SUBJECT, named_world
from wedge.engine.cli.streams import data_stream, terminal_width, wants_colour

if TYPE_CHECKING:
    from wedge.engine.cli.named_world import Named
    from wedge.engine.report.causing import Told
    from wedge.engine.report.choosing import Chosen
    from wedge.engine.report.printing import Line
    from wedge.engine.report.telling import Story
    from wedge.engine.simulation.runs import Run

EXAMPLES = """\b
Examples:
  wedge explain alaska_2025/territory_first --seed 7 --world 17
  wedge explain alaska_2025/territory_first@7:17 --rounds all --sums
  wedge explain alaska_2025/territory_first --seed 7 --first-fracture --why
  wedge explain tutorial/first_steps@7:3+9.client=accept
  wedge explain tutorial/first_steps --typical
  wedge explain results/territory --world 3
"""
WORLDS_FOR_TYPICAL, WORLDS_FOR_FRACTURE = 200, 1000
COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"fg": "cyan", "bold": True},
    "note": {"dim": True},
    "table": {},
    "text": {},
    "command": {},
}


@click.command(epilog=EXAMPLES)
@click.argument("scenario", metavar=SUBJECT, type=SCENARIO)
@click.option("--world", type=click.IntRange(0, 2**63 - 1), help="The world to tell; 0 if left out.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="The seed of all luck; 0 if left out.")
@click.option("--typical", is_flag=True, help="Tell the world nearest to the middle of many.")
@click.option("--first-fracture", is_flag=True, help="Tell the first world in which an alliance fractures.")
@click.option(
    "--worlds",
    type=click.IntRange(1, 1_000_000),
    help="Worlds to choose from: 200 for --typical, 1000 for --first-fracture if left out.",
)
@click.option(
    "--rounds",
    type=click.Choice(["key", "all"]),
    default="key",
    show_default=True,
    help="Gather rounds in which nothing new happens, or tell each.",
)
@click.option("--sums", is_flag=True, help="Add the sum behind each answer.")
@click.option("--why", is_flag=True, help="Add what broke the alliance: channels, smallest cause, pivotal round.")
@click.option(
    "--pairs",
    type=click.IntRange(0),
    help="For --why: pairs of changes to try where no single one saves; 300 if left out.",
)
@set_options
@json_option
def explain(
    scenario: str,
    world: int | None,
    seed: int | None,
    typical: bool,
    first_fracture: bool,
    worlds: int | None,
    rounds: str,
    sums: bool,
    why: bool,
    pairs: int | None,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Tell one run round by round: who proposed what, how each state answered and why, what it did to the ties.

    SCENARIO is a packaged name or a file, RESULTS a folder of wedge run, whose worlds are told as they were
    played. A CODE such as alaska_2025/territory_first@7:17 names seed and world as well, and may go on with
    moves to force, each after a plus sign: the round, a dot, the move (…@7:17+9.ukraine=accept). Exits with 1 if --first-fracture finds none, or --why finds nothing
    broken.
    """
    from wedge.engine.analysis.notation import read_moves
    from wedge.engine.report.telling import tell
    from wedge.engine.simulation.traced import play

    if pairs is not None and not why:
        raise Refused("--pairs says how far --why goes", "add --why")
    named = named_world(scenario, world, seed, sets, policies)
    _check(named.exact or world is not None, typical, first_fracture, worlds)
    number, chosen = named.world, ""
    if typical or first_fracture:
        found = _chosen(named, worlds, typical)
        if found is None:
            return NO
        number, chosen = found.world, found.how
    course = read_moves(named.scenario, named.moves)
    run = play(course.scenario, named.seed, number, course.forced)
    story = tell(run, rounds == "all", sums, chosen)
    told, data = what_broke(run, pairs) if why else ([], [])
    if as_json:
        out_json(story.as_data() | ({"broke": data} if why else {}))
    else:
        print_story(story, told)
        _say_next(run, why)
    if why and not data:
        say("no alliance fractured in this world: there is nothing to explain")
        return NO
    return DONE


def _say_next(run: "Run", why: bool) -> None:
    """Why it broke, if it did; else how often it happens."""
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.scenario.changes import as_options

    scenario = run.scenario
    if (run.world.alliance[0, :, 0] >= 0).any() and not why:
        say_next("wedge", "explain", code_of(scenario, run.seed, run.number, run.forced), "--why")
    else:
        say_next("wedge", "run", scenario.called, "--seed", run.seed, *as_options(scenario.changes))


def what_broke(run: "Run", pairs: int | None) -> "tuple[list[Told], list[dict[str, Any]]]":
    """What broke each alliance of a run that fractured, in words and as data."""
    from wedge.engine.analysis.smallest import PAIRS, fractured, smallest_cause
    from wedge.engine.report.causing import cause_as_data, told_cause
    from wedge.engine.report.wording import Wording
    from wedge.engine.simulation.variants import play_past

    if not (run.world.alliance[0, :, 0] >= 0).any():
        return [], []
    say("taking out every move and event in turn")
    past = play_past(run.scenario, run.seed, run.number, run.forced)
    words = Wording(run.scenario)
    found = [smallest_cause(past, alliance, PAIRS if pairs is None else pairs) for alliance in fractured(past)]
    return [told_cause(past, cause, words) for cause in found], [cause_as_data(past, cause) for cause in found]


def _check(exact: bool, typical: bool, first_fracture: bool, worlds: int | None) -> None:
    """Refuse what contradicts itself; ``exact`` says that the world is named."""
    if typical and first_fracture:
        raise Refused("--typical and --first-fracture name two different worlds", "use one of them")
    if (typical or first_fracture) and exact:
        raise Refused(
            "the world is named, so it cannot be chosen as well", "leave out --world, or name the scenario alone"
        )
    if worlds is not None and not (typical or first_fracture):
        raise Refused("--worlds says from how many worlds to choose", "add --typical or --first-fracture")


def _chosen(named: "Named", worlds: int | None, typical: bool) -> "Chosen | None":
    """The world chosen among so many; None, and a word about it, where none fractures."""
    from wedge.engine.report.choosing import first_fracture, most_typical

    worlds = _how_many(named, worlds, typical)
    say_speeds(named.scenario)
    say(f"looking at {'' if typical else 'up to '}{worlds:,} worlds of seed {named.seed}")
    if typical:
        return most_typical(named.scenario, named.seed, worlds)
    found = first_fracture(named.scenario, named.seed, worlds)
    if found is None:
        say(f"no alliance fractures in worlds 0 to {worlds - 1:,} of seed {named.seed}")
        say("look at more of them with --worlds, or at another scenario")
    return found


def _how_many(named: "Named", worlds: int | None, typical: bool) -> int:
    """Among how many worlds to choose; of results no more than they are of."""
    usual = WORLDS_FOR_TYPICAL if typical else WORLDS_FOR_FRACTURE
    if named.stored is None:
        return worlds or usual
    there = named.stored.plan.worlds
    if worlds is not None and worlds > there:
        raise Refused(
            f"{named.stored.folder} has {there:,} worlds, not {worlds:,}", f"ask for --worlds {there} or less"
        )
    return worlds or min(usual, there)


def print_story(story: "Story", told: "Sequence[Told]") -> None:
    from wedge.engine.report.causing import lines_of_causes
    from wedge.engine.report.printing import lines_of

    width = terminal_width()
    print_lines([*lines_of(story, width), *(lines_of_causes(told, width) if told else ())])


def print_lines(lines: "Iterable[Line]") -> None:
    """Print lines of a story, in colour where that is wanted."""
    coloured = wants_colour(data_stream())
    for line in lines:
        out(click.style(line.text, **COLOURS[line.kind]) if coloured and line.text else line.text)
