"""``wedge scenarios``: what comes with Wedge."""

from typing import Any

import click

from wedge.engine.cli.common import entry, json_option, out, out_json, say, say_next


@click.command(epilog="\b\nExample:\n  wedge scenarios --json")
@json_option
def scenarios(as_json: bool) -> None:
    """List the packaged scenarios: the name by which every command takes them, and what they ask."""
    found = packaged_outlines()
    if as_json:
        out_json({"scenarios": found})
        return
    if not found:
        say("no scenarios come with this installation; `wedge new NAME` writes one")
        return
    width = max(len(one["code"]) for one in found)
    for one in found:
        out(entry(one["code"], one["summary"], width))
    say_next("wedge", "explain", found[0]["code"], "--seed", 7)


def packaged_outlines() -> list[dict[str, Any]]:
    """Code, name, summary and file of every packaged scenario."""
    from wedge.engine.scenario.finding import packaged
    from wedge.engine.scenario.outline import outline

    return [{"code": code, **outline(path), "file": str(path)} for code, path in packaged().items()]
