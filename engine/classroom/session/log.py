"""What can happen in a session, as entries of its log. A session is its log; read again it is the same session."""

from collections.abc import Mapping
from typing import Any, NamedTuple

# Kinds of entries, each with what its data hold.
MADE = "made"  # title, code, scenario, changes, sha256, rules, seed, world, seats, seconds, other
JOINED = "joined"  # person, name, chance, token (its hash)
SAT = "sat"  # person, seat: empty to stand up
READ = "read"  # person: has read the role sheet of their seat
REMOVED = "removed"  # person
STARTED = "started"  # seats: those that people play
ANSWERED = "answered"  # person (empty: the engine), move, asked, completes: whether nobody else is awaited
SAID = "said"  # round (-1 before the game), person (empty: the teacher), state, to (empty: to all), text
CALLED = "called"  # event, round
BACK = "back"  # round, from 0: all from it on is taken back
PAUSED, RESUMED = "paused", "resumed"
TIMED = "timed"  # seconds or null
ENGINE = "engine"  # state, on: whether the engine answers for it
ENDED = "ended"
SHOWN = "shown"  # on: whether people may read the debrief


class Entry(NamedTuple):
    """One thing that happened."""

    at: float  # seconds since 1970
    kind: str
    data: Mapping[str, Any]  # plain JSON
