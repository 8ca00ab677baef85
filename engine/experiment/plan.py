"""What an experiment is: which scenario, which rules, which seed, how many worlds.

The plan is written before the first world is played, as ``plan.json``. The same call again finds
it and goes on where it stopped; a call for more worlds of the same kind extends it; anything else
in that folder is refused, in words that say what differs.
"""

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.files import free_beside, write_json
from wedge.engine.experiment.parts import SIZES, Part, parts_of
from wedge.engine.experiment.problems import ExperimentError

FORMAT = 2
PLAN = "plan.json"
ROUNDS_OF = 200  # the first worlds whose every round is kept, unless told otherwise


class Until(NamedTuple):
    """An experiment that goes on until something is known well enough."""

    of: str  # the share that is watched, such as alliances.western.fractured
    precision: float  # half the width of its interval at which to stop
    most: int  # worlds after which to stop in any case


class Plan(NamedTuple):
    """The identity of an experiment (all but ``code`` and the numbers of worlds, which may differ) and its size."""

    code: str  # the scenario's code, such as alaska_2025/territory_first
    scenario: str  # SHA-256 of its resolved meaning
    rules: str  # SHA-256 of the rules' text
    seed: int
    worlds: int  # with ``until``: those asked for so far
    sizes: tuple[tuple[int, int], ...] = SIZES
    rounds_of: int = ROUNDS_OF  # the first worlds, whose every round is stored
    until: Until | None = None

    @property
    def rule(self) -> str:
        """When it stops, in words."""
        return (
            f"it stops once {self.until.of} is known to ± {self.until.precision:g}"
            if self.until
            else "its number of worlds is fixed"
        )

    def about(self) -> dict[str, str]:
        """What is written into each file of results."""
        return {"scenario": self.scenario, "rules": self.rules, "seed": str(self.seed)}

    def told(self) -> list[Part]:
        """Parts whose every round is kept, each cut to the worlds for which it is."""
        most = min(self.rounds_of, self.worlds)
        return [part._replace(stop=min(part.stop, most)) for part in self.parts if part.first < most]

    @property
    def parts(self) -> list[Part]:
        """The parts to be played, in order."""
        return parts_of(self.worlds, self.sizes)


def save_plan(plan: Plan, folder: Path) -> None:
    """Write it whole, or not at all."""
    until = plan.until._asdict() if plan.until else None
    fields = plan._asdict() | {"sizes": [list(line) for line in plan.sizes], "until": until}
    write_json(folder / PLAN, {"kind": "experiment", "format": FORMAT, **fields})


def read_plan(folder: Path) -> Plan | None:
    """The plan in a folder, or None where there is none.

    Raises ExperimentError when there is one that cannot be read.
    """
    path = folder / PLAN
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if stored["kind"] == "comparison":
            inside = ", ".join(str(folder / name) for name in stored["scenarios"])
            raise ExperimentError(
                f"{folder} holds a comparison, not an experiment", f"name one of {inside}, or another folder"
            )
        if stored["kind"] == "comparison of stored results":
            there = ", ".join(os.path.normpath(folder / name) for name in stored["folders"])
            raise ExperimentError(
                f"{folder} holds a comparison, not an experiment", f"name one of {there}, or another folder"
            )
        if stored["kind"] == "numbers":
            raise ExperimentError(
                f"{folder} holds answers of `wedge sensitivity`, `structure`, `sweep`, `discover` or `solve`, not an experiment",
                "they are in its .json file, and its figures beside it; give a folder of wedge run or compare",
            )
        if stored["kind"] != "experiment":
            raise ExperimentError(f"{folder} holds a {stored['kind']}", "give the folders of the results themselves")
        if stored["format"] != FORMAT:
            raise ExperimentError(f"{path} is of format {stored['format']}; this version reads format {FORMAT}")
        fields = {name: stored[name] for name in Plan._fields}
        sizes = tuple((int(a), int(b)) for a, b in fields["sizes"])
        until = Until(**fields["until"]) if fields["until"] else None
        return Plan(**fields | {"sizes": sizes, "until": until})
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise ExperimentError(f"{folder} is not a folder") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExperimentError(
            f"cannot read {path}: {error}", f"choose another folder, such as --out {free_beside(folder)}"
        ) from error


def join(wanted: Plan, stored: Plan, folder: Path, told: int | None = None) -> Plan:
    """The plan to go on with when ``stored`` is already in the folder.

    Raises ExperimentError when it is another experiment, saying what differs, and when another number of
    ``told`` worlds was asked for than those whose rounds it keeps.
    """
    differing = [words for words in (_difference(field, wanted, stored) for field in _IDENTITY) if words]
    if differing:
        raise ExperimentError(
            f"{folder} holds another experiment: {'; '.join(differing)}",
            f"choose another folder, such as --out {free_beside(folder)}; nothing was changed",
        )
    if told is not None and told != stored.rounds_of:
        raise ExperimentError(
            f"{folder} keeps every round of {stored.rounds_of:,} worlds, and of {told:,} was asked for",
            f"leave out --told to go on with it, or choose another folder: --out {free_beside(folder)}",
        )
    if wanted.until and stored.until:
        until = _longer(wanted.until, stored.until, folder)
        return stored._replace(code=wanted.code, until=until, worlds=max(wanted.worlds, stored.worlds))
    if wanted.worlds < stored.worlds:
        raise ExperimentError(
            f"{folder} is an experiment of {stored.worlds:,} worlds, and {wanted.worlds:,} were asked for",
            f"ask for --worlds {stored.worlds} or more, or choose another folder, such as --out {free_beside(folder)}",
        )
    return stored._replace(worlds=wanted.worlds, code=wanted.code)


def _longer(wanted: Until, stored: Until, folder: Path) -> Until:
    """The stored rule, if need be with more worlds at most."""
    if wanted.most < stored.most:
        raise ExperimentError(
            f"{folder} is an experiment of up to {stored.most:,} worlds, and up to {wanted.most:,} were asked for",
            f"ask for --worlds {stored.most} or more, or choose another folder, such as --out {free_beside(folder)}",
        )
    return wanted


_IDENTITY = {
    "scenario": "its scenario ({stored.code}) means something else",
    "rules": "it was played by other rules (another version of Wedge)",
    "seed": "its seed is {stored.seed}, not {wanted.seed}",
    "rule": "{stored.rule}; of what is asked for, {wanted.rule}",
}


def _difference(field: str, wanted: Plan, stored: Plan) -> str:
    if getattr(wanted, field) == getattr(stored, field):
        return ""
    return _IDENTITY[field].format(wanted=wanted, stored=stored)


def describe(plan: Plan) -> dict[str, Any]:
    """The plan as plain values, for ``--dry-run``."""
    until = plan.until._asdict() if plan.until else None
    return plan._asdict() | {"parts": len(plan.parts), "until": until}
