"""What all commands share: exit codes, printing, options, and errors told without a traceback."""

import contextlib
import json
import os
import shlex
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from wedge.engine.cli.streams import data_stream, silence, terminal_width, wants_colour
from wedge.engine.cli.usage import usage_trouble
from wedge.engine.scenario.problems import ERROR, Problem, ScenarioError, escaped

if TYPE_CHECKING:
    from wedge.engine.scenario import Scenario
    from wedge.engine.scenario.changes import Change

# Exit codes. NO: the answer is no; BAD: bad usage or bad input; CRASHED: some runs, or Wedge itself, crashed.
DONE, NO, BAD, CRASHED, INTERRUPTED = 0, 1, 2, 3, 130


F = TypeVar("F", bound=Callable[..., Any])


class Refused(click.ClickException):
    """Something that cannot be done, and what would help. Exits with BAD."""

    exit_code = BAD

    def __init__(self, message: str, cure: str = "") -> None:
        super().__init__(message)
        self.cure = cure

    def show(self, file: Any = None) -> None:
        """Print it as all errors are printed."""
        say_error(self.message, self.cure)


# Printing: data goes to stdout, everything said to a person to stderr.


def out(text: str = "") -> None:
    """Print data."""
    click.echo(text, file=data_stream(), color=wants_colour(data_stream()))


def out_sentence(text: str) -> None:
    """Print a sentence as data: wrapped to the width of a terminal; one line in a pipe or a file."""
    if data_stream().isatty():
        kept = text.replace(" %", "\N{NO-BREAK SPACE}%")  # a number and its sign stay together
        kept = textwrap.fill(kept, terminal_width(), break_long_words=False, break_on_hyphens=False)
        text = kept.replace("\N{NO-BREAK SPACE}%", " %")
    out(text)


def say(text: str = "") -> None:
    """Say something to the person at the terminal."""
    click.echo(text, err=True, color=wants_colour(sys.stderr))


def say_next(*words: object) -> None:
    """Say the command that is worth trying next, such that it can be pasted into a shell."""
    say(f"next: {escaped(shlex.join(str(word) for word in words))}")


def say_error(message: str, cure: str = "") -> None:
    """Say what went wrong, and what would help."""
    say(f"{click.style('error', fg='red', bold=True)}: {escaped_lines(message)}")
    if cure:
        say(f"  {click.style('help', fg='cyan')}: {escaped_lines(cure)}")


