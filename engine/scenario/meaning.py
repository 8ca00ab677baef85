"""What a scenario means: everything that decides how it plays, and nothing else, in one canonical form."""

import hashlib
import json
from pathlib import Path as FilePath
from typing import Any

from wedge.engine.scenario.blueprint import Blueprint, Entry, red_side, ties_of
from wedge.engine.scenario.parts import Quota, RandomFloor, Rotation, Stage
from wedge.engine.scenario.quantities import CHOICE, FIXED, INF, LOGNORMAL, NORMAL, TRIANGULAR, Draw
from wedge.engine.scenario.seats import adversaries_of
from wedge.engine.scenario.stages import consenting

Meaning = dict[str, Any]


def meaning_of(plan: Blueprint) -> Meaning:
    """The canonical meaning, with every default written out; the order of declaration is not in it."""
    file, conditions = plan.file, conditions_of(plan)
    return {
        "calendar": {
            "start": file.calendar.start.isoformat(),
            "rounds": file.calendar.rounds,
            "days_between_rounds": float(file.calendar.days_between_rounds),
        },
        "issues": {name: issue_meaning(plan, name) for name in plan.roster.issues},
        "states": {name: state_meaning(plan, name) for name in plan.roster.states},
        "alliances": {name: alliance_meaning(plan, name) for name in plan.roster.alliances},
        "adversaries": sorted(
            {tuple(sorted((state, other))) for state in plan.roster.states for other in adversaries_of(file, state)}
        ),
        "agenda": {
            "order": plan.roster.stages,
            "stages": {
                stage.stage: stage_meaning(plan, stage, conditions["agenda"][g]) for g, stage in enumerate(file.agenda)
            },
        },
        "orders": {name: [sorted(group) for group in file.orders[name]] for name in plan.roster.orders},
        "events": {name: event_meaning(plan, name, conditions["events"][name]) for name in plan.roster.events},
        "numbers": {entry.path: number_meaning(entry) for entry in plan.entries if entry.used},
    }


def issue_meaning(plan: Blueprint, name: str) -> Meaning:
    """What an issue is, besides its numbers."""
    issue = plan.file.issues[name]
    fought = issue.battlefield.between if issue.battlefield is not None else None
    meaning: Meaning = {"kind": issue.kind, "ends_war": issue.ends_war is not None, "fought_between": fought}
    return meaning if issue.share_of is None else meaning | {"share_of": issue.share_of}


def state_meaning(plan: Blueprint, name: str) -> Meaning:
    """What a state may do and how it bargains, besides its numbers."""
    state, seat = plan.file.states[name], plan.seats[name]
    demands, courts, answers = seat.tactics
    policy: Meaning = {"demands": demands, "courts": courts, "answers": answers}
    policy |= {"patron": seat.patron, "client": seat.client}
    if seat.outsider is not None:
        policy["file"] = {"name": seat.outsider[1], "sha256": file_hash(seat.outsider[0])}
    sides = {}
    for issue in sorted(state.positions):
        line = state.positions[issue].red_line
        if line is not None:
            sides[issue] = red_side_word(plan, name, issue)
    paid = {"outside_paid": True} if state.outside is not None and state.outside.paid else {}
    return paid | {
        "policy": policy,
        "decides": seat.theory,
        "positions": sorted(state.positions),
        "red_lines": sides,
        "may_walk_out": state.outside is not None,
        "ratifies": state.ratification is not None,
        "pays": sorted(state.purse.pays) if state.purse is not None else [],
    }


def red_side_word(plan: Blueprint, state: str, issue: str) -> str:
    """Which levels are refused: above or below the red line."""
    return "above" if red_side(plan, state, issue) == 1 else "below"


def file_hash(path: str) -> str:
    """SHA-256 of a user's policy, so that an edited one is another scenario."""
    return hashlib.sha256(FilePath(path).read_bytes()).hexdigest()


def alliance_meaning(plan: Blueprint, name: str) -> Meaning:
    """Who is in an alliance and tied to whom."""
    alliance = plan.file.alliances[name]
    return {
        "members": sorted(alliance.members),
        "joint_front": alliance.joint_front,
        "ties": sorted([source, target] for (source, target), home in ties_of(plan.file).items() if home == name),
        "substitutes": sorted([substitute.by, substitute.target] for substitute in alliance.substitutes),
    }


def stage_meaning(plan: Blueprint, stage: Stage, conditions: Meaning) -> Meaning:
    """What a stage settles, and how. ``conditions`` are those it says, as they would be written."""
    seated = consenting(stage, plan.roster.states)
    floor: Any = {"rotation": seated}
    if isinstance(stage.floor, RandomFloor):
        floor = {"random": sorted(stage.floor.random)}
    elif stage.floor is not None:
        floor = {"rotation": stage.floor.rotation if isinstance(stage.floor, Rotation) else stage.floor.alternating}
    quota = stage.consent if isinstance(stage.consent, Quota) else None
    return {
        "issues": sorted(stage.issues),
        "after": sorted(stage.preconditions),
        "consent": sorted(set(seated)),
        "quota": quota.quota if quota is not None else len(set(seated)),
        "veto": sorted(quota.veto) if quota is not None else [],
        "floor": floor,
        "rounds": stage.rounds,
        "answers": stage.answers,
        "possible_when": without_thresholds(conditions.get("possible_when")),
    }


