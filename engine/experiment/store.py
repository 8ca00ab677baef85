"""The folder of an experiment: where its parts lie, which are there, and who may write in it.

A part is a group of files, one a table: ``runs/part-000003.parquet``, ``ties/part-000003.parquet``
and so on, and a seal written last, ``seals/part-000003.json``, with the size and SHA-256 of each. A
part counts only when its seal is there, and is never read when a file is not what its seal says: a
file cut short, changed by a bit, or half on the disk when the power went is found and named. The
next call plays such parts again.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from wedge.engine.experiment.files import (
    UNFINISHED,
    Seal,
    Table,
    disk,
    free_beside,
    parquet_bytes,
    seal_of_bytes,
    trouble_with,
    write_bytes,
    write_json,
    write_table,
)
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.plan import PLAN, Plan, join, read_plan, save_plan
from wedge.engine.experiment.playing import Failure
from wedge.engine.experiment.problems import ExperimentError

TABLES = ("alliances", "ties", "states", "issues", "stages", "events", "inputs", "runs")
SUMS = "sums"
ROUNDS = ("rounds", "round_states", "round_ties", "round_issues")
SEALS = "seals"
FAILED = "failed"


class Sealed(NamedTuple):
    """What a part's seal says."""

    worlds: int  # how many of its worlds are stored
    files: dict[str, Seal]  # by table


class Damage(NamedTuple):
    """A file that is not what it must be."""

    part: int  # the part it belongs to; -1 when it belongs to none
    file: str
    what: str

    def __str__(self) -> str:
        return f"{self.file} {self.what}"


