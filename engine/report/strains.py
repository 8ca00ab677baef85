"""What a round did to the ties, in sentences: strain that is worth a word, support, fracture, morale."""

import numpy as np

from wedge.engine.model import world as f
from wedge.engine.model.numbers import (
    BREAKS_BELOW,
    END_BLAME,
    PATIENCE,
    PER_WEEK,
    RESTORE_MARGIN,
    SUPPORT,
    SUSPENDS_BELOW,
    WITHDRAWAL,
)  # fmt: skip
from wedge.engine.model.setting import TIE_SHOCK
from wedge.engine.model.words import CHANNELS, DAYLIGHT, SETTLED
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, capital, listed, number_word, points, share

NOTABLE = 0.015  # change of a commitment in one round that is worth a sentence
LOSES_HEART = 0.03  # rise of weariness in one round that is
MOST_PAIRS = 2  # pairs of allies that rally, above which they are told together


def ties_of(told: Round, words: Wording) -> list[str]:
    """Sentences about the ties: what strained or strengthened them, support, fracture."""
    sentences = [_daylight(told, words, i, j) for i, j in _notable(told, "daylight")]
    sentences += [_abandonment(told, words, i, j) for i, j in _notable(told, "abandonment")]
    sentences += _rallies(told, words)
    sentences += [said for i, j in told.ties for said in _support(told, words, i, j)]
    sentences += _fractures(told, words)
    return [*sentences, *_aftershock(told, words), *_alliances(told, words), *_morale(told, words)]


def _notable(told: Round, channel: str) -> list[tuple[int, int]]:
    """Ties that a channel has moved enough for a sentence."""
    return [(i, j) for i, j in told.ties if abs(told.strain(i, j)[channel]) >= NOTABLE]


def _takes(told: Round, words: Wording, i: int, j: int, channel: str) -> str:
    """What a channel took from a tie, and where that leaves it after the round."""
    change, now = told.strain(i, j)[channel], told.tie(f.COMMITMENT_NOW, i, j)
    return f"{channel} takes {share(-change, 3)} from {words.tie(i, j)}, now {share(now, 3)}"


def _daylight(told: Round, words: Wording, i: int, j: int) -> str:
    one, other = words.state(i), words.state(j)
    cause = f"{capital(one)} would have signed and {other} stood in the way"
    if blame_at_the_end(told, i, j) < 0.5 * told.strain(i, j)["daylight"]:
        cause = f"Now that the talks have failed, {one} holds against {other} once more what stood between them"
    return f"{cause}: {_takes(told, words, i, j, 'daylight')}."


def _abandonment(told: Round, words: Wording, i: int, j: int) -> str:
    what = "the deal that" if told.agreed else "what"
    cause = f"{capital(words.state(i))} is hurt by {what} {words.state(j)} signed"
    return f"{cause}: {_takes(told, words, i, j, 'abandonment')}."


def blame_at_the_end(told: Round, i: int, j: int) -> float:
    """The part of the round's daylight that was booked because the talks ended in failure; 0 in any other round."""
    if not told.ended() or told.lane(f.TALKS) == SETTLED:
        return 0.0
    per_week = float(told.x.common[PER_WEEK, 0])
    weeks = (told.n + 1) * (told.s.days / 7.0 * per_week + 1.0 - per_week)
    rate = float(told.x.common[END_BLAME, 0]) / weeks
    earlier = sum(float(told.run.moments[n].strain[DAYLIGHT, i, j]) for n in range(told.n))
    today = (told.strain(i, j)["daylight"] - earlier * rate) / (1.0 + rate)
    return told.strain(i, j)["daylight"] - today


