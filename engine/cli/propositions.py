"""``wedge propositions``: what the literature says of wedges, held against paired plays."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from wedge.engine.cli.common import DONE, NO, json_option, out, out_json, quiet_option, say_next

if TYPE_CHECKING:
    from wedge.engine.analysis.propositions.report import Propositions

EXAMPLES = """\b
Examples:
  wedge propositions
  wedge propositions W1 W6 --worlds 8000
  wedge propositions --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("names", nargs=-1)
@click.option("--worlds", default=4000, show_default=True, type=click.IntRange(2), help="Worlds in which every arm is played.")  # fmt: skip
@click.option("--seed", default=7, show_default=True, type=click.IntRange(0), help="The seed of all luck.")
@quiet_option
@json_option
def propositions(names: Sequence[str], worlds: int, seed: int, quiet: bool, as_json: bool) -> int:
    """Hold what Wedge plays against propositions about wedges.

    Each proposition of the literature is a few scenarios that differ only in what it speaks of
    (scenarios/propositions). The sign it predicts was written down, with its source, before the first play.
    All arms are played in the same worlds; what is counted is how often the alliance fractures. A sign is
    found where the exact McNemar test has p < 0.01. What the model cannot express is listed as not tried.

    NAMES are propositions, such as W1; without any all are played. Exits with 1 if a sign is not as predicted.
    """
    from wedge.engine.analysis.propositions import report
    from wedge.engine.cli.run import progress_for

    found = report.propositions(names, worlds, seed, progress=progress_for(quiet or as_json))
    if as_json:
        out_json(found.as_json())
    else:
        tell(found)
        if not quiet:
            arms = next(one.contrast.arms for one in found.judged)
            say_next("wedge", "compare", *(f"propositions/{arm}" for arm in arms[:2]), "--seed", seed)
    return DONE if found.met else NO


def tell(found: "Propositions") -> None:
    """Print every proposition with its source and its contrasts, and what they cannot say."""
    from wedge.engine.analysis.propositions import report
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.cli.tables import told_table

    screen = tables_console()
    for name, (sentence, source) in report.proposition_of([one.contrast for one in found.judged]).items():
        some = [one for one in found.judged if one.contrast.about == name]
        out(f"{name}. {sentence}.")
        out(f"source: {source}")
        for one in some:
            out(f"  {one.contrast.contrast}: {one.contrast.in_words}")
        title = f"Share of {found.worlds:,} worlds in which the alliance fractures"
        screen.print(told_table(title, report.COLUMNS, report.rows_of([one.as_json() for one in some])))
    out(report.WARNING)
