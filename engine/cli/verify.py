"""``wedge verify``: are stored results what they say they are?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wedge.engine.cli.common import DONE, NO, json_option, out, out_json, quiet_option, say

if TYPE_CHECKING:
    from wedge.engine.experiment.verifying import Verification


@click.command(epilog="\b\nExample:\n  wedge verify results/alaska_2025-territory_first-7 --sample 200")
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--sample", default=100, show_default=True, type=click.IntRange(0), help="How many worlds to play again.")
@click.option("--all", "everything", is_flag=True, help="Play all worlds again.")
@quiet_option
@json_option
def verify(results: Path, sample: int, everything: bool, quiet: bool, as_json: bool) -> int:
    """Hold results against their hashes, and play a sample of the worlds again.

    RESULTS is the folder of an experiment or a comparison. Every file that the manifest vouches for is
    read; the worlds of the sample, some of them by both drivers, must come out the same to the bit. Names
    every file that was changed or cut short, a scenario that means something else now, and other rules.
    Exits with 1 if something is wrong, with 2 if there is nothing that can be verified.
    """
    from wedge.engine.cli.run import progress_for
    from wedge.engine.experiment.verifying import verify as verified

    progress = progress_for(quiet or as_json)
    begun: list[int] = [0]

    def played(done: int, wanted: int) -> None:
        if not begun[0] or done < begun[0]:
            progress.close()
            progress.start("played again", wanted, 0)
            begun[0] = 0
        progress.add(done - begun[0])
        begun[0] = done

    try:
        found = verified(results, None if everything else sample, progress=played)
    finally:
        progress.close()
    if as_json:
        out_json({"sound": all(each.sound for each in found), "experiments": [each.as_json() for each in found]})
    else:
        for each in found:
            _tell(each)
    return DONE if all(each.sound for each in found) else NO


def _tell(found: "Verification") -> None:
    for note in found.notes:
        say(f"note: {note}")
    for finding in found.findings:
        out(f"{found.folder}: {finding}")
    what = "nothing is wrong" if found.sound else "something is wrong"
    other = f", {found.by_the_other:,} of them by both drivers" if found.by_the_other else ""
    out(f"{found.folder}: {found.files:,} files read, {found.played:,} worlds played again{other}: {what}")
