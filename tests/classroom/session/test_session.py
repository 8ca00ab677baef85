"""A session: who may do what, what stays sealed, what a clock and a step back do, and that a log is the session."""

import pytest
from sessions import SEED, WORLD, Class

from wedge.engine.classroom.game import Game
from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.session.session import LONGEST_TEXT, Session, tidy


@pytest.fixture
def monday(talks) -> Class:
    """Three people in three seats; the game has begun, and it is a round in which two must answer."""
    group = Class(talks).come(ann="anna", ben="bert", cat="carl").start()
    while len(group.session.questions()) < 2:
        group.answer(group.session.at_seat(group.session.questions()[0].state)[0].key, **offer(group))
    return group


def offer(group: Class) -> dict[str, object]:
    """Something to say on the floor that others must answer."""
    if group.session.questions()[0].kind == "answer":
        return {"said": "no"}
    return {"said": "offer", "levels": {"land": 0.4, "truce": 0.875}}


def everything(session: Session) -> dict[str, object]:
    """All that a session knows."""
    known = {k: v for k, v in vars(session).items() if k not in ("scenario", "game")}
    game = session.game
    return known | {"game": (game.seats, game.moves, game.called) if game is not None else None}


class TestComingIn:
    """Joining, taking a seat, starting."""

    def test_names_are_taken_once(self, talks):
        """Whatever their case."""
        group = Class(talks).come(ann="anna")
        with pytest.raises(GameError, match="is called"):
            group.session.join(0.0, "other", "ANN", None, "token")

    @pytest.mark.parametrize("name", ["", "   ", "\x00\u202e", "\n"])
    def test_a_name_has_letters(self, talks, name):
        """Nothing that only looks like one."""
        with pytest.raises(GameError, match="a name is missing"):
            Class(talks).session.join(0.0, "ann", name, None, "token")

    @pytest.mark.parametrize("chance", [-0.01, 1.01, float("nan"), float("inf")])
    def test_a_prediction_is_a_chance(self, talks, chance):
        """From 0 to 1."""
        with pytest.raises(GameError, match="off the scale"):
            Class(talks).session.join(0.0, "ann", "Ann", chance, "token")

    def test_only_seats_that_people_play_can_be_taken(self, talks):
        """The others are their policies'."""
        group = Class(talks, seats=("anna",)).come(ann="")
        with pytest.raises(GameError, match="no seat that people play"):
            group.session.sit(0.0, "ann", "bert")

    def test_seats_without_people_are_played_by_their_policies(self, talks):
        """From the start on."""
        group = Class(talks).come(ann="anna", ben="anna").start()
        assert ("anna",) == group.session.game.seats

    def test_what_is_said_once_the_game_runs_is_no_prediction(self, talks):
        """Hindsight is not held against the runs; who comes late is in the session all the same."""
        group = Class(talks).come(ann="anna").start().come(ben="anna")
        assert [0.25, None] == [group.session.people[name].chance for name in ("ann", "ben")]
        assert [0.25, None] == [group.again().people[name].chance for name in ("ann", "ben")]

    def test_nobody_no_game(self, talks):
        """Somebody must have a seat."""
        with pytest.raises(GameError, match="nobody has taken a seat"):
            Class(talks).come(ann="").session.start(0.0)

    def test_a_token_is_known_by_its_hash_alone(self, talks):
        """What is kept on disk does not open a seat."""
        group = Class(talks).come(ann="anna")
        assert "ann" == group.session.person_by("token of ann").key
        assert "token of ann" not in str(group.entries)
        assert group.session.person_by(group.session.people["ann"].token) is None


