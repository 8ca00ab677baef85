"""A Hypothesis strategy for whole scenario files: two to eight states, one to six issues, one to three stages.

``scenario_trees()`` draws trees that the real loader takes (``game`` of ``small_games`` loads them). They
use every part of the format: distributions, alliances, all presets and slots, quotas and vetoes, floors,
conditions, events, orders. Hypothesis draws how large a scenario is and which parts of the format it uses, so that a
failing one is shrunk to what it needs; the rest is thrown by dice with a seed of its own, which is fifty times faster.
``WEDGE_EXAMPLES=20`` in the environment plays twenty times as many.
``plain=True`` leaves out what changes an answer after it is given (side payments, followers, joint fronts, ballots).
"""

import datetime
import os
import random
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS
from wedge.agents.theories import THEORIES
from wedge.engine.model.numbers import COMMON

START = datetime.date(2030, 1, 1)
STATES = ("amber", "birch", "cedar", "dune", "ember", "flint", "grove", "heath")
ISSUES = ("border", "ceasefire", "debt", "ports", "rivers", "visas")
AFTERTHOUGHTS = {"purse", "ratification", "joint_front", "follow"}
PARTS = (
    "adversaries", "alliances", "answers", "assumptions", "battlefield", "conditions", "consent", "curvature", "distributions",
    "events", "floor", "follow", "joint_front", "lapse", "orders", "outside", "policies", "positions_missing", "purse",
    "ratification", "red_lines", "shares", "stakes", "strain", "substitutes", "talks", "theories", "traits", "war",
)  # fmt: skip
Tree = dict[str, Any]


def many(examples: int) -> Any:
    """Settings for a property over that many generated scenarios."""
    phases = [phase for phase in Phase if phase != Phase.explain]  # to explain a whole scenario takes minutes
    times = int(os.environ.get("WEDGE_EXAMPLES", "1"))
    return settings(
        max_examples=examples * times, deadline=None, phases=phases, suppress_health_check=[HealthCheck.too_slow]
    )


@st.composite
def scenario_trees(draw: Any, plain: bool = False, rounds: int = 9, events: bool = True) -> Tree:
    """The tree of a scenario file."""
    skipped = (AFTERTHOUGHTS if plain else set()) | (set() if events else {"events"})
    possible = [part for part in PARTS if part not in skipped]
    parts = draw(st.sets(st.sampled_from(possible)) | st.just(set(possible)) | st.just(set(possible)))
    made = Dice(draw(st.integers(0, 2**32)), parts)
    counts = (draw(st.integers(2, 8)), draw(st.integers(1, 6)), draw(st.integers(1, 3)))
    return made.scenario(*counts, rounds=draw(st.integers(1, rounds) | st.just(rounds)))


