"""``wedge roles``: a role sheet for each state, to print or to read on a phone."""

from collections.abc import Sequence
from pathlib import Path

import click

from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    json_option,
    load_scenario,
    out,
    out_json,
    quiet_option,
    say,
    say_next,
    set_options,
)
from wedge.engine.scenario.changes import as_options, changes_from

EXAMPLES = """\b
Examples:
  wedge roles alaska_2025/territory_first --seed 7 --world 10
  wedge roles mine.yaml --state ukraine --out roles
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.option("--state", "states", multiple=True, metavar="STATE", help="Only this state; may be given again.")
@click.option("--world", default=0, show_default=True, type=click.IntRange(0, 2**63 - 1), help="The world to be played.")  # fmt: skip
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**63 - 1), help="The seed of all luck.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path),
    help="The folder for the files; named after scenario, seed and world, in results, if left out.",
)  # fmt: skip
@quiet_option
@set_options
@json_option
def roles(
    scenario: str,
    states: Sequence[str],
    world: int,
    seed: int,
    folder: Path | None,
    quiet: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Write a role sheet for each state: who it is, what it wants, what it knows, what it can say and what counts.

    One file of HTML for each state, and index.html with all of them for printing; none needs a network. A sheet holds
    the state's own numbers in that world and what is public, nothing of what others keep to themselves. Give the same
    seed and world to `wedge play`. Prints the files written; with --json the sheets, and files only with --out.
    """
    from dataclasses import asdict

    from wedge.engine.classroom.roles import role_sheet, write_role_sheets
    from wedge.engine.classroom.roles.pages import default_folder
    from wedge.engine.report.codes import full_name

    loaded = load_scenario(full_name(scenario), sets, policies)
    wanted = list(dict.fromkeys(states)) or [loaded.names.states[i] for i in loaded.names.display]
    if as_json:
        sheets = [role_sheet(loaded, state, seed, world) for state in wanted]
    if folder is not None or not as_json:
        for path in write_role_sheets(loaded, folder or default_folder(loaded, seed, world), wanted, seed, world):
            if not as_json:
                out(str(path))
    if as_json:
        out_json([asdict(sheet) for sheet in sheets])
    elif not quiet:
        say("open index.html in a browser to print all of them; give each seat its own file and no other")
        play = ["play", scenario, "--as", wanted[0], "--seed", seed, "--world", world]
        say_next("wedge", *play, *as_options(changes_from(sets, policies)))
    return DONE
