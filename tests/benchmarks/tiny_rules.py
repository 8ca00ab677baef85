"""Small rules that hold, each, one construct that rules may use."""

import math
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.model.arithmetic import clamp
from wedge.engine.model.compiling import rule
from wedge.engine.model.draws import ALL_BITS, word

HEIGHT, WIDTH, DEPTH = range(3)
FAR = math.inf
RATE = 0.1


class Look(NamedTuple):
    """What is seen."""

    near: float
    side: int


class Shop(NamedTuple):
    """Arrays and numbers."""

    stock: Any
    count: Any
    days: float
    doors: int


def shop() -> Shop:
    """A shop with something in it."""
    return Shop(np.arange(24.0).reshape(3, 4, 2), np.array([3, -1, 4], np.int64), 7.0, 2)


@rule
def floored(a: int, b: int) -> int:
    return 100 * (a // b) + a % b


@rule
def divided(a: int, b: int) -> float:
    return a / b


@rule
def halved(x: float) -> float:
    return RATE * x if -1.0 < x <= 2.0 and not x > 1.5 else min(x, FAR) - max(x, 0.0, RATE)


@rule
def both(x: float) -> tuple[int, float]:
    k = math.floor(x)
    return k, x - k


@rule
def swapped(x: float) -> float:
    a, b = both(x)
    a, b = (3, x) if x < 0.0 else (a, b)
    c, d = b, float(a)
    c, d = d, c
    return 10.0 * c + d


@rule
def scattered(x: int, y: int) -> int:
    z = ((word(x) ^ (word(x) >> word(30))) * word(0xBF58476D1CE4E5B9)) & word(ALL_BITS)
    return z ^ word(y)


@rule
def stacked(n: int) -> int:
    bits = 0
    for i in range(n):
        bits = (bits << 1) | (1 if i % 3 == 0 else 0)
    while bits & 1 == 0 and bits > 0:
        bits = bits >> 1
    return bits ^ 1


@rule
def rebuilt(x: float) -> float:
    m, e = math.frexp(x)
    return math.ldexp(m, int(e)) + math.sqrt(abs(x))


@rule
def looked_at(look: Look) -> float:
    return clamp(look.near, 0.0, 1.0) + look.side


@rule
def seen(x: float, side: int) -> float:
    return looked_at(Look(x, side + 1))


@rule
def chosen(n: int) -> float:
    total = 0.0
    i = n
    for field in (HEIGHT, DEPTH):
        for _ in range(2):
            total += field * 10.0
    for i in range(n, n + 6, 2):
        if i == n:
            continue
        if i > 5:
            break
        total = total + i
    return total


@rule
def counted(s: Any, lane: int) -> float:
    total = 0.0
    for i in range(s.count.shape[0]):
        total += s.stock[i, WIDTH, lane] * s.count[i] + s.days - s.doors
    return total + last_of(s.stock[DEPTH], lane)


@rule
def last_of(part: Any, lane: int) -> float:
    return part[part.shape[0] - 1, lane]


@rule
def filled(s: Any, lane: int) -> None:
    s.stock[:, WIDTH, lane] = s.stock[:, DEPTH, 0]
    s.stock[HEIGHT, :, 1] = -1
    s.count[WIDTH] += s.doors
    return


@rule
def mixed_up(x: int) -> int:
    return word(x) + x


@rule
def wordy(x: float) -> str:
    return f"{x}"


def no_rule(x: float) -> float:
    return x


@rule
def strays(x: float) -> float:
    return no_rule(x)


@rule
def endless(n: int) -> int:
    return endless(n - 1)
