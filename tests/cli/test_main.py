"""The command line as a whole: lazy, helpful, and never a traceback for what a user can cause."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from wedge.engine.cli import common
from wedge.engine.cli.common import BAD, CRASHED, DONE, INTERRUPTED, NO, Refused, outcome
from wedge.engine.cli.main import COMMANDS, is_built
from wedge.engine.cli.main import wedge as group

Call = Callable[..., Any]
HEAVY = ("numpy", "pydantic", "yaml", "rich", "pandas", "scipy", "matplotlib", "seaborn", "mesa", "duckdb", "numba")


def process(*words: str, code: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
    """A real process that runs ``wedge``, and then some code."""
    program = f"import sys\nfrom wedge.engine.cli.main import main\ntry:\n    main({list(words)!r})\nfinally:\n    {code or 'pass'}\n"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="latin-1", check=False, **more)


class TestHelp:
    """Help is quick and complete."""

    def test_help_imports_nothing_heavy(self) -> None:
        """So that it comes at once."""
        done = process("--help", code=f"print([m for m in {HEAVY} if m in sys.modules])")
        assert done.stdout.endswith("[]\n")

    def test_validate_imports_no_more_than_it_needs(self) -> None:
        """Pydantic and YAML; neither NumPy nor the libraries for runs and figures."""
        needless = [name for name in HEAVY if name not in ("pydantic", "yaml")]
        done = process("validate", "tutorial/first_steps", code=f"print([m for m in {needless} if m in sys.modules])")
        assert done.stdout.endswith("[]\n")

    def test_every_command_is_listed_with_its_meaning(self, wedge: Call) -> None:
        """By section, without importing one."""
        said = wedge("--help")
        assert DONE == said.code
        for name, command in COMMANDS.items():
            assert (f"  {name}" in said.out) == is_built(name)
            assert (command.meaning[:40] in said.out) == is_built(name)

    @pytest.mark.parametrize("name", [name for name in COMMANDS if is_built(name)])
    def test_every_command_has_an_example_to_paste(self, wedge: Call, name: str) -> None:
        """Its help ends with one."""
        said = wedge(name, "--help")
        assert DONE == said.code
        assert f"Example:\n  wedge {name}" in said.out.replace("Examples:", "Example:").replace("\n    ", "\n  ")

    def test_h_will_do(self, wedge: Call) -> None:
        """For the group and for commands."""
        assert wedge("-h").out == wedge("--help").out
        assert wedge("validate", "-h").out.startswith("Usage: wedge validate")

    def test_the_version(self, wedge: Call) -> None:
        """Is that of the installed package."""
        assert wedge("--version").out.startswith("wedge 0.")

    def test_nothing_said_shows_the_help(self, wedge: Call) -> None:
        """And counts as bad usage."""
        said = wedge()
        assert BAD == said.code
        assert "Usage: wedge" in said.out + said.err


class TestMistakes:
    """What is misspelt is answered with what may be meant."""

    @pytest.mark.parametrize(
        ("words", "said", "cure"),
        [
            ("run", "SCENARIO is missing", "write wedge run SCENARIO; see `wedge run --help`"),
            ("fork x", "--round is missing", "write wedge fork SCENARIO|RESULTS|CODE --round"),
            ("run x --sede 3", "there is no option --sede", "did you mean --seed?"),
            ("export x --nosuch", "there is no option --nosuch", "see `wedge export --help`"),
            ("export x --tabels runs", "there is no option --tabels", "did you mean --tables?"),
            ("run x --seed", "--seed is given without a value", "write --seed VALUE"),
            ("run x --set", "--set is given without a value", "write --set PATH=VALUE"),
            ("run x --worlds few", "--worlds must be a whole number, 1 or more, not few", "see `wedge run --help`"),
            ("run x --workers 0", "--workers must be a whole number from 1 to 256, not 0", "see `wedge run --help`"),
            ("run x --executor thread", "--executor cannot be 'thread'", "did you mean 'threads'?"),
            ("run x y", "got unexpected extra argument (y)", "see `wedge run --help`"),
        ],
    )
    def test_wrong_usage_is_told_as_all_errors_are(self, wedge: Call, words: str, said: str, cure: str) -> None:
        """What is wrong, and below it what would help; exit code 2."""
        found = wedge(*words.split())
        assert (BAD, "") == (found.code, found.out)
        assert f"error: {said}\n  help: {cure}" in found.err

    def test_a_misspelt_command(self, wedge: Call) -> None:
        """The nearest is named."""
        said = wedge("valdate", "x")
        assert BAD == said.code
        assert "there is no command 'valdate'" in said.err
        assert "did you mean 'validate'?" in said.err
        assert "" == said.out

    def test_a_misspelt_option(self, wedge: Call) -> None:
        """Likewise."""
        said = wedge("validate", "--jsn", "tutorial/first_steps")
        assert BAD == said.code
        assert "--json" in said.err

    def test_a_missing_argument(self, wedge: Call) -> None:
        """Is bad usage."""
        assert BAD == wedge("validate").code

    def test_a_command_to_come(self, wedge: Call, monkeypatch: pytest.MonkeyPatch) -> None:
        """Does not break the rest."""
        monkeypatch.setitem(COMMANDS, "later", COMMANDS["diff"]._replace(where="wedge.engine.cli.later:later"))
        assert "not built yet" in wedge("later").err
        assert DONE == wedge("--help").code


class TestOutcomes:
    """One place turns whatever happens into a message and an exit code."""

    def happens(self, error: BaseException) -> int:
        """The exit code when a command raises that."""

        def play() -> None:
            raise error

        return outcome(play)

    @pytest.mark.parametrize(
        ("error", "code", "said"),
        [
            (Refused("no such thing", "try another"), BAD, "error: no such thing\n  help: try another\n"),
            (click.UsageError("wrong"), BAD, "error: wrong"),
            (click.FileError("x", "bad"), BAD, "x"),
            (KeyboardInterrupt(), INTERRUPTED, "interrupted"),
            (KeyboardInterrupt("300 worlds are stored"), INTERRUPTED, "interrupted; 300 worlds are stored"),
            (
                OSError(errno.ENOSPC, "No space left on device", "/x/y"),
                BAD,
                "error: /x/y: no space left on device\n  help: free",
            ),
            (PermissionError(errno.EACCES, "Permission denied", "/x"), BAD, "error: /x: permission denied"),
            (BrokenPipeError(), DONE, ""),
        ],
    )
    def test_what_a_user_can_cause(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        error: BaseException,
        code: int,
        said: str,
    ) -> None:
        """No traceback, and the code that says which kind it was."""
        monkeypatch.setattr(common, "silence", lambda stream: None)
        assert code == self.happens(error)
        err = capsys.readouterr().err
        assert said in err
        assert "Traceback" not in err

    def test_what_only_wedge_can_cause(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A fault of its own shows where it is, and owns up."""
        assert CRASHED == self.happens(ZeroDivisionError("oh"))
        err = capsys.readouterr().err
        assert "Traceback" in err
        assert "a fault in Wedge" in err

    def test_a_command_says_its_own_code(self) -> None:
        """By returning it; nothing returned is DONE."""
        assert NO == outcome(lambda: 1)
        assert DONE == outcome(lambda: None)

    def test_messages_obey_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        """An escape in a message is written out."""
        self.happens(Refused("a\x1b[31mb", "c\x1b]0;d"))
        assert "\x1b" not in capsys.readouterr().err


