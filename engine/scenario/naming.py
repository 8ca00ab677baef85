"""Checks of names: everything that is named must be declared, and once."""

from collections.abc import Iterable, Sequence

from wedge.engine.model import setting as s
from wedge.engine.scenario.blueprint import Blueprint, ties_of
from wedge.engine.scenario.parts import Quota, Stage
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster
from wedge.engine.scenario.rows import Row
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.tree import Path

# The keys under which a row's names stand.
ROW_KEYS = {
    s.EVENT: ("event",),
    s.STAGE_SETTLED: ("settled",),
    s.WALKED: ("walked_out",),
    s.WEARINESS: ("weariness",),
    s.LEVEL: ("level",),
    s.REFUSALS: ("refusals",),
    s.COMMITMENT: ("commitment", "from", "to"),
    s.WITHHELD: ("withheld", "from", "to"),
    s.FRACTURED: ("fractured", "from", "to"),
    s.BELIEF: ("belief", "of", "in"),
}
OF_TIES = (s.COMMITMENT, s.WITHHELD, s.FRACTURED)
LONGEST_CONDITION = 60  # rows; the rules keep one bit for each in a word


def check_names(plan: Blueprint, known: Roster, report: Reporter) -> None:
    """Report every name that is declared nowhere, or twice. ``known`` holds all names that are declared."""
    check_states(plan.file, known, report)
    check_alliances(plan.file, known, report)
    check_adversaries(plan.file, known, report)
    check_agenda(plan.file, known, report)
    check_orders(plan.file, known, report)
    check_conditions(plan, known, report)
    check_effects(plan, known, report)


def each_known(names: Iterable[str], kind: str, known: Sequence[str], where: Path, report: Reporter) -> None:
    """Report the names in a list that are declared nowhere, or stand in it twice."""
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name not in known:
            report.unknown((*where, place), kind, name, known)
        elif name in seen:
            report.error((*where, place), f"'{name}' stands in this list twice", "remove one of them")
        seen.add(name)


