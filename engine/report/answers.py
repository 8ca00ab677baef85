"""Answers to a proposal in sentences: the grounds of each, put into the sentence of its reason."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import DEPENDENCE, RATIFICATION, RED_LINE
from wedge.engine.model.words import JOINT_FRONT, REASONS, REJECT, STANCES
from wedge.engine.report.reasons import STANCE_VERB, VERBS, sentence_for
from wedge.engine.report.rounds import Answer, Round
from wedge.engine.report.wording import Wording, capital, listed, points, share

WORTH_SAYING = 0.0005  # utility below which pressure, loyalty and shame are not mentioned


def finely(utility: float) -> str:
    """Points, with a digit more where one would say nothing."""
    return points(utility) if abs(utility) >= WORTH_SAYING else f"{100 * utility:.2f}"


class Grounds:
    """All that a sentence about one answer may need, looked up by name."""

    def __init__(self, told: Round, words: Wording, answer: Answer) -> None:
        self.told, self.words, self.answer = told, words, answer

    def fill(self, template: str) -> str:
        """The template with the grounds in it."""
        return template.format_map(_Lookup(self._value))

    def _value(self, name: str) -> str:
        if name in VERBS:
            return VERBS[name][0 if self.answer.has_seat else 1]
        if name == "does":
            return self._value(STANCE_VERB[self.answer.stance])
        found: str = getattr(self, f"_{name}")()
        return found

    def _The(self) -> str:
        return capital(self.words.state(self.answer.state))

    def _surplus(self) -> str:
        return self._pair()[0]

    def _held(self) -> str:
        return self._pair()[1]

    def _pair(self) -> tuple[str, str]:
        """Surplus and demand, with a digit more where they would look the same."""
        offered, asked = self.answer.surplus, self.answer.held_out_for
        if points(offered) == points(asked) and offered != asked:
            return f"{100 * offered:.2f}", f"{100 * asked:.2f}"
        return points(offered), points(asked)

    def _offer(self) -> str:
        """What the offer is worth, gain or loss."""
        if self.answer.surplus < 0:
            return f"the offer would bring it {self._loss()} points less than it still hopes for without it"
        return f"the offer is worth {self._surplus()} points to it"

    def _loss(self) -> str:
        return points(-self.answer.surplus)

    def _pressure(self) -> str:
        return points(self.answer.pressure)

    def _loyalty(self) -> str:
        return points(self.answer.loyalty)

    def _audience(self) -> str:
        return points(self.answer.audience)

    def _mood(self) -> str:
        return finely(self.answer.whim)

    def _doubt(self) -> str:
        return finely(-self.answer.whim)

    def _tips(self) -> str:
        """What makes it sign: its leaning, and the wish of its patrons where it would not sign without that either."""
        leaning = f"a leaning of its own on this matter ({self._mood()})"
        if self.answer.pressure > WORTH_SAYING and self.answer.score - self.answer.pressure <= 0.0:
            return f"the wish of {self._patrons()} ({self._pressure()}) and {leaning} tip"
        return f"{leaning} tips"

    def _against(self) -> str:
        """What speaks against consent besides the demand."""
        parts = []
        if self.answer.loyalty > WORTH_SAYING:
            parts.append(f"loyalty to {self._hurt()} ({self._loyalty()})")
        if self.answer.audience > WORTH_SAYING:
            parts.append(f"what it has said in public ({self._audience()})")
        return listed(parts) or "a hair's breadth"

    def _and_against(self) -> str:
        weighs = self.answer.loyalty > WORTH_SAYING or self.answer.audience > WORTH_SAYING
        if weighs and self.answer.surplus < 0:
            return f", with {self._against()} against it besides"
        return f", less {self._against()}" if weighs else ""

    def _and_for(self) -> str:
        return f", {self._pressure()} of pressure" if self.answer.pressure > WORTH_SAYING else ""

    def _speaks_for(self) -> str:
        parts = []
        if self.answer.pressure > 0:
            parts.append(f"the wish of {self._patrons()} ({self._pressure()})")
        if self.answer.whim > 0:
            parts.append(f"a leaning of its own on this matter ({self._mood()})")
        return listed(parts) or "its rule of consent"

    # Who else is in it.

    def _others(self) -> Iterable[int]:
        return (j for j in self.told.names.display if j != self.answer.state)

    def _intact(self, i: int, j: int) -> bool:
        broke = self.told.tie_before(f.FRACTURE_ROUND, i, j)
        return bool(self.told.s.tie[i, j] == 1) and broke < 0

    def _patrons(self) -> str:
        """Those who press: they gain, are tied to it, and it depends on them; the strongest first."""
        i, told = self.answer.state, self.told
        weights = {}
        for j in self._others():
            if self._intact(j, i):
                wish = max(0.0, float(told.now.state[f.SURPLUS, j]))
                weights[j] = wish * told.threshold(i, j, DEPENDENCE) * told.commitment(j, i)[0]
        strong = [j for j, weight in sorted(weights.items(), key=lambda pair: -pair[1]) if weight > 0]
        total = sum(weights.values())
        loud = [j for j in strong if weights[j] >= 0.1 * total]
        return self.words.states(loud) if loud else "its patrons"

    def _hurt(self) -> str:
        """The allies it is loyal to and that would lose by the deal."""
        i = self.answer.state
        hurt = [j for j in self._others() if self._intact(i, j) and self.told.now.state[f.SURPLUS, j] < 0]
        return self.words.states(hurt) if hurt else "its allies"

    def _patron(self) -> str:
        patron = int(self.told.s.patron[self.answer.state])
        return self.words.state(patron) if patron >= 0 else "its patron"

    def _members(self) -> str:
        return self.words.states(self._refusing_members()) or "its front"

    def _refuse(self) -> str:
        return "refuses" if len(self._refusing_members()) == 1 else "refuse"

    def _refusing_members(self) -> list[int]:
        s, i, told = self.told.s, self.answer.state, self.told
        fronts = [a for a in np.flatnonzero(s.joint_front == 1) if s.member[a, i] == 1]
        inside = [j for j in self._others() if any(s.member[a, j] == 1 for a in fronts) and s.seat[told.stage, j] == 1]
        state = told.now.state
        return [j for j in inside if state[f.STANCE, j] == REJECT and state[f.REASON, j] != JOINT_FRONT]

    # Lines, hurdles, payments.

    def _crossed(self, i: int) -> int:
        """The issue on which the proposal is past state i's red line, or -1."""
        for k, level in self.told.proposal.items():
            beyond = (level - self.told.x.position[RED_LINE, i, k, 0]) * self.told.s.red_side[i, k]
            if self.told.s.red_side[i, k] != 0 and beyond > 1e-12:
                return k
        return -1

    def _crossing(self) -> str:
        return self._crossing_of(self.answer.state)

    def _crossing_of(self, i: int) -> str:
        k = self._crossed(i)
        return f"{self.words.issue_titles[k]} at {share(self.told.proposal[k])}" if k >= 0 else "the offer"

    def _line(self) -> str:
        return self._line_of(self.answer.state)

    def _line_of(self, i: int) -> str:
        k = self._crossed(i)
        return share(float(self.told.x.position[RED_LINE, i, k, 0])) if k >= 0 else "its line"

    def _ally_index(self) -> int:
        i = self.answer.state
        return next((j for j in self._others() if self._intact(i, j) and self._crossed(j) >= 0), -1)

    def _ally(self) -> str:
        j = self._ally_index()
        return self.words.state(j) if j >= 0 else "an ally"

    def _ally_crossing(self) -> str:
        return self._crossing_of(self._ally_index())

    def _ally_line(self) -> str:
        return self._line_of(self._ally_index())

    def _needs(self) -> str:
        return points(float(self.told.x.state[RATIFICATION, self.answer.state, 0]))

    def _tilt(self) -> str:
        return points(abs(self.answer.tilt))

    def _maker(self) -> str:
        return self.words.state(self.told.floor)

    def _price(self) -> str:
        return points(self.answer.payment)

    def _payer(self) -> str:
        return self.words.state(int(self.told.now.state[f.PAYER, self.answer.state]))


