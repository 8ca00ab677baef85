"""From a file to the arrays of a ``Setting``: canonical order, identities, and every number in its place."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS
from wedge.engine.model import numbers as n
from wedge.engine.model import setting as s
from wedge.engine.model.layout import count, views
from wedge.engine.model.numbers import COMMON
from wedge.engine.model.words import IN_TURN, RANDOM_FLOOR, ROTATION, SEALED
from wedge.engine.scenario import Scenario, load
from wedge.engine.scenario.finding import packaged
from wedge.engine.scenario.lowering import identity
from wedge.engine.scenario.parts import Stage
from wedge.engine.scenario.schema import Assumptions, Strain, Talks
from wedge.engine.scenario.stages import needs

Loaded = Callable[..., Scenario]


def fixed(scenario: Scenario) -> n.Numbers:
    """The numbers of a scenario without distributions, as the rules see them."""
    assert not scenario.setting.drawn.any()
    setting, flat = scenario.setting, scenario.setting.shape[:, :1].copy()
    return views(
        flat,
        len(setting.state_id),
        len(setting.issue_id),
        len(setting.member),
        len(setting.event_id),
        len(setting.effect_kind),
        len(setting.test),
    )


def same(first: Scenario, second: Scenario) -> None:
    """Both mean the same to the last bit."""
    for name, a, b in zip(first.setting._fields, first.setting, second.setting, strict=True):
        assert np.array_equal(a, b), name
        assert getattr(a, "dtype", None) == getattr(b, "dtype", None), name
    assert first.sha256 == second.sha256


class TestCanonicalOrder:
    """The order of declaration means nothing; that of stages does."""

    def test_names_stand_sorted(self, loaded: Loaded) -> None:
        """States, issues and events by name, stages as on the agenda."""
        names = loaded().names
        assert ["anna", "bert", "carl"] == names.states
        assert ["land", "truce"] == names.issues
        assert ["land", "truce"] == names.stages
        assert ["drought", "rift"] == names.events

    def test_the_declared_order_is_kept_for_display(
        self, write: Callable[..., Path], small: Callable[..., Path]
    ) -> None:
        """Tables may show states as they were declared."""
        data = yaml.safe_load(small().read_text())
        data["states"] = dict(reversed(data["states"].items()))
        assert [2, 1, 0] == load(write(dump(data))).names.display

    @given(seed=st.integers(0, 2**32))
    def test_reordering_a_file_changes_nothing(self, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Shuffle every mapping of a packaged scenario: the arrays are the same to the last bit."""
        folder = tmp_path_factory.mktemp("shuffled")
        (folder / "talks.yaml").write_text(dump(shuffled(MERGED, random.Random(seed))))
        same(load(folder / "talks.yaml"), ORIGINAL)

    def test_the_name_of_the_file_changes_nothing(self, small: Callable[..., Path]) -> None:
        """Nor do name, summary, titles and notes."""
        first = load(small())
        second = load(
            small(
                ("name: Small talks", "name: Other talks"),
                ("power: 1.2", "power: {value: 1.2, source: A book, note: hm}\n    title: Annaland"),
                ("{0: none, 1: full}", "{0: nothing, 0.5: some, 1: all}"),
                name="other.yaml",
            )
        )
        same(first, second)
        assert "other" == second.code


def dump(data: Any) -> str:
    """Data as YAML in its own order."""
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True)


def shuffled(data: Any, chance: random.Random) -> Any:
    """The same data with every mapping in another order; levels keep theirs, which is prescribed."""
    if isinstance(data, dict):
        items = list(data.items())
        chance.shuffle(items)
        return {key: value if key == "levels" else shuffled(value, chance) for key, value in items}
    return [shuffled(part, chance) for part in data] if isinstance(data, list) else data


ORIGINAL = load("tutorial/first_steps")
MERGED = ORIGINAL.model.model_dump(mode="json", by_alias=True, exclude_unset=True)


