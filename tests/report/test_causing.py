"""What broke it, in words: sentences that say what the numbers are."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "simulation"))

from small_games import game, small

from wedge.engine.analysis.causes import causes
from wedge.engine.analysis.forks import many_futures
from wedge.engine.analysis.notation import read_moves
from wedge.engine.analysis.smallest import smallest_cause
from wedge.engine.report.causes_in_words import sentences_of
from wedge.engine.report.causing import cause_as_data, in_rounds, in_shares, lines_of_causes, told_cause
from wedge.engine.report.drawing import style
from wedge.engine.report.figures_of_causes import causes_figure
from wedge.engine.report.forking import Fork, fork_as_data, lines_of_fork, notes_of
from wedge.engine.report.futures_in_words import answer_of
from wedge.engine.report.wording import Wording
from wedge.engine.simulation.traced import play
from wedge.engine.simulation.variants import play_past

SIDES = {"anvil": {"land": {"ideal": 0.0, "red_line": 0.8}}, "bell": {"land": 1.0}, "crane": {"land": 0.7}}
TIES = {("crane", "anvil"): {"commitment": 0.5}}
CALM = {"daylight": 0.0, "abandonment": 0.0, "rally": 0.0, "end_blame": 0.0}


def insult(day, by=-0.3):
    """An event that costs crane's tie to anvil so much."""
    return {"at": f"2030-01-{day:02d}", "effects": [{"shock": {"from": "crane", "to": "anvil"}, "by": by}]}


def talks(**events):
    """Allies whose tie only events strain."""
    return game(small(SIDES, TIES, rounds=5, strain=CALM, events=events))


def told(scenario, pairs=300):
    """What broke world 0, as one text."""
    past = play_past(scenario, 1, 0)
    cause = smallest_cause(past, 0, pairs)
    lines = lines_of_causes([told_cause(past, cause, Wording(scenario))])
    return " ".join(" ".join(line.text for line in lines).split())


class TestOneRun:
    """What broke one alliance in one world."""

    def test_names_the_tie_the_channel_and_the_event(self):
        """And a command that plays the saved course."""
        text = told(talks(insult=insult(8)))
        assert "Pact fractured in round 2" in text
        assert "It had lost 0.300 since the start: shock took 0.300 (100 %)." in text
        assert "The smallest cause is a single move." in text
        assert "the event “Insult” not happening, in round 2" in text
        assert "All hangs on round 2" in text
        assert "+2.without.insult" in text.partition("opens: wedge explain ")[2].partition(" ")[0]

    def test_tells_pairs_where_no_single_change_is_enough(self):
        """With both parts of each."""
        text = told(talks(first=insult(8), second=insult(8)))
        assert "No single move or event could have saved" in text
        assert "the event “First” not happening, in round 2 and the event “Second” not happening, in round 2" in text

    def test_says_when_the_search_was_cut(self):
        """How far it went, and how to go further."""
        text = told(talks(first=insult(8), second=insult(8), third=insult(8)), pairs=3)
        assert "and no pair that was tried" in text
        assert "and 3 of" in text
        assert "--pairs" in text

    def test_as_data_holds_the_same(self):
        """Plain values."""
        past = play_past(talks(insult=insult(8)), 1, 0)
        data = cause_as_data(past, smallest_cause(past, 0))
        assert (1, 1, 1) == (data["size"], data["fracture_round"], data["pivotal_round"])
        assert data["sets"][0]["code"].endswith("@1:0+2.without.insult")
        assert data["end"] - data["start"] == pytest.approx(sum(data["channels"].values()), abs=1e-12)

    def test_shares_are_whole_and_add_up_to_a_hundred(self):
        """Whatever rounding would do to them."""
        text = in_shares([-0.1, -0.1, -0.1, 0.0, 0.0, 0.0, 0.0, 0.0], 0.3)
        assert 100 == sum(int(part.split(" %")[0]) for part in text.split("(")[1:])

    @pytest.mark.parametrize(("rounds", "said"), [([2], "round 3"), ([2, 4], "rounds 3 and 5")])
    def test_rounds_are_counted_from_one(self, rounds, said):
        """As people do."""
        assert said == in_rounds(rounds)


