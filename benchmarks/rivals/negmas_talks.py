"""The like workload as a NegMAS mechanism: stacked alternating offers among aspiration negotiators."""

import random
from typing import Any

from benchmarks.rivals import ISSUES, ROUNDS, STATES

LEVELS = 11  # of each issue


def play_in_negmas(runs: int) -> list[Any]:
    """The steps in which that many negotiations settled, -1 where they did not."""
    return [one_negotiation(random.Random(number)) for number in range(runs)]


def one_negotiation(draw: random.Random) -> int:
    """Four negotiators with linear utilities over four issues of eleven levels, yielding with time (Boulware)."""
    from negmas import AspirationNegotiator, LinearUtilityAggregationFunction, SAOMechanism, make_issue
    from negmas.preferences.value_fun import TableFun

    issues = [make_issue(LEVELS, f"issue_{k}") for k in range(ISSUES)]
    talks = SAOMechanism(issues=issues, n_steps=ROUNDS)
    for number in range(STATES):
        weights = [draw.uniform(0.5, 1.5) for _ in issues]
        ideals = [draw.uniform(0.0, 1.0) for _ in issues]
        values = [
            TableFun({level: 1.0 - abs(level / (LEVELS - 1) - ideal) for level in range(LEVELS)}) for ideal in ideals
        ]
        utility = LinearUtilityAggregationFunction(
            values=values, weights=[weight / sum(weights) for weight in weights], issues=issues
        )
        talks.add(AspirationNegotiator(name=f"state_{number}", aspiration_type="boulware"), ufun=utility)
    state = talks.run()
    return int(state.step) if state.agreement is not None else -1
