"""A Hypothesis strategy for whole scenario files: two to five states, one to four issues, one to three stages.

``scenario_trees()`` draws trees that the real loader takes (``game`` of ``small_games`` loads them). They
use every part of the format: distributions, alliances, all presets and slots, quotas and vetoes, floors,
conditions, events, orders. ``plain=True`` leaves out what changes an answer after it is given (side
payments, followers, joint fronts, ballots).
"""

import datetime
import random
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS

START = datetime.date(2030, 1, 1)
STATES = ("amber", "birch", "cedar", "dune", "ember")
ISSUES = ("border", "ceasefire", "debt", "ports")
FOLLOWERS = {"follow"}
Tree = dict[str, Any]
Draw = Callable[[st.SearchStrategy[Any]], Any]


def many(examples: int) -> Any:
    """Settings for a property over that many generated scenarios."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A number with few digits, both ends among them."""
    return st.integers(0, 1000).map(lambda step: round(low + (high - low) * step / 1000, 6))


@st.composite
def numbers(draw: Draw, low: float, high: float) -> Any:
    """A number between two, as a scenario may write it: plain, with a source, or as a distribution."""
    kind = draw(st.sampled_from(("plain",) * 6 + ("value", "uniform", "normal", "lognormal", "triangular", "choice")))
    if kind == "plain":
        return draw(between(low, high))
    if kind == "value":
        return {"value": draw(between(low, high)), "source": "made up"}
    if kind == "choice":
        values = draw(st.lists(between(low, high), min_size=1, max_size=3, unique=True))
        return {"choice": {value: draw(st.integers(1, 5)) for value in values}}
    first, mode, last = sorted(draw(st.lists(between(low, high), min_size=3, max_size=3, unique=True)))
    if kind == "uniform":
        return {"uniform": [first, last]}
    if kind == "triangular":
        return {"triangular": [first, mode, last]}
    if kind == "normal":
        return {"normal": [mode, round((last - first) / 2, 6)], "min": first, "max": last}
    # around 1, where every lognormal has a good part of its weight
    if low <= 0.8 and high >= 1.0:
        return {"lognormal": [0.0, draw(between(0.1, 1.0))], "min": max(low, 0.5), "max": min(high, 2.0)}
    return mode


@st.composite
def scenario_trees(draw: Draw, plain: bool = False, rounds: int = 9, events: bool = True) -> Tree:
    """The tree of a scenario file."""
    states = draw(st.lists(st.sampled_from(STATES), min_size=2, max_size=5, unique=True))
    issues = draw(st.lists(st.sampled_from(ISSUES), min_size=1, max_size=4, unique=True))
    war = draw(st.none() | st.sampled_from(issues))
    tree: Tree = {
        "name": "Generated",
        "summary": "Drawn by Hypothesis.",
        "calendar": {
            "start": START.isoformat(),
            "rounds": draw(st.integers(1, rounds) | st.just(rounds)),
            "days_between_rounds": draw(st.sampled_from((7, 1, 10.5, 30))),
        },
        "issues": {name: draw(an_issue(name == war, states)) for name in issues},
        "states": {name: draw(a_state(name, states, issues, plain)) for name in states},
        "alliances": draw(alliances(states, plain)),
        "strain": draw(some({"daylight": (0, 2), "abandonment": (0, 2), "burden": (0, 0.01), "rally": (0, 1), "repair": (0, 0.1), "shock": (0, 0.3), "noise": (0, 0.05), "end_blame": (0, 8), "consultation": (0, 1), "withdrawal": (0, 1), "restore_margin": (0, 0.2)})),
        "talks": draw(some({"after_hope": (0, 1), "belief_good": (0, 3), "belief_bad": (0.1, 3), "learning": (0, 1), "breach": (0, 1)})),
        "assumptions": draw(some(dict.fromkeys(("proposer_blamed", "own_proposal", "dependence_counts", "fairness_counts", "allies_betray", "red_lines_known", "peace_foreseen", "deadline_yields", "per_week", "gives_enough", "wedge_checks"), (0, 1)))),
    }  # fmt: skip
    ties = [(a, b) for pact in tree["alliances"].values() for a, ends in pact["ties"].items() for b in ends]
    tree["agenda"] = draw(agendas(states, issues, ties))
    if draw(st.booleans()):
        pairs = st.tuples(st.sampled_from(states), st.sampled_from(states)).filter(lambda pair: pair[0] != pair[1])
        tree["adversaries"] = [list(pair) for pair in draw(st.lists(pairs, max_size=4))]
    if draw(st.booleans()):
        tree["orders"] = {f"order_{n}": draw(an_order(issues)) for n in range(draw(st.integers(1, 2)))}
    if events:
        names = [f"event_{n}" for n in range(draw(st.integers(0, 3)))]
        stages = [stage["stage"] for stage in tree["agenda"]]
        tree["events"] = {name: draw(an_event(tree, states, issues, stages, ties, names)) for name in names}
    return tree


