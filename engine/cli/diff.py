"""``wedge diff``: where two scenarios differ in meaning."""

from collections.abc import Sequence
from typing import Any

import click

from wedge.engine.cli.common import DONE, NO, SCENARIO, json_option, load_scenario, out, out_json, say, set_options
from wedge.engine.scenario.problems import escaped


@click.command(epilog="\b\nExample:\n  wedge diff alaska_2025/ceasefire_first alaska_2025/territory_first")
@click.argument("first", type=SCENARIO)
@click.argument("second", type=SCENARIO)
@set_options
@click.option("--exit-code", is_flag=True, help="Exit with 1 if they differ.")
@json_option
def diff(first: str, second: str, sets: Sequence[str], policies: Sequence[str], exit_code: bool, as_json: bool) -> int:
    """Say where two scenarios differ in what they mean.

    The order of declaration, titles, notes and sources mean nothing here; defaults count as if they
    were written out. What is set with --set and --policy is put over the second scenario only, so
    that a change can be looked at by naming one scenario twice.
    """
    from wedge.engine.scenario import diff as differences

    found = differences(load_scenario(first), load_scenario(second, sets, policies))
    if as_json:
        out_json(
            {"first": first, "second": second, "differences": [dict(zip(KEYS, one, strict=True)) for one in found]}
        )
    elif not found:
        say("they mean the same")
    else:
        for path, before, after in found:
            out(f"{escaped(path)}: {in_words(before)} -> {in_words(after)}")
    return NO if found and exit_code else DONE


KEYS = ("path", "first", "second")


def in_words(value: Any) -> str:
    """A part of a meaning as one reads it."""
    if value is None:
        return "(nothing)"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(in_words(part) for part in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {in_words(part)}' for key, part in value.items())}}}"
    return escaped(str(value))
