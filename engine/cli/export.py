"""``wedge export``: results as CSV for spreadsheets."""

from pathlib import Path

import click

from wedge.engine.cli.common import DONE, out, say, say_next


@click.command(epilog="\b\nExample:\n  wedge export results/alaska_2025-territory_first-7 --tables runs,ties")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--out",
    "folder",
    type=click.Path(path_type=Path),
    help="The folder for the files; csv in that of the results if left out.",
)
@click.option("--tables", "listed", metavar="NAME,...", help="Only these, such as runs,ties,summary_shares.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def export(results: Path, folder: Path | None, listed: str | None, force: bool) -> int:
    """Write the tables of an experiment, or of a comparison, as CSV files that spreadsheets open rightly.

    UTF-8 with a byte order mark; text that a spreadsheet would run as a formula gets an apostrophe in
    front; the round of what never happened (-1 in the tables) is an empty cell. All files are written, or
    none. Prints the files written.
    """
    from wedge.engine import analysis
    from wedge.engine.analysis.exporting import MOST_ROWS

    tables = [name.strip() for name in (listed or "").split(",") if name.strip()]
    for path, rows in analysis.export(results, folder, tables, force).items():
        out(str(path))
        if rows > MOST_ROWS:
            say(f"{path.name} has {rows:,} rows; most spreadsheets show the first {MOST_ROWS:,} only")
    say_next("wedge", "report", results)
    return DONE
