"""What can never happen in a scenario: evident from the file, or seen in none of so many worlds. Each says which."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.audit.demands import IDEAL
from wedge.engine.analysis.audit.tables import Tried
from wedge.engine.analysis.sentences import percent, worlds
from wedge.engine.scenario import Scenario
from wedge.engine.simulation.outcomes import Table

FROM_FILE, FROM_TRIALS, FROM_RUNS = "evident from the file", "by trying demands", "by playing"
OFTEN = 0.5


class Finding(NamedTuple):
    """One thing that cannot happen, or hardly can."""

    kind: str  # demand, stage, event, red_line, seat, lapse, warning
    about: str  # the name of the stage, event or state
    said: str
    how: str  # FROM_FILE, FROM_TRIALS or FROM_RUNS, with the number of worlds
    help: str = ""


def findings_of(scenario: Scenario, tried: Tried, tables: dict[str, Table], played: int) -> list[Finding]:
    """All findings: of the file, of the demands tried, of the worlds played."""
    found = [
        *from_file(scenario),
        *lapses(scenario),
        *hopeless_seats(tried),
        *excluded(tried),
        *ideals_past_lines(tried),
        *never_agreed(tried),
        *never_in_runs(scenario, tables, played),
    ]
    known = {(one.kind, one.about) for one in found if one.how == FROM_FILE}
    return [one for one in found if one.how == FROM_FILE or (one.kind, one.about) not in known]


def from_file(scenario: Scenario) -> Iterator[Finding]:
    """What `wedge validate` warns of: stages that cannot open or settle, events that cannot come, and the rest."""
    for problem in scenario.warnings:
        kind, about = "warning", ""
        for word in ("stage", "event"):
            if problem.message.startswith(f"the {word} '"):
                kind, about = word, problem.message.split("'")[1]
        yield Finding(kind, about, problem.message, FROM_FILE, problem.help)


def lapses(scenario: Scenario) -> Iterator[Finding]:
    """Preconditions with a limit of rounds: if they lapse, what comes after them can never open."""
    for stage in scenario.model.agenda:
        for name in stage.preconditions:
            before = next(one for one in scenario.model.agenda if one.stage == name)
            if before.rounds is not None:
                said = f"the stage '{stage.stage}' never opens if '{name}' lapses unsettled after {before.rounds} rounds on the table"
                yield Finding("lapse", stage.stage, said, FROM_FILE, f"give '{name}' no limit of rounds, or mean it")


def hopeless_seats(tried: Tried) -> Iterator[Finding]:
    """States that must sign a stage at which no level is worth signing to them."""
    s, names = tried.scenario.setting, tried.scenario.names
    for g in sorted({int(g) for g in tried.stages}):
        hopeless = tried.mean("hopeless")[:, tried.stages == g].mean(axis=1)
        for i in np.flatnonzero(s.seat[g]):
            least, most = hopeless[:, i].min(), hopeless[:, i].max()
            if most < OFTEN:
                continue
            always = least >= 1.0
            said = f"{names.states[i]} must sign '{names.stages[g]}', and no settlement of it is worth signing to it"
            when = (
                " at any moment"
                if always
                else f" {tried.when[int(hopeless[:, i].argmax())]} in {percent(most, 0)} of worlds"
            )
            cure = "only pressure or chance could bring it to sign; look at its war cost, hope and positions"
            yield Finding("seat", names.states[i], said + when, _tried(tried), cure)


def excluded(tried: Tried) -> Iterator[Finding]:
    """Stages at which every level tried is past a red line of somebody whose consent is needed."""
    s, names = tried.scenario.setting, tried.scenario.names
    for g in sorted({int(g) for g in tried.stages}):
        seats = np.flatnonzero(s.seat[g]) if s.quota[g] >= s.seat[g].sum() else np.flatnonzero(s.veto[g])
        if not len(seats):
            continue
        past = tried.mean("red_line")[:, tried.stages == g][:, :, seats]
        if past.max(axis=2).min() >= 1.0:
            said = f"every demand tried at '{names.stages[g]}' is past a red line of a state that must sign"
            yield Finding("red_line", names.stages[g], said, _tried(tried), "move a red line, or who must consent")


def ideals_past_lines(tried: Tried) -> Iterator[Finding]:
    """What a state wants lies past a red line of one that must sign: a demand that nobody can meet."""
    s, names = tried.scenario.setting, tried.scenario.names
    past = tried.mean("red_line")[0]
    seen = set()
    for r, (place, _) in enumerate(tried.rows):
        one = tried.demands[place]
        if one.kind != IDEAL or place in seen:
            continue
        seen.add(place)
        for j in np.flatnonzero(s.seat[one.stage]):
            if j != one.whose and past[r, j] >= OFTEN:
                said = (
                    f"what {names.states[one.whose]} wants at '{names.stages[one.stage]}' is past a red line of "
                    f"{names.states[j]} in {percent(past[r, j], 0)} of worlds"
                )
                yield Finding("demand", names.states[one.whose], said, _tried(tried))


def never_agreed(tried: Tried) -> Iterator[Finding]:
    """Stages at which no demand tried is agreed in any world."""
    for g in sorted({int(g) for g in tried.stages}):
        if not tried.sums.passed[:, tried.stages == g].any():
            name = tried.scenario.names.stages[g]
            said = f"no demand tried at '{name}' is agreed at the opening, midway or at the deadline"
            yield Finding("stage", name, said, _tried(tried))


def never_in_runs(scenario: Scenario, tables: dict[str, Table], played: int) -> Iterator[Finding]:
    """Stages and events that came in no world that was played."""
    how = f"{FROM_RUNS}: in none of {worlds(played)}"
    stages, events = tables["stages"], tables["events"]
    for name in scenario.names.stages:
        mine = stages["stage"] == name
        if not stages["rounds_used"][mine].any() and not (stages["standing"][mine] == "settled").any():
            yield Finding("stage", name, f"the stage '{name}' is never on the table", how)
        elif not (stages["standing"][mine] == "settled").any():
            yield Finding("stage", name, f"the stage '{name}' is never settled", how)
    for name in scenario.names.events:
        if not events["happened"][events["event"] == name].any():
            yield Finding(
                "event", name, f"the event '{name}' never happens", how, "see its `when`, `unless` and chance"
            )


def _tried(tried: Tried) -> str:
    return f"{FROM_TRIALS} in {worlds(tried.worlds)}"


def findings_table(found: list[Finding]) -> Any:
    """kind, about, said, how, help."""
    import pandas as pd

    return pd.DataFrame(found, columns=list(Finding._fields))
