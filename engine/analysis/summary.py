"""What one experiment says: how often, when, who broke, through which channel, and what else happened."""

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wedge.engine.analysis.estimates import mean_of, share_of, shares_by_day
from wedge.engine.analysis.observables import SHARE, observables, values_of
from wedge.engine.analysis.sentences import answer_of, assumptions_of
from wedge.engine.experiment.files import write_json
from wedge.engine.experiment.results import Experiment
from wedge.engine.model.words import CHANNELS

SUMMARY = "summary.json"


@dataclass(frozen=True)
class Summary:
    """Each table is a data frame; shares carry Wilson's 95 % interval, means a t interval."""

    about: dict[str, Any]  # scenario, seed, worlds, n, failed
    shares: Any  # observable, title, count, n, share, low, high
    means: Any  # observable, title, unit, n, mean, low, high, sd, lower, median, upper
    when: Any  # observable, title, n, first, lower, median, upper: days among the worlds where it fractured
    by_day: Any  # observable, day, count, n, share, low, high: share of all worlds by that day
    broke: Any  # alliance, source, target, count, n, share, low, high: ties that broke first
    channels: Any  # source, target, worlds, channel, change, share_of_loss: in worlds where the tie fractured
    levels: Any  # issue, title, settled, n, mean, lower, median, upper: the level where it was settled
    moves: Any  # state, title, and how often it did what, in the mean world
    orders: Any  # state, first, last, count, n, share: the order it would rather have, at first and at last
    events: Any  # event, title, count, n, share, low, high, median_day
    answer: str
    assumptions: str

    def as_json(self) -> dict[str, Any]:
        """Plain values; what is missing is null."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    def share(self, observable: str) -> Any:
        """The row of one share. Raises KeyError when there is no such share."""
        return _only(self.shares, observable)

    def mean(self, observable: str) -> Any:
        """The row of one mean. Raises KeyError when there is no such mean."""
        return _only(self.means, observable)


def summarise(experiment: Experiment) -> Summary:
    """All tables of an experiment's summary, as data frames."""
    shares, means = _shares_and_means(experiment)
    when, by_day = _when(experiment)
    tables = {
        "shares": shares,
        "means": means,
        "when": when,
        "by_day": by_day,
        "broke": _broke(experiment),
        "channels": _channels(experiment),
        "levels": _levels(experiment),
        "moves": _moves(experiment),
        "orders": _orders(experiment),
        "events": _events(experiment),
    }
    said = answer_of(experiment, tables), assumptions_of(experiment)
    return Summary(_about(experiment), **tables, answer=said[0], assumptions=said[1])


def save_summary(summary: Summary, folder: Path) -> None:
    """Write ``summary.json`` into the experiment's folder."""
    write_json(folder / SUMMARY, summary.as_json())


def _about(experiment: Experiment) -> dict[str, Any]:
    return {
        "scenario": experiment.code,
        "name": experiment.scenario["words"]["name"],
        "summary": experiment.scenario["words"]["summary"],
        "sha256": experiment.plan.scenario,
        "seed": experiment.seed,
        "worlds": experiment.plan.worlds,
        "n": len(experiment.worlds),
        "failed": experiment.failures,
        "finished": experiment.finished,
    }


def _shares_and_means(experiment: Experiment) -> tuple[Any, Any]:
    import pandas as pd

    shares, means = [], []
    for observable in observables(experiment).values():
        values = values_of(experiment, observable).to_numpy()
        row: dict[str, Any] = {"observable": observable.name, "title": observable.title}
        if observable.kind == SHARE:
            shares.append(row | share_of(int((values > 0).sum()), len(values)).as_row())
        else:
            mean = mean_of(values)
            lower, median, upper = mean.quartiles
            row |= {"unit": observable.unit, "n": mean.n, "mean": mean.mean, "low": mean.low, "high": mean.high}
            means.append(row | {"sd": mean.sd, "lower": lower, "median": median, "upper": upper})
    return pd.DataFrame(shares), pd.DataFrame(means)


BAND = ("day", "count", "n", "share", "low", "high")


def _when(experiment: Experiment) -> tuple[Any, Any]:
    """Days of fracture, of each alliance and tie: among those that fractured, and as a share of all by day."""
    import pandas as pd

    rounds, days = int(experiment.manifest["rounds"]), float(experiment.names.days)
    grid = [days * (n + 1) for n in range(rounds)]
    n, rows, bands = len(experiment.worlds), [], []
    for observable in observables(experiment).values():
        if observable.table not in ("alliances", "ties") or not observable.name.endswith(".fractured"):
            continue
        on = values_of(experiment, observable._replace(value="fracture_day")).to_numpy()
        mean = mean_of(on)
        lower, median, upper = mean.quartiles
        first = float(on[on == on].min()) if mean.n else float("nan")
        row = {"observable": observable.name, "title": observable.title, "n": mean.n, "first": first}
        rows.append(row | {"lower": lower, "median": median, "upper": upper})
        bands.append(shares_by_day(on, n, grid).assign(observable=observable.name))
    columns = ["observable", "title", "n", "first", "lower", "median", "upper"]
    by_day = pd.concat(bands or [shares_by_day([], n, [])], ignore_index=True)
    return pd.DataFrame(rows, columns=columns), by_day.reindex(columns=["observable", *BAND])


