"""Games in which one side alone knows something about itself: its type, a number that the scenario draws.

What each type would do is found by playing ahead as that type; what the other side then risks is weighed by how
often the scenario draws each.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from wedge.agents.rational.choosing import Prospects, steps_to_win
from wedge.engine.model.distributions import drawn_value
from wedge.engine.theory.lookahead.backward import prospects_of
from wedge.engine.theory.lookahead.imagined import Imagined, Moment, Try
from wedge.engine.theory.lookahead.junctures import Branch, NotSolved, junctures_of

SHARES = np.linspace(0.0, 1.0, 17)  # the types that are tried, by the share of types below them


class Types(NamedTuple):
    """The types of a state in rising order, and a world that opens with each."""

    values: np.ndarray  # [T]
    openings: list[Moment]

    def by_value(self, found: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        """What was found for each type, [T], for any type between them."""
        return lambda values: np.interp(values, self.values, found)


def types_of(scenario: Any, ahead: Imagined, path: str) -> Types:
    """The types that a number's distribution draws."""
    s, place = scenario.setting, scenario.names.numbers.index(path)
    values = np.array([drawn_value(share, int(s.drawn[place]), s.shape[place], s.mixture) for share in SHARES])
    opening = ahead.opening(0, 0)
    openings = []
    for value in values:
        numbers = opening.numbers.copy()
        numbers[place] = value
        openings.append(opening._replace(numbers=numbers))
    return Types(values, openings)


class OneDemand:
    """Take it or leave it, to a side that alone knows what leaving it costs (Fearon 1995)."""

    def __init__(self, scenario: Any, secret: str, answers: str, interpreted: bool = True) -> None:
        self.ahead = Imagined(scenario.setting, interpreted)
        self.types = types_of(scenario, self.ahead, secret)
        self.place = scenario.names.states.index(answers)
        self.prospects = [self._prospects(opening) for opening in self.types.openings]
        self.steps = np.array([steps_to_win(one)[self.place] for one in self.prospects])
        self.step = self._best_step()
        one = self.prospects[0]
        self.levels = one.start + self.step * one.ways[self.place]
        self.refused_share = 1.0 - self._share_that_signs(self.step)
        self.worth = self._worth(self.step)

    def _prospects(self, opening: Moment) -> Prospects:
        def worth_of(branch: Branch) -> np.ndarray:
            if branch.then.going:
                raise NotSolved("talks go on after the one demand")
            return branch.gain + self.ahead.at_the_end([branch.then])[0] - branch.then.payoff

        junctures = junctures_of(self.ahead, opening)
        return prospects_of(self.ahead.s, junctures[0], worth_of)

    def _share_that_signs(self, step: float) -> float:
        """The share of types for which a demand that comes so far is far enough."""
        order = np.argsort(self.steps, kind="stable")
        return float(np.interp(step, self.steps[order], SHARES))

    def _worth(self, step: float) -> float:
        """What the demander expects of a demand that comes so far."""
        one = self.prospects[0]
        signed = one.signed(one.start + step * one.ways[self.place])[one.proposer]
        share = self._share_that_signs(step)
        return float(share * signed + (1.0 - share) * one.refused[one.proposer])

    def _best_step(self) -> float:
        low, high = float(self.steps.min()), float(self.steps.max())
        inside = minimize_scalar(
            lambda step: -self._worth(step), bounds=(low, high), method="bounded", options={"xatol": 1e-12}
        )
        return max((low, high, float(inside.x)), key=self._worth)

    def worth_of_refusing(self, values: np.ndarray) -> np.ndarray:
        """What refusing is worth to each of these types."""
        found = np.array([one.refused[self.place] for one in self.prospects])
        return self.types.by_value(found)(values)

    def worth_of_signing(self, levels: np.ndarray) -> np.ndarray:
        """[rows] what signing the levels [rows, K] is worth to whoever answers."""
        worth: np.ndarray = self.prospects[0].signed(levels)[:, self.place]
        return worth


class Ends(NamedTuple):
    """What each way in which a challenge may end is worth to challenger and defender."""

    quiet: np.ndarray  # [2] no challenge
    conceded: np.ndarray  # [2]
    backed_down: np.ndarray  # [2]
    fought: np.ndarray  # [T, 2] by the challenger's type


class Challenge:
    """All or nothing: challenge or not, resist or concede, fight or back down; only the challenger knows its cost.

    The equilibrium in which types that would fight challenge, some that would not bluff, and resistance is just
    likely enough to make a bluff worth nothing. Raises NotSolved where there is none of this kind.
    """

    def __init__(self, scenario: Any, secret: str, sides: tuple[str, str], interpreted: bool = True) -> None:
        self.ahead = Imagined(scenario.setting, interpreted)
        self.types = types_of(scenario, self.ahead, secret)
        self.sides = [scenario.names.states.index(name) for name in sides]
        tried = [self._tried(opening) for opening in self.types.openings]
        self.ends = Ends(tried[0][0], tried[0][1], tried[0][2], np.array([one[3] for one in tried]))
        self._solve()

    def _tried(self, opening: Moment) -> list[np.ndarray]:
        """What the four ways of going on bring to both, as the type of this world."""
        a, b = self.sides
        all_of_it, none_of_it = np.array([1.0]), np.array([0.0])
        first = [Try(none_of_it, True), Try(all_of_it, True), Try(all_of_it, False)]
        (quiet, conceded, resisted), _ = self.ahead.after(opening, a, 0, first)
        last = [Try(none_of_it, True), Try(none_of_it, False)]
        (backed_down, fought), _ = self.ahead.after(resisted, b, 0, last)
        ends = [*self.ahead.at_the_end([quiet, conceded]), *self.ahead.at_the_end([backed_down, fought])]
        return [end[self.sides] for end in ends]

    def _solve(self) -> None:
        quiet, conceded, backed_down = self.ends.quiet, self.ends.conceded, self.ends.backed_down
        gain = self.ends.fought[:, 0] - backed_down[0]  # of fighting over backing down, by type
        self.fights_from = float(np.interp(0.0, gain, self.types.values))
        fighters = 1.0 - float(np.interp(self.fights_from, self.types.values, SHARES))
        war = float(self.ends.fought[0, 1])
        credible = (backed_down[1] - conceded[1]) / (
            backed_down[1] - war
        )  # share of fighters that leaves the defender indifferent
        if not 0.0 < fighters < credible <= 1.0:
            raise NotSolved("no equilibrium in which some challenges are bluffs")
        self.challenges = float(fighters / credible)
        self.resists = float((conceded[0] - quiet[0]) / (conceded[0] - backed_down[0]))
        self.challenges_from = float(np.interp(1.0 - self.challenges, SHARES, self.types.values))
