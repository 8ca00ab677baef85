"""Where the logs of sessions are kept: one SQLite file, to which entries are only ever added.

An entry is on the disk before anybody hears of it (``synchronous=FULL``), so that a killed server loses none.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.session.log import Entry

TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    session TEXT NOT NULL, number INTEGER NOT NULL, at REAL NOT NULL, kind TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (session, number)
) WITHOUT ROWID
"""


class Store:
    """The logs in a folder. Raises GameError where they cannot be opened, or another server has them open."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "sessions.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # names and predictions are nobody else's
            # One thread at a time uses it: the one that the server's loop runs in.
            self._disk = sqlite3.connect(self.path, isolation_level=None, timeout=1.0, check_same_thread=False)
            self._disk.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._disk.execute("PRAGMA journal_mode=WAL")
            self._disk.execute("PRAGMA synchronous=FULL")
            self._disk.execute(TABLE)
            self._disk.execute("BEGIN EXCLUSIVE")
            self._disk.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise GameError(
                    f"{folder} is in use by another classroom", "stop it, or name another --folder"
                ) from None
            raise GameError(f"{self.path} cannot be opened: {error}", "name another --folder") from None
        except sqlite3.DatabaseError as error:
            raise GameError(f"{self.path} holds no sessions: {error}", "name another --folder") from None
        except OSError as error:
            raise GameError(f"{folder} cannot be made: {error.strerror}", "name another --folder") from None

    def add(self, session: str, first: int, entries: Iterable[Entry]) -> None:
        """Add entries with the numbers from ``first`` on, all or none. Raises GameError where the disk will not take them."""
        rows = [
            (session, first + n, entry.at, entry.kind, json.dumps(dict(entry.data), ensure_ascii=False))
            for n, entry in enumerate(entries)
        ]
        try:
            self._disk.execute("BEGIN IMMEDIATE")
            self._disk.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", rows)
            self._disk.execute("COMMIT")
        except sqlite3.Error as error:
            if self._disk.in_transaction:
                self._disk.execute("ROLLBACK")
            raise GameError(f"nothing was kept: {error}", "free some disk, then try again") from None

    def sessions(self) -> list[str]:
        """The keys of all sessions, the oldest first."""
        return [
            key for (key,) in self._disk.execute("SELECT session FROM entries WHERE number = 0 ORDER BY at, session")
        ]

    def entries(self, session: str) -> Iterator[Entry]:
        """The log of a session, in order."""
        wanted = "SELECT at, kind, data FROM entries WHERE session = ? ORDER BY number"
        for at, kind, data in self._disk.execute(wanted, (session,)):
            yield Entry(at, kind, json.loads(data))

    def close(self) -> None:
        """Let go of the file."""
        self._disk.close()
