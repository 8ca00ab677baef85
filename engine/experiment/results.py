"""An experiment as it lies on disk: its plan, its tables, the words for what is in them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from wedge.engine.experiment.files import Views
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.plan import PLAN, Plan, read_plan
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.experiment.provenance import hash_of_file
from wedge.engine.experiment.store import ROUNDS, SUMS, TABLES, Damage, Store
from wedge.engine.scenario.changes import Change, from_call, in_code
from wedge.engine.scenario.problems import closest, shown

MANIFEST = "manifest.json"
MAKES_ONE = "wedge run makes one"
SLICE = 50_000  # worlds looked at together where all of them would be too many


class Experiment:
    """A set of runs of one scenario, to be read.

    ``table("ties")`` is a data frame; ``ask("SELECT avg(fractured) FROM ties")`` answers SQL over
    all tables. ``names`` has the states, issues, stages, alliances and their titles; ``horizon``
    the days the talks can last.
    """

    def __init__(self, folder: Path, plan: Plan, manifest: dict[str, Any]) -> None:
        self.folder = folder
        self.plan = plan
        self.manifest = manifest
        self.scenario: dict[str, Any] = manifest["scenario"]
        self.names = SimpleNamespace(**manifest["names"])
        self.horizon = float(manifest["horizon"])
        self._store = Store(folder, plan)
        self._views: Views | None = None
        self._worlds: Any = None
        self._count: int | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: it opens the files itself."""
        return self.__dict__ | {"_views": None}

    @property
    def code(self) -> str:
        """The code of its scenario, such as alaska_2025/territory_first."""
        return self.plan.code

    @property
    def label(self) -> str:
        """The last part of the code: territory_first."""
        return self.plan.code.rpartition("/")[2]

    @property
    def call(self) -> list[str]:
        """The call that made it."""
        return [str(word) for word in self.manifest["command"]]

    @property
    def called(self) -> str:
        """What that call named the scenario: its packaged name, or its file."""
        return self.call[2] if len(self.call) > 2 else self.code

    @property
    def changes(self) -> list[Change]:
        """What that call put over the scenario."""
        return from_call(self.call)

    def world_code(self, world: int) -> str:
        """The code by which a world can be played again: alaska_2025/territory_first@7:17, or a file's path in front."""
        return f"{self.called}@{self.seed}:{world}{in_code(self.changes)}"

    @property
    def seed(self) -> int:
        """Its seed."""
        return self.plan.seed

    @property
    def worlds(self) -> Any:
        """The numbers of the worlds that are stored, rising."""
        if self._worlds is None:
            self._worlds = self.ask("SELECT world FROM runs ORDER BY world")["world"].to_numpy()
        return self._worlds

    @property
    def count(self) -> int:
        """How many worlds are stored."""
        if self._count is None:
            self._count = int(self.ask("SELECT count(*) AS n FROM runs")["n"][0])
        return self._count

    @property
    def stopping(self) -> dict[str, Any] | None:
        """The rule by which its number of worlds was found, and what it saw; None where the number was given."""
        return self.manifest.get("stopping")

    @property
    def damages(self) -> list[Damage]:
        """Files of its tables that are not as they were written."""
        return self._store.damages() + _damaged_wholes(self)

    @property
    def finished(self) -> bool:
        """Whether every world of the plan is stored or known to fail."""
        return bool(self.manifest["finished"])

    @property
    def failures(self) -> list[str]:
        """Worlds that could not be played, in words."""
        return [str(failure) for failure in self._store.failures()]

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables."""
        return tuple(self.views.files)

    @property
    def views(self) -> Views:
        """Its files, open to SQL. Raises ExperimentError while nothing is stored, and when a file is damaged."""
        if self._views is None:
            parts = self._sound_parts()
            files = {table: [self._store.path(table, part) for part in parts] for table in TABLES}
            single = {name: [self.folder / f"{name}.parquet"] for name in (*ROUNDS, SUMS)}
            self._views = Views(files | {name: paths for name, paths in single.items() if paths[0].exists()})
        return self._views

    def _sound_parts(self) -> list[Part]:
        """The parts that are stored, none of them damaged."""
        parts = self._store.stored()
        if not parts:
            raise ExperimentError(f"no worlds are stored in {self.folder}", "wedge run plays them")
        refuse_damage(self)
        return parts

    def ask(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        """The answer to a query as a data frame. Tables: runs, alliances, ties, states, issues, stages, events,
        inputs, rounds, round_states, round_ties, round_issues, sums."""
        return self.views.ask(sql, values)

    def slices(self, tables: Sequence[str], worlds: int = SLICE) -> Iterator[Views]:
        """The tables of some hundred thousand worlds at a time, for questions whose answers would not fit into memory."""
        parts: list[Part] = []
        for part in self._sound_parts():
            parts.append(part)
            if part.stop - parts[0].first >= worlds:
                yield from self._slice(tables, parts)
                parts = []
        if parts:
            yield from self._slice(tables, parts)

    def _slice(self, tables: Sequence[str], parts: Sequence[Part]) -> Iterator[Views]:
        views = Views({table: [self._store.path(table, part) for part in parts] for table in tables})
        try:
            yield views
        finally:
            views.close()

    def table(self, name: str) -> Any:
        """A whole table as a data frame, worlds in order."""
        if name not in self.tables:
            raise KeyError(f"no table {name}; there are {', '.join(self.tables)}")
        return self.ask(f'SELECT * FROM "{name}"')

    def close(self) -> None:
        """Let go of the files."""
        if self._views is not None:
            self._views.close()
            self._views = None


FEW = 3  # damaged files named in one message


def refuse_damage(experiment: Experiment) -> None:
    """Raise ExperimentError, naming the files, when some are not as they were written."""
    found = experiment.damages
    if not found:
        return
    named = "; ".join(str(damage) for damage in found[:FEW])
    more = f"; and {len(found) - FEW:,} more" if len(found) > FEW else ""
    raise ExperimentError(
        f"{experiment.folder} is damaged: {named}{more}", "the same wedge run call plays what is damaged again"
    )


def _damaged_wholes(experiment: Experiment) -> list[Damage]:
    """Tables made of all parts together that are not as the manifest knows them."""
    names = [f"{name}.parquet" for name in (*ROUNDS, SUMS)]
    known = {name: experiment.manifest["files"][name] for name in names if name in experiment.manifest["files"]}
    found = []
    for name, sha256 in known.items():
        path = experiment.folder / name
        if not path.is_file():
            found.append(Damage(-1, name, "is missing"))
        elif hash_of_file(path) != sha256:
            found.append(Damage(-1, name, "has other bytes than were written"))
    return found


def open_experiment(folder: Path | str) -> Experiment:
    """Read an experiment's folder, finished or not.

    Raises ExperimentError when there is none.
    """
    folder = Path(folder)
    plan = read_plan(folder)
    if plan is None:
        raise no_results(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return Experiment(folder, plan, manifest)
    except (OSError, ValueError, KeyError) as error:
        raise ExperimentError(
            f"cannot read {folder / MANIFEST}: {error}", "the same wedge run call writes it again"
        ) from error


def no_results(folder: Path) -> ExperimentError:
    """The error for a folder that is not there, with one beside it that may be meant, or that holds no results."""
    if folder.exists():
        return ExperimentError(f"{folder} holds no experiment ({PLAN} is missing)", MAKES_ONE)
    near = closest(folder.name, results_in(folder.parent))
    return ExperimentError(
        f"there is no folder of results {shown(str(folder))}",
        f"did you mean {shown(str(folder.with_name(near)))}?" if near else MAKES_ONE,
    )


def results_in(folder: Path) -> list[str]:
    """The names of the folders of results in a folder."""
    try:
        return sorted(path.parent.name for path in folder.glob(f"*/{PLAN}"))
    except (OSError, ValueError):
        return []


def is_experiment(path: Path | str) -> bool:
    """Whether a path is the folder of an experiment (and so no scenario)."""
    return (Path(path) / PLAN).is_file()
