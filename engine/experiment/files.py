"""Files that are there whole or not at all, and tables in Parquet with the same bytes every time."""

import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.problems import ExperimentError

UNFINISHED = ".unfinished"
WHOLE = ("BIGINT", "INTEGER")  # kinds of columns
ONE_THREAD: dict[str, Any] = {"threads": 1}  # rows, and sums of floats, in one order, the same every time
MEMORY: dict[str, Any] = {"memory_limit": "128MB"}  # what a question over many files may hold at a time
Table = Mapping[str, Any]  # column name -> one-dimensional NumPy array


class Seal(NamedTuple):
    """What a file must be: its size in bytes and the SHA-256 of them."""

    size: int
    sha256: str


def seal_of_bytes(content: bytes) -> Seal:
    """The seal of a file with that content."""
    return Seal(len(content), hashlib.sha256(content).hexdigest())


def seal_of(path: Path) -> Seal:
    """The seal of a file as it lies on disk."""
    with path.open("rb") as file:
        return Seal(os.fstat(file.fileno()).st_size, hashlib.file_digest(file, "sha256").hexdigest())


def trouble_with(path: Path, seal: Seal) -> str:
    """What is wrong with a file that should have that seal, in words; nothing when it is as it was written."""
    try:
        size = path.stat().st_size
        if size != seal.size:
            how = "was cut short" if size < seal.size else "has grown"
            return f"{how}: {size:,} bytes instead of {seal.size:,}"
        return "" if seal_of(path) == seal else "has other bytes than were written"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {(error.strerror or str(error)).lower()}"


def write_json(path: Path, value: Any) -> None:
    """Write JSON so that a reader, or a power cut, sees the old file or the new one."""
    write_bytes(path, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode())


def read_json(path: Path, fields: Sequence[str], again: str) -> dict[str, Any] | None:
    """What ``write_json`` wrote, if it has these fields; None where there is no such file.

    Raises ExperimentError for a file that cannot be read; ``again`` says what writes it again.
    """
    if not path.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for field in fields:
            found[field]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExperimentError(f"cannot read {path}: {error}", again) from error
    return found


def write_bytes(path: Path, content: bytes, sync: bool = True) -> None:
    """Write next to the file, bring it to the disk (unless not ``sync``), then put it in its place."""
    unfinished = _beside(path)
    with disk(path):
        unfinished.write_bytes(content)
        _put_in_place(unfinished, path, sync)


def write_table(path: Path, table: Table, about: Mapping[str, str] | None = None, sync: bool = True) -> Seal:
    """Write columns as a Parquet file and return its seal; ``about`` goes into its key-value metadata.

    The bytes depend on the columns and DuckDB's version alone: one thread, rows in order, zstd.
    Without ``sync`` a power cut may leave other bytes than the seal's.
    """
    columns = {name: plain(column) for name, column in table.items()}
    return _copy_to_parquet(path, "columns_of_table", columns, about or {}, sync)


def parquet_bytes(table: Table, about: Mapping[str, str] | None = None) -> bytes:
    """The bytes that ``write_table`` would write, for a file that lies elsewhere."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="wedge-") as folder:
        path = Path(folder) / "table.parquet"
        write_table(path, table, about, sync=False)
        return path.read_bytes()


def join_tables(path: Path, files: Sequence[Path]) -> None:
    """Write Parquet files of the same columns as one, in order."""
    listed = ", ".join(_quoted(str(file)) for file in files)
    _copy_to_parquet(path, f"(FROM read_parquet([{listed}]))", {}, {})


def _copy_to_parquet(
    path: Path, source: str, columns: Mapping[str, Any], about: Mapping[str, str], sync: bool = True
) -> Seal:
    unfinished = _beside(path)
    said = ", ".join(f"{key}: {_quoted(value)}" for key, value in about.items())
    options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880" + (f", KV_METADATA {{{said}}}" if said else "")
    connection = _scratch()
    with disk(path):
        if columns:
            connection.register("columns_of_table", columns)
        try:
            with ctrl_c_heard():
                connection.execute(f"COPY {source} TO {_quoted(str(unfinished))} ({options})")
        finally:
            if columns:
                connection.unregister("columns_of_table")
        seal = seal_of(unfinished)
        _put_in_place(unfinished, path, sync)
    return seal


@contextmanager
def ctrl_c_heard() -> Iterator[None]:
    """DuckDB answers Ctrl-C with an error of its own; here it is KeyboardInterrupt, as everywhere else."""
    try:
        yield
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from error


_mine = threading.local()


def _scratch() -> Any:
    """This thread's connection for reading and writing files; opening one takes longer than writing a part."""
    if not hasattr(_mine, "connection"):
        import duckdb

        _mine.connection = duckdb.connect(config=ONE_THREAD)
    return _mine.connection


