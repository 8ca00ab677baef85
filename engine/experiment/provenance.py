"""Where results come from: the text of the rules, the versions that played them, the bytes of files."""

import hashlib
from pathlib import Path


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def rules_hash() -> str:
    """SHA-256 over the text of the rules: every Python file of engine/model and of agents, by name.

    Two experiments with the same hash, seed and world had the same luck and the same rules.
    """
    import wedge.agents
    import wedge.engine.model

    whole = hashlib.sha256()
    for package in (wedge.engine.model, wedge.agents):
        folder = Path(next(iter(package.__path__)))
        for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
            text = path.read_bytes().replace(b"\r\n", b"\n")
            name = f"{package.__name__}/{path.relative_to(folder).as_posix()}"
            whole.update(f"{name} {len(text)}\n".encode() + text)
    return whole.hexdigest()


def versions() -> dict[str, str]:
    """Versions of wedge, Python and the libraries that results pass through."""
    import platform
    from importlib.metadata import version

    libraries = {name: version(name) for name in ("numpy", "duckdb")}
    return {"wedge": version("wedge-wargame"), "python": platform.python_version(), **libraries}
