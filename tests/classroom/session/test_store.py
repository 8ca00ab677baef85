"""The log on disk: what was added is there after any end, or was refused."""

import os
import subprocess
import sys

import pytest

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.store import Store

ENTRIES = [Entry(1.5, "made", {"title": "É <b>"}), Entry(2.25, "joined", {"chance": 0.1})]


def test_what_was_added_is_read_again(tmp_path):
    """In order, with every value."""
    store = Store(tmp_path)
    store.add("one", 0, ENTRIES[:1])
    store.add("one", 1, ENTRIES[1:])
    store.add("two", 0, ENTRIES[:1])
    store.close()
    again = Store(tmp_path)
    assert ["one", "two"] == again.sessions()
    assert ENTRIES == list(again.entries("one"))


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_nobody_else_reads_it(tmp_path):
    """Names and predictions are in it; what SQLite puts beside it is as closed."""
    store = Store(tmp_path)
    store.add("one", 0, ENTRIES)
    assert {0o600} == {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    store.close()


def test_a_number_is_given_once(tmp_path):
    """A second entry under the same number is refused, and with it all that came along."""
    store = Store(tmp_path)
    store.add("one", 0, ENTRIES)
    with pytest.raises(GameError, match="nothing was kept"):
        store.add("one", 1, [ENTRIES[1], ENTRIES[1]])
    assert ENTRIES == list(store.entries("one"))


def test_one_server_at_a_time(tmp_path):
    """Two servers on one folder would not hear of each other."""
    store = Store(tmp_path)
    store.add("one", 0, ENTRIES)
    with pytest.raises(GameError, match="in use by another classroom"):
        Store(tmp_path)


def test_a_file_that_holds_something_else_is_refused(tmp_path):
    """And left as it is."""
    (tmp_path / "sessions.sqlite").write_text("not a database, but long enough to look like one" * 30)
    with pytest.raises(GameError, match="holds no sessions"):
        Store(tmp_path)


def test_a_killed_process_has_kept_what_it_added(tmp_path):
    """Not a moment after an entry was added can it be lost."""
    program = f"""
import os, signal
from pathlib import Path
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.store import Store
store = Store(Path({str(tmp_path)!r}))
for n in range(20):
    store.add("one", n, [Entry(float(n), "said", {{"text": "x" * 1000}})])
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert -9 == subprocess.run([sys.executable, "-c", program], check=False).returncode
    assert 20 == len(list(Store(tmp_path).entries("one")))