def _rallies(told: Round, words: Wording) -> list[str]:
    """Allies that signed together and were refused by an adversary: two by two, or many at once."""
    close = _notable(told, "rally")
    pairs = list(dict.fromkeys((min(tie), max(tie)) for tie in close))
    gains = {tie: told.strain(*tie)["rally"] for tie in close}
    if len(pairs) > MOST_PAIRS:
        some = [i for i in told.names.display if any(i in pair for pair in pairs)]
        least, most = min(gains.values()), max(gains.values())
        return [
            f"{capital(words.states(some))} rally against the refusal: their commitments to one another gain "
            f"{share(least, 3)} to {share(most, 3)}."
        ]
    sentences = []
    for pair in pairs:
        ways = [tie for tie in (pair, pair[::-1]) if tie in gains]
        gained = [
            f"{words.tie(*tie)} gains {share(gains[tie], 3)}, now {share(told.tie(f.COMMITMENT_NOW, *tie), 3)}"
            for tie in ways
        ]
        sentences.append(f"{capital(words.states(pair))} rally against the refusal: {listed(gained)}.")
    return sentences


def _support(told: Round, words: Wording, i: int, j: int) -> list[str]:
    """Support suspended for low commitment, or restored; support held back by events is told with them."""
    now, before = told.tie(f.SUSPENDED, i, j), told.tie_before(f.SUSPENDED, i, j)
    if now == before or told.tie(f.FRACTURE_ROUND, i, j) >= 0:
        return []
    limit, (_, commitment) = told.threshold(i, j, SUSPENDS_BELOW), told.commitment(i, j)
    what = "its support for" if told.supports(i, j) else "its cooperation with"
    if now == 1.0:
        return [
            f"{capital(words.state(i))} suspends {what} {words.state(j)}: "
            f"its commitment, {share(commitment, 3)}, is below {share(limit)}."
        ]
    margin = float(told.x.common[RESTORE_MARGIN, 0])
    still = ", though it is held back for another reason" if told.withheld(i, j) else ""
    return [
        f"{capital(words.state(i))} restores {what} {words.state(j)}{still}: "
        f"its commitment, {share(commitment, 3)}, is above {share(limit + margin, 3)} again."
    ]


def _fractures(told: Round, words: Wording) -> list[str]:
    """Ties that fracture: first those that would have without a shock, then those that the shock takes with it."""
    alone = [tie for tie in told.broke() if _breaks_alone(told, *tie)] or told.broke()[:1]
    others = [words.arrow(*tie) for tie in told.broke() if tie not in alone]
    sentences = [_fractured(told, words, i, j) for i, j in alone]
    return [*sentences, f"The shock breaks {listed(others)} as well."] if others else sentences


def _breaks_alone(told: Round, i: int, j: int) -> bool:
    """Whether a tie falls below its breaking point without the shock of other fractures."""
    shock = min(0.0, told.strain(i, j)["shock"] - _shock_of_events(told, i, j))
    return told.tie(f.COMMITMENT_NOW, i, j) - shock < told.threshold(i, j, BREAKS_BELOW)


def _shock_of_events(told: Round, i: int, j: int) -> float:
    """What events of the round have dealt the tie."""
    s, happened = told.s, told.happened()
    return sum(
        float(told.x.effect[effect, 0])
        for effect in range(len(s.effect_event))
        if s.effect_event[effect] in happened
        and s.effect_kind[effect] == TIE_SHOCK
        and (s.effect_a[effect], s.effect_b[effect]) == (i, j)
    )


def _fractured(told: Round, words: Wording, i: int, j: int) -> str:
    commitment, limit = told.tie(f.COMMITMENT_NOW, i, j), told.threshold(i, j, BREAKS_BELOW)
    said = f"The tie of {words.state(i)} to {words.state(j)} fractures: commitment is {share(commitment, 3)}, below {share(limit)}."
    lost = losses(told, i, j)
    if lost:
        parts = [f"{in_words(channel)} ({change:+.3f})" for channel, change in lost]
        said += f" What brought it here, from the beginning: {listed(parts)}."
    return said


def _aftershock(told: Round, words: Wording) -> list[str]:
    """What a fracture did to the ties next to it."""
    if not told.broke():
        return []
    hurt = [tie for tie in told.ties if told.strain(*tie)["shock"] < 0 and tie not in told.broke()]
    ties = [f"{words.arrow(i, j)} {' to '.join(share(c) for c in told.commitment(i, j))}" for i, j in hurt]
    return [f"The ties next to it suffer a shock: {', '.join(ties)}."] if ties else []


