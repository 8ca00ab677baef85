"""What is wrong with how a command was called, in the words and the form of all other errors."""

import click

from wedge.engine.scenario.problems import closest, meant, shown

ENDLESS = 2**62  # an upper end that nobody means
FORMS = {"--set": "PATH=VALUE", "--policy": "STATE=POLICY"}  # of values with two halves


def usage_trouble(error: click.ClickException) -> tuple[str, str]:
    """What is wrong, and what would help."""
    see = _help_of(error)
    if isinstance(error, click.NoSuchOption):
        words = {option.lstrip("-"): option for option in error.possibilities or []}
        near = closest(error.option_name.lstrip("-"), words)  # the dashes would make all options alike
        return f"there is no option {error.option_name}", f"did you mean {words[near]}?" if near else see
    if isinstance(error, click.BadOptionUsage):
        return (
            f"{error.option_name} is given without a value",
            f"write {error.option_name} {FORMS.get(error.option_name, 'VALUE')}",
        )
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{_named(error.param, error.ctx)} is missing", f"write {_call_of(error)}; {see}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        named, kind, said = _named(error.param, error.ctx), error.param.type, _value_in(error.message)
        if isinstance(kind, click.Choice):
            return f"{named} cannot be {shown(said)}", meant(said, [str(choice) for choice in kind.choices])
        if isinstance(kind, click.IntRange):
            return f"{named} must be {_range_of(kind)}, not {said}", see
        return f"{named}: {_in_our_form(error.message)}", see
    return _in_our_form(error.format_message()), see


def _named(param: click.Parameter, context: click.Context | None) -> str:
    """An option as it is written, an argument as the help names it."""
    if isinstance(param, click.Option) or context is None:
        return max(param.opts, key=len)
    return param.make_metavar(context).strip("[].")


def _value_in(message: str) -> str:
    """The value that click complains of, which it names first."""
    return message.partition(" is not ")[0].strip("'")


def _range_of(kind: click.IntRange) -> str:
    if kind.max is None or kind.max >= ENDLESS:
        return f"a whole number, {kind.min} or more"
    return f"a whole number from {kind.min} to {kind.max}"


def _in_our_form(message: str) -> str:
    """Without a capital and a full stop."""
    return f"{message[:1].lower()}{message[1:]}".rstrip(".")


def _call_of(error: click.MissingParameter) -> str:
    """How the command is called, with what is missing."""
    if error.ctx is None or error.param is None:
        return "it"
    command, context = error.ctx.command, error.ctx
    pieces = [param.make_metavar(context) for param in command.params if isinstance(param, click.Argument)]
    if isinstance(error.param, click.Option):
        pieces += [max(error.param.opts, key=len), error.param.make_metavar(context)]
    return " ".join([context.command_path, *pieces])


def _help_of(error: click.ClickException) -> str:
    """Where it says how the command is called."""
    context = getattr(error, "ctx", None)
    return f"see `{(context.command_path if context is not None else 'wedge')} --help`"