def out_json(data: Any) -> None:
    """Print data as JSON, and nothing else."""
    out(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


def say_letters_missing() -> None:
    """Say once that figures lack letters, in place of Python's warnings of it; not to someone who wants quiet."""
    import warnings

    show = warnings.showwarning
    said: list[Any] = []

    def tell(message: Any, category: type[Warning], *where: Any, **more: Any) -> None:
        if category.__name__ != "LettersMissing":
            show(message, category, *where, **more)
            return
        context = click.get_current_context(silent=True)
        if not said and not (context is not None and context.params.get("quiet")):
            say(f"note: {message}")
        said.append(message)

    warnings.showwarning = tell


def say_problems(problems: Iterable[Problem]) -> None:
    """Print the problems of a scenario as a compiler does."""
    for problem in problems:
        colour = "red" if problem.severity == ERROR else "yellow"
        head, *rest = problem.told().split("\n")
        say(head.replace(f": {problem.severity}: ", f": {click.style(problem.severity, fg=colour, bold=True)}: ", 1))
        for line in rest:
            is_help = line.startswith("  help: ")
            say(line.replace("help", click.style("help", fg="cyan"), 1) if is_help else line)


def escaped_lines(text: str) -> str:
    """The text with everything a terminal could obey written out, its lines kept."""
    return "\n".join(escaped(line) for line in text.split("\n"))


def entry(name: str, text: str, name_width: int) -> str:
    """A name and what is to be said of it, wrapped to the terminal, the text in a column of its own."""
    width = max(60, min(100, shutil.get_terminal_size((100, 24)).columns))
    indent = " " * (name_width + 2)
    wrapped = textwrap.wrap(text, width - len(indent), break_long_words=False) or [""]
    lines = [f"{click.style(name, bold=True)}{' ' * (name_width + 2 - len(name))}{wrapped[0]}"]
    return "\n".join(lines + [f"{indent}{line}" for line in wrapped[1:]])


# Options that many commands take.


class ScenarioName(click.ParamType):
    """A scenario: a packaged name or a file. Completes both."""

    name = "scenario"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """Packaged names that start so, and files."""
        from click.shell_completion import CompletionItem

        from wedge.engine.scenario.finding import packaged

        names = [CompletionItem(name) for name in packaged() if name.startswith(incomplete)]
        return names or [CompletionItem(incomplete, type="file")]


SCENARIO = ScenarioName()


def set_options(function: F) -> F:
    """Give a command the options ``--set`` and ``--policy``; it takes ``sets`` and ``policies``."""
    function = click.option(
        "--policy",
        "policies",
        multiple=True,
        metavar="STATE=POLICY",
        help="Seat another policy, such as united_states=boulware; may be given again. See `wedge policies`.",
    )(function)
    return click.option(
        "--set",
        "sets",
        multiple=True,
        metavar="PATH=VALUE",
        help="Put a value over what the file says, such as states.ukraine.power=0.8; may be given again.",
    )(function)


def json_option(function: F) -> F:
    """Give a command the option ``--json``; it takes ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, and nothing else, to stdout.")(function)


def quiet_option(function: F) -> F:
    """Give a command the option ``--quiet``; it takes ``quiet``."""
    return click.option("-q", "--quiet", is_flag=True, help="Say nothing about progress, nor what to try next.")(
        function
    )


def load_scenario(
    name: str, sets: Sequence[str] = (), policies: Sequence[str] = (), changes: Sequence["Change"] = ()
) -> "Scenario":
    """The scenario, its warnings said on stderr. Raises ScenarioError, and Refused for a folder of results."""
    from wedge.engine.scenario import load

    if Path(name, "plan.json").is_file():
        refuse_results(name)
    scenario = load(name, sets=sets, policies=policies, changes=changes)
    say_problems(scenario.warnings)
    return scenario


def refuse_missing_results(name: str) -> None:
    """Refuse what can only be meant as a folder of results, and is none; for commands that take scenarios as well."""
    from wedge.engine.experiment.results import no_results, results_in
    from wedge.engine.scenario.finding import is_file_name, is_there, packaged

    path = Path(name)
    if is_file_name(name) or name in packaged() or is_there(path.with_name(f"{path.name}.yaml") if path.name else path):
        return
    if path.is_dir() or path.parts[:1] == ("results",) or (len(path.parts) > 1 and results_in(path.parent)):
        raise no_results(path)


def refuse_results(folder: str) -> NoReturn:
    """Refuse results where a scenario is wanted, and say which scenario they are of."""
    from wedge.engine.experiment import open_experiment
    from wedge.engine.scenario.changes import as_options

    stored = open_experiment(folder)
    raise Refused(
        f"{folder} holds results, and this takes a scenario",
        f"name the one they are of: {shlex.join([stored.called, *as_options(stored.changes)])}",
    )


# Errors: the one place where they become messages and exit codes.


def outcome(play: Callable[[], Any]) -> int:
    """Run a command and say what went wrong, if anything did; returns the exit code."""
    if sys.stdout is None:
        say_error("standard output is closed", "leave it open, or send it to a file")
        return BAD
    try:
        code = play()
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt) as stopped:
        say(escaped_lines(interruption(stopped)))
        return INTERRUPTED
    except (Refused, click.exceptions.NoArgsIsHelpError) as error:
        error.show()
        return BAD
    except click.ClickException as error:
        say_error(*usage_trouble(error))
        return BAD
    except ScenarioError as error:
        say_problems(error.problems)
        return BAD
    except BrokenPipeError:
        silence(sys.stdout)
        return DONE
    except OSError as error:
        silence(sys.stdout)
        say_error(*os_trouble(error))
        return BAD
    except Exception as error:
        if type(error).__module__.startswith("wedge.") and hasattr(error, "help"):
            say_error(str(getattr(error, "message", error)), str(error.help))
            return BAD
        return crash(error)
    return code if isinstance(code, int) else DONE


def interruption(stopped: BaseException) -> str:
    """What to say after Ctrl-C: what the command itself has to say, if it has."""
    cause = stopped if isinstance(stopped, KeyboardInterrupt) else stopped.__cause__
    said = str(cause) if cause is not None else ""
    return f"interrupted; {said}" if said else "interrupted"


def os_trouble(error: OSError) -> tuple[str, str]:
    """A full disk, a missing right and the like, in words."""
    reason = (error.strerror or str(error)).lower()
    named = error.filename2 or error.filename
    message = f"{os.fsdecode(named)}: {reason}" if isinstance(named, str | bytes) else reason
    cures = {"ENOSPC": "free some space", "EACCES": "choose another place", "EROFS": "choose another place"}
    import errno

    return message, cures.get(errno.errorcode.get(error.errno or 0, ""), "")


def crash(error: Exception) -> int:
    """Show the traceback of what can only be a fault of Wedge's own."""
    import traceback

    traceback.print_exception(error)
    say_error("this is a fault in Wedge, not in what you asked for", "please report it with the lines above")
    return CRASHED


def say_speeds(scenario: "Scenario") -> None:
    """Say, for each policy from a file, how fast worlds are played with it; nothing where there is none."""
    if scenario.outsiders:
        from wedge.agents.policy_file import PolicyError
        from wedge.engine.simulation.speeds import told

        with contextlib.suppress(PolicyError):  # which is told, with its world, when it is played
            for line in told(scenario):
                say(line)
