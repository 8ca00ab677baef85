"""What holds for policies that take a whole seat from outside."""

from collections.abc import Mapping
from typing import Any, ClassVar

from hypothesis import strategies as st

from wedge.agents.contract.cases import SHARES, WORTH, over, view
from wedge.agents.seat import CONSENT, PASS_THE_FLOOR, REFUSE, Policy, Table


class SeatContract:
    """What holds for every policy that takes a whole seat from outside: a subclass of ``Policy``."""

    policy: ClassVar[type[Policy]]
    table: ClassVar[Mapping[str, Any]] = {}  # what its table must have, beyond a single issue called land

    def tables(self) -> st.SearchStrategy[Table]:
        """Any situation in which it may be asked."""
        levels = st.fixed_dictionaries({"land": SHARES})

        def build(
            n: int, lot: float, own: dict[str, float], theirs: dict[str, float], offer: dict[str, float], worth: float
        ) -> Table:
            return Table(**{
                "state": "me", "round": n, "rounds": 10, "used": n / 9, "stage": "talks", "issues": ("land",),
                "proposal": offer, "proposer": "you", "ideals": own, "salience": {"land": 1.0},
                "seen_ideals": {"me": own, "you": theirs}, "own_best": 0.5, "commitment": {},
                "lot": lot, "view": view(surplus=worth, lot=lot), **self.table,
            })  # fmt: skip

        return st.builds(build, st.integers(0, 9), SHARES, levels, levels, levels, WORTH)

    def test_demands_a_share_or_nothing(self) -> None:
        """A number from 0 to 1, or None."""

        def check(table: Table) -> None:
            share = self.policy().demand(table)
            assert share is None or 0.0 <= share <= 1.0

        over(self.tables(), 100, check)

    def test_offers_levels_of_the_issues_on_the_table(self) -> None:
        """Levels from 0 to 1 by issue, a pass, or None."""

        def check(table: Table) -> None:
            offer = self.policy().offer(table)
            if isinstance(offer, Mapping):
                assert set() == set(offer) - set(table.issues)
                assert all(0.0 <= level <= 1.0 for level in offer.values())
            else:
                assert offer in (None, PASS_THE_FLOOR)

        over(self.tables(), 100, check)

    def test_answers_with_a_word_or_nothing(self) -> None:
        """It consents, refuses, or leaves the answer to the state's own tactic."""

        def check(table: Table) -> None:
            assert self.policy().answer(table) in (CONSENT, REFUSE, None)

        over(self.tables(), 100, check)