def some(bounds: dict[str, tuple[float, float]]) -> st.SearchStrategy[Tree]:
    """A mapping that gives some of these numbers."""
    return st.fixed_dictionaries({}, optional={name: numbers(*ends) for name, ends in bounds.items()})


@st.composite
def an_issue(draw: Draw, ends_war: bool, states: list[str]) -> Tree:
    """An issue; perhaps the one that ends the war, perhaps one that is fought over."""
    issue: Tree = {"levels": {0: "none", 1: "all"}, "status_quo": draw(numbers(0, 1))}
    if ends_war:
        issue["ends_war"] = draw(some({"at": (0, 1)}))
    if draw(st.integers(0, 3)) == 0:
        pair = draw(st.permutations(states))[:2]
        issue["battlefield"] = {"between": list(pair), **draw(some({"drift": (0, 0.01), "sway": (0, 0.05)}))}
    return issue


@st.composite
def a_state(draw: Draw, name: str, states: list[str], issues: list[str], plain: bool) -> Tree:
    """A state: what it is worth, how it bargains, where it stands."""
    bounds = {"power": (0, 3), "war_cost": (0, 0.5), "after": (0, 3), "hope": (0, 1), "relapse": (0, 1), "loyalty": (0, 2), "pressure": (0, 2), "audience_cost": (0, 1), "whim": (0, 0.2), "misperception": (0, 0.3), "discount": (0.5, 1), "weariness": (0, 1)}  # fmt: skip
    state: Tree = draw(some(bounds))
    mine = draw(st.just(issues) | st.just(issues) | st.lists(st.sampled_from(issues), min_size=1, unique=True))
    state["positions"] = {issue: draw(a_position()) for issue in mine}
    if draw(st.booleans()):
        state["policy"] = draw(policies(plain))
    if draw(st.integers(0, 3)) == 0:
        state["outside"] = draw(some({"value": (-0.2, 0.5), "patience": (1, 4)}))
    if not plain and draw(st.integers(0, 3)) == 0:
        state["ratification"] = draw(some({"needs": (-0.1, 0.3)}))
    if not plain and draw(st.integers(0, 3)) == 0:
        others = draw(st.lists(st.sampled_from([s for s in states if s != name]), min_size=1, unique=True))
        state["purse"] = {"budget": draw(numbers(0, 1)), "pays": others}
    return state


@st.composite
def a_position(draw: Draw) -> Tree:
    """An ideal and its weight, perhaps curved, perhaps with a red line on the far side."""
    made: Tree = {"salience": draw(numbers(0.1, 10))}
    line = draw(st.sampled_from(("none",) * 8 + ("above", "below")))
    made["ideal"] = draw(numbers(*{"none": (0, 1), "above": (0, 0.5), "below": (0.5, 1)}[line]))
    if line != "none":
        made["red_line"] = {line: draw(numbers(*((0.5, 1) if line == "above" else (0, 0.5))))}
    if draw(st.integers(0, 3)) == 0:
        made["curvature"] = draw(numbers(0.3, 3))
    return made


@st.composite
def policies(draw: Draw, plain: bool) -> Any:
    """A preset by name, or three slots with parameters."""
    skipped = FOLLOWERS if plain else set()
    if draw(st.booleans()):
        return draw(st.sampled_from(sorted(set(PRESETS) - skipped)))
    slots = {}
    for slot, tactics in (("demands", DEMANDS), ("courts", COURTS), ("answers", ANSWERS)):
        name = draw(st.sampled_from(sorted(set(tactics) - skipped)))
        given = draw(some({p.name: (max(p.low, -3), min(p.high, 3)) for p in tactics[name].parameters}))
        slots[slot] = {name: given} if given else name
    return slots


@st.composite
def alliances(draw: Draw, states: list[str], plain: bool) -> Tree:
    """Up to two alliances, with at most one tie from any state to any other."""
    made: Tree = {}
    taken: set[tuple[str, str]] = set()
    for number in range(draw(st.integers(0, 2))):
        members = draw(st.lists(st.sampled_from(states), min_size=2, unique=True))
        pairs = [(a, b) for a in members for b in members if a != b and (a, b) not in taken]
        chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
        taken |= set(chosen)
        ties: Tree = {}
        for source, target in chosen:
            ties.setdefault(source, {})[target] = draw(a_tie())
        pact: Tree = {"members": members, "ties": ties}
        if not plain:
            pact["joint_front"] = draw(st.booleans())
        if chosen and draw(st.booleans()):
            by = draw(st.sampled_from(members))
            pact["substitutes"] = [{"by": by, "for": draw(st.sampled_from([m for m in members if m != by]))}]
        if draw(st.booleans()):
            pact["stakes"] = {draw(st.sampled_from(states)): draw(numbers(-0.5, 0.5))}
        made[f"pact_{number}"] = pact
    return made


