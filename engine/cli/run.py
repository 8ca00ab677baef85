"""``wedge run``: play a scenario in many worlds and say what happened how often."""

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from wedge.engine.cli.ahead import begun_ahead
from wedge.engine.cli.baselines import baselines_option, say_left_behind, set_beside
from wedge.engine.cli.baselines import tell as tell_baselines
from wedge.engine.cli.common import (
    CRASHED,
    DONE,
    NO,
    SCENARIO,
    Refused,
    json_option,
    load_scenario,
    out,
    out_json,
    out_sentence,
    quiet_option,
    say,
    say_error,
    say_next,
    say_speeds,
    set_options,
)
from wedge.engine.cli.planning import say_plan
from wedge.engine.cli.streams import console, tables_console

if TYPE_CHECKING:
    from wedge.engine.analysis import Summary
    from wedge.engine.analysis.baselines import Baselines
    from wedge.engine.experiment import Experiment
    from wedge.engine.experiment.executor import Kind
    from wedge.engine.experiment.parts import Driver
    from wedge.engine.experiment.progress import Progress
    from wedge.engine.report.painting import Painter
    from wedge.engine.scenario import Scenario

DRIVERS = ("auto", "traced", "batch")
EXECUTORS = ("auto", "threads", "processes", "dask")
FAILURES_TOLD = 5


class Playing(NamedTuple):
    """What the options say that many commands share: how many worlds to play, how, and where to put them."""

    worlds: int
    seed: int
    folder: Path | None
    workers: int | None
    executor: "Kind"
    scheduler: str | None
    driver: "Driver"
    told: int | None
    no_figures: bool
    quiet: bool