class TestIdentities:
    """Draws are keyed by what is declared, never by position."""

    def test_hashes_of_names(self, loaded: Loaded) -> None:
        """64 bits of the name or path."""
        scenario = loaded()
        assert [identity("anna"), identity("bert"), identity("carl")] == scenario.setting.state_id.tolist()
        place = scenario.names.numbers.index("states.anna.power")
        assert identity("states.anna.power") == int(scenario.setting.number_id[place])
        assert np.uint64 == scenario.setting.number_id.dtype

    def test_a_known_hash(self) -> None:
        """Published results hang on it, so it is written down."""
        assert 0x7A502A1B842AABAA == identity("ukraine")

    def test_a_new_state_leaves_the_others_their_identity(self, loaded: Loaded) -> None:
        """So both scenarios draw the same for what they share."""
        dora = "  dora: {positions: {land: {ideal: 0, salience: 1}}}\nalliances:\n"
        before, after = loaded(), loaded(("alliances:\n", dora))
        known = dict(zip(after.names.numbers, after.setting.number_id.tolist(), strict=True))
        for path, number_id in zip(before.names.numbers, before.setting.number_id.tolist(), strict=True):
            assert number_id == known[path]


class TestNumbers:
    """Every number stands where the rules look for it."""

    def test_every_number_has_a_path_of_its_own(self) -> None:
        """And there are as many as the layout says."""
        for code in packaged():
            scenario = load(code)
            setting = scenario.setting
            shape = (len(setting.state_id), len(setting.issue_id), len(setting.member), len(setting.event_id))
            assert count(*shape, len(setting.effect_kind), len(setting.test)) == len(scenario.names.numbers)
            assert len(set(scenario.names.numbers)) == len(scenario.names.numbers)
            assert len(scenario.names.numbers) == len(setting.drawn) == len(setting.shape) == len(setting.bounds)

    def test_every_number_of_the_tables_can_be_written(self) -> None:
        """The schema knows each entry of the model's tables by its name."""
        known = [*Strain.model_fields, *Talks.model_fields, *Assumptions.model_fields]
        assert sorted(number.name for number in COMMON) == sorted(known)

    def test_values_are_found_by_the_rules(self, loaded: Loaded) -> None:
        """Read through the model's own views."""
        x = fixed(loaded())
        anna, bert, carl, land, truce = 0, 1, 2, 0, 1
        assert 1.2 == x.state[n.POWER, anna, 0]
        assert 1.0 == x.state[n.POWER, bert, 0]
        assert 0.1 == x.position[n.IDEAL, anna, land, 0]
        assert 5.0 == x.position[n.SALIENCE, bert, truce, 0]
        assert 0.8 == x.position[n.RED_LINE, anna, land, 0]
        assert 0.6 == x.tie[n.COMMITMENT_0, bert, anna, 0]
        assert 0.4 == x.tie[n.SUPPORT, bert, anna, 0]
        assert 0.3 == x.tie[n.BREAKS_BELOW, bert, anna, 0]
        assert 0.0 == x.tie[n.COMMITMENT_0, anna, carl, 0]
        assert 0.4 == x.tie[n.DEPENDENCE, anna, bert, 0]
        assert 0.2 == x.stake[carl, 0, 0]
        assert 0.5 == x.issue[n.STATUS_QUO, land, 0]
        assert 0.5 == x.issue[n.ENDS_WAR_AT, truce, 0]
        assert 1.0 == x.event[n.CHANCE, 0, 0]
        assert [0.1, -0.05] == x.effect[:, 0].tolist()
        assert [3.0] == x.test[:, 0].tolist()
        assert [number.default for number in n.COMMON] == x.common[:, 0].tolist()

    def test_parameters_of_policies(self, loaded: Loaded) -> None:
        """Each slot's parameters stand in its two places, at the tactic's default unless given."""
        scenario = loaded(("policy: wedge", "policy: {preset: wedge, margin: 0.1}"))
        x = fixed(scenario)
        defaults = DEMANDS[PRESETS["wedge"].demands[0]].parameters
        assert defaults[0].default == x.state[n.DEMAND_A, 2, 0]
        assert 0.1 == x.state[n.COURT_A, 2, 0]
        assert "states.carl.policy.courts.margin" in scenario.names.numbers

    def test_missing_positions_and_ties_weigh_nothing(self, loaded: Loaded) -> None:
        """A state without a position on an issue gives it no weight."""
        x = fixed(loaded(("      truce: {ideal: 0.3, salience: 2}\n", "")))
        assert (0.0, 0.0, 0.0, 1.0) == tuple(x.position[:, 2, 1, 0])
        assert not x.tie[:, 2, :, 0].any()

    @pytest.mark.parametrize(
        ("written", "kind", "shape"),
        [
            ("2", 0, (2, 0, 0, -np.inf, np.inf)),
            ("{value: 2, source: a}", 0, (2, 0, 0, -np.inf, np.inf)),
            ("{uniform: [1, 2]}", 1, (1, 2, 0, -np.inf, np.inf)),
            ("{normal: [1, 0.5], min: 0.1}", 2, (1, 0.5, 0, 0.1, np.inf)),
            ("{normal: [1, 0.5], min: 0.1, max: 2}", 2, (1, 0.5, 0, 0.1, 2)),
            ("{lognormal: [0, 1]}", 3, (0, 1, 0, 0, np.inf)),
            ("{lognormal: [0, 1], max: 5}", 3, (0, 1, 0, 0, 5)),
            ("{triangular: [1, 2, 4]}", 4, (1, 2, 4, -np.inf, np.inf)),
        ],
    )
    def test_distributions(self, loaded: Loaded, written: str, kind: int, shape: tuple[float, ...]) -> None:
        """Kind and parameters, as the model's drawing rule wants them."""
        scenario = loaded(("power: 1.2", f"power: {written}"))
        place = scenario.names.numbers.index("states.anna.power")
        assert kind == scenario.setting.drawn[place]
        assert shape == tuple(scenario.setting.shape[place])

    def test_choices_share_one_table(self, loaded: Loaded) -> None:
        """Values in rising order with cumulated shares."""
        scenario = loaded(("power: 1.2", "power: {choice: {3: 1, 1: 3}}\n    hope: {choice: {0.2: 1, 0.4: 1}}"))
        power = scenario.setting.shape[scenario.names.numbers.index("states.anna.power")]
        hope = scenario.setting.shape[scenario.names.numbers.index("states.anna.hope")]
        assert [[1, 0.75], [3, 1]] == scenario.setting.mixture[int(power[0]) : int(power[1])].tolist()
        assert [[0.2, 0.5], [0.4, 1]] == scenario.setting.mixture[int(hope[0]) : int(hope[1])].tolist()

    def test_bounds(self, loaded: Loaded) -> None:
        """Of the table, or of the policy's parameter."""
        scenario = loaded()
        bounds = dict(zip(scenario.names.numbers, scenario.setting.bounds.tolist(), strict=True))
        assert [0.0, 1.0] == bounds["states.anna.hope"]
        assert [0.01, 100.0] == bounds["states.anna.policy.demands.e"]
        assert [-np.inf, np.inf] == bounds["stakes.pact.carl"]