def _broke(experiment: Experiment) -> Any:
    """Which tie broke first in the worlds where an alliance fractured; two may break in the same round."""
    import pandas as pd

    rows = []
    for alliance in experiment.names.alliances:
        members = experiment.names.members[alliance]
        some = ", ".join("?" for _ in members)
        found = experiment.ask(
            "SELECT ties.source, ties.target, count(*) AS count FROM alliances JOIN ties USING (world, fracture_round) "
            f"WHERE alliances.fractured AND ties.fractured AND alliance = ? AND source IN ({some}) AND target IN ({some}) "
            "GROUP BY ALL ORDER BY count DESC, source, target",
            (alliance, *members, *members),
        )
        n = int(
            experiment.ask("SELECT count(*) AS n FROM alliances WHERE fractured AND alliance = ?", (alliance,))["n"][0]
        )
        for source, target, count in found.itertuples(index=False):
            share = share_of(int(count), n).as_row()
            rows.append({"alliance": alliance, "source": source, "target": target} | share)
    return pd.DataFrame(rows, columns=["alliance", "source", "target", "count", "n", "share", "low", "high"])


def _channels(experiment: Experiment) -> Any:
    """What strained each tie that fractured anywhere: mean change by channel, and its share of the total loss."""
    import pandas as pd

    means = ", ".join(f'avg("{channel}") AS "{channel}"' for channel in CHANNELS)
    found = experiment.ask(
        f"SELECT source, target, count(*) AS worlds, {means} FROM ties WHERE fractured GROUP BY ALL ORDER BY source, target"
    )
    rows = []
    for tie in found.to_dict("records"):
        lost = -sum(min(0.0, tie[channel]) for channel in CHANNELS)
        for channel in CHANNELS:
            share = max(0.0, -tie[channel]) / lost if lost > 0 else float("nan")
            known = {key: tie[key] for key in ("source", "target", "worlds")}
            rows.append(known | {"channel": channel, "change": tie[channel], "share_of_loss": share})
    return pd.DataFrame(rows, columns=["source", "target", "worlds", "channel", "change", "share_of_loss"])


def _levels(experiment: Experiment) -> Any:
    """The level at which each issue was settled, over the worlds where it was."""
    import pandas as pd

    found = experiment.ask(
        "SELECT issue, count(*) FILTER (settled) AS settled, count(*) AS n, avg(level) FILTER (settled) AS mean, "
        "quantile_cont(level, [0.25, 0.5, 0.75]) FILTER (settled) AS quartiles FROM issues GROUP BY issue"
    ).set_index("issue")
    rows = []
    for issue, title in zip(experiment.names.issues, experiment.names.issue_titles, strict=True):
        row = found.loc[issue]
        known = row["settled"] > 0
        lower, median, upper = row["quartiles"] if known else (float("nan"),) * 3
        counts = {"settled": int(row["settled"]), "n": int(row["n"]), "mean": row["mean"] if known else float("nan")}
        rows.append({"issue": issue, "title": title} | counts | {"lower": lower, "median": median, "upper": upper})
    return pd.DataFrame(rows)


MOVES = ("proposed", "passed", "consulted", "accepted", "conceded", "rejected")


def _moves(experiment: Experiment) -> Any:
    means = ", ".join(f'avg("{move}") AS "{move}"' for move in MOVES)
    found = experiment.ask(f"SELECT state, {means}, avg(blame) AS blame FROM states GROUP BY state").set_index("state")
    names = experiment.names
    titles = dict(zip(names.states, names.state_titles, strict=True))
    found = found.loc[[names.states[place] for place in names.display]]
    found.insert(0, "title", [titles[state] for state in found.index])
    return found.reset_index()


def _orders(experiment: Experiment) -> Any:
    """Which declared order each state would rather have had, at first and at last."""
    n = len(experiment.worlds)
    found = experiment.ask(
        'SELECT state, first_order AS first, "order" AS last, count(*) AS count FROM states '
        "WHERE first_order <> '' GROUP BY ALL ORDER BY state, count DESC, first, last"
    )
    return found.assign(n=n, share=found["count"] / n if n else float("nan"))


def _events(experiment: Experiment) -> Any:
    import pandas as pd

    found = experiment.ask(
        "SELECT event, count(*) FILTER (happened) AS count, count(*) AS n, median(day) FILTER (happened) AS median_day "
        "FROM events GROUP BY event"
    ).set_index("event")
    rows = []
    for event, title in zip(experiment.names.events, experiment.names.event_titles, strict=True):
        row = found.loc[event]
        share = share_of(int(row["count"]), int(row["n"])).as_row()
        rows.append({"event": event, "title": title} | share | {"median_day": row["median_day"]})
    return pd.DataFrame(rows, columns=["event", "title", "count", "n", "share", "low", "high", "median_day"])


def _only(frame: Any, observable: str) -> Any:
    found = frame[frame["observable"] == observable] if len(frame) else frame
    if not len(found):
        raise KeyError(observable)
    return found.iloc[0]


def _plain(value: Any) -> Any:
    return json.loads(value.to_json(orient="records", double_precision=15)) if hasattr(value, "to_json") else value
