"""Which rules played: a hash of their text."""

import hashlib
from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOMS = {"model": HERE, "simulation": HERE.parent / "simulation", "agents": HERE.parent.parent / "agents"}


@cache
def rules_hash() -> str:
    """SHA-256 over the text of the rules: every Python file of the model, its phases and its policies, by name.

    Two experiments with the same hash, scenario, seed and world had the same luck and the same rules.
    """
    whole = hashlib.sha256()
    for room, folder in ROOMS.items():
        for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            whole.update(f"{room}/{path.relative_to(folder).as_posix()} {len(text)}\n".encode() + text)
    return whole.hexdigest()
