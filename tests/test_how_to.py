"""The how-to pages show what their commands print. ``[...]`` stands for lines that are left out.

Commands that play thousands of worlds or futures are left to whoever changes the rules.
"""

import io
import re
import shlex
from pathlib import Path

import pytest

from wedge.engine.cli.main import main

PAGES = sorted((Path(__file__).resolve().parents[1] / "docs" / "how-to").glob("*.md"))
LONG = ("--worlds 2000", "--futures 1000")


def shown():
    """Every command with the output that its page shows."""
    for page in PAGES:
        for typed, command, output in re.findall(
            r"^```console\n\$ (?:printf '(.*)' \| )?(wedge .*)\n((?s:.*?))^```$", page.read_text("utf-8"), re.M
        ):
            if not any(sign in command for sign in LONG):
                yield pytest.param(typed.replace("\\n", "\n"), command, output, id=f"{page.stem}: {command}")


@pytest.mark.parametrize(("typed", "command", "output"), list(shown()))
def test_a_command_prints_what_its_page_shows(typed, command, output, capsys, monkeypatch, tmp_path):
    """Line by line, but for what is left out. What is typed into a command comes from a pipe."""
    if typed:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.chdir(tmp_path)  # where it may keep what was typed
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)
    with pytest.raises(SystemExit) as left:
        main(shlex.split(command)[1:])
    assert 0 == left.value.code
    wanted = "".join(
        re.escape(part) if part != "[...]\n" else r"(?:.*\n)*?" for part in output.splitlines(keepends=True)
    )
    assert re.fullmatch(wanted, capsys.readouterr().out), command


def test_some_commands_are_shown():
    """The pages have not lost their examples."""
    assert len(list(shown())) >= 3
