"""``wedge sweep``: vary one number or two, in the same worlds."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import OF, Asking, asking_options, keep, say_size, trials_for
from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    json_option,
    load_scenario,
    out_json,
    out_sentence,
    say_next,
    set_options,
)
from wedge.engine.scenario.changes import as_options

if TYPE_CHECKING:
    from wedge.engine.analysis.sweep import Sweep

WORLDS = 1000
EXAMPLES = """\b
Examples:
  wedge sweep alaska_2025/package --vary strain.daylight=0.1:0.6:6 --worlds 500 --seed 7
  wedge sweep alaska_2025/package --vary strain.daylight=0.1:0.6:6 --vary ties.united_states.ukraine.commitment=0.45,0.55,0.65
"""


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--vary",
    "axes",
    multiple=True,
    required=True,
    metavar="PATH=LOW:HIGH:POINTS",
    help="A number and its values, the same in every world; or PATH=VALUE,VALUE. Given twice, the two are crossed.",
)
@OF
@asking_options("Worlds to play at every point: 1000 if left out.")
@set_options
@json_option
def sweep(
    scenario: str,
    axes: Sequence[str],
    of: str | None,
    how: Asking,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Set one number, or two, to one value after another, and say what becomes of the outcome.

    Every point is played in the same worlds, so what differs between them is the number's doing. The
    scenario as it is, in the same worlds, stands for comparison.
    """
    from wedge.engine.analysis import sweep as room
    from wedge.engine.analysis.unstored import observables_of
    from wedge.engine.analysis.wants import default_observable, observable_named

    loaded = load_scenario(scenario, sets, policies)
    known = observables_of(loaded)
    observable = observable_named(of, known) if of else default_observable(known)
    read = [room.read_axis(loaded, axis) for axis in axes]
    worlds = how.worlds or WORLDS
    rows = worlds
    for axis in read:
        rows *= len(axis.values)
    rows += worlds
    say_size(how, rows)
    with trials_for(loaded, observable, how, rows) as trials:
        found = room.sweep(trials, read, worlds)
        keep(how, "sweep", found.as_json(), {"points": found.points}, partial(_draw, found, loaded))
    if as_json:
        out_json(found.as_json())
    else:
        _tell(found, loaded)
        if not how.quiet:
            say_next("wedge", "sensitivity", loaded.called, "--seed", found.seed, *as_options(loaded.changes))
    return DONE


def _draw(found: "Sweep", scenario: Any) -> Any:
    from wedge.engine.report.figures_of_sweep import sweep_figure
    from wedge.engine.report.number_labels import labels_for

    return sweep_figure(found, labels_for(scenario))


def _tell(found: "Sweep", scenario: Any) -> None:
    from wedge.engine.cli.number_tables import sentences_on_sweep, sweep_table
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.report.number_labels import labels_for

    label = labels_for(scenario)
    tables_console().print(sweep_table(found, label))
    for sentence in sentences_on_sweep(found, label):
        out_sentence(sentence)