class Dice:
    """Throws everything about a scenario that Hypothesis has not drawn, within the parts of the format that it uses."""

    def __init__(self, seed: int, parts: set[str]) -> None:
        self.dice, self.parts = random.Random(seed), parts
        self.states: list[str] = []
        self.issues: list[str] = []
        self.ties: list[tuple[str, str]] = []

    def has(self, part: str, chance: float = 0.5) -> bool:
        """Whether a part of the format is used at this place."""
        return part in self.parts and self.dice.random() < chance

    def some(self, choices: Sequence[Any], least: int = 1) -> list[Any]:
        """Some of these, in any order."""
        return self.dice.sample(list(choices), self.dice.randint(min(least, len(choices)), len(choices)))

    def number(self, low: float, high: float) -> Any:
        """A number between two, as a scenario may write it: plain, with a source, or as a distribution."""
        kinds = ("value", "uniform", "normal", "lognormal", "triangular", "choice")
        kind = self.dice.choice(kinds) if self.has("distributions", 0.4) else "plain"
        first, mode, last = sorted(round(low + (high - low) * self.dice.randint(0, 1000) / 1000, 6) for _ in range(3))
        if kind == "plain" or not first < mode < last:
            return self.dice.choice((first, mode, last, low, high) if self.dice.random() < 0.2 else (mode,))
        if kind == "value":
            return {"value": mode, "source": "made up"}
        if kind == "uniform":
            return {"uniform": [first, last]}
        if kind == "triangular":
            return {"triangular": [first, mode, last]}
        if kind == "choice":
            return {"choice": {str(value): self.dice.randint(1, 5) for value in (first, mode, last)}}
        if kind == "lognormal" and low <= 0.8 and high >= 1.0:  # around 1, where much of the weight of each lies
            return {"lognormal": [0.0, self.dice.choice((0.1, 0.5))], "min": max(low, 0.5), "max": min(high, 2.0)}
        return {"normal": [mode, round((last - first) / 2, 6)], "min": first, "max": last}

    def numbers(self, bounds: dict[str, tuple[float, float]], chance: float = 0.5) -> Tree:
        """Some of these numbers."""
        return {name: self.number(*ends) for name, ends in bounds.items() if self.dice.random() < chance}

    def scenario(self, states: int, issues: int, stages: int, rounds: int) -> Tree:
        """The whole file."""
        self.states, self.issues = self.dice.sample(STATES, states), self.dice.sample(ISSUES, issues)
        war = self.issues[0] if "war" in self.parts else ""
        tree: Tree = {
            "name": "Generated",
            "summary": "Thrown by dice.",
            "calendar": {
                "start": START.isoformat(),
                "rounds": rounds,
                "days_between_rounds": self.dice.choice((7, 1, 10.5, 30)),
            },
            "issues": {name: self.issue(name == war) for name in self.dice.sample(self.issues, issues)},
            "alliances": self.alliances() if "alliances" in self.parts else {},
        }
        tree["states"] = {name: self.state(name) for name in self.states}
        tree |= self.common()
        if self.has("theories", 0.7):
            tree["decides"] = self.theory()
        tree["agenda"] = self.agenda(min(stages, issues))
        for stage in tree["agenda"]:
            if self.has("shares", 0.7):
                for issue in self.some([name for name in stage["issues"] if name != war] or [""], 0):
                    tree["issues"].get(issue, {})["share_of"] = f"whole_of_{stage['stage']}"
        if self.has("adversaries"):
            tree["adversaries"] = [self.dice.sample(self.states, 2) for _ in range(self.dice.randint(0, 4))]
        if self.has("orders", 0.8):
            tree["orders"] = {f"order_{n}": self.order() for n in range(self.dice.randint(1, 2))}
        if self.has("events", 1.0):
            names = [f"event_{n}" for n in range(self.dice.randint(1, 3))]
            stage_names = [stage["stage"] for stage in tree["agenda"]]
            tree["events"] = {name: self.event(tree, stage_names, names) for name in names}
        return tree

    def common(self) -> Tree:
        """The numbers of the scenario as a whole."""
        strain = {"daylight": (0, 2), "abandonment": (0, 2), "burden": (0, 0.01), "rally": (0, 1), "repair": (0, 0.1), "shock": (0, 0.3), "noise": (0, 0.05), "end_blame": (0, 8), "consultation": (0, 1), "withdrawal": (0, 1), "restore_margin": (0, 0.2)}  # fmt: skip
        talks = {
            "after_hope": (0, 1),
            "belief_good": (0, 3),
            "belief_bad": (0.1, 3),
            "learning": (0, 1),
            "breach": (0, 1),
        }
        switches = dict.fromkeys(
            (n.name for n in COMMON if n.unit == "share" and n.name not in {**strain, **talks}), (0, 1)
        )
        made = {}
        for part, bounds in (("strain", strain), ("talks", talks), ("assumptions", switches)):
            if part in self.parts:
                made[part] = self.numbers(bounds)
        return made

    def issue(self, ends_war: bool) -> Tree:
        """An issue; perhaps the one that ends the war, perhaps one that is fought over."""
        made: Tree = {"levels": {"0": "none", "1": "all"}, "status_quo": self.number(0, 1)}
        if ends_war:
            made["ends_war"] = self.numbers({"at": (0, 1)})
        if self.has("battlefield", 0.4):
            pair = self.dice.sample(self.states, 2)
            made["battlefield"] = {"between": pair, **self.numbers({"drift": (0, 0.01), "sway": (0, 0.05)})}
        return made

    def state(self, name: str) -> Tree:
        """A state: what it is worth, how it bargains, where it stands."""
        traits = {"power": (0, 3), "war_cost": (0, 0.5), "after": (0, 3), "hope": (0, 1), "relapse": (0, 1), "loyalty": (0, 2), "pressure": (0, 2), "audience_cost": (0, 1), "whim": (0, 0.2), "misperception": (0, 0.3), "discount": (0.5, 1), "weariness": (0, 1)}  # fmt: skip
        made = self.numbers(traits) if "traits" in self.parts else {}
        mine = self.some(self.issues) if self.has("positions_missing", 0.3) else self.issues
        made["positions"] = {issue: self.position() for issue in mine}
        if self.has("policies", 0.8):
            made["policy"] = self.policy()
        if self.has("theories", 0.3):
            made["decides"] = self.theory()
        if self.has("outside", 0.3):
            made["outside"] = self.numbers({"value": (-0.2, 0.5), "patience": (1, 4)})
            made["outside"]["paid"] = self.has("stakes")
        if self.has("ratification", 0.3):
            made["ratification"] = self.numbers({"needs": (-0.1, 0.3)})
        if self.has("purse", 0.3):
            others = self.some([other for other in self.states if other != name])
            made["purse"] = {"budget": self.number(0, 1), "pays": others}
        return made

    def position(self) -> Tree:
        """An ideal and its weight, perhaps curved, perhaps with a red line on the far side."""
        made: Tree = {"salience": self.number(0.1, 10)}
        line = self.dice.choice(("above", "below")) if self.has("red_lines", 0.2) else ""
        made["ideal"] = self.number(*{"": (0, 1), "above": (0, 0.5), "below": (0.5, 1)}[line])
        if line:
            made["red_line"] = {line: self.number(*((0.5, 1) if line == "above" else (0, 0.5)))}
        if self.has("curvature", 0.3):
            made["curvature"] = self.number(0.3, 3)
        return made

    def policy(self) -> Any:
        """A preset by name, or three slots with parameters."""
        skipped = set() if "follow" in self.parts else {"follow"}
        if self.dice.random() < 0.5:
            return self.dice.choice(sorted(set(PRESETS) - skipped))
        slots = {}
        for slot, tactics in (("demands", DEMANDS), ("courts", COURTS), ("answers", ANSWERS)):
            name = self.dice.choice(sorted(set(tactics) - skipped))
            bounds = {p.name: (max(p.low, -3.0), min(p.high, 3.0)) for p in tactics[name].parameters}
            slots[slot] = {name: self.numbers(bounds)}
        return slots

    def theory(self) -> Any:
        """A decision theory by name, or with parameters."""
        name = self.dice.choice(sorted(THEORIES))
        bounds = {p.name: (p.low, min(p.high, 4.0)) for p in THEORIES[name].parameters}
        return {name: self.numbers(bounds)} if self.dice.random() < 0.5 else name

    def alliances(self) -> Tree:
        """One or two alliances, with at most one tie from any state to any other."""
        made: Tree = {}
        for number in range(self.dice.randint(1, 2)):
            members = self.some(self.states, least=2)
            pairs = [(a, b) for a in members for b in members if a != b and (a, b) not in self.ties]
            chosen = self.some(pairs) if pairs else []
            self.ties += chosen
            ties: Tree = {}
            for source, target in chosen:
                ties.setdefault(source, {})[target] = self.tie()
            pact: Tree = {"members": members, "ties": ties}
            if self.has("joint_front", 0.4):
                pact["joint_front"] = True
            if self.has("substitutes"):
                pact["substitutes"] = [dict(zip(("by", "for"), self.dice.sample(members, 2), strict=True))]
            if self.has("stakes"):
                pact["stakes"] = {self.dice.choice(self.states): self.number(-0.5, 0.5)}
            made[f"pact_{number}"] = pact
        return made

    def tie(self) -> Tree:
        """A tie that starts unbroken, often near its thresholds."""
        breaks, suspends = sorted(round(self.dice.random() * 0.6, 3) for _ in range(2))
        start = self.number(suspends, min(1.0, suspends + self.dice.choice((0.1, 0.9))))
        made = {"commitment": start, "breaks_below": breaks, "suspends_below": suspends}
        return made | self.numbers({"support": (0, 1), "dependence": (0, 1)}, 0.8)

    def agenda(self, stages: int) -> list[Tree]:
        """Stages over the issues, perhaps one the precondition of the next."""
        cuts = sorted(self.dice.sample(range(1, len(self.issues)), stages - 1))
        order = self.dice.sample(self.issues, len(self.issues))
        made: list[Tree] = []
        for number, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(order)], strict=True)):
            before = [stage["stage"] for stage in made]
            stage: Tree = {"stage": f"stage_{number}", "issues": order[a:b], **self.seats()}
            if before and self.dice.random() < 0.5:
                stage["after"] = self.dice.choice((before[-1], before))
            if self.has("lapse", 0.3):
                stage["rounds"] = self.dice.randint(1, 4)
            if self.has("answers", 0.3):
                stage["answers"] = "in_turn"
            if self.has("conditions", 0.2):
                stage["possible_when"] = self.condition(before, [])
            made.append(stage)
        return made

    def seats(self) -> Tree:
        """Whose consent a stage needs and who has its floor."""
        made: Tree = {}
        if self.has("consent"):
            made["consent"] = self.some(self.states)
            if self.dice.random() < 0.5:
                seated = made["consent"]
                made["consent"] = {
                    "quota": self.dice.randint(1, len(seated)),
                    "of": seated,
                    "veto": self.some(seated, 0),
                }
        if self.has("floor"):
            kind = self.dice.choice(("rotation", "random", "alternating"))
            made["floor"] = {
                kind: self.dice.sample(self.states, 2) if kind == "alternating" else self.some(self.states)
            }
        return made

    def order(self) -> list[list[str]]:
        """A declared order of settling: groups of issues."""
        order, cut = self.some(self.issues), self.dice.randint(0, len(self.issues))
        return [group for group in (order[:cut], order[cut:]) if group]

    def condition(self, stages: list[str], events: list[str], depth: int = 3) -> Tree:
        """A condition, a few levels deep at most."""
        form = self.dice.choice(("leaf", "all", "any", "not")) if depth else "leaf"
        if form == "not":
            return {"not": self.condition(stages, events, depth - 1)}
        if form == "leaf":
            return self.leaf(stages, events)
        return {form: [self.condition(stages, events, depth - 1) for _ in range(self.dice.randint(1, 3))]}

    def leaf(self, stages: list[str], events: list[str]) -> Tree:
        """A condition without parts."""
        side, state = self.dice.choice(("above", "below")), self.dice.choice(self.states)
        pair = dict(zip(("of", "in"), self.dice.sample(self.states, 2), strict=True))
        day = (START + datetime.timedelta(days=self.dice.randint(0, 60))).isoformat()
        forms: list[Tree] = [
            {"walked_out": state},
            {"fighting": self.dice.random() < 0.5},
            {"talks_over": self.dice.random() < 0.5},
            {"weariness": state, side: self.number(0, 1)},
            {"level": self.dice.choice(self.issues), side: self.number(0, 1)},
            {"refusals": state, side: self.dice.randint(0, 4)},
            {"round": {side: self.dice.randint(0, 8)}},
            {"date": {"from" if side == "above" else "before": day}},
            {"belief": pair, side: self.number(0, 1)},
        ]
        forms += [{"settled": name} for name in stages] + [{"event": name} for name in events]
        if self.ties:
            tie = dict(zip(("from", "to"), self.dice.choice(self.ties), strict=True))
            forms += [{"withheld": tie}, {"fractured": tie}, {"commitment": tie, side: self.number(0, 1)}]
        return self.dice.choice(forms)

    def event(self, tree: Tree, stages: list[str], events: list[str]) -> Tree:
        """An event with its trigger and up to three effects."""
        trigger = self.dice.choice(("at", "rate", "when"))
        made: Tree = {"effects": [self.effect(tree) for _ in range(self.dice.randint(0, 3))]}
        if trigger == "at":
            made["at"] = (START + datetime.timedelta(days=self.dice.randint(0, 60))).isoformat()
        elif trigger == "rate":
            made["rate"] = self.number(0, 20)
        else:
            made["when"] = self.condition(stages, events)
        if self.dice.random() < 0.3:
            made["chance"] = self.number(0, 1)
        made["repeats"] = self.dice.random() < 0.4
        if self.dice.random() < 0.3:
            made["unless"] = self.condition(stages, events)
        return made

    def effect(self, tree: Tree) -> Tree:
        """One effect."""
        kind = self.dice.choice(
            ["change", "change", "deadline"] + (["shock", "withhold", "restore"] if self.ties else [])
        )
        if kind == "deadline":
            late = (START + datetime.timedelta(days=self.dice.randint(1, 60))).isoformat()
            return {"deadline": self.dice.choice((late, {"round": self.dice.randint(1, 9)}))}
        if kind != "change":
            source, target = self.dice.choice(self.ties)
            made: Tree = {kind: {"from": source, "to": target}}
            return made | ({"by": self.number(-0.5, 0.3)} if kind == "shock" else {})
        bounds = {"to": (0, 1), "by": (-0.5, 0.5), "times": (0, 2)}
        way = self.dice.choice(list(bounds))
        return {"change": self.dice.choice(changeable(tree)), way: self.number(*bounds[way])}


