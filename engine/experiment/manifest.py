"""Where an experiment's results come from, in one file that is the same for the same experiment.

What differs from one call to the next (when, how long, how many workers) stands apart in
``timing.json``.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wedge.engine.experiment.files import UNFINISHED, write_json
from wedge.engine.experiment.plan import Plan
from wedge.engine.experiment.provenance import hash_of_file, versions
from wedge.engine.experiment.results import MANIFEST
from wedge.engine.experiment.store import ROUNDS, SUMS, TABLES

TIMING = "timing.json"
OURS = {*TABLES, SUMS, *(f"{name}.parquet" for name in (*ROUNDS, SUMS)), "summary.json", "figures"}


def write_manifest(scenario: Any, plan: Plan, folder: Path, command: Sequence[str], finished: bool) -> None:
    """Write ``manifest.json``; with ``finished`` it holds the SHA-256 of every file of results."""
    write_json(
        folder / MANIFEST,
        {
            "format": 1,
            "finished": finished,
            "command": list(command),
            "seed": plan.seed,
            "worlds": plan.worlds,
            "rules": plan.rules,
            "versions": versions(),
            "scenario": _scenario(scenario),
            "names": _names(scenario),
            "rounds": int(scenario.setting.rounds),
            "horizon": float(scenario.setting.rounds * scenario.setting.days),
            "files": hashes_of(folder) if finished else {},
        },
    )


def seal(folder: Path) -> None:
    """Bring the hashes in a finished manifest up to date, after a summary or figures were added."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    write_json(folder / MANIFEST, manifest | {"files": hashes_of(folder)})


def is_finished(folder: Path, plan: Plan) -> bool:
    """Whether the manifest says that this plan was carried out to its end."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(manifest.get("finished")) and manifest.get("worlds") == plan.worlds


def changed_files(folder: Path) -> list[str]:
    """Files whose bytes are no longer those of the manifest, or that are gone."""
    files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    return [
        name for name, known in files.items() if not (folder / name).exists() or hash_of_file(folder / name) != known
    ]


def hashes_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of results below a folder, by name."""
    files = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    ours = sorted(name.as_posix() for name in files if name.parts[0] in OURS and not name.name.endswith(UNFINISHED))
    return {name: hash_of_file(folder / name) for name in ours}


def note_timing(folder: Path, call: dict[str, Any]) -> None:
    """Add how one call went (seconds, workers, driver) to ``timing.json``."""
    path = folder / TIMING
    try:
        calls = json.loads(path.read_text(encoding="utf-8"))["calls"]
    except (OSError, ValueError, KeyError):
        calls = []
    write_json(path, {"calls": [*calls, call]})


def _scenario(scenario: Any) -> dict[str, Any]:
    """What it means, in what words, and which of its numbers have a source."""
    return scenario.resolved() | {
        "given": len(scenario.numbers_given),
        "judgements": list(scenario.judgements),
        "defaults": list(scenario.defaults),
        "sources": {path: list(told) for path, told in scenario.sources.items()},
    }


def _names(scenario: Any) -> dict[str, Any]:
    """Names and titles, with who is in which alliance and which ties there are."""
    names, setting = scenario.names, scenario.setting
    kept = {
        name: list(value)
        for name, value in names._asdict().items()
        if name not in ("start", "days", "numbers", "levels")
    }
    members = {
        alliance: [state for i, state in enumerate(names.states) if setting.member[a, i]]
        for a, alliance in enumerate(names.alliances)
    }
    ties = [[a, b] for i, a in enumerate(names.states) for j, b in enumerate(names.states) if setting.tie[i, j]]
    levels = [[[float(level), title] for level, title in sorted(named.items())] for named in names.levels]
    plain = {"start": str(names.start), "days": float(names.days), "levels": levels}
    return kept | plain | {"members": members, "ties": ties}
