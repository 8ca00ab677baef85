"""Three runs told in short: a typical one, the first to fracture, the most surprising."""

from typing import Any, NamedTuple

from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.report.choosing import Chosen, first_fracture_of, stored_tables, typical_of
from wedge.engine.report.page.sides import Side
from wedge.engine.report.printing import books_table
from wedge.engine.report.surprising import most_surprising
from wedge.engine.report.telling import Chapter, tell

NOTHING_BROKE = "No alliance fractures in any of these worlds."
UNBROKEN = 1000  # letters of a line that no table reaches; the page scrolls
ALL_ALIKE = "All these worlds end in the same way: none surprises."


class Told(NamedTuple):
    """A told run: what it is an example of, and its story in short and at length."""

    kind: str
    chosen: str  # how it was chosen, or why there is none
    code: str = ""
    replay: str = ""
    conclusion: str = ""
    opening: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    ending: tuple[str, ...] = ()
    books: str = ""


class Stories(NamedTuple):
    """The told runs of one scenario, or why there are none."""

    name: str
    told: list[Told]
    missing: str = ""


def stories_of(side: Side) -> Stories:
    """Three runs of one experiment, played again from their codes."""
    from wedge.engine.analysis.replaying import scenario_of
    from wedge.engine.scenario.problems import ScenarioError

    try:
        scenario = scenario_of(side.experiment)
    except (ExperimentError, ScenarioError) as error:
        return Stories(side.name, [], f"No run can be told again: {str(error).splitlines()[0]}.")
    tables, seed = stored_tables(side.experiment), side.experiment.seed
    found = {
        "A typical run": (typical_of(scenario, tables), ""),
        "The first run in which an alliance fractures": (first_fracture_of(tables, seed), NOTHING_BROKE),
        "The most surprising run": (most_surprising(tables), ALL_ALIKE),
    }
    told = [_told(scenario, side, kind, chosen, none) for kind, (chosen, none) in found.items()]
    return Stories(side.name, told)


def _told(scenario: Any, side: Side, kind: str, chosen: Chosen | None, none: str) -> Told:
    from wedge.engine.simulation.traced import play

    if chosen is None:
        return Told(kind, none)
    story = tell(play(scenario, side.experiment.seed, chosen.world), chosen=chosen.how)
    books = "\n".join(books_table(story, UNBROKEN)) if story.books else ""
    return Told(
        kind,
        story.chosen,
        story.code,
        story.replay,
        story.conclusion,
        tuple(story.opening),
        tuple(story.chapters),
        tuple(story.ending),
        books,
    )