class TestStructure:
    """Who sits where, what is on the table, when."""

    def test_the_small_scenario(self, loaded: Loaded) -> None:
        """Array by array."""
        setting = loaded().setting
        assert (20, 7.0, 1) == (setting.rounds, setting.days, setting.war_issue)
        assert [0, 1] == setting.stage_of.tolist()
        assert [[1, 0], [0, 0], [0, 0]] == setting.red_side.tolist()
        assert [[1, 1, 1], [1, 0, 1]] == setting.seat.tolist()
        assert [3, 2] == setting.quota.tolist()
        assert [[0, 0], [1, 0]] == setting.needs.tolist()
        assert [1, 0] == setting.precondition.tolist()
        assert [0, 0] == setting.stage_rounds.tolist()
        assert [ROTATION, ROTATION] == setting.floor_kind.tolist()
        assert [[0, 1, 2], [0, 2, -1]] == setting.floor_list.tolist()
        assert [3, 2] == setting.floor_count.tolist()
        assert [SEALED, SEALED] == setting.answers.tolist()
        assert [[0, 1]] == setting.order_group.tolist()
        assert [[0, 1, 0], [1, 0, 0], [0, 0, 0]] == setting.tie.tolist()
        assert [[1, 1, 0]] == setting.member.tolist()
        assert [[0, 0, 1], [0, 0, 1], [1, 1, 0]] == setting.adversary.tolist()
        assert [28, -1] == setting.event_day.tolist()
        assert [0, 1] == setting.event_turn.tolist()
        assert [[-1, -1], [0, 1]] == setting.event_when.tolist()

    def test_policies(self, loaded: Loaded) -> None:
        """Numbers of tactics; a wedge is driven between the ally and the one it depends on."""
        setting = loaded().setting
        assert DEMANDS["boulware"].number == setting.demands[0]
        assert COURTS["wedge"].number == setting.courts[2]
        assert ANSWERS["quantal"].number == setting.answer_rule[1]
        assert ([-1, -1, 1], [-1, -1, 0]) == (setting.patron.tolist(), setting.client.tolist())

    def test_a_follower_follows_the_ally_it_depends_on(self, loaded: Loaded) -> None:
        """Unless it is told whom."""
        assert 1 == loaded(("policy: boulware", "policy: follow")).setting.patron[0]
        named = loaded(("policy: boulware", "policy: {preset: follow, patron: carl}"))
        assert 2 == named.setting.patron[0]

    def test_floors_and_answers(self, loaded: Loaded) -> None:
        """By lot, alternating, in turn, and with a limit."""
        scenario = loaded(
            (
                "issues: [land]",
                "issues: [land]\n    floor: {random: [carl, anna]}\n    answers: in_turn\n    rounds: 5",
            ),
            ("after: land", "after: land\n    floor: {alternating: [carl, bert]}"),
        )
        setting = scenario.setting
        assert [RANDOM_FLOOR, ROTATION] == setting.floor_kind.tolist()
        assert [[0, 2], [2, 1]] == setting.floor_list.tolist()
        assert ([IN_TURN, SEALED], [5, 0]) == (setting.answers.tolist(), setting.stage_rounds.tolist())

    def test_quota_and_veto(self, loaded: Loaded) -> None:
        """Two of three, not without carl."""
        setting = loaded(("consent: [anna, carl]", "consent: {quota: 2, veto: [carl]}")).setting
        assert (2, [1, 1, 1], [0, 0, 1]) == (setting.quota[1], setting.seat[1].tolist(), setting.veto[1].tolist())

    def test_a_red_line_below(self, loaded: Loaded) -> None:
        """The side away from the ideal is refused, unless it is said."""
        assert -1 == loaded(("ideal: 1, salience: 4}", "ideal: 1, salience: 4, red_line: 0.3}")).setting.red_side[2, 0]
        assert 1 == loaded(("red_line: 0.8", "red_line: {above: 0.8}")).setting.red_side[0, 0]

    def test_what_a_state_may_do(self, loaded: Loaded) -> None:
        """Walk out, ratify, pay."""
        rich = "power: 1.2\n    outside: {}\n    ratification: {needs: 0.1}\n    purse: {budget: 1, pays: [bert]}"
        setting = loaded(("power: 1.2", rich)).setting
        assert ([1, 0, 0], [1, 0, 0]) == (setting.has_outside.tolist(), setting.ratifies.tolist())
        assert [[0, 1, 0], [0, 0, 0], [0, 0, 0]] == setting.pays.tolist()

    def test_declared_adversaries(self, loaded: Loaded) -> None:
        """Replace the default, both ways round."""
        setting = loaded(("agenda:\n", "adversaries: [[carl, anna]]\nagenda:\n")).setting
        assert [[0, 0, 1], [0, 0, 0], [1, 0, 0]] == setting.adversary.tolist()


