"""What a page may show: a seat sees what it is asked and what is public, and the teacher sees all."""

from collections.abc import Iterator
from typing import Any

import pytest
from sessions import Class

from wedge.engine.classroom.session.viewing import Viewing
from wedge.engine.model import world as f
from wedge.engine.model.numbers import IDEAL, RED_LINE, SALIENCE

PRIVATE = (f.SURPLUS, f.OWN_BEST, f.HELD_OUT_FOR, f.WHIM_NOW, f.SCORE, f.LOYAL, f.PRESSED)


def numbers_in(value: Any) -> Iterator[float]:
    """Every number in a view, however deep."""
    if isinstance(value, float):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from numbers_in(part)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a view."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from texts_in(part)


@pytest.fixture
def monday(talks) -> Class:
    """Three people in three seats, in a game that has begun."""
    return Class(talks, seconds=60).come(ann="anna", ben="bert", cat="carl").start()


def looked_at(group: Class, person: str) -> Any:
    """What this person's page shows."""
    return Viewing(group.session).seat(group.session.people[person], {"ann"}, 10.0, debrief=True)


def test_no_number_of_anothers_is_in_a_seats_view(monday):
    """Through a whole game, for every seat."""
    session, names, checked = monday.session, monday.session.scenario.names, 0
    while session.status == "playing":
        n, run = session.game.round, session.game.so_far()
        offered = {float(y) for moment in run.moments[: n + 1] for y in moment.issue[f.PROPOSAL]}
        for person, seat in (("ann", "anna"), ("ben", "bert"), ("cat", "carl")):
            others = [i for i, name in enumerate(names.states) if name != seat]
            x, moment = run.numbers, run.moments[n]
            private = {float(x.position[what, i, k, 0]) for what in (IDEAL, SALIENCE) for i in others for k in range(2)}
            private |= {
                float(x.position[RED_LINE, i, k, 0])
                for i in others
                for k in range(2)
                if session.scenario.setting.red_side[i, k]
            }
            private |= {float(moment.state[field, i]) for field in PRIVATE for i in others}
            private |= {float(moment.before[i, j]) for i in others for j in range(3)}
            checked += len(private)
            assert not (set(numbers_in(looked_at(monday, person))) & private) - offered - {0.0, 0.25, 0.5, 1.0, 50.0}
        monday.round()
    assert checked > 100


def test_what_others_have_answered_is_sealed(monday):
    """That they have is shown, what is not; the seat itself sees its own, and the teacher all."""
    session = monday.session
    while len(session.questions()) < 2:
        question = session.questions()[0]
        said = {"said": "offer", "levels": {"land": 0.4, "truce": 0.875}} if question.kind == "propose" else {}
        monday.answer(session.at_seat(question.state)[0].key, **said)
    first, second = session.questions()
    one, other = session.at_seat(first.state)[0], session.at_seat(second.state)[0]
    unknowing = looked_at(monday, other.key)
    monday.answer(one.key, "yes")
    knowing = looked_at(monday, other.key)
    assert [True, False] == [each.answered for each in knowing.awaited]
    assert unknowing == knowing._replace(awaited=unknowing.awaited)
    assert ("yes", one.name) == (
        looked_at(monday, one.key).asked.sealed.said,
        looked_at(monday, one.key).asked.sealed.by,
    )
    everything = Viewing(session).teacher("http://here", set(), 10.0)
    assert "yes" in [seat.asked.sealed.said for seat in everything.seats if seat.asked and seat.asked.sealed]


def test_a_private_statement_reaches_two_seats(monday):
    """Those who said it, those it was said to, and the teacher."""
    monday.do(monday.session.say(1.0, "ann", "bert", "between us"))
    monday.do(monday.session.say(2.0, "ann", "", "to all"))
    heard = {person: [one.text for one in looked_at(monday, person).statements] for person in ("ann", "ben", "cat")}
    assert {"ann": ["to all", "between us"], "ben": ["to all", "between us"], "cat": ["to all"]} == heard
    assert 2 == len(Viewing(monday.session).teacher("", set(), 0.0).statements)


