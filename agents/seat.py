"""A seat played from outside the rules: by a policy in a Python file, another program, or a person.

Write a subclass of ``Policy`` and name its file in the scenario (``policy: {file: mine.py,
name: Mine}``) or on the command line. Each method is asked once when its turn comes, sees
a ``Table`` and never the live opponents, and may return None to leave the move to the state's own tactics.
An ``ArrayPolicy`` is asked for many worlds at once, in arrays with a row for each.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from wedge.engine.model.views import Demand, View

if TYPE_CHECKING:  # policies load this module to be listed, which needs no arrays
    import numpy as np

CONSENT, REFUSE, LEAVE = "consent", "refuse", "leave"
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
    weighs: Demand | None = None  # what a demand tactic sees, when it sets its demand or proposes


class Policy:
    """A policy from outside. Override what it should decide; the rest stays with the state's own tactics."""

    def demand(self, table: Table) -> float | None:
        """The share of its own best to hold out for, 0 to 1."""
        return None

    def offer(self, table: Table) -> Mapping[str, float] | str | None:
        """The levels to propose, by issue; or ``"pass"``."""
        return None

    def answer(self, table: Table) -> str | None:
        """``"consent"`` or ``"refuse"``; ``"leave"`` refuses and, with an outside option, leaves the talks.

        A red line holds whatever is said.
        """
        return None


class Tables(NamedTuple):
    """What a state can see in many worlds in which the same stage is on the table: a ``Table`` with rows for worlds."""

    state: str
    worlds: "np.ndarray"  # [R] the number of each row's world
    rows: "np.ndarray"  # [R] where each row's world stands in its block, for what a policy remembers
    block: int  # worlds in the block
    round: int
    rounds: "np.ndarray"  # [R]
    used: "np.ndarray"  # [R] share of the rounds used
    stage: str
    issues: tuple[str, ...]  # on the table
    proposal: Mapping[str, "np.ndarray"]  # [R] the levels on the table; empty before there is a proposal
    proposer: "np.ndarray"  # [R] names of states
    ideals: Mapping[str, "np.ndarray"]  # [R] its own
    salience: Mapping[str, "np.ndarray"]  # [R] its own
    seen_ideals: Mapping[str, Mapping[str, "np.ndarray"]]  # [R] of every state, as this one sees them
    own_best: "np.ndarray"  # [R]
    commitment: Mapping[str, "np.ndarray"]  # [R] of its own ties to others
    lot: "np.ndarray"  # [R]
    view: View | None  # its fields are arrays [R]; there when it must answer
    weighs: Demand | None = None  # its fields are arrays [R]; there when it sets its demand or proposes


class ArrayPolicy(Policy):
    """A policy that is asked for many worlds at once. What a row says must depend on that row's world alone.

    Each method returns an array with a row for each of the table's, or None; nan in a row leaves that world's
    move to the state's own tactics. What it remembers belongs in arrays ``[tables.block]``, at ``tables.rows``.
    """

    def demands(self, tables: Tables) -> "np.ndarray | None":
        """The shares of its own best to hold out for, 0 to 1."""
        return None

    def offers(self, tables: Tables) -> "Mapping[str, np.ndarray] | None":
        """The levels to propose, by issue; under ``"pass"``, where it passes instead.

        An issue that is left out, or nan, is proposed at the state's own best; a row of nan alone is left to
        its own tactics.
        """
        return None

    def answers(self, tables: Tables) -> "np.ndarray | None":
        """True (or 1) where it consents, False (or 0) where it refuses, 2 where it refuses and leaves the talks.

        A red line holds whatever is said.
        """
        return None


# What each kind of policy is asked: the demand, the offer, the answer.
ASKED = (("demand", "offer", "answer"), ("demands", "offers", "answers"))


def is_overridden(policy: Policy, what: str) -> bool:
    """Whether a policy has a method of its own; those it has not are never asked."""
    base = ArrayPolicy if isinstance(policy, ArrayPolicy) else Policy
    return what in vars(policy) or getattr(type(policy), what, None) is not getattr(base, what)


def is_asked(policy: Policy) -> bool:
    """Whether a policy decides anything by a method; if not, nobody waits for it."""
    return any(is_overridden(policy, what) for what in ASKED[isinstance(policy, ArrayPolicy)])
