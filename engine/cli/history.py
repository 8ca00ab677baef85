"""``wedge history``: ten historical episodes, played by one protocol and held against what happened."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import DONE, Refused, json_option, out, out_json, quiet_option, say_next

if TYPE_CHECKING:
    from wedge.engine.analysis.history.report import History

EXAMPLES = """\b
Examples:
  wedge history
  wedge history --worlds 2000 --json
  wedge history --write episodes
"""


@click.command(epilog=EXAMPLES)
@click.option("--worlds", default=400, show_default=True, type=click.IntRange(1), help="Worlds of each episode.")
@click.option("--seed", default=7, show_default=True, type=click.IntRange(0), help="The seed of all luck.")
@click.option("--write", "folder", type=click.Path(file_okay=False, path_type=Path), help="Play nothing; write the scenarios that the protocol makes of the episodes to this folder.")  # fmt: skip
@quiet_option
@json_option
def history(worlds: int, seed: int, folder: Path | None, quiet: bool, as_json: bool) -> int:
    """Hold what Wedge plays against ten historical episodes.

    What happened in them was coded twice, before one protocol turned coded facts into scenarios, the same
    way for all (scenarios/history). The forecast of each observable is its share of worlds; it is scored
    against the rate in the other episodes, against states that act by lot, and against saying that alliances
    hold. Nothing is fitted to the episode foretold. Episodes that were in sight while the model was made
    are shown apart.

    Eight episodes prove nothing; they can embarrass. The scores are printed whichever way they fall.
    """
    if folder is not None:
        written = write_scenarios(folder)
        if as_json:
            out_json({"files": [str(path) for path in written]})
            return DONE
        for path in written:
            out(str(path))
        if not quiet:
            say_next("wedge", "explain", written[0], "--seed", seed)
        return DONE
    from wedge.engine.analysis.history import report
    from wedge.engine.cli.run import progress_for

    found = report.history(worlds, seed, progress=progress_for(quiet or as_json))
    if as_json:
        out_json(found.as_json())
        return DONE
    tell(found)
    if not quiet:
        say_next("wedge", "history", "--write", "episodes")
    return DONE


def write_scenarios(folder: Path) -> list[Path]:
    """Write the scenario of every episode into a folder; a file that says something else is not overwritten."""
    from wedge.engine.analysis.history.facts import read_facts
    from wedge.engine.analysis.history.protocol import scenario_text

    texts = {folder / f"{episode}.yaml": scenario_text(episode, facts) for episode, facts in read_facts().items()}
    for path, text in texts.items():
        if path.exists() and path.read_text(encoding="utf-8") != text:
            raise Refused(f"{path} says something else", "choose another folder with --write; nothing was changed")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(texts)


def tell(found: "History") -> None:
    """Print the tables, and what they cannot say."""
    from wedge.engine.analysis.history import report
    from wedge.engine.analysis.history.scoring import scores_of
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.cli.tables import sentences_table, told_table

    screen = tables_console()
    title = f"Share of {found.worlds:,} worlds in which it happened, and in brackets whether it did (two codings)"
    screen.print(sentences_table(title, report.episode_columns(found), report.episode_rows(found)))
    columns = ("forecaster", "cells", "log score", "Brier score")
    parts: list[tuple[str, Any]] = [
        ("Scores: both codings agree (0 is best)", found.scores()),
        ("Scores: the first coding believed", found.scores("first")),
        ("Scores: the second coding believed", found.scores("second")),
        ("Shown apart: episodes that were in sight", scores_of(found.shown_apart())),
    ]
    for heading, scores in parts:
        rows = [(one.forecaster, str(one.cells), f"{one.log:.3f}", f"{one.brier:.3f}") for one in scores]
        screen.print(told_table(heading, columns, rows))
    title = "Log scores by observable: both codings agree"
    screen.print(told_table(title, report.OBSERVABLE_COLUMNS, report.observable_rows(found)))
    title = "The model against its rivals, by episode"
    screen.print(told_table(title, report.COMPARISON_COLUMNS, report.comparison_rows(found)))
    low, high = found.weight()
    out(f"weight of the model in the mixture, fitted to the other episodes: {low:.2f} to {high:.2f}")
    out(report.WARNING)
