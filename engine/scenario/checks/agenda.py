"""Checks of the agenda: names of stages, what they settle, what they wait for, who sits and speaks in them."""

from collections.abc import Sequence

from wedge.engine.scenario.checks.names import each_known
from wedge.engine.scenario.parts import Quota, Stage
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster, Unread
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.tree import Path


def check_agenda(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Stages: their names, issues, preconditions, and who sits and speaks in them."""
    stage_of: dict[str, str] = {}
    names: set[str] = set()
    for place, stage in enumerate(file.agenda):
        where: Path = ("agenda", place)
        if stage.stage in names:
            report.error((*where, "stage"), f"there are two stages '{stage.stage}'", "give one another name")
        names.add(stage.stage)
        each_known(stage.issues, "issue", known.issues, (*where, "issues"), report)
        for at, issue in enumerate(stage.issues):
            home = stage_of.setdefault(issue, stage.stage)
            if home != stage.stage:
                message = f"the issue '{issue}' stands in two stages: '{home}' and '{stage.stage}'"
                report.error((*where, "issues", at), message, "leave it in one of them")
        check_after(stage, where, known, report)
        check_seats(stage, where, known, report)
    check_circles(file.agenda, report)


def check_after(stage: Stage, where: Path, known: Roster, report: Reporter) -> None:
    """The preconditions of a stage."""
    for at, name in enumerate(stage.preconditions):
        there: Path = (*where, "after") if isinstance(stage.after, str) else (*where, "after", at)
        if name not in known.stages:
            report.unknown(there, "stage", name, known.stages)
        elif name == stage.stage:
            report.error(there, f"the stage '{name}' comes after itself", "name an earlier stage, or remove `after`")


def check_seats(stage: Stage, where: Path, known: Roster, report: Reporter) -> None:
    """Who must consent and who has the floor."""
    if isinstance(stage.consent, Quota):
        check_quota(stage.consent, (*where, "consent"), known, report)
    else:
        each_known(stage.consent or [], "state", known.states, (*where, "consent"), report)
    for kind in ("rotation", "alternating", "random"):
        listed = getattr(stage.floor, kind, None) or []
        for at, name in enumerate(listed):
            if name not in known.states:
                report.unknown((*where, "floor", kind, at), "state", name, known.states)
        if kind == "alternating" and len(set(listed)) == 1 and listed[0] in known.states:
            report.error((*where, "floor", kind), "the floor goes back and forth between two states", "name another")


def check_quota(quota: Quota, where: Path, known: Roster, report: Reporter) -> None:
    """A quota of those who have a seat, and those of them with a veto."""
    seated = quota.of if quota.of is not None else known.states
    each_known(quota.of or [], "state", known.states, (*where, "of"), report)
    each_known(quota.veto, "state", known.states, (*where, "veto"), report)
    if isinstance(seated, Unread) or report.stands_in((*where, "of")):
        return
    if quota.quota > len(set(seated)):
        message = f"{quota.quota} must consent, but only {len(set(seated))} have a seat"
        report.error((*where, "quota"), message, f"write {len(set(seated))} or less")
    for at, name in enumerate(quota.veto):
        if name in known.states and name not in seated and all(one in known.states for one in seated):
            report.error((*where, "veto", at), f"{name} has a veto but no seat", "add it to `of`")


def check_circles(stages: Sequence[Stage], report: Reporter) -> None:
    """Stages that wait for each other."""
    after = {stage.stage: [name for name in stage.preconditions if name != stage.stage] for stage in stages}
    settled: set[str] = set()
    while True:
        free = [
            name for name in after if name not in settled and all(p in settled or p not in after for p in after[name])
        ]
        if not free:
            break
        settled.update(free)
    for place, stage in enumerate(stages):
        circle = circle_from(stage.stage, after) if stage.stage not in settled else []
        if circle:
            message = f"stages wait for each other in a circle: {' -> '.join(circle)}"
            report.error(("agenda", place, "after"), message, "remove one `after`")
            return


def circle_from(name: str, after: dict[str, list[str]]) -> list[str]:
    """The circle that leads from a stage over its preconditions back to it, or nothing."""
    paths = [[name]]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for before in after.get(path[-1], []):
            if before == name:
                return [*path, name]
            if before not in seen:
                seen.add(before)
                paths.append([*path, before])
    return []
