"""Plays everything that ``docs/validation.md`` reports, and records what came out in ``docs/validation.json``.

python -m wedge.engine.cli.record_validation   # some minutes; then `make docs` writes the tables (`make validation`: both)

The record says by which rules and from which inputs it was made, so that a test can tell when it is stale.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from wedge.engine.analysis.history.codings import codings_file
from wedge.engine.analysis.history.facts import read_facts
from wedge.engine.analysis.history.playing import play_episodes
from wedge.engine.analysis.history.protocol import scenario_text
from wedge.engine.analysis.propositions.judging import judged
from wedge.engine.analysis.propositions.report import Propositions, play_arms
from wedge.engine.analysis.propositions.stated import FOLDER, arms_of, predictions_file, stated
from wedge.engine.cli.common import DONE, say
from wedge.engine.cli.run import progress_for
from wedge.engine.model.provenance import rules_hash
from wedge.engine.scenario import load
from wedge.engine.theory.catalogue import CHECKS
from wedge.engine.theory.checks.check import Check, How, Row

ROOT = Path(__file__).resolve().parents[2]
RECORD = ROOT / "docs/validation.json"
SEED = 7
THEORY_WORLDS, PROPOSITION_WORLDS, HISTORY_WORLDS = 4_000, 4_000, 2_000
AGAIN = 20  # first worlds of each arm, whose outcome is recorded one by one


def inputs() -> dict[str, Any]:
    """What the record hangs on, as hashes: the rules, what plays and holds the checks, episodes, arms and predictions."""
    checks = sorted(file for room in ("engine/theory", "scenarios/theory") for file in (ROOT / room).rglob("*.*"))
    sources = [file for file in checks if file.suffix in {".py", ".yaml"}]
    texts = [scenario_text(episode, facts) for episode, facts in read_facts().items()]
    return {
        "rules": rules_hash(),
        "theory": hash_of(file.read_bytes().replace(b"\r\n", b"\n") for file in sources),
        "history": hash_of([*(text.encode() for text in texts), codings_file().read_bytes()]),
        "predictions": hash_of([predictions_file().read_bytes()]),
        "arms": {arm: load(f"{FOLDER}/{arm}").sha256 for arm in arms_of(stated())},
    }


def hash_of(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts, each with its length before it."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(f"{len(part)}\n".encode() + part)
    return whole.hexdigest()


def theory() -> dict[str, Any]:
    """Every check with what came of each quantity that it compares."""
    found = []
    for check in CHECKS:
        say(f"theory: {check.name} ...")
        found.append(check_record(check, How(worlds=THEORY_WORLDS, seed=SEED)))
    return {"worlds": THEORY_WORLDS, "checks": found}


def check_record(check: Check, how: How) -> dict[str, Any]:
    """One check: its source, and for each quantity how many comparisons there are and which is furthest off."""
    rows = check.run(how)
    quantities = [[row for row in rows if row.quantity == quantity] for quantity in dict.fromkeys(r.quantity for r in rows)]  # fmt: skip
    return {
        "name": check.name,
        "title": check.title,
        "citation": check.citation,
        "compared": len(rows),
        "failed": [row.as_json() for row in rows if not row.passed],
        "quantities": [{"compared": len(some), **furthest(some).as_json()} for some in quantities],
    }


def furthest(rows: list[Row]) -> Row:
    """The comparison that fails, else the one whose error takes most of what is allowed."""
    return max(rows, key=lambda row: (not row.passed, (row.error or 0.0) / row.tolerance if row.tolerance else 0.0))


def history() -> dict[str, Any]:
    """In how many worlds each observable of each episode happened; the scores are made of that."""
    say("history ...")
    counts = play_episodes(read_facts(), HISTORY_WORLDS, SEED, progress=progress_for(False))
    return {
        "worlds": HISTORY_WORLDS,
        "counts": {name: {"model": dict(one.model), "null": dict(one.null)} for name, one in counts.items()},
    }


def propositions() -> dict[str, Any]:
    """Every contrast with what came of it, and the first worlds of every arm one by one."""
    say("propositions ...")
    contrasts = stated()
    fractured = play_arms(arms_of(contrasts), PROPOSITION_WORLDS, SEED, progress=progress_for(False))
    found = Propositions(PROPOSITION_WORLDS, SEED, [judged(contrast, fractured) for contrast in contrasts])
    first = {arm: [int(world) for world in worlds[:AGAIN].nonzero()[0]] for arm, worlds in fractured.items()}
    return {**found.as_json(), "fractured_first": first}


def record() -> dict[str, Any]:
    """All of it. Takes minutes."""
    return {
        "inputs": inputs(),
        "seed": SEED,
        "theory": theory(),
        "propositions": propositions(),
        "history": history(),
    }


def main() -> int:
    """Write the record; returns the exit code."""
    RECORD.write_text(json.dumps(record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
    say(f"recorded in {RECORD.relative_to(ROOT)}; `make docs` writes the tables")
    return DONE


if __name__ == "__main__":
    sys.exit(main())
