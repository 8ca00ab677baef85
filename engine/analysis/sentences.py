"""The answer in a sentence, and how numbers are said."""

from typing import Any

from wedge.engine.experiment.results import Experiment

CONDITIONAL = "Results hold under the scenario's assumptions; they are no forecast."


def percent(share: float, digits: int = 1) -> str:
    """Such as 21.5 %; a dash where it is not known."""
    return "–" if share != share else f"{100 * share:.{digits}f} %"


def worlds(n: float) -> str:
    """``1 world``, ``2,000 worlds``."""
    return "1 world" if n == 1 else f"{n:,.0f} worlds"


def with_interval(row: Any) -> str:
    """Such as 21.5 % (19.8 to 23.3 %)."""
    return f"{percent(row['share'])} ({100 * row['low']:.1f} to {percent(row['high'])})"


def number(value: float, digits: int = 3) -> str:
    """A number with so many significant digits; a dash where it is not known."""
    return "–" if value != value else f"{value:.{digits}g}"


def day(value: float) -> str:
    """A day, whole; a dash where it is not known."""
    return "–" if value != value else f"{value:.0f}"


def tie_title(experiment: Experiment, source: str, target: str) -> str:
    """Such as United States → Ukraine."""
    titles = dict(zip(experiment.names.states, experiment.names.state_titles, strict=True))
    return f"{titles[source]} → {titles[target]}"


def answer_of(experiment: Experiment, tables: dict[str, Any]) -> str:
    """How often, when and why alliances fracture in this experiment; how the talks end where there are none."""
    names = experiment.names
    told = [
        _alliance_in_words(experiment, alliance, title, tables)
        for alliance, title in zip(names.alliances, names.alliance_titles, strict=True)
    ]
    if told:
        return " ".join(told)
    settled = _row(tables["shares"], "talks.settled")
    return f"{experiment.label}: everything is settled in {with_interval(settled)} of {worlds(settled['n'])}."


def _alliance_in_words(experiment: Experiment, alliance: str, title: str, tables: dict[str, Any]) -> str:
    name = f"alliances.{alliance}.fractured"
    row, when = _row(tables["shares"], name), _row(tables["when"], name)
    said = f"{experiment.label}: {title} fractures in {with_interval(row)} of {worlds(row['n'])}"
    if not row["count"]:
        return said + "."
    said += f", half of those by day {day(when['median'])}"
    broke = tables["broke"]
    broke = broke[broke["alliance"] == alliance]
    if len(broke):
        first = broke.iloc[0]
        said += f"; {tie_title(experiment, first['source'], first['target'])} breaks first in {percent(first['share'], 0)} of them"
        said += _channel_in_words(tables["channels"], first["source"], first["target"])
    return said + "."


def _channel_in_words(channels: Any, source: str, target: str) -> str:
    lost = channels[(channels["source"] == source) & (channels["target"] == target)].dropna(subset=["share_of_loss"])
    if not len(lost):
        return ""
    most = lost.sort_values("share_of_loss", ascending=False, kind="stable").iloc[0]
    return f", mostly through {most['channel']} ({percent(most['share_of_loss'], 0)} of what it lost)"


def stopping_of(experiment: Experiment) -> str:
    """By which rule the number of worlds was found; nothing where it was given."""
    found = experiment.stopping
    if not found:
        return ""
    last = found["looks"][-1]
    wanted = f"± {100 * found['precision']:.3g} points"
    how = f"once it was known to {wanted}" if found["reached"] else f"at the most allowed, not yet known to {wanted}"
    share = {
        "share": last["happened"] / last["n"] if last["n"] else float("nan"),
        "low": last["low"],
        "high": last["high"],
    }
    return (
        f"Stopped after {worlds(found['worlds'])}, {how}: {found['title']} in {with_interval(share)}. "
        f"Looked at {len(found['looks'])} times; intervals are valid however often one looks."
    )


def assumptions_of(experiment: Experiment) -> str:
    """On what the results are conditional, and how many of the numbers are judgements."""
    told = experiment.scenario
    said = f"{CONDITIONAL} {len(told['judgements']):,} of the {told['given']:,} numbers it gives are judgements without a source"
    said += f"; {len(told['defaults']):,} more are left at the model's defaults." if told["defaults"] else "."
    if experiment.failures:
        said += " Worlds that could not be played are left out."
    if not experiment.finished:
        said += " The experiment is not finished: these are the worlds stored so far."
    return said


def _row(frame: Any, observable: str) -> Any:
    return frame[frame["observable"] == observable].iloc[0]
