"""The decision theories a state may decide by (``decides:`` in a scenario), with their parameters and sources.

What each does to a state's sum is in ``engine/model/theories.py``.
"""

from typing import NamedTuple

from wedge.agents.parameters import Parameter
from wedge.agents.sources import SOURCES
from wedge.engine.model import theories as rules


class Theory(NamedTuple):
    """One decision theory: its number in the rules, what it says and where it comes from."""

    name: str
    number: int
    parameters: tuple[Parameter, ...]
    meaning: str
    keys: tuple[str, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """The works it cites, in full."""
        return tuple(SOURCES[key] for key in self.keys)


THEORIES = {
    theory.name: theory
    for theory in (
        Theory(
            "quantal",
            rules.QUANTAL,
            (),
            "Quantal response: the surplus less the demand, as it is, with a random part.",
            ("McKelveyPalfrey1995",),
        ),
        Theory(
            "prospect",
            rules.PROSPECT,
            (
                Parameter("loss_aversion", 2.25, 1.0, 10.0, "how many times a loss counts as much as a gain (Tversky and Kahneman 1992)"),
                Parameter("diminishing", 0.88, 0.1, 1.0, "exponent by which further gains and losses count for less (Tversky and Kahneman 1992)"),
            ),
            "Prospect theory: offer and demand are valued as gains and losses from a reference point, the status quo going on for good.",
            ("KahnemanTversky1979", "TverskyKahneman1992", "Levy1997"),
        ),
        Theory(
            "aspiration",
            rules.ASPIRATION,
            (Parameter("adaptation", 0.3, 0.0, 1.0, "share of the way an aspiration moves to what another's proposal offers (a judgement)"),),
            "Satisficing: what it holds out for follows what it is offered, not the clock, and it signs the first offer that is good enough.",
            ("Simon1955", "CyertMarch1963", "Selten1998"),
        ),
        Theory(
            "reciprocity",
            rules.RECIPROCITY,
            (Parameter("weight", 0.5, 0.0, 5.0, "how much an adversary's gain counts at full good or ill will (a judgement)"),),
            "Reciprocity: an adversary's gain counts for consent if it has been kind so far, against it if unkind.",
            ("Rabin1993", "FalkFischbacher2006", "Axelrod1984"),
        ),
    )
}  # fmt: skip
DEFAULT_THEORY = "quantal"
