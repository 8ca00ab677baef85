"""Warnings about what can never happen: stages that cannot open or settle, events that cannot come.

Only what is evident from the file is told; everything else is for the runs to show.
"""

import math
from typing import Any

from wedge.engine.scenario import conditions as c
from wedge.engine.scenario.blueprint import Blueprint, red_side
from wedge.engine.scenario.parts import Quota, Stage
from wedge.engine.scenario.quantities import draw_of
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.stages import consenting, needs


class Reach:
    """What can happen in a scenario. ``stages`` and ``events`` are those that can."""

    def __init__(self, plan: Blueprint) -> None:
        self.plan, self.file = plan, plan.file
        self.drawn = {entry.path: entry.drawn() for entry in plan.entries}
        calendar = plan.file.calendar
        self.last_day = math.ceil(calendar.rounds * calendar.days_between_rounds) - 1
        self.last_opening = (calendar.rounds - 1) * calendar.days_between_rounds
        war = next((name for name, issue in self.file.issues.items() if issue.ends_war is not None), None)
        self.at_war = war is not None
        self.peace = next((stage.stage for stage in self.file.agenda if war in stage.issues), None)
        self.blocked = {stage.stage: blocked_issue(self, stage) for stage in self.file.agenda}
        self.stages: set[str] = set()
        self.events: set[str] = set()
        self.explore()

    def explore(self) -> None:
        """Find all stages and events that can be reached, from those that need nothing on."""
        waits = needs(self.file.agenda)
        while True:
            before = len(self.stages) + len(self.events)
            for g, stage in enumerate(self.file.agenda):
                ready = all(
                    self.file.agenda[h].stage in self.stages for h in range(len(self.file.agenda)) if waits[g][h]
                )
                possible = stage.possible_when is None or self.can_hold(stage.possible_when)
                if ready and possible and self.blocked[stage.stage] is None:
                    self.stages.add(stage.stage)
            self.events |= {name for name in self.file.events if self.can_happen(name)}
            if len(self.stages) + len(self.events) == before:
                return

    def can_happen(self, name: str) -> bool:
        """Whether an event can happen."""
        event = self.file.events[name]
        if self.drawn[f"events.{name}.chance"].highest <= 0:
            return False
        if event.at is not None:
            return 0 <= (event.at - self.file.calendar.start).days <= self.last_day
        if event.rate is not None:
            return self.drawn[f"events.{name}.rate"].highest > 0
        return self.can_hold(event.when)

    def can_hold(self, condition: Any) -> bool:
        """Whether a condition can hold at some time; True where that is not evident."""
        if isinstance(condition, c.All):
            return all(self.can_hold(part) for part in condition.all)
        if isinstance(condition, c.Any_):
            return any(self.can_hold(part) for part in condition.any)
        if isinstance(condition, c.EventHappened):
            return condition.event in self.events
        if isinstance(condition, c.StageSettled):
            return condition.settled in self.stages
        if isinstance(condition, c.WalkedOut):
            return self.file.states[condition.walked_out].outside is not None
        if isinstance(condition, c.Fighting):
            return self.can_fight(condition.fighting)
        if isinstance(condition, c.Not) and isinstance(condition.part, c.Fighting):
            return self.can_fight(not condition.part.fighting)
        return self.can_compare(condition)

    def can_fight(self, goes_on: bool) -> bool:
        """Whether there can be war, or peace: peace comes by the stage that settles the war, and by nothing else."""
        return self.at_war if goes_on else not self.at_war or self.peace in self.stages

    def can_compare(self, condition: Any) -> bool:
        """Whether a comparison with a threshold can hold."""
        rounds = self.file.calendar.rounds
        if isinstance(condition, c.DateIs):
            if condition.date.start is not None:
                return (condition.date.start - self.file.calendar.start).days <= self.last_opening
            return condition.date.before is not None and condition.date.before > self.file.calendar.start
        if isinstance(condition, c.RoundIs):
            return within(condition.round, rounds - 1)
        if isinstance(condition, c.RefusalsAre):
            return within(condition, rounds)
        return within(condition, 1) if isinstance(condition, c.Sided) else True