class TestNeeds:
    """Which stages must be settled before another can open."""

    @pytest.mark.parametrize(
        ("stages", "expected"),
        [
            ([{}, {}, {}], ["", "a", "ab"]),  # each stays on the table until it is settled
            ([{"rounds": 5}, {}, {}], ["", "", "b"]),  # unless it lapses
            ([{"possible_when": {"fighting": False}}, {}, {}], ["", "", "b"]),  # or may be impossible
            ([{}, {"after": "a", "rounds": 3}, {"after": "b", "rounds": 3}], ["", "a", "ab"]),  # preconditions of preconditions
            ([{"after": "c"}, {}, {}], ["bc", "", "b"]),  # a stage that waits for a later one does not block it
            ([{"rounds": 5}, {"rounds": 5}, {"after": ["a", "b"]}], ["", "", "ab"]),
        ],
    )  # fmt: skip
    def test_needs(self, stages: list[dict[str, Any]], expected: list[str]) -> None:
        """By precondition, or because an earlier stage never leaves the table."""
        made = [
            Stage.model_validate({"stage": name, "issues": ["x"], **said})
            for name, said in zip("abc", stages, strict=True)
        ]
        found = needs(made)
        assert expected == ["".join(h for j, h in enumerate("abc") if found[g][j]) for g in range(3)]


