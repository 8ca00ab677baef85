"""``wedge tournament``: every policy of some states against every policy of the others."""

from collections.abc import Sequence
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
    from wedge.engine.analysis.tournament import Report

MOST_NAMED = 3


def names_in(said: Sequence[str]) -> list[str]:
    """Names given one by one or with commas between them."""
    return [name.strip() for text in said for name in text.split(",") if name.strip()]


@click.command(
    epilog="\b\nExample:\n  wedge tournament alaska_2025/package --states russia,united_states --policies boulware,conceder,wedge"
)
@click.argument("scenario", type=SCENARIO)
@click.option("--states", multiple=True, metavar="STATE,STATE", help="The states that compete; two opposed ones if left out.")  # fmt: skip
@click.option("--policies", "tried", multiple=True, metavar="POLICY,POLICY", help="The policies tried besides each state's own; all if left out.")  # fmt: skip
@worlds_option("Worlds for each combination.", default=300)
@seed_option()
@DRIVER
@folder_option()
@quiet_option
@set_options
@json_option
def tournament(
    scenario: str,
    states: Sequence[str],
    tried: Sequence[str],
    worlds: int,
    seed: int,
    driver: Any,
    folder: Path | None,
    quiet: bool,
    sets: Sequence[str],
    policies: Sequence[str],
    as_json: bool,
) -> int:
    """Say which policy is best against which.

    Every policy of the competing states is played against every policy of the others, all in the same
    worlds. Told are payoffs, with and without what a fracture brings to whoever has a stake in it, best
    answers and whether they can be told apart from the second, regrets, dominated policies, Nash
    equilibria, and how often alliances fracture. Besides the presets (with their own parameters, see
    `wedge policies`) each state's policy as written is one of the choices.
    """
    from wedge.engine.analysis import tournament as room

    load_scenario(scenario, sets, policies)
    played = room.tournament(
        scenario, names_in(states), names_in(tried), worlds, seed, sets, policies, driver, progress_for(quiet)
    )
    report = room.report_of(played)
    if folder is not None:
        _save(report, folder, quiet)
    if as_json:
        from wedge.engine.analysis.tournament.summary import sentences_of

        out_json(report.as_json() | {"answer": sentences_of(report)})
        return DONE
    _tell(report)
    if folder is not None:
        say(f"stored in {folder}")
    if not quiet:
        best = report.answers.iloc[0]
        seated = [] if best["best"] == room.OWN else [f"{best['state']}={best['best']}"]
        say_next("wedge", "run", scenario, *as_options(changes_from(sets, [*policies, *seated])))
    return DONE


def _save(report: "Report", folder: Path, quiet: bool) -> None:
    from wedge.engine.cli.tables import save_tables
    from wedge.engine.report.figures_of_tournament import draw_tournament

    tables = ("cells", "fractures", "answers", "regrets", "dominated", "paths")
    save_tables(folder, "tournament", report.as_json(), {name: getattr(report, name) for name in tables})
    if not quiet:
        say(f"drawing figures in {folder / 'figures'}")
    draw_tournament(report, folder / "figures")


def _tell(report: "Report") -> None:
    from wedge.engine.analysis.tournament.summary import sentences_of
    from wedge.engine.cli.streams import tables_console

    screen, t = tables_console(), report.tournament
    out(
        f"{t.scenario.name}: {t.choices.profiles:,} combinations of policies in {t.worlds:,} worlds each, seed {t.seed}\n"
    )
    for state in t.choices.states:
        for measure in t.measures_of(state):
            screen.print(_regrets(report, state, measure))
    if len(t.choices.states) == 2:
        for state in t.choices.states:
            screen.print(_answers(report, state))
    if len(report.dominated):
        screen.print(_dominated(report))
    for table in _fractures(report):
        screen.print(table)
    for sentence in sentences_of(report):
        out_sentence(sentence)


def _regrets(report: "Report", state: str, measure: str) -> Any:
    from wedge.engine.cli.summary_tables import rows_of, table

    t, frame = report.tournament, report.regrets
    mine = frame[(frame["state"] == state) & (frame["measure"] == measure)]
    rows = [
        (
            row["policy"],
            f"{row['mean']:+.3f}",
            f"{row['regret_own']:.3f}",
            f"{row['regret_own_low']:+.3f} to {row['regret_own_high']:+.3f}",
            f"{row['regret_mean']:.3f}",
            f"{row['regret_most']:.3f}",
        )
        for row in rows_of(mine.sort_values("mean", ascending=False, kind="stable"))
    ]
    title = f"{t.scenario.names.state_titles[t.place(state)]}: {measure} against the others as written, and regret"
    return table(title, ("policy", "mean", "regret", "95 %", "regret over all others'", "at worst"), rows)


def _answers(report: "Report", state: str) -> Any:
    """A state's best answer to each policy of the other."""
    from wedge.engine.analysis.tournament import WHOLE
    from wedge.engine.cli.summary_tables import rows_of
    from wedge.engine.cli.tables import told_table

    t = report.tournament
    (other,) = [one for one in t.choices.states if one != state]
    titles = dict(zip(t.scenario.names.states, t.scenario.names.state_titles, strict=True))
    rows = []
    for row in rows_of(report.answers[(report.answers["state"] == state) & (report.answers["measure"] == WHOLE)]):
        surely = "yes" if row["told_apart"] else _not_alone([*row["as_good"], *row["same"]])
        gap = f"{row['difference']:.3f} ({row['low']:+.3f} to {row['high']:+.3f})"
        rows.append((row[other], row["best"], f"{row['mean']:+.3f}", row["second"] or "–", gap, surely))
    title = f"{titles[state]}'s best answer to each policy of {titles[other]}, by payoff"
    return told_table(
        title, (f"if {titles[other]} plays", "best", "mean", "second", "behind by (95 %)", "told apart"), rows
    )


def _not_alone(as_good: Sequence[str]) -> str:
    """Which policies cannot be told from the best; how many, where they are many."""
    if len(as_good) > MOST_NAMED:
        return f"no, nor {len(as_good)} others"
    return f"no, nor {', '.join(as_good)}"


def _dominated(report: "Report") -> Any:
    from wedge.engine.cli.summary_tables import rows_of
    from wedge.engine.cli.tables import sentences_table

    frame = report.dominated
    rows = []
    for (state, measure), mine in frame.groupby(["state", "measure"], sort=False):
        if measure in report.tournament.measures_of(state):
            told = ", ".join(f"{row['policy']} (by {row['by']})" for row in rows_of(mine))
            rows.append((state, measure, told))
    title = "Dominated: on average worse than another policy, whatever the others play (each given those before it)"
    return sentences_table(title, ("state", "measure", "policies"), rows)


def _fractures(report: "Report") -> Any:
    """The share of worlds in which each alliance fractures; for two states as a square, else the extremes."""
    from wedge.engine.cli.summary_tables import table

    t = report.tournament
    if len(t.choices.states) != 2:
        return
    first, second = t.choices.states
    for alliance, title in zip(t.scenario.names.alliances, t.scenario.names.alliance_titles, strict=True):
        mine = report.fractures[report.fractures["alliance"] == alliance].set_index([first, second])["share"]
        rows = [
            (row, *(f"{100 * mine[row, column]:.0f}" for column in t.choices.policies[1]))
            for row in t.choices.policies[0]
        ]
        yield table(
            f"{title} fractures, % of worlds: {first} in rows, {second} in columns", ("", *t.choices.policies[1]), rows
        )
