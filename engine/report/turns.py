"""The talks of one round in sentences: who had the floor, what was proposed, the answers, the outcome, the blame."""

from collections.abc import Mapping, Sequence

from wedge.engine.model import world as f
from wedge.engine.model.words import CONSULT, DONE, OPEN, PASS
from wedge.engine.report.answers import answer_in_words, sum_in_words
from wedge.engine.report.circumstances import Circumstances, tree_of
from wedge.engine.report.rounds import Answer, Round
from wedge.engine.report.wording import Wording, capital, listed, number_word, per_cent, points, share

SAME = 0.02  # an offer that has moved no further is told as the same
LEAST_BLAME = 0.1  # shares of the blame below this are not told


class Talked:
    """What has been told of the talks so far, so that sentences vary and refer back."""

    def __init__(self) -> None:
        self.offers: dict[tuple[int, int], Mapping[int, float]] = {}  # by stage and proposer: the last offer
        self.reasons: dict[tuple[int, int], int] = {}  # by state and reason: how often told
        self.empty_tables = 0  # how often it was told that nothing can be put on the table

    def last_offer(self, told: Round) -> Mapping[int, float] | None:
        """What this proposer proposed last at this stage."""
        return self.offers.get((told.stage, told.floor))

    def note(self, told: Round) -> None:
        """Remember this round's offer, unless it is told as a repetition."""
        last = self.last_offer(told)
        if told.proposes and (last is None or any(abs(y - last[k]) > SAME for k, y in told.proposal.items())):
            self.offers[told.stage, told.floor] = told.proposal

    def turn_of(self, state: int, reason: int) -> int:
        """How often this reason of this state was told before; counts it."""
        count = self.reasons.get((state, reason), 0)
        self.reasons[state, reason] = count + 1
        return count


def talks_of(told: Round, words: Wording, so_far: Talked, fresh: bool = True, sums: bool = False) -> list[str]:
    """The sentences about the talks of the round.

    Where the talks bring nothing ``fresh`` the answers are told in short; ``sums`` adds the sum
    behind each answer.
    """
    if not told.talking:
        return []
    if told.stage < 0:
        return [_empty_table(told, words, so_far)]
    if told.floor < 0:
        return ["All who could take the floor have left."]
    if not told.proposes:
        return [_other_move(told, words)]
    sentences = [offer_in_words(told, words, so_far.last_offer(told))]
    so_far.note(told)
    if not fresh:
        return [*sentences, *_answers_in_short(told, words), *outcome_in_words(told, words)]
    aside = []
    for answer in told.answers[1:]:
        turn = so_far.turn_of(answer.state, answer.reason)
        if answer.has_seat or turn == 0 or sums:
            sentences.append(answer_in_words(told, words, answer, turn))
        else:
            aside.append(answer)
    sentences += _asides(aside, words)
    if sums:
        sentences += [f"[{sum_in_words(words, answer)}]" for answer in told.answers if answer.state != told.floor]
    return [*sentences, *outcome_in_words(told, words)]


def _empty_table(told: Round, words: Wording, so_far: Talked) -> str:
    """Why nothing can be put on the table; in short once it has been told."""
    so_far.empty_tables += 1
    if so_far.empty_tables > 1:
        return "Nothing can be put on the table yet."
    standing = told.now.stage[f.STANDING]
    for g in range(len(standing)):
        waits = told.s.needs[g] == 1
        if standing[g] == OPEN and (standing[waits] == DONE).all():
            node = tree_of(told.s, *told.s.possible_when[g])
            held, why = Circumstances(told, words).why(node) if node is not None else (True, "")
            return f"“{words.stage_titles[g]}” is next, but cannot be put on the table{'' if held else f': {why}'}."
    return "Nothing can be put on the table."


def _asides(some: Sequence[Answer], words: Wording) -> list[str]:
    """What those without a vote would do, where their reasons have been told before."""
    parts = []
    for verb, consents in (("refuse", False), ("consent", True)):
        states = [answer.state for answer in some if answer.consents == consents]
        if states:
            parts.append(f"{words.states(states)} would {verb}")
    return [f"Without a vote here, {listed(parts)}."] if parts else []


def _answers_in_short(told: Round, words: Wording) -> list[str]:
    """Who consented and who refused, of those whose consent is needed, where their reasons have been told before."""
    seated = [answer for answer in told.answers if answer.has_seat and answer.state != told.floor]
    parts = []
    for verb, consents in (("refuse", False), ("consent", True)):
        some = [answer.state for answer in seated if answer.consents == consents]
        if some:
            parts.append(f"{words.states(some)} {verb}{'s' if len(some) == 1 else ''}")
    return [f"{capital(listed(parts))}, as before."] if parts else []


