"""``wedge compare SCENARIO --agendas``: every order of its stages, ranked by how often alliances fracture."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wedge.engine.cli.common import CRASHED, DONE, load_scenario, out_json, out_sentence, say, say_error, say_next
from wedge.engine.cli.run import Playing, finish, progress_for, say_failures, workers_for
from wedge.engine.cli.streams import tables_console
from wedge.engine.cli.summary_tables import rows_of, table
from wedge.engine.scenario.changes import as_options, changes_from

if TYPE_CHECKING:
    from wedge.engine.analysis.agendas import Agendas, Order


def compare_agendas(
    scenario: str,
    how: Playing,
    sets: Sequence[str],
    policies: Sequence[str],
    keep: bool,
    most: int,
    as_json: bool,
) -> int:
    """Play all orders, store them with the ranking and its figure, and tell."""
    from wedge.engine.analysis.agendas import orders_of, ranked
    from wedge.engine.experiment import NothingPlayed, run_together

    load_scenario(scenario, sets, policies)
    orders = orders_of(scenario, sets, policies, keep, most)
    folder = how.folder or _folder(orders, how.seed)
    try:
        experiments = run_together(
            [order.scenario for order in orders],
            how.worlds,
            how.seed,
            folder,
            progress=functools.partial(progress_for, how.quiet),
            **workers_for(how),
        )
    except NothingPlayed as error:
        say_error(error.message, error.help)
        return CRASHED
    found = ranked(orders, experiments)
    for experiment in experiments:
        finish(experiment, how._replace(no_figures=True))
    _save(found, folder, how)
    _tell(found, folder, as_json)
    if not as_json and not how.quiet:
        say_next("wedge", "explain", *_next(found, scenario, how.seed, sets, policies))
    for experiment in experiments:
        say_failures(experiment)
    return CRASHED if any(experiment.failures for experiment in experiments) else DONE


def _folder(orders: "Sequence[Order]", seed: int) -> Path:
    return Path("results") / f"agendas-{orders[0].scenario.code.rpartition('/')[2]}-{seed}"


def _save(found: "Agendas", folder: Path, how: Playing) -> None:
    from wedge.engine.analysis.exporting import write_frame
    from wedge.engine.experiment.files import write_json

    write_json(folder / "agendas.json", found.as_json())
    write_frame(folder / "agendas.csv", found.ranking)
    if not how.no_figures:
        from wedge.engine.report.figures import draw_all
        from wedge.engine.report.figures_of_agendas import ranking_figure

        if not how.quiet:
            say(f"drawing a figure in {folder / 'figures'}")
        draw_all([functools.partial(ranking_figure, found)], folder / "figures")


def _tell(found: "Agendas", folder: Path, as_json: bool) -> None:
    from wedge.engine.analysis.agendas import sentences_of
    from wedge.engine.analysis.sentences import CONDITIONAL

    said = [*sentences_of(found), CONDITIONAL]
    if as_json:
        out_json(found.as_json() | {"answer": said})
        return
    screen = tables_console()
    for part in (_ranking(found), _payoffs(found), _neighbours(found)):
        screen.print(part)
    for sentence in said:
        out_sentence(sentence)
    say(f"stored in {folder}")


def _next(found: "Agendas", scenario: str, seed: int, sets: Sequence[str], policies: Sequence[str]) -> list[str]:
    """A world that fractures under the order that fractures most, to be replayed."""
    from wedge.engine.analysis.agendas import any_fracture

    fractured = any_fracture(found.experiments[-1])
    world = int(fractured.idxmax()) if len(fractured) else 0
    changes = as_options(changes_from([*sets, found.orders[-1].setting], policies))
    return [scenario, "--seed", str(seed), "--world", str(world), *changes]


def _ranking(found: "Agendas") -> Any:
    rows = []
    for row in rows_of(found.ranking):
        mark = " (as written)" if row["written"] else ""
        rows.append((f"{row['rank']}. {row['order']}{mark}", *_shares(row)))
    n = found.experiments[0].count
    title = f"Orders of the stages, by the share of {n:,} worlds in which any alliance fractures"
    return table(title, ("", "fractures", "95 % interval", "all settled", "95 % interval"), rows)


def _shares(row: dict[str, Any]) -> tuple[str, ...]:
    ends = [(row["share"], row["low"], row["high"]), (row["settled"], row["settled_low"], row["settled_high"])]
    return tuple(
        said for share, low, high in ends for said in (f"{100 * share:.1f} %", f"{100 * low:.1f} to {100 * high:.1f}")
    )


def _payoffs(found: "Agendas") -> Any:
    columns = [name for name in found.ranking.columns if name.startswith("payoff.")]
    names = found.experiments[0].names
    titles = dict(zip(names.states, names.state_titles, strict=True))
    rows = [
        (f"{row['rank']}. {row['order']}", *(f"{row[name]:+.3f}" for name in columns)) for row in rows_of(found.ranking)
    ]
    heads = [titles[name.partition(".")[2]] for name in columns]
    return table("Mean payoff of each state", ("", *heads), rows)


def _neighbours(found: "Agendas") -> Any:
    rows = []
    for place, row in enumerate(rows_of(found.neighbours)):
        points = f"{100 * row['difference']:+.1f}"
        interval = f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
        p = "< 0.001" if row["p_holm"] < 0.001 else f"{row['p_holm']:.3f}"
        rows.append((f"{place + 2} over {place + 1}", points, interval, p, "yes" if row["told_apart"] else "no"))
    columns = ("", "points", "95 % interval", "p after\nHolm", "told apart")
    return table("Neighbours in the ranking, world by world", columns, rows)
