"""The dialogue of ``wedge play``: what a seat is shown, and the commands of whoever sits in it."""

import contextlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wedge.engine.classroom.advice import advice_in_words
from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import (
    CONSULT_WITH,
    LEAVE,
    NO,
    OFFER,
    PASS_ON,
    SAYINGS,
    TO_PROPOSE,
    YES,
    GameError,
    Question,
    check_level,
)
from wedge.engine.classroom.record import heading, own_notes, round_in_public, rounds_before
from wedge.engine.classroom.saving import save
from wedge.engine.classroom.table import Seen
from wedge.engine.cli.common import out, say, say_error
from wedge.engine.cli.explain import print_lines
from wedge.engine.cli.streams import data_stream, terminal_width
from wedge.engine.model.words import REJECT
from wedge.engine.report.printing import Line, wrapped
from wedge.engine.report.rounds import Round
from wedge.engine.report.wording import Wording, capital, share
from wedge.engine.scenario.problems import meant, shown

ALIASES = {
    YES: ("y", "accept", "concede", "sign"), NO: ("n", "reject", "refuse"), LEAVE: ("walk",), OFFER: ("o", "propose"),
    PASS_ON: ("p",), CONSULT_WITH: ("c",), "advice": ("a", "why"), "follow": ("f",),
    "look": ("l",), "history": ("h",), "back": ("b",),
    "save": ("s",), "quit": ("q", "exit"), "help": ("?",),
}  # fmt: skip
COMMANDS = {alias: name for name, aliases in ALIASES.items() for alias in (name, *aliases)}
HELP = {
    OFFER: "propose: you are asked level by level; or at once, such as: offer {issue}=0.5",
    PASS_ON: "make no proposal this round",
    CONSULT_WITH: "spend the round on an ally, which mends the tie: consult STATE",
    YES: "sign what is offered",
    NO: "refuse it",
    LEAVE: "refuse, and walk out of the talks for good",
    "advice": "what a sincere policy would do here, and why",
    "follow": "do what the advice says, this once",
    "look": "the whole table again, and the issues that come later",
    "history": "every round so far, as all could follow it",
    "back": "take back the last move",
    "save": "where the game is kept; it is saved after every move anyhow",
    "quit": "stop here; the game can be gone on with",
    "help": "this list",
}


class Ended(Exception):
    """No more input, or no more wish to play."""


