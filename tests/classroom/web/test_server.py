"""Who may see and do what: links, cookies, sockets and posts of those who may not are turned away, and change nothing."""

import asyncio
import contextlib

import pytest
from starlette.requests import Request
from starlette.websockets import WebSocketDisconnect
from visitors import HERE, TEACHER, Running, Teacher, Visitor

from wedge.engine.classroom.moves import GameError
from wedge.engine.classroom.web.connections import NOT_YOURS
from wedge.engine.classroom.web.doors import CODE_LENGTH, LETTERS, RATES
from wedge.engine.classroom.web.requests import LONGEST_BODY, Turned, body_of
from wedge.engine.classroom.web.room import Room
from wedge.engine.classroom.web.serving import ANYWHERE, LOOPBACK, listen, teachers_token
from wedge.engine.scenario import load
from wedge.engine.scenario.changes import Change


def session_of(visitor):
    """The session a visitor is in."""
    return visitor.room.halls[visitor.session].session


def asked(visitor, seat):
    """The key of what a seat is asked now."""
    session = session_of(visitor)
    return session.asked_key(session.question_for(seat))


def to_an_answer(people):
    """Play on until two seats are asked for an answer; their names."""
    session = session_of(people["anna"])
    while len(session.questions()) < 2:
        question = session.questions()[0]
        said = {"said": "no"}
        if question.kind == "propose":
            said = {"said": "offer", "levels": {"land": 0.4, "truce": 0.875}}
        answer = people[question.state].act("answer", asked=asked(people["anna"], question.state), **said)
        assert 200 == answer.status_code
    return [question.state for question in session.questions()]


