"""The coded facts of the historical episodes, read from ``scenarios/history/facts.csv`` and checked."""

import csv
import datetime
from collections.abc import Mapping
from pathlib import Path

from wedge.engine.analysis.history.readings import AGENDAS, READINGS
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario.finding import packaged_folder

ROLES = ("divider", "courted", "holdout")
TITLES = (*ROLES, "demand", "settlement", "security")
DAYS = ("start", "end")
THREATS = tuple(f"threat_to_{role}" for role in reversed(ROLES))
CHOICES: Mapping[str, tuple[str, ...]] = {
    **{fact: tuple(reading.classes) for fact, reading in READINGS.items()},
    "in_sight": ("no", "yes"),
    "agenda": AGENDAS,
    "bond": ("loose", "treaty", "close"),
    "strained": ("no", "yes"),
    "red_line": ("no", "yes"),
    "ends_war": ("none", "demand", "settlement"),
    "holdout_signs": ("no", "yes"),
    "side_payments": ("none", "to_holdout", "to_courted"),
}
FACTS = (*TITLES, *DAYS, *THREATS, *CHOICES)
COLUMNS = ("episode", "fact", "value", "source", "note")

Facts = Mapping[str, str]  # the value of every fact of an episode


def facts_file() -> Path:
    """The file of coded facts that comes with Wedge."""
    return packaged_folder() / "history" / "facts.csv"


def read_facts(path: Path | None = None) -> dict[str, Facts]:
    """The facts of every episode, by its name, in the order of the file.

    Raises ExperimentError, with the line, where a fact is unknown, told twice or missing, has a value that is none
    of its classes, or has neither a source nor a note that calls it a judgement.
    """
    path = path or facts_file()
    episodes: dict[str, dict[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ExperimentError(f"{path}: the columns are not {', '.join(COLUMNS)}", "write that first line")
        for row in reader:
            wrong = _wrong(row, episodes.get(row["episode"], {}))
            if wrong:
                raise ExperimentError(f"{path}:{reader.line_num}: {wrong}", "see scenarios/history/protocol.md")
            episodes.setdefault(row["episode"], {})[row["fact"]] = row["value"]
    for episode, facts in episodes.items():
        missing = [fact for fact in FACTS if fact not in facts]
        if missing:
            raise ExperimentError(f"{path}: {episode} lacks {', '.join(missing)}", "code every fact of every episode")
    return dict(episodes)


def _wrong(row: Mapping[str, str | None], known: Mapping[str, str]) -> str:
    """What is wrong with a line, or nothing."""
    fact, value = row["fact"] or "", row["value"] or ""
    if fact not in FACTS:
        return f"there is no fact {fact!r}"
    if fact in known:
        return f"{fact} is told twice"
    if fact in CHOICES and value not in CHOICES[fact]:
        return f"{fact} is {value!r} and not one of {', '.join(CHOICES[fact])}"
    if (fact in DAYS or (fact in THREATS and value != "none")) and not _is_day(value):
        return f"{fact} is {value!r} and not a day such as 2030-01-31"
    if fact in TITLES and not value:
        return f"{fact} says nothing"
    if not row["source"] and not (row["note"] or "").startswith("judgement"):
        return f"{fact} has no source and is not called a judgement"
    return ""


def _is_day(text: str) -> bool:
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True
