"""One play of a game: moves are made where they are asked for, and the first ones that miss are asked."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from wedge.agents.seat import Policy, Table
from wedge.engine.classroom.moves import TO_ANSWER, TO_PROPOSE, Called, GameError, Move, Question, RedLine, rows_of
from wedge.engine.model.numbers import RED_LINE
from wedge.engine.model.world import FRACTURE_ROUND, GONE, HELD_BACK, HELD_OUT_FOR, LEVEL_NOW, SUSPENDED
from wedge.engine.model.worth import lowest_level
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.forcing import CALL_EVENT, SET_NUMBER, Forced, force_move
from wedge.engine.simulation.runs import Run
from wedge.engine.simulation.traced import Standing, Talks, seats_of

PATIENT = 1e6  # rounds: a person alone decides when to leave


class Chair(Policy):
    """A seat that a person has taken. What it is asked goes to the sitting; its demand stays with the state."""

    def __init__(self, sitting: "Sitting") -> None:
        self.sitting = sitting

    def offer(self, table: Table) -> None:
        """Its turn to propose."""
        self.sitting.ask(TO_PROPOSE, table)

    def answer(self, table: Table) -> None:
        """It must answer a proposal, short of its red lines."""
        self.sitting.ask(TO_ANSWER, table)


class Begun(NamedTuple):
    """How a game stood before a round: the world, and all that was forced in it so far."""

    standing: Standing
    rows: tuple[Forced, ...]


class Sitting:
    """A game played up to the round in which somebody must speak, or to its end.

    ``questions`` are all that can be asked before somebody must speak: one proposal, or the sealed answers to one.
    ``answered`` holds each move that was made, with its question and the forced moves it stands for.
    ``run`` counts only up to them. ``begun`` is how the game stood before the last round that was played; given to
    another sitting as ``since``, with the same moves before that round, it saves playing them again. Raises
    GameError for a move that is not asked for or cannot be made.
    """

    def __init__(
        self,
        scenario: Any,
        seed: int,
        world: int,
        seats: Sequence[str],
        moves: Iterable[Move],
        called: Iterable[Called] = (),
        since: Begun | None = None,
    ) -> None:
        self.scenario, self.seed, self.world = scenario, seed, world
        self.questions: list[Question] = []
        self.answered: list[tuple[Move, Question, tuple[Forced, ...]]] = []
        first = since.standing.round if since is not None else 0
        events = [_called(scenario, one) for one in called if one.round >= first]
        self.rows = [*(_patience(scenario, seats) if since is None else since.rows)]
        self._moves = _by_round(moves, first)
        self._wrong: GameError | None = None
        states = scenario.names.states
        chairs: dict[int, Policy] = {states.index(seat): Chair(self) for seat in seats}
        self.talks = Talks(scenario, seed, world, (*self.rows, *events), {**seats_of(scenario), **chairs})
        if since is not None:
            self.talks.take_up(since.standing)
        self.begun: Begun | None = since
        while not self.questions and self.talks.steps < scenario.setting.rounds:
            self.begun = Begun(self.talks.standing(), tuple(self.rows))
            self.rows += [row for row in events if row.round == self.talks.steps]
            self.talks.step()
            if self._wrong is not None:
                raise self._wrong
        for n, state in self._moves:
            raise GameError(f"{state} is not asked for a move in round {n + 1}", "take that move out")
        self.run: Run = self.talks.run()._replace(forced=tuple(self.rows))

    def ask(self, kind: str, table: Table) -> None:
        """Make the move a person has said, as a forced move; note the question where nothing has been said yet."""
        if self.questions and (self.questions[0].table.round, self.questions[0].kind) != (table.round, kind):
            return
        question = self._question(kind, table)
        move = self._moves.pop((table.round, table.state), None)
        if move is None:
            self.questions.append(question)
            return
        try:
            rows = rows_of(move, question, self.scenario)
        except GameError as error:
            wrong = GameError(f"round {table.round + 1}, {table.state}: {error.message}", error.help)
            self._wrong = self._wrong or wrong
            return
        talks = self.talks
        for row in rows:
            where = row.kind, row.who, row.what, float(row.value), self.seed, self.world, 0
            force_move(talks.setting, talks.numbers, talks.world, *where)
        self.rows += rows
        self.answered.append((move, question, tuple(rows)))

    def _question(self, kind: str, table: Table) -> Question:
        s, x, w, names = self.talks.setting, self.talks.numbers, self.talks.world, self.scenario.names
        i, g = names.states.index(table.state), names.stages.index(table.stage)
        lines = {
            issue: RedLine(float(x.position[RED_LINE, i, k, 0]), bool(s.red_side[i, k] > 0))
            for k, issue in enumerate(names.issues)
            if s.red_side[i, k] != 0
        }
        groups: dict[int, list[str]] = {}
        for issue in table.issues:
            groups.setdefault(int(s.share_of[names.issues.index(issue)]), []).append(issue)
        allies = [j for j in range(len(names.states)) if self._intact(i, j) or self._intact(j, i)]
        return Question(
            kind=kind,
            table=table,
            held_out_for=float(w.state[HELD_OUT_FOR, i, 0]),
            red_lines=lines,
            lowest={issue: float(lowest_level(s, x, names.issues.index(issue), 0)) for issue in table.issues},
            shares=tuple(tuple(group) for what, group in groups.items() if what >= 0),
            now={issue: float(w.issue[LEVEL_NOW, k, 0]) for k, issue in enumerate(names.issues)},
            has_vote=bool(s.seat[g, i]),
            may_leave=bool(s.has_outside[i]),
            may_consult=tuple(names.states[j] for j in allies if w.state[GONE, j, 0] == 0.0),
            received={names.states[j]: self._support(int(j), i) for j in np.flatnonzero(s.tie[:, i])},
        )

    def _intact(self, i: int, j: int) -> bool:
        talks = self.talks
        return bool(talks.setting.tie[i, j] == 1 and talks.world.tie[FRACTURE_ROUND, i, j, 0] < 0.0)

    def _support(self, i: int, j: int) -> str:
        tie = self.talks.world.tie
        if not self._intact(i, j):
            return "broken off"
        return "withheld" if tie[SUSPENDED, i, j, 0] == 1.0 or tie[HELD_BACK, i, j, 0] == 1.0 else "given"


def _by_round(moves: Iterable[Move], first: int) -> dict[tuple[int, str], Move]:
    found: dict[tuple[int, str], Move] = {}
    for move in moves:
        if move.round < first:
            continue
        if (move.round, move.state) in found:
            raise GameError(f"{move.state} moves twice in round {move.round + 1}", "take one of the two moves out")
        found[move.round, move.state] = move
    return found


def _called(scenario: Any, called: Called) -> Forced:
    names = scenario.names
    if called.event not in names.events:
        raise GameError(f"there is no event {shown(called.event)}", meant(called.event, names.events))
    return Forced(called.round, CALL_EVENT, who=names.events.index(called.event))


def _patience(scenario: Any, seats: Sequence[str]) -> list[Forced]:
    """No person walks out against their will: their states wait for them."""
    names, s = scenario.names, scenario.setting
    return [
        Forced(0, SET_NUMBER, what=names.numbers.index(f"states.{seat}.outside.patience"), value=PATIENT)
        for seat in seats
        if s.has_outside[names.states.index(seat)]
    ]