class TestASeat:
    """Nobody sees another's page or answers for it."""

    def test_a_guessed_link_opens_nothing(self, monday, running):
        """The address of a session is no key to it."""
        stranger = Visitor(running)
        for where in ("", "/role", "/debrief"):
            assert 403 == stranger.get(f"/seat/{monday['anna'].session}{where}").status_code

    def test_a_session_that_is_not_there_answers_as_one_that_somebody_is_not_in(self, monday, running):
        """So that addresses cannot be told apart by trying."""
        stranger = Visitor(running)
        answers = [stranger.get(f"/seat/{key}") for key in (monday["anna"].session, "nowhere")]
        assert [403, 403] == [answer.status_code for answer in answers]
        assert answers[0].text == answers[1].text

    def test_a_cookie_of_another_session_opens_nothing(self, monday, teacher, room, running):
        """Even under the right name."""
        other = Visitor(running).join(room.halls[teacher.make()].session.code, "Dan")
        token = other.client.cookies[f"wedge_seat_{other.session}"]
        other.client.cookies.set(f"wedge_seat_{monday['anna'].session}", token)
        assert 403 == other.get(f"/seat/{monday['anna'].session}").status_code

    def test_an_answer_is_for_ones_own_seat_whatever_is_sent(self, monday):
        """Fields that name another seat are not heard."""
        first, second = to_an_answer(monday)
        session = session_of(monday["anna"])
        other = session.at_seat(second)[0].key
        answer = monday[first].act(
            "answer", asked=asked(monday[first], first), said="yes", state=second, person=other, seat=second
        )
        assert 200 == answer.status_code
        assert [first] == list(session.sealed)

    def test_a_replayed_answer_changes_nothing(self, monday):
        """The same post again, once the question is over."""
        first, second = to_an_answer(monday)
        session = session_of(monday["anna"])
        question = asked(monday[first], first)
        said = {"asked": question, "said": "no"}
        assert 200 == monday[first].act("answer", **said).status_code
        assert 200 == monday[first].act("answer", **said).status_code, "it may be said again until all have answered"
        assert 200 == monday[second].act("answer", asked=asked(monday[second], second), said="no").status_code
        moves = list(session.game.moves)
        assert 409 == monday[first].act("answer", **said).status_code
        assert moves == session.game.moves

    def test_a_seat_of_no_ones_choosing_cannot_be_taken(self, monday):
        """Only those that people play."""
        assert 409 == monday["anna"].act("sit", seat="nobody").status_code

    def test_whoever_has_a_seat_keeps_it_once_the_game_runs(self, monday):
        """Else one could look at what another seat knows; nor can one stand up and sit elsewhere."""
        assert [409, 409] == [monday["anna"].act("sit", seat=seat).status_code for seat in ("bert", "")]
        assert ["anna player"] == [one.name for one in session_of(monday["anna"]).at_seat("anna")]

    def test_whoever_is_late_is_seated_by_the_teacher(self, monday, running, teacher):
        """Else somebody of one seat could come in a second time and look at what another knows."""
        to_an_answer(monday)
        while session_of(monday["anna"]).game.round == 0:
            teacher.do(monday["anna"].session, "advance")
        late = Visitor(running).join(session_of(monday["anna"]).code, "Late")
        assert 409 == late.act("sit", seat="bert").status_code
        page = late.get(f"/seat/{late.session}").text
        assert "Your teacher gives you a seat" in page
        assert "What happened" in page
        assert "Sit here" not in page
        (person,) = (one.key for one in session_of(late).people.values() if one.name == "Late")
        assert 200 == teacher.do(late.session, "sit", person=person, seat="bert").status_code
        assert "Your seat" in late.get(f"/seat/{late.session}").text

    def test_whoever_has_read_a_role_keeps_the_seat(self, teacher, room, running):
        """Before the game as well: else one could read them all. The teacher can move them."""
        code = room.halls[teacher.make()].session.code
        ann = Visitor(running).join(code, "Ann")
        assert [200, 200] == [ann.act("sit", seat=seat).status_code for seat in ("anna", "bert")]
        assert 200 == ann.get(f"/seat/{ann.session}/role").status_code
        assert [409, 409, 200] == [ann.act("sit", seat=seat).status_code for seat in ("anna", "", "bert")]
        assert "keep this seat" in ann.get(f"/seat/{ann.session}").text
        (person,) = session_of(ann).people
        assert 200 == teacher.do(ann.session, "sit", person=person, seat="anna").status_code
        assert 409 == ann.act("sit", seat="bert").status_code

    def test_one_browser_is_one_person(self, teacher, room, running):
        """By another name it could else take one seat after the other, and read all roles."""
        code = room.halls[teacher.make()].session.code
        ann = Visitor(running).join(code, "Ann")
        said = ann.post("/join", {"code": code, "name": "Anna", "chance": 0.5})
        assert (409, 1) == (said.status_code, len(session_of(ann).people))
        assert "as Ann" in said.json()["error"]

    def test_an_event_that_is_called_is_told_to_all(self, monday, teacher, running):
        """On every page, on the wall as well, with what became of the answers."""
        key = monday["anna"].session
        first, second = to_an_answer(monday)
        monday[first].act("answer", asked=asked(monday[first], first), said="no")
        assert 200 == teacher.do(key, "call", event="rift").status_code
        for page in (monday[first].get(f"/seat/{key}"), teacher.get(f"/teacher/session/{key}/projector")):
            assert "The teacher let an event happen" in page.text
            assert "no longer counts" in page.text
            assert "Event: " in page.text
        to_an_answer(monday)
        assert "proposes" in teacher.get(f"/teacher/session/{key}/projector").text.partition("This round")[2]
        teacher.do(key, "back", round=1)
        assert "round 1 is played anew" in monday[second].get(f"/seat/{key}").text

    def test_a_game_that_was_ended_early_says_so(self, monday, teacher):
        """No alliance held to an end that never came."""
        teacher.do(monday["anna"].session, "end")
        page = monday["anna"].get(f"/seat/{monday['anna'].session}").text
        assert "held so far (0 of" in page
        assert "to the end" not in page
        assert 'data-status="ended"' in page

    def test_what_the_engine_said_in_a_place_is_told_there(self, monday, teacher):
        """To whoever has the seat, and to nobody else."""
        key = monday["anna"].session
        first, second = to_an_answer(monday)
        teacher.do(key, "engine", state=first, on=True)
        assert "lets the engine answer" in monday[first].get(f"/seat/{key}").text
        monday[second].act("answer", asked=asked(monday[second], second), said="no")
        while session_of(monday["anna"]).game.round == 0:
            teacher.do(key, "advance")
        told = [
            monday[seat].get(f"/seat/{key}").text.count("The engine answered in your place") for seat in (first, second)
        ]
        assert told[0] > 0
        engines = [move for move in session_of(monday["anna"]).game.moves if move.stood_in and move.round == 0]
        assert sum(move.state == second for move in engines) == told[1]

    def test_without_a_seat_there_is_no_role(self, teacher, room, running):
        """To read."""
        ann = Visitor(running).join(room.halls[teacher.make()].session.code, "Ann")
        assert 409 == ann.get(f"/seat/{ann.session}/role").status_code

    def test_whoever_joins_again_with_the_same_browser_and_name_goes_on(self, monday):
        """As happens when the code is scanned once more."""
        monday["anna"].join(session_of(monday["anna"]).code, "Anna Player")
        assert 3 == len(session_of(monday["anna"]).people)
        assert 200 == monday["anna"].act("say", to="bert", text="here again").status_code

    def test_another_browser_cannot_go_on_by_a_name(self, monday, running):
        """The name alone proves nothing."""
        said = {"code": session_of(monday["anna"]).code, "name": "anna player", "chance": 0.5}
        assert 409 == Visitor(running).post("/join", said).status_code

    def test_somebody_shown_out_is_out(self, monday, teacher):
        """At once, on every address."""
        person = session_of(monday["anna"]).at_seat("anna")[0].key
        assert 200 == teacher.do(monday["anna"].session, "remove", person=person).status_code
        assert 403 == monday["anna"].get(f"/seat/{monday['anna'].session}").status_code
        assert 403 == monday["anna"].act("say", to="", text="still here").status_code

    def test_what_is_typed_is_shown_as_text(self, teacher, room, running):
        """A name and a statement that are markup."""
        key = teacher.make(title="<script>alert(0)</script>")
        code = room.halls[key].session.code
        ann = Visitor(running).join(code, "<script>alert(1)</script>")
        ben = Visitor(running).join(code, '"><img src=x onerror=alert(2)>')
        ann.act("sit", seat="anna")
        ben.act("sit", seat="anna")
        ann.act("say", to="", text="</p><svg onload=alert(3)>")
        pages = [ben.get(f"/seat/{key}"), teacher.get(f"/teacher/session/{key}"), teacher.get("/teacher")]
        for page in pages:
            assert 200 == page.status_code
            for markup in ("<script>alert", "<img src=x", "<svg onload"):
                assert markup not in page.text
        assert "&lt;svg onload" in pages[0].text

    def test_the_role_sheet_is_ones_own(self, monday):
        """Chosen by who asks, not by the address."""
        page = monday["anna"].get(f"/seat/{monday['anna'].session}/role")
        assert 200 == page.status_code
        assert "Anna" in page.text
        assert page.text != monday["bert"].get(f"/seat/{monday['bert'].session}/role").text


