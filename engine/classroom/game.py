"""A game: a scenario in one world, seats that people have taken, and what they have said so far."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from wedge.agents.catalogue import ANSWERS, COURTS
from wedge.agents.ladder import stance_by
from wedge.agents.policy_file import PolicyError
from wedge.engine.classroom.advice import Advice
from wedge.engine.classroom.moves import Called, GameError, Move, Question, rows_of
from wedge.engine.classroom.sitting import Begun, Sitting
from wedge.engine.model.words import PROPOSE
from wedge.engine.model.world import MOVE, PROPOSAL, SURPLUS
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.forcing import SET_COURTS, Forced
from wedge.engine.simulation.runs import Moment, Run
from wedge.engine.simulation.traced import Talks, play


class Game:
    """A game is its moves and the events called in it: played again they give the same game, so that a step back is one
    move less. What was played of it and still stands is not played again.

    What a person says is a forced move, and their word stands: no joint front and no patron turns it. Whatever is
    said, no state goes past its own red line. Raises GameError for seats that cannot be taken.
    """

    def __init__(
        self,
        scenario: Any,
        seed: int,
        world: int,
        seats: Sequence[str],
        moves: Sequence[Move] = (),
        called: Sequence[Called] = (),
    ) -> None:
        self.scenario, self.seed, self.world = scenario, seed, world
        self.seats = tuple(dict.fromkeys(seats))
        self.moves, self.called = list(moves), list(called)
        self._sitting: Sitting | None = None
        # How it stood before the round that waits. A policy from a file may remember what it saw: it must see all again.
        self._begun: Begun | None = None
        self._over: bool | None = None
        if not self.seats:
            raise GameError("nobody has taken a seat", meant("", scenario.names.states))
        for seat in self.seats:
            check_seat(scenario, seat)

    def _sat(self) -> Sitting:
        if self._sitting is None:
            where = self.scenario, self.seed, self.world, self.seats
            with _policies_told():
                self._sitting = Sitting(*where, self.moves, self.called, self._begun)
            self._begun = None if self.scenario.outsiders else self._sitting.begun
        return self._sitting

    def _changed(self, n: int) -> None:
        """Something is said or taken back in round n: what was played before it stands."""
        self._sitting = self._over = None
        if self._begun is not None and self._begun.standing.round != n:
            self._begun = None

    @property
    def over(self) -> bool:
        """Whether nobody is asked any more."""
        if self._over is None:
            self._over = not self.waiting()
        return self._over

    def forget(self) -> None:
        """Let go of what was played; it is played again when it is asked for."""
        self._sitting = self._begun = None

    @property
    def round(self) -> int:
        """The round that waits for somebody, from 0; the number of rounds once nobody is asked."""
        waiting = self.waiting()
        return waiting[0].table.round if waiting else int(self.scenario.setting.rounds)

    def waiting(self) -> list[Question]:
        """What must be said before the game can go on: several where several must answer, none at its end.

        Raises GameError where a move cannot be made.
        """
        return list(self._sat().questions)

    def say(self, state: str, said: str, levels: Mapping[str, float] | None = None, ally: str = "") -> None:
        """Make a move from a seat. Raises GameError, and changes nothing, where it cannot be made."""
        question = next((one for one in self.waiting() if one.state == state), None)
        if question is None:
            asked = ", ".join(one.state for one in self.waiting())
            raise GameError(f"{shown(state)} is not asked", f"now asked: {asked}" if asked else "the game is over")
        move = Move(question.table.round, state, said, dict(levels or {}), ally)
        rows_of(move, question, self.scenario)
        self.moves.append(move)
        self._changed(move.round)

    def take(self, moves: Sequence[Move]) -> None:
        """Make moves of one round that have been tried already."""
        self.moves += moves
        self._changed(min((move.round for move in moves), default=0))

    def back(self) -> Move:
        """Take back the last move, and return it. Raises GameError where none has been made."""
        if not self.moves:
            raise GameError("nothing has been said yet that could be taken back")
        move = self.moves.pop()
        self.called = [one for one in self.called if one.round <= move.round]
        self._changed(move.round)
        return move

    def call(self, event: str) -> Called:
        """Let an event happen in the round that is being played. What has been said in that round is taken back.

        Raises GameError, and changes nothing, where there is no such event, it has been called or the game is over.
        """
        if event not in self.scenario.names.events:
            raise GameError(f"there is no event {shown(event)}", meant(event, self.scenario.names.events))
        called = Called(self.round, event)
        if not self.waiting():
            raise GameError("the game is over", "take a step back first")
        if called in self.called:
            raise GameError(f"event {event} happens in this round already")
        self.take_call(event, called.round)
        return called

    def take_call(self, event: str, n: int) -> None:
        """Let an event happen in round n, in which that has been tried already."""
        self.moves = [move for move in self.moves if move.round < n]
        self.called.append(Called(n, event))
        self._changed(n)

    def back_to(self, n: int) -> None:
        """Take back all that was said and called from round n on, counted from 0."""
        self.moves = [move for move in self.moves if move.round < n]
        self.called = [one for one in self.called if one.round < n]
        self._changed(n)

    @property
    def forced(self) -> tuple[Forced, ...]:
        """All that was said, as forced moves: played with them, the world is the same to the bit."""
        return tuple(self._sat().rows)

    @property
    def answered(self) -> list[tuple[Move, Question, tuple[Forced, ...]]]:
        """Each move, with the question it answered and the forced moves it stands for, in the order of play."""
        return Sitting(self.scenario, self.seed, self.world, self.seats, self.moves, self.called).answered

    def so_far(self) -> Run:
        """The run, to be read only up to the round of what is waiting; whole once nothing is."""
        return self._sat().run

    def advice(self, question: Question) -> Advice:
        """What courting sincerely and answering by quantal response would do here, with the state's own demand."""
        if question.table.view is not None:
            return Advice(*stance_by(ANSWERS["quantal"].number, question.table.view), {}, question.table.view.surplus)
        names, n = self.scenario.names, question.table.round
        who = names.states.index(question.state)
        sincerely = Forced(n, SET_COURTS, who=who, value=float(COURTS["sincere"].number))
        moment = self._moment(n, (*self.forced, sincerely))
        offered = {issue: float(moment.issue[PROPOSAL, names.issues.index(issue)]) for issue in question.table.issues}
        proposes = int(moment.lane[MOVE]) == PROPOSE
        return Advice(-1, -1, offered if proposes else {}, float(moment.state[SURPLUS, who]))

    def _moment(self, n: int, forced: Sequence[Forced]) -> Moment:
        """Round n, which waits, as the states' own policies would play it with these moves."""
        if self.scenario.outsiders:  # their policies must see the rounds before
            with _policies_told():
                return play(self.scenario, self.seed, self.world, forced).moments[n]
        talks = Talks(self.scenario, self.seed, self.world, forced)
        begun = self._sat().begun
        if begun is not None:
            talks.take_up(begun.standing)
        talks.step()
        return talks.moments[-1]


@contextmanager
def _policies_told() -> Iterator[None]:
    """A policy from a file that fails is told as what cannot be played."""
    try:
        yield
    except PolicyError as error:
        raise GameError(str(error), error.help) from error


def check_seat(scenario: Any, seat: str) -> None:
    """Raise GameError where people cannot play a state."""
    if seat not in scenario.names.states:
        raise GameError(f"there is no state {shown(seat)}", meant(seat, scenario.names.states))
    if scenario.names.states.index(seat) in scenario.outsiders:
        raise GameError(
            f"{seat} is played by a policy from a file",
            f"seat another with --policy {seat}=sincere, or take another seat",
        )
