"""A game: a scenario in one world, seats that people have taken, and what they have said so far."""

from collections.abc import Mapping, Sequence
from typing import Any

from wedge.agents.catalogue import ANSWERS, COURTS
from wedge.agents.ladder import stance_by
from wedge.engine.classroom.advice import Advice
from wedge.engine.classroom.moves import GameError, Move, Question, rows_of
from wedge.engine.classroom.sitting import Sitting
from wedge.engine.model.words import PROPOSE
from wedge.engine.model.world import MOVE, PROPOSAL, SURPLUS
from wedge.engine.scenario.problems import meant, shown
from wedge.engine.simulation.forcing import SET_COURTS, Forced
from wedge.engine.simulation.runs import Run
from wedge.engine.simulation.traced import play


class Game:
    """A game is its moves: after each it is played from the beginning, so that a step back is one move less.

    What a person says is a forced move, and their word stands: no joint front and no patron turns it. Whatever is
    said, no state goes past its own red line. Raises GameError for seats that cannot be taken.
    """

    def __init__(self, scenario: Any, seed: int, world: int, seats: Sequence[str], moves: Sequence[Move] = ()) -> None:
        self.scenario, self.seed, self.world = scenario, seed, world
        self.seats = tuple(dict.fromkeys(seats))
        self.moves = list(moves)
        self._sitting: Sitting | None = None
        if not self.seats:
            raise GameError("nobody has taken a seat", meant("", scenario.names.states))
        for seat in self.seats:
            _check_seat(scenario, seat)

    def _sat(self) -> Sitting:
        if self._sitting is None:
            self._sitting = Sitting(self.scenario, self.seed, self.world, self.seats, self.moves)
        return self._sitting

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
        self._sitting = None

    def back(self) -> Move:
        """Take back the last move, and return it. Raises GameError where none has been made."""
        if not self.moves:
            raise GameError("nothing has been said yet that could be taken back")
        self._sitting = None
        return self.moves.pop()

    @property
    def forced(self) -> tuple[Forced, ...]:
        """All that was said, as forced moves: played with them, the world is the same to the bit."""
        return tuple(self._sat().rows)

    @property
    def answered(self) -> list[tuple[Move, Question, tuple[Forced, ...]]]:
        """Each move, with the question it answered and the forced moves it stands for, in the order of play."""
        return list(self._sat().answered)

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
        moment = play(self.scenario, self.seed, self.world, (*self.forced, sincerely)).moments[n]
        offered = {issue: float(moment.issue[PROPOSAL, names.issues.index(issue)]) for issue in question.table.issues}
        proposes = int(moment.lane[MOVE]) == PROPOSE
        return Advice(-1, -1, offered if proposes else {}, float(moment.state[SURPLUS, who]))


def _check_seat(scenario: Any, seat: str) -> None:
    if seat not in scenario.names.states:
        raise GameError(f"there is no state {shown(seat)}", meant(seat, scenario.names.states))
    if scenario.names.states.index(seat) in scenario.outsiders:
        raise GameError(
            f"{seat} is played by a policy from a file",
            f"seat another with --policy {seat}=sincere, or take another seat",
        )
