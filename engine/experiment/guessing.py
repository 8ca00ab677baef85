"""About how long an experiment will take, from a few worlds played to see."""

import time
from typing import Any

from wedge.engine.experiment.kernel import kernel_is_ready
from wedge.engine.experiment.meanwhile import Choice, choose
from wedge.engine.experiment.parts import Driver
from wedge.engine.experiment.plan import Plan

TOLD, QUICK = 3, 300  # worlds played to see, by the traced and by the batch driver
BATCH_IS_FASTER = 60  # times, roughly, where the kernel is not there to be tried
COMPILING = 20.0  # seconds, roughly


def seconds_for(scenario: Any, plan: Plan, driver: Driver) -> tuple[Choice, float]:
    """Who would play, and about how many seconds one worker would take."""
    most = plan.until.most if plan.until else plan.worlds
    chosen = choose(scenario, most, driver)
    if chosen != "traced" and kernel_is_ready():
        return chosen, _seconds_a_world(scenario, plan, "batch", QUICK) * most
    told = _seconds_a_world(scenario, plan, "traced", TOLD)
    return chosen, told * most if chosen == "traced" else COMPILING + told / BATCH_IS_FASTER * most


def _seconds_a_world(scenario: Any, plan: Plan, driver: Driver, worlds: int) -> float:
    from wedge.engine.simulation.many import play_many

    play_many(scenario, plan.seed, range(1), driver=driver)
    began = time.perf_counter()
    play_many(scenario, plan.seed, range(worlds), driver=driver)
    return (time.perf_counter() - began) / worlds
