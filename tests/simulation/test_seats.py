"""Seats outside at three speeds: asked one by one, asked in arrays, compiled inside. The bits are the same."""

import re
from pathlib import Path

import numpy as np
import pytest
from small_games import game, small

from wedge.agents.own import number_of
from wedge.agents.policy_file import PolicyError, load_policy
from wedge.engine.simulation.forcing import FORCE_SHARE, Forced, as_rows
from wedge.engine.simulation.many import play_many
from wedge.engine.simulation.outcomes import Outcomes, outcomes_of
from wedge.engine.simulation.paused import play_paused
from wedge.engine.simulation.speeds import told

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "your-own-policy.md"
SIDES = {"anvil": {"land": 0.0, "debt": 0.2}, "bell": {"land": 1.0, "debt": 0.9}, "cord": {"land": 0.4, "debt": 0.6}}
TIES = {("anvil", "cord"): {"commitment": 0.6, "dependence": 0.3}, ("cord", "anvil"): {"commitment": 0.5}}
OFFERS = """
import numpy as np
from wedge.agents.seat import ArrayPolicy, Policy

class One(Policy):
    def offer(self, table):
        if table.lot > 0.9:
            return "pass"
        return None if table.lot > 0.7 else {name: 0.5 * table.ideals[name] + 0.25 for name in table.issues}

class Many(ArrayPolicy):
    def offers(self, tables):
        levels = {name: np.where(tables.lot > 0.7, np.nan, 0.5 * tables.ideals[name] + 0.25) for name in tables.issues}
        return levels | {"pass": tables.lot > 0.9}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the policies that the page shows, and two that make offers."""
    made = tmp_path_factory.mktemp("seats")
    blocks = re.findall(r"^```python\n((?s:.*?))^```$", PAGE.read_text("utf-8"), re.M)
    (made / "mine.py").write_text("\n".join([*blocks, OFFERS]), encoding="utf-8")
    return made


def seated(folder: Path, seat: str, name: str, file: str = "mine.py"):
    """A small game with luck in it, in which one seat is played from outside."""
    states = {state: {"whim": 0.1, "misperception": 0.05} for state in SIDES}
    tree = small(SIDES, TIES, war="land", states=states)
    tree["states"][seat]["policy"] = {"file": file, "name": name}
    return game(tree, folder=folder)


def same(first: Outcomes, second: Outcomes) -> None:
    """Every table, and every sum."""
    for name, table in first.tables.items():
        for column, values in table.items():
            assert list(map(str, values)) == list(map(str, second.tables[name][column])), (name, column)
    assert first.sums.tobytes() == second.sums.tobytes()


def by_pauses(scenario, worlds, moves=()):
    """What the paused driver plays, interpreted, two worlds a block."""
    numbers = np.array(worlds, dtype=np.int64)
    return outcomes_of(scenario, 3, numbers, *play_paused(scenario, 3, numbers, as_rows(moves), 2, interpreted=True))


@pytest.mark.parametrize("seat", list(SIDES))
class TestThreeSpeeds:
    """One rule, written in three ways, in every seat."""

    def test_all_play_the_same_game(self, folder, seat):
        """Traced and paused, as a policy, in arrays and as rules: to the bit."""
        worlds = range(5)
        names = ("Steady", "SteadyInArrays", "SteadyInside")
        games = [seated(folder, seat, name) for name in names]
        first = play_many(games[0], 3, worlds, driver="traced")
        for scenario in games:
            same(first, play_many(scenario, 3, worlds, driver="traced"))
            same(first, by_pauses(scenario, worlds))

    def test_offers_too(self, folder, seat):
        """With passes, and with worlds in which the state's own tactics propose."""
        one, many = (seated(folder, seat, name) for name in ("One", "Many"))
        first = play_many(one, 3, range(5), driver="traced")
        for scenario in (one, many):
            same(first, by_pauses(scenario, range(5)))

    def test_forced_moves_hold(self, folder, seat):
        """Whoever is asked, and however."""
        games = [seated(folder, seat, name) for name in ("Steady", "SteadyInArrays", "SteadyInside")]
        moves = [Forced(1, FORCE_SHARE, who=games[0].names.states.index(seat), value=0.3)]
        first = play_many(games[0], 3, range(3), moves, "traced")
        for scenario in games:
            same(first, by_pauses(scenario, range(3), moves))


