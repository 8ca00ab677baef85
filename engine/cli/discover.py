"""``wedge discover``: find the region of the numbers in which it happens, and say it in words."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import Asking, asking_options, keep, say_size, trials_for
from wedge.engine.cli.common import (
    DONE,
    NO,
    SCENARIO,
    json_option,
    load_scenario,
    out_json,
    out_sentence,
    say,
    say_next,
    set_options,
)
from wedge.engine.cli.sensitivity import read_range

if TYPE_CHECKING:
    from wedge.engine.analysis.discovery import Discovery

EXAMPLES = """\b
Examples:
  wedge discover alaska_2025/package --worlds 4000 --seed 7
  wedge discover alaska_2025/package --of 'level(donbas) > 0.75'
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--of",
    metavar="OBSERVABLE",
    help="What to look for, such as 'fracture(western)' or 'level(donbas) > 0.75'; the first alliance's fracture if left out.",
)
@click.option("--number", "paths", multiple=True, metavar="PATH", help="Look at this number only; may be given again.")
@click.option(
    "--range",
    "ranges",
    multiple=True,
    metavar="PATH=LOW:HIGH",
    help="Vary this number within a range of your own; may be given again.",
)
@click.option(
    "--bounds",
    "deepest",
    type=click.IntRange(1, 6),
    default=3,
    show_default=True,
    help="The most bounds a region may have.",
)
@asking_options("Worlds to play: 4000 if left out. Every other one is kept for measuring.")
@set_options
@json_option
def discover(
    scenario: str,
    of: str | None,
    paths: Sequence[str],
    ranges: Sequence[str],
    deepest: int,
    how: Asking,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Find the region of the uncertain numbers in which an alliance breaks far more often than elsewhere.

    The region is found on half of the worlds and measured on the other half, so what is told of it
    is not flattered by the search. Exits with 1 where no region holds up. Needs scikit-learn:
    pip install 'wedge-wargame[sensitivity]'.
    """
    from wedge.engine.analysis import discovery as room
    from wedge.engine.analysis.inputs import chosen_inputs, with_ranges
    from wedge.engine.analysis.unstored import observables_of
    from wedge.engine.analysis.wants import default_observable, is_comparison, observable_named, read_want

    loaded = load_scenario(scenario, sets, policies)
    known = observables_of(loaded)
    want = read_want(of, known) if of and is_comparison(of) else None
    observable = want.observable if want else observable_named(of, known) if of else default_observable(known)
    widened, inputs = with_ranges(loaded, dict(map(read_range, ranges)))
    inputs = chosen_inputs(inputs, paths)
    worlds = how.worlds or room.WORLDS
    say_size(how, worlds)
    with trials_for(widened, observable, how, worlds) as trials:
        found = room.discover(trials, inputs, worlds, want, deepest)
        tables = {"worlds": found.table, "boxes": found.boxes}
        keep(how, "discover", found.as_json(), tables, partial(_draw, found, loaded))
    if as_json:
        out_json(found.as_json())
    else:
        _tell(found, widened, how.quiet)
    return DONE if found.stands else NO


def _draw(found: "Discovery", scenario: Any) -> Any:
    from wedge.engine.report.figures_of_regions import region_figure
    from wedge.engine.report.number_labels import labels_for

    return region_figure(found, labels_for(scenario))


def _tell(found: "Discovery", scenario: Any, quiet: bool) -> None:
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.cli.number_tables import boxes_table, sentences_on_region
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.report.number_labels import labels_for

    if len(found.boxes):
        tables_console().print(boxes_table(found))
    for sentence in sentences_on_region(found, labels_for(scenario)):
        out_sentence(sentence)
    if found.stands and not quiet:
        inside = found.table[found.table["measuring"] & found.table["inside"] & found.table["case"]]["world"]
        say_next("wedge", "explain", code_of(scenario, found.seed, int(inside.iloc[0])))
    elif not found.stands:
        say("try more --worlds, or another --of")