def changeable(tree: Tree) -> list[str]:
    """Paths of numbers that an event may set to anything from 0 to 1."""
    keys = ("power", "war_cost", "hope", "loyalty", "pressure", "audience_cost", "whim", "after", "relapse")
    paths = [f"states.{name}.{key}" for name in tree["states"] for key in keys]
    paths += [
        f"states.{name}.positions.{issue}.ideal"
        for name, state in tree["states"].items()
        for issue in state["positions"]
    ]
    paths += [f"issues.{issue}.status_quo" for issue in tree["issues"]]
    return [*paths, "strain.daylight", "strain.rally", "talks.learning", "assumptions.gives_enough", "talks.after_hope"]


def shuffled(tree: Tree, seed: int) -> Tree:
    """The same scenario told in another order: mappings and lists whose order means nothing are shuffled."""
    dice = random.Random(seed)

    def turned(found: Any, key: str = "") -> Any:
        if isinstance(found, dict):
            names = list(found)
            if key != "levels":
                dice.shuffle(names)
            return {name: turned(found[name], name) for name in names}
        if isinstance(found, list):
            parts = [turned(part) for part in found]
            if key in ("members", "pays", "adversaries", "veto", "substitutes", "random"):
                dice.shuffle(parts)
            return parts
        return found

    return turned(tree)
