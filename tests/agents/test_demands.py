"""What a state holds out for: the tactics of the slot ``demands``."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wedge.agents.contract import DemandContract, demand, shares
from wedge.agents.demands import concession as concession_file
from wedge.agents.demands import mirror as mirror_file
from wedge.agents.demands.concession import concession
from wedge.agents.demands.lots import lots
from wedge.agents.demands.mirror import mirror
from wedge.agents.demands.steadfast import steadfast

FIFTHS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
TENTHS = [n / 10 for n in range(11)]


def meeting(first: float, second: float) -> tuple[float, float]:
    """When two demands on the same pie first fit together, and the share the first then has."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        demanded = sum(concession(demand(used=middle, number_a=e)) for e in (first, second))
        low, high = (low, middle) if demanded <= 1.0 else (middle, high)
    return high, concession(demand(used=high, number_a=first))


class TestConcession(DemandContract):
    """Time-dependent concession."""

    policy = staticmethod(concession)
    parameters = concession_file.PARAMETERS

    def test_begins_with_everything_and_ends_with_nothing(self):
        """At the opening its own best, at the deadline whatever there is."""
        for e in (0.2, 1.0, 5.0):
            assert [1.0, 0.0] == shares(concession, used=[0.0, 1.0], number_a=e)

    def test_boulware_yields_late_and_conceder_early(self):
        """Half-way through, the first still holds out for nearly all, the second for little."""
        late, even, early = shares(concession, used=0.5, number_a=[0.2, 1.0, 5.0])
        assert early < 0.2 < even == 0.5 < 0.9 < late

    @given(st.floats(0.01, 100), st.floats(0, 1), st.floats(0, 1))
    def test_never_asks_for_more_again(self, e, first, second):
        """Demands only fall as time goes by."""
        early, late = sorted((first, second))
        before, after = shares(concession, used=[early, late], number_a=e)
        assert after <= before + 1e-12

    @pytest.mark.parametrize(
        ("e", "offers"),
        [
            (0.2, [0.1, 0.1003, 0.1092, 0.1700, 0.3949, 1.0]),
            (1.0, [0.1, 0.28, 0.46, 0.64, 0.82, 1.0]),
            (5.0, [0.1, 0.7523, 0.8493, 0.9126, 0.9607, 1.0]),
        ],
    )
    def test_literature_the_polynomial_tactic_of_faratin_sierra_and_jennings(self, e, offers):
        """Faratin, Sierra, Jennings 1998: alpha(t) = k + (1 - k) t^(1/b) with k = 0.1; b is our e."""
        found = [0.1 + 0.9 * (1.0 - share) for share in shares(concession, used=FIFTHS, number_a=e)]
        assert offers == pytest.approx(found, abs=5e-5)

    @pytest.mark.parametrize(
        ("theirs", "aspirations"),
        [
            (4.0, [1, 0.9999, 0.9984, 0.9919, 0.9744, 0.9375, 0.8704, 0.7599, 0.5904, 0.3439, 0]),
            (1.0, [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0]),
            (0.25, [1, 0.437659, 0.331260, 0.259917, 0.204729, 0.159104, 0.119888, 0.085309, 0.054258, 0.025996, 0]),
        ],
        ids=["boulware", "linear", "conceder"],
    )
    def test_literature_the_sign_trap_of_negmas(self, theirs, aspirations):
        """NegMAS 0.16 writes u(t) = 1 - t^e with boulware at e = 4: its e is one over ours."""
        assert aspirations == pytest.approx(shares(concession, used=TENTHS, number_a=1.0 / theirs), abs=5e-7)

    @pytest.mark.parametrize(
        ("first", "second", "when", "share"),
        [
            (0.25, 0.25, 0.840896, 0.5),
            (1.0, 1.0, 0.5, 0.5),
            (4.0, 4.0, 0.0625, 0.5),
            (0.25, 4.0, 0.592010, 0.877167),
            (1.0, 4.0, 0.275508, 0.724492),
        ],
        ids=["B-B", "L-L", "C-C", "B-C", "L-C"],
    )
    def test_literature_where_two_of_them_meet(self, first, second, when, share):
        """On one linear issue they meet where t^(1/e1) + t^(1/e2) = 1; the one that yields late gets more."""
        assert (when, share) == pytest.approx(meeting(first, second), abs=5e-7)


class TestMirror(DemandContract):
    """Tit for tat in concessions."""

    policy = staticmethod(mirror)
    parameters = mirror_file.PARAMETERS

    def test_yields_as_far_as_the_other_side_has_yielded(self):
        """Nothing for nothing, a third for a third."""
        assert [1.0, 0.7, 0.0] == pytest.approx(shares(mirror, conceded=[0.0, 0.3, 1.0], number_a=0.0))

    def test_of_a_constant_concession_is_that_concession(self):
        """Against one that comes a tenth nearer each time it comes a tenth nearer each time."""
        found = shares(mirror, conceded=TENTHS, number_a=0.0)
        assert [0.1] * 10 == pytest.approx([before - after for before, after in itertools.pairwise(found)])

    def test_may_come_further_than_the_other_side_but_not_beyond_all(self):
        """A fifth ahead, until there is nothing left to give."""
        assert [0.8, 0.3, 0.0] == pytest.approx(shares(mirror, conceded=[0.0, 0.5, 0.9], number_a=0.2))

    def test_does_not_mind_the_clock(self):
        """Where the other side has not moved, the deadline moves nobody."""
        assert [1.0, 1.0, 1.0] == shares(mirror, used=[0.0, 0.5, 1.0], number_a=0.0)


class TestSteadfast(DemandContract):
    """No concession at all."""

    policy = staticmethod(steadfast)

    def test_holds_out_for_everything_to_the_end(self):
        """Whatever the clock and the other side say."""
        assert [1.0, 1.0] == shares(steadfast, used=[0.0, 1.0], conceded=[0.0, 1.0])


class TestLots(DemandContract):
    """The null model."""

    policy = staticmethod(lots)

    def test_holds_out_for_what_the_lot_says(self):
        """Neither the clock nor the other side has a say."""
        assert [0.2, 0.9] == shares(lots, used=[0.0, 1.0], lot=[0.2, 0.9])