class TestAnswering:
    """Sealed answers."""

    def test_nothing_moves_until_all_have_answered(self, monday):
        """And then all at once."""
        first, second = (monday.session.at_seat(one.state)[0].key for one in monday.session.questions())
        moves = list(monday.session.game.moves)
        monday.answer(first, "no")
        assert moves == monday.session.game.moves
        monday.answer(second, "no")
        assert len(moves) + 2 == len(monday.session.game.moves)

    def test_an_answer_can_be_changed_until_then(self, monday):
        """The last one counts, whoever at the seat gave it."""
        first, second = (one.state for one in monday.session.questions())
        mate = "mate"
        monday.come(mate=first)
        monday.answer(monday.session.at_seat(first)[0].key, "no")
        monday.answer(mate, "yes")
        monday.answer(monday.session.at_seat(second)[0].key, "no")
        said = {move.state: move.said for move in monday.session.game.moves[-2:]}
        assert {first: "yes", second: "no"} == said

    def test_an_answer_to_a_question_that_is_over_is_refused(self, monday):
        """A doubled tap, or a page that hung."""
        session = monday.session
        first = session.questions()[0]
        key, person = session.asked_key(first), session.at_seat(first.state)[0].key
        monday.round()
        with pytest.raises(GameError, match="that question is over"):
            session.answer(0.0, person, key, {"said": "yes"})

    def test_the_same_question_after_a_step_back_is_another(self, monday):
        """An answer on its way while the teacher steps back does not count."""
        session = monday.session
        first = session.questions()[0]
        key, person = session.asked_key(first), session.at_seat(first.state)[0].key
        monday.do(session.back(0.0, first.table.round))
        while session.question_for(first.state) is None or session.question_for(first.state).kind != "answer":
            monday.answer(session.at_seat(session.questions()[0].state)[0].key, **offer(monday))
        with pytest.raises(GameError, match="that question is over"):
            session.answer(0.0, person, key, {"said": "yes"})

    def test_nobody_answers_for_another_seat(self, monday):
        """The seat is the person's own, whatever is sent."""
        first, second = monday.session.questions()
        person = monday.session.at_seat(first.state)[0].key
        asked = monday.session.asked_key(first)
        entry = monday.session.answer(0.0, person, asked, {"said": "no", "state": second.state, "person": "x"})
        assert first.state == entry.data["move"]["state"]

    @pytest.mark.parametrize(
        "said",
        [
            {}, {"said": None}, {"said": "offer"}, {"said": "maybe"}, {"said": ["yes"]}, {"said": "consult", "ally": 3},
            {"said": "yes", "levels": [1]}, {"said": "pass"},
        ],
    )  # fmt: skip
    def test_what_is_no_answer_is_refused(self, monday, said):
        """With nothing changed."""
        session = monday.session
        first = session.questions()[0]
        with pytest.raises(GameError):
            session.answer(0.0, session.at_seat(first.state)[0].key, session.asked_key(first), said)

    @pytest.mark.parametrize("level", [-0.1, 1.5, "0.5", None, True, float("nan"), 10**400, [0.5], {}])
    def test_what_is_no_level_is_refused(self, talks, level):
        """With nothing changed."""
        group = Class(talks).come(ann="anna", ben="bert", cat="carl").start()
        session = group.session
        first = session.questions()[0]
        person, asked = session.at_seat(first.state)[0].key, session.asked_key(first)
        with pytest.raises(GameError):
            session.answer(0.0, person, asked, {"said": "offer", "levels": {"land": level}})

    def test_the_game_is_that_of_its_moves(self, monday):
        """No second copy of the rules: the same moves in a game by hand."""
        while monday.session.status == "playing":
            monday.round()
        game = monday.session.game
        other = Game(monday.session.scenario, SEED, WORLD, game.seats, game.moves, game.called)
        assert not other.waiting()
        assert other.forced == game.forced


class TestClocks:
    """Timers, pauses, and the engine's answers."""

    def test_time_runs_for_each_question(self, talks):
        """From when it was first asked."""
        group = Class(talks, seconds=60).come(ann="anna", ben="bert", cat="carl")
        group.now = 100.0
        group.start()
        assert [60.0, 20.0, 0.0] == [group.session.left(at) for at in (100.0, 140.0, 500.0)]
        group.now = 130.0
        for one in group.session.missing():
            group.answer(group.session.at_seat(one.state)[0].key)
        assert 60.0 == group.session.left(130.0)

    def test_a_pause_stops_it(self, talks):
        """And takes no answers."""
        group = Class(talks, seconds=60).come(ann="anna", ben="bert", cat="carl").start()
        group.do(group.session.pause(20.0))
        assert "paused" == group.session.status
        assert 40.0 == group.session.left(1000.0)
        with pytest.raises(GameError, match="paused"):
            group.answer(group.session.at_seat(group.session.missing()[0].state)[0].key)
        assert group.session.due(1000.0) is None
        group.do(group.session.resume(1000.0))
        assert 30.0 == group.session.left(1010.0)

    def test_when_it_is_over_the_engine_answers_for_those_who_are_missing(self, monday):
        """What a sincere policy would do; the log says that nobody did."""
        session = monday.session
        monday.do(session.time(0.0, 60))
        first, second = session.questions()
        monday.answer(session.at_seat(first.state)[0].key, "no")
        assert session.due(59.0) is None
        assert second.state == session.due(60.0)
        round_, turn = session.game.round, session.turns
        monday.do(session.stand_in(60.0, second.state))
        assert turn + 1 == session.turns
        assert [(first.state, False), (second.state, True)] == [
            (move.state, move.stood_in) for move in session.game.moves if move.round == round_
        ][-2:]

    def test_a_seat_handed_over_is_answered_for_at_once(self, monday):
        """Until it is taken back."""
        session = monday.session
        first = session.questions()[0].state
        monday.do(session.hand_over(0.0, first, True))
        assert first == session.due(0.0)
        monday.do(session.hand_over(0.0, first, False))
        assert session.due(0.0) is None

    def test_the_engine_alone_comes_to_the_end(self, talks):
        """Whatever it is asked it can answer."""
        group = Class(talks).come(ann="anna", ben="bert", cat="carl").start()
        for seat in group.session.game.seats:
            group.do(group.session.hand_over(0.0, seat, True))
        while (seat := group.session.due(0.0)) is not None:
            group.do(group.session.stand_in(0.0, seat))
        assert "over" == group.session.status


