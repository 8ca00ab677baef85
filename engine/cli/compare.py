"""``wedge compare``: play scenarios in the same worlds and say what differs."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wedge.engine.cli.agendas import compare_agendas
from wedge.engine.cli.ahead import begun_ahead
from wedge.engine.cli.common import (
    CRASHED,
    DONE,
    SCENARIO,
    Refused,
    json_option,
    load_scenario,
    out_json,
    out_sentence,
    refuse_missing_results,
    say,
    say_error,
    say_next,
    say_speeds,
    set_options,
)
from wedge.engine.cli.run import (
    Playing,
    draw,
    finish,
    playing_options,
    progress_for,
    say_failures,
    workers_for,
)
from wedge.engine.cli.streams import tables_console
from wedge.engine.cli.summary_tables import rows_of

if TYPE_CHECKING:
    from wedge.engine.analysis import Comparison
    from wedge.engine.experiment import Experiment
    from wedge.engine.scenario import Scenario


@click.command(
    epilog="\b\nExample:\n  wedge compare alaska_2025/ceasefire_first alaska_2025/territory_first --worlds 2000 --seed 7"
)
@click.argument("first", type=SCENARIO)
@click.argument("others", type=SCENARIO, nargs=-1)
@click.option("--agendas", is_flag=True, help="Try every order of the stages of FIRST, and rank them by fracture.")
@click.option("--keep-preconditions", is_flag=True, help="With --agendas: only orders in which each stage stands after all it comes `after`.")  # fmt: skip
@click.option("--most", default=24, show_default=True, type=click.IntRange(2), help="With --agendas: refuse more orders than that.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Print every row of the tables, also where the two cannot be told apart after Holm.")  # fmt: skip
@playing_options
@set_options
@json_option
@click.pass_context
def compare(
    context: click.Context,
    first: str,
    others: Sequence[str],
    agendas: bool,
    keep_preconditions: bool,
    most: int,
    everything: bool,
    how: Playing,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say what differs between scenarios, or between results that are stored already.

    FIRST and OTHERS are scenarios, which are played in the same worlds (the same seed, so the same
    luck), or folders of results; scenarios given with folders are played in the worlds of those.
    Results of the same seed and rules are compared world by world, others as separate samples.
    --set and --policy change every scenario that is played. With --agendas one scenario is given: every
    order of its stages is played in the same worlds, each stage waiting for the one before it.
    """
    if not agendas:
        _refuse_given(context, ("keep_preconditions", "most"), "what --agendas tries", "add --agendas, or leave out")
    if agendas:
        if others:
            raise Refused("--agendas tries the orders of one scenario", "give one scenario, or leave --agendas out")
        return compare_agendas(first, how, sets, policies, keep_preconditions, most, as_json)
    if not others:
        raise Refused("there is nothing to compare it with", "give a second scenario, or --agendas")
    return _compare(context, [first, *others], how, sets, policies, everything, as_json)


def _compare(
    context: click.Context,
    given: Sequence[str],
    how: Playing,
    sets: Sequence[str],
    policies: Sequence[str],
    everything: bool,
    as_json: bool,
) -> int:
    """Compare scenarios or folders."""
    from wedge.engine import analysis
    from wedge.engine.analysis.comparison import save_comparison
    from wedge.engine.experiment import NothingPlayed, is_experiment, open_experiment
    from wedge.engine.experiment.together import default_folder, take_folder_for_results

    if len(set(given)) < len(given):
        raise Refused("the same thing was given twice", "compare two different scenarios or folders of results")
    stored = {name: open_experiment(name) for name in given if is_experiment(name)}
    for name in given:
        if name not in stored:
            refuse_missing_results(name)
    loaded = {name: load_scenario(name, sets, policies) for name in given if name not in stored}
    for each in () if how.quiet else loaded.values():
        say_speeds(each)
    if not loaded:
        _refuse_given(
            context, PLAYING, "how scenarios are played, and these are results", "name a scenario too, or leave out"
        )
    if stored and loaded:
        how = _as_stored(context, next(iter(stored.values())), how)
    folder = how.folder or (default_folder(list(loaded.values()), how.seed) if loaded else None)
    if folder is not None and not loaded:
        take_folder_for_results(folder, [stored[name] for name in given])
    figures = folder is not None and not how.no_figures
    with begun_ahead(figures, workers_for(how)["workers"]) as painter:
        try:
            played = _played(loaded, how, folder) if loaded else {}
        except NothingPlayed as error:
            say_error(error.message, error.help)
            return CRASHED
        compared = analysis.compare([(stored | played)[name] for name in given])
        for experiment in played.values():
            finish(experiment, how._replace(no_figures=True))
        if folder is not None:
            save_comparison(compared, folder)
        if folder is not None and figures:
            draw(compared, folder / "figures", how.quiet, painter)
    _tell(compared, folder, everything, as_json, how.quiet)
    for experiment in played.values():
        say_failures(experiment)
    return CRASHED if any(experiment.failures for experiment in played.values()) else DONE


PLAYING = ("worlds", "seed", "workers", "executor", "scheduler", "driver", "told", "sets", "policies")


def _refuse_given(context: click.Context, names: Sequence[str], what: str, cure: str) -> None:
    """Refuse options that would change nothing: they say ``what``."""
    from click.core import ParameterSource

    options = {param.name: max(param.opts, key=len) for param in context.command.params}
    given = [options[name] for name in names if context.get_parameter_source(name) != ParameterSource.DEFAULT]
    if given:
        raise Refused(
            f"{' and '.join(given)} {'says' if len(given) == 1 else 'say'} {what}", f"{cure} {' and '.join(given)}"
        )


def _played(loaded: "dict[str, Scenario]", how: Playing, folder: Path | None) -> "dict[str, Experiment]":
    """The scenarios, played in the same worlds."""
    from wedge.engine.experiment import run_together

    experiments = run_together(
        list(loaded.values()),
        how.worlds,
        how.seed,
        folder,
        progress=functools.partial(progress_for, how.quiet),
        **workers_for(how),
    )
    return dict(zip(loaded, experiments, strict=True))


def _as_stored(context: click.Context, stored: "Experiment", how: Playing) -> Playing:
    """With worlds and seed of the results given, unless the caller said otherwise."""
    from click.core import ParameterSource

    said = {name: context.get_parameter_source(name) != ParameterSource.DEFAULT for name in ("worlds", "seed")}
    return how._replace(
        worlds=how.worlds if said["worlds"] else stored.plan.worlds, seed=how.seed if said["seed"] else stored.seed
    )


def _tell(compared: "Comparison", folder: Path | None, everything: bool, as_json: bool, quiet: bool) -> None:
    from wedge.engine.analysis.verdicts import assumptions_of_all, verdicts
    from wedge.engine.cli.comparison_tables import tables_of

    said = verdicts(compared)
    if as_json:
        out_json(compared.as_json() | {"answer": said, "assumptions": assumptions_of_all(compared)})
        return
    screen = tables_console()
    for table in tables_of(compared, everything):
        screen.print(table)
    for sentence in (*said, *compared.notes, assumptions_of_all(compared)):
        out_sentence(sentence)
    if folder is not None:
        say(f"stored in {folder}")
    if not quiet:
        say_next("wedge", "explain", _worth_telling(compared))


def _worth_telling(compared: "Comparison") -> str:
    """The code of a world that fractures on one side alone; of the first world where there is none."""
    broke = [row["world"] for row in rows_of(compared.flipped) if row["observable"].endswith(".fractured")]
    return broke[0] if broke else compared.experiments[0].world_code(0)
