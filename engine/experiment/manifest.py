"""Where an experiment's results come from, in one file that is the same for the same experiment.

What differs from one call to the next (when, how long, how many workers) stands apart in
``timing.json``.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from wedge.engine.experiment.files import UNFINISHED, write_json
from wedge.engine.experiment.plan import Plan
from wedge.engine.experiment.provenance import hash_of_file, versions
from wedge.engine.experiment.results import MANIFEST
from wedge.engine.experiment.store import ROUNDS, SEALS, SUMS, TABLES, Store

TIMING = "timing.json"
OF_PARTS = (*TABLES, SUMS, SEALS)  # folders with a file a part
OURS = {*OF_PARTS, *(f"{name}.parquet" for name in (*ROUNDS, SUMS)), "summary.json", "baselines.json", "figures"}


def manifest_of(scenario: Any, plan: Plan, command: Sequence[str]) -> dict[str, Any]:
    """What the manifest of an experiment says before anything is played."""
    return {
        "format": 2,
        "finished": False,
        "command": list(command),
        "seed": plan.seed,
        "worlds": plan.worlds,
        "stopping": None,
        "rules": plan.rules,
        "versions": versions(),
        "scenario": _scenario(scenario),
        "names": _names(scenario),
        "rounds": int(scenario.setting.rounds),
        "horizon": float(scenario.setting.rounds * scenario.setting.days),
        "files": {},
    }


def write_manifest(
    scenario: Any, store: Store, command: Sequence[str], finished: bool, stopping: Mapping[str, Any] | None = None
) -> None:
    """Write ``manifest.json``; with ``finished`` it holds the SHA-256 of every file of results.

    ``stopping`` says by which rule, and after which looks, the worlds came to be so many.
    """
    files = hashes_of(store) if finished else {}
    known = {"finished": finished, "stopping": dict(stopping) if stopping else None, "files": files}
    write_json(store.folder / MANIFEST, manifest_of(scenario, store.plan, command) | known)


def seal(folder: Path) -> None:
    """Bring the hashes in a finished manifest up to date, after a summary or figures were added."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    kept = {name: known for name, known in manifest["files"].items() if name.partition("/")[0] in OF_PARTS}
    write_json(folder / MANIFEST, manifest | {"files": _sorted(kept | _hashes(folder, OURS - {*OF_PARTS}))})


def is_finished(folder: Path, plan: Plan) -> bool:
    """Whether the manifest says that this plan was carried out to its end, and what was made of all parts is as it says."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        files = dict(manifest["files"])
        single = {name: files[name] for name in files if name.endswith(".parquet") and "/" not in name}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not manifest.get("finished") or manifest.get("worlds") != plan.worlds:
        return False
    return all((folder / name).is_file() and hash_of_file(folder / name) == known for name, known in single.items())


def stored_manifest(folder: Path) -> dict[str, Any]:
    """The manifest as it lies there; empty when it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def changed_files(folder: Path) -> list[str]:
    """Files whose bytes are no longer those of the manifest, or that are gone."""
    files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    return [
        name for name, known in files.items() if not (folder / name).exists() or hash_of_file(folder / name) != known
    ]


def hashes_of(store: Store) -> dict[str, str]:
    """SHA-256 of every file of results by name: those of parts as their seals know them, the others read."""
    return _sorted(store.hashes() | _hashes(store.folder, OURS - {*OF_PARTS}))


def _hashes(folder: Path, tops: Iterable[str]) -> dict[str, str]:
    paths = [path for top in tops for path in (folder / top, *(folder / top).rglob("*"))]
    files = [path for path in paths if path.is_file() and not path.name.endswith(UNFINISHED)]
    return {path.relative_to(folder).as_posix(): hash_of_file(path) for path in files}


def _sorted(files: Mapping[str, str]) -> dict[str, str]:
    return {name: files[name] for name in sorted(files)}


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
