"""``--set`` and ``--policy``: values put over what the files say, by the path of a number or of any key."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wedge.engine.scenario import Problem, Scenario, ScenarioError, load

Small = Callable[..., Path]
RICH = (
    ("policy: boulware", "policy: {demands: {boulware: {e: 0.3}}}\n    outside: {value: 0.1}"),
    ("policy: wedge", "policy: {preset: wedge, e: 0.4}"),
    ("red_line: 0.8", "red_line: {above: 0.8}"),
    ("after: land", "after: land\n    possible_when: {all: [{fighting: true}, {round: {above: 2}}]}"),
    ("when: {refusals: anna, above: 3}", "when: {any: [{refusals: anna, above: 3}, {level: land, below: 0.2}]}"),
)


@pytest.fixture
def rich(small: Small) -> Path:
    """The small scenario with policies, conditions and red lines written in different ways."""
    return small(*RICH)


def number(scenario: Scenario, path: str) -> float:
    """The value of a fixed number."""
    place = scenario.names.numbers.index(path)
    assert 0 == scenario.setting.drawn[place]
    return float(scenario.setting.shape[place, 0])


class TestPathsOfNumbers:
    """Every number can be set by its path, wherever it stands in the file."""

    @pytest.mark.parametrize(
        "path",
        [
            "states.anna.power",
            "states.anna.war_cost",  # at its default
            "states.anna.outside.value",
            "states.anna.outside.patience",
            "states.anna.policy.demands.e",  # in a slot
            "states.carl.policy.demands.e",  # in a preset with parameters
            "states.carl.policy.courts.margin",
            "states.bert.policy.demands.e",  # in a preset named by one word
            "states.anna.positions.land.ideal",
            "states.anna.positions.land.salience",
            "states.anna.positions.land.red_line",  # under its side
            "states.anna.positions.land.curvature",
            "ties.anna.bert.commitment",
            "ties.bert.anna.support",
            "stakes.pact.carl",
            "stakes.pact.bert",  # not declared so far
            "issues.land.status_quo",
            "issues.truce.ends_war.at",
            "events.drought.chance",
            "events.drought.effects.0",
            "events.rift.when.0",
            "events.rift.when.1",
            "agenda.truce.possible_when.0",
            "strain.daylight",  # the group is not in the file
            "talks.after_hope",
            "assumptions.per_week",
        ],
    )
    def test_a_number_is_set_by_its_path(self, rich: Path, path: str) -> None:
        """And nothing else changes."""
        before = load(rich)
        value = {"states.anna.outside.patience": 3.0, "states.anna.positions.land.curvature": 2.0}.get(path, 0.5)
        value = 0.55 if path == "ties.anna.bert.commitment" else value
        after = load(rich, sets=[f"{path}={value}"])
        assert value == number(after, path)
        for other in before.names.numbers:
            if other != path:
                assert number(before, other) == number(after, other), other

    def test_every_number_in_use_can_be_set(self, rich: Path) -> None:
        """Each to the value it has: the meaning stays the same."""
        scenario = load(rich)
        used = [*scenario.numbers_given, *scenario.defaults]
        for path in used:
            same = load(rich, sets=[f"{path}={number(scenario, path)!r}"])
            assert scenario.sha256 == same.sha256, path

    def test_a_distribution(self, rich: Path) -> None:
        """The value is YAML."""
        scenario = load(rich, sets=["states.anna.power={triangular: [1, 2, 3], source: A book}"])
        assert {"triangular": [1.0, 2.0, 3.0]} == scenario.meaning["numbers"]["states.anna.power"]
        assert ("A book", None) == scenario.sources["states.anna.power"]


class TestPathsOfKeys:
    """Anything else is set by the path of its keys."""

    @pytest.mark.parametrize(
        ("said", "path", "value"),
        [
            ("calendar.rounds=30", ("calendar", "rounds"), 30),
            ("alliances.pact.joint_front=true", ("alliances", "pact", "joint_front"), True),
            ("states.anna.policy=firm", ("states", "anna", "policy", "answers"), "firm"),
            ("agenda.truce.rounds=5", ("agenda", "stages", "truce", "rounds"), 5),
            ("agenda.0.rounds=5", ("agenda", "stages", "land", "rounds"), 5),
            ("agenda.truce.consent=[anna]", ("agenda", "stages", "truce", "consent"), ["anna"]),
            ("states.bert.policy.courts=nobody", ("states", "bert", "policy", "courts"), "nobody"),
            ("states.bert.policy.courts=nobody", ("states", "bert", "policy", "demands"), "conceder"),
            ("states.carl.policy.courts=nobody", ("numbers", "states.carl.policy.demands.e"), 0.4),
            ("states.anna.policy.courts=nobody", ("states", "anna", "policy", "courts"), "nobody"),
            ("adversaries=[[anna, carl]]", ("adversaries",), [("anna", "carl")]),
        ],
    )
    def test_a_key_is_set(self, rich: Path, said: str, path: tuple[str, ...], value: object) -> None:
        """By its path, stages by name or place."""
        found = load(rich, sets=[said]).meaning
        for step in path:
            found = found[step]
        assert value == found

    def test_null_removes(self, rich: Path) -> None:
        """As in a file that extends another."""
        scenario = load(rich, sets=["states.anna.outside=null", "events.rift=null"])
        assert not scenario.meaning["states"]["anna"]["may_walk_out"]
        assert ["drought"] == scenario.names.events

    def test_the_last_word_counts(self, rich: Path) -> None:
        """Options are put over each other in their order."""
        assert 3 == number(load(rich, sets=["states.anna.power=2", "states.anna.power=3"]), "states.anna.power")

    def test_a_policy_by_option(self, rich: Path) -> None:
        """``--policy`` seats a state anew; in Python a mapping does as well."""
        first = load(rich, policies=["carl=sincere"])
        second = load(rich, policies={"carl": "sincere"})
        assert "sincere" == first.meaning["states"]["carl"]["policy"]["courts"]
        assert first.sha256 == second.sha256


class TestRefusals:
    """A wrong option is told with its place in the option."""

    @pytest.mark.parametrize(
        ("said", "column", "message", "cure"),
        [
            ("nonsense", 1, "'nonsense' is not `path=value`", "write --set states.anna.power=0.8"),
            ("=3", 1, "is not `path=value`", "write --set"),
            ("states..power=3", 1, "is not `path=value`", "write --set"),
            ("states.ana.power=3", 8, "no state 'ana'", "'anna'"),
            ("states.anna.positions.lnd.ideal=0", 23, "no issue 'lnd'", "'land'"),
            ("issues.lnd.status_quo=0", 8, "no issue 'lnd'", "'land'"),
            ("events.rft.chance=0", 8, "no event 'rft'", "'rift'"),
            ("states.anna.pwer=3", 13, "unknown key 'pwer'", "'power'"),
            ("strian.noise=3", 1, "unknown key 'strian'", "'strain'"),
            ("strain.nois=3", 8, "unknown key 'nois'", "'noise'"),
            ("ties.anna.carl.commitment=0.5", 6, "no tie from 'anna' to 'carl'", "anna.bert"),
            ("agenda.trce.rounds=3", 8, "no stage 'trce'", "'truce'"),
            ("agenda.7.rounds=3", 8, "no stage '7'", "land, truce"),
            ("events.rift.effects.4=1", 21, "no effect 4", "from 0"),
            ("events.rift.when.9=1", 18, "2 thresholds", "from 0"),
            ("states.anna.power.low=3", 19, "'states.anna.power' is 1.2, with nothing below it", ""),
            ("states.anna.whim=null", 13, "'whim' is not set", ""),
            ("states.anna.power=strong", 19, "a number is wanted here, not 'strong'", "distribution"),
            ("states.anna.power=-1", 19, "states.anna.power is -1", "at or above 0"),
            ("states.anna.power={unifrm: [1, 2]}", 20, "unknown key 'unifrm'", "'uniform'"),
            ("states.anna.power=[1", 19, "'[' is not closed", "]"),
            ("states.anna.power=", 18, "there is no value after the '='", "=null"),
            ("states.bert.policy.demands.f=1", 20, "no parameter 'f'", "e"),
        ],
    )
    def test_a_wrong_option(self, rich: Path, said: str, column: int, message: str, cure: str) -> None:
        """Line n of the file '--set' is the n-th option."""
        with pytest.raises(ScenarioError) as caught:
            load(rich, sets=["calendar.rounds=10", said])
        problem: Problem = caught.value.problems[0]
        assert ("--set", 2, column) == problem[:3]
        assert message in problem.message
        assert cure in problem.help

    def test_a_wrong_policy(self, rich: Path) -> None:
        """Is told at the option ``--policy``."""
        with pytest.raises(ScenarioError) as caught:
            load(rich, policies=["carl=sincre"])
        (problem,) = caught.value.problems
        assert "--policy" == problem.file
        assert "'sincere'" in problem.help
