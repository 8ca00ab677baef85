"""Telling how far an experiment is, on stderr: a bar on a terminal, else a plain line each ten seconds."""

import time
from typing import Any, Protocol

EVERY = 10.0  # seconds between plain lines


class Progress(Protocol):
    """Told what happens while parts are played."""

    def start(self, title: str, worlds: int, done: int) -> None:
        """Of so many worlds, ``done`` are stored already."""

    def add(self, worlds: int) -> None:
        """So many more worlds are done; 0 says only that time has passed."""

    def note(self, text: str) -> None:
        """Something worth a line of its own."""

    def close(self) -> None:
        """Nothing more comes."""


class Silent:
    """Says nothing."""

    def start(self, title: str, worlds: int, done: int) -> None:
        """Nothing."""

    def add(self, worlds: int) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""

    def close(self) -> None:
        """Nothing."""


class Lines:
    """A plain line each ten seconds, for logs and pipes."""

    def __init__(self, write: Any, every: float = EVERY, clock: Any = time.monotonic) -> None:
        self.write, self.every, self.clock = write, every, clock

    def start(self, title: str, worlds: int, done: int) -> None:
        """Remember when it began."""
        self.title, self.worlds, self.before, self.done = title, worlds, done, done
        self.began = self.said = self.clock()

    def add(self, worlds: int) -> None:
        """Count, and say so when it is time."""
        self.done += worlds
        now = self.clock()
        if now - self.said >= self.every:
            self.said = now
            self.write(self.line(now))

    def line(self, now: float) -> str:
        """Such as: territory_first: 3,000 of 10,000 worlds, 412 a second, about 17 s left."""
        rate = (self.done - self.before) / max(now - self.began, 1e-9)
        left = f", about {span((self.worlds - self.done) / rate)} left" if rate > 0 else ""
        return f"{self.title}: {self.done:,} of {self.worlds:,} worlds, {rate:,.0f} a second{left}"

    def note(self, text: str) -> None:
        """Say it at once."""
        self.write(text)

    def close(self) -> None:
        """Nothing."""


class Bar:
    """A bar with rate and time left, on a terminal."""

    def __init__(self, console: Any) -> None:
        self.console = console

    def start(self, title: str, worlds: int, done: int) -> None:
        """Show the bar."""
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        rate = TextColumn("{task.fields[rate]}")
        self.before, self.done, self.worlds, self.began = done, done, worlds, time.monotonic()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeElapsedColumn())
        self.bar = RichProgress(*columns, console=self.console, transient=True)
        self.task = self.bar.add_task(title, total=worlds, completed=done, rate="")
        self.bar.start()

    def add(self, worlds: int) -> None:
        """Move the bar on."""
        self.done += worlds
        rate = (self.done - self.before) / max(time.monotonic() - self.began, 1e-9)
        said = f"{rate:,.0f} a second, {span((self.worlds - self.done) / rate)} left" if rate > 0 else ""
        self.bar.update(self.task, completed=self.done, rate=said)

    def note(self, text: str) -> None:
        """Say it above the bar."""
        self.console.print(text)

    def close(self) -> None:
        """Take the bar away."""
        if hasattr(self, "bar"):
            self.bar.stop()


def span(seconds: float) -> str:
    """A time in words: 17 s, 12 min, 3.4 h."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
