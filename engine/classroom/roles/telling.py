"""Makes a role sheet from a scenario: the world is opened, and told as one state sees it before the first round."""

import datetime
from collections.abc import Iterator
from typing import Any

import numpy as np

from wedge.engine.classroom.moves import CONSULT_WITH, LEAVE, NO, OFFER, PASS_ON, YES, GameError
from wedge.engine.classroom.roles.foreseen import Foreseen
from wedge.engine.classroom.roles.sheet import Ally, Issue, Other, RoleSheet, Stage
from wedge.engine.model import numbers as n
from wedge.engine.model.words import IN_TURN, ROTATION
from wedge.engine.model.worth import lowest_level, worth_of
from wedge.engine.report.wording import Wording, capital, dated, listed, number_word, per_cent, points, rounds_of, share
from wedge.engine.scenario.problems import escaped, meant, shown
from wedge.engine.simulation.opening import open_world
from wedge.engine.simulation.stage_set import empty_arrays

ALLY, ADVERSARY, NEITHER = "ally", "adversary", "neither"
TIES = (
    "What strains a tie: you stand in the way of what your ally would sign; you sign what its adversary proposes to "
    "its hurt; you carry it through a long war.",
    "What mends a tie: you both sign what an adversary refuses; one of you consults the other; time.",
)


def role_sheet(scenario: Any, state: str, seed: int = 0, world: int = 0) -> RoleSheet:
    """The role sheet of a state in one world of a scenario.

    The state's own numbers are those of the world. Of the others it holds what the state believes they want, as it
    would see it at the table, and what is public. Raises GameError where there is no such state.
    """
    if state not in scenario.names.states:
        raise GameError(f"there is no state {shown(state)}", meant(state, scenario.names.states))
    return _Telling(scenario, state, seed, world).sheet()


