"""``wedge report``: results as one page to read, to send and to print."""

from collections.abc import Sequence
from pathlib import Path

import click

from wedge.engine.cli.common import DONE, out, say, say_next


@click.command(
    epilog="\b\nExamples:\n  wedge report results/demo\n  wedge report results/territory results/package --out report.html"
)
@click.argument("results", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--out",
    "file",
    type=click.Path(path_type=Path),
    help="The file; report.html in the folder of the results if left out, here if there are several.",
)
@click.option("--force", is_flag=True, help="Overwrite a file that is no report.")
def report(results: Sequence[Path], file: Path | None, force: bool) -> int:
    """Write results as one page of HTML that needs nothing but itself: no network, no scripts.

    RESULTS are folders of experiments or of comparisons. The page holds the question, the answer with
    its interval and the codes of runs that show it, figures, the scenarios side by side, what the answer
    depends on, three told runs, limits and provenance; every number says of what it is. Prints the file
    written; a browser prints it to paper or PDF.
    """
    from wedge.engine.report.page import write_report

    written = write_report(results, file, force)
    out(str(written))
    say("open it in a browser, where it can be printed too")
    say_next("wedge", "verify", results[0])
    return DONE
