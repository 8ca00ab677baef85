"""What a policy is shown. A policy sees values and never the live opponent."""

from typing import NamedTuple


class View(NamedTuple):
    """What one state can see when it must answer a proposal. Utility units unless said otherwise."""

    surplus: float  # worth of accepting over refusing
    held_out_for: float  # the surplus below which consent is a concession
    pressure: float  # what its patrons add to the side of consent
    loyalty: float  # what the losses of its allies take from it
    audience: float  # what having refused better in public takes from it
    whim: float  # its lasting leaning on the matter
    score: float  # the sum of all that under its decision theory; consent above 0
    red_line: int  # 1: past a line it never crosses
    allys_red_line: int  # 1: past a red line of an ally
    used: float  # share of the rounds used, 0 at the opening, 1 at the deadline
    lot: float  # a uniform draw of its own
    number_a: float  # the parameters of the policy
    number_b: float
    theory: int = 0  # its decision theory, as its place in ``wedge.agents.theories.THEORIES``
    tilt: float = 0.0  # what that adds to the surplus less the demand; 0 by quantal response


class Demand(NamedTuple):
    """What a state can see when it sets its demand for a stage."""

    used: float  # share of the rounds used
    conceded: float  # share of the way to its own best that the other side has come so far, 0 to 1
    lot: float  # a uniform draw of its own
    number_a: float
    number_b: float
