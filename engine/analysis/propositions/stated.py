"""What each proposition predicts, as it was written before the first play: ``scenarios/propositions/predictions.csv``."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from wedge.engine.analysis.variants import known_only
from wedge.engine.scenario.finding import packaged_folder

FOLDER = "propositions"
MORE, LESS, NOT_MORE, NOT_EXPRESSED = "more", "less", "not more", "not expressed"
PREDICTED = (MORE, LESS, NOT_MORE, NOT_EXPRESSED)


class Contrast(NamedTuple):
    """Two arms that differ only in what a proposition speaks of, and the sign it predicts.

    Predicted is whether the alliance fractures more often in the first than in the second. With ``less_first`` and
    ``less_second`` it is about how much more often it does there than between those two.
    """

    contrast: str  # such as W1a
    proposition: str  # in one sentence
    source: str
    alliance: str  # whose fracture is counted
    first: str
    second: str
    less_first: str
    less_second: str
    predicted: str
    in_words: str

    @property
    def about(self) -> str:
        """The name of the proposition, such as W1."""
        return self.contrast[:-1]

    @property
    def arms(self) -> tuple[str, ...]:
        """The scenarios that are played for it, without their folder; none where the model cannot express it."""
        return tuple(arm for arm in (self.first, self.second, self.less_first, self.less_second) if arm)


def predictions_file() -> Path:
    """The file of predictions that comes with Wedge."""
    return packaged_folder() / FOLDER / "predictions.csv"


def stated(names: Sequence[str] = ()) -> list[Contrast]:
    """Every contrast, or those of the propositions named. Raises ExperimentError for a name that is not known."""
    with predictions_file().open(encoding="utf-8", newline="") as file:
        every = [Contrast(**row) for row in csv.DictReader(file)]
    known = list(dict.fromkeys(contrast.about for contrast in every))
    wanted = known_only(list(names) or known, known, "proposition")
    return [contrast for contrast in every if contrast.about in wanted]


def arms_of(contrasts: Sequence[Contrast]) -> dict[str, str]:
    """The alliance whose fracture is counted, by arm; each arm once."""
    return {arm: contrast.alliance for contrast in contrasts for arm in contrast.arms}
