"""``wedge solve``: the least change of chosen numbers that gets what is wanted."""

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
from wedge.engine.scenario.changes import as_options

if TYPE_CHECKING:
    from wedge.engine.analysis.solving import Solution

WORLDS = 500
EXAMPLES = """\b
Examples:
  wedge solve alaska_2025/package --want 'fracture(western) < 5 %' --by ties.united_states.ukraine.commitment --seed 7
  wedge solve alaska_2025/package --want 'settled(talks) > 50 %' --by states.russia.hope --by states.ukraine.hope=0.4:0.9
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--want",
    required=True,
    metavar="WANT",
    help="An observable, < or >, and a number: 'fracture(western) < 0.1', 'states.ukraine.payoff > 0', 'settled(talks) > 50 %'.",
)
@click.option(
    "--by",
    "levers",
    multiple=True,
    required=True,
    metavar="PATH",
    help="A number that may be moved, or PATH=LOW:HIGH for how far; may be given again.",
)
@asking_options("Worlds to try each change in: 500 if left out. As many again confirm the answer.")
@set_options
@json_option
def solve(
    scenario: str,
    want: str,
    levers: Sequence[str],
    how: Asking,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say what it would take: the least change of chosen numbers that brings the outcome where it is wanted.

    A number is moved by the same amount in every world, within its bounds. All changes are tried in
    the same worlds, and the answer once more in fresh ones. With several numbers the least change is
    that of least length, each number measured by its range. Exits with 1 if no change gets there.
    """
    from wedge.engine.analysis import solving as room
    from wedge.engine.analysis.levers import read_lever
    from wedge.engine.analysis.unstored import observables_of
    from wedge.engine.analysis.wants import read_want
    from wedge.engine.experiment.problems import ExperimentError

    loaded = load_scenario(scenario, sets, policies)
    wanted = read_want(want, observables_of(loaded))
    moved = [read_lever(loaded, lever) for lever in levers]
    if len({lever.path for lever in moved}) < len(moved):
        raise ExperimentError("a number is given twice with --by", "give each once")
    worlds = how.worlds or WORLDS
    rows = room.rows_needed(len(moved), worlds)
    say_size(how, rows)
    with trials_for(loaded, wanted.observable, how, rows) as trials:
        found = room.solve(trials, moved, wanted, worlds)
        keep(how, "solve", found.as_json(), {"levers": found.levers, "scan": found.scan}, partial(_draw, found, loaded))
    if as_json:
        out_json(found.as_json())
    else:
        _tell(found, loaded)
        if not how.quiet:
            say_next("wedge", "sensitivity", loaded.called, "--seed", found.seed, *as_options(loaded.changes))
    return DONE if found.reached else NO


def _draw(found: "Solution", scenario: Any) -> Any:
    from wedge.engine.report.figures_of_regions import solution_figure
    from wedge.engine.report.number_labels import labels_for

    return solution_figure(found, labels_for(scenario))


def _tell(found: "Solution", scenario: Any) -> None:
    from wedge.engine.cli.number_tables import levers_table, sentences_on_solution
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.report.number_labels import labels_for

    label = labels_for(scenario)
    tables_console().print(levers_table(found, label))
    for sentence in sentences_on_solution(found, label):
        out_sentence(sentence)
    if not found.reached:
        say("other numbers may decide more")
