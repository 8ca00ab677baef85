"""Which policy sits in each state's seat, with its parameters, and whom it concerns."""

from pathlib import Path as FilePath
from typing import Any, NamedTuple

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS
from wedge.agents.parameters import Parameter
from wedge.agents.theories import DEFAULT_THEORY, THEORIES
from wedge.engine.model.numbers import DEMAND_A, STATE, THEORY_A, TIE, Number
from wedge.engine.model.numbers import DEPENDENCE as DEPENDENCE_OF_TIE
from wedge.engine.scenario.decoding import is_file, lies_in
from wedge.engine.scenario.policies import SLOTS, Open, Preset, Slots, UserFile
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.scenario.quantities import draw_of
from wedge.engine.scenario.reporting import Reporter
from wedge.engine.scenario.schema import ScenarioFile
from wedge.engine.scenario.stages import seated_states
from wedge.engine.scenario.tree import Path, walk

ROOMS = {"demands": DEMANDS, "courts": COURTS, "answers": ANSWERS}
DEFAULT_POLICY = "sincere"
ALIASES = {alias: name for name, preset in PRESETS.items() for alias in preset.names}


class SlotNumber(NamedTuple):
    """A parameter of a slot: its path, its entry, what the scenario says (None: left at its default) and where."""

    path: str
    entry: Number
    quantity: Any
    where: Path
    used: bool


class Seat(NamedTuple):
    """A state's policy, resolved. ``tactics`` are the names in its three slots."""

    tactics: tuple[str, str, str]
    theory: str
    parameters: tuple[SlotNumber, ...]  # two for each slot and two for the theory, in the order of the model's numbers
    patron: str | None
    client: str | None
    outsider: tuple[str, str] | None  # a user's file and the policy's name in it


class Wanted(NamedTuple):
    """What the scenario says of one slot."""

    tactic: str
    given: dict[str, Any]
    where: Path  # where its parameters stand


def seats_of(file: ScenarioFile, report: Reporter) -> dict[str, Seat]:
    """The seat of every state; problems go to the report, and what is unknown is seated as the default."""
    theory_wanted(file.decides, ("decides",), report)  # also where every state has its own
    return {name: seat_of(file, name, report) for name in file.states}


def seat_of(file: ScenarioFile, state: str, report: Reporter) -> Seat:
    """The seat of one state."""
    where: Path = ("states", state, "policy")
    policy, outsider = file.states[state].policy, None
    if isinstance(policy, UserFile):
        outsider = outsider_of(policy, where, report)
        policy = DEFAULT_POLICY
    wanted, named = slots_wanted(policy, where, report)
    own = file.states[state].decides
    said, told = (file.decides, ("decides",)) if own is None else (own, ("states", state, "decides"))
    theory = theory_wanted(said, told, report)
    tactics = (wanted[0].tactic, wanted[1].tactic, wanted[2].tactic)
    concerns = {
        concern for room, tactic in zip(SLOTS, tactics, strict=True) for concern in ROOMS[room][tactic].concerns
    }
    patron, client = concerned(file, state, concerns, named, where, report)
    parameters = tuple(
        number for room, slot in zip(SLOTS, wanted, strict=True) for number in slot_numbers(state, room, slot)
    )
    return Seat(tactics, theory.tactic, parameters + tuple(theory_numbers(state, theory)), patron, client, outsider)


def slots_wanted(policy: Any, where: Path, report: Reporter) -> tuple[list[Wanted], list[tuple[Open, Path]]]:
    """What each of the three slots is to hold, and the mappings that may name a patron or a client."""
    if isinstance(policy, Slots):
        return slots_by_name(policy, where, report)
    given: Open | None = policy if isinstance(policy, Preset) else None
    name = policy.preset if isinstance(policy, Preset) else str(policy)
    place: Path = (*where, "preset") if given is not None else where
    preset = PRESETS.get(ALIASES.get(name, name))
    if preset is None:
        cure = meant(name, [*PRESETS, *ALIASES]) or "see `wedge policies`"
        if name in THEORIES:
            cure = f"'{name}' is a decision theory: write `decides: {name}` beside `policy:`"
        report.error(place, f"there is no policy {shown(name)}", cure)
        preset, given = PRESETS[DEFAULT_POLICY], None
    wanted = []
    for room in SLOTS:
        tactic, defaults = getattr(preset, room)
        known = {parameter.name for parameter in ROOMS[room][tactic].parameters}
        said = {key: value for key, value in (given.parameters if given else {}).items() if key in known}
        wanted.append(Wanted(tactic, {**defaults, **said}, where))
    if given is not None:
        every = [p.name for room, slot in zip(SLOTS, wanted, strict=True) for p in ROOMS[room][slot.tactic].parameters]
        refuse_unknown(given, every, where, f"the policy {shown(name)}", report)
    return wanted, [(given, where)] if given is not None else []


