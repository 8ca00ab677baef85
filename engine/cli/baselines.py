"""What ``wedge run --baselines`` adds: simple models in the same worlds, told after the results."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import out, out_sentence, say, say_error
from wedge.engine.cli.streams import tables_console
from wedge.engine.scenario.problems import escaped

if TYPE_CHECKING:
    from wedge.engine.analysis.baselines import Baselines
    from wedge.engine.analysis.variants import Source
    from wedge.engine.experiment import Experiment
    from wedge.engine.experiment.progress import Progress


def baselines_option(function: Callable[..., int]) -> Callable[..., int]:
    """Give a command the option ``--baselines``."""
    return click.option(
        "--baselines",
        is_flag=True,
        help="Set simple models beside it, in the same worlds: averages, bargaining at once, sides, chance, never yielding.",
    )(function)


def set_beside(
    source: "Source", played: "Experiment", progress: "Callable[[], Progress]", quiet: bool, who: Mapping[str, Any]
) -> "Baselines | None":
    """Set simple models beside an experiment and keep them in its folder; None, once that is said, where none can be played.

    ``who`` says who plays, as ``run`` takes it.
    """
    from wedge.engine.analysis.baselines import baselines_of, save_baselines
    from wedge.engine.experiment import NothingPlayed
    from wedge.engine.experiment.manifest import seal

    def told(title: str) -> "Progress":
        if not quiet:
            say(f"{title}: playing the same worlds")
        return progress()

    try:
        found = baselines_of(source, played, told, **who)
    except NothingPlayed as error:
        say_error(
            f"no simple model could be set beside them: {error.message}", f"the results are kept in {played.folder}"
        )
        return None
    save_baselines(found, played.folder)
    if played.finished:
        seal(played.folder)
    return found


def say_left_behind(played: "Experiment") -> None:
    """Say that simple models which are kept beside these results are of other worlds, or cannot be read, if so."""
    from wedge.engine.analysis.baselines import BASELINES, stored_baselines
    from wedge.engine.analysis.sentences import worlds
    from wedge.engine.experiment import ExperimentError

    try:
        stored = stored_baselines(played.folder)
    except ExperimentError as error:
        say(f"note: {escaped(error.message)}; {escaped(error.help)}")
        return
    if stored is not None and stored["worlds"] != played.count:
        say(f"{BASELINES} is of {worlds(stored['worlds'])}; the same call with --baselines brings it up to date")


def tell(found: "Baselines") -> None:
    """The tables and the sentences."""
    from wedge.engine.cli.baseline_tables import tables_of

    screen = tables_console()
    out()
    for table in tables_of(found):
        screen.print(table)
    for sentence in found.said:
        out_sentence(escaped(sentence))
