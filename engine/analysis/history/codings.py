"""What happened in the historical episodes, as it was coded twice: ``scenarios/history/codings.csv``."""

import csv
from pathlib import Path
from typing import NamedTuple

from wedge.engine.scenario.finding import packaged_folder

FIRST, SECOND, AGREED = "first", "second", "agreed"
READINGS = (AGREED, FIRST, SECOND)  # which coding is believed: where both say the same, or one of them


class Coded(NamedTuple):
    """Both codings of one observable of one episode: 1, 0, or None where it could not happen."""

    first: int | None
    second: int | None

    def value(self, reading: str) -> int | None:
        """What happened, by one coding or where both agree; None where that says nothing."""
        if reading == AGREED:
            return self.first if self.first == self.second else None
        return self.first if reading == FIRST else self.second


Codings = dict[str, dict[str, Coded]]  # by episode and observable


def codings_file() -> Path:
    """The file of codings that comes with Wedge."""
    return packaged_folder() / "history" / "codings.csv"


def read_codings(path: Path | None = None) -> Codings:
    """Both codings of everything, in the order of the file."""
    values: dict[tuple[str, str], dict[str, int | None]] = {}
    with (path or codings_file()).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            value = int(row["value"]) if row["value"] else None
            values.setdefault((row["episode"], row["observable"]), {})[row["coding"]] = value
    codings: Codings = {}
    for (episode, observable), coded in values.items():
        codings.setdefault(episode, {})[observable] = Coded(coded[FIRST], coded[SECOND])
    return codings