def check_states(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Issues that states have positions on, states they may pay, states that fight."""
    for name, state in file.states.items():
        for issue in state.positions:
            if issue not in known.issues:
                report.unknown(("states", name, "positions", issue), "issue", issue, known.issues, at_key=True)
        if state.purse is not None:
            where: Path = ("states", name, "purse", "pays")
            each_known(state.purse.pays, "state", known.states, where, report)
            if name in state.purse.pays:
                report.error((*where, state.purse.pays.index(name)), f"{name} cannot pay itself", "name another state")
    for name, contested in file.issues.items():
        if contested.battlefield is not None:
            where = ("issues", name, "battlefield", "between")
            each_known(contested.battlefield.between, "state", known.states, where, report)


def check_alliances(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Members, ties, substitutes and stakes of alliances."""
    homes: dict[tuple[str, str], str] = {}
    for name, alliance in file.alliances.items():
        where: Path = ("alliances", name)
        each_known(alliance.members, "state", known.states, (*where, "members"), report)
        if len(set(alliance.members)) < 2:
            report.error((*where, "members"), f"the alliance '{name}' needs two members", "add a state to `members`")
        for source, ties in alliance.ties.items():
            for target in ties:
                check_tie(name, alliance.members, source, target, known, homes, report)
        for place, substitute in enumerate(alliance.substitutes):
            for key, state in (("by", substitute.by), ("for", substitute.target)):
                member_known((*where, "substitutes", place, key), name, state, alliance.members, known, report)
        for state in alliance.stakes:
            if state not in known.states:
                report.unknown((*where, "stakes", state), "state", state, known.states, at_key=True)


def member_known(where: Path, name: str, state: str, members: list[str], known: Roster, report: Reporter) -> bool:
    """Whether a state is a member; if not, that is reported."""
    if state not in known.states:
        report.unknown(where, "state", state, known.states, at_key=where[-1] == state)
    elif state not in members and all(member in known.states for member in members) and len(members) > 1:
        cure = f"add it to the members of '{name}', or remove it here"
        report.error(where, f"{state} is no member of the alliance '{name}'", cure, at_key=where[-1] == state)
    return state in members


def check_tie(
    name: str,
    members: list[str],
    source: str,
    target: str,
    known: Roster,
    homes: dict[tuple[str, str], str],
    report: Reporter,
) -> None:
    """One tie: between two members, not to itself, in one alliance only."""
    where: Path = ("alliances", name, "ties", source)
    if source == target:
        report.error((*where, target), f"a tie from {source} to itself", "name the ally it is tied to", at_key=True)
        return
    if member_known(where, name, source, members, known, report):
        member_known((*where, target), name, target, members, known, report)
    home = homes.setdefault((source, target), name)
    if home != name:
        message = f"the tie from {source} to {target} is declared in '{home}' already"
        report.error((*where, target), message, "keep one of them", at_key=True)


def check_adversaries(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Pairs of adversaries: two different states each."""
    for place, pair in enumerate(file.adversaries or []):
        where: Path = ("adversaries", place)
        if len(pair) != 2:
            report.error(where, f"a pair has two states, and this has {len(pair)}", "write [a, b]")
        each_known(pair, "state", known.states, where, report)


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
        if kind == "alternating" and len(set(listed)) == 1:
            report.error((*where, "floor", kind), "the floor goes back and forth between two states", "name another")


def check_quota(quota: Quota, where: Path, known: Roster, report: Reporter) -> None:
    """A quota of those who have a seat, and those of them with a veto."""
    seated = quota.of if quota.of is not None else known.states
    each_known(quota.of or [], "state", known.states, (*where, "of"), report)
    each_known(quota.veto, "state", known.states, (*where, "veto"), report)
    if quota.quota > len(set(seated)):
        message = f"{quota.quota} must consent, but only {len(set(seated))} have a seat"
        report.error((*where, "quota"), message, f"write {len(set(seated))} or less")
    for at, name in enumerate(quota.veto):
        if name in known.states and name not in seated:
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


def check_orders(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Declared orders: groups of issues, each issue once."""
    for name, groups in file.orders.items():
        seen: set[str] = set()
        if not groups or not all(groups):
            report.error(
                ("orders", name), f"the order '{name}' has an empty group", "write groups such as [[a], [b, c]]"
            )
        for place, group in enumerate(groups):
            for at, issue in enumerate(group):
                where: Path = ("orders", name, place, at)
                if issue not in known.issues:
                    report.unknown(where, "issue", issue, known.issues)
                elif issue in seen:
                    report.error(where, f"the issue '{issue}' stands in this order twice", "remove one of them")
                seen.add(issue)


def check_conditions(plan: Blueprint, known: Roster, report: Reporter) -> None:
    """The names in conditions."""
    ties = ties_of(plan.file)
    for rows in [*plan.possible.values(), *plan.triggers.values()]:
        if len(rows) > LONGEST_CONDITION:
            message = f"this condition has {len(rows)} parts, {LONGEST_CONDITION} at most"
            report.error(rows[-1].where, message, "split it over several events")
        for row in rows:
            check_row(row, known, ties, report)


def check_row(row: Row, known: Roster, ties: dict[tuple[str, str], str], report: Reporter) -> None:
    """The names in one row."""
    keys = ROW_KEYS.get(row.test)
    if keys is None:
        return
    lists = {
        s.EVENT: ("event", known.events),
        s.STAGE_SETTLED: ("stage", known.stages),
        s.LEVEL: ("issue", known.issues),
    }
    kind, names = lists.get(row.test, ("state", known.states))
    where: Path = (*row.where[:-1], keys[0])
    if len(keys) == 1:
        if row.a not in names:
            report.unknown(where, kind, str(row.a), names)
        return
    pair_known(where, keys[1:], (str(row.a), str(row.b)), known, report, ties if row.test in OF_TIES else None)


def pair_known(
    where: Path,
    keys: Sequence[str],
    pair: tuple[str, str],
    known: Roster,
    report: Reporter,
    ties: dict[tuple[str, str], str] | None,
) -> None:
    """Both states of a pair are declared, and so is the tie between them if one is meant."""
    strangers = [place for place, name in enumerate(pair) if name not in known.states]
    for place in strangers:
        report.unknown((*where, keys[place]), "state", pair[place], known.states)
    if strangers:
        return
    if ties is None:
        if pair[0] == pair[1]:
            report.error((*where, keys[1]), f"{pair[0]} is named twice", "name two states")
    elif pair not in ties:
        cure = (
            f"there is one from {pair[1]} to {pair[0]}" if (pair[1], pair[0]) in ties else "declare it in an alliance"
        )
        report.error(where, f"no tie from {pair[0]} to {pair[1]} is declared", cure)


def check_effects(plan: Blueprint, known: Roster, report: Reporter) -> None:
    """The ties and numbers that events change."""
    ties = ties_of(plan.file)
    entries = {entry.path: entry for entry in plan.entries}
    for row in plan.effects:
        where = row.where[:4]
        if isinstance(row.target, tuple):
            key = {s.TIE_SHOCK: "shock", s.WITHHOLD: "withhold", s.RESTORE: "restore"}[row.kind]
            pair_known((*where, key), ("from", "to"), row.target, known, report, ties)
        elif row.target is not None:
            check_changed(row.target, (*where, "change"), entries.keys(), report)


def check_changed(path: str, where: Path, known: Iterable[str], report: Reporter) -> None:
    """The path of a number that an event changes."""
    if path not in known:
        near = [name for name in known if name.split(".")[0] == path.split(".")[0]] or list(known)
        report.error(
            where, f"there is no number {shown(path)}", meant(path, near) or "docs/scenario-format.md lists all paths"
        )
    elif path.endswith(".salience"):
        report.error(where, "a salience cannot be changed by an event", "saliences are scaled once, at the start")
    elif path.startswith("ties.") and path.endswith(".commitment"):
        _, source, target, _ = path.split(".")
        report.error(where, "a commitment is changed by a shock", f"write `shock: {{from: {source}, to: {target}}}`")
