"""A scenario file taken apart: its names, seats, conditions and effects, and every number in its place.

Checks, lowering and meaning all read this, so that they cannot disagree about what a file says.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wedge.engine.model import numbers as n
from wedge.engine.model import setting as s
from wedge.engine.model.numbers import INF, Number
from wedge.engine.scenario.parts import RedLineSide
from wedge.engine.scenario.quantities import Draw, draw_of, fixed
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster, roster_of
from wedge.engine.scenario.rows import EffectRow, Row, effect_rows, rows_of, trigger_rows
from wedge.engine.scenario.schema import Assumptions, ScenarioFile, Strain, Talks
from wedge.engine.scenario.seats import Seat, seats_of
from wedge.engine.scenario.tree import Path


class Entry(NamedTuple):
    """One number of the scenario. ``quantity`` is None where the file leaves it at its default.

    ``used`` is False for numbers that only keep a place, such as those of ties nobody declared.
    """

    path: str
    number: Number
    quantity: Any
    where: Path
    used: bool

    def drawn(self) -> Draw:
        """How it is drawn."""
        return fixed(self.number.default) if self.quantity is None else draw_of(self.quantity)


class Blueprint(NamedTuple):
    """The scenario taken apart."""

    file: ScenarioFile
    roster: Roster
    seats: dict[str, Seat]
    possible: dict[str, list[Row]]  # by stage
    triggers: dict[str, list[Row]]  # by event
    effects: list[EffectRow]
    entries: list[Entry]  # in the order of the flat buffer


def blueprint_of(file: ScenarioFile, report: Reporter) -> Blueprint:
    """Take a scenario file apart; problems with its policies go to the report."""
    roster, start, days = roster_of(file), file.calendar.start, file.calendar.days_between_rounds
    possible = {
        stage.stage: rows_of(stage.possible_when, ("agenda", place, "possible_when"), start, days)
        for place, stage in enumerate(file.agenda)
        if stage.possible_when is not None
    }
    triggers = {name: trigger_rows(file.events[name], ("events", name), start, days) for name in roster.events}
    effects = [row for name in roster.events for row in effect_rows(name, file.events[name], start, days)]
    plan = Blueprint(file, roster, seats_of(file, report), possible, triggers, effects, [])
    plan.entries.extend(entries_of(plan))
    return plan


def entries_of(plan: Blueprint) -> Iterator[Entry]:
    """Every number, in the order of the flat buffer (see ``engine.model.layout``)."""
    yield from state_entries(plan)
    yield from position_entries(plan)
    yield from tie_entries(plan)
    yield from stake_entries(plan)
    yield from issue_entries(plan)
    yield from event_entries(plan)
    yield from effect_entries(plan)
    yield from test_entries(plan)
    yield from common_entries(plan.file)


def state_entries(plan: Blueprint) -> Iterator[Entry]:
    """The numbers of states, field by field."""
    parts = {n.OUTSIDE: ("outside", "value"), n.PATIENCE: ("outside", "patience")}
    parts |= {n.RATIFICATION: ("ratification", "needs"), n.PURSE: ("purse", "budget")}
    for field, number in enumerate(n.STATE):
        for name in plan.roster.states:
            state, where = plan.file.states[name], ("states", name)
            if n.DEMAND_A <= field <= n.THEORY_B:
                yield Entry(*plan.seats[name].parameters[field - n.DEMAND_A])
            elif field in parts:
                part, key = parts[field]
                holder = getattr(state, part)
                quantity = getattr(holder, key) if holder is not None else None
                yield Entry(f"states.{name}.{part}.{key}", number, quantity, (*where, part, key), holder is not None)
            else:
                quantity = getattr(state, number.name)
                yield Entry(f"states.{name}.{number.name}", number, quantity, (*where, number.name), True)


def position_entries(plan: Blueprint) -> Iterator[Entry]:
    """The numbers of positions; an issue without a position has no weight for the state."""
    for number in n.POSITION:
        for name in plan.roster.states:
            positions = plan.file.states[name].positions
            for issue in plan.roster.issues:
                where: Path = ("states", name, "positions", issue, number.name)
                quantity = getattr(positions[issue], number.name) if issue in positions else None
                used = issue in positions and (number.name != "red_line" or quantity is not None)
                if isinstance(quantity, RedLineSide):
                    side = "above" if quantity.above is not None else "below"
                    quantity, where = getattr(quantity, side), (*where, side)
                yield Entry(f"states.{name}.positions.{issue}.{number.name}", number, quantity, where, used)


def red_side(plan: Blueprint, state: str, issue: str) -> int:
    """1 if the state refuses levels above its red line, -1 below, 0 if it has none."""
    position = plan.file.states[state].positions.get(issue)
    if position is None or position.red_line is None:
        return 0
    if hasattr(position.red_line, "above"):
        return 1 if position.red_line.above is not None else -1
    return 1 if draw_of(position.ideal).typical < draw_of(position.red_line).typical else -1


def tie_entries(plan: Blueprint) -> Iterator[Entry]:
    """The numbers of ties, zero between states that have none."""
    declared = ties_of(plan.file)
    for number in n.TIE:
        nothing = number._replace(default=0.0)
        for source in plan.roster.states:
            for target in plan.roster.states:
                path = f"ties.{source}.{target}.{number.name}"
                if (source, target) not in declared:
                    yield Entry(path, nothing, None, ("alliances",), False)
                    continue
                alliance = declared[source, target]
                quantity = getattr(plan.file.alliances[alliance].ties[source][target], number.name)
                where = ("alliances", alliance, "ties", source, target, number.name)
                yield Entry(path, number, quantity, where, True)


def ties_of(file: ScenarioFile) -> dict[tuple[str, str], str]:
    """The declared ties, and the alliance each is declared in."""
    return {
        (source, target): name
        for name, alliance in file.alliances.items()
        for source, ties in alliance.ties.items()
        for target in ties
    }


def stake_entries(plan: Blueprint) -> Iterator[Entry]:
    """What each state gains or loses by each alliance's fracture."""
    for state in plan.roster.states:
        for name in plan.roster.alliances:
            stakes = plan.file.alliances[name].stakes
            number = Number(
                "stake", 0.0, -INF, INF, "utility", "what the state gains (or loses) if the alliance fractures"
            )
            where = ("alliances", name, "stakes", state)
            yield Entry(f"stakes.{name}.{state}", number, stakes.get(state), where, state in stakes)