class Store:
    """The parts of one experiment. ``fresh`` says that this call made the folder."""

    def __init__(self, folder: Path, plan: Plan, fresh: bool = False) -> None:
        self.folder = folder
        self.plan = plan
        self.fresh = fresh
        self._sound: set[int] = (
            set()
        )  # numbers of parts whose files were held against their seals, or written, by this process

    def path(self, table: str, part: Part) -> Path:
        """Where a table of a part lies."""
        return self.folder / table / f"part-{part.number:06d}.parquet"

    def seal_path(self, part: Part) -> Path:
        """Where a part's seal lies."""
        return self.folder / SEALS / f"part-{part.number:06d}.json"

    def sealed(self, part: Part) -> Sealed | None:
        """What the part's seal says; None where there is none. Raises ValueError for one that cannot be read."""
        try:
            said = json.loads(self.seal_path(part).read_text(encoding="utf-8"))
            files = {name: Seal(int(size), str(sha256)) for name, (size, sha256) in said["files"].items()}
            if not files.keys() >= {*TABLES, SUMS}:
                raise ValueError("it is not whole")
            return Sealed(int(said["worlds"]), files)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"cannot be read: {error}") from error

    def damage(self, part: Part) -> list[Damage]:
        """Files of a stored part that are not what its seal says. What was found sound is not looked at again."""
        if part.number in self._sound:
            return []
        try:
            sealed = self.sealed(part)
        except ValueError as error:
            return [Damage(part.number, self._name(self.seal_path(part)), str(error))]
        if sealed is None:
            return []
        troubles = {table: trouble_with(self.path(table, part), sealed.files[table]) for table in (*TABLES, SUMS)}
        found = [
            Damage(part.number, self._name(self.path(table, part)), what) for table, what in troubles.items() if what
        ]
        if not found:
            self._sound.add(part.number)
        return found

    def damages(self) -> list[Damage]:
        """All files of stored parts that are not what they must be."""
        return [damage for part in self.plan.parts for damage in self.damage(part)]

    def _name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()

    def holds(self, part: Part) -> bool:
        """Whether all worlds of the part are stored, in files that are as they were written."""
        return self._worlds_in(part) == part.size and not self.damage(part)

    def stored(self) -> list[Part]:
        """Parts that are stored, if need be without worlds that failed, or cut short by an earlier plan; sound or damaged."""
        return [part for part in self.plan.parts if self.seal_path(part).exists()]

    def worlds_stored(self) -> int:
        """How many worlds are stored."""
        return sum(max(0, self._worlds_in(part)) for part in self.plan.parts)

    def _worlds_in(self, part: Part) -> int:
        try:
            sealed = self.sealed(part)
        except ValueError:
            return -1
        return sealed.worlds if sealed else -1

    def missing(self, before: int | None = None) -> list[Part]:
        """Parts still to be played, in order, those with worlds that failed or with damage among them; of the first worlds only with ``before``."""
        wanted = self.plan.worlds if before is None else before
        return [part for part in self.plan.parts if part.first < wanted and not self.holds(part)]

    def grow(self, worlds: int) -> None:
        """Go on to so many worlds, if there are not as many already; on disk first, so that a kill loses nothing."""
        if worlds > self.plan.worlds:
            self.plan = self.plan._replace(worlds=worlds)
            save_plan(self.plan, self.folder)

    def write(self, part: Part, tables: Mapping[str, Table], failed: Sequence[Failure] = ()) -> None:
        """Store a part, its seal last; without tables only which worlds failed is noted."""
        self.note_failed(part, failed)
        if not tables:
            return
        self._unseal(part)
        seals = {}
        for name, table in tables.items():
            make_folder(self.path(name, part).parent)
            seals[name] = write_table(self.path(name, part), table, self.plan.about(), sync=False)
        self._seal(part, len(tables["runs"]["world"]), seals)

    def put(self, part: Part, encoded: "Encoded") -> None:
        """Store a part whose files were made elsewhere, its seal last."""
        self.note_failed(part, encoded.failed)
        if not encoded.files:
            return
        self._unseal(part)
        for name, content in encoded.files.items():
            make_folder(self.path(name, part).parent)
            write_bytes(self.path(name, part), content, sync=False)
        self._seal(part, encoded.worlds, {name: seal_of_bytes(content) for name, content in encoded.files.items()})

    def keeps_rounds(self, part: Part) -> bool:
        """Whether the files of a part's told rounds are there, as they were written."""
        sealed = self.sealed(part)
        return sealed is not None and all(
            name in sealed.files and not trouble_with(self.path(name, part), sealed.files[name]) for name in ROUNDS
        )

    def _unseal(self, part: Part) -> None:
        """From now on the part does not count, until it is sealed again."""
        self._sound.discard(part.number)
        with disk(self.seal_path(part)):
            self.seal_path(part).unlink(missing_ok=True)

    def _seal(self, part: Part, worlds: int, seals: Mapping[str, Seal]) -> None:
        make_folder(self.seal_path(part).parent)
        files = {name: list(seals[name]) for name in sorted(seals)}
        content = json.dumps({"worlds": worlds, "files": files}, indent=1) + "\n"
        write_bytes(self.seal_path(part), content.encode(), sync=False)

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file of the stored parts by its name, as the seals know them, and of the seals."""
        found: dict[str, str] = {}
        for part in self.plan.parts:
            sealed = self.sealed(part)
            if sealed is not None:
                known = {self._name(self.path(table, part)): sealed.files[table].sha256 for table in (*TABLES, SUMS)}
                seal = self.seal_path(part)
                found |= known | {self._name(seal): seal_of_bytes(seal.read_bytes()).sha256}
        return found

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


class Encoded(NamedTuple):
    """A part as the bytes of its files, to be stored by somebody else."""

    files: dict[str, bytes]  # by table; empty when no world could be played
    worlds: int
    failed: list[Failure]


def encoded(plan: Plan, tables: Mapping[str, Table], failed: Sequence[Failure]) -> Encoded:
    """The files that ``Store.write`` would write, as bytes."""
    files = {name: parquet_bytes(table, plan.about()) for name, table in tables.items()}
    return Encoded(files, len(tables["runs"]["world"]) if tables else 0, list(failed))


def open_store(folder: Path, wanted: Plan, told: int | None = None) -> Store:
    """Take a folder into use for an experiment, or go on with the one that is in it; ``told`` as in ``join``.

    Raises ExperimentError when it holds something else, or cannot be written.
    """
    stored = read_plan(folder)
    if stored is not None:
        store = Store(folder, join(wanted, stored, folder, told))
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
            raise ExperimentError(
                f"{folder} is a file, not a folder", f"choose another, such as --out {free_beside(folder)}"
            )
        if any(not inside.name.endswith(UNFINISHED) for inside in folder.iterdir()):
            raise ExperimentError(
                f"{folder} is not empty and holds no experiment ({PLAN} is missing)",
                f"choose another folder, such as --out {free_beside(folder)}; nothing was changed",
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
