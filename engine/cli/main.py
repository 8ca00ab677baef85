"""The command line: ``wedge COMMAND``. A command's module is imported only when the command is called."""

import contextlib
import importlib
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import click

from wedge.engine.cli.common import DONE, Refused, outcome, say_letters_missing
from wedge.engine.cli.streams import silence, steady_streams, with_data_alone


class Command(NamedTuple):
    """Where a command is, and what it does in one line."""

    where: str  # module:function
    meaning: str


HERE = "wedge.engine.cli"
SECTIONS: dict[str, dict[str, Command]] = {
    "Scenarios": {
        "scenarios": Command(f"{HERE}.scenarios:scenarios", "List the scenarios that come with Wedge."),
        "new": Command(f"{HERE}.new:new", "Write a commented scenario to start from."),
        "validate": Command(
            f"{HERE}.validate:validate", "Check scenario files, with the place and cure of every error."
        ),
        "diff": Command(f"{HERE}.diff:diff", "Say where two scenarios differ in meaning."),
        "policies": Command(f"{HERE}.policies:policies", "List the policies that states can bargain by."),
        "schema": Command(f"{HERE}.schema:schema", "Print the JSON Schema of scenario files, for editors."),
    },
    "Strategy": {
        "audit": Command(
            f"{HERE}.audit:audit", "Look for wedges before any run: who could sign what, what it strains."
        ),
        "tournament": Command(f"{HERE}.tournament:tournament", "Say which policy is best against which."),
    },
    "Runs": {
        "run": Command(f"{HERE}.run:run", "Play a scenario in many worlds and say what happened how often."),
        "compare": Command(f"{HERE}.compare:compare", "Play scenarios in the same worlds and say what differs."),
        "explain": Command(f"{HERE}.explain:explain", "Tell one world round by round, and why it went so."),
        "causes": Command(f"{HERE}.causes:causes", "Say what broke the alliances, in every world that fractured."),
        "fork": Command(f"{HERE}.fork:fork", "Play a world on from a round with something changed."),
        "play": Command(f"{HERE}.play:play", "Take a seat yourself, against the policies in the others."),
        "classroom": Command(
            f"{HERE}.classroom:classroom", "Let a class play in the browser, in the seats of the states."
        ),
        "roles": Command(f"{HERE}.roles:roles", "Write a role sheet for each state, to print or to read on a phone."),
        "debrief": Command(f"{HERE}.debrief:debrief", "Debrief a game that people played: page, places, regrets."),
        "rare": Command(f"{HERE}.rare:rare", "Say how often something rare fractures, and show it."),
        "behaviour": Command(f"{HERE}.behaviour:behaviour", "Play checks of how the model must behave."),
        "theory": Command(f"{HERE}.theory:theory", "Hold play against theory: classical games and models."),
        "history": Command(f"{HERE}.history:history", "Hold play against ten historical episodes."),
        "propositions": Command(f"{HERE}.propositions:propositions", "Hold play against propositions about wedges."),
        "verify": Command(f"{HERE}.verify:verify", "Check that results are what they say they are."),
        "report": Command(f"{HERE}.report:report", "Write results as one page of HTML to read, send and print."),
        "export": Command(f"{HERE}.export:export", "Write results as CSV for spreadsheets."),
    },
    "Numbers": {
        "sensitivity": Command(f"{HERE}.sensitivity:sensitivity", "Say which numbers decide, and what chance decides."),
        "structure": Command(f"{HERE}.structure:structure", "Say whether it holds under other decision theories."),
        "sweep": Command(f"{HERE}.sweep:sweep", "Vary one number or two and say what becomes of it."),
        "discover": Command(f"{HERE}.discover:discover", "Find where an alliance breaks, in words."),
        "solve": Command(f"{HERE}.solve:solve", "Say what it would take: the least change that gets there."),
    },
}
COMMANDS = {name: command for section in SECTIONS.values() for name, command in section.items()}
EPILOG = """\b
For a start:
  wedge scenarios
  wedge explain alaska_2025/territory_first --seed 7
  wedge compare alaska_2025/ceasefire_first alaska_2025/territory_first --worlds 2000 --seed 7
"""


def is_built(name: str) -> bool:
    """Whether the command's module is there."""
    return importlib.util.find_spec(COMMANDS[name].where.partition(":")[0]) is not None


@contextlib.contextmanager
def ended_by_its_reader() -> Iterator[None]:
    """End quietly, and with success, once nobody reads stdout any more, as in ``wedge ... | head``."""
    try:
        yield
    except BrokenPipeError:
        silence(sys.stdout)
        raise click.exceptions.Exit(DONE) from None


class Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands that are there."""
        return [name for name in COMMANDS if is_built(name)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS or not is_built(cmd_name):
            return None
        module, _, function = COMMANDS[cmd_name].where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        if command.callback is not None:
            command.callback = with_data_alone(command.callback)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant; an unknown one is answered with the nearest known."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            from wedge.engine.scenario.problems import meant, shown

            if name in COMMANDS:
                raise Refused(f"the command {shown(name)} is not built yet")
            raise Refused(
                f"there is no command {shown(name)}", meant(name, self.list_commands(ctx)) or "see `wedge --help`"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by section, without importing any."""
        for title, section in SECTIONS.items():
            rows = [(name, command.meaning) for name, command in section.items() if is_built(name)]
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows, col_max=12)

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """What is asked for; where nobody reads the help that is printed any more, it ends quietly."""
        with ended_by_its_reader():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, with the same quiet end."""
        with ended_by_its_reader():
            return super().invoke(ctx)


def print_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    """Print the version and leave."""
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"wedge {version('wedge-wargame')}")
        ctx.exit()


@click.group(
    cls=Lazy,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=False,
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_version,
    help="Print the version and leave.",
)
def wedge() -> None:
    """When states bargain under an agenda: how often, when and why do alliances fracture?

    And would they have fractured under another agenda?
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """The program ``wedge``: run a command and leave with its exit code."""
    steady_streams()
    say_letters_missing()
    given = list(arguments) if arguments is not None else None
    sys.exit(outcome(lambda: wedge.main(args=given, prog_name="wedge", standalone_mode=False)))


if __name__ == "__main__":
    main()
