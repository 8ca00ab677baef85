"""How states see each other's positions."""

from typing import Any

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_PERCEPTION, normal, pair
from wedge.engine.model.numbers import CURVATURE, IDEAL, MISPERCEPTION, SALIENCE


@rule
def see_each_other(s: Any, x: Any, w: Any, lane: int) -> None:
    """Each state's picture of the others' ideals: right about itself, off by a lasting error about the rest.

    Taken when the world opens, and again with the same errors when an ideal changes.
    """
    for i in range(s.state_id.shape[0]):
        error = x.state[MISPERCEPTION, i, lane]
        for j in range(s.state_id.shape[0]):
            for k in range(s.issue_id.shape[0]):
                ideal = x.position[IDEAL, j, k, lane]
                if i != j and error > 0.0:
                    who = pair(pair(s.state_id[i], s.state_id[j]), s.issue_id[k])
                    ideal = clamp(ideal + error * normal(w.home[lane], FOR_PERCEPTION, who, 0), 0.0, 1.0)
                w.seen[i, j, k, lane] = ideal


@rule
def all_linear(x: Any, lane: int) -> bool:
    """Whether every position that matters loses worth in a straight line."""
    for i in range(x.position.shape[1]):
        for k in range(x.position.shape[2]):
            if x.position[SALIENCE, i, k, lane] > 0.0 and x.position[CURVATURE, i, k, lane] != 1.0:
                return False
    return True
