"""What a tournament comes to: payoffs with intervals, best answers, regrets, equilibria, as data frames."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wedge.engine.analysis.estimates import LEVEL, mean_of, share_of
from wedge.engine.analysis.paired import paired_means
from wedge.engine.analysis.tournament.equilibria import Found, Profile, best_reply_paths, dominated, equilibria
from wedge.engine.analysis.tournament.playing import Played
from wedge.engine.analysis.tournament.seats import OWN, Choices
from wedge.engine.scenario import Scenario

WHOLE, WITHOUT = "payoff", "payoff without the split"
RESAMPLES = 200


@dataclass(frozen=True)
class Tournament:
    """Every combination of policies in the same worlds. A *measure* is the payoff with or without the split."""

    scenario: Scenario
    choices: Choices
    seed: int
    worlds: int
    played: dict[Profile, Played]
    games: dict[str, Any] = field(default_factory=dict)  # measure -> [P, n_1, ..., n_P] mean payoffs

    @property
    def measures(self) -> list[str]:
        """With the split, and without it where somebody has a stake in it."""
        return [WHOLE, WITHOUT] if any(played.stake.any() for played in self.played.values()) else [WHOLE]

    def measures_of(self, state: str) -> list[str]:
        """The measures that differ for one state: without the split only where it has a stake in it."""
        i = self.place(state)
        return [WHOLE, WITHOUT] if any(played.stake[:, i].any() for played in self.played.values()) else [WHOLE]

    @property
    def own(self) -> Profile:
        """The profile in which everybody plays as written; the first one where that is not among them."""
        return (0,) * len(self.choices.states)

    def place(self, state: str) -> int:
        """The index of a state in the scenario."""
        return self.scenario.names.states.index(state)

    def of(self, profile: Profile, state: str, measure: str) -> Any:
        """A state's payoff in each world under a profile."""
        played = self.played[profile]
        return (played.payoff if measure == WHOLE else played.without)[:, self.place(state)]

    def game(self, measure: str) -> Any:
        """The mean payoffs as a game of the competing states."""
        if measure not in self.games:
            shape = tuple(map(len, self.choices.policies))
            table = np.empty((len(shape), *shape))
            for player, state in enumerate(self.choices.states):
                for profile in self.played:
                    table[(player, *profile)] = self.of(profile, state, measure).mean()
            self.games[measure] = table
        return self.games[measure]

    def named(self, profile: Profile) -> dict[str, str]:
        """The policy of each competing state under a profile."""
        parts = zip(self.choices.states, self.choices.policies, profile, strict=True)
        return {state: offered[place] for state, offered, place in parts}


def cells_table(t: Tournament) -> Any:
    """A row for each profile, state and measure: its mean payoff and how far that is from the policies as written."""
    import pandas as pd

    rows = []
    for profile in t.played:
        for state in t.scenario.names.states:
            for measure in t.measures:
                found, own = t.of(profile, state, measure), t.of(t.own, state, measure)
                mean, (_, gap) = mean_of(found), paired_means(found, own)
                said = {"measure": measure, "mean": mean.mean, "low": mean.low, "high": mean.high}
                apart = {"over_own": gap.difference, "over_own_low": gap.low, "over_own_high": gap.high}
                rows.append(t.named(profile) | {"state": state} | said | apart)
    return pd.DataFrame(rows)


def fractures_table(t: Tournament) -> Any:
    """A row for each profile and alliance: in how many worlds it fractured, with Wilson's interval."""
    import pandas as pd

    rows = []
    for profile, played in t.played.items():
        for a, alliance in enumerate(t.scenario.names.alliances):
            share = share_of(int(played.fractured[:, a].sum()), t.worlds)
            rows.append(t.named(profile) | {"alliance": alliance} | share.as_row())
    return pd.DataFrame(rows, columns=None if rows else [*t.choices.states, "alliance", "share"])


def others_of(t: Tournament, player: int) -> Iterator[Profile]:
    """The profiles in which the player plays its first policy: one for each combination of the others'."""
    for profile in t.played:
        if profile[player] == 0:
            yield profile


def with_choice(profile: Profile, player: int, choice: int) -> Profile:
    """The profile with another choice of one player."""
    return (*profile[:player], choice, *profile[player + 1 :])


def answers_table(t: Tournament) -> Any:
    """A row for each state, measure and combination of the others' policies: its best answer, and the second.

    ``told_apart`` says whether the paired interval of best less second leaves out zero, and the same holds for
    every other policy once the interval is widened for so many comparisons (Bonferroni). ``as_good`` are
    the policies that cannot be told from the best; ``same`` those that come to the same in every world.
    """
    import pandas as pd

    rows = []
    for player, state in enumerate(t.choices.states):
        for measure in t.measures:
            for others in others_of(t, player):
                rest = {name: policy for name, policy in t.named(others).items() if name != state}
                rows.append(rest | {"state": state, "measure": measure} | best_answer(t, player, others, measure))
    return pd.DataFrame(rows)


