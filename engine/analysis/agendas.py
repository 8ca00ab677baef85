"""Every order of the stages of one scenario, played in the same worlds and ranked by fracture.

A stage that comes ``after`` others says two things at once: what the author thinks must come first, and in
which order the stages are dealt with. To ask what the *order* does, every order is written as a chain: each
stage after the one before it (a stage that was open from the start waits as well), and every precondition
of the file is dropped. With ``keep`` the file's preconditions stay as they are, and only those orders are
tried in which each stage stands after all that it waits for.

Orders are variants of the scenario, loaded with a value put over its agenda: each has a hash of its own, and
its code with ``--set`` replays any of its worlds.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial
from pathlib import Path
from typing import Any

from wedge.engine.analysis.comparison import records
from wedge.engine.analysis.estimates import band_of, mean_of, share_of
from wedge.engine.analysis.multiplicity import holm
from wedge.engine.analysis.observables import observables, values_of
from wedge.engine.analysis.paired import paired_shares, paired_table
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment

MOST = 24  # orders that are tried unless more are allowed: those of four stages
ARROW = " → "


@dataclass(frozen=True)
class Order:
    """One order of the stages."""

    stages: tuple[str, ...]
    scenario: Any  # as loaded
    setting: str  # the --set by which it is made from the file

    @property
    def label(self) -> str:
        """Such as ceasefire → territory → terms."""
        return ARROW.join(self.stages)


@dataclass(frozen=True)
class Agendas:
    """All orders, ranked: the one under which alliances fracture least comes first."""

    orders: list[Order]  # as ranked
    experiments: list[Experiment]  # in the same order
    ranking: (
        Any  # rank, order, written, count, n, share, low, high, settled, settled_low, settled_high, and payoff.STATE
    )
    neighbours: Any  # better, worse, both, neither, only_a, only_b, difference, low, high, p, p_holm, told_apart

    def as_json(self) -> dict[str, Any]:
        """The ranking and its neighbours, and how to replay each order."""
        made = [{"order": each.label, "set": each.setting, "sha256": each.scenario.sha256} for each in self.orders]
        return {"orders": made, "ranking": records(self.ranking), "neighbours": records(self.neighbours)}


def orders_of(
    scenario: str, sets: Sequence[str] = (), policies: Sequence[str] = (), keep: bool = False, most: int = MOST
) -> list[Order]:
    """Every admissible order of a scenario's stages, the file's own first.

    Raises ExperimentError where there is one stage only or there are more orders than ``most``, and
    ScenarioError where the scenario is wrong.
    """
    from wedge.engine.scenario import load

    written = load(scenario, sets=sets, policies=policies)
    stages = {stage.stage: stage for stage in written.model.agenda}
    if len(stages) < 2:
        raise ExperimentError(
            f"{scenario} has one stage, so there is one order", "give a scenario with two stages or more"
        )
    waits = {name: stage.preconditions for name, stage in stages.items()} if keep else {}
    found = list(_admissible(list(stages), waits, most))
    if len(found) > most:
        said = (
            f"{factorial(len(stages)):,} orders of {len(stages)} stages" if not keep else f"more than {most:,} orders"
        )
        raise ExperimentError(
            f"{said} are too many: at most {most:,} are tried", "allow more with --most, or keep the file's preconditions with --keep-preconditions"
        )  # fmt: skip
    orders = []
    for order in found:
        setting = f"agenda={_agenda(written, order, keep)}"
        named = f"name={json.dumps(ARROW.join(order), ensure_ascii=False)}"
        orders.append(Order(order, load(scenario, sets=[*sets, setting, named], policies=policies), setting))
    return orders


def _admissible(names: Sequence[str], waits: dict[str, list[str]], most: int) -> list[tuple[str, ...]]:
    """Orders in which each stage stands after all it waits for, no more than one beyond ``most``."""
    found = []
    for order in permutations(names):
        if all(order.index(first) < place for place, name in enumerate(order) for first in waits.get(name, ())):
            found.append(order)
        if len(found) > most:
            break
    return found


def _agenda(written: Any, order: Sequence[str], keep: bool) -> str:
    """The agenda in that order, as it may stand in a file: JSON is YAML."""
    given = {
        stage.stage: stage.model_dump(mode="json", by_alias=True, exclude_unset=True) for stage in written.model.agenda
    }
    stages = []
    for place, name in enumerate(order):
        stage = {key: value for key, value in given[name].items() if keep or key != "after"}
        if not keep and place:
            stage["after"] = order[place - 1]
        stages.append(stage)
    return json.dumps(stages, ensure_ascii=False)


def rank_agendas(
    scenario: str,
    worlds: int = 1000,
    seed: int = 0,
    out: Path | str | None = None,
    *,
    sets: Sequence[str] = (),
    policies: Sequence[str] = (),
    keep: bool = False,
    most: int = MOST,
    **options: Any,
) -> Agendas:
    """Play every order of a scenario's stages in the same worlds and rank them; ``options`` are those of ``run_together``.

    Raises what ``orders_of`` and ``run_together`` raise.
    """
    from wedge.engine.experiment import run_together

    orders = orders_of(scenario, sets, policies, keep, most)
    return ranked(orders, run_together([order.scenario for order in orders], worlds, seed, out, **options))


def ranked(orders: Sequence[Order], experiments: Sequence[Experiment]) -> Agendas:
    """Rank orders that were played in the same worlds, by the share of worlds in which any alliance fractures.

    Where two share it, the one that settles more comes first. Neighbours are compared world by world, p values
    by McNemar after Holm over all pairs of neighbours; a ranking picks the lucky, so read the intervals first.
    """
    import pandas as pd

    rows = [
        _row(order, experiment) | {"written": place == 0}
        for place, (order, experiment) in enumerate(zip(orders, experiments, strict=True))
    ]
    places = sorted(range(len(rows)), key=lambda place: (rows[place]["share"], -rows[place]["settled"], place))
    for rank, place in enumerate(places):
        rows[place] = {"rank": rank + 1} | rows[place]
    chosen = [orders[place] for place in places]
    played = [experiments[place] for place in places]
    return Agendas(
        chosen,
        played,
        pd.DataFrame([rows[place] for place in places]),
        _neighbours(chosen, played),
    )


def _row(order: Order, experiment: Experiment) -> dict[str, Any]:
    fractured, known = any_fracture(experiment), observables(experiment)
    share = share_of(int(fractured.sum()), len(fractured), band=band_of(experiment))
    settled = values_of(experiment, known["talks.settled"])
    of_settled = share_of(int(settled.sum()), len(settled), band=band_of(experiment))
    row = {"order": order.label} | share.as_row()
    row |= {"settled": of_settled.share, "settled_low": of_settled.low, "settled_high": of_settled.high}
    for state in (experiment.names.states[place] for place in experiment.names.display):
        row[f"payoff.{state}"] = mean_of(values_of(experiment, known[f"states.{state}.payoff"])).mean
    return row


def any_fracture(experiment: Experiment) -> Any:
    """Whether any alliance fractured, in each world: a series of true and false over worlds."""
    found = experiment.ask("SELECT world, bool_or(fractured) AS fractured FROM alliances GROUP BY world ORDER BY world")
    return found.set_index("world")["fractured"].astype(bool)


def _neighbours(orders: Sequence[Order], experiments: Sequence[Experiment]) -> Any:
    """Each order with the next in the ranking: can the two be told apart?"""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for place in range(len(orders) - 1):
        worse, better = any_fracture(experiments[place + 1]), any_fracture(experiments[place])
        common = worse.index.intersection(better.index)
        cells = paired_table(worse.loc[common].to_numpy(), better.loc[common].to_numpy())
        found = paired_shares(cells)
        names = {"better": orders[place].label, "worse": orders[place + 1].label}
        rows.append(names | cells._asdict() | found._asdict() | {"apart": found.told_apart})
    for row, p in zip(rows, holm([row["p"] for row in rows]), strict=True):
        row |= {"p_holm": p, "told_apart": bool(row.pop("apart") and p < 0.05)}
    return pd.DataFrame(rows)


def sentences_of(agendas: Agendas) -> list[str]:
    """What the ranking comes to, and how far it can be trusted."""
    first, last = agendas.ranking.iloc[0], agendas.ranking.iloc[-1]
    n, apart = len(agendas.orders), int(agendas.neighbours["told_apart"].sum())
    said = [
        f"Of {n} orders, alliances fracture least under {first['order']} ({_said(first)}) and most under {last['order']} ({_said(last)})."
    ]
    said.append(
        f"{apart} of {n - 1} pairs of neighbours in the ranking can be told apart after Holm; where they cannot, their places may be luck."
    )
    own = agendas.ranking[agendas.ranking["written"]].iloc[0]
    return [*said, f"The order as written, {own['order']}, is number {own['rank']}."]


def _said(row: Any) -> str:
    return f"{100 * row['share']:.1f} % of worlds, 95 % interval {100 * row['low']:.1f} to {100 * row['high']:.1f}"
