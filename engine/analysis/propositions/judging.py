"""Whether a predicted sign was found: the exact McNemar test for two arms, a t test for a difference of differences."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.paired import Difference, paired_means, paired_shares, paired_table
from wedge.engine.analysis.propositions.stated import LESS, MORE, NOT_EXPRESSED, NOT_MORE, Contrast

CHANCE = 0.01  # a sign counts as found where chance would show as much less often
AS_PREDICTED, NOT_FOUND, REVERSED, NOT_TRIED = "as predicted", "not found", "the reverse", "not tried"


class Judged(NamedTuple):
    """What came of one contrast."""

    contrast: Contrast
    shares: Mapping[str, float]  # of worlds in which the alliance fractured, by arm
    difference: Difference | None  # first less second; None where nothing was played
    verdict: str

    @property
    def met(self) -> bool | None:
        """Whether it came out as predicted; None where nothing was played."""
        return None if self.difference is None else self.verdict == AS_PREDICTED

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            **self.contrast._asdict(),
            "shares": dict(self.shares),
            **(self.difference or Difference(*[float("nan")] * 4))._asdict(),
            "verdict": self.verdict,
        } | ({} if self.difference else {"difference": None, "low": None, "high": None, "p": None})


def judged(contrast: Contrast, fractured: Mapping[str, np.ndarray]) -> Judged:
    """Hold a contrast against what happened: ``[W]`` true or false for every arm, over the same worlds."""
    if not contrast.arms:
        return Judged(contrast, {}, None, NOT_TRIED)
    shares = {arm: float(fractured[arm].mean()) for arm in contrast.arms}
    found = difference_of(*(fractured[arm] for arm in contrast.arms))
    return Judged(contrast, shares, found, verdict_on(contrast.predicted, found))


def difference_of(first: np.ndarray, second: np.ndarray, *less: np.ndarray) -> Difference:
    """First less second; where two more are given, less the difference of those, world by world."""
    if not less:
        return paired_shares(paired_table(first, second))
    as_numbers = [column.astype(float) for column in (first, second, *less)]
    return paired_means(as_numbers[0] - as_numbers[1], as_numbers[2] - as_numbers[3])[1]


def verdict_on(predicted: str, found: Difference) -> str:
    """Whether the sign is the one predicted.

    >>> verdict_on("more", Difference(0.1, 0.05, 0.15, 0.001)), verdict_on("more", Difference(0.1, -0.05, 0.25, 0.2))
    ('as predicted', 'not found')
    >>> verdict_on("not more", Difference(0.1, -0.05, 0.25, 0.2)), verdict_on("less", Difference(0.1, 0.05, 0.15, 0.001))
    ('as predicted', 'the reverse')
    """
    sign = 0 if found.p >= CHANCE else (1 if found.difference > 0 else -1)
    wanted = {MORE: 1, LESS: -1}
    if predicted == NOT_MORE:
        return REVERSED if sign == 1 else AS_PREDICTED
    if predicted == NOT_EXPRESSED:
        return NOT_TRIED
    return {wanted[predicted]: AS_PREDICTED, 0: NOT_FOUND}.get(sign, REVERSED)
