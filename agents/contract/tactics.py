"""What holds for tactics that set a demand or answer a proposal."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from hypothesis import strategies as st

from wedge.agents.contract.cases import SHARES, WORTH, over, view
from wedge.agents.parameters import Parameter
from wedge.agents.sources import SOURCES
from wedge.engine.model import words
from wedge.engine.model.compiling import compiled, every_rule
from wedge.engine.model.theories import ASPIRATION, PROSPECT, QUANTAL, RECIPROCITY
from wedge.engine.model.views import Demand, View
from wedge.engine.model.words import ACCEPT, CONCEDE, REJECT

# What a stance and its reason must have in common: the stances it can stand for, and what must be seen.
Fit = tuple[tuple[int, ...], Callable[[View], bool]]
FITS: dict[int, Fit] = {
    words.DEMAND_MET: ((ACCEPT,), lambda v: v.surplus >= v.held_out_for),
    words.GAINED_ENOUGH: ((CONCEDE,), lambda v: v.score > 0.0),
    words.UNDER_PRESSURE: ((CONCEDE,), lambda v: v.pressure > 0.0 and v.score - v.pressure <= 0.0),
    words.ON_A_WHIM: ((ACCEPT, CONCEDE), lambda v: v.score - v.whim <= 0.0 < v.score),
    words.RED_LINE: ((REJECT,), lambda v: v.red_line == 1),
    words.STOOD_FIRM: ((REJECT,), lambda v: 0.0 < v.surplus <= v.held_out_for),
    words.WORSE_THAN_NOTHING: ((REJECT,), lambda v: v.surplus <= 0.0),
    words.LOYAL_TO_AN_ALLY: ((REJECT,), lambda v: v.loyalty > 0.0),
    words.SAID_TOO_MUCH: ((REJECT,), lambda v: v.audience > 0.0),
    words.ON_A_DOUBT: ((REJECT,), lambda v: v.score <= 0.0 < v.score - v.whim),
    words.FEARED_A_LOSS: ((REJECT,), lambda v: v.tilt < 0.0 and v.theory == PROSPECT),
    words.RETURNED_ILL: ((REJECT,), lambda v: v.tilt < 0.0 and v.theory == RECIPROCITY),
    words.RETURNED_GOOD: ((CONCEDE,), lambda v: v.score - v.tilt <= 0.0 < v.score),
    words.ALLYS_RED_LINE: ((REJECT,), lambda v: v.allys_red_line == 1),
    words.AT_RANDOM: ((ACCEPT, CONCEDE, REJECT), lambda v: True),
    words.OWN_COUNSEL: ((ACCEPT, CONCEDE, REJECT), lambda v: True),
    words.WENT_OUTSIDE: ((REJECT,), lambda v: True),
}


class PolicyContract:
    """What holds for every tactic. Inherit one of the classes below, and set ``policy``."""

    policy: ClassVar[Any]
    parameters: ClassVar[tuple[Parameter, ...]] = ()  # those the tactic takes, with their bounds
    sources: ClassVar[Mapping[str, str]] = SOURCES  # where its citations are found

    def test_cites_a_source(self) -> None:
        """The docstring names a work, as ``[Key]_``, that is in the list of sources."""
        keys = re.findall(r"\[(\w+)\]_", self.policy.__doc__ or "")
        assert keys, "cite a source: `Names:` and `- What it is called: [Key]_`"
        assert set() == set(keys) - set(self.sources)

    def test_says_what_it_does(self) -> None:
        """The docstring begins with a sentence, before the names it goes by."""
        said = (self.policy.__doc__ or "").partition("Names:")[0].strip()
        assert said.endswith(".")

    def test_is_a_rule(self) -> None:
        """It is marked with ``@rule``, so that the batch driver can compile it."""
        assert self.policy in every_rule()

    @classmethod
    def numbers(cls) -> st.SearchStrategy[tuple[float, float]]:
        """Values for its two parameters, within their bounds; anything for those it does not have."""
        bounds = [(p.low, p.high) for p in cls.parameters] + [(-1.0, 1.0)] * 2
        return st.tuples(st.floats(*bounds[0]), st.floats(*bounds[1]))


class DemandContract(PolicyContract):
    """What holds for every tactic in ``demands``."""

    def demands(self) -> st.SearchStrategy[Demand]:
        """Any situation in which a demand is set."""
        return st.builds(lambda u, c, lot, ab: Demand(u, c, lot, *ab), SHARES, SHARES, SHARES, self.numbers())

    def test_holds_out_for_a_share_of_its_own_best(self) -> None:
        """Between nothing and everything."""

        def check(seen: Demand) -> None:
            assert 0.0 <= self.policy(seen) <= 1.0

        over(self.demands(), 200, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """To the last bit."""
        twin = compiled(self.policy)

        def check(seen: Demand) -> None:
            assert self.policy(seen) == twin(seen)

        over(self.demands(), 200, check)


class AnsweringContract(PolicyContract):
    """What holds for every tactic in ``answering``."""

    def views(self) -> st.SearchStrategy[View]:
        """Any situation in which an answer is due; the score is the sum of its parts."""
        some = st.floats(0.0, 1.0)
        flag = st.integers(0, 1)

        def build(worth: Any, lines: Any, used: float, lot: float, ab: tuple[float, float], theory: Any) -> View:
            surplus, held, pressure, loyalty, audience, whim = worth
            return view(
                surplus=surplus, held_out_for=held, pressure=pressure, loyalty=loyalty, audience=audience, whim=whim,
                red_line=lines[0], allys_red_line=lines[1], used=used, lot=lot, number_a=ab[0], number_b=ab[1],
                theory=theory[0], tilt=theory[1],
            )  # fmt: skip

        worth = st.tuples(WORTH, some, some, some, some, WORTH)
        theory = st.sampled_from([(QUANTAL, 0.0), (ASPIRATION, 0.0)]) | st.tuples(st.just(RECIPROCITY), WORTH)
        framed = st.tuples(st.just(PROSPECT), WORTH)
        return st.builds(build, worth, st.tuples(flag, flag), SHARES, SHARES, self.numbers(), theory | framed)

    def test_takes_a_stance_and_gives_a_reason(self) -> None:
        """It accepts, concedes or rejects, for a reason that has a name."""

        def check(seen: View) -> None:
            stance, reason = self.policy(seen)
            assert stance in (ACCEPT, CONCEDE, REJECT)
            assert reason in FITS

        over(self.views(), 200, check)

    def test_reason_fits_its_move(self) -> None:
        """Nobody concedes because its demand was met, or refuses out of loyalty to an ally that gains."""

        def check(seen: View) -> None:
            stance, reason = self.policy(seen)
            stances, fits = FITS[reason]
            assert stance in stances
            assert fits(seen), f"{words.REASONS[reason]} does not fit {seen}"

        over(self.views(), 500, check)

    def test_accepts_when_its_demand_is_met_and_concedes_when_it_is_not(self) -> None:
        """The two words for consent."""

        def check(seen: View) -> None:
            stance, _ = self.policy(seen)
            assert stance == REJECT or stance == (ACCEPT if seen.surplus >= seen.held_out_for else CONCEDE)

        over(self.views(), 200, check)

    def test_never_consents_past_a_red_line(self) -> None:
        """Whatever speaks for it."""

        def check(seen: View) -> None:
            assert (REJECT, words.RED_LINE) == tuple(self.policy(seen._replace(red_line=1)))

        over(self.views(), 200, check)

    def test_compiled_and_interpreted_agree(self) -> None:
        """In stance and reason."""
        twin = compiled(self.policy)

        def check(seen: View) -> None:
            assert tuple(self.policy(seen)) == tuple(twin(seen))

        over(self.views(), 200, check)
