"""What broke it, counted over many worlds."""

import pytest
from small_games import game, small

from wedge.engine.analysis.causes import causes
from wedge.engine.analysis.notation import read_moves
from wedge.engine.experiment import run
from wedge.engine.experiment.problems import ExperimentError
from wedge.engine.scenario import load
from wedge.engine.simulation.traced import play

SIDES = {"anvil": {"land": 0.0}, "bell": {"land": 1.0}, "crane": {"land": 0.7}}
TIES = {("crane", "anvil"): {"commitment": 0.5}}
CALM = {"daylight": 0.0, "abandonment": 0.0, "rally": 0.0, "end_blame": 0.0}
WORLDS = 12


def insult(day, by, chance=1.0):
    """An event that costs crane's tie to anvil so much, with a chance."""
    effects = [{"shock": {"from": "crane", "to": "anvil"}, "by": by}]
    return {"at": f"2030-01-{day:02d}", "effects": effects, "chance": chance}


def by_events(**events):
    """Nothing but events can break the tie."""
    return game(small(SIDES, TIES, rounds=5, strain=CALM, events=events))


@pytest.fixture(scope="module")
def found():
    """A tie that one event breaks in some worlds, two of them in others, and none in the rest."""
    return causes(by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6)), WORLDS, 4)


def test_every_fractured_world_has_a_row(found):
    """And no other."""
    scenario = by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6))
    broke = [world for world in range(WORLDS) if play(scenario, 4, world).world.alliance[0, 0, 0] >= 0]
    assert broke == found.fractures["world"].tolist()
    assert 0 < len(broke) < WORLDS


def test_the_size_of_the_cause_is_the_number_of_events_that_came(found):
    """One event alone is a cause by itself; of two, both must be taken out."""
    sizes = dict(zip(found.fractures["world"], found.fractures["size"], strict=True))
    scenario = by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6))
    came = {world: int((play(scenario, 4, world).world.event[0, :, 0] >= 0).sum()) for world in sizes}
    assert came == sizes
    assert {1, 2} == set(sizes.values())


def test_kinds_count_each_fracture_once(found):
    """Among those in which one change is enough."""
    single = found.fractures[found.fractures["size"] == 1]
    kinds = found.kinds.set_index("event")
    assert len(single) == kinds["count"].sum() == kinds["pivotal"].sum()
    assert (kinds["n"] == len(found.fractures)).all()
    assert ((kinds["low"] <= kinds["share"]) & (kinds["share"] <= kinds["high"])).all()


def test_the_codes_play_courses_in_which_the_alliance_holds(found):
    """A cause can be checked by anyone."""
    scenario = by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6))
    for code in found.changes["code"].unique():
        world, plus, moves = code.rpartition(":")[2].partition("+")
        course = read_moves(scenario, plus + moves)
        assert -1 == play(course.scenario, 4, int(world), course.forced).world.alliance[0, 0, 0]


def test_workers_change_nothing(found):
    """Worlds are searched at the same time and told in order."""
    again = causes(by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6)), WORLDS, 4, workers=3)
    for table in ("fractures", "changes", "kinds", "channels"):
        assert (
            getattr(found, table)
            .drop(columns="code", errors="ignore")
            .equals(getattr(again, table).drop(columns="code", errors="ignore"))
        )


def test_stored_results_are_searched_as_their_scenario_is(tmp_path, found):
    """Only worlds that fractured are played again."""
    path = tmp_path / "events.yaml"
    path.write_text(by_events(first=insult(8, -0.3, 0.6), second=insult(15, -0.3, 0.6)).path.read_text())
    stored = run(load(path), WORLDS, 4, tmp_path / "out", driver="traced", rounds_of=1)
    again = causes(stored)
    columns = ["world", "size", "kind", "event", "pivotal_round"]
    assert found.fractures[columns].equals(again.fractures[columns])
    assert found.about["worlds"] == again.about["worlds"]


def test_a_scenario_that_has_changed_since_is_refused(tmp_path):
    """Its worlds would be other worlds."""
    path = tmp_path / "events.yaml"
    path.write_text(by_events(first=insult(8, -0.3)).path.read_text())
    stored = run(load(path), 2, 4, tmp_path / "out", driver="traced", rounds_of=1)
    path.write_text(by_events(first=insult(8, -0.25)).path.read_text())
    with pytest.raises(ExperimentError, match="has changed since"):
        causes(stored)
