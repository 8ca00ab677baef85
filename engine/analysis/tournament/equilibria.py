"""Best answers, dominated choices and Nash equilibria of a game given by its table of payoffs.

A game of P players is an array ``[P, n_1, ..., n_P]``: the payoff of each player under each profile of choices. Pure
equilibria and best-reply dynamics are found by looking at every profile; mixed ones, of two players,
by nashpy (Knight and Campbell 2018). A table that was estimated from runs has its own uncertainty, which is not this
module's matter.

Monderer D, Shapley LS (1996) Potential games. Games and Economic Behavior 14:124-143.
Knight V, Campbell J (2018) Nashpy: a Python library for the computation of Nash equilibria. Journal of Open Source
Software 3(30):904.
"""

import warnings
from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

TOLERANCE = 1e-9
MOST_CHOICES = 6  # choices a side up to which every pair of supports is tried
LARGEST_SUPPORT = 3  # choices mixed, in larger games
Profile = tuple[int, ...]


class Equilibrium(NamedTuple):
    """For each player how often it makes each choice, and what it then expects."""

    mixture: tuple[tuple[float, ...], ...]
    payoffs: tuple[float, ...]

    @property
    def pure(self) -> bool:
        """Whether nobody mixes."""
        return all(max(shares) > 1 - 1e-6 for shares in self.mixture)


class Path(NamedTuple):
    """Where best replies lead: the profiles that come round again; one alone is an equilibrium."""

    start: Profile
    ends: tuple[Profile, ...]
    steps: int  # changes of choice on the way

    @property
    def settles(self) -> bool:
        """Whether it came to rest."""
        return len(self.ends) == 1


def profiles_of(game: Any) -> Iterator[Profile]:
    """Every profile of choices."""
    yield from np.ndindex(*game.shape[1:])


def alternatives(game: Any, player: int, profile: Profile) -> Any:
    """What the player gets by each of its choices, the others' choices as in the profile: ``[n_player]``."""
    place: list[Any] = list(profile)
    place[player] = slice(None)
    return game[(player, *place)]


def pure_equilibria(game: Any) -> list[Profile]:
    """The profiles in which nobody gains by choosing something else alone."""
    steady = np.ones(game.shape[1:], bool)
    for player in range(len(game)):
        steady &= game[player] >= game[player].max(axis=player, keepdims=True) - TOLERANCE
    return [tuple(int(place) for place in found) for found in np.argwhere(steady)]


class Removed(NamedTuple):
    """A choice that is strictly worse than another one, whatever the others do, given what was removed before."""

    player: int
    choice: int
    by: int


def dominated(game: Any) -> tuple[list[list[int]], list[Removed]]:
    """The choices that are left once strictly dominated ones are removed, again and again; and what was removed."""
    left = [list(range(count)) for count in game.shape[1:]]
    removed: list[Removed] = []
    while True:
        found = _one_dominated(game, left)
        if found is None:
            return left, removed
        removed.append(found)
        left[found.player].remove(found.choice)


def _one_dominated(game: Any, left: list[list[int]]) -> Removed | None:
    small = game[np.ix_(range(len(game)), *left)]
    for player, choices in enumerate(left):
        rows = np.moveaxis(small[player], player, 0).reshape(len(choices), -1)
        for a, choice in enumerate(choices):
            for b, other in enumerate(choices):
                if a != b and (rows[b] > rows[a] + TOLERANCE).all():
                    return Removed(player, choice, other)
    return None


def twins(game: Any, left: list[list[int]]) -> dict[tuple[int, int], int]:
    """Choices that come to the same as an earlier one for everybody: (player, choice) and the earlier choice."""
    small = game[np.ix_(range(len(game)), *left)]
    same: dict[tuple[int, int], int] = {}
    for player, choices in enumerate(left):
        rows = np.moveaxis(small, player + 1, 0).reshape(len(choices), -1)
        for b, choice in enumerate(choices):
            for a in range(b):
                if (player, choices[a]) not in same and np.array_equal(rows[a], rows[b]):
                    same[player, choice] = choices[a]
                    break
    return same


class Found(NamedTuple):
    """Equilibria, whether they are all of them, and how they were found."""

    equilibria: list[Equilibrium]
    complete: bool
    method: str


