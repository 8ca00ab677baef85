"""From a blueprint to the arrays the rules are played on."""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS
from wedge.agents.theories import THEORIES
from wedge.engine.model import setting as s
from wedge.engine.model.setting import Setting
from wedge.engine.model.words import IN_TURN, RANDOM_FLOOR, ROTATION, SEALED
from wedge.engine.scenario.blueprint import Blueprint, red_side, ties_of
from wedge.engine.scenario.parts import Quota, RandomFloor, Rotation
from wedge.engine.scenario.quantities import CHOICE
from wedge.engine.scenario.rows import Row
from wedge.engine.scenario.seats import adversaries_of
from wedge.engine.scenario.stages import consenting, needs


def identity(name: str) -> int:
    """The 64-bit identity of a declared name or path."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8"), digest_size=8).digest(), "big")


def setting_of(plan: Blueprint) -> Setting:
    """The arrays of a blueprint that has passed all checks."""
    roster = plan.roster
    parts: dict[str, Any] = {
        "state_id": identities(roster.states),
        "issue_id": identities(roster.issues),
        "event_id": identities(roster.events),
        "number_id": identities(entry.path for entry in plan.entries),
        "rounds": plan.file.calendar.rounds,
        "days": float(plan.file.calendar.days_between_rounds),
    }
    for part in (issues_and_positions, agenda, alliances, policies, distributions, events, conditions):
        parts |= part(plan)
    return Setting(**parts)


def identities(names: Iterable[str]) -> np.ndarray:
    """The identities of names."""
    return np.array([identity(name) for name in names], dtype=np.uint64)


def whole(values: Sequence[object], shape: tuple[int, ...] = (-1,)) -> np.ndarray:
    """Whole numbers as an array."""
    return np.array(values, dtype=np.int64).reshape(shape)


def issues_and_positions(plan: Blueprint) -> dict[str, object]:
    """Which issue ends the war, where each is settled, who fights over it, and the sides of red lines."""
    file, roster = plan.file, plan.roster
    stage_of = {issue: place for place, stage in enumerate(file.agenda) for issue in stage.issues}
    war = [place for place, name in enumerate(roster.issues) if file.issues[name].ends_war is not None]
    fought = np.full((len(roster.issues), 2), -1, dtype=np.int64)
    for place, name in enumerate(roster.issues):
        battlefield = file.issues[name].battlefield
        if battlefield is not None:
            fought[place] = [roster.states.index(state) for state in battlefield.between]
    pies = sorted({issue.share_of for issue in file.issues.values() if issue.share_of is not None})
    shares = [file.issues[name].share_of for name in roster.issues]
    sides = [[red_side(plan, state, issue) for issue in roster.issues] for state in roster.states]
    return {
        "war_issue": war[0] if war else -1,
        "stage_of": whole([stage_of.get(name, -1) for name in roster.issues]),
        "share_of": whole([-1 if pie is None else pies.index(pie) for pie in shares]),
        "red_side": whole(sides, (len(roster.states), len(roster.issues))),
        "fought_by": fought,
    }


def agenda(plan: Blueprint) -> dict[str, object]:
    """Stages: what they need, who sits, who speaks, in which order issues are to be settled."""
    file, roster = plan.file, plan.roster
    stages, states = len(roster.stages), len(roster.states)
    seat, veto = np.zeros((stages, states), np.int64), np.zeros((stages, states), np.int64)
    quota = np.zeros(stages, np.int64)
    for g, stage in enumerate(file.agenda):
        seated = consenting(stage, roster.states)
        seat[g, [roster.states.index(name) for name in seated]] = 1
        quota[g] = stage.consent.quota if isinstance(stage.consent, Quota) else len(set(seated))
        vetoes = stage.consent.veto if isinstance(stage.consent, Quota) else []
        veto[g, [roster.states.index(name) for name in vetoes]] = 1
    preconditions = {name for stage in file.agenda for name in stage.preconditions}
    return {
        "needs": whole(needs(file.agenda), (stages, stages)),
        "precondition": whole([int(name in preconditions) for name in roster.stages]),
        "stage_rounds": whole([stage.rounds or 0 for stage in file.agenda]),
        "seat": seat,
        "quota": quota,
        "veto": veto,
        "answers": whole([IN_TURN if stage.answers == "in_turn" else SEALED for stage in file.agenda]),
        "order_group": order_groups(plan),
        **floors(plan),
    }


def floors(plan: Blueprint) -> dict[str, np.ndarray]:
    """Who gets the floor on each stage."""
    roster, lists, kinds = plan.roster, [], []
    for stage in plan.file.agenda:
        listed = consenting(stage, roster.states)
        if isinstance(stage.floor, RandomFloor):
            listed = sorted(stage.floor.random)
        elif stage.floor is not None:
            listed = stage.floor.rotation if isinstance(stage.floor, Rotation) else stage.floor.alternating
        kinds.append(RANDOM_FLOOR if isinstance(stage.floor, RandomFloor) else ROTATION)
        lists.append([roster.states.index(name) for name in listed])
    longest = max(len(listed) for listed in lists)
    return {
        "floor_kind": whole(kinds),
        "floor_list": whole([listed + [-1] * (longest - len(listed)) for listed in lists], (len(lists), longest)),
        "floor_count": whole([len(listed) for listed in lists]),
    }


def order_groups(plan: Blueprint) -> np.ndarray:
    """The place of each issue in each declared order of settling, or -1."""
    roster = plan.roster
    groups = np.full((len(roster.orders), len(roster.issues)), -1, dtype=np.int64)
    for o, name in enumerate(roster.orders):
        for place, group in enumerate(plan.file.orders[name]):
            for issue in group:
                groups[o, roster.issues.index(issue)] = place
    return groups


def alliances(plan: Blueprint) -> dict[str, np.ndarray]:
    """Ties, members, fronts, adversaries and who stands in for whom."""
    file, roster = plan.file, plan.roster
    place = {name: i for i, name in enumerate(roster.states)}
    square = (len(place), len(place))
    tie, adversary, substitutes = (np.zeros(square, np.int64) for _ in range(3))
    for source, target in ties_of(file):
        tie[place[source], place[target]] = 1
    for state in roster.states:
        for other in adversaries_of(file, state):
            adversary[place[state], place[other]] = adversary[place[other], place[state]] = 1
    member = np.zeros((len(roster.alliances), len(place)), np.int64)
    for a, name in enumerate(roster.alliances):
        member[a, [place[state] for state in file.alliances[name].members]] = 1
        for substitute in file.alliances[name].substitutes:
            substitutes[place[substitute.by], place[substitute.target]] = 1
    fronts = whole([int(file.alliances[name].joint_front) for name in roster.alliances])
    return {"tie": tie, "member": member, "joint_front": fronts, "adversary": adversary, "substitutes": substitutes}


def policies(plan: Blueprint) -> dict[str, np.ndarray]:
    """The numbers of the tactics in each seat, whom they concern, and what else a state may do."""
    roster, file = plan.roster, plan.file
    place: dict[str | None, int] = {name: i for i, name in enumerate(roster.states)}
    seats = [plan.seats[name] for name in roster.states]
    pays = np.zeros((len(seats), len(seats)), np.int64)
    for i, name in enumerate(roster.states):
        purse = file.states[name].purse
        pays[i, [place[other] for other in (purse.pays if purse is not None else [])]] = 1
    return {
        "demands": whole([DEMANDS[seat.tactics[0]].number for seat in seats]),
        "courts": whole([COURTS[seat.tactics[1]].number for seat in seats]),
        "answer_rule": whole([ANSWERS[seat.tactics[2]].number for seat in seats]),
        "theory": whole([THEORIES[seat.theory].number for seat in seats]),
        "patron": whole([place.get(seat.patron, -1) for seat in seats]),
        "client": whole([place.get(seat.client, -1) for seat in seats]),
        "has_outside": whole([int(file.states[name].outside is not None) for name in roster.states]),
        "outside_paid": whole([int(bool(getattr(file.states[name].outside, "paid", False))) for name in roster.states]),
        "ratifies": whole([int(file.states[name].ratification is not None) for name in roster.states]),
        "pays": pays,
    }


def distributions(plan: Blueprint) -> dict[str, np.ndarray]:
    """How each number is drawn, and the bounds it keeps to when an event changes it."""
    kinds: list[int] = []
    shapes: list[tuple[float, ...]] = []
    mixture: list[tuple[float, float]] = []
    for entry in plan.entries:
        draw = entry.drawn()
        shape: tuple[float, ...] = draw.shape
        if draw.kind == CHOICE:
            start = len(mixture)
            mixture.extend(draw.values)
            shape = (float(start), float(len(mixture)), *shape[2:])
        kinds.append(draw.kind)
        shapes.append(shape)
    bounds = [(entry.number.low, entry.number.high) for entry in plan.entries]
    return {
        "drawn": whole(kinds),
        "shape": np.array(shapes, dtype=np.float64),
        "bounds": np.array(bounds, dtype=np.float64),
        "mixture": np.array(mixture, dtype=np.float64).reshape((-1, 2)),
    }


NEVER = 2**31  # a day that no calendar reaches


def day_of(at: datetime.date | None, start: datetime.date) -> int:
    """The day of an event that has a date, counted from the start; one dated before the talks never happens."""
    if at is None:
        return -1
    return (at - start).days if at >= start else NEVER


def turns_of(days: Sequence[int]) -> list[int]:
    """The events in the order in which a round looks at them: dated ones by day, the rest (-1) after them, then by name."""
    return sorted(range(len(days)), key=lambda e: (days[e] if days[e] >= 0 else NEVER, e))


def events(plan: Blueprint) -> dict[str, np.ndarray]:
    """When events are due and what they change."""
    file, roster = plan.file, plan.roster
    place = {name: i for i, name in enumerate(roster.states)}
    number_place = {entry.path: i for i, entry in enumerate(plan.entries)}
    declared = [file.events[name] for name in roster.events]
    days = [day_of(e.at, file.calendar.start) for e in declared]
    first, second = [], []
    for row in plan.effects:
        if isinstance(row.target, tuple):
            first.append(place[row.target[0]])
            second.append(place[row.target[1]])
        else:
            first.append(-1 if row.target is None else number_place[row.target])
            second.append(-1)
    return {
        "event_day": whole(days),
        "event_turn": whole(turns_of(days)),
        "event_poisson": whole([int(e.rate is not None) for e in declared]),
        "event_repeats": whole([int(e.repeats) for e in declared]),
        "effect_event": whole([roster.events.index(row.event) for row in plan.effects]),
        "effect_kind": whole([row.kind for row in plan.effects]),
        "effect_a": whole(first),
        "effect_b": whole(second),
    }


def conditions(plan: Blueprint) -> dict[str, np.ndarray]:
    """The rows of all conditions, and where each stage's and each event's stand."""
    owners = [plan.possible.get(stage, []) for stage in plan.roster.stages]
    owners += [plan.triggers[event] for event in plan.roster.events]
    spans, at = [], 0
    for owned in owners:
        spans.append((at, at + len(owned)) if owned else (-1, -1))
        at += len(owned)
    rows, stages = [row for owned in owners for row in owned], len(plan.roster.stages)
    return {
        "possible_when": whole(spans[:stages], (stages, 2)),
        "event_when": whole(spans[stages:], (len(plan.roster.events), 2)),
        "test": whole([row.test for row in rows]),
        "test_a": whole([row_index(plan, row, row.a) for row in rows]),
        "test_b": whole([row_index(plan, row, row.b) for row in rows]),
        "test_side": whole([row.side for row in rows]),
    }


def row_index(plan: Blueprint, row: Row, name: str | int) -> int:
    """The index of what a row names; a number stays what it is."""
    if isinstance(name, int):
        return name
    lists = {s.EVENT: plan.roster.events, s.STAGE_SETTLED: plan.roster.stages, s.LEVEL: plan.roster.issues}
    return lists.get(row.test, plan.roster.states).index(name)
