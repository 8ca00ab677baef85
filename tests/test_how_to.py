"""The how-to and classroom pages show what their commands print. ``[...]`` stands for lines that are left out.

Commands that play thousands of worlds or futures are left to whoever changes the rules.
"""

import io
import re
import shlex
from pathlib import Path

import pytest

from wedge.engine.cli.main import main

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = sorted((DOCS / "how-to").glob("*.md"))
LESSONS = sorted((DOCS / "classroom").glob("*.md"))
LONG = ("--worlds 2000", "--worlds 10000", "--futures 1000")
SHOWN = re.compile(r"^```console\n\$ (?:printf '(.*)' \| )?(wedge .*)\n((?s:.*?))^```$", re.M)


def examples(page):
    """What is typed, the command and its output, for every command with the output that the page shows.

    Those that take long are left out, and those that read what they left.
    """
    missing = set()
    for typed, command, output in SHOWN.findall(page.read_text("utf-8")):
        folders = {word for word in shlex.split(command) if word.startswith("results/")}
        if any(sign in command for sign in LONG) or folders & missing:
            missing |= folders
        else:
            yield typed.replace("\\n", "\n"), command, output


def shown():
    """Every example of the how-to pages."""
    for page in PAGES:
        for typed, command, output in examples(page):
            yield pytest.param(typed, command, output, id=f"{page.stem}: {command}")


@pytest.fixture
def prints(capsys, monkeypatch):
    """Whether a command prints this output, line by line, but for what is left out."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def prints(command, output):
        with pytest.raises(SystemExit) as left:
            main(shlex.split(command)[1:])
        assert 0 == left.value.code
        wanted = "".join(
            re.escape(part) if part != "[...]\n" else r"(?:.*\n)*?" for part in output.splitlines(keepends=True)
        )
        return re.fullmatch(wanted, capsys.readouterr().out)

    return prints


@pytest.mark.parametrize(("typed", "command", "output"), list(shown()))
def test_a_command_prints_what_its_page_shows(typed, command, output, prints, monkeypatch, tmp_path):
    """What is typed into a command comes from a pipe."""
    if typed:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        monkeypatch.chdir(tmp_path)  # where it may keep what was typed
    assert prints(command, output), command


@pytest.mark.parametrize("page", [page for page in LESSONS if list(examples(page))], ids=lambda page: page.stem)
def test_a_lesson_can_be_typed_from_its_beginning(page, prints, monkeypatch, tmp_path):
    """Its commands build on each other, so they are typed one after another in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    for typed, command, output in examples(page):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert prints(command, output), command


def test_some_commands_are_shown():
    """The pages have not lost their examples."""
    assert len(list(shown())) >= 3


def test_the_exercise_shows_its_commands():
    """It has not lost its examples."""
    assert len(list(examples(DOCS / "classroom" / "exercise-command-line.md"))) >= 7
