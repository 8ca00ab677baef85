"""What one experiment says: how often, when, who broke, through which channel, and what else happened."""

import json
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from wedge.engine.analysis.estimates import band_of, mean_from, quantiles_of_counts, share_of, shares_by_day
from wedge.engine.analysis.observables import SHARE, observables
from wedge.engine.analysis.sentences import answer_of, assumptions_of, stopping_of
from wedge.engine.analysis.times import by_end_and_round
from wedge.engine.analysis.totals import FIRST, fracture_days, totals_of
from wedge.engine.experiment.files import write_json
from wedge.engine.experiment.results import Experiment
from wedge.engine.model.words import CHANNELS

SUMMARY = "summary.json"


@dataclass(frozen=True)
class Summary:
    """Each table is a data frame; shares carry Wilson's 95 % interval, or one that is valid however often one looks
    where watching the results decided how many worlds there are; means a t interval. Quartiles are
    those of the first 50,000 worlds.
    """

    about: dict[str, Any]  # scenario, seed, worlds, n, failed
    shares: Any  # observable, title, count, n, share, low, high
    means: Any  # observable, title, unit, n, mean, low, high, sd, lower, median, upper
    when: Any  # observable, title, n, first, lower, median, upper: days among the worlds where it fractured
    by_day: Any  # observable, day, count, n, share, low, high: share of all worlds by that day
    ends: Any  # observable, end, day, count, n, share, low, high: share of all worlds by that day, by the end that came first
    hazard: Any  # observable, round, day, at_risk, count, share, low, high: chance to fracture of those still at risk
    broke: Any  # alliance, source, target, count, n, share, low, high: ties that broke first
    channels: Any  # source, target, worlds, channel, change, share_of_loss: in worlds where the tie fractured
    levels: Any  # issue, title, settled, n, mean, lower, median, upper: the level where it was settled
    moves: Any  # state, title, and how often it did what, in the mean world
    orders: Any  # state, first, last, count, n, share: the order it would rather have, at first and at last
    events: Any  # event, title, count, n, share, low, high, median_day
    answer: str
    stopped: str  # by which rule, where the worlds were not given; else empty
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
    ends, hazards = by_end_and_round(experiment)
    when, by_day = _when(experiment)
    tables = {
        "shares": shares,
        "means": means,
        "when": when,
        "by_day": by_day,
        "ends": ends,
        "hazard": hazards,
        "broke": _broke(experiment),
        "channels": _channels(experiment),
        "levels": _levels(experiment),
        "moves": _moves(experiment),
        "orders": _orders(experiment),
        "events": _events(experiment),
    }
    return Summary(
        _about(experiment),
        **tables,
        answer=answer_of(experiment, tables),
        stopped=stopping_of(experiment),
        assumptions=assumptions_of(experiment),
    )


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
        "n": experiment.count,
        "failed": experiment.failures,
        "finished": experiment.finished,
        "stopping": experiment.stopping,
    }


def _shares_and_means(experiment: Experiment) -> tuple[Any, Any]:
    import pandas as pd

    shares, means = [], []
    declared = observables(experiment)
    found, band = totals_of(experiment, declared.values()), band_of(experiment)
    for name, observable in declared.items():
        total = found[name]
        row: dict[str, Any] = {"observable": name, "title": observable.title}
        if observable.kind == SHARE:
            shares.append(row | share_of(total.happened, total.n, band=band).as_row())
        else:
            mean = mean_from(total.known, total.mean, total.sd, total.quartiles)
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
    band, rows, bands = band_of(experiment), [], []
    for observable in observables(experiment).values():
        if observable.table not in ("alliances", "ties") or not observable.name.endswith(".fractured"):
            continue
        on, counts = fracture_days(experiment, observable)
        lower, median, upper = quantiles_of_counts(on, counts)
        first = float(on[0]) if len(on) else float("nan")
        row = {"observable": observable.name, "title": observable.title, "n": int(counts.sum()), "first": first}
        rows.append(row | {"lower": lower, "median": median, "upper": upper})
        bands.append(shares_by_day(on, counts, experiment.count, grid, band).assign(observable=observable.name))
    columns = ["observable", "title", "n", "first", "lower", "median", "upper"]
    by_day = pd.concat(bands or [shares_by_day([], [], 0, [])], ignore_index=True)
    return pd.DataFrame(rows, columns=columns), by_day.reindex(columns=["observable", *BAND])


