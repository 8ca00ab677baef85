"""The wedge audit of a scenario: who could sign what, which tie a demand strains, who could drive a wedge, what helps.

``audit`` tries every demand on drawn worlds in which nothing has been proposed yet, and plays the scenario
for what only runs can show. Everything comes back as data frames.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from wedge.engine.analysis.audit.demands import MOST
from wedge.engine.analysis.audit.findings import Finding, findings_of, findings_table
from wedge.engine.analysis.audit.replies import answered, replies_table, search
from wedge.engine.analysis.audit.tables import Tried, demands_table, proposals_table, signers_table, strains_table
from wedge.engine.analysis.audit.trying import try_demands
from wedge.engine.analysis.audit.wedges import wedges_table
from wedge.engine.analysis.sentences import CONDITIONAL
from wedge.engine.analysis.tournament import records
from wedge.engine.analysis.tournament.playing import driver_in_all
from wedge.engine.analysis.variants import Source, chunks, source_of
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.many import Driver, play_many

__all__ = ["Audit", "Finding", "audit"]

AT_ONCE = 250
REPLIES = 30  # about so many are played


@dataclass(frozen=True)
class Audit:
    """What an audit found. ``signers``, ``strains`` and ``proposals`` have a row for each demand as each state puts it."""

    scenario: Scenario
    seed: int
    drawn: int  # worlds in which demands were tried
    worlds: int  # worlds that were played for what only runs can show
    tried: Tried
    demands: Any
    signers: Any
    strains: Any
    proposals: Any
    wedges: Any
    replies: Any  # None where they were not asked for, or no alliance can be divided
    findings: Any
    assumption: str = (
        "Demands are tried in worlds in which time passes, with war and events, but nothing has been proposed; what "
        "stands before a stage on the agenda is taken as settled."
    )

    def as_json(self) -> dict[str, Any]:
        """All of it as plain values."""
        return {
            "scenario": self.scenario.code,
            "sha256": self.scenario.sha256,
            "seed": self.seed,
            "drawn": self.drawn,
            "worlds": self.worlds,
            "findings": records(self.findings),
            "demands": records(self.demands),
            "signers": records(self.signers),
            "strains": records(self.strains),
            "proposals": records(self.proposals),
            "wedges": records(self.wedges),
            "replies": records(self.replies) if self.replies is not None else None,
            "assumptions": f"{self.assumption} {CONDITIONAL}",
        }


def audit(
    scenario: Source | str,
    drawn: int = 100,
    worlds: int = 300,
    seed: int = 0,
    sets: Sequence[str] = (),
    policies: Sequence[str] = (),
    replies: bool = True,
    most: int = MOST,
    driver: Driver = "auto",
    progress: Callable[[], Progress] = Silent,
    interpreted: bool | None = None,
) -> Audit:
    """Audit a scenario: demands in ``drawn`` worlds, events, stages and the allies' replies in ``worlds`` worlds.

    ``most`` bounds how many combinations of levels are tried at a stage with several issues. Raises ScenarioError.
    """
    source = source_of(scenario, sets, policies)
    loaded = source.load()
    driver = driver_in_all(driver, worlds * (REPLIES if replies else 1))
    tried = try_demands(loaded, drawn, seed, progress(), most, interpreted=interpreted)
    tables = _played(loaded, worlds, seed, driver, progress())
    return Audit(
        loaded,
        seed,
        drawn,
        worlds,
        tried,
        demands_table(tried),
        signers_table(tried),
        strains_table(tried),
        proposals_table(tried),
        wedges_table(tried),
        _replies(source, loaded, worlds, seed, driver, progress) if replies else None,
        findings_table(findings_of(loaded, tried, tables, worlds)),
    )


def _played(scenario: Scenario, worlds: int, seed: int, driver: Driver, progress: Progress) -> dict[str, Any]:
    """Stages and events of the scenario as written."""
    import numpy as np

    progress.start("worlds played", worlds, 0)
    parts = []
    try:
        for some in chunks(worlds, AT_ONCE if driver == "batch" else 10):
            parts.append(play_many(scenario, seed, list(some), driver=driver, only=("stages", "events")).tables)
            progress.add(len(some))
    finally:
        progress.close()
    return {
        table: {name: np.concatenate([part[table][name] for part in parts]) for name in parts[0][table]}
        for table in ("stages", "events")
    }


def _replies(
    source: Source, scenario: Scenario, worlds: int, seed: int, driver: Driver, progress: Callable[[], Progress]
) -> Any:
    """What the members of every alliance that can be divided could do."""
    import pandas as pd

    found = [
        replies_table(search(source, scenario, alliance, worlds, seed, driver, progress()), scenario)
        for alliance in answered(scenario)
    ]
    return pd.concat(found, ignore_index=True) if found else None
