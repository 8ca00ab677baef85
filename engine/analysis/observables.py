"""Everything that is observed in a run, by name, and how it is computed from the tables.

The one place where observables are declared. A *share* is true or false in each world, a *mean*
is a number in each world (or missing). Names are spelt like the paths of numbers:
``alliances.western.fractured``, ``ties.united_states.ukraine.withheld``, ``states.ukraine.payoff``.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.manifest import manifest_of
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.results import Experiment
from wedge.engine.experiment.running import loaded, plan_of
from wedge.engine.experiment.stopping import ANY_FRACTURE, Watch

SHARE, MEAN = "share", "mean"


class Observable(NamedTuple):
    """One thing that is observed in every run."""

    name: str
    kind: str  # SHARE or MEAN
    title: str  # a sentence for a share, a noun for a mean
    unit: str
    table: str
    where: tuple[tuple[str, Any], ...]  # the row of the world in that table
    value: str  # SQL over that row


def observables(experiment: Experiment) -> dict[str, Observable]:
    """All observables of an experiment, by name, in the order in which they are told."""
    return {observable.name: observable for observable in _declared(experiment)}


def watch_for(scenario: Any, name: str | None = None) -> Watch:
    """The share of that name, to be watched while a scenario (loaded, or its file or name) is played; any fracture without one.

    Raises ExperimentError when there is no such share.
    """
    scenario = loaded(scenario)
    if not name or name == ANY_FRACTURE.name:
        return ANY_FRACTURE
    plan = plan_of(scenario, 1, 0)
    known = observables(Experiment(Path(), plan, manifest_of(scenario, plan, ())))
    shares = {found.name: found for found in known.values() if found.kind == SHARE}
    if name not in shares:
        from difflib import get_close_matches

        near = get_close_matches(name, shares, n=1)
        cure = f"did you mean {near[0]}?" if near else f"such as {', '.join(list(shares)[:3])}"
        wrong = f"{name} is a mean, and only a share can be watched" if name in known else f"there is no share {name}"
        raise ExperimentError(wrong, cure)
    found = shares[name]
    return Watch(found.name, found.title, found.table, found.where, found.value)


def values_of(experiment: Experiment, observable: Observable) -> Any:
    """Its value in every world: a float series over world numbers, nan where it is missing."""
    return values_in_row(experiment, [observable])[observable.name]


def values_in_row(experiment: Experiment, row: Sequence[Observable]) -> Any:
    """The values of observables that stand in one row of one table: a column for each, over world numbers."""
    table, where = row[0].table, row[0].where
    conditions = " AND ".join(f'"{column}" = ?' for column, _ in where) or "TRUE"
    values = ", ".join(f"CAST({observable.value} AS DOUBLE) AS value{n}" for n, observable in enumerate(row))
    frame = experiment.ask(
        f'SELECT world, {values} FROM "{table}" WHERE {conditions} ORDER BY world', tuple(value for _, value in where)
    ).set_index("world")
    return frame.set_axis([observable.name for observable in row], axis="columns")


def by_row(wanted: Iterable[Observable]) -> list[list[Observable]]:
    """Observables in groups that one question answers: those that stand in one row of one table."""
    groups: dict[Any, list[Observable]] = {}
    for observable in wanted:
        groups.setdefault((observable.table, observable.where), []).append(observable)
    return list(groups.values())


def _declared(experiment: Experiment) -> Iterable[Observable]:
    names = experiment.names
    horizon = experiment.horizon
    for alliance, title in zip(names.alliances, names.alliance_titles, strict=True):
        yield from _of_alliance(alliance, title, horizon)
    titles = dict(zip(names.states, names.state_titles, strict=True))
    for source, target in names.ties:
        yield from _of_tie(source, target, f"{titles[source]} → {titles[target]}", horizon)
    yield from _of_talks()
    if any(issue["ends_war"] for issue in experiment.scenario["meaning"]["issues"].values()):
        yield from _of_war(horizon)
    for stage, title in zip(names.stages, names.stage_titles, strict=True):
        yield Observable(
            f"stages.{stage}.settled",
            SHARE,
            f"{title}: settled",
            "",
            "stages",
            _row(stage=stage),
            "standing = 'settled'",
        )
    for issue, title in zip(names.issues, names.issue_titles, strict=True):
        yield Observable(
            f"issues.{issue}.settled", SHARE, f"{title}: settled", "", "issues", _row(issue=issue), "settled"
        )
        yield Observable(
            f"issues.{issue}.level", MEAN, f"{title}: level at the end", "level", "issues", _row(issue=issue), "level"
        )
    for state in _as_declared(names):
        yield from _of_state(state, titles[state])
    for event, title in zip(names.events, names.event_titles, strict=True):
        yield Observable(
            f"events.{event}.happened", SHARE, f"event: {title}", "", "events", _row(event=event), "happened"
        )


def _of_alliance(alliance: str, title: str, horizon: float) -> Iterable[Observable]:
    row, path = _row(alliance=alliance), f"alliances.{alliance}"
    yield Observable(f"{path}.fractured", SHARE, f"{title} fractures", "", "alliances", row, "fractured")
    yield Observable(f"{path}.split", SHARE, f"{title} splits", "", "alliances", row, "split")
    held = f"coalesce(fracture_day, {horizon!r})"
    yield Observable(f"{path}.days_held", MEAN, f"{title}: days it held", "days", "alliances", row, held)


def _of_tie(source: str, target: str, title: str, horizon: float) -> Iterable[Observable]:
    row, path = _row(source=source, target=target), f"ties.{source}.{target}"
    yield Observable(f"{path}.fractured", SHARE, f"{title} fractures", "", "ties", row, "fractured")
    low = f"{title}: support is suspended, for low commitment"
    yield Observable(f"{path}.suspended", SHARE, low, "", "ties", row, "suspended")
    held = f"{title}: support is withheld, by events or leaving too"
    yield Observable(f"{path}.withheld", SHARE, held, "", "ties", row, "withheld")
    yield Observable(f"{path}.restored", SHARE, f"{title}: support is restored", "", "ties", row, "restored")
    held = f"coalesce(fracture_day, {horizon!r})"
    yield Observable(f"{path}.days_held", MEAN, f"{title}: days it held", "days", "ties", row, held)
    yield Observable(
        f"{path}.commitment_end", MEAN, f"{title}: commitment at the end", "share", "ties", row, "commitment_end"
    )
    yield Observable(f"{path}.lowest", MEAN, f"{title}: lowest commitment", "share", "ties", row, "lowest")


def _of_talks() -> Iterable[Observable]:
    yield Observable("talks.settled", SHARE, "everything is settled", "", "runs", (), "ending = 'settled'")
    yield Observable(
        "talks.out_of_rounds", SHARE, "the talks run out of rounds", "", "runs", (), "ending = 'out_of_rounds'"
    )
    yield Observable("talks.walked_out", SHARE, "a needed state walks out", "", "runs", (), "ending = 'walked_out'")
    yield Observable("talks.days", MEAN, "days the talks last", "days", "runs", (), "end_day")
    yield Observable("talks.stages_settled", MEAN, "stages settled", "stages", "runs", (), "stages_settled")


def _of_war(horizon: float) -> Iterable[Observable]:
    yield Observable("talks.peace", SHARE, "the war ends", "", "runs", (), "peace_day IS NOT NULL")
    war = f"coalesce(peace_day, {horizon!r})"
    yield Observable("talks.war_days", MEAN, "days of war, up to the horizon", "days", "runs", (), war)


def _of_state(state: str, title: str) -> Iterable[Observable]:
    row, path = _row(state=state), f"states.{state}"
    shares = {
        "conceded_precondition": (f"{title} signs less than it had on a precondition", "conceded_precondition"),
        "order_changed": (f"{title} changes the order it would rather have", "order_changes > 0"),
        "gone": (f"{title} walks out", "gone"),
    }
    for name, (said, value) in shares.items():
        yield Observable(f"{path}.{name}", SHARE, said, "", "states", row, value)
    blamed = "blamed = '" + state.replace("'", "''") + "'"
    yield Observable(f"{path}.most_blamed", SHARE, f"{title} takes most of the blame", "", "runs", (), blamed)
    yield Observable(f"{path}.payoff", MEAN, f"{title}: payoff", "utility", "states", row, "payoff")
    yield Observable(f"{path}.weariness", MEAN, f"{title}: weariness at the end", "share", "states", row, "weariness")
    for move in ("proposed", "accepted", "conceded", "rejected"):
        yield Observable(f"{path}.{move}", MEAN, f"{title}: times it {move}", "times", "states", row, f'"{move}"')


def _row(**where: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(where.items())


def _as_declared(names: Any) -> list[str]:
    """States in the order in which the scenario declares them."""
    return [names.states[place] for place in names.display]