class TestConditions:
    """Conditions become rows in postfix order."""

    def rows(self, scenario: Scenario, event: str) -> list[tuple[str, int, int, int]]:
        """The rows of an event's condition, in words."""
        setting = scenario.setting
        start, stop = setting.event_when[scenario.names.events.index(event)]
        return [
            (s.TESTS[setting.test[r]], int(setting.test_a[r]), int(setting.test_b[r]), int(setting.test_side[r]))
            for r in range(start, stop)
        ]

    @pytest.mark.parametrize(
        ("written", "rows"),
        [
            ("{settled: truce}", [("settled", 1, -1, 1)]),
            ("{event: rift}", [("event", 1, -1, 1)]),
            ("{fighting: true}", [("fighting", -1, -1, 1)]),
            ("{fighting: false}", [("fighting", -1, -1, 1), ("not", 1, -1, 1)]),
            ("{withheld: {from: bert, to: anna}}", [("withheld", 1, 0, 1)]),
            ("{commitment: {from: anna, to: bert}, below: 0.4}", [("commitment", 0, 1, -1)]),
            ("{belief: {of: anna, in: carl}, above: 0.4}", [("belief", 0, 2, 1)]),
            ("{level: truce, above: 0.4}", [("level", 1, -1, 1)]),
            ("{round: {below: 4}}", [("round", -1, -1, -1)]),
            ("{date: {from: 2030-01-21}}", [("day", -1, -1, 1)]),
            ("{date: {before: 2030-01-21}}", [("day", -1, -1, -1)]),
            (
                "{all: [{fighting: true}, {any: [{settled: land}, {not: {talks_over: true}}]}]}",
                [("fighting", -1, -1, 1), ("settled", 0, -1, 1), ("talks_over", -1, -1, 1), ("not", 1, -1, 1), ("any", 2, -1, 1), ("all", 2, -1, 1)],
            ),
        ],
    )  # fmt: skip
    def test_rows(self, loaded: Loaded, written: str, rows: list[tuple[str, int, int, int]]) -> None:
        """Parts first, then what joins them."""
        assert rows == self.rows(loaded(("at: 2030-02-04", f"when: {written}")), "drought")

    def test_unless(self, loaded: Loaded) -> None:
        """Beside a date it is all there is; beside a condition both must hold."""
        dated = loaded(("at: 2030-02-04", "at: 2030-02-04\n    unless: {settled: land}"))
        assert [("settled", 0, -1, 1), ("not", 1, -1, 1)] == self.rows(dated, "drought")
        both = loaded(("above: 3}", "above: 3}\n    unless: {settled: land}"))
        assert ["refusals", "settled", "not", "all"] == [row[0] for row in self.rows(both, "rift")]

    def test_a_date_is_counted_in_days(self, loaded: Loaded) -> None:
        """From the day the talks start."""
        scenario = loaded(("at: 2030-02-04", "when: {date: {from: 2030-01-21}}"))
        assert 14.0 == fixed(scenario).test[0, 0]

    def test_stages_have_conditions_too(self, loaded: Loaded) -> None:
        """Their rows come first."""
        setting = loaded(("after: land", "possible_when: {fighting: true}")).setting
        assert [[-1, -1], [0, 1]] == setting.possible_when.tolist()
        assert [[-1, -1], [1, 2]] == setting.event_when.tolist()


