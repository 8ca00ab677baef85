"""Name and summary of a scenario, read without checking the rest."""

from pathlib import Path
from typing import Any

from wedge.engine.scenario.extending import gather
from wedge.engine.scenario.reading import read_file


def outline(path: Path) -> dict[str, str]:
    """Name and summary; those of what it extends where it has none of its own. Raises ScenarioError."""
    said = words(read_file(path, str(path)).root)
    if len(said) < 2:
        said = words(gather(path, str(path)).root) | said
    return {"name": said.get("name", path.stem), "summary": said.get("summary", "")}


def words(root: Any) -> dict[str, str]:
    """The name and summary that are there, on one line each."""
    found = {key: root.mapping[key].value for key in ("name", "summary") if key in root.mapping}
    return {key: " ".join(value.split()) for key, value in found.items() if isinstance(value, str)}
