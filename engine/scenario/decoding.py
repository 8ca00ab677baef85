"""From a file on disk to clean text, with a plain message for whatever is not one."""

import re
import stat
from pathlib import Path

from wedge.engine.scenario.problems import Place, ScenarioError, excerpt_of, refusal

LARGEST_FILE = 1 << 20
BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
NO_FILES = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)
SAVE_AS_UTF8 = "save the file as UTF-8 in your editor"
# What YAML allows; the same set as in PyYAML, so that its own reader never complains.
NOT_ALLOWED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(path: Path, name: str) -> str:
    """The text of a file. ``name`` is what the user called it. Raises ScenarioError, never OSError."""
    data = bytes_of(path, name)
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise refusal(Place(name), f"the file is saved as {encoding}, not UTF-8", SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_text(data, error, name) from None
    check_characters(text, name)
    return text


def bytes_of(path: Path, name: str) -> bytes:
    """The bytes of a file, if it is a regular file and not too large. Anything else is never opened: it could wait for ever."""
    try:
        if path.is_dir():
            raise refusal(Place(name), "this is a directory, not a scenario file", inside(path))
        found = path.stat()
        for is_kind, kind in NO_FILES:
            if is_kind(found.st_mode):
                cure = "save what it gives in a file, such as talks.yaml, and name that"
                raise refusal(Place(name), f"this is {kind}, and a scenario is read from a file", cure)
        if found.st_size > LARGEST_FILE:
            raise too_large(name, found.st_size)
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(Place(name), f"cannot read the file: {reason.lower()}") from None
    if len(data) > LARGEST_FILE:
        raise too_large(name, len(data))
    return data


def is_file(path: Path) -> bool:
    """Whether there is a file at that path; False also for paths that cannot be."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder at that path; False also for paths that cannot be."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def lies_in(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, links followed; False also for paths that cannot be."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def too_large(name: str, size: int) -> ScenarioError:
    """The error for a file no one could have meant as a scenario."""
    return refusal(Place(name), f"the file is too large for a scenario: {size:,} bytes, at most {LARGEST_FILE:,}")


def inside(folder: Path) -> str:
    """Help for somebody who named a folder."""
    try:
        files = sorted(file.name for file in folder.iterdir() if file.suffix in (".yaml", ".yml"))
    except OSError:
        return ""
    return f"name a file in it, such as {files[0]}" if files else "name a .yaml file"


def not_text(data: bytes, error: UnicodeDecodeError, name: str) -> ScenarioError:
    """The error for bytes that are no UTF-8."""
    if b"\0" in data[:4096]:
        return refusal(Place(name), "this is a binary file, not a scenario", "name a YAML file")
    before = data[: error.start].decode("utf-8-sig", "replace")
    line, column = line_and_column(before)
    message = f"the file is not UTF-8: byte 0x{data[error.start]:02x} cannot be read"
    return refusal(Place(name, line, column), message, f"{SAVE_AS_UTF8} (it may be Latin-1 or Windows-1252 now)")


def check_characters(text: str, name: str) -> None:
    """Refuse control characters, NUL among them, at their place."""
    found = NOT_ALLOWED.search(text)
    if not found:
        return
    at = found.start()
    line, column = line_and_column(text[:at])
    if found.group() == "\0":
        message, cure = "a NUL character: this does not look like a text file", "name a YAML file saved as UTF-8"
    else:
        message, cure = f"the control character U+{ord(found.group()):04X} is not allowed", "remove it"
    raise refusal(Place(name, line, column), message, cure, excerpt_of(text.splitlines(), line, column))


def line_and_column(before: str) -> tuple[int, int]:
    """Where the character after that text stands, counted from 1."""
    lines = f"{before}x".splitlines()
    return len(lines), len(lines[-1])
