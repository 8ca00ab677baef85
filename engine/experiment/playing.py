"""Playing the worlds of one part; a world that cannot be played is named, the others are kept."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from wedge.engine.experiment.lots import joined, lots_of
from wedge.engine.experiment.parts import Driver, Part

if TYPE_CHECKING:
    from wedge.engine.simulation.outcomes import Outcomes

TOO_MANY = 20  # crashed worlds after which the rest of a lot is not tried one by one


class Failure(NamedTuple):
    """Worlds ``first`` to ``last`` could not be played, and why."""

    first: int
    last: int
    error: str

    def __str__(self) -> str:
        worlds = f"world {self.first}" if self.first == self.last else f"worlds {self.first} to {self.last}"
        return f"{worlds}: {self.error}"


class Played(NamedTuple):
    """What playing a part brought."""

    outcomes: "Outcomes | None"  # None when no world could be played
    failed: list[Failure]


def play_part(scenario: Any, seed: int, part: Part, driver: Driver) -> Played:
    """Play the worlds of a part, lot by lot, looking for those that crash only when some do."""
    from wedge.engine.simulation.many import play_many

    def play(worlds: Sequence[int]) -> Any:
        import numpy as np

        return play_many(scenario, seed, np.asarray(worlds, dtype=np.int64), driver=driver)

    lots = [_play_lot(play, worlds) for worlds in lots_of(part.worlds)]
    outcomes = [lot.outcomes for lot in lots if lot.outcomes is not None]
    return Played(joined(outcomes) if outcomes else None, [failure for lot in lots for failure in lot.failed])


def _play_lot(play: Callable[[Sequence[int]], Any], worlds: Sequence[int]) -> Played:
    try:
        return Played(play(worlds), [])
    except Exception as error:  # a user's policy may raise anything
        crash = error
    failed = _crashing(play, worlds, crash)
    if not failed:  # it crashed once and cannot be made to again: say so of the whole lot
        return Played(None, [Failure(worlds[0], worlds[-1], _said(crash))])
    sound = sorted(set(worlds) - {failure.first for failure in failed})
    if len(failed) >= TOO_MANY or not sound:
        return Played(None, failed)
    return Played(play(sound), failed)


def _crashing(play: Callable[[Sequence[int]], Any], worlds: Sequence[int], error: Exception) -> list[Failure]:
    """Which of these worlds crash, by halving; stops looking after TOO_MANY."""
    failed: list[Failure] = []
    waiting: list[tuple[Sequence[int], Exception | None]] = [(worlds, error)]
    while waiting and len(failed) < TOO_MANY:
        some, known = waiting.pop()
        crash = known or _crash(play, some)
        if crash is None:
            continue
        if len(some) == 1:
            failed.append(Failure(int(some[0]), int(some[0]), _said(crash)))
            continue
        half = len(some) // 2
        waiting += [(some[half:], None), (some[:half], None)]
    return failed


def _crash(play: Callable[[Sequence[int]], Any], worlds: Sequence[int]) -> Exception | None:
    try:
        play(worlds)
    except Exception as error:
        return error
    return None


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
