"""What can go wrong with an experiment that a person can put right."""

from collections.abc import Sequence


class ExperimentError(Exception):
    """Bad input, a folder in use, a full disk: what is wrong, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\nhelp: {self.help}" if self.help else self.message


class NothingPlayed(ExperimentError):
    """Every world that was tried crashed; ``failures`` says how."""

    def __init__(self, failures: Sequence[object]) -> None:
        first = f": {failures[0]}" if failures else ""
        super().__init__(f"no world could be played{first}", "nothing was stored")
        self.failures = list(failures)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during an experiment: ``done`` worlds of ``wanted`` are stored and kept."""

    def __init__(self, folder: str, done: int, wanted: int) -> None:
        kept = f"{done:,} of {wanted:,} worlds are stored in {folder}; the same call goes on from there"
        super().__init__(kept if done else "nothing was stored")
        self.folder = folder
        self.done = done
        self.wanted = wanted