def within(sided: c.Sided, most: float) -> bool:
    """Whether something between 0 and ``most`` can be on that side of a threshold."""
    if sided.above is not None:
        return draw_of(sided.above).lowest <= most
    return draw_of(sided.below).highest > 0


def blocked_issue(reach: Reach, stage: Stage) -> tuple[str, str] | None:
    """The issue of a stage for which no level is acceptable to all that are needed, and why; or None."""
    seated = consenting(stage, list(reach.file.states))
    needed = seated
    if isinstance(stage.consent, Quota) and stage.consent.quota < len(set(seated)):
        needed = stage.consent.veto
    for issue in stage.issues:
        low, high, lower, upper = 0.0, 1.0, "", ""
        if reach.file.issues[issue].ends_war is not None:
            low = reach.drawn[f"issues.{issue}.ends_war.at"].lowest
            lower = f"the war ends at {low:g} or above only"
        for state in needed:
            side = red_side(reach.plan, state, issue)
            line = reach.drawn[f"states.{state}.positions.{issue}.red_line"]
            if side == 1 and line.highest < high:
                high, upper = line.highest, f"{state} refuses all above {line.highest:g}"
            elif side == -1 and line.lowest > low:
                low, lower = line.lowest, f"{state} refuses all below {line.lowest:g}"
        if low > high:
            return issue, f"{lower}, and {upper}"
    return None


def check_reach(plan: Blueprint, report: Reporter) -> None:
    """Warn of stages that cannot open or settle and of events that cannot happen."""
    reach = Reach(plan)
    waits = needs(plan.file.agenda)
    for g, stage in enumerate(plan.file.agenda):
        blocked = reach.blocked[stage.stage]
        if blocked is not None:
            place = stage.issues.index(blocked[0])
            message = f"the stage '{stage.stage}' can never settle: on '{blocked[0]}' {blocked[1]}"
            report.warn(("agenda", g, "issues", place), message, "move a red line, or who must consent")
        elif stage.stage not in reach.stages:
            warn_of_waiting(plan, reach, g, [h for h in range(len(plan.file.agenda)) if waits[g][h]], report)
    for name in plan.roster.events:
        if name not in reach.events:
            warn_of_event(plan, reach, name, report)


def warn_of_waiting(plan: Blueprint, reach: Reach, g: int, waits_for: list[int], report: Reporter) -> None:
    """Warn of a stage that can never be on the table."""
    stage = plan.file.agenda[g]
    stuck = [plan.file.agenda[h].stage for h in waits_for if plan.file.agenda[h].stage not in reach.stages]
    if stuck and stuck[0] in stage.preconditions:
        message = f"the stage '{stage.stage}' can never open: its precondition '{stuck[0]}' can never be settled"
        report.warn(("agenda", g, "after"), message)
    elif stuck:
        message = f"the stage '{stage.stage}' can never open: '{stuck[0]}' stays on the table before it"
        report.warn(("agenda", g, "stage"), message, f"give '{stuck[0]}' a limit of `rounds:`")
    else:
        message = f"the stage '{stage.stage}' can never open: its `possible_when` can never hold"
        report.warn(("agenda", g, "possible_when"), message, at_key=True)


def warn_of_event(plan: Blueprint, reach: Reach, name: str, report: Reporter) -> None:
    """Warn of an event that can never happen, and say why."""
    event = plan.file.events[name]
    start = plan.file.calendar.start
    if reach.drawn[f"events.{name}.chance"].highest <= 0:
        report.warn(("events", name, "chance"), f"the event '{name}' can never happen: its chance is 0")
    elif event.at is not None and event.at < start:
        report.warn(
            ("events", name, "at"), f"the event '{name}' can never happen: the talks start on {start}", "move it"
        )
    elif event.at is not None:
        rounds = plan.file.calendar.rounds
        message = f"the event '{name}' can never happen: it is due after the last of the {rounds} rounds"
        report.warn(("events", name, "at"), message, "move it, or give the calendar more rounds")
    elif event.rate is not None:
        report.warn(("events", name, "rate"), f"the event '{name}' can never happen: its rate is 0")
    else:
        message = f"the event '{name}' can never happen: its condition can never hold"
        report.warn(("events", name, "when"), message, at_key=True)