class TestEffects:
    """What events change."""

    def test_kinds(self, loaded: Loaded) -> None:
        """Each with its place or its two states, in the order they are declared."""
        effects = """\
      - {change: states.anna.hope, to: 0.3}
      - {change: states.anna.hope, times: 0.5}
      - {shock: {from: bert, to: anna}, by: -0.1}
      - {withhold: {from: bert, to: anna}}
      - {restore: {from: bert, to: anna}}
      - {deadline: 2030-02-05}
      - {deadline: {round: 9}}
"""
        scenario = loaded(("      - change: states.carl.war_cost\n        by: 0.1\n", effects))
        setting, hope = scenario.setting, scenario.names.numbers.index("states.anna.hope")
        kinds = [s.CHANGE_TO, s.CHANGE_TIMES, s.TIE_SHOCK, s.WITHHOLD, s.RESTORE, s.MOVE_DEADLINE, s.MOVE_DEADLINE]
        assert [*kinds, s.TIE_SHOCK] == setting.effect_kind.tolist()
        assert [hope, hope, 1, 1, 1, -1, -1, 1] == setting.effect_a.tolist()
        assert [-1, -1, 0, 0, 0, -1, -1, 0] == setting.effect_b.tolist()
        assert [0] * 7 + [1] == setting.effect_event.tolist()
        assert [0.3, 0.5, -0.1, 0, 0, 5, 9, -0.05] == fixed(scenario).effect[:, 0].tolist()

    def test_an_event_without_effects(self, loaded: Loaded) -> None:
        """Only marks its day."""
        scenario = loaded(
            ("    effects:\n      - change: states.carl.war_cost\n        by: 0.1\n", "    repeats: true\n")
        )
        assert [1] == scenario.setting.effect_event.tolist()
        assert [1, 0] == scenario.setting.event_repeats.tolist()


STUBBORN = "from wedge.agents.seat import Policy\n\nclass stubborn(Policy):\n    pass\n"


class TestOutsiders:
    """A policy from a user's file."""

    def test_it_is_named_and_hashed(self, loaded: Loaded, write: Callable[..., Path], tmp_path: Path) -> None:
        """Its text belongs to what the scenario means."""
        change = ("policy: boulware", "policy: {file: mine.py, name: stubborn}")
        write(STUBBORN, "mine.py")
        first = loaded(change)
        assert {0: (str(tmp_path / "mine.py"), "stubborn")} == first.outsiders
        write(f"{STUBBORN}# another\n", "mine.py")
        assert first.sha256 != loaded(change).sha256

    @pytest.mark.parametrize("said", ["{file: mine.py, name: stubborn}", "./mine.py:stubborn"])
    def test_it_may_be_named_by_option(
        self, said: str, write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Then it is looked for where one stands, wherever the scenario is: a packaged one too."""
        write(STUBBORN, "mine.py")
        monkeypatch.chdir(tmp_path)
        scenario = load("tutorial/first_steps", policies={"patron": said})
        assert [("mine.py", "stubborn")] == list(scenario.outsiders.values())

    def test_an_option_may_name_any_file(
        self, small: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """It was typed by whoever plays; a scenario's own may not leave its folder."""
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine.py"
        elsewhere.write_text(STUBBORN)
        assert {0: (str(elsewhere), "stubborn")} == load(small(), policies={"anna": f"{elsewhere}:stubborn"}).outsiders
        with pytest.raises(Exception, match="taken from where you are"):
            load(small(), policies={"anna": "no_such.py:stubborn"})

    def test_a_link_out_of_the_folder(
        self, loaded: Loaded, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """Is not followed."""
        elsewhere = tmp_path_factory.mktemp("elsewhere") / "mine.py"
        elsewhere.write_text("")
        (tmp_path / "mine.py").symlink_to(elsewhere)
        with pytest.raises(Exception, match="must lie in the scenario's folder"):
            loaded(("policy: boulware", "policy: {file: mine.py, name: stubborn}"))


def test_names_and_titles(loaded: Loaded) -> None:
    """Titles are made from names where none are given."""
    change = ("  land:\n    levels", "  dry_season:\n    levels: {0: a, 1: b}\n  land:\n    levels")
    names = loaded(change).names
    assert "Dry season" == names.issue_titles[0]
    assert "Anna" == names.state_titles[0]
    assert {0.0: "none", 1.0: "full"} == names.levels[2]
    assert [0, 1, 2] == names.display
