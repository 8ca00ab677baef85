"""The told story of a game: whole where it is over, else the rounds that were played."""

from typing import NamedTuple

from wedge.engine.classroom.debrief.places import Outcome
from wedge.engine.classroom.game import Game
from wedge.engine.report.printing import books_table
from wedge.engine.report.telling import tell

UNBROKEN = 1000  # letters of a line that no table reaches; the page scrolls


class Story(NamedTuple):
    """A game in words. A game that goes on has no conclusion, ending and books."""

    conclusion: str
    opening: list[str]
    chapters: list[tuple[str, list[str]]]  # heading and sentences of a round, or of several
    ending: list[str]
    books: str


def story_of(game: Game, outcome: Outcome) -> Story:
    """The game as ``wedge explain`` would tell it; of a game that goes on only the rounds that were played."""
    run = game.so_far()
    if not outcome.over:
        run = run._replace(moments=run.moments[: outcome.until])
    if not run.moments:
        return Story("", [], [], [], "")
    told = tell(run)
    chapters = [(chapter.heading, list(chapter.sentences)) for chapter in told.chapters]
    if not outcome.over:
        return Story("", told.opening, chapters, [], "")
    books = "\n".join(books_table(told, UNBROKEN)) if told.books else ""
    return Story(told.conclusion, told.opening, chapters, told.ending, books)
