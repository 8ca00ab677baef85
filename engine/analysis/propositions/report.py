"""The propositions as a whole: played in the same worlds, judged, and told as plain records or as rows of a table."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.propositions.judging import CHANCE, Judged, judged
from wedge.engine.analysis.propositions.stated import FOLDER, Contrast, arms_of, stated
from wedge.engine.analysis.variants import chunks
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import load
from wedge.engine.simulation.many import Driver, driver_for, play_many

AT_ONCE = 500  # worlds between looks at the clock
COLUMNS = ("", "predicted", "first", "second", "difference", "95 % interval", "p", "verdict")
WARNING = (
    "A sign that is found says that the rules imply the proposition in these scenarios, with numbers that are "
    "judgements; it is no evidence about the world."
)


class Propositions(NamedTuple):
    """What the propositions came to."""

    worlds: int
    seed: int
    judged: Sequence[Judged]

    @property
    def met(self) -> bool:
        """Whether everything that was tried came out as predicted."""
        return all(one.met is not False for one in self.judged)

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "worlds": self.worlds,
            "seed": self.seed,
            "chance": CHANCE,
            "warning": WARNING,
            "contrasts": [one.as_json() for one in self.judged],
        }


def propositions(
    names: Sequence[str] = (),
    worlds: int = 4000,
    seed: int = 7,
    driver: Driver = "auto",
    progress: Progress | None = None,
) -> Propositions:
    """Play the arms of the propositions named, or of all, in the same worlds, and judge every contrast.

    Raises ExperimentError for a proposition that is not known.
    """
    contrasts = stated(names)
    fractured = play_arms(arms_of(contrasts), worlds, seed, driver, progress)
    return Propositions(worlds, seed, [judged(contrast, fractured) for contrast in contrasts])


def play_arms(
    arms: Mapping[str, str], worlds: int, seed: int, driver: Driver = "auto", progress: Progress | None = None
) -> dict[str, np.ndarray]:
    """For each arm whether its alliance fractured, ``[W]`` true or false, in the first worlds of a seed."""
    told = progress or Silent()
    told.start("arms", worlds * len(arms), 0)
    found = {}
    try:
        for arm, alliance in arms.items():
            scenario = load(f"{FOLDER}/{arm}")
            chosen = driver_for(scenario, worlds * len(arms), driver)
            parts = []
            for some in chunks(worlds, AT_ONCE):
                table = play_many(scenario, seed, list(some), driver=chosen, only=("alliances",)).tables["alliances"]
                parts.append(table["fractured"][table["alliance"] == alliance].astype(bool))
                told.add(len(some))
            found[arm] = np.concatenate(parts)
    finally:
        told.close()
    return found


def rows_of(contrasts: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    """A row of texts under ``COLUMNS`` for each contrast, from its record."""
    return [_row(contrast) for contrast in contrasts]


def _row(record: Mapping[str, Any]) -> tuple[str, ...]:
    head = (record["contrast"], record["predicted"])
    if record["difference"] is None:
        return (*head, "", "", "", "", "", record["verdict"])
    shares, p = list(record["shares"].values()), record["p"]
    first, second = f"{shares[0]:.3f}", f"{shares[1]:.3f}"
    if len(shares) > 2:  # a difference of two differences: those are what is told
        first, second = f"{shares[0] - shares[1]:+.3f}", f"{shares[2] - shares[3]:+.3f}"
    return (
        *head,
        first,
        second,
        f"{record['difference']:+.3f}",
        f"{record['low']:+.3f} to {record['high']:+.3f}",
        f"{p:.3f}" if p >= 0.001 else "< 0.001",
        record["verdict"],
    )


def proposition_of(contrasts: Sequence[Contrast]) -> dict[str, tuple[str, str]]:
    """The sentence and the source of each proposition, by its name."""
    return {contrast.about: (contrast.proposition, contrast.source) for contrast in contrasts}