class TestTheTeacher:
    """Stepping back, calling events, ending."""

    def test_a_step_back_is_a_replay(self, monday):
        """The game is as it was when that round began."""
        session = monday.session
        n = session.game.round
        before = list(session.game.moves)
        monday.round()
        monday.round()
        monday.do(session.back(0.0, n))
        assert n == session.game.round
        assert [move for move in before if move.round < n] == session.game.moves
        assert {} == session.sealed

    def test_no_step_forward(self, monday):
        """Only rounds that have been played can be played anew."""
        with pytest.raises(GameError, match="has not been played"):
            monday.session.back(0.0, monday.session.game.round + 1)

    def test_a_called_event_happens_in_the_round_and_takes_its_answers_back(self, monday):
        """The table has changed since they were given."""
        session = monday.session
        n = session.game.round
        monday.do(session.call(0.0, "rift"))
        assert n == session.game.round
        assert {} == session.sealed
        assert [move for move in session.game.moves if move.round == n] == []
        monday.round()
        e = session.scenario.names.events.index("rift")
        assert e in [one for one, times in enumerate(session.game.so_far().moments[n].event[3]) if times >= 1]

    @pytest.mark.parametrize("event", ["rifts", "", "<b>"])
    def test_only_the_scenarios_events_can_be_called(self, monday, event):
        """With the nearest that is known."""
        with pytest.raises(GameError, match="there is no event"):
            monday.session.call(0.0, event)

    def test_an_ended_game_asks_nobody(self, monday):
        """And takes nothing back."""
        monday.do(monday.session.end(0.0))
        assert "over" == monday.session.status
        assert [] == monday.session.questions()
        with pytest.raises(GameError):
            monday.session.back(0.0, 0)

    def test_somebody_shown_out_is_known_no_more(self, monday):
        """Their token opens nothing."""
        monday.do(monday.session.remove(0.0, "ann"))
        assert monday.session.person_by("token of ann") is None
        assert "Ann" == monday.session.removed["ann"].name


class TestSpeaking:
    """Statements."""

    def test_what_is_typed_is_one_line_of_bounded_length(self):
        """Nothing that cannot be printed, nothing that turns text around."""
        assert "a b c" == tidy(" a\n\n b\x00\u202e c ", 500)
        assert LONGEST_TEXT == len(tidy("x" * 10_000, LONGEST_TEXT))

    def test_to_oneself_or_to_nobody_known_is_refused(self, monday):
        """A seat speaks to all or to another seat."""
        for to in ("anna", "nobody"):
            with pytest.raises(GameError, match="cannot be spoken to"):
                monday.session.say(0.0, "ann", to, "hello")


class TestTheLog:
    """A session is its log."""

    def test_read_again_it_is_the_same_session(self, monday):
        """At any point, to the last value."""
        session = monday.session
        monday.do(session.say(0.0, "ann", "", "hello"))
        monday.do(session.say(0.0, "ben", "anna", "psst"))
        monday.do(session.time(0.0, 90))
        monday.answer(session.at_seat(session.questions()[0].state)[0].key)
        assert everything(session) == everything(monday.again())
        monday.round()
        monday.do(session.call(5.0, "rift"))
        monday.do(session.pause(7.0))
        monday.do(session.back(8.0, 0))
        monday.do(session.resume(9.0))
        monday.do(session.remove(9.5, "cat"))
        monday.do(session.hand_over(9.5, "carl", True))
        monday.do(session.end(10.0))
        monday.do(session.show(11.0, True))
        assert everything(session) == everything(monday.again())
