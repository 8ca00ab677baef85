"""Checks of sense: what is well written but cannot be meant."""

import datetime

from wedge.engine.model import setting as s
from wedge.engine.scenario.blueprint import Blueprint, Entry, ties_of
from wedge.engine.scenario.checks.ranges import each_number_once
from wedge.engine.scenario.parts import RedLineSide
from wedge.engine.scenario.problems import shown
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.titles import title_of
from wedge.engine.scenario.tree import Path

READ_AT_THE_START = (".weariness", ".purse.budget")


class Entries:
    """The numbers of a scenario by path; asks only about those with which nothing is wrong."""

    def __init__(self, plan: Blueprint, report: Reporter) -> None:
        self.by_path = {entry.path: entry for entry in plan.entries}
        self.report = report

    def get(self, path: str) -> Entry | None:
        """The number at a path, unless something is wrong with it."""
        entry = self.by_path.get(path)
        return entry if entry is not None and self.report.is_sound(entry.where) else None


def check_sense(plan: Blueprint, entries: Entries, report: Reporter) -> None:
    """Report what contradicts itself."""
    check_calendar(plan, report)
    check_titles(plan, report)
    check_levels(plan, report)
    check_war(plan, report)
    check_shares(plan, report)
    check_positions(plan, entries, report)
    check_ties(plan, entries, report)
    check_adversaries(plan, report)
    check_changes(plan, entries, report)


def check_calendar(plan: Blueprint, report: Reporter) -> None:
    """The talks end before the calendar of the world does."""
    calendar = plan.file.calendar
    try:
        calendar.start + datetime.timedelta(days=calendar.rounds * calendar.days_between_rounds)
    except OverflowError:
        report.error(
            ("calendar", "rounds"), "the talks would last beyond the year 9999", "fewer rounds, or shorter ones"
        )


def check_titles(plan: Blueprint, report: Reporter) -> None:
    """No two states, issues or alliances are called the same, or a told run cannot tell them apart."""
    for kind in ("states", "issues", "alliances"):
        first: dict[str, str] = {}
        for name, part in getattr(plan.file, kind).items():
            title = title_of(name, part.title, every_word=kind == "states")
            if title in first:
                message = f"'{first[title]}' and '{name}' are both called {shown(title)}"
                report.warn((kind, name), message, "give one of them another `title:`", at_key=True)
            first.setdefault(title, name)


def check_levels(plan: Blueprint, report: Reporter) -> None:
    """Levels stand in rising order, both ends among them."""
    for name, issue in plan.file.issues.items():
        where: Path = ("issues", name, "levels")
        if not report.is_sound(where):
            continue
        each_number_once(issue.levels, where, report)
        places = [float(key) for key in issue.levels]
        for key, before, after in zip(list(issue.levels)[1:], places, places[1:], strict=False):
            if after < before:
                message = f"{shown(key)} stands after {before:g}"
                report.error((*where, key), message, "write the levels in rising order", at_key=True)
        for end in (0.0, 1.0):
            if end not in places:
                report.error(where, f"the levels have no {end:g}", f"say what {end:g} means")


def check_war(plan: Blueprint, report: Reporter) -> None:
    """One issue at most ends the war, and it is on the agenda."""
    ending = [name for name, issue in plan.file.issues.items() if issue.ends_war is not None]
    for name in ending[1:]:
        message = f"two issues end the war: '{ending[0]}' and '{name}'"
        report.error(("issues", name, "ends_war"), message, "keep `ends_war` on one of them", at_key=True)
    on_the_table = {issue for stage in plan.file.agenda for issue in stage.issues}
    for name in ending[:1]:
        if name not in on_the_table:
            message = f"'{name}' would end the war, but no stage settles it: the war cannot end"
            report.warn(("issues", name, "ends_war"), message, "put it into a stage of the agenda", at_key=True)


def check_shares(plan: Blueprint, report: Reporter) -> None:
    """The shares of one thing are settled together, or none could be kept from being given away twice."""
    stages = {issue: place for place, stage in enumerate(plan.file.agenda) for issue in stage.issues}
    listed = all(report.is_sound(("agenda", place, "issues")) for place in range(len(plan.file.agenda)))
    first: dict[str, str] = {}
    for name, issue in plan.file.issues.items():
        if issue.share_of is None:
            continue
        if issue.ends_war is not None:
            message = f"'{name}' ends the war, so it cannot be a share of '{issue.share_of}'"
            report.error(("issues", name, "share_of"), message, "remove `share_of`, or let another issue end the war")
        other = first.setdefault(issue.share_of, name)
        if listed and stages.get(name) != stages.get(other):
            message = f"'{other}' and '{name}' are shares of '{issue.share_of}', and are not on the same stage"
            report.error(("issues", name, "share_of"), message, "put all shares of it on one stage of the agenda")