def in_words(channel: str) -> str:
    """A channel as prose says it."""
    return "chance" if channel == "noise" else channel


def losses(told: Round, i: int, j: int) -> list[tuple[str, float]]:
    """Channels through which a tie has lost most up to and including the round, the greatest loss first."""
    total = np.sum([told.run.moments[n].strain[:, i, j] for n in range(told.n + 1)], axis=0)
    lost = [(channel, float(total[c])) for c, channel in enumerate(CHANNELS) if total[c] < -0.005]
    return sorted(lost, key=lambda pair: pair[1])[:3]


def _alliances(told: Round, words: Wording) -> list[str]:
    sentences = []
    for a in told.alliances(f.ALLIANCE_FRACTURED):
        stakes = [(i, float(told.x.stake[i, a, 0])) for i in told.names.display]
        won = [
            f"{words.state(i)} {'gains' if stake > 0 else 'loses'} {points(abs(stake))}" for i, stake in stakes if stake
        ]
        said = f"That is the fracture of {words.alliance_titles[a]}"
        sentences.append(f"{said}; by it {listed(won)} points." if won else f"{said}.")
    for a in told.alliances(f.ALLIANCE_SPLIT):
        sentences.append(
            f"That is a split of {words.alliance_titles[a]}: not all of its members hold together any more."
        )
    return sentences


def clients_of(told: Round) -> list[int]:
    """States that someone supports."""
    return [i for i in told.names.display if any(told.supports(j, i) for j, k in told.ties if k == i)]


def _morale(told: Round, words: Wording) -> list[str]:
    """Clients that lose heart: because support stops, however little it was, or because the war wears them off fast."""
    sentences = []
    for i in clients_of(told):
        before, after = told.weariness(i)
        at_once = min(1.0, sum(support_stopped(told, j, i) for j, k in told.ties if k == i))
        if at_once >= 0.0005 or after - before >= LOSES_HEART:
            said = f"{capital(words.state(i))} loses heart: its weariness rises from {share(before, 3)} to {share(after, 3)}"
            why = f", {share(at_once, 3)} of it at once because support stops" if at_once >= 0.0005 else ""
            sentences.append(f"{said}{why}.")
    return sentences


def support_stopped(told: Round, i: int, j: int) -> float:
    """What it does to the weariness of j that the support of i stops in the round; 0 where it did not."""
    flowed = told.tie_before(f.FRACTURE_ROUND, i, j) < 0
    flowed = flowed and told.tie_before(f.SUSPENDED, i, j) == 0.0 and told.tie_before(f.HELD_BACK, i, j) == 0.0
    flows = told.tie(f.FRACTURE_ROUND, i, j) < 0 and not told.withheld(i, j)
    return float(told.x.common[WITHDRAWAL, 0]) * told.threshold(i, j, SUPPORT) if flowed and not flows else 0.0


def departures_of(told: Round, words: Wording) -> list[str]:
    """Who walks out, and who begins to think of it."""
    sentences = []
    for i in told.left():
        patience = int(np.ceil(told.x.state[PATIENCE, i, 0]))
        said = f"{capital(words.state(i))} walks out: for {number_word(patience)} rounds in a row leaving has been worth more to it than staying."
        allies = [
            j for a, j in told.ties if a == i and told.supports(i, j) and not told.tie(f.FRACTURE_ROUND, i, j) >= 0
        ]
        if allies:
            said += f" It takes its support for {words.states(allies)} with it."
        sentences.append(said)
    for i in thinks_of_leaving(told):
        patience = int(np.ceil(told.x.state[PATIENCE, i, 0]))
        sentences.append(
            f"Leaving has become worth more to {words.state(i)} than staying; after {number_word(patience)} such rounds in a row it would walk out."
        )
    return sentences


def thinks_of_leaving(told: Round) -> list[int]:
    """States for which this is the first round in a row with something better outside."""
    now = told.now.state[f.IMPATIENCE]
    return [int(i) for i in np.flatnonzero((now == 1.0) & (told.now.state[f.GONE] == 0.0))]
