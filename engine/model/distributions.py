"""How an uncertain number is drawn: one named draw, put through the inverse of its distribution."""

import math
from typing import Any

from wedge.engine.model.arithmetic import clamp, exponential, logarithm
from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import FOR_NUMBER, normal_at, normal_below, uniform

FIXED, UNIFORM, NORMAL, LOGNORMAL, TRIANGULAR, CHOICE = range(6)


@rule
def drawn_value(u: float, kind: int, shape: Any, mixture: Any) -> float:
    """The value at the share u of a distribution. ``shape`` is (p0, p1, p2, low, high)."""
    if kind == UNIFORM:
        return shape[0] + u * (shape[1] - shape[0])
    if kind == NORMAL:
        return truncated_normal(u, shape[0], shape[1], shape[3], shape[4])
    if kind == LOGNORMAL:
        low = logarithm(shape[3]) if shape[3] > 0.0 else -math.inf
        high = logarithm(shape[4]) if shape[4] < math.inf else math.inf
        return clamp(exponential(truncated_normal(u, shape[0], shape[1], low, high)), shape[3], shape[4])
    if kind == TRIANGULAR:
        return triangular(u, shape[0], shape[1], shape[2])
    if kind == CHOICE:
        return chosen(u, int(shape[0]), int(shape[1]), mixture)
    return shape[0]


@rule
def truncated_normal(u: float, mean: float, deviation: float, low: float, high: float) -> float:
    """The normal quantile at u of what lies between low and high."""
    if deviation <= 0.0:
        return clamp(mean, low, high)
    below = 0.0 if low == -math.inf else normal_below((low - mean) / deviation)
    above = 1.0 if high == math.inf else normal_below((high - mean) / deviation)
    share = clamp(below + u * (above - below), 1e-300, 1.0 - 1.2e-16)
    return clamp(mean + deviation * normal_at(share), low, high)


@rule
def triangular(u: float, low: float, mode: float, high: float) -> float:
    """The triangular quantile at u."""
    width = high - low
    if width <= 0.0:
        return mode
    if u * width < mode - low:
        return low + math.sqrt(u * width * (mode - low))
    return high - math.sqrt((1.0 - u) * width * (high - mode))


@rule
def chosen(u: float, start: int, stop: int, mixture: Any) -> float:
    """The value of a finite choice at u; ``mixture`` rows are (value, cumulated share)."""
    for row in range(start, stop - 1):
        if u < mixture[row, 1]:
            return mixture[row, 0]
    return mixture[stop - 1, 0]


@rule
def draw_numbers(s: Any, x: Any, key: int, lane: int) -> None:
    """Fill one lane of the flat buffer: each number by its own named draw, fixed ones as they are."""
    for n in range(s.drawn.shape[0]):
        if s.drawn[n] == FIXED:
            x.flat[n, lane] = s.shape[n, 0]
        else:
            u = uniform(key, FOR_NUMBER, s.number_id[n], 0)
            x.flat[n, lane] = drawn_value(u, s.drawn[n], s.shape[n], s.mixture)
