"""What the commands that ask many worlds share: which worlds to play, what to look at, where to keep it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from wedge.engine.cli.common import quiet_option, say
from wedge.engine.cli.run import DRIVERS, processors, progress_for

if TYPE_CHECKING:
    from wedge.engine.analysis.observables import Observable
    from wedge.engine.analysis.trials import Trials
    from wedge.engine.simulation.many import Driver

LONG = 60.0  # seconds from which on it is worth saying that a folder keeps what was played


class Asking(NamedTuple):
    """What the options say: the worlds, the luck, the folder, who plays."""

    worlds: int | None
    seed: int
    folder: Path | None
    workers: int | None
    driver: "Driver"
    no_figures: bool
    quiet: bool


Option = Callable[[Callable[..., int]], Callable[..., int]]

# Options that a command can take one by one, in the words of all others.


def worlds_option(meaning: str, default: int | None = None, least: int = 2, most: int | None = None) -> Option:
    """``--worlds``: how many there are, in the words of the command."""
    shown = default is not None
    return click.option("--worlds", default=default, show_default=shown, type=click.IntRange(least, most), help=meaning)


def seed_option(needed: bool = True) -> Option:
    """``--seed``; where it is not ``needed``, None says that nobody gave it."""
    meaning = "The seed of all luck." if needed else "The seed of all luck; 0 if left out."
    return click.option(
        "--seed",
        default=0 if needed else None,
        show_default=needed,
        type=click.IntRange(0, 2**63 - 1),
        help=meaning,
    )


def folder_option(meaning: str = "A folder for all tables and figures.") -> Option:
    """``--out``; the command takes it as ``folder``."""
    return click.option("--out", "folder", type=click.Path(path_type=Path), help=meaning)


WORKERS = click.option(
    "--workers", type=click.IntRange(1, 256), help="How many play at once; one for each processor if left out."
)
DRIVER = click.option(
    "--driver", type=click.Choice(DRIVERS), default="auto", help="Who plays: the results are the same."
)


def asking_options(worlds: str) -> Option:
    """Give a command the options of asking many worlds; it takes them as ``how``. ``worlds`` is the help of --worlds."""

    def give(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def gathered(*context: Any, **given: Any) -> int:
            how = Asking(**{name: given.pop(name) for name in Asking._fields})
            return function(*context, how=how, **given)

        options: list[Any] = [
            worlds_option(worlds, most=10_000_000),
            seed_option(),
            folder_option("Keep everything in this folder; the same call then goes on where it was stopped."),
            WORKERS,
            DRIVER,
            click.option("--no-figures", is_flag=True, help="Draw no figures."),
            quiet_option,
        ]
        for option in reversed(options):
            gathered = option(gathered)
        return gathered

    return give


OF = click.option(
    "--of",
    metavar="OBSERVABLE",
    help="What to look at, such as 'fracture(western)' or ties.united_states.ukraine.withheld; the first alliance's fracture if left out.",
)


@contextmanager
def trials_for(scenario: Any, observable: "Observable", how: Asking, rows: int) -> "Iterator[Trials]":
    """Trials of a scenario, kept in the folder if there is one. ``rows`` is about how many runs there will be."""
    from wedge.engine.analysis.trials import Trials, folder_for

    with folder_for(scenario, how.seed, how.folder):
        yield Trials(
            scenario,
            how.seed,
            observable,
            rows=rows,
            folder=how.folder,
            workers=how.workers or processors(),
            driver=how.driver,
            progress=progress_for(how.quiet),
        )


def keep(how: Asking, name: str, told: dict[str, Any], tables: dict[str, Any], draw: Callable[[], Any]) -> None:
    """Write what was found into the folder, if there is one: JSON, tables as Parquet, the figure."""
    if how.folder is None:
        return
    from wedge.engine.experiment.files import write_json, write_table

    write_json(how.folder / f"{name}.json", told)
    for table, frame in tables.items():
        if frame is not None and len(frame):
            write_table(how.folder / f"{name}_{table}.parquet", {column: frame[column].to_numpy() for column in frame})
    if not how.no_figures:
        from wedge.engine.report.figures import draw_all

        draw_all([draw], how.folder / f"{name}_figures")
    say(f"stored in {how.folder}")


def say_size(how: Asking, rows: int) -> None:
    """Say how many runs are to come, and that a folder would keep them, where they are many."""
    if how.quiet:
        return
    where = "" if how.folder or rows < 20_000 else "; with --out they are kept, and an interrupted call goes on"
    say(f"about {rows:,} runs{where}")