def equilibria(game: Any) -> Found:
    """The Nash equilibria of a game: pure and mixed for two players, pure ones for more.

    Without nashpy (the extra ``games``) only pure ones are found. Dominated choices and all but one of
    choices that come to the same are left out of mixed equilibria.
    """
    pure = [_pure(game, profile) for profile in pure_equilibria(game)]
    if len(game) != 2:
        return Found(pure, False, "pure equilibria by looking at every profile")
    try:
        import nashpy  # noqa: F401
    except ImportError:
        return Found(pure, False, "pure equilibria alone: mixed ones need `pip install wedge-wargame[games]`")
    left, _ = dominated(game)
    same = twins(game, left)
    kept = [[c for c in choices if (player, c) not in same] for player, choices in enumerate(left)]
    mixed, complete, method = _by_nashpy(game, kept)
    both = pure + [one for one in mixed if not one.pure]
    return Found(both, complete and not same, method)


def _pure(game: Any, profile: Profile) -> Equilibrium:
    shares = [[0.0] * count for count in game.shape[1:]]
    for player, choice in enumerate(profile):
        shares[player][choice] = 1.0
    payoffs = tuple(float(game[(player, *profile)]) for player in range(len(game)))
    return Equilibrium(tuple(map(tuple, shares)), payoffs)


def _by_nashpy(game: Any, kept: list[list[int]]) -> tuple[list[Equilibrium], bool, str]:
    """Every pair of supports where the game is small enough, else small supports of equal size alone.

    The Lemke-Howson algorithm, which would be quicker, need not end where payoffs tie.
    """
    import nashpy

    small = game[np.ix_(range(2), *kept)]
    few = max(len(choices) for choices in kept) <= MOST_CHOICES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pairs = list(nashpy.Game(*small).support_enumeration() if few else _small_supports(*small))
    found: list[Equilibrium] = []
    for rows, columns in pairs:
        one = _spread(game, kept, rows, columns)
        if one is not None and not any(_alike(one, other) for other in found):
            found.append(one)
    said = "support enumeration" if few else f"support enumeration up to {LARGEST_SUPPORT} choices a side"
    return found, few, f"{said} (nashpy)"


def _small_supports(a: Any, b: Any) -> Iterator[tuple[Any, Any]]:
    """Equilibria in which both mix the same small number of choices."""
    from nashpy.algorithms.support_enumeration import is_ne, obey_support, solve_indifference

    for size in range(2, LARGEST_SUPPORT + 1):
        for rows in combinations(range(a.shape[0]), size):
            for columns in combinations(range(a.shape[1]), size):
                mine, theirs = solve_indifference(b.T, columns, rows), solve_indifference(a, rows, columns)
                fit = obey_support(mine, rows) and obey_support(theirs, columns)
                if fit and is_ne((mine, theirs), (rows, columns), (a, b)):
                    yield mine, theirs


def _spread(game: Any, kept: list[list[int]], rows: Any, columns: Any) -> Equilibrium | None:
    """A solution of the reduced game in the whole one; None where the algorithm gave no equilibrium."""
    shares = [np.zeros(count) for count in game.shape[1:]]
    for player, solved in enumerate((rows, columns)):
        if len(solved) != len(kept[player]) or not np.all(np.isfinite(solved)):
            return None
        shares[player][kept[player]] = solved
    gains = game[0] @ shares[1], game[1].T @ shares[0]
    payoffs = tuple(float(gain @ mine) for gain, mine in zip(gains, shares, strict=True))
    if any(gain.max() > payoff + 1e-6 for gain, payoff in zip(gains, payoffs, strict=True)):
        return None
    return Equilibrium(tuple(tuple(float(share) for share in mine) for mine in shares), payoffs)


def _alike(one: Equilibrium, other: Equilibrium) -> bool:
    return all(np.allclose(a, b, atol=1e-6) for a, b in zip(one.mixture, other.mixture, strict=True))


def best_reply_path(game: Any, start: Profile) -> Path:
    """Players take turns to choose what is best against the others' choices, and change only where they gain.

    In a potential game that always comes to rest (Monderer and Shapley 1996); elsewhere it may go round.
    """
    profile, steps = start, 0
    seen: dict[Profile, int] = {}
    visited: list[Profile] = []
    while profile not in seen:
        seen[profile] = len(visited)
        visited.append(profile)
        for player in range(len(game)):
            worth = alternatives(game, player, profile)
            best = int(np.argmax(worth))
            if worth[best] > worth[profile[player]] + TOLERANCE:
                profile = (*profile[:player], best, *profile[player + 1 :])
                steps += 1
    return Path(start, tuple(visited[seen[profile] :]), steps)


def best_reply_paths(game: Any) -> list[Path]:
    """The path of best replies from every profile."""
    return [best_reply_path(game, profile) for profile in profiles_of(game)]