class TestStreams:
    """Pipes, full disks and terminals."""

    def test_a_reader_that_goes_away(self) -> None:
        """Ends the command quietly."""
        script = f"{sys.executable} -m wedge.engine.cli.main schema | head -c 10; echo; echo ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
        assert "" == done.stderr
        assert done.stdout.endswith("\n0\n")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_full_disk(self) -> None:
        """Is told, without a traceback."""
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "wedge.engine.cli.main", "schema"],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert BAD == done.returncode
        assert "no space left on device" in done.stderr
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr

    def test_titles_a_terminal_cannot_show(self, write_scenario: Callable[..., Path]) -> None:
        """Are written out, not died of."""
        path = write_scenario(("name: Small talks", "name: Gespräche — 会談"))
        done = process(
            "validate", str(path), "--json", env={**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
        )
        assert DONE == done.returncode
        assert "\\u4f1a" in done.stdout

    @pytest.mark.parametrize(
        ("env", "coloured"),
        [({}, False), ({"FORCE_COLOR": "1"}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True), ({"TERM": "dumb"}, False)],
    )  # fmt: skip
    def test_colour(self, wedge: Call, monkeypatch: pytest.MonkeyPatch, env: dict[str, str], coloured: bool) -> None:
        """Only for terminals, unless it is forced; NO_COLOR and TERM=dumb are honoured."""
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        assert coloured == ("\x1b[" in wedge("validate", "none.yaml").err)

    def test_completion(self) -> None:
        """The shell completes commands, options and packaged scenarios."""
        assert "validate" in completions("wedge val")
        assert "--json" in completions("wedge validate --js")
        assert "tutorial/first_steps" in completions("wedge validate tutorial/f")


def completions(line: str) -> str:
    """What bash would offer after that line."""
    env = {
        **os.environ,
        "_WEDGE_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split()) - 1),
    }
    program = "from wedge.engine.cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, env=env)
    return done.stdout


def test_the_group_is_called_wedge() -> None:
    """Whatever the file is called it was started from."""
    assert "wedge" == group.name


def test_a_closed_standard_output_is_an_error_of_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after ``wedge scenarios >&-``: nothing could be told, so nothing is begun."""
    monkeypatch.setattr(sys, "stdout", None)
    assert BAD == outcome(lambda: pytest.fail("it was begun"))
