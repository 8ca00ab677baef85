"""Telling one run: round by round in plain words, with the reason for every move and the books of every tie."""

import shlex
from collections.abc import Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.notation import code_of
from wedge.engine.report.answers import answer_as_data
from wedge.engine.report.books import TieBook, books_of
from wedge.engine.report.framing import conclusion_of, ending_of, opening_of, title_of
from wedge.engine.report.gathering import gathered, stretches
from wedge.engine.report.happenings import events_of
from wedge.engine.report.rounds import Round, rounds_of_run
from wedge.engine.report.strains import departures_of, ties_of
from wedge.engine.report.turning import changes_of, end_of_talks
from wedge.engine.report.turns import Talked, talks_of
from wedge.engine.report.wording import Wording
from wedge.engine.scenario.problems import escaped


class Chapter(NamedTuple):
    """One round, or several in which nothing new happens. Rounds count from 0, as in the tables of results."""

    first: int
    last: int
    heading: str
    sentences: list[str]
    rounds: list[dict[str, Any]]  # the numbers of each round


class Story(NamedTuple):
    """A told run."""

    code: str  # such as alaska_2025/territory_first@7:17
    title: str
    replay: str  # the command that tells it again
    chosen: str  # how this world was chosen, or an empty text
    opening: list[str]
    chapters: list[Chapter]
    ending: list[str]
    books: list[TieBook]
    conclusion: str
    words: Wording

    def as_data(self) -> dict[str, Any]:
        """The story as plain values, for JSON."""
        names = self.words.names
        books = [
            book._asdict() | {"source": names.states[book.source], "target": names.states[book.target]}
            for book in self.books
        ]
        return {
            "code": self.code,
            "title": self.title,
            "replay": self.replay,
            "chosen": self.chosen,
            "opening": self.opening,
            "chapters": [chapter._asdict() for chapter in self.chapters],
            "ending": self.ending,
            "books": books,
            "conclusion": self.conclusion,
        }


def tell(run: Any, every_round: bool = False, sums: bool = False, chosen: str = "") -> Story:
    """The story of a run that was recorded.

    Rounds in which nothing new happens are gathered unless ``every_round``; ``sums`` adds the sum
    behind each answer; ``chosen`` says how this world was chosen. Raises ValueError for a run without moments.
    """
    if not run.moments:
        raise ValueError("this run was played without keeping its rounds: play it with record=True")
    words, rounds, books = Wording(run.scenario), rounds_of_run(run), books_of(run)
    code = code_of(run.scenario, run.seed, run.number, run.forced)
    return Story(
        code=escaped(code),
        title=title_of(run, words),
        replay=escaped(shlex.join(["wedge", "explain", code])),
        chosen=chosen,
        opening=opening_of(rounds[0], words),
        chapters=_chapters(rounds, words, every_round, sums),
        ending=ending_of(rounds[-1], words),
        books=books,
        conclusion=conclusion_of(rounds[-1], words, books),
        words=words,
    )


def _chapters(rounds: Sequence[Round], words: Wording, every_round: bool, sums: bool) -> list[Chapter]:
    so_far = Talked()
    chapters = []
    for stretch, fresh in stretches(rounds, every_round):
        first, last = stretch[0], stretch[-1]
        if len(stretch) == 1:
            sentences = round_in_words(first, words, so_far, fresh, sums)
        else:
            sentences = gathered(stretch, words)
            for told in stretch:
                so_far.note(told)
        data = [round_as_data(told) for told in stretch]
        chapters.append(Chapter(first.n, last.n, _heading(first, last, words), sentences, data))
    return chapters


def _heading(first: Round, last: Round, words: Wording) -> str:
    if first.n == last.n:
        return f"Round {first.n + 1}, {words.when(first.n)}"
    return f"Rounds {first.n + 1} to {last.n + 1}, {words.span(first.n, last.n)}"


def round_in_words(told: Round, words: Wording, so_far: Talked, fresh: bool = True, sums: bool = False) -> list[str]:
    """One round, in the order in which it was played."""
    sentences = [
        *events_of(told, words),
        *talks_of(told, words, so_far, fresh, sums),
        *changes_of(told, words),
        *departures_of(told, words),
        *end_of_talks(told, words),
        *ties_of(told, words),
    ]
    return sentences or ["Nothing happens that needs telling."]


def round_as_data(told: Round) -> dict[str, Any]:
    """The numbers of one round, by name."""
    names = told.names
    named = {"stage": names.stages, "floor": names.states}
    return {
        "round": told.n,
        "day": float(told.now.day),
        "date": str(Wording(told.run.scenario).date(told.now.day)),
        **{key: titles[getattr(told, key)] if getattr(told, key) >= 0 else None for key, titles in named.items()},
        "move": _move(told),
        "proposal": {names.issues[k]: y for k, y in told.proposal.items()},
        "agreed": told.agreed,
        "answers": [answer_as_data(told, answer) for answer in told.answers],
        "events": [names.events[e] for e in told.happened()],
        "missed": [names.events[e] for e in told.missed()],
        "walked_out": [names.states[i] for i in told.left()],
        "ties": [_tie_as_data(told, i, j) for i, j in told.ties],
    }


def _move(told: Round) -> str | None:
    from wedge.engine.model.words import MOVES

    return MOVES[told.move] if told.talking and told.stage >= 0 and told.floor >= 0 else None


def _tie_as_data(told: Round, i: int, j: int) -> dict[str, Any]:
    from wedge.engine.model import world as f

    before, after = told.commitment(i, j)
    return {
        "source": told.names.states[i],
        "target": told.names.states[j],
        "before": before,
        "after": after,
        "withheld": told.withheld(i, j),
        "fractured": told.tie(f.FRACTURE_ROUND, i, j) >= 0,
        "strain": told.strain(i, j),
    }
