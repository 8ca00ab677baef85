"""What allies could do about it: other policies, a joint front, another order of business, tried in the same worlds.

The search is greedy. First every single change is played: another policy for one ally, all of them in solidarity,
the joint front, the stages in another order. The best is kept, and further changes are tried on top of it. One reply
is *better* than another when the alliance fractures in fewer worlds and the runs tell the two apart, or, where they
cannot, when the sum of the allies' payoffs is larger and that can be told apart; so nothing is added that only luck
would speak for. Each reply is compared with the scenario as written, world by world.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np

from wedge.agents.catalogue import PRESETS
from wedge.engine.analysis.estimates import share_of
from wedge.engine.analysis.paired import paired_means, paired_shares, paired_table
from wedge.engine.analysis.tournament.playing import Played, driver_in_all, play_paired
from wedge.engine.analysis.variants import Source, seats_it_fits
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.scenario import Scenario, ScenarioError
from wedge.engine.simulation.many import Driver

MOST_ORDERS = 6  # stages up to which every order is tried; past that one stage at a time is put first
NOT_TRIED = ("random",)  # the null model is no answer
BY_DEFINITION = "joint front"
WRITTEN = "as written"


class Reply(NamedTuple):
    """Something allies could do, as changes to the scenario."""

    name: str
    policies: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()

    def __add__(self, other: Any) -> "Reply":
        return Reply(f"{self.name}, {other.name}", self.policies + other.policies, self.sets + other.sets)


def replies_to(source: Source, scenario: Scenario, alliance: str) -> list[Reply]:
    """Every single change the members of an alliance could make."""
    members = list(scenario.model.alliances[alliance].members)
    found = [Reply(f"{m}: {p}", (f"{m}={p}",)) for m in members for p in PRESETS if p not in NOT_TRIED]
    found = [one for one in found if _fits(source, one)]
    found.append(Reply("all in solidarity", tuple(f"{member}=solidarity" for member in members)))
    if not scenario.model.alliances[alliance].joint_front:
        found.append(Reply(BY_DEFINITION, sets=(f"alliances.{alliance}.joint_front=true",)))
    return found + list(orders_of(source, scenario))


def _fits(source: Source, reply: Reply) -> bool:
    state = reply.policies[0].partition("=")[0]
    return seats_it_fits(source.load(policies=reply.policies), state)


def orders_of(source: Source, scenario: Scenario) -> Iterator[Reply]:
    """The agenda's stages in every other order, each after the one before it, where that can be played through.

    An order is left out when it brings a warning that the scenario as written does not have: a stage that
    could never open, say.
    """
    stages = [stage.model_dump(mode="json", by_alias=True, exclude_unset=True) for stage in scenario.model.agenda]
    known = {problem.message for problem in scenario.warnings}
    for order in _orders(len(stages)):
        agenda = [dict(stages[place]) for place in order]
        for place, stage in enumerate(agenda):
            stage.pop("after", None)
            if place:
                stage["after"] = agenda[place - 1]["stage"]
        reply = Reply(
            f"order: {', then '.join(stage['stage'] for stage in agenda)}", sets=(f"agenda={json.dumps(agenda)}",)
        )
        try:
            changed = source.load(sets=reply.sets)
        except ScenarioError:
            continue
        if {problem.message for problem in changed.warnings} <= known:
            yield reply


def _orders(count: int) -> Iterator[tuple[int, ...]]:
    written = tuple(range(count))
    if count <= MOST_ORDERS // 2 + 1:
        yield from (order for order in permutations(written) if order != written)
        return
    for first in range(1, count):
        yield (first, *(place for place in written if place != first))


class Search(NamedTuple):
    """The replies that were played, and the one that is best."""

    alliance: str
    members: tuple[str, ...]
    played: dict[Reply, Played]
    best: Reply
    best_but_front: Reply  # the best that is no joint front, which holds by definition in part


def search(
    source: Source,
    scenario: Scenario,
    alliance: str,
    worlds: int,
    seed: int,
    driver: Driver = "auto",
    progress: Progress | None = None,
) -> Search:
    """Look for what the members of an alliance could do, each reply in the same worlds."""
    a, members = scenario.names.alliances.index(alliance), tuple(scenario.model.alliances[alliance].members)
    seats = [scenario.names.states.index(member) for member in members]
    single = replies_to(source, scenario, alliance)
    told = progress or Silent()
    driver = driver_in_all(driver, worlds * len(single))
    played: dict[Reply, Played] = {}

    def play(replies: Sequence[Reply]) -> list[Payoffs]:
        new = [reply for reply in replies if reply not in played]
        told.start(f"replies of {alliance}", worlds * len(new), 0)
        try:
            for reply in new:
                played[reply] = play_paired(source.load(reply.policies, reply.sets), seed, worlds, driver, told)
        finally:
            told.close()
        found = [played[reply] for reply in replies]
        return [Payoffs(one.fractured[:, a] > 0, one.payoff[:, seats].sum(axis=1)) for one in found]

    play([Reply(WRITTEN), *single])
    best = _climb([one for one in single if one.name != BY_DEFINITION], play)
    fronts = [one for one in single if one.name == BY_DEFINITION]
    overall = next((front for front in fronts if better(*play([front, best]))), best)
    return Search(alliance, members, played, overall, best)


class Payoffs(NamedTuple):
    """What decides between replies, by world: whether the alliance fractured, and the sum of its members' payoffs."""

    fractured: Any
    together: Any

    @property
    def rank(self) -> tuple[float, float]:
        """By which the replies are looked at, the best first."""
        return -float(self.fractured.mean()), float(self.together.mean())


