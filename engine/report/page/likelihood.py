"""Words of probability by a stated scale, for shares of the model's own worlds and for nothing else.

The likelihood scale of the Intergovernmental Panel on Climate Change: Mastrandrea, M. D. and others
(2010), Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent Treatment of
Uncertainties, table 1. Its classes lie within one another (what is very unlikely is unlikely too);
the narrowest is used, so that they become steps.
"""

from typing import NamedTuple


class Step(NamedTuple):
    """A word, and the shares it stands for: from ``low`` up to ``high``."""

    word: str
    low: float
    high: float


SCALE = (
    Step("exceptionally unlikely", 0.0, 0.01),
    Step("very unlikely", 0.01, 0.10),
    Step("unlikely", 0.10, 0.33),
    Step("about as likely as not", 0.33, 0.66),
    Step("likely", 0.66, 0.90),
    Step("very likely", 0.90, 0.99),
    Step("virtually certain", 0.99, 1.0),
)
SOURCE = (
    "Mastrandrea and others (2010), Guidance Note for Lead Authors of the IPCC Fifth Assessment Report on Consistent "
    "Treatment of Uncertainties, table 1"
)


def step_of(share: float) -> Step:
    """The step in which a share lies; the upper one of two that meet there."""
    return next((step for step in reversed(SCALE) if share >= step.low), SCALE[0])


def in_words(low: float, high: float) -> str:
    """The word for a share that lies between two ends; both words where the ends lie in different steps.

    >>> in_words(0.004, 0.008), in_words(0.008, 0.012)
    ('exceptionally unlikely', 'exceptionally unlikely to very unlikely')
    """
    first, last = step_of(low).word, step_of(high).word
    return first if first == last else f"{first} to {last}"
