"""``wedge new``: a commented scenario to start from."""

import re
from pathlib import Path

import click

from wedge.engine.cli.common import Refused, out, say_next
from wedge.engine.scenario.problems import escaped, shown

ALLOWED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


@click.command(epilog="\b\nExample:\n  wedge new river_talks && wedge validate river_talks.yaml")
@click.argument("name")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder to write it to; here by default.",
)
def new(name: str, folder: Path) -> None:
    """Write NAME.yaml, a small commented scenario that can be played at once.

    An existing file is never overwritten.
    """
    stem = name.removesuffix(".yaml")
    if not ALLOWED.fullmatch(stem):
        made = re.sub(r"[^A-Za-z0-9]+", "_", stem).strip("_")[:60]
        raise Refused(
            f"{shown(name)} cannot be the name of a scenario",
            f"use letters, digits, '_' and '-'{f': {made}' if made else ''}; --dir names a folder",
        )
    path = folder / f"{stem}.yaml"
    title = re.sub(r"[_-]+", " ", stem).strip()
    text = template().replace("NAME", title[:1].upper() + title[1:])
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(
            f"{escaped(str(path))} is there already", "choose another name; nothing was overwritten"
        ) from None
    out(str(path))
    say_next("wedge", "explain", path, "--seed", 7)


def template() -> str:
    """The text of the scenario, with NAME where its name goes."""
    return Path(__file__).with_name("template.yaml").read_text(encoding="utf-8")
