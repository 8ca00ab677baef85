"""``wedge fork``: a world played on from a round with something changed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from wedge.engine.cli.common import DONE, SCENARIO, Refused, json_option, out, out_json, out_sentence, say, say_next
from wedge.engine.cli.explain import COLOURS
from wedge.engine.cli.named_world import SUBJECT, named_world
from wedge.engine.cli.streams import data_stream, terminal_width, wants_colour

if TYPE_CHECKING:
    from wedge.engine.analysis.forks import Futures
    from wedge.engine.analysis.seating import Course

EXAMPLES = """\b
Examples:
  wedge fork alaska_2025/territory_first@7:21 --round 9 --force ukraine=accept
  wedge fork alaska_2025/territory_first --seed 7 --world 21 --round 12 --set states.ukraine.war_cost=0.1
  wedge fork alaska_2025/territory_first@7:21 --round 2 --without oval_office --futures 1000
"""


class Asked(NamedTuple):
    """Where the fork is."""

    seed: int
    world: int
    round: int  # from 0
    before: "Course"
    after: "Course"
    saying: list[str]


@click.command(epilog=EXAMPLES)
@click.argument("scenario", metavar=SUBJECT, type=SCENARIO)
@click.option("--world", type=click.IntRange(0, 2**63 - 1), help="The world; 0 if left out.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="The seed of all luck; 0 if left out.")
@click.option("--round", "n", type=click.IntRange(1), required=True, help="The round from which on it changes, from 1.")
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="A number has that value from there on; may be given again.",
)
@click.option(
    "--force", "forces", multiple=True, metavar="MOVE",
    help="A move in that round: STATE=accept (concede, reject, leave), pass, consult.STATE, propose, level.ISSUE=0.6; may be given again.",
)  # fmt: skip
@click.option(
    "--without",
    "events",
    multiple=True,
    metavar="EVENT",
    help="An event does not happen from there on; may be given again.",
)
@click.option(
    "--with",
    "called",
    multiple=True,
    metavar="EVENT",
    help="An event happens in that round, whatever its day, condition and chance; may be given again.",
)
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="STATE=POLICY",
    help="A state bargains by that policy from there on; may be given again.",
)
@click.option(
    "--futures",
    type=click.IntRange(1, 1_000_000),
    help="Play so many futures with fresh luck from there on, and count.",
)
@json_option
def fork(
    scenario: str,
    world: int | None,
    seed: int | None,
    n: int,
    sets: Sequence[str],
    forces: Sequence[str],
    events: Sequence[str],
    called: Sequence[str],
    policies: Sequence[str],
    futures: int | None,
    as_json: bool,
) -> int:
    """Play a world on from a round with something changed, beside what it was.

    Both courses share everything up to that round, and the luck after it. With --futures all luck is
    drawn anew from that round on, many times, the same for both courses: how often does the alliance
    fracture from here? Without a change --futures counts the futures of the world as it was.
    """
    changes = [
        *(f"{n}.{move}" for move in forces),
        *(f"{n}.without.{event}" for event in events),
        *(f"{n}.with.{event}" for event in called),
        *(f"{n}.set.{value}" for value in sets),
        *(f"{n}.policy.{policy}" for policy in policies),
    ]
    if not changes and futures is None:
        raise Refused(
            "nothing changes", "say what with --force, --without, --with, --set or --policy, or count with --futures"
        )
    asked = _asked(scenario, world, seed, n, changes)
    return _futures(asked, futures, as_json) if futures is not None else _side_by_side(asked, as_json)


def _asked(said: str, world: int | None, seed: int | None, n: int, changes: Sequence[str]) -> Asked:
    from wedge.engine.analysis import notation

    named = named_world(said, world, seed)
    notation.check_round(named.scenario, n)
    before = after = notation.read_moves(named.scenario, named.moves)
    for change in changes:
        after = notation.with_move(after, notation.said(after.scenario, change))
    saying = [_in_short(change.partition(".")[2]) for change in changes]
    return Asked(named.seed, named.world, n - 1, before, after, saying)


def _in_short(change: str) -> str:
    """A change as the caller said it: ``without.oval_office`` is ``without oval_office``, ``set.path=1`` is ``path=1``."""
    verb, dot, rest = change.partition(".")
    if verb == "set" and dot:
        return rest
    return f"{verb} {rest}" if verb in ("without", "with", "policy") and dot else change


def _side_by_side(asked: Asked, as_json: bool) -> int:
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.report.forking import Fork, fork_as_data, lines_of_fork, notes_of
    from wedge.engine.simulation.traced import play

    was, changed = (
        play(course.scenario, asked.seed, asked.world, course.forced) for course in (asked.before, asked.after)
    )
    both = Fork(asked.round, was, changed, asked.saying)
    if as_json:
        out_json(fork_as_data(both))
    else:
        coloured = wants_colour(data_stream())
        for line in lines_of_fork(both, terminal_width()):
            out(click.style(line.text, **COLOURS[line.kind]) if coloured and line.text else line.text)
    for note in notes_of(both):
        say(f"note: {note}")
    if not as_json:
        say_next("wedge", "explain", code_of(changed.scenario, changed.seed, changed.number, changed.forced))
    return DONE


def _futures(asked: Asked, count: int, as_json: bool) -> int:
    from wedge.engine.analysis.forks import many_futures
    from wedge.engine.analysis.notation import code_of
    from wedge.engine.report.futures_in_words import answer_of

    changed = asked.after if asked.saying else None
    say(f"playing {count:,} futures from round {asked.round + 1} on")
    found = many_futures(asked.before, changed, asked.seed, asked.world, asked.round, count)
    if as_json:
        out_json(found.as_json() | {"changed": asked.saying, "answer": answer_of(found)})
        return DONE
    _print_tables(found)
    for sentence in answer_of(found):
        out_sentence(sentence)
    course = changed or asked.before
    say_next("wedge", "explain", code_of(course.scenario, asked.seed, asked.world, course.forced))
    return DONE


def _print_tables(found: "Futures") -> None:
    from wedge.engine.analysis.sentences import percent
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.cli.summary_tables import rows_of, table

    rows = [_row(row, percent) for row in rows_of(found.shares) if _worth_a_line(row)]
    paired = "share_changed" in found.shares
    columns = ("", "as it was", "changed", "difference", "95 % interval") if paired else ("", "share")
    tables_console().print(
        table(f"{found.count:,} futures from round {found.round + 1} on, 95 % intervals", columns, rows)
    )


def _worth_a_line(row: dict[str, Any]) -> bool:
    """What happens at all, and what is asked for even where it does not."""
    return bool(row["observable"].startswith("alliances.") or row["share_was"] or row.get("share_changed"))


def _row(row: dict[str, Any], percent: Any) -> tuple[str, ...]:
    labels = ("was", "changed") if "share_changed" in row else ("was",)
    cells = [
        f"{percent(row[f'share_{a}'])} ({100 * row[f'low_{a}']:.1f} to {100 * row[f'high_{a}']:.1f})" for a in labels
    ]
    if len(labels) == 2:
        cells += [f"{100 * row['difference']:+.1f}", f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"]
    return (row["title"], *cells)
