"""``wedge theory``: classical games and models, held against what is known of them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.common import DONE, NO, Refused, json_option, out, out_json, say

if TYPE_CHECKING:
    from wedge.engine.theory.checks.check import Check, Row

EXAMPLES = """\b
Examples:
  wedge theory
  wedge theory stahl --set d1=0.95 --set d2=0.8 --set rounds=9
  wedge theory baron-ferejohn --set n=7 --set q=4 --json
"""


@click.command(epilog=EXAMPLES)
@click.argument("name", required=False)
@click.option("--set", "sets", multiple=True, metavar="NAME=VALUE", help="A parameter of the check; may be given again. Then this case alone is played, and held against the closed form.")  # fmt: skip
@click.option("--worlds", default=4000, show_default=True, type=click.IntRange(1), help="Worlds in which chances are counted.")  # fmt: skip
@click.option("--seed", default=7, show_default=True, type=click.IntRange(0), help="The seed of all luck.")
@click.option("--all", "every", is_flag=True, help="Print every comparison of every check.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing about progress.")
@json_option
def theory(
    name: str | None, sets: Sequence[str], worlds: int, seed: int, every: bool, quiet: bool, as_json: bool
) -> int:
    """Hold what Wedge plays against what theory knows.

    Classical bargaining games are scenarios here (`wedge scenarios`, theory/...). States that see ahead
    sit in their seats: they solve a game by playing copies of it on through the same rounds, rules of
    consent and discounts as every run, and know no closed form. What they do is compared with the closed
    form and with published tables. Classical models that are no games are compared with their papers.

    NAME is one check, told in full; without it all are played, in about a minute (more where the rules
    have to be compiled first). Exits with 1 if a comparison fails.
    """
    from wedge.agents.theories import THEORIES
    from wedge.engine.theory.catalogue import CHECKS, check_named, numbers_given
    from wedge.engine.theory.checks.check import How

    if sets and name is None:
        raise Refused("--set needs the name of a check", "write, for example, `wedge theory stahl --set rounds=9`")
    if name in THEORIES:
        cure = "`wedge structure SCENARIO` plays all such theories, `wedge run SCENARIO --set decides=...` one"
        raise Refused(f"{name} is a theory that states decide by, and none of the checks of play", cure)
    checks = [check_named(name)] if name is not None else list(CHECKS)
    given = numbers_given(checks[0], sets) if sets else {}
    found = []
    for check in checks:
        if not (quiet or as_json):
            say(f"{check.name}: {check.title} ...")
        found.append((check, check.run(How(worlds=worlds, seed=seed), given)))
    if as_json:
        out_json(_as_json(found))
    elif name is not None or every:
        for place, (check, rows) in enumerate(found):
            if place:
                out()
            _tell_all(check, rows)
    else:
        _tell(found)
    return DONE if all(row.passed for _, rows in found for row in rows) else NO


def _as_json(found: "list[tuple[Check, list[Row]]]") -> dict[str, Any]:
    return {
        "passed": all(row.passed for _, rows in found for row in rows),
        "checks": [
            {
                "name": check.name,
                "title": check.title,
                "citation": check.citation,
                "played": check.played,
                "passed": all(row.passed for row in rows),
                "rows": [row.as_json() for row in rows],
            }
            for check, rows in found
        ],
    }


def _tell(found: "list[tuple[Check, list[Row]]]") -> None:
    """A line a check, and every comparison that failed."""
    from wedge.engine.cli.streams import tables_console
    from wedge.engine.cli.tables import sentences_table

    lines = [
        (
            check.name,
            _verdict(rows),
            str(len(rows)),
            str(sum(not row.passed for row in rows)),
            *_worst([row for row in rows if row.kind == "derived"]),
            _furthest([row for row in rows if row.kind == "counted"]),
            check.title,
        )
        for check, rows in found
    ]
    columns = ("check", "verdict", "compared", "failed", "largest error", "allowed", "chance", "what is checked")
    screen = tables_console()
    screen.print(sentences_table("Play and models against theory", columns, lines))
    for check, rows in found:
        failed = [row for row in rows if not row.passed]
        if failed:
            screen.print(_table(f"{check.name}: what failed", failed))
    say("next: wedge theory NAME for every comparison of a check")


def _tell_all(check: "Check", rows: "list[Row]") -> None:
    """All there is to say of a check."""
    from wedge.engine.cli.streams import tables_console

    out(check.title)
    out(f"source: {check.citation}")
    out(f"played: {check.played}")
    tables_console().print(_table("", rows))
    out(f"{check.name}: {_verdict(rows)}, {sum(row.passed for row in rows)} of {len(rows)} comparisons")


def _table(title: str, rows: "list[Row]") -> Any:
    from wedge.engine.cli.tables import sentences_table

    columns = ("case", "quantity", "expected", "found", "error", "allowed", "")
    return sentences_table(
        title,
        columns,
        [
            (
                row.case,
                row.quantity,
                _number(row.expected),
                _number(row.found),
                "" if row.error is None else f"{row.error:.1e}",
                "" if row.error is None else f"{row.tolerance:.1e}",
                _verdict([row]),
            )
            for row in rows
        ],
    )


def _number(value: float | str) -> str:
    if isinstance(value, str):
        return value if len(value) <= 60 else f"{value[:20]}..."
    value += 0.0  # nothing has no sign
    return f"{value:.6f}".rstrip("0").rstrip(".") if abs(value) < 1e6 else f"{value:g}"


def _verdict(rows: "list[Row]") -> str:
    return "pass" if all(row.passed for row in rows) else "FAIL"


def _worst(rows: "list[Row]") -> tuple[str, str]:
    """The error that comes nearest to its tolerance, or is furthest beyond it, and that tolerance."""
    measured = [(row.error, row.tolerance) for row in rows if row.error is not None and row.tolerance > 0.0]
    if not measured:
        return "0", "0"
    error, tolerance = max(measured, key=lambda pair: pair[0] / pair[1])
    return f"{error:.1e}", f"{tolerance:.1e}"


def _furthest(rows: "list[Row]") -> str:
    """How far the shares of worlds are off at most, of what chance is allowed."""
    ratios = [row.error / row.tolerance for row in rows if row.error is not None and row.tolerance > 0.0]
    return f"{max(ratios):.0%}" if ratios else ""