def slots_by_name(policy: Slots, where: Path, report: Reporter) -> tuple[list[Wanted], list[tuple[Open, Path]]]:
    """The three slots, each named by itself; those left out are the default policy's."""
    wanted: list[Wanted] = []
    named: list[tuple[Open, Path]] = []
    for room in SLOTS:
        said = getattr(policy, room)
        default, defaults = getattr(PRESETS[DEFAULT_POLICY], room)
        if said is None:
            wanted.append(Wanted(default, dict(defaults), (*where, room)))
            continue
        tactic, given = (said, None) if isinstance(said, str) else next(iter(said.items()))
        place: Path = (*where, room) if given is None else (*where, room, tactic)
        if tactic not in ROOMS[room]:
            report.error(
                place, f"there is no {shown(tactic)} for '{room}'", meant(tactic, ROOMS[room]), given is not None
            )
            wanted.append(Wanted(default, dict(defaults), place))
            continue
        wanted.append(Wanted(tactic, given.parameters if given is not None else {}, place))
        if given is not None:
            known = [parameter.name for parameter in ROOMS[room][tactic].parameters]
            refuse_unknown(given, known, place, f"'{tactic}'", report)
            named.append((given, place))
    return wanted, named


def refuse_unknown(given: Open, known: list[str], where: Path, what: str, report: Reporter) -> None:
    """Report parameters that the policy does not have."""
    for key in given.parameters:
        if key not in known:
            cure = meant(key, known) if known else f"{what} has no parameters"
            report.error((*where, key), f"{what} has no parameter {shown(key)}", cure, at_key=True)


def slot_numbers(state: str, room: str, slot: Wanted) -> list[SlotNumber]:
    """The two parameters of a slot as numbers of the model; a slot that has fewer leaves them unused."""
    first = DEMAND_A + 2 * SLOTS.index(room)
    return two_numbers(f"states.{state}.policy.{room}", first, ROOMS[room][slot.tactic].parameters, slot)


def theory_numbers(state: str, wanted: Wanted) -> list[SlotNumber]:
    """The two parameters of a state's decision theory as numbers of the model; one that has fewer leaves them unused."""
    parameters = THEORIES[wanted.tactic].parameters
    return two_numbers(f"states.{state}.decides", THEORY_A, parameters, wanted)


def two_numbers(path: str, first: int, parameters: tuple[Parameter, ...], wanted: Wanted) -> list[SlotNumber]:
    """Two numbers of the model, from ``first`` on, that hold what the scenario says of these parameters."""
    made = []
    for place in range(2):
        entry = STATE[first + place]
        name, used = "ab"[place], place < len(parameters)
        if used:
            known = parameters[place]
            name = known.name
            entry = Number(name, known.default, known.low, known.high, "", known.meaning)
        made.append(SlotNumber(f"{path}.{name}", entry, wanted.given.get(name), (*wanted.where, name), used))
    return made


def theory_wanted(said: Any, where: Path, report: Reporter) -> Wanted:
    """The decision theory of a state, as the scenario or the state itself says it."""
    name, given = (said, None) if isinstance(said, str) else next(iter(said.items()))
    place: Path = where if given is None else (*where, name)
    if name not in THEORIES:
        cure = meant(name, THEORIES) or f"one of {', '.join(THEORIES)}"
        report.error(place, f"there is no decision theory {shown(name)}", cure, given is not None)
        return Wanted(DEFAULT_THEORY, {}, place)
    if given is None:
        return Wanted(name, {}, place)
    refuse_unknown(given, [p.name for p in THEORIES[name].parameters], place, f"'{name}'", report)
    for key in ("patron", "client"):
        if getattr(given, key) is not None:
            report.error((*place, key), f"a decision theory concerns no {key}", f"remove `{key}`", at_key=True)
    return Wanted(name, given.parameters, place)