def _broke(experiment: Experiment) -> Any:
    """Which tie broke first in the worlds where an alliance fractured; two may break in the same round."""
    import pandas as pd

    rows = []
    for alliance in experiment.names.alliances:
        found, n = _first_broken(experiment, alliance)
        for (source, target), count in sorted(found.items(), key=lambda item: (-item[1], item[0])):
            share = share_of(count, n, band=band_of(experiment)).as_row()
            rows.append({"alliance": alliance, "source": source, "target": target} | share)
    return pd.DataFrame(rows, columns=["alliance", "source", "target", "count", "n", "share", "low", "high"])


def _first_broken(experiment: Experiment, alliance: str) -> tuple[Counter[tuple[str, str]], int]:
    """In how many worlds each tie of an alliance broke in the round in which the alliance fractured, and in how many it did."""
    members = experiment.names.members[alliance]
    some = ", ".join("?" for _ in members)
    found: Counter[tuple[str, str]] = Counter()
    for views in experiment.slices(("alliances", "ties")):
        broke = views.ask(
            "SELECT ties.source, ties.target, count(*) AS count FROM alliances JOIN ties USING (world, fracture_round) "
            f"WHERE alliances.fractured AND ties.fractured AND alliance = ? AND source IN ({some}) AND target IN ({some}) "
            "GROUP BY ALL",
            (alliance, *members, *members),
        )
        for source, target, count in broke.itertuples(index=False):
            found[source, target] += int(count)
    fractured = experiment.ask("SELECT count(*) AS n FROM alliances WHERE fractured AND alliance = ?", (alliance,))
    return found, int(fractured["n"][0])


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
        f"quantile_cont(level, [0.25, 0.5, 0.75]) FILTER (settled AND {FIRST}) AS quartiles FROM issues GROUP BY issue"
    ).set_index("issue")
    rows = []
    for issue, title in zip(experiment.names.issues, experiment.names.issue_titles, strict=True):
        row = found.loc[issue]
        known = row["settled"] > 0
        lower, median, upper = row["quartiles"] if known and row["quartiles"] is not None else (float("nan"),) * 3
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
    n = experiment.count
    found = experiment.ask(
        'SELECT state, first_order AS first, "order" AS last, count(*) AS count FROM states '
        "WHERE first_order <> '' GROUP BY ALL ORDER BY state, count DESC, first, last"
    )
    return found.assign(n=n, share=found["count"] / n if n else float("nan"))


def _events(experiment: Experiment) -> Any:
    import pandas as pd

    found = experiment.ask(
        f"SELECT event, count(*) FILTER (happened) AS count, count(*) AS n, median(day) FILTER (happened AND {FIRST}) AS median_day "
        "FROM events GROUP BY event"
    ).set_index("event")
    rows = []
    for event, title in zip(experiment.names.events, experiment.names.event_titles, strict=True):
        row = found.loc[event]
        share = share_of(int(row["count"]), int(row["n"]), band=band_of(experiment)).as_row()
        rows.append({"event": event, "title": title} | share | {"median_day": row["median_day"]})
    return pd.DataFrame(rows, columns=["event", "title", "count", "n", "share", "low", "high", "median_day"])


def _only(frame: Any, observable: str) -> Any:
    found = frame[frame["observable"] == observable] if len(frame) else frame
    if not len(found):
        raise KeyError(observable)
    return found.iloc[0]


def _plain(value: Any) -> Any:
    return json.loads(value.to_json(orient="records", double_precision=15)) if hasattr(value, "to_json") else value
