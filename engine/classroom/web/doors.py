"""Who may come in: tokens, join codes, how often somebody may try, and from which pages."""

import secrets
from collections import OrderedDict
from collections.abc import Callable, Collection
from typing import NamedTuple

LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789"  # none that is taken for another
CODE_LENGTH = 6  # 28^6, half a thousand million codes
MOST_KEPT = 10_000  # callers whose tries are remembered


def new_token() -> str:
    """What proves who somebody is: 192 random bits."""
    return secrets.token_urlsafe(24)


def new_key() -> str:
    """The key of a session or person in addresses: 96 random bits."""
    return secrets.token_urlsafe(12)


def new_code(taken: Collection[str]) -> str:
    """A join code that no session has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def code_from(typed: str) -> str:
    """A join code as it was meant: case, spaces and dashes do not matter."""
    return "".join(c for c in typed.upper() if c.isalnum())[:20]


class Rate(NamedTuple):
    """How much is allowed: so many at once, and so many a second in the long run."""

    burst: float
    each_second: float


class Bucket:
    """Counts the tries of each caller, and says whether one more is allowed (a token bucket)."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self.rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, caller: str, cost: float = 1.0) -> bool:
        """Whether this caller may try now; if so it is counted. A cost of 0 only looks."""
        now = self._clock()
        left, since = self._left.pop(caller, (self.rate.burst, now))
        left = min(self.rate.burst, left + (now - since) * self.rate.each_second)
        allowed = left >= max(cost, 1.0)
        self._left[caller] = (left - cost if allowed else left, now)
        if len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return allowed


# By kind of act. Wrong codes are counted for each address and for all together: a code cannot be found by trying.
RATES = {
    "wrong code": Rate(10, 10 / 60),
    "wrong code anywhere": Rate(100, 100 / 60),
    "wrong link": Rate(10, 10 / 60),
    "join": Rate(60, 1.0),
    "act": Rate(20, 4.0),
    "say": Rate(5, 0.5),
    "teach": Rate(60, 10.0),
    "look": Rate(300, 100.0),
}


class Doors:
    """All buckets, by kind of act."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._buckets = {kind: Bucket(rate, clock) for kind, rate in RATES.items()}

    def allows(self, kind: str, caller: str, cost: float = 1.0) -> bool:
        """Whether a caller may do an act of that kind now."""
        return self._buckets[kind].allows(caller, cost)


def same_place(origin: str | None, host: str | None) -> bool:
    """Whether a request comes from a page of this server: browsers send the origin with every post and socket."""
    return bool(host) and origin == f"http://{host}"
