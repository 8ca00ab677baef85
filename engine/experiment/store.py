"""The folder of an experiment: where its parts lie, which are there, and who may write in it.

A part is a group of files, one a table: ``runs/part-000003.parquet``, ``ties/part-000003.parquet``
and so on. The file of ``runs`` is written last, so the group counts only when that one is there
with all its worlds. A kill leaves whole parts, and at most some unfinished files that the next
call sweeps away.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from wedge.engine.experiment.files import UNFINISHED, Table, disk, rows_in, write_json, write_table
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.plan import PLAN, Plan, join, read_plan, save_plan
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.problems import ExperimentError

LAST = "runs"
TABLES = ("alliances", "ties", "states", "issues", "stages", "events", "inputs", LAST)
SUMS = "sums"
ROUNDS = ("rounds", "round_states", "round_ties", "round_issues")
FAILED = "failed"


class Store:
    """The parts of one experiment. ``fresh`` says that this call made the folder."""

    def __init__(self, folder: Path, plan: Plan, fresh: bool = False) -> None:
        self.folder = folder
        self.plan = plan
        self.fresh = fresh

    def path(self, table: str, part: Part) -> Path:
        """Where a table of a part lies."""
        return self.folder / table / f"part-{part.number:06d}.parquet"

    def holds(self, part: Part) -> bool:
        """Whether all worlds of the part are stored."""
        return rows_in(self.path(LAST, part)) == part.size

    def stored(self) -> list[Part]:
        """Parts that can be read: those whose group is whole, if need be without worlds that failed."""
        return [part for part in self.plan.parts if rows_in(self.path(LAST, part)) >= 0]

    def told(self) -> list[Part]:
        """Parts whose every round is kept, each cut to the worlds for which it is."""
        most = min(self.plan.rounds_of, self.plan.worlds)
        return [part._replace(stop=min(part.stop, most)) for part in self.plan.parts if part.first < most]

    def missing(self) -> list[Part]:
        """Parts still to be played, in order; those with worlds that failed are among them."""
        return [part for part in self.plan.parts if not self.holds(part)]

    def write(self, part: Part, tables: Mapping[str, Table], failed: Sequence[Failure] = ()) -> None:
        """Store a part, ``runs`` last; without tables only which worlds failed is noted."""
        about = {"scenario": self.plan.scenario, "rules": self.plan.rules, "seed": str(self.plan.seed)}
        self.note_failed(part, failed)
        for name in sorted(tables, key=lambda name: (name == LAST, name)):
            path = self.path(name, part)
            make_folder(path.parent)
            write_table(path, tables[name], about)

    def note(self, part: Part) -> Path:
        """Where it is noted which worlds of a part could not be played."""
        return self.folder / FAILED / f"part-{part.number:06d}.json"

    def note_failed(self, part: Part, failed: Sequence[Failure]) -> None:
        """Remember which worlds of a part could not be played; none forgets an earlier note."""
        note = self.note(part)
        if failed:
            make_folder(note.parent)
            write_json(note, [failure._asdict() for failure in failed])
        elif note.exists():
            note.unlink()

    def finished(self) -> bool:
        """Whether every part is stored, or known to have worlds that cannot be played."""
        return all(self.note(part).exists() or self.holds(part) for part in self.plan.parts)

    def failures(self) -> list[Failure]:
        """Worlds that could not be played, and what went wrong."""
        notes = sorted((self.folder / FAILED).glob("part-*.json"))
        return [Failure(**failure) for note in notes for failure in json.loads(note.read_text(encoding="utf-8"))]

    def sweep(self) -> None:
        """Remove what a kill left half written."""
        for path in self.folder.rglob(f"*{UNFINISHED}"):
            path.unlink(missing_ok=True)

    def give_up(self) -> None:
        """Leave no half folder: remove it again if this call made it and nothing was stored in it."""
        if self.fresh and not self.stored():
            shutil.rmtree(self.folder, ignore_errors=True)


def open_store(folder: Path, wanted: Plan) -> Store:
    """Take a folder into use for an experiment, or go on with the one that is in it.

    Raises ExperimentError when it holds something else, or cannot be written.
    """
    stored = read_plan(folder)
    if stored is not None:
        store = Store(folder, join(wanted, stored, folder))
        store.sweep()
    else:
        store = Store(folder, wanted, fresh=is_free(folder))
    if store.plan != stored:
        try:
            make_folder(folder)
            save_plan(store.plan, folder)
        except ExperimentError:
            store.give_up()
            raise
    return store


def is_free(folder: Path) -> bool:
    """True when the folder is not there (so that making it is ours to undo); False when it is there and empty.

    Raises ExperimentError when something is in it.
    """
    with disk(folder):
        if not folder.exists():
            return True
        if not folder.is_dir():
            raise ExperimentError(f"{folder} is a file, not a folder", "choose another --out")
        if any(not inside.name.endswith(UNFINISHED) for inside in folder.iterdir()):
            raise ExperimentError(
                f"{folder} is not empty and holds no experiment ({PLAN} is missing)",
                "choose another folder with --out; nothing was changed",
            )
    return False


def make_folder(folder: Path) -> None:
    """Make a folder and those above it."""
    with disk(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder for writing. Raises ExperimentError when another call is writing to it.

    The hold ends with the process, however it ends. Where the system knows no such holds
    (Windows) nothing is held.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise ExperimentError(f"another call is writing to {folder}", "wait until it is done, or stop it") from None
    finally:
        os.close(held)
