"""Writes the generated reference: ``docs/scenario-format.md``, ``docs/commands.md``, ``schema/scenario.json``,
and the tables of ``docs/odd.md`` and ``docs/validation.md``.

python -m wedge.engine.cli.docs           # write them
python -m wedge.engine.cli.docs --check   # exit with 1 if one of them is stale
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from wedge.engine.cli.common import DONE, NO, out, say
from wedge.engine.cli.format_odd import odd_page
from wedge.engine.cli.format_page import format_page
from wedge.engine.cli.format_validation import validation_page
from wedge.engine.cli.main import SECTIONS, is_built, wedge
from wedge.engine.scenario.json_schema import schema_text

ROOT = Path(__file__).parents[2]
WIDTH = 100
COMMANDS_HEAD = """# Commands

Generated from `wedge --help` by `python -m wedge.engine.cli.docs`; do not edit.

Data goes to stdout, everything said to a person to stderr. Exit codes: 0 done; 1 the answer is no
(a check failed); 2 bad usage or bad input; 3 some runs crashed; 130 interrupted, what was finished
is kept. `NO_COLOR`, `FORCE_COLOR` and `TERM=dumb` are honoured.

Tables and told runs are as wide as the terminal, or as `COLUMNS` says where it is exported, and 100 letters where
there is neither, as in a pipe. Names wrap and numbers are never cut: columns that do not fit stand in a block below.
Commands to paste are never wrapped.

Shell completion, for bash (put it into `~/.bashrc`; `zsh_source` and `fish_source` likewise):

```sh
eval "$(_WEDGE_COMPLETE=bash_source wedge)"
```
"""


def pages() -> dict[str, str]:
    """The text of every generated file, by its path in the repository."""
    return {
        "docs/scenario-format.md": format_page(),
        "docs/commands.md": commands_page(),
        "docs/odd.md": odd_page(),
        "docs/validation.md": validation_page(),
        "schema/scenario.json": schema_text(),
    }


def commands_page() -> str:
    """The help of every command."""
    parts = [COMMANDS_HEAD, block(help_of(wedge))]
    for title, section in SECTIONS.items():
        parts.append(f"\n## {title}\n")
        for name in section:
            if is_built(name):
                command = wedge.get_command(click.Context(wedge), name)
                assert command is not None
                parts.append(f"\n### wedge {name}\n{block(help_of(command, name))}")
    return "".join(parts)


def block(text: str) -> str:
    """Text as it is, in a fenced block."""
    return f"\n```text\n{text}\n```\n"


def help_of(command: click.Command, name: str = "") -> str:
    """What ``--help`` prints, the same in every terminal."""
    sizes: dict[str, Any] = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    context = click.Context(wedge, info_name="wedge", **{**wedge.context_settings, **sizes})
    if name:
        context = click.Context(command, info_name=name, parent=context, **sizes)
    return "\n".join(line.rstrip() for line in command.get_help(context).split("\n"))


def stale(root: Path) -> list[str]:
    """The generated files that differ from what would be written."""
    return [
        name
        for name, text in pages().items()
        if not (root / name).is_file() or (root / name).read_text(encoding="utf-8") != text
    ]


def write(root: Path) -> None:
    """Write all generated files."""
    for name, text in pages().items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Write the files, or check them; returns the exit code."""
    if "--check" in arguments:
        found = stale(ROOT)
        for name in found:
            say(f"{name} is stale; run `python -m wedge.engine.cli.docs`")
        return NO if found else DONE
    write(ROOT)
    for name in pages():
        out(name)
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
