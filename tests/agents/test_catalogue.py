"""The catalogue of policies: found by looking, dispatched by a generated ladder."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_games import game, small

from wedge.agents import contract, make_ladder
from wedge.agents.catalogue import ANSWERS, COURTS, DEMANDS, PRESETS, Slot
from wedge.agents.contract import demand, view
from wedge.agents.ladder import offer_by, share_by, stance_by
from wedge.agents.sources import SOURCES
from wedge.agents.theories import DEFAULT_THEORY, THEORIES

ROOMS = {"demands": DEMANDS, "courts": COURTS, "answers": ANSWERS}
TACTICS = [pytest.param(slot, id=f"{room}-{name}") for room, slots in ROOMS.items() for name, slot in slots.items()]
SIDES = {"a": {"land": 0.0}, "b": {"land": 1.0}}


class TestTactics:
    """Every tactic of the three slots."""

    @pytest.mark.parametrize("slot", TACTICS)
    def test_says_what_it_does_and_cites_where_it_comes_from(self, slot):
        """A sentence, and a work with an author and a year."""
        assert slot.meaning.endswith(".")
        assert slot.sources
        assert set(slot.sources) <= set(SOURCES.values())

    @pytest.mark.parametrize("slot", TACTICS)
    def test_has_two_parameters_at_most_with_defaults_within_their_bounds(self, slot):
        """The numbers of a world have two places for each slot."""
        assert len(slot.parameters) <= 2
        assert all(p.low <= p.default <= p.high and p.meaning for p in slot.parameters)

    @pytest.mark.parametrize(("room", "slots"), [("demands", DEMANDS), ("courting", COURTS), ("answering", ANSWERS)])
    def test_comes_with_its_tests(self, room, slots):
        """Each function has a class that inherits the contract of its slot."""
        text = Path(__file__).with_name(f"test_{room}.py").read_text(encoding="utf-8")
        tested = set(re.findall(r"policy = staticmethod\((\w+)\)", text))
        assert {slot.function.__name__ for slot in slots.values()} == tested

    def test_that_share_a_function_share_a_number(self):
        """Boulware and conceder are concession with other defaults."""
        for slots in ROOMS.values():
            by_number: dict[int, set[str]] = {}
            for slot in slots.values():
                by_number.setdefault(slot.number, set()).add(slot.function.__name__)
            assert all(len(functions) == 1 for functions in by_number.values())

    def test_concern_patrons_and_clients_and_nobody_else(self):
        """Whom a scenario may name."""
        assert {"patron", "client"} >= {
            who for slots in ROOMS.values() for slot in slots.values() for who in slot.concerns
        }


class TestPresets:
    """Policies by name."""

    @pytest.mark.parametrize("preset", [pytest.param(p, id=p.name) for p in PRESETS.values()])
    def test_resolve_to_tactics_and_parameters_that_exist(self, preset):
        """Each of the three slots names a tactic, and gives only numbers it has."""
        for room, slots in ROOMS.items():
            name, given = getattr(preset, room)
            assert set(given) <= {p.name for p in slots[name].parameters}

    @pytest.mark.parametrize("preset", [pytest.param(p, id=p.name) for p in PRESETS.values()])
    def test_have_no_two_parameters_of_one_name(self, preset):
        """``{preset: boulware, e: 0.3}`` must say which number it means."""
        names = [p.name for room, slots in ROOMS.items() for p in slots[getattr(preset, room)[0]].parameters]
        assert sorted(set(names)) == sorted(names)

    def test_have_names_of_their_own(self):
        """No alias is another preset's name or alias."""
        names = [name for preset in PRESETS.values() for name in (preset.name, *preset.names)]
        assert sorted(set(names)) == sorted(names)

    @pytest.mark.parametrize("preset", [pytest.param(p, id=p.name) for p in PRESETS.values()])
    def test_cite_the_works_of_their_tactics_once_each(self, preset):
        """A policy is as good as its sources."""
        assert preset.sources
        assert len(preset.sources) == len(set(preset.sources))

    @pytest.mark.parametrize("name", [name for p in PRESETS.values() for name in (p.name, *p.names)])
    def test_can_be_written_in_a_scenario_by_name_and_alias(self, name):
        """The loader seats the tactics of the preset."""
        preset = next(p for p in PRESETS.values() if name in (p.name, *p.names))
        s = game(small(SIDES, states={"a": {"policy": name}})).setting
        wanted = [slots[getattr(preset, room)[0]].number for room, slots in ROOMS.items()]
        assert wanted == [int(s.demands[0]), int(s.courts[0]), int(s.answer_rule[0])]


class TestTheories:
    """The decision theories."""

    def test_are_numbered_as_the_rules_number_them(self):
        """The first is the one a scenario decides by if it says nothing."""
        assert [*range(len(THEORIES))] == [theory.number for theory in THEORIES.values()]
        assert 0 == THEORIES[DEFAULT_THEORY].number

    @pytest.mark.parametrize("theory", [pytest.param(theory, id=name) for name, theory in THEORIES.items()])
    def test_say_what_they_do_and_cite_where_they_come_from(self, theory):
        """With two parameters at most, whose defaults lie within their bounds and say what they rest on."""
        assert theory.meaning.endswith(".")
        assert theory.sources
        assert len(theory.parameters) <= 2
        assert all(p.low <= p.default <= p.high for p in theory.parameters)
        assert all("judgement" in p.meaning or "1992" in p.meaning for p in theory.parameters)


class TestLadder:
    """The dispatch by number."""

    def test_is_not_stale(self):
        """``python -m wedge.agents.make_ladder --check`` says so."""
        done = subprocess.run([sys.executable, "-m", "wedge.agents.make_ladder", "--check"], check=False)
        assert 0 == done.returncode

    def test_says_when_it_is_stale_and_is_written_anew(self, tmp_path, monkeypatch):
        """A missing file is stale; one that was just written is not; one that was edited is."""
        monkeypatch.setattr(make_ladder, "__file__", str(tmp_path / "make_ladder.py"))
        assert 1 == make_ladder.main(["--check"])
        assert 0 == make_ladder.main([])
        assert 0 == make_ladder.main(["--check"])
        (tmp_path / "ladder.py").write_text("edited", encoding="utf-8")
        assert 1 == make_ladder.main(["--check"])

    @given(st.sampled_from(sorted(DEMANDS)), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5))
    def test_leads_to_the_demand_of_that_number(self, name, used, conceded, lot, a):
        """The very tactic."""
        seen = demand(used=used, conceded=conceded, lot=lot, number_a=a)
        assert DEMANDS[name].function(seen) == share_by(DEMANDS[name].number, seen)

    @given(
        st.sampled_from(sorted(ANSWERS)),
        st.floats(-1, 1),
        st.floats(0, 1),
        st.integers(0, 1),
        st.integers(0, 1),
        st.floats(0, 1),
    )
    def test_leads_to_the_answer_of_that_number(self, name, surplus, held, line, allys, lot):
        """The very tactic."""
        seen = view(surplus=surplus, held_out_for=held, red_line=line, allys_red_line=allys, lot=lot, number_a=0.5)
        assert ANSWERS[name].function(seen) == stance_by(ANSWERS[name].number, seen)

    @pytest.mark.parametrize("name", sorted(COURTS))
    def test_leads_to_the_proposal_of_that_number(self, name):
        """The very tactic."""
        slot: Slot = COURTS[name]
        first, second = (contract.room(4, 3, 11, (0.02, 0.4)) for _ in range(2))
        assert slot.function(*first, 0, 0, 0) == offer_by(slot.number, *second, 0, 0, 0)
        assert (first.w.issue == second.w.issue).all()
