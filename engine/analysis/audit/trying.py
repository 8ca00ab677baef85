"""Trying all demands of a scenario: which worlds, which rounds, how far it has come."""

from collections.abc import Iterable

from wedge.engine.analysis.audit.demands import MOST, Demand, demands_of, moments_of, proposers_of
from wedge.engine.analysis.audit.tables import Tried
from wedge.engine.analysis.audit.trials import Trying
from wedge.engine.analysis.variants import chunks
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import Scenario

WORTH_COMPILING = 60_000  # trials from which on a first compilation pays
AT_ONCE = 10  # worlds between looks at the clock


def try_demands(
    scenario: Scenario,
    worlds: int,
    seed: int,
    progress: Progress | None = None,
    most: int = MOST,
    stages: Iterable[int] | None = None,
    interpreted: bool | None = None,
) -> Tried:
    """Try every demand at every stage (or those named by place) in the first ``worlds`` worlds of a seed.

    ``most`` bounds the combinations of a stage with several issues. The result is the same whether the rules are
    compiled or ``interpreted`` (None: whichever is sooner done).
    """
    demands: list[Demand] = []
    rows: list[tuple[int, int]] = []
    for g in range(len(scenario.names.stages)) if stages is None else stages:
        first = len(demands)
        demands += demands_of(scenario, g, most)
        rows += [(place, p) for place in range(first, len(demands)) for p in proposers_of(scenario, g)]
    moments = moments_of(scenario)
    where = [demands[place].stage for place, _ in rows]
    trying = Trying(
        scenario.setting, moments, [p for _, p in rows], where, [demands[place].levels for place, _ in rows]
    )
    slowly = trying.calls(worlds) < WORTH_COMPILING if interpreted is None else interpreted
    told = progress or Silent()
    told.start("demands tried", worlds, 0)
    try:
        for some in chunks(worlds, 1 if slowly else AT_ONCE):
            trying.play(seed, list(some), slowly)
            told.add(len(some))
    finally:
        told.close()
    return Tried(scenario, demands, rows, moments, worlds, trying.sums)