@st.composite
def a_tie(draw: Draw) -> Tree:
    """A tie that starts unbroken, sometimes near its thresholds."""
    breaks = draw(between(0, 0.5))
    suspends = draw(between(breaks, 0.6)) if breaks < 0.6 else breaks
    return {
        "commitment": draw(numbers(max(breaks, suspends - 0.1), 1)),
        "breaks_below": breaks,
        "suspends_below": max(suspends, breaks),
        **draw(some({"support": (0, 1), "dependence": (0, 1)})),
    }


@st.composite
def agendas(draw: Draw, states: list[str], issues: list[str], ties: list[tuple[str, str]]) -> list[Tree]:
    """One to three stages over some of the issues, perhaps one the precondition of the next."""
    order = draw(st.permutations(issues))
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1), max_size=2))) if len(order) > 1 else []
    groups = [order[a:b] for a, b in zip([0, *cuts], [*cuts, len(order)], strict=True)]
    stages: list[Tree] = []
    for number, group in enumerate(groups):
        stage: Tree = {"stage": f"stage_{number}", "issues": list(group)}
        if stages and draw(st.booleans()):
            stage["after"] = draw(st.sampled_from([s["stage"] for s in stages]))
        stage |= draw(seats(states))
        if draw(st.integers(0, 2)) == 0:
            stage["rounds"] = draw(st.integers(1, 4))
        if draw(st.integers(0, 2)) == 0:
            stage["answers"] = "in_turn"
        if draw(st.integers(0, 3)) == 0:
            stage["possible_when"] = draw(conditions(states, issues, [s["stage"] for s in stages], ties, []))
        stages.append(stage)
    return stages


@st.composite
def seats(draw: Draw, states: list[str]) -> Tree:
    """Whose consent a stage needs and who has its floor."""
    made: Tree = {}
    some_states = st.lists(st.sampled_from(states), min_size=1, unique=True)
    kind = draw(st.sampled_from(("all", "list", "quota")))
    if kind == "list":
        made["consent"] = draw(some_states)
    elif kind == "quota":
        seated = draw(some_states)
        made["consent"] = {"quota": draw(st.integers(1, len(seated))), "of": seated}
        made["consent"]["veto"] = draw(st.lists(st.sampled_from(seated), unique=True))
    floor = draw(st.sampled_from(("none", "rotation", "random", "alternating")))
    if floor == "alternating":
        made["floor"] = {"alternating": list(draw(st.permutations(states))[:2])}
    elif floor != "none":
        made["floor"] = {floor: draw(some_states)}
    return made


@st.composite
def an_order(draw: Draw, issues: list[str]) -> list[list[str]]:
    """A declared order of settling: groups of issues."""
    order = draw(st.permutations(issues))
    cut = draw(st.integers(0, len(order) - 1))
    return [list(group) for group in (order[:cut], order[cut:]) if group]


@st.composite
def conditions(
    draw: Draw, states: list[str], issues: list[str], stages: list[str], ties: list[tuple[str, str]], events: list[str]
) -> Tree:
    """A condition, two levels deep at most."""
    leaf = leaves(states, issues, stages, ties, events)
    parts = st.lists(leaf, min_size=1, max_size=3)
    form: Tree = draw(
        leaf
        | parts.map(lambda found: {"all": found})
        | parts.map(lambda found: {"any": found})
        | leaf.map(lambda found: {"not": found})
        | parts.map(lambda found: {"not": {"any": [{"not": part} for part in found]}})
    )
    return form