def plain(column: Any) -> Any:
    """One kind of array for each kind of value, so that equal tables have equal bytes."""
    import numpy as np

    column = np.asarray(column)
    if column.dtype.kind in "iu":
        return column.astype(np.int64)
    if column.dtype.kind == "f":
        return column.astype(np.float64)
    return column if column.dtype.kind in "bO" else column.astype(object)


class Views:
    """Parquet files, and data frames, under names that SQL can use, over one connection.

    Each name of ``files`` stands for its files in order.
    """

    def __init__(self, files: Mapping[str, Sequence[Path]], frames: Mapping[str, Any] | None = None) -> None:
        import duckdb

        self.files = dict(files)
        self.connection = duckdb.connect(config=ONE_THREAD | MEMORY)
        for name, paths in files.items():
            # As a value, and not in the text of the view, which would be read anew with every question.
            self.connection.execute(f'SET VARIABLE "files of {name}" = ?', [[str(path) for path in paths]])
            self.connection.execute(f"""CREATE VIEW "{name}" AS FROM read_parquet(getvariable('files of {name}'))""")
        for name, frame in (frames or {}).items():
            self.connection.register(name, frame)

    def ask(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The answer as a data frame."""
        with ctrl_c_heard():
            return self.connection.execute(sql, list(values)).df()

    def copy_to_csv(self, path: Path, name: str, formula: str) -> int:
        """Write one of them as CSV; text that begins with a sign of ``formula`` gets an apostrophe in front.

        A round of -1, which never came, is an empty cell. How many rows it has comes back.
        """
        signs = " || ".join(f"chr({ord(sign)})" for sign in formula)
        columns = []
        for column, kind, *_ in self.connection.execute(f'DESCRIBE "{name}"').fetchall():
            quoted = '"' + column.replace('"', '""') + '"'
            guarded = f"CASE WHEN {quoted} <> '' AND contains({signs}, left({quoted}, 1)) THEN chr(39) || {quoted} ELSE {quoted} END"
            came = f"nullif({quoted}, -1) AS {quoted}" if column.endswith("round") and kind in WHOLE else quoted
            columns.append(f"{guarded} AS {quoted}" if kind == "VARCHAR" else came)
        told = f'SELECT {", ".join(columns)} FROM "{name}"'
        with ctrl_c_heard():
            rows = self.connection.execute(f"COPY ({told}) TO {_quoted(str(path))} (FORMAT csv, HEADER)").fetchall()
        return int(rows[0][0])

    def close(self) -> None:
        """Let go of the files."""
        self.connection.close()


def column_in(path: Path, name: str) -> Any:
    """A column of numbers of a Parquet file, as an array, its rows in order."""
    asked = f'SELECT "{name}" FROM read_parquet({_quoted(str(path))})'
    return _scratch().execute(asked).fetchnumpy()[name]


def free_beside(folder: Path) -> Path:
    """A folder that is not there yet, named after one that is taken: results/order-2."""
    return next(path for n in range(2, 1_000_000) if not (path := folder.with_name(f"{folder.name}-{n}")).exists())


def rows_in(path: Path) -> int:
    """How many rows a Parquet file has; -1 when it is not there or is not one."""
    import duckdb

    if not path.exists():
        return -1
    try:
        rows = _scratch().execute(f"SELECT num_rows FROM parquet_file_metadata({_quoted(str(path))})").fetchall()
    except duckdb.Error:
        return -1
    return int(rows[0][0])


class disk:
    """Turns what a disk can refuse into words: full, read-only, not allowed, no such folder; ``left`` says what is there now."""

    def __init__(self, path: Path, left: str = "") -> None:
        self.path, self.left = path, f"; {left}" if left else ""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if error is None:
            return
        reason = _reason(error)
        if reason:
            _beside(self.path).unlink(missing_ok=True)
            help = "free some room, then the same call goes on" if "space" in reason else "choose another --out"
            raise ExperimentError(f"cannot write {self.path}: {reason}{self.left}", help) from error


def _reason(error: BaseException) -> str:
    """What the system said, or nothing when it is no trouble of the disk."""
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if type(error).__module__.lstrip("_").startswith("duckdb") and type(error).__name__ == "IOException":
        said = str(error).removeprefix("IO Error: ")
        return "no space left on device" if "space left" in said.lower() else said
    return ""


def _put_in_place(unfinished: Path, path: Path, sync: bool = True) -> None:
    if not sync:
        unfinished.replace(path)
        return
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
