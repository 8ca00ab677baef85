"""Which rounds bring something new, and one paragraph for each stretch of rounds that do not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wedge.engine.model import world as f
from wedge.engine.model.words import CONSULT, PASS
from wedge.engine.report.rounds import Round
from wedge.engine.report.strains import clients_of, in_words, thinks_of_leaving
from wedge.engine.report.turns import blame_in_words
from wedge.engine.report.wording import Wording, capital, listed, rounds_of, share, times

NEW_OFFER = 0.1  # an offer that has moved this far since it was last told is new
LARGE = 0.04  # change of a commitment in one round that makes it worth telling
DRIFTED = 0.02  # change of a commitment over a stretch, or of a weariness, that is worth a sentence
BY_CHANCE = 0.06  # the same for a change that chance and repair alone have brought


class Memory:
    """What has been told so far, so that only what is new counts."""

    def __init__(self) -> None:
        self.offers: dict[tuple[int, int], dict[int, float]] = {}
        self.stances: set[tuple[int, ...]] = set()
        self.moves: set[tuple[int, ...]] = set()
        self.left_the_table: set[tuple[int, ...]] = set()

    def is_new(self, told: Round) -> tuple[bool, bool]:
        """Whether the talks of a round bring something new, and whether anything in it does; remembers what."""
        fresh = self._new_in_talks(told) or told.agreed or told.ended() or _jolts(told)
        new = fresh or something_happens(told)
        if new and told.proposes:
            self.offers[told.stage, told.floor] = dict(told.proposal)
        return fresh, new

    def _new_in_talks(self, told: Round) -> bool:
        if not told.talking:
            return False
        move = (told.stage, told.floor, told.move)
        new = move not in self.moves
        self.moves.add(move)
        for answer in told.answers:
            stance = (told.stage, told.floor, answer.state, int(answer.consents))
            if answer.has_seat and stance not in self.stances:
                self.stances.add(stance)
                new = True
        last = self.offers.get((told.stage, told.floor), {})
        return new or any(abs(y - last.get(k, y)) >= NEW_OFFER for k, y in told.proposal.items())


def something_happens(told: Round) -> bool:
    """Whether anything happens that is told for its own sake, whatever was told before."""
    events = told.happened() or told.missed() or told.left() or told.lapsed() or told.broke()
    talks = told.agreed or told.ended() or told.peace() != 0 or told.concedes_precondition()
    return bool(
        events or talks or _support_changes(told) or _mind_changes(told) or _jolts(told) or thinks_of_leaving(told)
    )


def _support_changes(told: Round) -> bool:
    fields = (f.SUSPENDED, f.HELD_BACK)
    return any(told.tie(field, i, j) != told.tie_before(field, i, j) for field in fields for i, j in told.ties)


def _mind_changes(told: Round) -> bool:
    return told.talking and any(before >= 0 and now != before for before, now in map(told.order, told.names.display))


def _jolts(told: Round) -> bool:
    return any(abs(told.told_strain(i, j)) >= LARGE for i, j in told.ties)


class Stretch(NamedTuple):
    """One round that is told alone, or several that are gathered; ``fresh`` if the talks in it bring something new."""

    rounds: list[Round]
    fresh: bool


def stretches(rounds: Iterable[Round], everything: bool) -> Iterator[Stretch]:
    """The rounds, alone or gathered. With ``everything`` each stands alone and is told in full.

    A gathered stretch lies within one stage, and on one side of the end of the talks.
    """
    memory, quiet = Memory(), list[Round]()
    for told in rounds:
        fresh, new = (True, True) if everything else memory.is_new(told)
        if quiet and (new or told.stage != quiet[-1].stage or told.talking != quiet[-1].talking):
            yield Stretch(quiet, False)
            quiet = []
        if new:
            yield Stretch([told], fresh)
        else:
            quiet.append(told)
    if quiet:
        yield Stretch(quiet, False)


def gathered(stretch: Sequence[Round], words: Wording) -> list[str]:
    """A stretch of rounds in one paragraph."""
    first, last = stretch[0], stretch[-1]
    many, bring = capital(rounds_of(len(stretch))), "bring" if len(stretch) > 1 else "brings"
    if not first.talking:
        said = [f"{many} after the end of the talks, nothing new."]
    elif first.stage < 0:
        said = [f"For {rounds_of(len(stretch))} nothing can be put on the table."]
    else:
        said = [f"{many} {bring} nothing new on “{words.stage_titles[first.stage]}”."]
        said += [_of_proposer(stretch, words, i) for i in _speakers(stretch)]
        said += _blame(stretch, words)
    return [*said, *_drift(first, last, stretch, words), *_wear(first, last, words)]


def _speakers(stretch: Sequence[Round]) -> list[int]:
    return list(dict.fromkeys(told.floor for told in stretch if told.floor >= 0))


def _of_proposer(stretch: Sequence[Round], words: Wording, i: int) -> str:
    """What one state did with its turns, and how it was answered."""
    who = capital(words.state(i))
    mine = [told for told in stretch if told.floor == i]
    offers = [told for told in mine if told.proposes]
    parts = []
    if offers:
        parts.append(f"proposes {_levels(offers, words)}{'' if len(offers) == 1 else f' ({times(len(offers))})'}")
    passes, consults = (sum(told.move == move for told in mine) for move in (PASS, CONSULT))
    if passes:
        parts.append(f"passes {times(passes)}")
    if consults:
        parts.append(f"consults {_consulted(mine, words)} {times(consults)}")
    return f"{who} {listed(parts)}{_answers(offers, words)}."


def _consulted(mine: Sequence[Round], words: Wording) -> str:
    allies = dict.fromkeys(int(told.lane(f.CONSULTED)) for told in mine if told.move == CONSULT)
    return words.states(allies)


def _levels(offers: Sequence[Round], words: Wording) -> str:
    """The levels of several offers of one proposer: where they begin and where they end."""
    parts = []
    for k, y in offers[0].proposal.items():
        end = offers[-1].proposal[k]
        to = f", later {share(end)}" if abs(end - y) > 0.005 else ""
        parts.append(f"{words.issue_titles[k]} at {share(y)}{to}")
    return listed(parts)


def _answers(offers: Sequence[Round], words: Wording) -> str:
    """How those whose consent is needed answered several offers."""
    count: dict[int, list[bool]] = defaultdict(list)
    for told in offers:
        for answer in told.answers:
            if answer.has_seat and answer.state != told.floor:
                count[answer.state].append(answer.consents)
    alike: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, found in count.items():
        alike[sum(found), len(found)].append(i)
    said = [f"{words.states(some)} {_tally(*found, several=len(some) > 1)}" for found, some in alike.items()]
    return f"; {', '.join(said)}" if said else ""


def _tally(consents: int, of: int, several: bool) -> str:
    """How often one state, or each of several, consented to so many offers."""
    each = "" if of == 1 else " both times" if of == 2 else " each time"
    s = "" if several else "s"
    if consents == 0:
        return f"refuse{s}{each}"
    if consents == of:
        return f"consent{s}{each}"
    return f"consent{s} {times(consents)} and refuse{s} {times(of - consents)}"


def _blame(stretch: Sequence[Round], words: Wording) -> list[str]:
    refused = [told for told in stretch if told.proposes and not told.agreed]
    if not refused:
        return []
    sums: dict[int, float] = defaultdict(float)
    for told in refused:
        for answer in told.answers:
            sums[answer.state] += answer.blame / len(refused)
    return [blame_in_words(sums, words, mean=len(refused) > 1)]


def _drift(first: Round, last: Round, stretch: Sequence[Round], words: Wording) -> list[str]:
    """Ties that are notably stronger or weaker at the end of the stretch."""
    sentences = []
    for i, j in first.ties:
        before, after = first.commitment(i, j)[0], last.commitment(i, j)[1]
        reasoned = sum(told.told_strain(i, j) for told in stretch)
        if abs(reasoned) < DRIFTED and abs(after - before) < BY_CHANCE:
            continue
        totals = {channel: sum(told.strain(i, j)[channel] for told in stretch) for channel in first.strain(i, j)}
        most = sorted(totals.items(), key=lambda pair: -abs(pair[1]))
        parts = [f"{in_words(channel)} {change:+.3f}" for channel, change in most if abs(change) >= 0.005]
        sentences.append(f"{capital(words.tie(i, j))} {moved(before, after)} ({', '.join(parts)}).")
    return sentences


def moved(before: float, after: float) -> str:
    """How a commitment has moved over a stretch, as far as three digits show.

    >>> moved(0.7, 0.65), moved(0.6771, 0.6774)
    ('falls from 0.700 to 0.650', 'is back at 0.677')
    """
    if share(before, 3) == share(after, 3):
        return f"is back at {share(after, 3)}"
    return f"{'falls' if after < before else 'rises'} from {share(before, 3)} to {share(after, 3)}"


def _wear(first: Round, last: Round, words: Wording) -> list[str]:
    """Clients that are notably wearier."""
    sentences = []
    for i in clients_of(first):
        before, after = first.weariness(i)[0], last.weariness(i)[1]
        if after - before >= DRIFTED:
            sentences.append(f"{capital(words.whose(i))} weariness grows from {share(before)} to {share(after)}.")
    return sentences
