"""What holds for tactics that make proposals."""

from typing import Any, ClassVar

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from wedge.agents.contract.cases import over
from wedge.agents.contract.rooms import Room, room
from wedge.agents.contract.tactics import PolicyContract
from wedge.engine.model import numbers as n
from wedge.engine.model import world as f
from wedge.engine.model.compiling import boxed, compiled
from wedge.engine.model.numbers import Numbers
from wedge.engine.model.setting import Setting
from wedge.engine.model.world import World
from wedge.engine.model.worth import lowest_level


class CourtingContract(PolicyContract):
    """What holds for every tactic in ``courting``."""

    heeds_red_lines: ClassVar[bool] = True  # whether it goes no further past others' red lines than its own best does

    def rooms(self) -> st.SearchStrategy[Room]:
        """Tables of two to five states and one to four issues."""
        return st.builds(room, st.integers(2, 5), st.integers(1, 4), st.integers(0, 2**32), self.numbers())

    def propose(self, at: Room) -> dict[int, float]:
        """The levels the tactic puts on the table, by issue of the stage."""
        self.policy(*at, 0, 0, 0)
        return {k: float(at.w.issue[f.PROPOSAL, k, 0]) for k in range(len(at.s.issue_id)) if at.s.stage_of[k] == 0}

    def test_proposes_levels_at_which_the_stage_can_settle(self) -> None:
        """On the scale, and for the issue that ends the war high enough to end it."""

        def check(at: Room) -> None:
            for k, level in self.propose(at).items():
                assert lowest_level(at.s, at.x, k, 0) <= level <= 1.0

        over(self.rooms(), 150, check)

    def test_leaves_the_issues_of_other_stages_alone(self) -> None:
        """They are not on the table."""

        def check(at: Room) -> None:
            assume(at.s.stage_of[-1] == 1)
            at.w.issue[f.PROPOSAL, -1, 0] = 0.123
            self.propose(at)
            assert 0.123 == at.w.issue[f.PROPOSAL, -1, 0]

        over(self.rooms(), 50, check)

    def test_asks_the_same_whenever_it_is_asked(self) -> None:
        """It carries nothing from one call to the next but what stands in the world."""

        def check(at: Room) -> None:
            assert self.propose(at) == self.propose(at)

        over(self.rooms(), 50, check)

    def test_goes_past_no_red_line_of_those_it_courts(self) -> None:
        """No further than where its own best lies."""

        def check(at: Room) -> None:
            assume(self.heeds_red_lines)
            levels = self.propose(at)
            for j, k in np.ndindex(*at.s.red_side.shape):
                side = at.s.red_side[j, k]
                if k in levels and side != 0 and at.w.state[f.COURTED, j, 0] == 1.0:
                    start = max(float(at.x.position[n.IDEAL, 0, k, 0]), lowest_level(at.s, at.x, k, 0))
                    line = max(side * at.x.position[n.RED_LINE, j, k, 0], side * start)
                    assert side * levels[k] <= line + 1e-9

        if self.heeds_red_lines:
            over(self.rooms(), 150, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """To the last bit, in every level."""
        twin = compiled(self.policy)

        def check(at: Room) -> None:
            other = Room(Setting(*map(_copy, at.s)), Numbers(*map(_copy, at.x)), World(*map(_copy, at.w)))
            said = self.policy(*at, 0, 0, 0)
            assert said == twin(*(boxed(part) for part in other), 0, 0, 0)
            assert np.array_equal(at.w.issue, other.w.issue)

        over(self.rooms(), 60, check)


def _copy(field: Any) -> Any:
    return field.copy() if isinstance(field, np.ndarray) else field