def event_meaning(plan: Blueprint, name: str, conditions: Meaning) -> Meaning:
    """When an event happens and what it changes, besides its numbers. ``conditions`` are those it says."""
    event = plan.file.events[name]
    effects = []
    for row in plan.effects:
        if row.event == name:
            target = list(row.target) if isinstance(row.target, tuple) else row.target
            effects.append([EFFECT_WORDS[row.kind], target])
    return {
        "at": event.at.isoformat() if event.at is not None else None,
        "random": event.rate is not None,
        "when": without_thresholds(conditions.get("when")),
        "unless": without_thresholds(conditions.get("unless")),
        "repeats": event.repeats,
        "effects": effects,
    }


EFFECT_WORDS = ("change to", "change by", "change times", "shock", "withhold", "restore", "deadline")


def conditions_of(plan: Blueprint) -> Meaning:
    """The conditions of stages and events as they would be written."""
    said = {"agenda": {"__all__": {"possible_when"}}, "events": {"__all__": {"when", "unless"}}}
    return plan.file.model_dump(mode="json", by_alias=True, exclude_none=True, include=said)


def without_thresholds(said: Any) -> Any:
    """A condition with '#' where a threshold stands, which is left to the numbers."""
    if isinstance(said, list):
        return [without_thresholds(part) for part in said]
    if isinstance(said, dict):
        return {key: "#" if key in ("above", "below") else without_thresholds(part) for key, part in said.items()}
    return said


def number_meaning(entry: Entry) -> Any:
    """A number as it would be written, without source and note."""
    draw = entry.drawn()
    if draw.kind == FIXED:
        return draw.shape[0]
    if draw.kind == CHOICE:
        return {"choice": [[value, share] for value, share in draw.values]}
    if draw.kind in (NORMAL, LOGNORMAL):
        return tailed(draw)
    name, count = ("triangular", 3) if draw.kind == TRIANGULAR else ("uniform", 2)
    return {name: list(draw.shape[:count])}


def tailed(draw: Draw) -> Meaning:
    """A normal or lognormal distribution with its bounds."""
    said: Meaning = {"normal" if draw.kind == NORMAL else "lognormal": list(draw.shape[:2])}
    low, high = draw.shape[3:]
    if low > (-INF if draw.kind == NORMAL else 0.0):
        said["min"] = low
    if high < INF:
        said["max"] = high
    return said


def words_of(plan: Blueprint) -> Meaning:
    """What is there for readers only: names, titles, levels in words."""
    file = plan.file
    return {
        "name": file.name,
        "summary": file.summary,
        "description": file.description,
        "states": {
            name: {"title": file.states[name].title, "role": file.states[name].role} for name in plan.roster.states
        },
        "issues": {
            name: {"title": file.issues[name].title, "levels": dict(file.issues[name].levels)}
            for name in plan.roster.issues
        },
        "alliances": {name: file.alliances[name].title for name in plan.roster.alliances},
        "stages": {stage.stage: stage.title for stage in file.agenda},
        "events": {
            name: {"title": file.events[name].title, "source": file.events[name].source, "note": file.events[name].note}
            for name in plan.roster.events
        },
    }


def hash_of(meaning: Meaning) -> str:
    """SHA-256 of a meaning's canonical JSON."""
    text = json.dumps(meaning, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


COMPARED_WHOLE = (".when", ".unless", ".possible_when", ".floor")


def differences(first: Meaning, second: Meaning) -> list[tuple[str, Any, Any]]:
    """Where two meanings differ: (path, in the first, in the second), None where one has nothing."""
    return sorted(walk_both("", first, second), key=lambda found: found[0])


def walk_both(path: str, first: Any, second: Any) -> list[tuple[str, Any, Any]]:
    """The differences below a path. Numbers, conditions, floors and lists are compared whole."""
    is_whole = path.startswith("numbers.") or path.endswith(COMPARED_WHOLE)
    if isinstance(first, dict) and isinstance(second, dict) and not is_whole:
        found = []
        for key in sorted({*first, *second}):
            below = f"{path}.{key}" if path else key
            found += walk_both(below, first.get(key), second.get(key))
        return found
    if as_json(first) == as_json(second):
        return []
    return [(path.removeprefix("numbers."), first, second)]


def as_json(value: Any) -> str:
    """A value's JSON, by which tuples and lists are alike."""
    return json.dumps(value, sort_keys=True)
