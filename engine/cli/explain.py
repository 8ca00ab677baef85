"""``wedge explain``: tell one run round by round."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import (
    DONE,
    NO,
    Refused,
    json_option,
    load_scenario,
    out,
    out_json,
    say,
    set_options,
    wants_colour,
)

if TYPE_CHECKING:
    from wedge.engine.report.choosing import Chosen
    from wedge.engine.report.telling import Story

EXAMPLES = """\b
Examples:
  wedge explain alaska_2025/territory_first --seed 7 --world 17
  wedge explain alaska_2025/territory_first@7:17 --rounds all --why
  wedge explain alaska_2025/territory_first --seed 7 --first-fracture
  wedge explain tutorial/first_steps --typical
"""
WORLDS_FOR_TYPICAL, WORLDS_FOR_FRACTURE = 200, 1000
COLOURS: dict[str, dict[str, Any]] = {
    "title": {"bold": True},
    "heading": {"fg": "cyan", "bold": True},
    "note": {"dim": True},
    "table": {},
    "text": {},
}


@click.command(epilog=EXAMPLES)
@click.argument("scenario", metavar="SCENARIO|CODE")
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
@click.option("--why", is_flag=True, help="Add the sum behind each answer.")
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
    why: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Tell one run round by round: who proposed what, how each state answered and why, what it did to the ties.

    SCENARIO is a packaged name or a file; a CODE such as alaska_2025/territory_first@7:17 names seed
    and world as well. Exits with 1 if --first-fracture finds none.
    """
    from wedge.engine.report.codes import full_name, read_code
    from wedge.engine.report.telling import tell
    from wedge.engine.simulation.traced import play

    code = read_code(scenario)
    _check(code.seed is not None, world, seed, typical, first_fracture, worlds)
    loaded = load_scenario(full_name(code.scenario), sets, policies)
    seed = (seed or 0) if code.seed is None else code.seed
    number, chosen = (world or 0) if code.world is None else code.world, ""
    if typical or first_fracture:
        found = _chosen(loaded, seed, worlds, typical)
        if found is None:
            return NO
        number, chosen = found.world, found.how
    run = play(loaded, seed, number)
    story = tell(run, rounds == "all", why, _options(sets, policies), chosen)
    if as_json:
        out_json(story.as_data())
    else:
        _print(story)
    return DONE


def _check(
    has_code: bool, world: int | None, seed: int | None, typical: bool, first_fracture: bool, worlds: int | None
) -> None:
    """Refuse what contradicts itself."""
    if has_code and (world is not None or seed is not None):
        raise Refused("the code says seed and world already", "leave out --seed and --world")
    if typical and first_fracture:
        raise Refused("--typical and --first-fracture name two different worlds", "use one of them")
    if (typical or first_fracture) and (world is not None or has_code):
        raise Refused(
            "the world is named, so it cannot be chosen as well", "leave out --world, or name the scenario alone"
        )
    if worlds is not None and not (typical or first_fracture):
        raise Refused("--worlds says from how many worlds to choose", "add --typical or --first-fracture")


def _chosen(scenario: Any, seed: int, worlds: int | None, typical: bool) -> "Chosen | None":
    """The world chosen among so many; None, and a word about it, where none fractures."""
    from wedge.engine.report.choosing import first_fracture, most_typical

    worlds = worlds or (WORLDS_FOR_TYPICAL if typical else WORLDS_FOR_FRACTURE)
    say(f"looking at {'' if typical else 'up to '}{worlds:,} worlds of seed {seed}")
    if typical:
        return most_typical(scenario, seed, worlds)
    found = first_fracture(scenario, seed, worlds)
    if found is None:
        say(f"no alliance fractures in worlds 0 to {worlds - 1:,} of seed {seed}")
        say("next: look at more of them with --worlds, or at another scenario")
    return found


def _options(sets: Sequence[str], policies: Sequence[str]) -> list[str]:
    """The options that changed the scenario, for the command that tells the run again."""
    given = [("--set", value) for value in sets] + [("--policy", value) for value in policies]
    return [part for pair in given for part in pair]


def _print(story: "Story") -> None:
    from wedge.engine.report.printing import lines_of

    coloured = wants_colour(sys.stdout)
    for line in lines_of(story):
        out(click.style(line.text, **COLOURS[line.kind]) if coloured and line.text else line.text)
