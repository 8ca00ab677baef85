"""Two futures of one world side by side: what changes, what differs first, how each ends."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from wedge.engine.analysis.notation import code_of
from wedge.engine.model import world as f
from wedge.engine.model.numbers import RED_LINE
from wedge.engine.model.words import ABSENT, CONSULT, DONE, ENDS, PASS, REJECT
from wedge.engine.report.framing import CONDITIONAL
from wedge.engine.report.printing import WIDTH, Line, in_columns, wrapped
from wedge.engine.report.rounds import Round, rounds_of_run
from wedge.engine.report.wording import Wording, capital, listed, number_word, share
from wedge.engine.simulation.forcing import FORCE_STANCE

DIFFERENCES = 6  # rounds told in which the two courses differ


class Fork(NamedTuple):
    """Two runs that share their past up to a round (from 0)."""

    round: int
    was: Any  # Run
    changed: Any  # Run
    saying: list[str]  # what was changed, as the caller said it

    def differences(self, words: Wording) -> list[tuple[int, str, str]]:
        """The rounds that anyone could tell apart, each as it was and as it is with the change."""
        pairs = zip(rounds_of_run(self.was), rounds_of_run(self.changed), strict=True)
        told = [(a.n, round_in_short(a, words), round_in_short(b, words)) for a, b in pairs]
        return [one for one in told if one[1] != one[2]]


def round_in_short(told: Round, words: Wording) -> str:
    """A round in a line: who did what, who consented, what came of it."""
    said = [f"“{words.event_titles[e]}”" for e in told.happened()]
    said += [_talks(told, words)] if told.talking and told.floor >= 0 and told.stage >= 0 else []
    said += [f"{capital(words.state(i))} walks out" for i in told.left()]
    said += [f"{words.arrow(i, j)} fractures" for i, j in told.broke()]
    said += ["The talks end" if told.ended() else ""]
    return ". ".join(part for part in said if part) + "." if any(said) else "Nothing happens."


def _talks(told: Round, words: Wording) -> str:
    who = capital(words.state(told.floor))
    if told.move == PASS:
        return f"{who} passes"
    if told.move == CONSULT:
        return f"{who} consults {words.state(int(told.lane(f.CONSULTED)))}"
    levels = listed([f"{words.issue_titles[k]} at {share(y)}" for k, y in told.proposal.items()])
    answers = [answer for answer in told.answers if answer.has_seat and answer.state != told.floor]
    for_it = [answer.state for answer in answers if answer.consents]
    against = [answer.state for answer in answers if not answer.consents]
    parts = [f"{words.states(for_it)} for it" if for_it else "", f"{words.states(against)} against" if against else ""]
    result = "agreed" if told.agreed else "not agreed"
    return f"{who} proposes {levels}: {'; '.join(part for part in parts if part) or 'no one answers'}; {result}"


def lines_of_fork(fork: Fork, width: int = WIDTH) -> Iterator[Line]:
    """The fork as lines of text."""
    words = Wording(fork.was.scenario)
    yield Line(
        "title", f"{words.name}: seed {fork.was.seed}, world {fork.was.number}, from {words.round(fork.round)} on"
    )
    yield from wrapped(
        f"Changed: {listed(fork.saying)}. Up to {words.round(fork.round)} both courses are the same.", width, "text"
    )
    yield Line("text", "")
    yield Line("heading", "What differs first")
    yield from _differences(fork, words, width)
    yield Line("text", "")
    yield Line("heading", "How each ends")
    for label, run in (("As it was", fork.was), ("Changed", fork.changed)):
        yield from wrapped(f"{label}: {ending_in_short(rounds_of_run(run)[-1], words)}", width, "text")
    yield Line("text", "")
    if fork.was.scenario.setting.tie.any():
        yield Line("heading", f"Commitments: when {words.round(fork.round)} began, and at the end of each course")
        yield from (Line("table", text) for text in _commitments(fork, words, width))
        yield Line("text", "")
    yield from wrapped(CONDITIONAL, width, "note")


def _differences(fork: Fork, words: Wording, width: int) -> Iterator[Line]:
    differing = fork.differences(words)
    if not differing:
        yield from wrapped("Nothing anyone does differs, to the end.", width, "text")
    for n, was, changed in differing[:DIFFERENCES]:
        yield from wrapped(f"{capital(words.round(n))}, {words.when(n)}", width, "text")
        yield from wrapped(was, width, "text", "  as it was: ", "             ")
        yield from wrapped(changed, width, "text", "  changed:   ", "             ")
    more = len(differing) - DIFFERENCES
    if more > 0:
        some = "one more round differs" if more == 1 else f"{number_word(more)} more rounds differ"
        yield from wrapped(f"{capital(some)}; wedge explain tells each course whole.", width, "note")


def notes_of(fork: Fork) -> list[str]:
    """What a forced answer could not do, or did against the state's own line."""
    words, s = Wording(fork.changed.scenario), fork.changed.scenario.setting
    rounds, notes = rounds_of_run(fork.changed), []
    for move in set(fork.changed.forced) - set(fork.was.forced):
        if move.kind != FORCE_STANCE:
            continue
        told, who, where = rounds[move.round], capital(words.state(move.who)), words.round(move.round)
        if told.floor == move.who:
            notes.append(
                f"{who} has the floor in {where}, so this is an answer to its own proposal; to take that out, force a pass"
            )
        elif told.now.state[f.STANCE, move.who] == ABSENT:
            notes.append(f"{who} is not asked in {where}: nothing is proposed to it")
        elif move.value != REJECT and _past_red_line(told, s, move.who):
            notes.append(
                f"{who}'s consent in {where} is past its own red line, which no state crosses of its own accord"
            )
    return sorted(notes)