class TestPosts:
    """What comes from elsewhere is not heard."""

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({"origin": None}, 403), ({"origin": "http://evil.test"}, 403), ({"origin": "null"}, 403),
            ({"origin": "https://classroom.test:8000"}, 403), ({"x_wedge": None}, 403),
            ({"content_type": "text/plain"}, 415), ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ],
    )  # fmt: skip
    def test_a_post_of_another_place_is_refused(self, monday, headers, status):
        """Without the origin of this classroom, its header and its kind of content."""
        session = session_of(monday["anna"])
        version = session.version
        answer = monday["anna"].post(f"/seat/{monday['anna'].session}/say", {"to": "", "text": "hello"}, **headers)
        assert status == answer.status_code
        assert version == session.version

    @pytest.mark.parametrize(
        "content", ["", "nonsense", "[1]", "null", '"x"', '{"text": NaN}', "[" * 5000, b"\xff\xfe"]
    )
    def test_what_is_no_object_is_refused(self, monday, content):
        """In words, not with a fault."""
        answer = monday["anna"].post(f"/seat/{monday['anna'].session}/say", content)
        assert 400 == answer.status_code
        assert answer.json()["error"]

    def test_what_breaks_off_is_no_fault(self, monday):
        """As when a phone loses the network while it sends."""

        async def gone():
            return {"type": "http.disconnect"}

        said = [(b"host", b"x"), (b"origin", b"http://x"), (b"x-wedge", b"1"), (b"content-type", b"application/json")]
        request = Request({"type": "http", "method": "POST", "path": "/join", "headers": said}, gone)
        with pytest.raises(Turned, match="broke off"):
            asyncio.run(body_of(request))

    def test_what_is_too_long_is_refused(self, monday):
        """Before it is read to its end."""
        answer = monday["anna"].post(f"/seat/{monday['anna'].session}/say", "x" * (LONGEST_BODY + 1))
        assert 413 == answer.status_code

    @pytest.mark.parametrize(
        ("what", "data"),
        [
            ("say", {"to": 3, "text": "x"}), ("say", {"to": "", "text": ["x"]}), ("sit", {"seat": {}}),
            ("answer", {"asked": 1, "said": "no"}), ("advice", {"asked": None}), ("fly", {}),
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_refused_in_words(self, monday, what, data):
        """With a status that says whose fault it is."""
        answer = monday["anna"].act(what, **data)
        assert answer.status_code in (400, 404, 409)
        assert answer.json()["error"]

    def test_an_address_of_another_name_is_not_answered(self, running):
        """A page elsewhere that makes its own name point here gets nothing."""
        visitor = Visitor(running)
        assert 421 == visitor.get("/", host="evil.test:8000").status_code

    def test_every_answer_keeps_pages_to_themselves(self, monday, teacher, running):
        """No script, style or frame of another place, and nothing is kept by caches."""
        key = monday["anna"].session
        answers = [
            Visitor(running).get("/"), monday["anna"].get(f"/seat/{key}"), monday["anna"].get(f"/seat/{key}/role"),
            teacher.get(f"/teacher/session/{key}"), Visitor(running).get("/nowhere"), Visitor(running).get("/teacher"),
        ]  # fmt: skip
        for answer in answers:
            policy = answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in policy
            assert "unsafe-inline" not in policy.replace("style-src 'unsafe-inline'", "")
            assert "no-store" == answer.headers["cache-control"]
            assert "nosniff" == answer.headers["x-content-type-options"]

    def test_cookies_are_for_this_server_alone(self, room, teacher, running):
        """No script reads them, and no other site's request carries them."""
        code = room.halls[teacher.make()].session.code
        answer = Visitor(running).post("/join", {"code": code, "name": "Ann", "chance": None})
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert "samesite=strict" in answer.headers["set-cookie"].lower()

    @pytest.mark.parametrize("where", ["/static/../server.py", "/static/%2e%2e/server.py", "/static/..%2fserver.py"])
    def test_static_files_are_those_of_their_folder(self, where, running):
        """And no others."""
        assert 404 == Visitor(running).get(where).status_code


class TestCodes:
    """Join codes cannot be found by trying."""

    def test_there_are_too_many(self):
        """At the rate that all together may try, the whole range takes a century."""
        rate = RATES["wrong code anywhere"].each_second
        assert len(LETTERS) ** CODE_LENGTH / rate > 9 * 365 * 86_400

    def test_after_some_wrong_ones_even_the_right_one_is_not_heard(self, room, teacher, running):
        """For a while, from that address; others are."""
        code = room.halls[teacher.make()].session.code
        guesser = Visitor(running, "10.9.9.9")
        tried = [guesser.post("/join", {"code": "WRONG2", "name": "x"}).status_code for _ in range(11)]
        assert [404] * 10 + [429] == tried
        assert 429 == guesser.post("/join", {"code": code, "name": "x"}).status_code
        assert 200 == Visitor(running, "10.9.9.8").post("/join", {"code": code, "name": "x"}).status_code

    def test_the_teachers_link_cannot_be_found_by_trying_either(self, running):
        """Nor is anything near it let in."""
        guesser = Visitor(running, "10.9.9.9")
        tried = [guesser.get(f"/teacher/{TEACHER[:-1]}{n}").status_code for n in range(12)]
        assert 403 == tried[0]
        assert 429 == tried[-1]
        assert 429 == guesser.get(f"/teacher/{TEACHER}").status_code

    def test_the_teachers_link_opens_as_often_as_it_is_opened(self, room, teacher, running):
        """Also where students have tried codes from the same address."""
        desk = Visitor(running, "10.9.9.9")
        assert [404] * 10 == [desk.post("/join", {"code": "WRONG2", "name": "x"}).status_code for _ in range(10)]
        assert [303] * 15 == [desk.get(f"/teacher/{TEACHER}").status_code for _ in range(15)]

    def test_a_code_is_taken_as_it_is_meant(self, room, teacher, running):
        """Small letters and spaces do not matter."""
        code = room.halls[teacher.make()].session.code
        assert (
            200 == Visitor(running).post("/join", {"code": f" {code[:3].lower()} {code[3:]}", "name": "x"}).status_code
        )

    def test_an_ended_session_is_closed(self, monday, room, teacher, running):
        """Nobody joins it any more."""
        key = monday["anna"].session
        teacher.do(key, "end")
        code = room.halls[key].session.code
        assert 404 == Visitor(running, "10.7.7.7").post("/join", {"code": code, "name": "late"}).status_code


class TestRates:
    """Nobody can flood a session."""

    def test_statements(self, monday):
        """A few at once, then one every two seconds."""
        said = [monday["anna"].act("say", to="", text=f"line {n}").status_code for n in range(8)]
        assert [200] * 5 == said[:5]
        assert 429 in said[5:]

    def test_acts(self, monday):
        """Faster than any hand."""
        done = [monday["anna"].act("sit", seat="anna").status_code for _ in range(40)]
        assert 429 in done


class TestTheTeacher:
    """What is the teacher's is the teacher's."""

    ADDRESSES = ("/teacher", "/teacher/session/{0}", "/teacher/session/{0}/game.json", "/teacher/session/{0}/log.csv",
                 "/teacher/session/{0}/roles", "/teacher/session/{0}/projector", "/teacher/session/{0}/debrief/grades.csv")  # fmt: skip

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_a_seat_does_not_open_it(self, monday, address):
        """Nor does nobody at all."""
        assert 403 == monday["anna"].get(address.format(monday["anna"].session)).status_code

    def test_a_seat_cannot_do_what_the_teacher_does(self, monday):
        """Not one of the acts."""
        session = session_of(monday["anna"])
        version = session.version
        for what in ("start", "pause", "back", "call", "end", "remove", "advance", "debrief", "show", "engine"):
            assert 403 == monday["anna"].post(f"/teacher/session/{monday['anna'].session}/{what}", {}).status_code
        assert version == session.version

    def test_the_whole_lesson(self, monday, teacher):
        """Timer, pause, event, step back, statement, seats, engine, end: each does what it says."""
        key, session = monday["anna"].session, session_of(monday["anna"])
        n = session.game.round
        assert 200 == teacher.do(key, "timer", seconds=60).status_code
        assert 60 == session.seconds
        assert 200 == teacher.do(key, "pause").status_code
        assert 409 == monday["anna"].act("answer", asked="x", said="no").status_code
        assert 200 == teacher.do(key, "resume").status_code
        assert 200 == teacher.do(key, "advance").status_code
        assert 200 == teacher.do(key, "call", event="rift").status_code
        assert 200 == teacher.do(key, "say", to="", text="Two minutes.").status_code
        assert 200 == teacher.do(key, "engine", state="carl", on=True).status_code
        assert {"carl"} == session.engine
        assert 200 == teacher.do(key, "back", round=n + 1).status_code
        assert n == session.game.round
        person = session.at_seat("bert")[0].key
        assert 200 == teacher.do(key, "sit", person=person, seat="anna").status_code
        assert 2 == len(session.at_seat("anna"))
        assert 200 == teacher.do(key, "end").status_code
        assert "over" == session.status

    def test_what_cannot_be_done_is_said(self, monday, teacher):
        """With what would help."""
        key = monday["anna"].session
        for what, data in (("start", {}), ("resume", {}), ("call", {"event": "nothing"}), ("timer", {"seconds": 1}), ("back", {"round": 99}), ("fly", {})):  # fmt: skip
            answer = teacher.do(key, what, **data)
            assert answer.status_code in (404, 409)
            assert answer.json()["error"]

    def test_the_game_is_a_file_of_wedge_play(self, monday, teacher, tmp_path):
        """It can be gone on with at the terminal, and debriefed."""
        from wedge.engine.classroom.saving import load

        to_an_answer(monday)
        path = tmp_path / "game.json"
        path.write_text(teacher.get(f"/teacher/session/{monday['anna'].session}/game.json").text, encoding="utf-8")
        assert session_of(monday["anna"]).game.moves == load(path).moves

    def test_the_log_has_no_token_and_no_formula(self, teacher, room, running):
        """A spreadsheet runs nothing that somebody typed."""
        key = teacher.make()
        ann = Visitor(running).join(room.halls[key].session.code, "=HYPERLINK(1)")
        text = teacher.get(f"/teacher/session/{key}/log.csv").text
        assert "'=HYPERLINK(1)" in text
        assert ann.client.cookies[f"wedge_seat_{key}"] not in text
        assert session_of(ann).person_by(ann.client.cookies[f"wedge_seat_{key}"]).token not in text

    def test_a_seat_without_people_cannot_be_asked(self, teacher, room, running):
        """Its policy plays it, and the session begins with those who came."""
        key = teacher.make(seats=["anna", "bert"])
        code = room.halls[key].session.code
        assert 409 == teacher.do(key, "start").status_code
        Visitor(running).join(code, "Ann").act("sit", seat="anna")
        assert 200 == teacher.do(key, "start").status_code
        assert ("anna",) == room.halls[key].session.game.seats

    @pytest.mark.parametrize(
        "wrong",
        [
            {"scenario": "nowhere"}, {"seats": ["nobody"]}, {"seats": "anna"}, {"seats": [1]}, {"seed": -1},
            {"seed": 1.5}, {"world": "x"}, {"world": 2**60}, {"seconds": 1}, {"seconds": "long"}, {"other": "nowhere"},
        ],
    )  # fmt: skip
    def test_a_session_that_cannot_be_made_is_refused(self, teacher, room, wrong):
        """And is not there afterwards."""
        wanted = {"title": "x", "scenario": next(iter(room.scenarios)), "seats": [], "seconds": None, "seed": 1, "world": 1, "other": ""}  # fmt: skip
        answer = teacher.post("/teacher/sessions", {**wanted, **wrong})
        assert answer.status_code in (400, 409)
        assert {} == room.halls


class TestSockets:
    """A page's socket is the page's."""

    def closed(self, visitor, *where, **headers):
        """Whether the socket is turned away."""
        try:
            with visitor.socket(*where, **headers) as socket:
                socket.receive_json()
        except WebSocketDisconnect:
            return True
        return False

    def test_one_hears_what_one_may_see(self, monday):
        """And all of it when the socket opens."""
        first, _ = to_an_answer(monday)
        with monday[first].socket() as socket:
            message = socket.receive_json()
        assert asked(monday[first], first) == message["asked"]
        assert message["parts"]

    def test_nobody_opens_anothers(self, monday, running):
        """Not without a cookie, not with that of another place, not from another page."""
        session = monday["anna"].session
        assert self.closed(Visitor(running), f"/live/seat/{session}")
        assert self.closed(monday["anna"], origin="http://evil.test")
        assert self.closed(monday["anna"], f"/live/teacher/{session}")
        assert self.closed(monday["anna"], "/live/seat/nowhere")
        assert not self.closed(monday["anna"])

    def test_a_page_that_may_see_nothing_is_told_so(self, monday, running):
        """By a code that its script can read, so that it does not try for ever."""
        line = Visitor(running).socket(f"/live/seat/{monday['anna'].session}")
        with line as socket, pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
        assert NOT_YOURS == closed.value.code

    def test_bytes_end_nothing(self, monday):
        """A page sends text; what else comes is not read."""
        with monday["anna"].socket() as socket:
            socket.receive_json()
            socket.send_bytes(b"\x00")
            monday["bert"].act("say", to="", text="still there?")
            assert "still there?" in str(socket.receive_json()["parts"])

    def test_what_is_pushed_to_a_seat_is_its_own(self, monday):
        """Another's sealed answer is in no message."""
        first, second = to_an_answer(monday)
        with monday[second].socket() as socket:
            socket.receive_json()
            monday[first].act("answer", asked=asked(monday[first], first), said="yes")
            message = socket.receive_json()
        assert "Sealed" not in str(message["parts"])
        assert {"awaited"} >= set(message["parts"]) - {"mates"}

    def test_it_closes_when_somebody_is_shown_out(self, monday, teacher):
        """They hear no more."""
        person = session_of(monday["anna"]).at_seat("anna")[0].key
        with monday["anna"].socket() as socket:
            socket.receive_json()
            teacher.do(monday["anna"].session, "remove", person=person)
            with pytest.raises(WebSocketDisconnect):
                list(iter(socket.receive_json, "never"))


class TestKeeping:
    """What was answered is there after any end."""

    def test_the_same_folder_goes_on(self, monday, talks, room):
        """Sealed answers, people and their cookies included."""
        first, second = to_an_answer(monday)
        monday[first].act("answer", asked=asked(monday[first], first), said="yes")
        room.store.close()
        again = Room(room.folder, [talks], TEACHER)
        session = again.halls[monday["anna"].session].session
        assert {first: "yes"} == {state: sealed.move.said for state, sealed in session.sealed.items()}
        back = Visitor(Running(again))
        back.client.cookies = monday[second].client.cookies
        back.session = monday[second].session
        assert 200 == back.act("answer", asked=asked(back, second), said="no").status_code
        assert {} == session.sealed
        again.store.close()

    def test_a_session_of_a_scenario_that_has_changed_is_named(self, monday, load_talks, talks, room):
        """It is kept, and not gone on with as another game."""
        room.store.close()
        changed = load_talks(lambda tree: tree["issues"]["land"].update(status_quo=0.25))
        object.__setattr__(changed, "path", talks.path)
        again = Room(room.folder, [changed], TEACHER)
        assert {} == again.halls
        assert "has changed" in again.lost[0].why
        page = Teacher(Running(again)).get("/teacher")
        assert "has changed" in page.text
        again.store.close()

    def test_the_teachers_token_lasts_and_is_the_owners_alone(self, tmp_path):
        """Nobody else on the machine reads it."""
        token = teachers_token(tmp_path)
        assert token == teachers_token(tmp_path)
        assert 0o600 == (tmp_path / "teacher-token").stat().st_mode & 0o777


class TestListening:
    """Loopback, unless told otherwise."""

    def test_a_teachers_token_that_cannot_be_read_is_made_anew(self, tmp_path):
        """Whatever the file holds."""
        (tmp_path / "teacher-token").write_bytes(b"\xc9" * 40)
        assert teachers_token(tmp_path) == teachers_token(tmp_path)

    @pytest.mark.parametrize(("lan", "where"), [(False, LOOPBACK), (True, ANYWHERE)])
    def test_only_lan_lets_the_network_in(self, lan, where):
        """The socket is bound to this machine alone, or to all of its networks."""
        place = listen(0, lan)
        try:
            assert where == place.sock.getsockname()[0]
            assert all(host.rpartition(":")[2] == str(place.sock.getsockname()[1]) for host in place.hosts)
        finally:
            place.sock.close()

    def test_a_port_that_is_taken_is_told(self):
        """With another that may be free."""
        from wedge.engine.classroom.moves import GameError

        place = listen(0, False)
        try:
            with pytest.raises(GameError, match="cannot be had"):
                listen(place.sock.getsockname()[1], False)
        finally:
            place.sock.close()


def test_no_page_names_another_place(monday, teacher, running):
    """Every asset comes from the package: it works without a network."""
    key = monday["anna"].session
    pages = [Visitor(running).get("/"), monday["anna"].get(f"/seat/{key}"), teacher.get("/teacher"), teacher.get(f"/teacher/session/{key}")]  # fmt: skip
    for page in pages:
        rest = page.text.replace(HERE, "").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in rest
        assert "https://" not in rest


POLICY = """
from wedge.agents.seat import Policy, Table


class Weak(Policy):
    def demand(self, table: Table) -> float:
        return 1.0 if table.round < {last} else 1.0 / 0.0
"""


class TestAPolicyFromAFile:
    """It keeps its seat; what it cannot play is told, and not kept."""

    @pytest.fixture
    def teacher(self, talks_file, tmp_path, request):
        """The teacher of a class whose state carl is played by a file."""
        (tmp_path / "weak.py").write_text(POLICY.format(last=request.param), encoding="utf-8")
        talks = load(talks_file, changes=[Change("--policy", f"carl={tmp_path / 'weak.py'}:Weak")])
        room = Room(tmp_path / "kept", [talks], TEACHER)
        room.warm_up()
        served = Running(room)
        with served.client:
            yield Teacher(served)

    @pytest.mark.parametrize("teacher", [99], indirect=True)
    def test_its_seat_is_nobodys_to_choose(self, teacher):
        """Neither on the form nor on the page of the session."""
        assert ("anna", "bert") == teacher.room.halls[teacher.make()].session.playable
        assert "carl" not in teacher.get("/teacher").text
        assert 409 == teacher.post("/teacher/sessions", {"seats": ["carl"], "seed": 1, "world": 1}).status_code

    @pytest.mark.parametrize("teacher", [1], indirect=True)
    def test_where_it_fails_the_game_stands_as_before(self, teacher):
        """And another server takes the session up."""
        key = teacher.make()
        hall = teacher.room.halls[key]
        person = Visitor(teacher.running).join(hall.session.code, "Ann")
        person.act("sit", seat="anna")
        teacher.do(key, "start")
        refused = next(one for one in (teacher.do(key, "advance") for _ in range(20)) if one.status_code != 200)
        assert (409, True) == (refused.status_code, "weak.py" in refused.json()["error"])
        assert 200 == person.get(f"/seat/{key}").status_code
        word = "offer" if hall.session.question_for("anna").kind == "propose" else "no"
        told = person.act("answer", asked=asked(person, "anna"), said=word)
        assert (409, False) == (told.status_code, "weak.py" in told.text)
        assert "tell your teacher" in told.json()["help"]
        assert "weak.py" in teacher.get(f"/teacher/session/{key}").text
        assert "weak.py" not in person.get(f"/seat/{key}").text
        teacher.room.store.close()
        assert [key] == list(Room(teacher.room.folder, list(teacher.room.scenarios.values()), TEACHER).halls)


def test_a_game_that_goes_on_is_in_trouble_no_more(monday, teacher):
    """Whoever made the move that it was waiting for, the engine as well."""
    key = monday["anna"].session
    hall = teacher.room.halls[key]
    hall.trouble = "a policy has failed"
    assert 200 == teacher.do(key, "say", to="", text="wait").status_code
    assert "a policy has failed" in teacher.get(f"/teacher/session/{key}").text
    for seat in ("anna", "bert", "carl"):
        teacher.do(key, "engine", state=seat, on=True)
    assert "" == hall.trouble


def test_the_log_says_what_was_set(monday, teacher):
    """On or off, and how long."""
    key = monday["anna"].session
    for on in (True, False):
        teacher.do(key, "engine", state="anna", on=on)
    teacher.do(key, "timer", seconds=90)
    rows = teacher.get(f"/teacher/session/{key}/log.csv").text.splitlines()
    assert ["on", "off"] == [row.rpartition(",")[2] for row in rows if ",engine," in row]
    assert ["90 seconds"] == [row.rpartition(",")[2] for row in rows if ",timed," in row]


def test_a_page_too_many_is_told_why(monday, monkeypatch):
    """Once its line is open: only then does a browser tell the page."""
    monkeypatch.setattr("wedge.engine.classroom.web.room.MOST_PAGES_EACH", 0)
    with monday["anna"].socket() as socket, pytest.raises(WebSocketDisconnect) as closed:
        socket.receive_json()
    assert 4429 == closed.value.code


def test_the_clocks_run_on_where_one_cannot_be_kept(room, monday, monkeypatch):
    """As when the disk is full."""
    seen = []

    def full(hall):
        seen.append(hall)
        raise GameError("nothing was kept")

    monkeypatch.setattr(room, "stand_in", full)
    monkeypatch.setattr("wedge.engine.classroom.web.room.TICK", 0.001)

    async def look():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(room.run_clocks(), 0.1)

    asyncio.run(look())
    assert 2 < len(seen)
