"""``wedge audit``: before any run, who could sign what, which tie a demand strains, and what allies could do."""

import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wedge.engine.cli.asking import DRIVER, folder_option, seed_option, worlds_option
from wedge.engine.cli.common import (
    DONE,
    SCENARIO,
    json_option,
    load_scenario,
    out,
    out_json,
    out_sentence,
    quiet_option,
    say,
    say_next,
    set_options,
)
from wedge.engine.cli.run import progress_for
from wedge.engine.scenario.changes import as_options, changes_from

if TYPE_CHECKING:
    from wedge.engine.analysis.audit import Audit

MOST_REPLIES = 10
MOST_WEDGES = 16


@click.command(
    epilog="\b\nExample:\n  wedge audit alaska_2025/territory_first\n  wedge audit mine.yaml --no-replies --json"
)
@click.argument("scenario", type=SCENARIO)
@click.option("--draws", default=100, show_default=True, type=click.IntRange(2), help="Worlds in which every demand is tried.")  # fmt: skip
@worlds_option("Worlds in which replies are played, and events and stages looked for.", default=300)
@seed_option()
@click.option("--grid", default=256, show_default=True, type=click.IntRange(4, 4096), help="Combinations of levels tried at a stage with several issues.")  # fmt: skip
@click.option("--no-replies", is_flag=True, help="Do not search for what the allies could do.")
@DRIVER
@folder_option()
@quiet_option
@set_options
@json_option
def audit(
    scenario: str,
    draws: int,
    worlds: int,
    seed: int,
    grid: int,
    no_replies: bool,
    driver: Any,
    folder: Path | None,
    quiet: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Look for wedges in a scenario before it is run.

    Every demand that could be made at every stage is tried in drawn worlds in which nothing has been
    proposed yet: who would sign it at the opening, midway and at the deadline, whom the blame would fall
    on, which tie it strains and by how much a week. Then the best wedge of every state that could drive
    one, the best answer of the allies, and what can never happen.
    """
    from wedge.engine.analysis import audit as room

    load_scenario(scenario, sets, policies)
    found = room.audit(
        scenario,
        draws,
        worlds,
        seed,
        sets,
        policies,
        not no_replies,
        grid,
        driver,
        functools.partial(progress_for, quiet),
    )
    if folder is not None:
        _save(found, folder, quiet)
    if as_json:
        from wedge.engine.analysis.audit.summary import sentences_of

        out_json(found.as_json() | {"answer": sentences_of(found)})
        return DONE
    _tell(found)
    if folder is not None:
        say(f"stored in {folder}")
    if not quiet:
        say_next("wedge", "tournament", scenario, *as_options(changes_from(sets, policies)))
    return DONE


def _save(found: "Audit", folder: Path, quiet: bool) -> None:
    from wedge.engine.cli.tables import save_tables
    from wedge.engine.report.figures_of_audit import draw_audit

    tables = ("findings", "demands", "signers", "strains", "proposals", "wedges", "replies")
    save_tables(folder, "audit", found.as_json(), {name: getattr(found, name) for name in tables})
    if not quiet:
        say(f"drawing figures in {folder / 'figures'}")
    draw_audit(found, folder / "figures")


def _tell(found: "Audit") -> None:
    from wedge.engine.analysis.audit.summary import sentences_of
    from wedge.engine.analysis.sentences import worlds
    from wedge.engine.cli.streams import tables_console

    screen = tables_console()
    names = found.scenario.names
    out(
        f"{found.scenario.name}: demands tried in {worlds(found.drawn)}, played in {worlds(found.worlds)}, seed {found.seed}\n"
    )
    screen.print(_findings(found))
    for stage, title in zip(names.stages, names.stage_titles, strict=True):
        screen.print(_signers(found, stage, title))
    for made in (_wedges(found), *_replies(found)):
        if made is not None:
            screen.print(made)
    for sentence in sentences_of(found):
        out_sentence(sentence)


def _findings(found: "Audit") -> Any:
    from wedge.engine.cli.summary_tables import rows_of
    from wedge.engine.cli.tables import sentences_table

    rows = [(row["said"], row["how"]) for row in rows_of(found.findings)]
    return sentences_table(
        "What cannot happen, or hardly can", ("", "how it is known"), rows or [("nothing found", "")]
    )


def _signers(found: "Audit", stage: str, title: str) -> Any:
    from wedge.engine.analysis.audit.summary import stage_table
    from wedge.engine.cli.summary_tables import rows_of
    from wedge.engine.cli.tables import told_table

    names = found.scenario.names
    states = [names.states[i] for i in names.display]
    titles = dict(zip(names.states, names.state_titles, strict=True))
    seats = {name for i, name in enumerate(names.states) if found.scenario.setting.seat[names.stages.index(stage), i]}
    rows = []
    for row in rows_of(stage_table(found, stage)):
        shares = ["/".join(_share(share) for share in row[state]) for state in states]
        tie = f"{titles[row['source']]} → {titles[row['target']]}" if row["source"] else "–"
        strain = f"{row['strain']:.3f} {row['moment']}, by {titles[row['by']]}" if row["source"] else "–"
        rows.append((row["label"], *shares, _share(row["agreed"]), tie, strain, titles.get(row["blamed"], "–")))
    heads = [titles[state] + ("" if state in seats else "*") for state in states]
    told = (
        f"{title}: who would sign, % of worlds at {'/'.join(found.tried.when)} if another proposed it (* has no seat)"
    )
    return told_table(told, ("", *heads, "agreed", "strains most", "a week", "blamed"), rows)


def _share(value: float) -> str:
    return "–" if value != value else f"{100 * value:.0f}"


def _wedges(found: "Audit") -> Any:
    from wedge.engine.analysis.audit.summary import best_wedges
    from wedge.engine.cli.summary_tables import rows_of
    from wedge.engine.cli.tables import told_table

    names = found.scenario.names
    titles = dict(zip(names.states, names.state_titles, strict=True))
    rows = [
        (
            f"{titles[row['divider']]}: {row['label']}",
            row["which"],
            f"{titles[row['source']]} → {titles[row['target']]}{' (weakest)' if row['weakest'] else ''}",
            f"{row['stage']}, {row['moment']}",
            f"{row['strain']:.4f}",
            f"{row['strain_low']:.4f} to {row['strain_high']:.4f}",
            f"{row['cost']:.2f}",
            f"{row['gain']:.2f}",
            _share(row["divides"]),
            titles.get(row["blamed"], "–"),
        )
        for row in list(rows_of(best_wedges(found)))[:MOST_WEDGES]
    ]
    columns = ("who: what", "which", "between", "when", "strain a week", "95 %", "cost", "gain", "divides %", "blamed")
    return (
        told_table("Wedges: demands by which their maker gains and two of its adversaries part", columns, rows)
        if rows
        else None
    )


def _replies(found: "Audit") -> Iterable[Any]:
    """A table for each alliance that could be divided."""
    from wedge.engine.cli.tables import told_table

    if found.replies is None:
        return
    titles = dict(zip(found.scenario.names.alliances, found.scenario.names.alliance_titles, strict=True))
    for alliance, rows in found.replies.groupby("alliance", sort=False):
        mine = rows.reset_index(drop=True)
        told = mine[(mine.index < MOST_REPLIES) | (mine["reply"] == "as written") | mine["best_but_front"]]
        members = list(found.scenario.model.alliances[alliance].members)
        columns = ("", "fractures %", "difference", "95 %", "settled %", *(f"{name} gains" for name in members))
        title = f"What {titles[alliance]} could do: the best replies found, against what is written"
        yield told_table(title, columns, _reply_rows(told.to_dict("records"), members))


def _reply_rows(told: Iterable[dict[str, Any]], members: Sequence[str]) -> Iterable[tuple[str, ...]]:
    for row in told:
        mark = " (best)" if row["best"] else " (best but a joint front)" if row["best_but_front"] else ""
        gains = [_gain(row, member) for member in members]
        yield (
            f"{row['reply']}{mark}",
            f"{100 * row['fractured']:.1f}",
            f"{100 * row['difference']:+.1f}",
            f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}",
            _share(row["settled"]),
            *gains,
        )


def _gain(row: dict[str, Any], member: str) -> str:
    gain = row.get(f"{member}_gain")
    if gain is None or gain != gain:
        return "–"
    return f"{gain:+.3f}{'' if row[f'{member}_low'] > 0 or row[f'{member}_high'] < 0 else ' ?'}"