class _Lookup(dict):
    """A mapping that asks for a value only when a template wants it."""

    def __init__(self, value: Callable[[str], str]) -> None:
        super().__init__()
        self._value = value

    def __missing__(self, name: str) -> str:
        return self._value(name)


def answer_in_words(told: Round, words: Wording, answer: Answer, turn: int = 0) -> str:
    """One answer and its reason in a sentence."""
    return Grounds(told, words, answer).fill(sentence_for(answer.reason, answer.stance, turn))


def sum_in_words(words: Wording, answer: Answer) -> str:
    """The sum a state decides on, for those who want to check it."""
    parts = [f"{points(answer.surplus)} surplus", f"- {points(answer.held_out_for)} held out for"]
    extra = (("+", "pressure", answer.pressure), ("-", "loyalty", answer.loyalty), ("-", "audience", answer.audience))
    parts += [f"{sign} {points(value)} {name}" for sign, name, value in extra if abs(value) > 0]
    for name, value, always in (("leaning", answer.whim, True), (words.theory(answer.state), answer.tilt, False)):
        if always or value != 0.0:
            parts.append(f"{'-' if value < 0 else '+'} {points(abs(value))} {name}")
    return f"{capital(words.state(answer.state))}: {' '.join(parts)} = {points(answer.score)} points; consent above 0."


def answer_as_data(told: Round, answer: Answer) -> dict[str, Any]:
    """One answer as plain values, in utility units."""
    data = answer._asdict() | {
        "state": told.names.states[answer.state],
        "stance": STANCES[answer.stance],
        "reason": REASONS[answer.reason],
    }
    return {key: value if not isinstance(value, float) else float(value) for key, value in data.items()}