def issue_entries(plan: Blueprint) -> Iterator[Entry]:
    """The numbers of issues."""
    parts = (None, "ends_war", "battlefield", "battlefield")
    for number, part in zip(n.ISSUE, parts, strict=True):
        for name in plan.roster.issues:
            issue = plan.file.issues[name]
            holder = issue if part is None else getattr(issue, part)
            quantity = getattr(holder, number.name) if holder is not None else None
            keys = (number.name,) if part is None else (part, number.name)
            yield Entry(
                f"issues.{name}.{'.'.join(keys)}", number, quantity, ("issues", name, *keys), holder is not None
            )


def event_entries(plan: Blueprint) -> Iterator[Entry]:
    """Rate and chance of events."""
    for number in n.EVENT:
        for name in plan.roster.events:
            event = plan.file.events[name]
            quantity = getattr(event, number.name)
            used = number.name != "rate" or event.rate is not None
            yield Entry(f"events.{name}.{number.name}", number, quantity, ("events", name, number.name), used)


def effect_entries(plan: Blueprint) -> Iterator[Entry]:
    """How much each effect changes."""
    free = Number("effect", 0.0, -INF, INF, "", "what an effect changes something by, or to")
    tied = free._replace(low=-1.0, high=1.0, unit="share")
    for row in plan.effects:
        place = row.where[3]
        used = row.quantity is not None
        number = tied if row.kind == s.TIE_SHOCK else free
        yield Entry(f"events.{row.event}.effects.{place}", number, row.quantity, row.where, used)


def test_entries(plan: Blueprint) -> Iterator[Entry]:
    """The thresholds of conditions: those of stages in the order of the agenda, then those of events."""
    for place, stage in enumerate(plan.roster.stages):
        rows = plan.possible.get(stage, [])
        yield from threshold_entries(rows, f"agenda.{stage}", ("agenda", place, "possible_when"))
    for name in plan.roster.events:
        yield from threshold_entries(plan.triggers[name], f"events.{name}", ("events", name))


def threshold_entries(rows: list[Row], owner: str, where: Path) -> Iterator[Entry]:
    """The thresholds of one condition, counted for each of its keys."""
    seen: dict[str, int] = {}
    for place, row in enumerate(rows):
        number = THRESHOLDS.get(row.test, ANY_THRESHOLD)
        if row.threshold is None or row.test == s.DAY:
            yield Entry(f"{owner}.rows.{place}", ANY_THRESHOLD, row.threshold, row.where, False)
            continue
        key = str(row.where[2])
        yield Entry(f"{owner}.{key}.{seen.setdefault(key, 0)}", number, row.threshold, row.where, True)
        seen[key] += 1


ANY_THRESHOLD = Number("threshold", 0.0, -INF, INF, "", "threshold of a condition")
SHARE = ANY_THRESHOLD._replace(low=0.0, high=1.0, unit="share")
COUNT = ANY_THRESHOLD._replace(low=0.0, unit="count")
THRESHOLDS = {
    s.COMMITMENT: SHARE,
    s.WEARINESS: SHARE,
    s.BELIEF: SHARE,
    s.LEVEL: SHARE,
    s.ROUND: COUNT,
    s.REFUSALS: COUNT,
}


def common_entries(file: ScenarioFile) -> Iterator[Entry]:
    """The numbers of the scenario as a whole."""
    holders = (
        ("strain", file.strain, Strain),
        ("talks", file.talks, Talks),
        ("assumptions", file.assumptions, Assumptions),
    )
    for number in n.COMMON:
        key, holder, _ = next(entry for entry in holders if number.name in entry[2].model_fields)
        yield Entry(f"{key}.{number.name}", number, getattr(holder, number.name), (key, number.name), True)