class _Telling:
    """One state in one world that has just been opened."""

    def __init__(self, scenario: Any, state: str, seed: int, world: int) -> None:
        self.scenario, self.seed, self.number, self.words = scenario, seed, world, Wording(scenario)
        self.names, self.s, self.i = scenario.names, scenario.setting, scenario.names.states.index(state)
        self.x, self.w = empty_arrays(self.s, 1)
        open_world(self.s, self.x, self.w, seed, world, 0, 0)
        self.foreseen = Foreseen(scenario, self.x, self.words)

    def sheet(self) -> RoleSheet:
        """All of it."""
        state, words = self.names.states[self.i], self.words
        return RoleSheet(
            code=f"{words.code}@{self.seed}:{self.number}",
            scenario=words.name,
            summary=words.summary,
            seed=self.seed,
            world=self.number,
            state=state,
            title=escaped(self.names.state_titles[self.i]),
            role=self._role(),
            issues=tuple(self._issue(k) for k in self._issues_by_weight()),
            allies=tuple(self._ally(j) for j in self._allies()),
            ties=tuple(self._ties()),
            others=tuple(self._other(j) for j in self.names.display if j != self.i),
            picture=tuple(self._picture()),
            stages=tuple(self._stage(g) for g in range(len(self.names.stages))),
            calendar=tuple(self._calendar()),
            events=tuple(self._events()),
            moves=tuple(self._moves()),
            rules=tuple(self._rules()),
            counts=tuple(self._counts()),
        )

    # Who it is.

    def _role(self) -> tuple[str, ...]:
        role = self.scenario.model.states[self.names.states[self.i]].role
        said = [escaped(line) for line in (role or "").splitlines() if line.strip()]
        return tuple(said) or (f"You speak for {self.words.state(self.i)}.",)

    def _has_position(self, j: int, k: int) -> bool:
        return self.names.issues[k] in self.scenario.model.states[self.names.states[j]].positions

    # What it wants.

    def _issues_by_weight(self) -> list[int]:
        weights = self.x.position[n.SALIENCE, self.i, :, 0]
        return sorted(range(len(self.names.issues)), key=lambda k: -float(weights[k]))

    def _issue(self, k: int) -> Issue:
        mine, side = self._has_position(self.i, k), int(self.s.red_side[self.i, k])
        ideal, weight, line = (float(self.x.position[what, self.i, k, 0]) for what in (n.IDEAL, n.SALIENCE, n.RED_LINE))
        return Issue(
            key=self.names.issues[k],
            title=capital(self.words.issue_titles[k]),
            named=tuple(self.words.levels[k].items()),
            now=float(self.x.issue[n.STATUS_QUO, k, 0]),
            wanted=ideal if mine else None,
            importance=weight if mine else 0.0,
            red_line=line if mine and side else None,
            red_line_above=side > 0,
            sentences=tuple(self._of_issue(k, mine, side)),
        )

    def _of_issue(self, k: int, mine: bool, side: int) -> Iterator[str]:
        ideal, line = (float(self.x.position[what, self.i, k, 0]) for what in (n.IDEAL, n.RED_LINE))
        now = float(self.x.issue[n.STATUS_QUO, k, 0])
        if mine:
            yield f"You want: {self.words.level(k, ideal)}."
        else:
            yield "To you it does not matter."
        moves = ", and moves with the front while the fighting goes on" if self.s.fought_by[k, 0] >= 0 else ""
        yield f"It stands at: {self.words.level(k, now)}{moves}."
        if mine and side:
            yield f"Your red line: you sign nothing {'above' if side > 0 else 'below'} {share(line)}."
        if k == self.s.war_issue:
            least = float(lowest_level(self.s, self.x, k, 0))
            yield f"Settled, it ends the war; so it cannot be settled below {share(least)}."
        others = [j for j in range(len(self.s.share_of)) if j != k and self.s.share_of[j] == self.s.share_of[k] >= 0]
        if others:
            yield f"It is a share of one thing with {listed([self.words.issue_titles[j] for j in others])}: together at most 1."
        seen = [
            f"{self.words.state(j)} {share(float(self.w.seen[self.i, j, k, 0]))}"
            for j in self.names.display
            if j != self.i and self._has_position(j, k)
        ]
        if seen:
            yield f"You believe they want: {listed(seen)}."

    # Who stands with it.

    def _allies(self) -> list[int]:
        together = self.s.member[self.s.member[:, self.i] == 1].any(axis=0) if len(self.s.member) else []
        return [j for j in self.names.display if j != self.i and len(together) and together[j]]

    def _ties(self) -> Iterator[str]:
        """Which alliances it is in, and what strains and mends their ties."""
        for a in np.flatnonzero(self.s.member[:, self.i]) if self._allies() else ():
            others = [j for j in self.names.display if j != self.i and self.s.member[a, j]]
            title = capital(self.words.alliance_titles[a])
            yield f"{title} is what binds you to {self.words.states(others)}."
            if self.s.joint_front[a]:
                yield "It is a joint front: its members sign only together. Nobody at the table is held to it."
        if self._allies():
            yield from TIES

    def _tied(self, i: int, j: int) -> bool:
        return bool(self.s.tie[i, j] == 1)

    def _tie(self, what: int, i: int, j: int) -> float:
        return float(self.x.tie[what, i, j, 0])

    def _ally(self, j: int) -> Ally:
        own = self._tie(n.COMMITMENT_0, self.i, j) if self._tied(self.i, j) else None
        return Ally(
            self.names.states[j], escaped(self.names.state_titles[j]), own, tuple(self._of_ally(j, own is not None))
        )

    def _of_ally(self, j: int, tied: bool) -> Iterator[str]:
        i, who = self.i, self.words.state(j)
        if tied:
            yield from self._own_tie(j)
        if self._tied(j, i):
            carried = self._tie(n.SUPPORT, j, i)
            support = f"It carries {per_cent(carried)} of your burden of war. " if carried > 0.0 else ""
            seen = "; you see only whether its support comes" if carried > 0.0 else ""
            yield f"{support}How firmly {who} stands by you, and where its tie breaks, you do not know{seen}."

    def _own_tie(self, j: int) -> Iterator[str]:
        i = self.i
        start, breaks = self._tie(n.COMMITMENT_0, i, j), self._tie(n.BREAKS_BELOW, i, j)
        yield f"Your commitment: {share(start)} of 1, {_way(start - breaks)} the {share(breaks)} below which the tie breaks for good."
        carried = self._tie(n.SUPPORT, i, j)
        if carried > 0.0:
            stops = self._tie(n.SUSPENDS_BELOW, i, j)
            yield f"You carry {per_cent(carried)} of its burden of war; below {share(stops)} your support stops."
        depends = self._tie(n.DEPENDENCE, i, j)
        if depends > 0.0:
            yield f"You depend on it ({share(depends)} of 1): its wish to sign weighs with your government."

    # What it knows of the others.

    def _relation(self, j: int) -> str:
        if j in self._allies():
            return ALLY
        return ADVERSARY if self.s.adversary[self.i, j] == 1 else NEITHER

    def _other(self, j: int) -> Other:
        seen = [
            (self.names.issues[k], float(self.w.seen[self.i, j, k, 0]))
            for k in range(len(self.names.issues))
            if self._has_position(j, k)
        ]
        return Other(self.names.states[j], escaped(self.names.state_titles[j]), self._relation(j), tuple(seen))

    def _picture(self) -> Iterator[str]:
        for relation, verb in ((ADVERSARY, "adversary"), (NEITHER, "neither ally nor adversary")):
            some = [j for j in self.names.display if j != self.i and self._relation(j) == relation]
            if some:
                many = "adversaries" if relation == ADVERSARY and len(some) > 1 else verb
                yield (
                    f"Your {many}: {self.words.states(some)}."
                    if relation == ADVERSARY
                    else (f"Neither ally nor adversary: {self.words.states(some)}.")
                )
        error = float(self.x.state[n.MISPERCEPTION, self.i, 0])
        if error > 0.0:
            yield (
                f"What you believe the others want may be wrong: in two cases of three by {share(error)} of the scale "
                "or less, in the third by more."
            )
        yield (
            "You do not know how much an issue weighs with the others, where their red lines are, what they hold out "
            "for, what the war costs them, nor how firmly they stand by their allies."
        )

    # In which order, and when.

    def _stage(self, g: int) -> Stage:
        return Stage(self.names.stages[g], self.words.stage_titles[g], tuple(self._of_stage(g)))

    def _of_stage(self, g: int) -> Iterator[str]:
        s, words = self.s, self.words
        issues = [k for k in range(len(self.names.issues)) if s.stage_of[k] == g]
        yield f"On the table: {listed([words.issue_titles[k] for k in issues])}."
        yield self._signers(g)
        before = [words.stage_titles[h] for h in np.flatnonzero(s.needs[g])]
        if before:
            verb = "is" if len(before) == 1 else "are"
            yield f"It opens only once {listed([f'“{title}”' for title in before])} {verb} settled."
        if s.possible_when[g, 0] >= 0:
            when = self.foreseen.condition(s.possible_when[g])
            yield f"It is possible only while {when}." if when else "It is possible only under a condition."
        if s.stage_rounds[g] > 0:
            yield f"It lapses after {rounds_of(int(s.stage_rounds[g]))} on the table."
        yield self._floor(g)

    def _signers(self, g: int) -> str:
        s = self.s
        seats = [j for j in self.names.display if s.seat[g, j]]
        needed, who = int(s.quota[g]), self.words.states(seats)
        must = (
            f"{capital(who)} must sign"
            if needed == len(seats)
            else f"{capital(number_word(needed))} of {who} must sign"
        )
        veto = [j for j in self.names.display if s.veto[g, j] and needed < len(seats)]
        among = f", {self.words.states(veto)} among them" if veto else ""
        return f"{must}{among}{'' if s.seat[g, self.i] else '; you are heard, but have no vote'}."

    def _floor(self, g: int) -> str:
        floor = [int(j) for j in self.s.floor_list[g] if j >= 0]
        how = "goes round" if self.s.floor_kind[g] == ROTATION else "is drawn by lot each round among"
        turns = " Answers are given in turn, in public." if self.s.answers[g] == IN_TURN else ""
        colon = ":" if self.s.floor_kind[g] == ROTATION else ""
        return f"The floor {how}{colon} {self.words.states(floor)}.{turns}"

    def _calendar(self) -> Iterator[str]:
        rounds, days = self.words.rounds, self.names.days
        start = self.words.date(0.0)
        last = start + datetime.timedelta(days=int((rounds - 1) * days))
        apart = "a week" if days == 7 else "a day" if days == 1 else f"{days:g} days"
        yield (
            f"{capital(rounds_of(rounds))}, {apart} each; the first from {dated(start)}, the last from {dated(last)}."
        )
        yield "In each round one state has the floor, and at most one proposal is answered."
        if len(self.names.stages) > 1:
            yield "One stage is on the table at a time, in this order."

    def _events(self) -> Iterator[str]:
        yield from self.foreseen.events()
        if self.names.events:
            yield "Other things may happen besides the talks. Nobody knows them beforehand; each is announced when it happens."
        else:
            yield "Nothing is expected to happen besides the talks."

    # What it can do, and what counts.

    def _moves(self) -> Iterator[tuple[str, str]]:
        has_floor = any(self.i in self.s.floor_list[g] for g in range(len(self.names.stages)))
        if has_floor:
            yield OFFER, "you have the floor: propose a level from 0 to 1 for every issue of the stage"
            yield PASS_ON, "you have the floor: propose nothing this round"
            if self._allies():
                yield CONSULT_WITH, "you have the floor: spend the round on an ally, which mends the tie"
        yield YES, "sign what another proposes"
        yield NO, "refuse it"
        if self.s.has_outside[self.i]:
            yield LEAVE, "refuse, and walk out of the talks for good"

    def _rules(self) -> Iterator[str]:
        i, s = self.i, self.s
        if any(s.answers[g] != IN_TURN for g in range(len(self.names.stages))):
            yield (
                "Answers are sealed: all are shown at once. Who signed and who refused is then public, and so is a red "
                "line that was crossed; other reasons are not."
            )
        if any(s.red_side[i]):
            yield "Past your red line you are not asked, and you cannot offer it."
        yield (
            "Your government's demand is shown with every question. It falls towards the deadline. It is advice: you "
            "may sign for less, and hold out for more."
        )
        if s.ratifies[i]:
            yield "What you sign is put to a vote at home, which may still refuse it."
        pays = [int(j) for j in np.flatnonzero(s.pays[i])]
        if pays:
            purse = points(float(self.x.state[n.PURSE, i, 0]))
            yield f"You have {purse} points to buy the consent of {self.words.states(pays)}; they are paid where you sign and it lacks little."

    def _counts(self) -> Iterator[str]:
        i = self.i
        yield (
            "Points are hundredths of all that is at stake for you. Each issue counts by its weight: you gain what it "
            f"ends nearer to your wish than it began, and lose what it ends farther away. At most {points(self._best())} points."
        )
        cost = float(self.x.state[n.WAR_COST, i, 0])
        if self.s.war_issue >= 0 and cost > 0.0:
            yield f"The war costs you {points(cost)} points if it goes on to the last round, and a part of it if it ends earlier."
        for a in range(len(self.names.alliances)):
            stake = float(self.x.stake[i, a, 0])
            if stake != 0.0:
                what = "gain" if stake > 0.0 else "lose"
                yield f"If {self.words.alliance_titles[a]} fractures, you {what} {points(abs(stake))} points."
        audience = float(self.x.state[n.AUDIENCE, i, 0])
        if audience > 0.0:
            yield (
                f"To sign less than you have refused in public costs {per_cent(audience)} of the difference: your "
                "audience at home remembers."
            )
        yield from self._outside()
        discount = float(self.x.state[n.DISCOUNT, i, 0])
        if discount < 1.0:
            yield f"A point a round later is worth {share(discount)} of a point."

    def _outside(self) -> Iterator[str]:
        if not self.s.has_outside[self.i]:
            return
        worth = float(self.x.state[n.OUTSIDE, self.i, 0])
        how = "more" if worth >= 0.0 else "less"
        counts = "it counts if the talks fail" if self.s.outside_paid[self.i] else "it is not counted"
        yield f"Outside the talks you expect {points(abs(worth))} points {how} than if things went on as they are; {counts}."

    def _best(self) -> float:
        best = 0.0
        for k in range(len(self.names.issues)):
            position = self.x.position[:, self.i, k, 0]
            now = worth_of(float(self.x.issue[n.STATUS_QUO, k, 0]), position[n.IDEAL], position[n.CURVATURE])
            best += float(position[n.SALIENCE]) * (1.0 - float(now))
        return best


def _way(left: float) -> str:
    """How far a commitment is above the point at which it breaks.

    >>> _way(0.25), _way(0.05)
    ('well above', 'little above')
    """
    return "little above" if left < 0.1 else "well above" if left < 0.3 else "far above"
