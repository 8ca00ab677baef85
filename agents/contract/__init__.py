"""What every policy keeps to: classes to inherit in a test, for the policies of this room and for your own.

    from wedge.agents.contract import AnsweringContract, answers
    from wedge.engine.model.words import REJECT

    class TestFirm(AnsweringContract):
        policy = staticmethod(firm)

        def test_does_not_yield_under_pressure(self):
            \"\"\"Pressure moves conceders; a hardliner answers as if there were none.\"\"\"
            assert [REJECT, REJECT] == answers(firm, surplus=0.1, held_out_for=0.2, pressure=[0.0, 5.0])

The class brings tests of its own, over many generated cases: a tactic cites where it comes from, plays
the same interpreted and compiled, and keeps within what its slot may do. Needs pytest and Hypothesis
(``pip install wedge-wargame[dev]``).
"""

from wedge.agents.contract.cases import answers, demand, over, reasons, shares, view
from wedge.agents.contract.courting import CourtingContract
from wedge.agents.contract.rooms import Room, room
from wedge.agents.contract.seats import SeatContract
from wedge.agents.contract.tactics import FITS, AnsweringContract, DemandContract, PolicyContract

__all__ = [
    "FITS",
    "AnsweringContract",
    "CourtingContract",
    "DemandContract",
    "PolicyContract",
    "Room",
    "SeatContract",
    "answers",
    "demand",
    "over",
    "reasons",
    "room",
    "shares",
    "view",
]