def test_compiled_they_play_the_same_game(folder):
    """The batch driver: pausing to ask, and with the rules in the kernel."""
    games = [seated(folder, "anvil", name) for name in ("Steady", "SteadyInArrays", "SteadyInside")]
    first = play_many(games[0], 3, range(6), driver="traced")
    for scenario in games:
        same(first, play_many(scenario, 3, range(6), driver="batch"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("Steady", "one world at a time (slow)"), ("SteadyInArrays", "many worlds at a time"), ("SteadyInside", "(fast)")],
)
def test_the_user_is_told_which_speed_he_has(folder, name, said):
    """File, class and speed."""
    (line,) = told(seated(folder, "anvil", name))
    assert line.startswith(f"mine.py: {name}")
    assert said in line


class TestMistakes:
    """What goes wrong keeps its place, and the world."""

    def complaint(self, tmp_path, text):
        """What is said of such a file."""
        (tmp_path / "bad.py").write_text(text, encoding="utf-8")
        with pytest.raises(PolicyError) as caught:
            by_pauses(seated(tmp_path, "anvil", "Bad", "bad.py"), [4, 5])
        return str(caught.value)

    def test_one_by_one(self, tmp_path):
        """File, line, method, world and round."""
        text = "from wedge.agents.seat import Policy\nclass Bad(Policy):\n    def demand(self, table):\n        1 / 0\n"
        said = self.complaint(tmp_path, text)
        assert "bad.py:4: Bad.demand, world 4, round 1: ZeroDivisionError" in said

    def test_in_arrays(self, tmp_path):
        """The worlds it was asked for."""
        text = "from wedge.agents.seat import ArrayPolicy\nclass Bad(ArrayPolicy):\n    def demands(self, t):\n        1 / 0\n"
        said = self.complaint(tmp_path, text)
        assert "bad.py:4: Bad.demands, worlds 4 to 5, round 1: ZeroDivisionError" in said

    @pytest.mark.parametrize("answer", ["[0.5]*3", "'much'", "2.0"])
    def test_in_what_is_answered_in_arrays(self, tmp_path, answer):
        """As many numbers as worlds, from 0 to 1."""
        text = f"from wedge.agents.seat import ArrayPolicy\nclass Bad(ArrayPolicy):\n    def demands(self, t):\n        return {answer}\n"
        assert "Bad.demands for anvil" in self.complaint(tmp_path, text)

    def test_in_a_rule(self, tmp_path):
        """A rule is no method, and still has a file and a line."""
        text = "from wedge.agents.seat import Policy\nfrom wedge.engine.model.compiling import rule\n@rule\ndef bad(view):\n    return 1 / 0\nclass Bad(Policy):\n    demands = bad\n"
        (tmp_path / "bad.py").write_text(text, encoding="utf-8")
        with pytest.raises(PolicyError, match=r"bad\.py:5: bad, world 4, round 1: ZeroDivisionError"):
            play_many(seated(tmp_path, "anvil", "Bad", "bad.py"), 3, [4], driver="traced")


def test_a_rule_that_cannot_be_compiled_is_played_all_the_same(tmp_path):
    """And the user is told where and why."""
    text = "from wedge.agents.seat import Policy\nfrom wedge.engine.model.compiling import rule\n@rule\ndef odd(view):\n    return float(str(view.used)[:3])\nclass Odd(Policy):\n    demands = odd\n"
    (tmp_path / "odd.py").write_text(text, encoding="utf-8")
    scenario = seated(tmp_path, "anvil", "Odd", "odd.py")
    first, second = told(scenario)
    assert "(slow)" in first
    assert "odd.py:3: odd does not compile" in second
    same(*(play_many(scenario, 3, range(2), driver=driver) for driver in ("traced", "batch")))


def test_a_rule_is_known_by_its_text(tmp_path):
    """The same text has the same number; an edit, or another value of a name it uses, gives another."""
    text = "from wedge.agents.seat import Policy\nfrom wedge.engine.model.compiling import rule\nSLOPE = 0.5\n@rule\ndef mine(view):\n    return SLOPE\nclass Mine(Policy):\n    demands = mine\n"
    numbers = []
    for said in (text, text, text.replace("0.5", "0.6")):
        (tmp_path / "mine.py").write_text(said, encoding="utf-8")
        numbers.append(number_of(type(load_policy(tmp_path / "mine.py", "Mine")).demands))
    assert numbers[0] == numbers[1] != numbers[2]