def test_what_others_predicted_is_theirs(talks):
    """A prediction is shown to who made it, and to the teacher."""
    group = Class(talks)
    group.do(group.session.join(0.0, "dan", "Dan", 0.7777, "token"))
    group.come(ann="anna").start()
    assert 0.7777 not in set(numbers_in(looked_at(group, "ann")))
    assert 0.7777 == looked_at(group, "dan").chance


def test_no_token_and_no_hash_is_in_any_view(monday):
    """Nothing that opens a seat."""
    views = [looked_at(monday, "ann"), Viewing(monday.session).teacher("", set(), 0.0)]
    hashes = {person.token for person in monday.session.people.values()}
    assert not hashes & {text for view in views for text in texts_in(view)}


def test_somebody_without_a_seat_sees_what_is_public(monday):
    """And is asked nothing."""
    monday.come(dan="")
    view = looked_at(monday, "dan")
    assert (None, None, ()) == (view.seat, view.asked, view.ties)


def test_at_the_end_it_is_said_how_it_ended(monday):
    """With what became of each alliance."""
    while monday.session.status == "playing":
        monday.round()
    view = looked_at(monday, "ann")
    assert "over" == view.status
    assert view.outcome[0].startswith(view.history[0].heading)
    assert view.clock.round == int(view.history[0].heading.split()[1].strip(","))
    assert any("held to the end" in text or "fractured in round" in text for text in view.outcome)


def test_of_a_game_that_was_ended_only_rounds_that_are_over_are_told(monday):
    """What the states' own tactics would have done in the round that waited is not told as its end."""
    monday.round()
    monday.do(monday.session.end(0.0))
    view = looked_at(monday, "ann")
    told = [text for one in view.history for text in one.sentences]
    assert "The teacher ended it here." == view.outcome[0]
    ends = [text.partition(": ")[2] for text in view.outcome[1:] if text.startswith("Round ")]
    assert set(ends) <= set(told)


def test_commitments_are_those_when_the_round_began(monday):
    """A seat sees its own ties, and none that binds another to it."""
    session, tie = monday.session, looked_at(monday, "ann").ties[0]
    x = session.game.so_far()
    a, b = (session.scenario.names.states.index(name) for name in ("anna", "bert"))
    assert ("Bert", float(x.moments[0].before[a, b])) == (tie.ally, tie.commitment)
    monday.round()
    monday.round()
    n = session.game.round
    assert float(session.game.so_far().moments[n].before[a, b]) == pytest.approx(
        looked_at(monday, "ann").ties[0].commitment
    )


def test_once_a_game_is_over_the_clock_tells_its_last_round(talks):
    """Not the last that the scenario would have had; and what is said afterwards belongs to no round."""
    group = Class(talks).come(ann="anna", ben="bert", cal="carl").start()
    while (questions := group.session.missing()) and group.session.game.round < 2:
        group.answer({"anna": "ann", "bert": "ben", "carl": "cal"}[questions[0].state])
    while questions := group.session.missing():
        word = "leave" if questions[0].kind == "answer" and questions[0].may_leave else ""
        group.answer({"anna": "ann", "bert": "ben", "carl": "cal"}[questions[0].state], word)
    last = max(move.round for move in group.session.game.moves) + 1
    group.do(group.session.say(9.0, "ann", "", "A pity."))
    view = looked_at(group, "ann")
    assert (last, 0) == (view.clock.round, view.statements[0].round)


def test_a_step_back_closes_the_debrief(monday):
    """The next one is the teacher's to read first."""
    while monday.session.status == "playing":
        monday.round()
    monday.do(monday.session.show(1.0, True))
    monday.do(monday.session.back(2.0, 1))
    assert ("playing", False) == (monday.session.status, monday.session.shown)