def leaves(
    states: list[str], issues: list[str], stages: list[str], ties: list[tuple[str, str]], events: list[str]
) -> st.SearchStrategy[Tree]:
    """Conditions without parts."""
    state, share = st.sampled_from(states), between(0, 1)
    sides = ("above", "below")
    pairs = [{"from": a, "to": b} for a, b in ties]
    day = st.integers(0, 60).map(lambda days: (START + datetime.timedelta(days=days)).isoformat())

    def sided(key: str, what: st.SearchStrategy[Any], threshold: st.SearchStrategy[Any]) -> st.SearchStrategy[Tree]:
        return st.builds(lambda w, side, t: {key: w, side: t}, what, st.sampled_from(sides), threshold)

    forms = [
        state.map(lambda name: {"walked_out": name}),
        st.booleans().map(lambda yes: {"fighting": yes}),
        st.booleans().map(lambda yes: {"talks_over": yes}),
        sided("weariness", state, share),
        sided("level", st.sampled_from(issues), numbers(0, 1)),
        sided("refusals", state, st.integers(0, 4)),
        st.builds(lambda side, n: {"round": {side: n}}, st.sampled_from(sides), st.integers(0, 8)),
        st.builds(lambda side, d: {"date": {side: d}}, st.sampled_from(("from", "before")), day),
        st.permutations(states).flatmap(
            lambda two: sided("belief", st.just({"of": two[0], "in": two[1]}), share),
        ),
    ]
    if pairs:
        tie = st.sampled_from(pairs)
        forms += [tie.map(lambda pair: {"withheld": pair}), tie.map(lambda pair: {"fractured": pair})]
        forms.append(sided("commitment", tie, numbers(0, 1)))
    if stages:
        forms.append(st.sampled_from(stages).map(lambda name: {"settled": name}))
    if events:
        forms.append(st.sampled_from(events).map(lambda name: {"event": name}))
    return st.one_of(forms)


@st.composite
def an_event(
    draw: Draw,
    tree: Tree,
    states: list[str],
    issues: list[str],
    stages: list[str],
    ties: list[tuple[str, str]],
    events: list[str],
) -> Tree:
    """An event with its trigger and up to three effects."""
    event: Tree = {}
    trigger = draw(st.sampled_from(("at", "rate", "when")))
    if trigger == "at":
        event["at"] = (START + datetime.timedelta(days=draw(st.integers(0, 60)))).isoformat()
    elif trigger == "rate":
        event["rate"] = draw(numbers(0, 20))
    else:
        event["when"] = draw(conditions(states, issues, stages, ties, events))
    if draw(st.booleans()):
        event["chance"] = draw(numbers(0, 1))
    if draw(st.booleans()):
        event["repeats"] = draw(st.booleans())
    if draw(st.integers(0, 2)) == 0:
        event["unless"] = draw(conditions(states, issues, stages, ties, events))
    event["effects"] = draw(st.lists(effects(tree, states, ties), max_size=3))
    return event


@st.composite
def effects(draw: Draw, tree: Tree, states: list[str], ties: list[tuple[str, str]]) -> Tree:
    """One effect."""
    kinds = ["change", "change", "deadline"] + (["shock", "withhold", "restore"] if ties else [])
    kind = draw(st.sampled_from(kinds))
    if kind == "deadline":
        late = (START + datetime.timedelta(days=draw(st.integers(1, 60)))).isoformat()
        return {"deadline": draw(st.sampled_from((late, {"round": draw(st.integers(1, 9))})))}
    if kind != "change":
        source, target = draw(st.sampled_from(ties))
        made: Tree = {kind: {"from": source, "to": target}}
        return made | ({"by": draw(numbers(-0.5, 0.3))} if kind == "shock" else {})
    path, low, high = draw(st.sampled_from(changeable(tree, states)))
    way = draw(st.sampled_from(("to", "by", "times")))
    return {"change": path, way: draw(numbers(*{"to": (low, high), "by": (-0.5, 0.5), "times": (0, 2)}[way]))}


def changeable(tree: Tree, states: list[str]) -> list[tuple[str, float, float]]:
    """Paths of numbers that an event may change, with a range for a new value."""
    paths: list[tuple[str, float, float]] = []
    for name in states:
        for key in ("power", "war_cost", "hope", "loyalty", "pressure", "audience_cost", "whim", "after", "relapse"):
            paths.append((f"states.{name}.{key}", 0, 1))
        paths += [(f"states.{name}.positions.{issue}.ideal", 0, 1) for issue in tree["states"][name]["positions"]]
    paths += [(f"issues.{issue}.status_quo", 0, 1) for issue in tree["issues"]]
    for key in ("strain.daylight", "strain.rally", "talks.learning", "assumptions.gives_enough", "talks.after_hope"):
        paths.append((key, 0, 1))
    return paths


def shuffled(node: Any, seed: int) -> Any:
    """The same scenario told in another order: mappings and lists whose order means nothing are shuffled."""
    dice = random.Random(seed)

    def turned(found: Any, key: str = "") -> Any:
        if isinstance(found, dict):
            keys = list(found)
            if key != "levels":
                dice.shuffle(keys)
            return {name: turned(found[name], str(name)) for name in keys}
        if isinstance(found, list):
            parts = [turned(part) for part in found]
            if key in ("members", "pays", "adversaries", "veto", "substitutes", "all", "any", "random"):
                dice.shuffle(parts)
            return parts
        return found

    return turned(node)
