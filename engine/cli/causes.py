"""``wedge causes``: what broke it, in every world in which an alliance fractured."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import WORKERS, folder_option, seed_option, worlds_option
from wedge.engine.cli.common import (
    DONE,
    NO,
    SCENARIO,
    Refused,
    json_option,
    load_scenario,
    out_json,
    out_sentence,
    quiet_option,
    refuse_missing_results,
    say,
    say_next,
    set_options,
)
from wedge.engine.cli.run import processors, progress_for

if TYPE_CHECKING:
    from wedge.engine.analysis.causes import Causes

TABLES = ("fractures", "changes", "kinds", "channels", "losses")


@click.command(
    epilog="\b\nExamples:\n  wedge causes alaska_2025/territory_first --worlds 2000 --seed 7\n"
    "  wedge causes results/territory --out results/territory/causes"
)
@click.argument("subject", metavar="SCENARIO|RESULTS", type=SCENARIO)
@worlds_option("How many worlds to look through; 1000 if left out.", least=1)
@seed_option(needed=False)
@click.option(
    "--pairs", type=click.IntRange(0), default=300, show_default=True,
    help="Pairs of changes to try in a world where no single one saves.",
)  # fmt: skip
@folder_option()
@WORKERS
@quiet_option
@set_options
@json_option
def causes(
    subject: str,
    worlds: int | None,
    seed: int | None,
    pairs: int,
    folder: Path | None,
    workers: int | None,
    quiet: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say what broke the alliances: in each world that fractured, which single move or event less would have saved them.

    Every move and event up to the fracture is taken out in turn and the world is played on, all else
    (luck included) as it was; pairs are tried where no single change saves. SCENARIO is played in so many
    worlds; RESULTS are a folder of wedge run. Exits with 1 if nothing fractured.
    """
    from wedge.engine.analysis import causes as room

    thing, scenario = _subject(subject, worlds, seed, sets, policies)
    found = room.causes(
        thing, worlds or 1000, seed or 0, pairs=pairs, workers=workers or processors(), progress=progress_for(quiet)
    )
    if folder is not None:
        _write(found, scenario, folder)
    return _tell(found, scenario, as_json, quiet)


def _subject(
    subject: str, worlds: int | None, seed: int | None, sets: Sequence[str], policies: Sequence[str]
) -> tuple[Any, Any]:
    """What is looked through, and its scenario."""
    from wedge.engine.analysis.replaying import scenario_of
    from wedge.engine.experiment import is_experiment, open_experiment

    if not is_experiment(subject):
        refuse_missing_results(subject)
        scenario = load_scenario(subject, sets, policies)
        return scenario, scenario
    if worlds is not None or seed is not None or sets or policies:
        raise Refused("results are looked through as they are stored", "leave out --worlds, --seed, --set and --policy")
    stored = open_experiment(subject)
    return stored, scenario_of(stored)


def _write(found: "Causes", scenario: Any, folder: Path) -> None:
    """The tables as CSV, the answer as JSON, and the figures."""
    from wedge.engine.analysis.exporting import write_frame
    from wedge.engine.experiment.files import write_json
    from wedge.engine.experiment.store import make_folder
    from wedge.engine.report.causes_in_words import sentences_of
    from wedge.engine.report.drawing import style, write
    from wedge.engine.report.figures_of_causes import causes_figure

    make_folder(folder)
    for table in TABLES:
        write_frame(folder / f"{table}.csv", getattr(found, table))
    write_json(folder / "causes.json", found.as_json() | {"answer": sentences_of(found, scenario)})
    with style():
        for alliance in scenario.names.alliances:
            drawn = causes_figure(found, scenario, alliance)
            if drawn is not None:
                write(drawn, folder)
    say(f"stored in {folder}")


def _tell(found: "Causes", scenario: Any, as_json: bool, quiet: bool) -> int:
    from wedge.engine.analysis.sentences import worlds as count_of
    from wedge.engine.report.causes_in_words import sentences_of

    said = sentences_of(found, scenario)
    if as_json:
        out_json(found.as_json() | {"answer": said})
    else:
        for sentence in said:
            out_sentence(sentence)
    if not len(found.fractures):
        looked = count_of(found.about["worlds"])
        say(f"nothing fractured in {looked} of seed {found.about['seed']}: there is nothing to explain")
        return NO
    if not as_json and not quiet:
        say_next("wedge", "explain", found.fractures["code"].iloc[0], "--why")
    return DONE