def best_answer(t: Tournament, player: int, others: Profile, measure: str) -> dict[str, Any]:
    """The best policy of a player against the others' policies, and how surely it is the best."""
    state, offered = t.choices.states[player], t.choices.policies[player]
    columns = [t.of(with_choice(others, player, choice), state, measure) for choice in range(len(offered))]
    order = sorted(range(len(offered)), key=lambda choice: (-columns[choice].mean(), choice))
    best = order[0]
    level = 1 - (1 - LEVEL) / max(1, len(offered) - 1)
    as_good, same = [], []
    for choice in order[1:]:
        if np.array_equal(columns[choice], columns[best]):
            same.append(offered[choice])
        elif not paired_means(columns[best], columns[choice], level)[1].low > 0:
            as_good.append(offered[choice])
    differing = [choice for choice in order[1:] if offered[choice] not in same]
    row: dict[str, Any] = {"best": offered[best], "mean": float(columns[best].mean())}
    if differing:
        _, gap = paired_means(columns[best], columns[differing[0]])
        row |= {"second": offered[differing[0]], "difference": gap.difference, "low": gap.low, "high": gap.high}
    else:
        row |= {"second": "", "difference": 0.0, "low": 0.0, "high": 0.0}
    return row | {"told_apart": bool(differing) and not as_good, "as_good": as_good, "same": same}


def regrets_table(t: Tournament) -> Any:
    """A row for each state, measure and policy: what it loses by not playing the best answer.

    ``regret_own`` is against the others' policies as written, with its paired interval; ``regret_mean`` over all
    combinations of the others' policies, each counted once; ``regret_most`` the worst of them.
    """
    import pandas as pd

    rows = []
    for player, state in enumerate(t.choices.states):
        for measure in t.measures:
            game = np.moveaxis(t.game(measure)[player], player, 0)
            regret = (game.max(axis=0, keepdims=True) - game).reshape(game.shape[0], -1)
            best = int(np.argmax([t.game(measure)[(player, *with_choice(t.own, player, c))] for c in range(len(game))]))
            top = t.of(with_choice(t.own, player, best), state, measure)
            for choice, policy in enumerate(t.choices.policies[player]):
                mine = t.of(with_choice(t.own, player, choice), state, measure)
                _, gap = paired_means(top, mine)
                rows.append(
                    {
                        "state": state, "measure": measure, "policy": policy, "mean": float(mine.mean()),
                        "regret_own": gap.difference, "regret_own_low": gap.low, "regret_own_high": gap.high,
                        "regret_mean": float(regret[choice].mean()), "regret_most": float(regret[choice].max()),
                    }
                )  # fmt: skip
    return pd.DataFrame(rows)


def dominated_table(t: Tournament) -> Any:
    """Policies that are strictly worse on average than another, whatever the others play: state, measure, policy, by."""
    import pandas as pd

    rows = []
    for measure in t.measures:
        for found in dominated(t.game(measure))[1]:
            offered = t.choices.policies[found.player]
            said = {"state": t.choices.states[found.player], "measure": measure}
            rows.append(said | {"policy": offered[found.choice], "by": offered[found.by]})
    return pd.DataFrame(rows, columns=["state", "measure", "policy", "by"])


def equilibria_of(t: Tournament, measure: str) -> tuple[Found, list[dict[str, Any]]]:
    """The equilibria of the mean payoffs, each with the policies played, and how often it is one when worlds are redrawn."""
    found = equilibria(t.game(measure))
    holds = _resampled(t, measure, [one for one in found.equilibria if one.pure])
    rows = []
    for number, one in enumerate(found.equilibria):
        played = {
            state: {offered[c]: share for c, share in enumerate(shares) if share > 1e-6}
            for state, offered, shares in zip(t.choices.states, t.choices.policies, one.mixture, strict=True)
        }
        payoffs = dict(zip(t.choices.states, one.payoffs, strict=True))
        rows.append(
            {"measure": measure, "number": number, "pure": one.pure, "played": played, "payoffs": payoffs}
            | {"holds": holds.get(one.mixture)}
        )
    return found, rows


def _resampled(t: Tournament, measure: str, pure: list[Any]) -> dict[Any, float]:
    """In which share of samples of worlds, drawn again with replacement, each pure equilibrium is one."""
    rng = np.random.Generator(np.random.Philox(key=t.seed))
    weights = rng.multinomial(t.worlds, [1 / t.worlds] * t.worlds, RESAMPLES) / t.worlds
    shares = {}
    for one in pure:
        at = tuple(int(np.argmax(mine)) for mine in one.mixture)
        steady = np.ones(RESAMPLES, bool)
        for player, state in enumerate(t.choices.states):
            here = weights @ t.of(at, state, measure)
            for choice in range(len(t.choices.policies[player])):
                other = weights @ t.of(with_choice(at, player, choice), state, measure)
                steady &= here >= other - 1e-9
        shares[one.mixture] = float(steady.mean())
    return shares


def paths_table(t: Tournament, measure: str) -> Any:
    """Where best replies lead: ends (profiles that come round again), from how many of the profiles, from the own one."""
    import pandas as pd

    ends: dict[frozenset[Profile], list[Any]] = {}
    for path in best_reply_paths(t.game(measure)):
        ends.setdefault(frozenset(path.ends), []).append(path)
    rows = [
        {
            "measure": measure,
            "settles": len(end) == 1,
            "profiles": [t.named(profile) for profile in sorted(end)],
            "from": len(paths),
            "of": len(t.played),
            "from_own": any(path.start == t.own for path in paths),
        }
        for end, paths in sorted(ends.items(), key=lambda item: -len(item[1]))
    ]
    return pd.DataFrame(rows)


__all__ = ["OWN", "WHOLE", "WITHOUT", "Tournament", "answers_table", "cells_table"]
