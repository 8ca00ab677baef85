"""Where results come from: the versions that played them, and the bytes of their files."""

import hashlib
from pathlib import Path


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """Versions of wedge, Python and the libraries that results pass through."""
    import platform
    from importlib.metadata import version

    libraries = {name: version(name) for name in ("numpy", "duckdb")}
    return {"wedge": version("wedge-wargame"), "python": platform.python_version(), **libraries}
