"""The names and titles that belong to the indices of a ``Setting``, for whoever speaks to people."""

import datetime
from typing import NamedTuple

from wedge.engine.scenario.blueprint import Blueprint


class Names(NamedTuple):
    """The names and titles that belong to the indices of a ``Setting``."""

    states: list[str]
    state_titles: list[str]
    issues: list[str]
    issue_titles: list[str]
    levels: list[dict[float, str]]
    stages: list[str]
    stage_titles: list[str]
    alliances: list[str]
    alliance_titles: list[str]
    events: list[str]
    event_titles: list[str]
    orders: list[str]
    numbers: list[str]  # the path of every number, in the order of the flat buffer
    display: list[int]  # states in the order they are declared
    start: datetime.date
    days: float


def names_of(plan: Blueprint) -> Names:
    """Names and titles, in canonical order."""
    file, roster = plan.file, plan.roster
    return Names(
        states=roster.states,
        state_titles=[title_of(name, file.states[name].title, every_word=True) for name in roster.states],
        issues=roster.issues,
        issue_titles=[title_of(name, file.issues[name].title) for name in roster.issues],
        levels=[{float(level): text for level, text in file.issues[name].levels.items()} for name in roster.issues],
        stages=roster.stages,
        stage_titles=[title_of(stage.stage, stage.title) for stage in file.agenda],
        alliances=roster.alliances,
        alliance_titles=[title_of(name, file.alliances[name].title) for name in roster.alliances],
        events=roster.events,
        event_titles=[title_of(name, file.events[name].title) for name in roster.events],
        orders=roster.orders,
        numbers=[entry.path for entry in plan.entries],
        display=[roster.states.index(name) for name in file.states],
        start=file.calendar.start,
        days=file.calendar.days_between_rounds,
    )


def title_of(name: str, title: str | None, every_word: bool = False) -> str:
    """The declared title, or one made from the name."""
    if title is not None:
        return title
    words = name.split("_")
    return " ".join(word.capitalize() if every_word or place == 0 else word for place, word in enumerate(words))