class Dialogue:
    """One game at one keyboard. The game is in the file after every move."""

    def __init__(self, game: Game, file: Path) -> None:
        self.game, self.file = game, file
        self.words = Wording(game.scenario)
        self.told: dict[str, int] = {}  # by seat: rounds whose outcome it has been told
        self.asked: dict[str, int] = {}  # by seat: the round it was last shown the table of
        self.stages: set[tuple[str, str]] = set()  # seats that have seen a stage whole
        self.at_terminal = sys.stdin.isatty() and data_stream().isatty()
        self.last_seat = ""
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure(errors="replace")

    def go_on(self) -> bool:
        """Ask until the game is over; False where the input, or whoever plays, ended it before."""
        if self.game.waiting():
            say(f"the game is kept in {self.file}; type ? for the commands")
        try:
            while waiting := self.game.waiting():
                self._turn(waiting[0])
        except Ended:
            return False
        return True

    def _turn(self, question: Question) -> None:
        """Show a seat its table and take commands until the game has changed."""
        self._hand_over(question.state)
        rounds = rounds_before(self.game.so_far(), question.table.round + 1)
        self._news(question, rounds[:-1])
        seen = question.state, question.table.stage
        print_lines(self._seen(question).lines(rounds[-1], seen not in self.stages))
        self.stages.add(seen)
        self.asked[question.state] = question.table.round
        while True:
            try:
                if self._obey(self._line(self._prompt(question)), question, rounds):
                    save(self.game, self.file)
                    return
            except GameError as error:
                say_error(error.message, error.help)

    def _seen(self, question: Question) -> Seen:
        return Seen(self.game.scenario, self.words, question, terminal_width())

    def _hand_over(self, state: str) -> None:
        """With several at one keyboard, nobody looks on at another's table."""
        if self.at_terminal and len(self.game.seats) > 1 and state != self.last_seat:
            self._line(f"{state}, it is your turn. Press Enter when only you are looking: ")
            click.clear()
        self.last_seat = state

    def _news(self, question: Question, rounds: list[Round]) -> None:
        """What came of the rounds since this seat was last told."""
        who = self.game.scenario.names.states.index(question.state)
        for told in rounds[self.told.get(question.state, 0) :]:
            known = self.asked.get(question.state) == told.n
            said = [*round_in_public(told, self.words, not known), *own_notes(told, self.words, who)]
            self._paragraph(heading(told.n, self.words), said)
        self.told[question.state] = len(rounds)

    def _paragraph(self, title: str, said: list[str]) -> None:
        if said:
            width = terminal_width()
            print_lines([*wrapped(title, width, "note"), *wrapped(" ".join(said), width, "text"), Line("text", "")])

    # Commands.

    def _prompt(self, question: Question) -> str:
        sayings = [saying for saying in SAYINGS[question.kind] if self._can(saying, question)]
        return f"{question.state}: {', '.join(sayings)}, advice or ?> "

    def _can(self, saying: str, question: Question) -> bool:
        return not (
            (saying == LEAVE and not question.may_leave) or (saying == CONSULT_WITH and not question.may_consult)
        )

    def _line(self, prompt: str) -> str:
        """A line of input; one from a pipe is shown, so that what is printed reads as a dialogue. Raises Ended."""
        click.echo(prompt, nl=False, err=True)
        line = sys.stdin.readline()
        if not line:
            say()
            raise Ended
        if not sys.stdin.isatty():
            say()
            out(f"> {line.strip()}")
        return line.strip()

    def _obey(self, line: str, question: Question, rounds: list[Round]) -> bool:
        """Carry out a command; whether the game has changed. Raises GameError and Ended."""
        verb, *rest = line.split() or [""]
        command = COMMANDS.get(verb.lower(), "")
        if not command:
            if verb:
                raise GameError(f"{shown(verb)} is no command", meant(verb, ALIASES) or "type ? for the commands")
            return False
        if command == OFFER and OFFER not in SAYINGS[question.kind]:
            self.game.say(question.state, OFFER)  # refused before anything is asked
        moves: dict[str, Callable[[], None]] = {
            OFFER: lambda: self._offer(rest, question),
            CONSULT_WITH: lambda: self.game.say(question.state, CONSULT_WITH, ally=" ".join(rest)),
            "back": self._back,
            "follow": lambda: self._follow(question),
        }
        if command in moves or command in (PASS_ON, YES, NO, LEAVE):
            moves.get(command, lambda: self.game.say(question.state, command))()
            return True
        self._tell(command, question, rounds)
        return False

    def _tell(self, command: str, question: Question, rounds: list[Round]) -> None:
        """What is asked for that changes nothing."""
        if command == "quit":
            raise Ended
        if command == "help":
            self._help(question)
        elif command == "advice":
            said = advice_in_words(self.game.advice(question), question, self.words)
            print_lines(line for sentence in said for line in wrapped(sentence, terminal_width(), "text"))
        elif command == "look":
            seen = self._seen(question)
            print_lines([*seen.lines(rounds[-1]), *seen.other_issues()])
        elif command == "history":
            for told in rounds[:-1]:
                self._paragraph(heading(told.n, self.words), round_in_public(told, self.words))
        else:
            say(f"the game is kept in {self.file}")

    def _help(self, question: Question) -> None:
        issue = question.table.issues[0]
        for name in (
            *SAYINGS[question.kind],
            *(name for name in HELP if name not in (*SAYINGS[TO_PROPOSE], YES, NO, LEAVE)),
        ):
            if self._can(name, question):
                text = HELP[name].format(issue=issue)
                also = ", ".join(ALIASES[name][:1])
                first = f"{name} ({also})".ljust(14)
                print_lines(wrapped(text, terminal_width(), "text", f"  {first}", " " * 16))

    def _follow(self, question: Question) -> None:
        """Do what the advice says."""
        advice = self.game.advice(question)
        if question.kind == TO_PROPOSE:
            self.game.say(question.state, OFFER if advice.levels else PASS_ON, advice.levels)
        else:
            self.game.say(question.state, NO if advice.stance == REJECT else YES)

    def _back(self) -> None:
        move = self.game.back()
        self.told = {state: min(n, move.round) for state, n in self.told.items()}
        self.asked = {}
        say(f"taken back: what {move.state} said in round {move.round + 1}")

    def _offer(self, said: list[str], question: Question) -> None:
        """An offer in one line, or level by level."""
        levels = self._levels_of(said, question) if said else self._levels_asked(question)
        self.game.say(question.state, OFFER, levels)

    def _levels_of(self, said: list[str], question: Question) -> dict[str, float]:
        levels = {}
        for piece in said:
            issue, equals, text = piece.partition("=")
            if not equals:
                raise GameError(f"{shown(piece)} is no level", f"write it like {question.table.issues[0]}=0.5")
            levels[issue] = _level(issue, text, question)
        for issue in question.table.issues:
            if issue not in levels:
                say(f"{issue} is left out: it stands at your own best")
        return levels

    def _levels_asked(self, question: Question) -> dict[str, float]:
        levels: dict[str, float] = {}
        for issue in question.table.issues:
            k = self.game.scenario.names.issues.index(issue)
            scale = "; ".join(f"{level:g} {text}" for level, text in self.words.levels[k].items())
            print_lines(wrapped(f"{capital(self.words.issue_titles[k])}: {scale}", terminal_width(), "text"))
            best = max(question.lowest[issue], question.table.ideals[issue])
            while issue not in levels:
                text = self._line(f"level from 0 to 1, Enter for your own best ({share(best)}), x to think again> ")
                if text.lower() == "x":
                    raise GameError("nothing is offered yet", "say what you do")
                if COMMANDS.get(text.lower()) == "quit":
                    raise Ended
                try:
                    levels[issue] = _level(issue, text, question) if text else best
                except GameError as error:
                    say_error(error.message, f"{error.help}; x for other commands")
        return levels


def _level(issue: str, text: str, question: Question) -> float:
    """A level as it was typed; a comma does for a point. Raises GameError."""
    level: Any = text
    with contextlib.suppress(ValueError):
        level = float(text.replace(",", "."))
    check_level(issue, level, question)
    return float(level)