class TestManyWorlds:
    """The same over many worlds."""

    def test_says_how_often_one_change_was_enough_and_which(self):
        """With intervals."""
        scenario = talks(insult=insult(8) | {"chance": 0.5})
        found = causes(scenario, 12, 1)
        text = " ".join(sentences_of(found, scenario))
        n = len(found.fractures)
        assert f"fractured in {n} of 12 worlds" in text
        assert f"would have saved it in {n} of the {n} fractures: 100.0 %" in text
        assert "“Insult” not happening: 100.0 %" in text

    def test_nothing_is_said_where_nothing_fractured(self):
        """No answer to no question."""
        assert [] == sentences_of(causes(talks(), 2, 1), talks())

    def test_the_figure_carries_its_numbers(self):
        """Every fracture with a cause stands in one column."""
        scenario = talks(insult=insult(8))
        found = causes(scenario, 3, 1)
        with style():
            drawn = causes_figure(found, scenario, "pact")
            nothing = causes_figure(causes(talks(), 1, 1), talks(), "pact")
        assert 3 == drawn.table["fractures"].sum()
        assert "100 %" in drawn.alt
        assert nothing is None


class TestForks:
    """Two futures side by side."""

    def fork(self, text, n=1, saying=("said",)):
        """A fork of world 0."""
        scenario = talks(insult=insult(8))
        course = read_moves(scenario, text)
        return Fork(n, play(scenario, 1, 0), play(course.scenario, 1, 0, course.forced), list(saying))

    def test_tells_what_differs_first_and_how_each_ends(self):
        """And where each tie stands."""
        text = " ".join(line.text.strip() for line in lines_of_fork(self.fork("+2.without.insult")))
        assert "as it was: “Insult”." in text
        assert "Crane → Anvil fractures" in text
        assert "fractured in round 2. Changed:" in text
        assert "Pact holds" in text
        assert "as it was it broke in round 2" in text

    def test_says_so_where_nothing_differs(self):
        """An event left out after its day."""
        text = " ".join(line.text for line in lines_of_fork(self.fork("+4.without.insult", 3)))
        assert "Nothing anyone does differs, to the end." in text

    def test_notes_answers_that_could_not_be_given(self):
        """Of the state with the floor, of a round without a proposal, past a red line."""
        floor = [int(moment.lane[5]) for moment in self.fork("").was.moments]
        holder = ["anvil", "bell", "crane"][floor[1]]
        assert "has the floor" in notes_of(self.fork(f"+2.{holder}=reject"))[0]
        other = next(name for name in ("bell", "crane") if name != holder)
        assert "is not asked" in notes_of(self.fork(f"+2.pass+2.{other}=reject"))[0]
        n = next(n for n in range(1, 5) if floor[n] != 0)
        past = f"+{n + 1}.propose+{n + 1}.level.land=0.9+{n + 1}.anvil=accept"
        assert "past its own red line" in notes_of(self.fork(past))[0]

    def test_as_data_holds_the_codes(self):
        """Of both courses."""
        data = fork_as_data(self.fork("+2.without.insult"))
        assert data["courses"]["changed"]["code"].endswith("@1:0+2.without.insult")
        assert (1, {"pact": 1}, {"pact": None}) == (
            data["first_difference"],
            data["courses"]["was"]["alliances"],
            data["courses"]["changed"]["alliances"],
        )

    def test_futures_are_told_with_their_difference(self):
        """Or plainly that there is none to be seen."""
        scenario = talks(insult=insult(8))
        course, without = (read_moves(scenario, text) for text in ("", "+2.without.insult"))
        told = answer_of(many_futures(course, without, 1, 0, 1, 40))[0]
        assert "fractures in 100.0 %" in told
        assert "and in 0.0 %" in told
        assert "-100.0 points" in told
        same = answer_of(many_futures(course, read_moves(scenario, "+5.pass"), 1, 0, 1, 40))[0]
        assert "cannot tell the two apart" in same
        assert "of 40 futures." in answer_of(many_futures(course, None, 1, 0, 1, 40))[0]