def _past_red_line(told: Round, s: Any, i: int) -> bool:
    lines = {
        k: (level - float(told.x.position[RED_LINE, i, k, 0])) * s.red_side[i, k] for k, level in told.proposal.items()
    }
    return any(beyond > 1e-12 for beyond in lines.values())


def ending_in_short(last: Round, words: Wording) -> str:
    """How the talks ended, what was settled, what became of the alliances."""
    lane = last.now.lane
    n, how = int(lane[f.END_ROUND]), ENDS[int(lane[f.TALKS])]
    ended = {
        "settled": "the talks succeed",
        "out_of_rounds": "the talks run out of time",
        "walked_out": "a needed state walks out",
        "broken_down": "the talks break down",
        "going": "the talks are still going",
    }[how]
    said = [f"{ended} in {words.round(n)}" if n >= 0 else ended]
    done = [title for g, title in enumerate(words.stage_titles) if last.now.stage[f.STANDING, g] == DONE]
    said.append(f"settled: {listed([f'“{title}”' for title in done])}" if done else "nothing is settled")
    if last.s.war_issue >= 0:
        said.append("the fighting goes on" if lane[f.FIGHTING_NOW] == 1.0 else "the fighting is over")
    for a, title in enumerate(words.alliance_titles):
        broke = int(last.now.alliance[f.ALLIANCE_FRACTURED, a])
        said.append(f"{title} fractured in {words.round(broke)}" if broke >= 0 else f"{title} holds")
    return f"{'; '.join(said)}."


def _commitments(fork: Fork, words: Wording, width: int) -> list[str]:
    rows = [["tie", "then", "as it was", "changed", ""]]
    was, changed = rounds_of_run(fork.was), rounds_of_run(fork.changed)
    for i, j in was[-1].ties:
        ends = [run[-1].tie(f.COMMITMENT_NOW, i, j) for run in (was, changed)]
        broke = [int(run[-1].tie(f.FRACTURE_ROUND, i, j)) for run in (was, changed)]
        notes = [
            f"{label} it broke in {words.round(n)}"
            for label, n in zip(("as it was", "changed"), broke, strict=True)
            if n >= 0
        ]
        then = was[fork.round].commitment(i, j)[0]
        rows.append([words.arrow(i, j), share(then, 3), *(share(end, 3) for end in ends), "; ".join(notes)])
    return in_columns(rows, width)


def fork_as_data(fork: Fork) -> dict[str, Any]:
    """The fork as plain values. Rounds count from 0."""
    differing = fork.differences(Wording(fork.was.scenario))
    return {
        "round": fork.round,
        "changed": fork.saying,
        "first_difference": differing[0][0] if differing else None,
        "notes": notes_of(fork),
        "courses": {label: _as_data(run) for label, run in (("was", fork.was), ("changed", fork.changed))},
    }


def _as_data(run: Any) -> dict[str, Any]:
    last, names = rounds_of_run(run)[-1], run.scenario.names
    return {
        "code": code_of(run.scenario, run.seed, run.number, run.forced),
        "ending": ENDS[int(last.lane(f.TALKS))],
        "end_round": int(last.lane(f.END_ROUND)),
        "levels": {k: float(last.now.issue[f.LEVEL_NOW, at]) for at, k in enumerate(names.issues)},
        "settled": [k for at, k in enumerate(names.issues) if last.now.issue[f.IS_SETTLED, at] == 1.0],
        "alliances": _rounds(names.alliances, last.now.alliance[f.ALLIANCE_FRACTURED]),
        "commitments": {f"{names.states[i]}.{names.states[j]}": last.tie(f.COMMITMENT_NOW, i, j) for i, j in last.ties},
    }


def _rounds(names: Sequence[str], rounds: Any) -> dict[str, int | None]:
    """The round in which each fractured, or nothing."""
    return {name: int(n) if n >= 0 else None for name, n in zip(names, rounds, strict=True)}
