"""The debrief of a session, computed by ``wedge debrief`` in a process of its own while the server goes on."""

import asyncio
import csv
import io
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.saving import save
from wedge.engine.classroom.session import log
from wedge.engine.classroom.session.log import Entry
from wedge.engine.classroom.session.session import Session

RUNNING, READY = "running", "ready"
PAGE = "debrief.html"
SERVED = {
    PAGE: "text/html; charset=utf-8",
    "grades.csv": "text/csv; charset=utf-8",
    "moves.csv": "text/csv; charset=utf-8",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Debriefing:
    """Where the debrief of a session is kept and how far it is."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.folder = session, folder
        self.said, self.trouble = "", ""
        self._task: asyncio.Task[None] | None = None

    @property
    def place(self) -> Path:
        """The folder of the debrief of the game as it stands: another game has another folder."""
        return self.folder / f"debrief-{self.session.turns}"

    @property
    def state(self) -> str:
        """Empty, ``running``, ``ready``, or what went wrong."""
        if self._task is not None and not self._task.done():
            return RUNNING
        if self.session.game is not None and (self.place / PAGE).is_file():
            return READY
        return self.trouble

    def begin(self, changed: Callable[[], None]) -> None:
        """Compute it; ``changed`` is called whenever there is news. Raises GameError where there is nothing to debrief."""
        if self.session.game is None or not self.session.game.moves:
            raise GameError("nobody has moved yet", "play first")
        if self.state == RUNNING:
            raise GameError("the debrief is being computed already")
        self.trouble, self.said = "", "beginning"
        self._task = asyncio.create_task(self._compute(changed))

    async def _compute(self, changed: Callable[[], None]) -> None:
        try:
            self._write_inputs()
            command = [sys.executable, "-c", "from wedge.engine.cli.main import main; main()", "debrief"]
            command += [str(self.folder / "game.json"), "--predictions", str(self.folder / "predictions.csv")]
            command += ["--out", str(self.place)]
            command += ["--other", self.session.other] if self.session.other else []
            nothing, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
            process = await asyncio.create_subprocess_exec(*command, stdin=nothing, stdout=nothing, stderr=pipe)
            try:
                await self._follow(process, changed)
            except asyncio.CancelledError:
                process.terminate()
                await process.wait()
                raise
        except OSError as error:
            self.trouble = f"the debrief could not be computed: {error.strerror}"
        finally:
            changed()

    async def _follow(self, process: asyncio.subprocess.Process, changed: Callable[[], None]) -> None:
        assert process.stderr is not None
        wrong: list[str] = []
        async for line in process.stderr:
            text = line.decode("utf-8", "replace").strip()
            if text:
                self.said = text
                wrong += [text] if wrong or text.startswith("error:") else []
                changed()
        if await process.wait() != 0:
            self.trouble = " ".join(wrong) or "the debrief could not be computed"

    def _write_inputs(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        assert self.session.game is not None
        save(self.session.game, self.folder / "game.json")
        rows = [
            (one.name, one.seat, "" if one.chance is None else repr(one.chance)) for one in self.session.people.values()
        ]
        (self.folder / "predictions.csv").write_text(as_csv([("name", "state", "chance"), *rows]), encoding="utf-8")

    async def stop(self) -> None:
        """Leave off, if it is being computed."""
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


def as_csv(rows: Any) -> str:
    """Rows as CSV; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.StringIO()
    csv.writer(text).writerows([[_plain(cell) for cell in row] for row in rows])
    return text.getvalue()


def _plain(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def log_as_csv(session: Session, entries: Iterator[Entry]) -> str:
    """The log of a session for a spreadsheet: when, what, who, for which state, and what exactly. No tokens."""
    rows = [("time", "what", "round", "name", "state", "said", "details")]
    names = {one.key: one.name for one in (*session.people.values(), *session.removed.values())}
    for entry in entries:
        data = entry.data
        when = datetime.fromtimestamp(entry.at).isoformat(sep=" ", timespec="seconds")
        who = names.get(str(data.get("person")), "the engine" if entry.kind == log.ANSWERED else "")
        move = data.get("move") or {}
        n = move.get("round", data.get("round"))
        state = str(move.get("state") or data.get("state") or data.get("seat") or "")
        levels = "; ".join(f"{issue}={level}" for issue, level in (move.get("levels") or {}).items())
        said = str(move.get("said") or data.get("text") or data.get("event") or "")
        details = levels or str(move.get("ally") or data.get("to") or "")
        if entry.kind in (log.ENGINE, log.SHOWN):
            details = "on" if data["on"] else "off"
        if entry.kind == log.TIMED:
            details = "no limit" if data["seconds"] is None else f"{data['seconds']:g} seconds"
        rows.append((when, entry.kind, "" if n is None else str(n + 1), who, state, said, details))
    return "\ufeff" + as_csv(rows)
