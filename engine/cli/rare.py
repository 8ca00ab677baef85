"""``wedge rare``: how often something fractures that plain worlds would hardly ever show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import WORKERS, seed_option, worlds_option
from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    json_option,
    load_scenario,
    out_json,
    out_sentence,
    quiet_option,
    say_next,
    set_options,
)
from wedge.engine.cli.run import processors, progress_for

if TYPE_CHECKING:
    from wedge.engine.analysis.rare import RareRate

ENOUGH = 0.01  # a rate from which on plain worlds do as well
FEW_WORLDS = 20  # different worlds behind the fractures, below which the interval deserves a warning


@click.command(
    epilog="\b\nExamples:\n  wedge rare alaska_2025/joint_front --seed 7\n"
    "  wedge rare alaska_2025/joint_front --of united_states.ukraine --worlds 40000 --seed 7 --json"
)
@click.argument("scenario", type=SCENARIO)
@click.option(
    "--of",
    metavar="ALLIANCE|TIE",
    help="What fractures: western, or a tie such as united_states.ukraine; the first alliance if left out.",
)
@worlds_option("How many worlds to open.", default=10_000, least=20, most=100_000_000)
@seed_option()
@click.option(
    "--repetitions", type=click.IntRange(5, 100_000),
    help="Into how many independent parts the worlds are cut, for the interval; 10 or more if left out.",
)  # fmt: skip
@WORKERS
@quiet_option
@set_options
@json_option
def rare(
    scenario: str,
    of: str | None,
    worlds: int,
    seed: int,
    repetitions: int | None,
    workers: int | None,
    quiet: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say how often something fractures that is too rare to be counted: once in ten thousand worlds, or less.

    Courses that come near a fracture are kept and played on as several futures, nearer and nearer, until some
    break; the shares that get from one level to the next make up the rate. The rest of the luck stays the
    model's own, so the rate is what counting very many worlds would give.
    """
    from wedge.engine.analysis.rare import rare_rate

    loaded = load_scenario(scenario, sets, policies)
    found = rare_rate(
        loaded,
        of,
        seed,
        worlds,
        repetitions=repetitions,
        workers=workers or processors(),
        progress=progress_for(quiet),
    )
    if as_json:
        out_json(found.as_json())
    else:
        _tell(found)
    if len(found.fractures) and not as_json and not quiet:
        say_next("wedge", "explain", found.fractures["code"].iloc[0])
    return DONE


def _tell(found: "RareRate") -> None:
    from wedge.engine.cli.streams import tables_console

    tables_console().print(_levels_table(found))
    for sentence in sentences_on(found):
        out_sentence(sentence)


def _levels_table(found: "RareRate") -> Any:
    from wedge.engine.analysis.sentences import percent
    from wedge.engine.cli.summary_tables import rows_of, table

    rows = [
        (
            "fractured" if row["fracture"] else f"{row['distance']:.3f} from breaking",
            f"{row['reached']:,} of {row['courses']:,}",
            percent(row["share"]),
            f"{row['worlds']:,}",
        )
        for row in rows_of(found.levels)
    ]
    columns = ("level", "courses that got there", "share", "from different worlds")
    return table(f"{found.of.title}: how far courses come", columns, rows)


def sentences_on(found: "RareRate") -> list[str]:
    """The rate in words, how well it is known, and what it cost."""
    from wedge.engine.analysis.sentences import worlds

    opened = f"{worlds(found.worlds)}, seed {found.seed}, in {found.repetitions} repetitions"
    if found.rate == 0:
        return [
            f"{found.of.title}: in none of {opened}; so, with 95 % confidence, in no more than {rate(found.high)} of the worlds.",
            "That it can never happen is not shown by this: `wedge audit` says what the rules exclude.",
        ]
    said = [
        f"{found.of.title}: in {rate(found.rate)} of the worlds ({rate(found.low)} to {rate(found.high)}, 95 % interval), "
        f"about one world in {one_in(found.rate)}.",
        f"Found with {opened}, at the cost of {worlds(found.played)}.",
    ]
    if found.plain == found.plain:
        said.append(f"Counting alone would need about {worlds(float(f'{found.plain:.2g}'))} to know it as well.")
    behind = int(found.levels["worlds"].iloc[-1])
    if len(found.levels) == 1 or found.rate > ENOUGH:
        said.append("It is not rare: `wedge run` counts it in plain worlds, and says when and why.")
    elif behind < FEW_WORLDS:
        said.append(f"All of it comes from {worlds(behind)}: the interval may be too narrow. Ask for more --worlds.")
    return said


def rate(value: float) -> str:
    """A small share with two digits, such as 0.0016 %.

    >>> rate(0.0000164), rate(0.0123), rate(1.0)
    ('0.0016 %', '1.2 %', '100 %')
    """
    from decimal import Decimal

    return f"{Decimal(f'{100 * value:.2g}'):f} %" if value < 1 else "100 %"


def one_in(value: float) -> str:
    """Its inverse with two digits, such as 61,000."""
    return f"{float(f'{1 / value:.2g}'):,.0f}"
