"""What can go wrong with an experiment that a person can put right."""


class ExperimentError(Exception):
    """Bad input, a folder in use, a full disk: what is wrong, and what would help."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __str__(self) -> str:
        return f"{self.message}\nhelp: {self.help}" if self.help else self.message


class Interrupted(KeyboardInterrupt):
    """Ctrl-C during an experiment. Whole parts are kept; ``done`` worlds of ``wanted`` are stored."""

    def __init__(self, folder: str, done: int, wanted: int) -> None:
        super().__init__(f"{done:,} of {wanted:,} worlds are stored in {folder}")
        self.folder = folder
        self.done = done
        self.wanted = wanted
