"""Where results come from: scenario, rules, seed, versions, the call, and how long it took."""

import json
import shlex
from typing import Any, NamedTuple

from wedge.engine.experiment.manifest import TIMING
from wedge.engine.report.page.numbers import Part, count
from wedge.engine.report.page.sides import Side
from wedge.engine.scenario.problems import escaped


class Origin(NamedTuple):
    """One experiment: pairs of what and which."""

    name: str
    lines: list[tuple[str, Part]]
    hashes: list[tuple[str, str]]  # of every file of results


def origin_of(side: Side) -> Origin:
    """Where the results of one experiment come from."""
    experiment, manifest = side.experiment, side.experiment.manifest
    lines: list[tuple[str, Part]] = [
        ("scenario", escaped(experiment.code)),
        ("SHA-256 of its meaning", experiment.plan.scenario),
        ("SHA-256 of the rules", experiment.plan.rules),
        ("seed", count(experiment.seed, side.of("seed"))),
        ("worlds", count(experiment.count, side.of("worlds"))),
        ("worlds that could not be played", count(len(experiment.failures), side.of("failed"))),
        ("finished", "yes" if experiment.finished else "no: these are the worlds stored so far"),
        ("versions", ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())),
        ("played with", escaped(shlex.join(str(word) for word in manifest["command"])) or "a call from Python"),
        *_timing(side),
        ("check it with", escaped(shlex.join(["wedge", "verify", str(experiment.folder)]))),
    ]
    return Origin(side.name, lines, [(escaped(name), known) for name, known in manifest["files"].items()])


def _timing(side: Side) -> list[tuple[str, Part]]:
    """How long the calls took; nothing where that is not known."""
    try:
        calls: list[dict[str, Any]] = json.loads((side.experiment.folder / TIMING).read_text(encoding="utf-8"))["calls"]
        seconds = sum(float(call["seconds"]) for call in calls)
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [("time it took", f"{seconds:,.1f} seconds in {len(calls)} {'call' if len(calls) == 1 else 'calls'}")]