def concerned(
    file: ScenarioFile, state: str, concerns: set[str], named: list[tuple[Open, Path]], where: Path, report: Reporter
) -> tuple[str | None, str | None]:
    """Patron and client of a policy: as named, else the most likely ones."""
    said: dict[str, str] = {}
    for given, place in named:
        for key in ("patron", "client"):
            name = getattr(given, key)
            if name is None:
                continue
            if key not in concerns:
                report.error((*place, key), f"this policy concerns no {key}", f"remove `{key}`", at_key=True)
            elif name not in file.states:
                report.unknown((*place, key), "state", name, list(file.states))
            elif name == state:
                report.error((*place, key), f"a state cannot be its own {key}", "name another state")
            elif said.setdefault(key, name) != name:
                report.error((*place, key), f"this state has two {key}s: {said[key]} and {name}", "name one")
    if "client" in concerns:
        return wedge_between(file, state, said, where, report)
    if "patron" in concerns:
        return said.get("patron") or patron_of(file, state, where, report), None
    return None, None


def wedge_between(
    file: ScenarioFile, state: str, said: dict[str, str], where: Path, report: Reporter
) -> tuple[str | None, str | None]:
    """The allied pair a wedge is driven between: the one where the client depends most on its patron."""
    foes, seated = adversaries_of(file, state), seated_states(file)
    best: tuple[float, str, str] | None = None
    for client, patron, dependence in sorted(dependences(file)):
        fits = said.get("client", client) == client and said.get("patron", patron) == patron
        if fits and {client, patron} <= foes & seated and (best is None or dependence > best[0]):
            best = (dependence, patron, client)
    if best is not None:
        return best[1], best[2]
    if "patron" not in said or "client" not in said:
        cure = "name `patron:` and `client:` in the policy, or choose another"
        report.warn(
            where, f"{state} has no allied adversaries to drive a wedge between; it will bargain sincerely", cure
        )
    elif said["patron"] == said["client"]:
        report.error(where, "a wedge needs two states: patron and client are the same", "name two allied states")
    return said.get("patron"), said.get("client")


def patron_of(file: ScenarioFile, state: str, where: Path, report: Reporter) -> str | None:
    """The ally a state depends on most."""
    best: tuple[float, str] | None = None
    for client, patron, dependence in sorted(dependences(file)):
        if client == state and (best is None or dependence > best[0]):
            best = (dependence, patron)
    if best is None:
        report.warn(
            where, f"{state} has no ally to follow; it will answer for itself", "name a `patron:` in the policy"
        )
    return best[1] if best else None


def dependences(file: ScenarioFile) -> list[tuple[str, str, float]]:
    """Every declared tie, with how much the first state typically depends on the second."""
    return [
        (source, target, TIE[DEPENDENCE_OF_TIE].default if tie.dependence is None else draw_of(tie.dependence).typical)
        for alliance in file.alliances.values()
        for source, ties in alliance.ties.items()
        for target, tie in ties.items()
    ]


def adversaries_of(file: ScenarioFile, state: str) -> set[str]:
    """The states that count as a state's adversaries."""
    if file.adversaries is not None:
        return {other for pair in file.adversaries if state in pair for other in pair if other != state}
    allies = {
        member for alliance in file.alliances.values() if state in alliance.members for member in alliance.members
    }
    return {other for other in file.states if other != state and other not in allies}


def outsider_of(policy: UserFile, where: Path, report: Reporter) -> tuple[str, str] | None:
    """The user's file, which must lie in the folder of the scenario file that names it; an option may name any."""
    node, _ = walk(report.root, (*where, "file"))
    by_option = node.place.file.startswith("--")
    folder = FilePath() if by_option else FilePath(node.place.file).parent
    path = folder / policy.file
    if not by_option and not lies_in(path, folder):
        report.error((*where, "file"), "a policy's file must lie in the scenario's folder or below", "move it there")
    elif not is_file(path):
        report.error(
            (*where, "file"),
            f"there is no file {shown(str(path))}",
            "the path is taken from where you are" if by_option else "the path is relative to the scenario file",
        )
    elif path.suffix != ".py":
        report.error((*where, "file"), "a policy's file must be a Python file", "name a .py file")
    else:
        return str(path), policy.name
    return None