def check_positions(plan: Blueprint, entries: Entries, report: Reporter) -> None:
    """Something matters to every state, and no red line is past its own ideal."""
    for name, state in plan.file.states.items():
        weights = [entries.get(f"states.{name}.positions.{issue}.salience") for issue in state.positions]
        if all(weight is not None and weight.drawn().highest <= 0 for weight in weights):
            message = f"nothing matters to {name}: all its saliences are 0"
            report.error(("states", name, "positions"), message, "give some issue a salience above 0", at_key=True)
        for issue, position in state.positions.items():
            if position.red_line is not None:
                check_red_line(name, issue, isinstance(position.red_line, RedLineSide), entries, report)


def check_red_line(state: str, issue: str, says_side: bool, entries: Entries, report: Reporter) -> None:
    """A red line says which side is refused, or lets the ideal say it; the ideal is on the other."""
    ideal = entries.get(f"states.{state}.positions.{issue}.ideal")
    line = entries.get(f"states.{state}.positions.{issue}.red_line")
    if ideal is None or line is None:
        return
    first, second = ideal.drawn(), line.drawn()
    is_point = first.lowest == first.highest == second.lowest == second.highest
    if not says_side:
        if is_point or (first.highest > second.lowest and first.lowest < second.highest):
            message = (
                f"the red line of {state} on '{issue}' and its ideal can be the same level: which side is refused?"
            )
            report.error(line.where, message, f"write `red_line: {{above: {second.typical:g}}}` or `{{below: ...}}`")
        return
    is_above = line.where[-1] == "above"
    gone = first.lowest > second.highest if is_above else first.highest < second.lowest
    some = first.highest > second.lowest if is_above else first.lowest < second.highest
    side = "above" if is_above else "below"
    if gone:
        message = f"the ideal of {state} on '{issue}' is {side} its own red line"
        report.error(line.where, message, "exchange above and below, or move one of the two")
    elif some and not is_point:
        message = f"in some worlds the ideal of {state} on '{issue}' is {side} its own red line"
        report.warn(line.where, message, "narrow one of the two")


def check_ties(plan: Blueprint, entries: Entries, report: Reporter) -> None:
    """Ties start unbroken, and support is withheld before they break."""
    for source, target in ties_of(plan.file):
        path = f"ties.{source}.{target}"
        commitment, breaks = entries.get(f"{path}.commitment"), entries.get(f"{path}.breaks_below")
        suspends = entries.get(f"{path}.suspends_below")
        if commitment is None or breaks is None or suspends is None:
            continue
        start, broken, suspended = commitment.drawn().lowest, breaks.drawn().highest, suspends.drawn()
        if start < broken:
            message = (
                f"the commitment of {source} to {target} can be drawn at {start:g}, below its breaks_below ({broken:g})"
            )
            report.error(place_of(commitment, breaks), message, f"keep it at {broken:g} or above, with `min:` for one")
        elif start < suspended.highest and suspended.lowest >= broken:
            message = f"the commitment of {source} to {target} can start at {start:g}, with support withheld"
            report.warn(place_of(commitment, suspends), message, f"suspends_below is {suspended.highest:g}")
        if suspended.lowest < broken:
            message = f"support of {source} for {target} would be withheld below {suspended.lowest:g}, but the tie breaks below {broken:g}"
            report.error(place_of(suspends, breaks), message, "set suspends_below at or above breaks_below")


def place_of(first: Entry, second: Entry) -> Path:
    """Where to point for two numbers that do not fit: at the one that is given."""
    return second.where if first.quantity is None and second.quantity is not None else first.where


def check_adversaries(plan: Blueprint, report: Reporter) -> None:
    """Adversaries tied to each other are hardly meant; that they share an ally is common."""
    ties = ties_of(plan.file)
    for place, pair in enumerate(plan.file.adversaries or []):
        if tuple(pair) in ties or tuple(reversed(pair)) in ties:
            message = f"{pair[0]} and {pair[1]} are adversaries, and tied to each other as allies"
            report.warn(("adversaries", place), message, "remove one of the two")


def check_changes(plan: Blueprint, entries: Entries, report: Reporter) -> None:
    """Events that change numbers nothing reads."""
    for row in plan.effects:
        if row.kind == s.MOVE_DEADLINE:
            check_deadline(plan, row.event, int(row.where[3]), entries, report)
        if not isinstance(row.target, str):
            continue
        target, where = entries.by_path.get(row.target), (*row.where[:4], "change")
        if target is not None and not target.used:
            report.warn(
                where, f"{row.target} is not in use in this scenario, so changing it does nothing", "declare it first"
            )
        elif row.target.startswith("states.") and row.target.endswith(READ_AT_THE_START):
            report.warn(
                where, f"{row.target} is read at the start only, so changing it does nothing", "change another number"
            )


def check_deadline(plan: Blueprint, event: str, place: int, entries: Entries, report: Reporter) -> None:
    """A deadline that comes after the talks are over anyway."""
    entry = entries.get(f"events.{event}.effects.{place}")
    rounds = plan.file.calendar.rounds
    if entry is not None and entry.drawn().lowest > rounds:
        message = f"this deadline is later than the end of the talks, after {rounds} rounds"
        report.warn(("events", event, "effects", place, "deadline"), message, "give the calendar more rounds")
    elif entry is not None and entry.drawn().highest < 1:
        message = "this deadline is before the first round"
        report.warn(("events", event, "effects", place, "deadline"), message, "name a later day")