def _other_move(told: Round, words: Wording) -> str:
    who = capital(words.state(told.floor))
    if told.move == CONSULT:
        ally = int(told.lane(f.CONSULTED))
        return f"{who} makes no proposal and spends its turn on consulting {words.state(ally)}{_mended(told, ally)}."
    if told.move == PASS and told.lane(f.FORCED_MOVE) >= 0:
        return f"{who} passes: the move was given from outside."
    if told.move == PASS:
        gain = float(told.now.state[f.SURPLUS, told.floor])
        if gain < 0:
            return f"{who} passes: even its own best would bring it {points(-gain)} points less than it still hopes for without."
        return f"{who} passes: it could not sign even its own best, worth {points(gain)} points to it, without hurting itself or its allies."
    return f"{who} does nothing."


def _mended(told: Round, ally: int) -> str:
    """What a consultation gave back, both ways together with what the days repaired."""
    i = told.floor
    ways = [(i, ally), (ally, i)]
    gained = [told.strain(a, b)["repair"] for a, b in ways if told.s.tie[a, b] == 1]
    return f", which mends {share(sum(gained), 3)} of what their ties have lost" if sum(gained) >= 0.0005 else ""


def offer_in_words(told: Round, words: Wording, last: Mapping[int, float] | None) -> str:
    """The proposal, in full the first time, else by what has changed in it."""
    who, worth = capital(words.state(told.floor)), points(float(told.now.state[f.SURPLUS, told.floor]))
    if last is None:
        levels = _items([f"{words.issue_titles[k]} at {words.level(k, y)}" for k, y in told.proposal.items()])
        return f"{who} proposes {levels}. That would be worth {worth} points to it."
    moved = {k: y for k, y in told.proposal.items() if abs(y - last[k]) > SAME}
    if not moved:
        levels = _items([f"{words.issue_titles[k]} at {share(y)}" for k, y in told.proposal.items()])
        return f"{who} repeats its offer: {levels}."
    levels = _items(
        [f"{words.issue_titles[k]} from {share(last[k])} to {words.level_in_short(k, y)}" for k, y in moved.items()]
    )
    rest = "; the rest stays as it was" if len(moved) < len(told.proposal) else ""
    return f"{who} changes its offer: {levels}{rest}. It would be worth {worth} points to it."


def _items(parts: Sequence[str]) -> str:
    """Parts that may hold commas."""
    return parts[0] if len(parts) == 1 else f"{'; '.join(parts[:-1])}; and {parts[-1]}"


def outcome_in_words(told: Round, words: Wording) -> list[str]:
    """Whether it was agreed, and who is blamed if not."""
    title = words.stage_titles[told.stage]
    if told.agreed:
        levels = _items([f"{words.issue_titles[k]} at {words.level_in_short(k, y)}" for k, y in told.proposal.items()])
        return [f"{_who_agreed(told)}: “{title}” is settled, with {levels}."]
    return [blame_in_words({answer.state: answer.blame for answer in told.answers}, words)]


def _who_agreed(told: Round) -> str:
    seats, needed = int(told.s.seat[told.stage].sum()), int(told.s.quota[told.stage])
    if needed >= seats:
        return "All whose consent is needed agree"
    given = sum(answer.consents and answer.has_seat for answer in told.answers)
    return f"{capital(number_word(given))} agree and {number_word(needed)} are enough"


def blame_in_words(blame: Mapping[int, float], words: Wording, mean: bool = False) -> str:
    """On whom the blame for a refusal falls; ``mean`` says that it is an average over several."""
    ranked = sorted(blame.items(), key=lambda pair: -pair[1])
    told = [(i, part) for i, part in ranked if part >= LEAST_BLAME]
    if not told:
        return "No one is to blame."
    some = " on average" if mean else ""
    first, most = told[0]
    if most >= 0.9:
        return f"The blame falls on {words.state(first)}{some}."
    parts = [f"{words.state(i)} ({per_cent(part)})" for i, part in told]
    if most >= 0.6:
        rest = f", the rest on {listed([words.state(i) for i, _ in told[1:]])}" if told[1:] else ""
        return f"The blame falls mostly on {parts[0]}{some}{rest}."
    return f"The blame is shared{some} by {listed(parts)}."