def playing_options(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options of playing many worlds; it takes them as ``how``."""

    @functools.wraps(function)
    def gathered(*context: Any, **given: Any) -> int:
        how = Playing(**{name: given.pop(name) for name in Playing._fields})
        return function(*context, how=how, **given)

    options = [
        click.option(
            "--worlds",
            default=1000,
            show_default=True,
            type=click.IntRange(1),
            help="How many worlds to play, such as 10000 or 10_000.",
        ),
        click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="The seed of all luck."),
        click.option("--out", "folder", type=click.Path(path_type=Path), help="The folder for results."),
        click.option(
            "--workers", type=click.IntRange(1, 256), help="How many play at once; one for each processor if left out."
        ),
        click.option(
            "--executor",
            type=click.Choice(EXECUTORS),
            default="auto",
            help="On what they play: threads or processes of this machine, or a Dask cluster.",
        ),
        click.option(
            "--scheduler", metavar="ADDRESS", help="With --executor dask: that of a cluster that is there already."
        ),
        click.option(
            "--driver", type=click.Choice(DRIVERS), default="auto", help="Who plays: the results are the same."
        ),
        click.option(
            "--told",
            type=click.IntRange(0),
            help="Worlds of which every round is kept; 200 if left out, or as many as the folder has.",
        ),
        click.option("--no-figures", is_flag=True, help="Draw no figures."),
        quiet_option,
    ]
    for option in reversed(options):
        gathered = option(gathered)
    return gathered


@click.command(epilog="\b\nExample:\n  wedge run alaska_2025/territory_first --worlds 2000 --seed 7")
@click.argument("scenario", type=SCENARIO)
@playing_options
@set_options
@click.option(
    "--precision",
    type=float,
    metavar="WIDTH",
    help="Stop once the share --of is known to that much either way, such as 0.005; --worlds is then the most to play.",
)
@click.option(
    "--of",
    "watched",
    metavar="OBSERVABLE",
    help="The share that --precision watches, such as alliances.western.fractured; any fracture if left out.",
)
@baselines_option
@click.option(
    "--dry-run", is_flag=True, help="Play nothing; print the resolved scenario, the plan and about how long it takes."
)
@click.option(
    "--fail-if",
    "limits",
    multiple=True,
    metavar="EXPRESSION",
    help="Exit with 1 if it holds, such as 'alliances.western.fractured > 0.3'; may be given again.",
)
@json_option
def run(
    scenario: str,
    how: Playing,
    sets: Sequence[str],
    policies: Sequence[str],
    precision: float | None,
    watched: str | None,
    baselines: bool,
    dry_run: bool,
    limits: Sequence[str],
    as_json: bool,
) -> int:
    """Play a scenario in many worlds, store the runs, and say how often, when and why alliances fracture.

    The same call again goes on where it stopped; a larger --worlds extends what is there. The results
    do not depend on --workers, --executor, --driver or interruptions. With --precision one looks now and
    then, at numbers of worlds that are fixed beforehand, and the intervals are valid however often one
    looks. Exits with 1 if a --fail-if holds, with 3 if some worlds could not be played.
    """
    from wedge.engine import experiment as room
    from wedge.engine.analysis.limits import limit_from, refuse_unknown
    from wedge.engine.analysis.variants import Source
    from wedge.engine.experiment.running import default_folder

    checks = [limit_from(limit) for limit in limits]
    if watched and precision is None:
        raise Refused("--of says what --precision watches", "add --precision 0.005")
    loaded = load_scenario(scenario, sets, policies)
    refuse_unknown(checks, loaded)
    until = _until(loaded, precision, watched)
    goes_to = how.folder or default_folder(loaded, how.seed)
    if dry_run:
        return say_plan(loaded, how, until, goes_to, as_json, baselines)
    if not how.quiet:
        say_speeds(loaded)
    who = workers_for(how)
    with begun_ahead(not how.no_figures, who["workers"]) as painter:
        try:
            played = room.run(loaded, how.worlds, how.seed, goes_to, progress=progress_for(how.quiet), **until, **who)
        except room.NothingPlayed as error:
            say_error(error.message, error.help)
            return CRASHED
        summary = finish(played, how, painter)
    found = None
    if baselines:
        source = Source(scenario, tuple(sets), tuple(policies))
        who.pop("rounds_of")
        found = set_beside(source, played, lambda: progress_for(how.quiet), how.quiet, who)
    elif not how.quiet:
        say_left_behind(played)
    if as_json:
        out_json(summary.as_json() | ({"baselines": found.as_json()} if found else {}))
    else:
        _tell(played, summary, found, how.quiet)
    say_failures(played)
    crossed = [check for check in checks if check.holds(summary)]
    for check in crossed:
        say(f"--fail-if holds: {check.said(summary)}")
    return CRASHED if played.failures or (baselines and found is None) else NO if crossed else DONE


def _until(loaded: "Scenario", precision: float | None, watched: str | None) -> dict[str, Any]:
    """When to stop, as ``run`` takes it; nothing where the number of worlds is fixed."""
    from wedge.engine.analysis.observables import watch_for

    return {} if precision is None else {"precision": precision, "watch": watch_for(loaded, watched)}


def workers_for(how: Playing) -> dict[str, Any]:
    """Who plays, as ``run`` and ``run_together`` take it."""
    return {
        "workers": how.workers or processors(),
        "executor": how.executor,
        "scheduler": how.scheduler,
        "driver": how.driver,
        "rounds_of": how.told,
    }


def processors() -> int:
    """How many processors this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def progress_for(quiet: bool) -> "Progress":
    """A bar on a terminal, plain lines elsewhere, nothing when quiet."""
    from wedge.engine.experiment.progress import Bar, Lines, Silent

    if quiet:
        return Silent()
    return Bar(console()) if sys.stderr.isatty() else Lines(say)


def finish(played: "Experiment", how: Playing, painter: "Painter | None" = None) -> "Summary":
    """Summarise an experiment, draw its figures, some of them by the ``painter``, and bring the manifest up to date."""
    from wedge.engine.analysis import summarise
    from wedge.engine.analysis.summary import save_summary
    from wedge.engine.experiment.manifest import seal

    summary = summarise(played)
    save_summary(summary, played.folder)
    if not how.no_figures:
        draw(played, played.folder / "figures", how.quiet, painter)
    if played.finished:
        seal(played.folder)
    return summary


def draw(thing: Any, folder: Path, quiet: bool, painter: "Painter | None") -> None:
    """Draw the figures of an experiment or a comparison, some of them by the ``painter``."""
    from wedge.engine.report.figures import draw_figures

    if not quiet:
        say(f"drawing figures in {folder}")
    draw_figures(thing, folder, painter)


def say_failures(played: "Experiment") -> None:
    """Name the worlds that could not be played."""
    failures = played.failures
    for failure in failures[:FAILURES_TOLD]:
        say(f"could not be played: {failure}")
    if len(failures) > FAILURES_TOLD:
        say(f"and {len(failures) - FAILURES_TOLD:,} more, in {played.folder / 'failed'}")
    if failures:
        say("the other worlds are kept; the same call tries these again")


def _tell(played: "Experiment", summary: "Summary", found: "Baselines | None", quiet: bool) -> None:
    from wedge.engine.analysis.sentences import worlds
    from wedge.engine.cli.summary_tables import tables_of

    screen = tables_console()
    out(f"{summary.about['name']}: {worlds(summary.about['n'])}, seed {played.seed}\n")
    for table in tables_of(played, summary):
        screen.print(table)
    out_sentence(summary.answer)
    if summary.stopped:
        out_sentence(summary.stopped)
    if found is not None:
        tell_baselines(found)
    out_sentence(summary.assumptions)
    say(f"stored in {played.folder}")
    if not quiet:
        broke = played.ask("SELECT coalesce(min(world), 0) AS world FROM alliances WHERE fractured")["world"][0]
        say_next("wedge", "explain", played.world_code(int(broke)))
