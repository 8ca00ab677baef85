"""``wedge classroom``: a class plays in the browser."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from wedge.engine.cli.common import DONE, SCENARIO, load_scenario, out, say, set_options

EXAMPLES = """\b
Examples:
  wedge classroom alaska_2025/territory_first
  wedge classroom alaska_2025/territory_first --lan
  wedge classroom alaska_2025/territory_first alaska_2025/ceasefire_first --port 8080 --folder autumn
"""
LAN = """\
with --lan everybody on the network of this machine can reach these pages, and nothing else of it. They are plain
http: whoever can listen to the network can read along. A session is joined by its code; the teacher's link is for
the teacher alone."""


@click.command(epilog=EXAMPLES)
@click.argument("scenarios", type=SCENARIO, nargs=-1, required=True, metavar="SCENARIO ...")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where it listens; 0: any."
)
@click.option("--lan", is_flag=True, help="Let other machines on the network in, too; else this one alone.")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), default=Path("results/classroom"), show_default=True,
    help="Where sessions are kept; the same folder goes on with them.",
)  # fmt: skip
@set_options
def classroom(
    scenarios: Sequence[str], port: int, lan: bool, folder: Path, sets: Sequence[str], policies: Sequence[str]
) -> int:
    """Let a class play a scenario in the browser: teams in the seats of its states, on phones or laptops.

    One server on this machine does everything; no internet is needed. It prints the teacher's link, and the address
    where people join by the code of their session. Scenarios beside the named ones can be chosen for a session too.
    Every answer is on the disk before anybody hears of it: stop the server, or lose it, and the same call goes on.
    """
    from wedge.engine.classroom.web.room import Room
    from wedge.engine.classroom.web.serving import listen, serve, teachers_token

    loaded = _loaded(scenarios, sets, policies)
    place = listen(port, lan)
    try:
        room = Room(folder, loaded, teachers_token(folder))
        room.warm_up()
        _greet(place.addresses, room, lan)
        serve(room, place)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("all sessions are kept, and the same call goes on with them") from None
    finally:
        place.sock.close()
    return DONE


def _loaded(scenarios: Sequence[str], sets: Sequence[str], policies: Sequence[str]) -> list[Any]:
    """The scenarios named, then those beside them that can be played without the changes."""
    from wedge.engine.classroom.web.serving import scenarios_beside
    from wedge.engine.scenario import load
    from wedge.engine.scenario.problems import ScenarioError

    found = {one.called: one for one in (load_scenario(name, sets, policies) for name in scenarios)}
    for name in scenarios:
        for other in scenarios_beside(name):
            try:
                one = load(other)
            except ScenarioError:
                continue
            found.setdefault(one.called, one)
    return list(found.values())


def _greet(addresses: Sequence[str], room: Any, lan: bool) -> None:
    import segno

    out(f"teacher   {addresses[0]}/teacher/{room.teacher}")
    for address in addresses:
        out(f"join      {address}/join")
    if lan:
        say(LAN)
        say(_drawn(segno.make(f"{addresses[0]}/join", error="m")))
    else:
        say("only this machine can reach it; --lan lets the network in")
    for one in room.lost:
        say(f"a session cannot be taken up: {one.title or one.key}: {one.why}")
    if room.halls:
        say(f"{len(room.halls)} {'session goes' if len(room.halls) == 1 else 'sessions go'} on, from {room.folder}")
    say("Ctrl-C closes the classroom")


def _drawn(code: Any) -> str:
    import io

    text = io.StringIO()
    code.terminal(text, compact=True)
    return text.getvalue()
