"""A told run: complete, true to the numbers, and with books that add up."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from wedge.engine.model.numbers import HOPE, STATUS_QUO, SUPPORT
from wedge.engine.model.words import ENDS, SHOCK
from wedge.engine.model.world import TALKS
from wedge.engine.report.books import books_of, rounded
from wedge.engine.report.numbers_then import numbers_by_round
from wedge.engine.report.printing import as_text, lines_of
from wedge.engine.report.rounds import rounds_of_run
from wedge.engine.report.telling import tell
from wedge.engine.scenario import load
from wedge.engine.simulation.traced import play

RUNS = [
    ("tutorial/first_steps", 7, 0),
    ("alaska_2025/territory_first", 7, 17),
    ("alaska_2025/package", 7, 5),
    ("alaska_2025/elections_first", 7, 3),
    ("alaska_2025/joint_front", 7, 3),
    ("camp_david_1978/separate_peace_first", 7, 3),
]


@pytest.fixture(params=RUNS, ids=lambda run: f"{run[0]}@{run[1]}:{run[2]}")
def run(request: pytest.FixtureRequest, run_of: Callable[..., Any]) -> Any:
    """One run after another."""
    return run_of(*request.param)


class TestBooks:
    """The books of each tie."""

    def test_start_and_channels_make_the_end(self, run: Any) -> None:
        """To the last bits of addition."""
        for book in books_of(run):
            assert abs(book.residual) < 1e-12

    def test_what_is_printed_adds_up_too(self, run: Any) -> None:
        """A reader with a pencil finds no mistake."""
        for book in books_of(run):
            start, *channels, end = (round(1000 * float(text)) for text in rounded(book))
            assert end == start + sum(channels)
            for said, exact in zip(channels, book.channels.values(), strict=True):
                assert abs(said - 1000 * exact) < 2

    def test_rounds_add_up_to_the_books(self, run: Any) -> None:
        """What is told round by round is what the books hold."""
        rounds = rounds_of_run(run)
        for book in books_of(run):
            for channel, total in book.channels.items():
                told = sum(told.strain(book.source, book.target)[channel] for told in rounds)
                assert told == pytest.approx(total, abs=1e-12)


class TestStory:
    """The story as a whole."""

    @pytest.mark.parametrize("every_round", [False, True])
    def test_every_round_is_told_once_and_in_order(self, run: Any, every_round: bool) -> None:
        """Alone or gathered, none is left out."""
        chapters = tell(run, every_round).chapters
        told = [n for chapter in chapters for n in range(chapter.first, chapter.last + 1)]
        assert list(range(len(run.moments))) == told
        assert not every_round or len(chapters) == len(run.moments)

    def test_it_is_json(self, run: Any) -> None:
        """Plain values, every number finite, the same after a round trip."""
        data = tell(run).as_data()
        text = json.dumps(data, allow_nan=False)
        assert json.loads(text)["code"] == run.code

    def test_its_text_is_the_same_each_time(self, run: Any) -> None:
        """The same run is the same story."""
        assert as_text(tell(run)) == as_text(tell(run))

    def test_no_line_is_wider_than_asked_for_but_in_the_books(self, run: Any) -> None:
        """It can be read in a terminal and in a mail."""
        assert all(len(line.text) <= 100 for line in lines_of(tell(run)) if line.kind != "table")

    def test_it_says_that_it_is_one_course_among_many(self, run: Any) -> None:
        """And no forecast."""
        assert "not a forecast" in tell(run).conclusion

    def test_why_adds_the_sum_behind_each_answer(self, run: Any) -> None:
        """Only where it is asked for."""
        assert "consent above 0" not in as_text(tell(run, every_round=True))
        proposals = [told for told in rounds_of_run(run) if told.proposes]
        sums = as_text(tell(run, every_round=True, sums=True)).replace("\n", " ").count("consent above 0")
        assert sum(len(told.answers) - 1 for told in proposals) == sums

    def test_it_names_the_command_that_tells_it_again(self, run: Any) -> None:
        """By its code."""
        assert tell(run).replay == f"wedge explain {run.code}"

    def test_what_was_put_over_the_scenario_is_part_of_its_code(self) -> None:
        """As a move before the talks, written so that a shell takes it for one word."""
        changed = load("tutorial/first_steps", sets=["strain.noise={uniform: [0, 0.01]}"], policies=["patron=firm"])
        story = tell(play(changed, 7, 3))
        code = "tutorial/first_steps@7:3+0.policy.patron=firm+0.set.strain.noise=%7Buniform:%20%5B0,%200.01%5D%7D"
        assert (code, f"wedge explain {code}") == (story.code, story.replay)


def test_a_run_without_rounds_cannot_be_told() -> None:
    """It must be played with its rounds kept."""
    run = play(load("tutorial/first_steps"), 7, 0, record=False)
    with pytest.raises(ValueError, match="record=True"):
        tell(run)


def test_the_blame_of_a_refusal_sums_to_one(run_of: Callable[..., Any]) -> None:
    """It is shared out whole, among those who answered."""
    for told in rounds_of_run(run_of("alaska_2025/territory_first", 7, 17)):
        if told.proposes and not told.agreed:
            assert sum(answer.blame for answer in told.answers) == pytest.approx(1)


@pytest.mark.parametrize("ending", [ending for ending in ENDS if ending != "going"])
def test_every_ending_is_told(ending: str) -> None:
    """In the round it comes, at the end, and in the conclusion."""
    sets = {
        "settled": [
            "assumptions.red_lines_known=1",
            "states.client.positions.border.red_line=null",
            "states.client.whim=9",
        ],
        "out_of_rounds": ["states.client.policy=firm"],
        "walked_out": ["states.patron.outside={value: 5, patience: 2}"],
        "broken_down": ["talks.breakdown=1"],
    }[ending]
    runs = (play(load("tutorial/first_steps", sets=sets), 7, world) for world in range(20))
    run = next(run for run in runs if ENDS[int(run.world.lane[TALKS, 0])] == ending)
    said = " ".join(as_text(tell(run)).split())
    inside, at_the_end = {
        "settled": ("the talks have succeeded", "The talks succeeded"),
        "out_of_rounds": ("run out of time", "ended without full agreement"),
        "walked_out": ("Patron walks out", "ended when Patron walked out"),
        "broken_down": ("the talks break down for good", "The talks broke down"),
    }[ending]
    assert inside in said
    assert said.count(at_the_end) == 2


class TestNumbersThen:
    """The numbers as they stood in each round."""

    def test_they_end_where_the_run_ended(self, run: Any) -> None:
        """All that events changed is followed; the status quo and hope have rules of their own."""
        last, end = numbers_by_round(run)[0][-1], run.numbers
        for group in ("position", "tie", "stake", "event", "effect", "test", "common"):
            np.testing.assert_array_equal(getattr(last, group), getattr(end, group))
        others = [field for field in range(len(end.state)) if field != HOPE]
        np.testing.assert_array_equal(last.state[others], end.state[others])
        others = [field for field in range(len(end.issue)) if field != STATUS_QUO]
        np.testing.assert_array_equal(last.issue[others], end.issue[others])


class TestEvents:
    """What happens, and what does not."""

    def text(self, run: Any) -> str:
        """The whole story in one line."""
        return " ".join(as_text(tell(run)).split())

    def test_a_threat_that_was_not_carried_out_says_why(self) -> None:
        """The sanctions of August are eclipsed by the summit."""
        sets = ["events.alaska_summit_agreed.chance=1", "states.united_states.outside=null"]
        run = play(load("alaska_2025/territory_first", sets=sets), 7, 2)
        said = self.text(run)
        assert "it does not happen: “The deadline passes and secondary sanctions are imposed”" in said
        assert "“A summit is agreed” has happened." in said

    def test_an_event_that_chance_left_out_says_so(self) -> None:
        """No summit was agreed, by chance alone."""
        sets = ["events.alaska_summit_agreed.chance=0", "states.united_states.outside=null"]
        run = play(load("alaska_2025/elections_first", sets=sets), 7, 2)
        assert "“A summit is agreed”. Chance was against it." in self.text(run)

    def test_an_event_that_waits_for_a_condition_says_what_brought_it_on(self, run_of: Callable[..., Any]) -> None:
        """The warning comes after so many refusals, in April at the earliest."""
        said = self.text(run_of("alaska_2025/territory_first", 7, 17))
        assert "What brings it on: it is 18 April 2025 or later, the fighting goes on and" in said

    def test_aid_that_is_paused_and_returns_is_told(self, run_of: Callable[..., Any]) -> None:
        """Both events of March, with the fall in morale between them."""
        said = self.text(run_of("alaska_2025/territory_first", 7, 17))
        assert "The United States withholds its support from Ukraine." in said
        assert "The United States restores its support for Ukraine." in said
        assert "Ukraine loses heart" in said

    def test_support_that_stops_is_told_with_what_it_does_at_once(self) -> None:
        """Even where it is less than a bad week of war, and by an event."""
        run = play(load("alaska_2025/territory_first", sets=["strain.withdrawal=0.02"]), 7, 17)
        rise = 0.02 * run.numbers.tie[SUPPORT, 3, 2, 0]
        assert ["ukraine", "united_states"] == run.scenario.names.states[2:]
        assert f"{rise:.3f} of it at once because support stops" in self.text(run)

    def test_what_is_utility_is_told_in_points(self, run_of: Callable[..., Any]) -> None:
        """As everywhere else."""
        run = run_of("alaska_2025/territory_first", 7, 17)
        change = next(c for c in numbers_by_round(run)[1] if "outside" in run.scenario.names.numbers[c.place])
        said = f"gain from leaving the talks rises from {100 * change.before:.1f} to {100 * change.after:.1f} points."
        assert said in self.text(run)

    def test_events_are_told_in_the_order_in_which_they_were_played(self) -> None:
        """The summit on a Friday, the meeting on the Monday after it, in two rounds."""
        sets = ["events.alaska_summit_agreed.chance=1", "states.united_states.outside=null"]
        run = play(load("alaska_2025/elections_first", sets=sets), 7, 2)
        found = {name: int(run.world.event[0, e, 0]) for e, name in enumerate(run.scenario.names.events)}
        assert [24, 25] == [found["alaska_summit"], found["white_house_meeting"]]
        assert [1, 2] == [found["aid_pause"], found["aid_return"]]


class TestOpeningAndEnd:
    """What stands around the rounds."""

    def test_it_says_what_patron_and_client_want_of_what_comes_first(self, run_of: Callable[..., Any]) -> None:
        """And how much it matters to each, so that the difference can be read."""
        said = " ".join(tell(run_of("alaska_2025/territory_first", 7, 17)).opening)
        assert "Of what comes first, the United States wants Donbas at" in said
        assert "; Ukraine wants Donbas at" in said
        assert said.count("a matter of") == 2

    def test_support_that_events_alone_withheld_is_no_strain_on_an_alliance_that_held(self) -> None:
        """Only low commitment is worth a word in the conclusion."""
        calm = [f"strain.{channel}=0" for channel in ("daylight", "abandonment", "burden", "rally", "noise", "shock")]
        sets = [*calm, "states.united_states.outside=null"]
        held = play(load("alaska_2025/territory_first", sets=sets), 7, 17)
        assert "Western alliance held" in tell(held).conclusion
        assert "for a time" not in tell(held).conclusion
        low = play(
            load("alaska_2025/territory_first", sets=[*sets, "ties.united_states.ukraine.suspends_below=0.9"]), 7, 17
        )
        assert "low commitment stopped support for a time" in tell(low).conclusion

    def test_where_there_is_no_fighting_none_is_told(self, run_of: Callable[..., Any]) -> None:
        """Egypt and Israel end a state of war."""
        said = " ".join(as_text(tell(run_of("camp_david_1978/separate_peace_first", 7, 3))).split())
        assert "fighting" not in said
        assert "he war is " in said

    def test_a_state_that_thinks_of_leaving_is_not_said_to_leave(self, run_of: Callable[..., Any]) -> None:
        """It may think better of it."""
        said = " ".join(as_text(tell(run_of("alaska_2025/territory_first", 7, 17))).split())
        assert "such rounds in a row it would walk out" in said
        assert "in a row it walks out" not in said


class TestFracture:
    """A tie that breaks."""

    def test_it_is_told_with_what_brought_it_there(self) -> None:
        """The channels that took most, and what it did to the tie next to it."""
        sets = ["strain.daylight=5", "strain.noise=0", "strain.rally=0"]
        run = play(load("tutorial/first_steps", sets=sets), 7, 0)
        said = " ".join(as_text(tell(run)).split())
        assert "The tie of Patron to Client fractures" in said
        assert "What brought it here, from the beginning: daylight" in said
        assert "That is the fracture of the pact" in said
        broke = int(run.world.alliance[0, 0, 0])
        assert run.moments[broke].strain[SHOCK].sum() < 0
        assert "The tie that broke first, Patron → Client" in said

    def test_a_chain_of_fractures_is_told_from_its_beginning(self) -> None:
        """The tie that broke of itself in full, those that its shock took with it in one sentence."""
        sets = ["strain.daylight=5", "strain.shock=0.4", "strain.rally=0", "strain.noise=0"]
        run = play(load("alaska_2025/territory_first", sets=sets), 7, 2)
        said = " ".join(as_text(tell(run)).split())
        assert said.count("What brought it here, from the beginning") == 1
        assert "The shock breaks" in said
        assert (run.world.tie[3, :, :, 0] >= 0).sum() > 2


class TestEscapes:
    """Names that would steer a terminal."""

    def test_what_a_terminal_could_obey_is_written_out(self) -> None:
        """Titles of states, issues, levels, stages, events, alliances and the scenario itself."""
        scenario = load("tutorial/first_steps")
        evil = "\x1b[31mred\x07\u202e"
        names = scenario.names
        bad = names._replace(
            state_titles=[evil + title for title in names.state_titles],
            issue_titles=[evil] * len(names.issues),
            levels=[dict.fromkeys(levels, evil) for levels in names.levels],
            stage_titles=[evil] * len(names.stages),
            alliance_titles=[evil] * len(names.alliances),
            event_titles=[evil] * len(names.events),
            orders=[evil + order for order in names.orders],
        )
        scenario = dataclasses.replace(scenario, names=bad, name=evil, summary=evil, code=evil)
        story = tell(play(scenario, 7, 0), every_round=True)
        text = as_text(story)
        assert text.replace("\n", "").isprintable()
        assert "\\x1b[31mred\\x07\\u202e" in text
        assert json.dumps(story.as_data()["chapters"][0]["sentences"], ensure_ascii=False).isprintable()
