"""``wedge sensitivity``: which numbers decide, and what chance decides."""

from collections.abc import Callable, Sequence
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
    from wedge.engine.analysis.sensitivity import Sensitivity

EXAMPLES = """\b
Examples:
  wedge sensitivity alaska_2025/territory_first --worlds 500 --seed 7
  wedge sensitivity alaska_2025/territory_first --method sobol --most 8 --out results/decides
  wedge sensitivity mine.yaml --judgements --range states.ukraine.hope=0.3:0.9
"""
Label = Callable[[str], str]


@click.command(epilog=EXAMPLES)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--method",
    type=click.Choice(["tornado", "sobol", "morris"]),
    default="tornado",
    show_default=True,
    help="Each number at both ends of its range; shares of the variance; or a screening of many numbers.",
)
@OF
@click.option("--number", "paths", multiple=True, metavar="PATH", help="Look at this number only; may be given again.")
@click.option("--judgements", is_flag=True, help="Vary fixed numbers that have no source too, by a fifth down and up.")
@click.option(
    "--range",
    "ranges",
    multiple=True,
    metavar="PATH=LOW:HIGH",
    help="Vary this number within a range of your own; may be given again.",
)
@click.option(
    "--most",
    type=click.IntRange(0),
    default=15,
    show_default=True,
    help="Try all numbers briefly and look at this many closely; 0 looks at all of them closely.",
)
@asking_options("Worlds to play each change in: 1000 if left out (for morris 100). For sobol so many pairs of worlds.")
@set_options
@json_option
def sensitivity(
    scenario: str,
    method: str,
    of: str | None,
    paths: Sequence[str],
    judgements: bool,
    ranges: Sequence[str],
    most: int,
    how: Asking,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say which of a scenario's uncertain numbers decide the outcome, and how much is left to chance.

    The numbers are those with distributions, each varied as its distribution says. tornado plays the
    same worlds with each number at its 5th and at its 95th percentile. sobol shares out the variance
    of the outcome: what a number decides alone (first) and together with others (total), and what is
    decided by chance. morris screens many numbers with few runs.
    """
    from wedge.engine.analysis import sensitivity as room
    from wedge.engine.analysis.inputs import chosen_inputs, ranges_of_judgements, with_ranges
    from wedge.engine.analysis.unstored import observables_of
    from wedge.engine.analysis.wants import default_observable, observable_named

    loaded = load_scenario(scenario, sets, policies)
    known = observables_of(loaded)
    observable = observable_named(of, known) if of else default_observable(known)
    asked = dict(map(read_range, ranges))
    widened, inputs = with_ranges(loaded, (ranges_of_judgements(loaded) if judgements else {}) | asked)
    inputs = chosen_inputs(inputs, paths)
    worlds = how.worlds or room.WORLDS[method]
    rows = room.rows_needed(method, len(inputs), worlds, most)
    say_size(how, rows)
    with trials_for(widened, observable, how, rows) as trials:
        found = room.sensitivity(trials, inputs, method, worlds, most)
        keep(how, method, found.as_json(), {"numbers": found.numbers}, partial(_draw, found, loaded))
    if as_json:
        out_json(found.as_json())
    else:
        _tell(found, loaded, how.quiet)
    return DONE


def read_range(text: str) -> tuple[str, tuple[float, float]]:
    """A path and the range it is given. Raises ExperimentError."""
    from wedge.engine.experiment.problems import ExperimentError

    path, _, said = text.partition("=")
    low, _, high = said.partition(":")
    try:
        return path.strip(), (float(low), float(high))
    except ValueError:
        raise ExperimentError(
            f"cannot read --range {text!r}", "write it like: --range strain.daylight=0.2:0.5"
        ) from None


def _draw(found: "Sensitivity", scenario: Any) -> Any:
    from wedge.engine.report.figures_of_numbers import sensitivity_figure
    from wedge.engine.report.number_labels import labels_for

    return sensitivity_figure(found, labels_for(scenario))


def _tell(found: "Sensitivity", scenario: Any, quiet: bool) -> None:
    from wedge.engine.cli.number_tables import sensitivity_table, sentences_on
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.report.number_labels import labels_for

    label = labels_for(scenario)
    tables_console().print(sensitivity_table(found, label))
    for sentence in sentences_on(found, label):
        out_sentence(sentence)
    if len(found.numbers) and not quiet:
        first = found.numbers["path"].iloc[0]
        low, high = range_of(scenario, first)
        axis = f"{first}={low:.3g}:{high:.3g}:7"
        say_next("wedge", "sweep", scenario.called, "--vary", axis, "--seed", found.seed, *as_options(scenario.changes))


def range_of(scenario: Any, path: str) -> tuple[float, float]:
    """The range of a number that is worth a sweep: from its 5th to its 95th percentile, or a fifth down and up where it is fixed."""
    from wedge.engine.analysis.inputs import Input, place_of, quantile

    number = Input(path, place_of(scenario, path), judgement=False, declared=False)
    low, high = quantile(scenario, number, 0.05), quantile(scenario, number, 0.95)
    return (low, high) if low < high else (0.8 * low, 1.2 * low + (0.1 if low == 0 else 0))
