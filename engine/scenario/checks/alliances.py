"""Checks of alliances: who is in them, and who is tied to whom."""

from wedge.engine.scenario.checks.names import each_known
from wedge.engine.scenario.problems import closest
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.roster import Roster
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.tree import Path


def check_alliances(file: ScenarioFile, known: Roster, report: Reporter) -> None:
    """Members, ties, substitutes and stakes of alliances."""
    homes: dict[tuple[str, str], str] = {}
    for name, alliance in file.alliances.items():
        where: Path = ("alliances", name)
        each_known(alliance.members, "state", known.states, (*where, "members"), report)
        if len(alliance.members) < 2:
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


def member_known(where: Path, name: str, state: str, members: list[str], known: Roster, report: Reporter) -> None:
    """Report a state that is no member."""
    if state not in known.states:
        report.unknown(where, "state", state, known.states, at_key=where[-1] == state)
    elif state not in members and report.is_sound(("alliances", name, "members")):
        cure = f"add it to the members of '{name}', or remove it here"
        report.error(where, f"{state} is no member of the alliance '{name}'", cure, at_key=where[-1] == state)


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
    member_known(where, name, source, members, known, report)
    member_known((*where, target), name, target, members, known, report)
    home = homes.setdefault((source, target), name)
    if home != name:
        message = f"the tie from {source} to {target} is declared in '{home}' already"
        report.error((*where, target), message, "keep one of them", at_key=True)


def ties_meant(file: ScenarioFile, known: Roster, report: Reporter) -> set[tuple[str, str]]:
    """The ties that are declared, or may be where a declaration is misspelt or cannot be read."""
    every = {(source, target) for source in known.states for target in known.states}
    found: set[tuple[str, str]] = set()
    for name, alliance in file.alliances.items():
        where: Path = ("alliances", name, "ties")
        if report.stands_in(where):
            return every
        for source, ties in alliance.ties.items():
            first = state_meant(source, known)
            found |= {(first, state_meant(target, known)) for target in ties}
            if report.stands_in((*where, source)):
                found |= {pair for pair in every if pair[0] == first}
    return every if report.stands_in(("alliances",)) else found


def state_meant(name: str, known: Roster) -> str:
    """The state of that name, or the one it is likely to mean."""
    return name if name in known.states else closest(name, known.states)
