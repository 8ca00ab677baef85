"""``wedge behaviour``: how the model behaves under many changes, as a page."""

from pathlib import Path

import click

from wedge.engine.cli.common import DONE, out, say


@click.command(epilog="\b\nExample:\n  wedge behaviour --worlds 2000 --out docs/model-behaviour.md")
@click.option("--worlds", type=click.IntRange(100, 1_000_000), default=2000, show_default=True, help="Worlds an arm.")
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True, help="Seed of the worlds.")
@click.option("--out", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def behaviour(worlds: int, seed: int, target: Path | None) -> int:
    """Play the Alaska scenarios under many changes and write down how the model behaves.

    Every arm is played in the same worlds. The rules are compiled first, which takes some twenty seconds
    where they have not been before; then the page takes a few minutes more.
    """
    from wedge.engine.report.behaviour_page import page

    text = page(seed, worlds, say)
    if target is None:
        out(text)
    else:
        target.write_text(text, encoding="utf-8")
        say(f"written to {target}")
    return DONE
