"""Everything a well-formed scenario file is checked for before it is played."""

from pydantic import ValidationError

from wedge.engine.scenario.blueprint import Blueprint, blueprint_of
from wedge.engine.scenario.naming import check_names
from wedge.engine.scenario.ranges import check_ranges
from wedge.engine.scenario.reach import check_reach
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.sense import Entries, check_sense
from wedge.engine.scenario.translating import made_name
from wedge.engine.scenario.tree import Node, Path, plain, walk, without

MOST_PRUNINGS = 8


def check(file: ScenarioFile, report: Reporter) -> Blueprint:
    """The blueprint of a file, with all that is wrong with it told to the report."""
    plan = blueprint_of(file, report)
    check_names(plan, names_in(report.root), report)
    wrong = check_ranges(plan, report)
    check_sense(plan, Entries(plan, wrong), report)
    if not report.errors:
        check_reach(plan, report)
    return plan


def names_in(root: Node) -> Roster:
    """Every name that is declared, even where what is declared under it is wrong."""
    agenda = walk(root, ("agenda",))[0].value
    stages = agenda if isinstance(agenda, list) else []
    named = [stage.mapping["stage"].value for stage in stages if "stage" in stage.mapping]
    listed = {key: declared(list(node.mapping)) for key, node in root.mapping.items()}
    return Roster(
        states=listed.get("states", []),
        issues=listed.get("issues", []),
        stages=[str(name) for name in named],
        alliances=listed.get("alliances", []),
        orders=listed.get("orders", []),
        events=listed.get("events", []),
    )


def declared(names: list[str]) -> list[str]:
    """The names, and what those that cannot be names are likely to be called elsewhere."""
    return [*names, *dict.fromkeys(made for name in names if (made := made_name(name)) and made not in names)]


def check_what_is_sound(root: Node, wrong: list[Path], report: Reporter) -> None:
    """Check the names in a file in which something else is wrong, so that all errors are told at once.

    What is wrong is cut out of a copy, and what stands around it if need be.
    """
    known = names_in(root)
    for _ in range(MOST_PRUNINGS):
        if any(len(path) < 2 for path in wrong):
            return
        for path in sorted(set(wrong), key=later_first):
            root = without(root, path)
        inner = Reporter(root, report.lines)
        try:
            file = ScenarioFile.model_validate(plain(root))
        except ValidationError as error:
            wrong = [path[:-1] for path in steps_in(error)]
            continue
        check_names(blueprint_of(file, inner), known, inner)
        for problem in inner.errors:
            if problem not in report.problems:
                report.problems.append(problem)
        return


def later_first(path: Path) -> list[tuple[int, str]]:
    """An order in which nothing cut out of a list moves what is still to be cut."""
    return [(-step, "") if isinstance(step, int) else (0, step) for step in path]


def steps_in(error: ValidationError) -> list[Path]:
    """Where pydantic found something, without the tags of its unions."""
    found = [details["loc"] for details in error.errors(include_url=False)]
    return [tuple(s for s in loc if not (isinstance(s, str) and (s.startswith("~") or s == "[key]"))) for loc in found]