def better(one: Payoffs, other: Payoffs) -> bool:
    """Whether one reply is better than another, and the runs can tell."""
    gap = paired_shares(paired_table(one.fractured, other.fractured))
    if gap.told_apart:
        return gap.difference < 0
    return bool(
        one.fractured.mean() <= other.fractured.mean() and paired_means(one.together, other.together)[1].low > 0
    )


def _climb(single: Sequence[Reply], play: Callable[[Sequence[Reply]], list[Payoffs]]) -> Reply:
    """Keep the best single change and add others of other states and kinds, as long as that helps."""
    best, options = Reply(WRITTEN), list(single)
    while options:
        found = play(options)
        top = max(range(len(options)), key=lambda place: found[place].rank)
        if not better(found[top], play([best])[0]):
            break
        best = options[top]
        taken = _touched(best)
        options = [best + one for one in single if not taken & _touched(one)]
    return best


def _touched(reply: Reply) -> set[str]:
    """The seats and keys a reply changes."""
    return {change.partition("=")[0] for change in (*reply.policies, *reply.sets)}


def replies_table(found: Search, scenario: Scenario) -> Any:
    """A row for each reply: its fracture rate and what it changes against the scenario as written, world by world."""
    import pandas as pd

    a = scenario.names.alliances.index(found.alliance)
    base = found.played[Reply(WRITTEN)]
    rows = []
    for reply, played in found.played.items():
        n = len(played.payoff)
        share = share_of(int(played.fractured[:, a].sum()), n)
        gap = paired_shares(paired_table(played.fractured[:, a] > 0, base.fractured[:, a] > 0))
        deals = paired_shares(paired_table(played.settled > 0, base.settled > 0))
        row: dict[str, Any] = {
            "alliance": found.alliance, "reply": reply.name, "best": reply == found.best,
            "best_but_front": reply == found.best_but_front, "worlds": n,
            "fractured": share.share, "fractured_low": share.low, "fractured_high": share.high,
            "difference": gap.difference, "low": gap.low, "high": gap.high, "told_apart": gap.told_apart,
            "settled": float(played.settled.mean()), "settled_difference": deals.difference,
        }  # fmt: skip
        seats = [scenario.names.states.index(member) for member in found.members]
        _, together = paired_means(played.payoff[:, seats].sum(axis=1), base.payoff[:, seats].sum(axis=1))
        row |= {"together": together.difference, "together_low": together.low, "together_high": together.high}
        for member in found.members:
            i = scenario.names.states.index(member)
            _, gain = paired_means(played.payoff[:, i], base.payoff[:, i])
            row |= {f"{member}_gain": gain.difference, f"{member}_low": gain.low, f"{member}_high": gain.high}
        rows.append(row | {"policies": list(reply.policies), "sets": [_short(change) for change in reply.sets]})
    frame = pd.DataFrame(rows)
    return frame.sort_values(["fractured", "together"], ascending=[True, False], kind="stable", ignore_index=True)


def _short(change: str) -> str:
    path, _, value = change.partition("=")
    return change if path != "agenda" else f"agenda={', '.join(stage['stage'] for stage in json.loads(value))}"


def answered(scenario: Scenario) -> list[str]:
    """The alliances that have a tie between adversaries of some state: those somebody could divide."""
    s = scenario.setting
    found = []
    for a, alliance in enumerate(scenario.names.alliances):
        inside = np.flatnonzero(s.member[a])
        ties = [(i, j) for i in inside for j in inside if s.tie[i, j] == 1]
        if any(s.adversary[d, i] == 1 and s.adversary[d, j] == 1 for i, j in ties for d in range(len(s.state_id))):
            found.append(alliance)
    return found
