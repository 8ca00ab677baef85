"""A seat played from outside the rules: by a policy in a Python file, another program, or a person.

Write a subclass of ``Policy`` and name its file in the scenario (``policy: {file: mine.py,
name: Mine}``) or on the command line. Each method is asked once when its turn comes, sees
a ``Table`` and never the live opponents, and may return None to leave the move to the state's own tactics.
"""

from collections.abc import Mapping
from typing import NamedTuple

from wedge.engine.model.views import View

CONSENT, REFUSE = "consent", "refuse"
PASS_THE_FLOOR = "pass"


class Table(NamedTuple):
    """What a state can see when it is asked. Levels are 0 to 1, worth is in utility units."""

    state: str
    round: int
    rounds: int
    used: float  # share of the rounds used
    stage: str
    issues: tuple[str, ...]  # on the table
    proposal: Mapping[str, float]  # the levels on the table; empty before there is a proposal
    proposer: str
    ideals: Mapping[str, float]  # its own
    salience: Mapping[str, float]  # its own, summing to one over all issues
    seen_ideals: Mapping[str, Mapping[str, float]]  # of every state, as this one sees them
    own_best: float  # the largest surplus it could get from the stage
    commitment: Mapping[str, float]  # of its own ties to others
    lot: float  # a uniform draw of its own, for policies that mix
    view: View | None  # what it must weigh, when it must answer


class Policy:
    """A policy from outside. Override what it should decide; the rest stays with the state's own tactics."""

    def demand(self, table: Table) -> float | None:
        """The share of its own best to hold out for, 0 to 1."""
        return None

    def offer(self, table: Table) -> Mapping[str, float] | str | None:
        """The levels to propose, by issue; or ``"pass"``."""
        return None

    def answer(self, table: Table) -> str | None:
        """``"consent"`` or ``"refuse"``. A red line holds whatever is said."""
        return None
