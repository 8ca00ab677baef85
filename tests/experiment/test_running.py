"""An experiment is the same however it was played: by whom, in which order, at once or bit by bit."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from wedge.engine.experiment import ExperimentError, NothingPlayed, open_experiment, run
from wedge.engine.experiment.manifest import changed_files
from wedge.engine.experiment.parts import Part
from wedge.engine.experiment.playing import play_part
from wedge.engine.experiment.producing import play_and_store
from wedge.engine.experiment.running import plan_of
from wedge.engine.experiment.store import open_store

SMALL = Path(__file__).parent / "small.yaml"
FEW = ((0, 20),)  # parts of twenty worlds
SIZE = {"worlds": 70, "seed": 3, "sizes": FEW, "rounds_of": 30, "driver": "traced"}


@pytest.fixture(scope="module")
def alone(small, tmp_path_factory):
    """An experiment that was left alone, in one process."""
    return run(small, out=tmp_path_factory.mktemp("alone") / "results", **SIZE)


def test_two_workers_store_what_one_stores(small, alone, tmp_path, contents):
    """Every byte but the timing is the same."""
    run(small, out=tmp_path / "two", workers=2, **SIZE)
    assert contents(alone.folder) == contents(tmp_path / "two")


def test_the_batch_driver_stores_what_the_traced_one_stores(alone, tmp_path, contents):
    """Threads and lanes, or one world at a time: the tables are the same to the byte.

    In a process of its own, where the rules run interpreted, so that nothing is compiled for it.
    """
    code = (
        "from wedge.engine.experiment import run; "
        f"run({str(SMALL)!r}, 70, 3, {str(tmp_path / 'batch')!r}, driver='batch', workers=2, sizes=((0, 20),), rounds_of=30)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"NUMBA_DISABLE_JIT": "1"})
    assert contents(alone.folder) == contents(tmp_path / "batch")


def test_a_large_part_is_played_a_few_worlds_at_a_time(small, monkeypatch):
    """Its tables are the same, and its sums are those of the lots in their order."""
    part = Part(0, 3, 23)
    whole = play_part(small, 3, part, "traced").outcomes
    monkeypatch.setattr("wedge.engine.experiment.lots.AT_ONCE", 8)
    lots = play_part(small, 3, part, "traced").outcomes
    for name, table in whole.tables.items():
        for column, values in table.items():
            assert values.dtype == lots.tables[name][column].dtype
            assert list(map(repr, values)) == list(map(repr, lots.tables[name][column]))
    each = [
        play_part(small, 3, Part(0, first, stop), "traced").outcomes.sums
        for first, stop in ((3, 11), (11, 19), (19, 23))
    ]
    assert np.array_equal(each[0] + each[1] + each[2], lots.sums)


def test_what_crashes_costs_its_lot_at_most(small, monkeypatch):
    """Where too many worlds of a lot crash the lot is given up; the others of its part are kept."""
    from wedge.engine.simulation import many

    whole = many.play_many

    def fragile(scenario, seed, worlds, **how):
        if any(10 <= world < 14 for world in worlds):
            raise ZeroDivisionError("so it is")
        return whole(scenario, seed, worlds, **how)

    monkeypatch.setattr(many, "play_many", fragile)
    monkeypatch.setattr("wedge.engine.experiment.lots.AT_ONCE", 10)
    monkeypatch.setattr("wedge.engine.experiment.playing.TOO_MANY", 3)
    found = play_part(small, 3, Part(0, 0, 30), "traced")
    assert [*range(10), *range(20, 30)] == list(found.outcomes.tables["runs"]["world"])
    assert {10, 11, 12, 13} >= {failure.first for failure in found.failed}


def test_parts_may_be_played_in_any_order(small, alone, tmp_path, contents):
    """Played backwards by hand and then finished, it is the same experiment."""
    folder = tmp_path / "backwards"
    store = open_store(folder, plan_of(small, 70, 3, FEW, 30))
    for part in reversed(store.missing()):
        play_and_store(small, store, part, "traced")
    run(small, out=folder, **SIZE)
    assert contents(alone.folder) == contents(folder)


def test_more_worlds_extend_what_is_there(small, alone, tmp_path, contents):
    """Thirty worlds and then seventy are seventy; the part that was cut short is played again."""
    run(small, out=tmp_path / "grown", **SIZE | {"worlds": 30})
    run(small, out=tmp_path / "grown", **SIZE)
    assert contents(alone.folder) == contents(tmp_path / "grown")


def test_the_same_call_again_plays_nothing(small, alone, contents):
    """What is finished is left as it is, down to the timing."""
    before = contents(alone.folder), (alone.folder / "timing.json").read_bytes()
    run(small, out=alone.folder, **SIZE)
    assert before == (contents(alone.folder), (alone.folder / "timing.json").read_bytes())


def test_a_lost_part_is_played_again(small, alone, tmp_path, contents):
    """A part with a file that is missing or cut short comes back the same."""
    run(small, out=tmp_path / "hurt", **SIZE)
    (tmp_path / "hurt/runs/part-000001.parquet").unlink()
    (tmp_path / "hurt/ties/part-000001.parquet").write_bytes(b"half a file")
    run(small, out=tmp_path / "hurt", **SIZE)
    assert contents(alone.folder) == contents(tmp_path / "hurt")


def test_the_manifest_vouches_for_every_file(alone):
    """It knows scenario, seed and rules, and the bytes of all results."""
    manifest = json.loads((alone.folder / "manifest.json").read_text())
    assert alone.plan.scenario == manifest["scenario"]["sha256"]
    assert (3, 70, True) == (manifest["seed"], manifest["worlds"], manifest["finished"])
    assert {"wedge", "python", "numpy", "duckdb"} == set(manifest["versions"])
    tables = {name.partition("/")[0] for name in manifest["files"]}
    assert {"runs", "alliances", "ties", "states", "issues", "stages", "events", "inputs", "rounds.parquet"} <= tables
    assert [] == changed_files(alone.folder)


def test_a_changed_file_is_noticed(small, tmp_path):
    """Results that were edited no longer fit their manifest."""
    run(small, out=tmp_path / "edited", **SIZE | {"worlds": 20})
    file = tmp_path / "edited/runs/part-000000.parquet"
    file.write_bytes(file.read_bytes() + b" ")
    assert ["runs/part-000000.parquet"] == changed_files(tmp_path / "edited")


def test_every_world_is_there_once(alone):
    """Worlds 0 to 69, in order; an alliance, two ties, three states in each."""
    assert list(range(70)) == alone.worlds.tolist()
    counts = [len(alone.table(name)) for name in ("alliances", "ties", "states", "issues", "stages", "events")]
    assert [70, 140, 210, 140, 140, 70] == counts


def test_the_first_rounds_end_where_the_run_ends(alone):
    """The told rounds are those of the same worlds: the last commitment of each is the one in the table of ties."""
    told = alone.ask(
        "SELECT r.commitment, t.commitment_end FROM round_ties r JOIN ties t USING (world, source, target) WHERE round = 5"
    )
    assert 60 == len(told)
    assert told["commitment"].tolist() == told["commitment_end"].tolist()


def test_the_books_of_a_round_balance(alone):
    """What a round did to a tie, channel by channel, is the change of its commitment."""
    channels = "daylight + abandonment + burden + rally + repair + shock + noise + clipped"
    gaps = alone.ask(
        f"SELECT max(abs(commitment_before + {channels} - commitment)) AS gap FROM round_ties WHERE NOT fractured"
    )
    assert gaps["gap"][0] < 1e-12


def test_sums_over_worlds_agree_with_the_tables(alone):
    """Strain by round and channel, summed over all worlds, adds up to the books of the ties."""
    by_round = alone.ask(
        "SELECT source, target, sum(change) AS change FROM sums WHERE channel = 'daylight' GROUP BY ALL"
    )
    by_world = alone.ask("SELECT source, target, sum(daylight) AS change FROM ties GROUP BY ALL")
    merged = by_round.merge(by_world, on=["source", "target"])
    assert 2 == len(merged)
    assert merged["change_x"].tolist() == pytest.approx(merged["change_y"].tolist())


def test_some_worlds_may_fail(with_policy, tmp_path, contents):
    """Worlds in which a policy fails are named and left out; the others are kept, whoever plays."""
    scenario = with_policy("Fragile")
    found = run(scenario, out=tmp_path / "one", **SIZE)
    assert found.failures
    assert all("low lot" in failure for failure in found.failures)
    assert 70 == len(found.worlds) + len(found.failures)
    assert found.finished
    run(scenario, out=tmp_path / "two", workers=2, **SIZE)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_worlds_that_fail_are_tried_again(with_policy, tmp_path, contents):
    """The same call comes to the same end: they are played once more, and named once."""
    scenario = with_policy("Fragile")
    first = run(scenario, out=tmp_path / "again", **SIZE)
    before = contents(tmp_path / "again")
    second = run(scenario, out=tmp_path / "again", **SIZE)
    assert before == contents(tmp_path / "again")
    assert first.failures == second.failures


def test_a_worker_that_dies_takes_its_part_only(with_policy, tmp_path):
    """Other parts are kept, and the worlds of the lost part are named."""
    found = run(with_policy("Deadly"), out=tmp_path / "dead", **SIZE | {"workers": 2, "sizes": ((0, 5),), "worlds": 40})
    assert found.failures
    assert all("the worker died (exit code 7)" in failure for failure in found.failures)
    assert 0 < len(found.worlds) < 40
    assert found.finished


def test_nothing_is_left_when_nothing_could_be_played(with_policy, tmp_path):
    """A policy that never works leaves no folder."""
    with pytest.raises(NothingPlayed, match="never works"):
        run(with_policy("Broken"), out=tmp_path / "none", **SIZE)
    assert not (tmp_path / "none").exists()


class TestRefusals:
    """Another experiment's folder is never touched."""

    def refused(self, scenario, folder: Path, **changed) -> str:
        """What is said when a call is refused; the folder is as before."""
        with pytest.raises(ExperimentError) as refusal:
            run(scenario, out=folder, **SIZE | changed)
        return refusal.value.message

    def test_another_seed(self, small, alone, contents):
        """It says which seed is there."""
        before = contents(alone.folder)
        assert "seed is 3, not 4" in self.refused(small, alone.folder, seed=4)
        assert before == contents(alone.folder)

    def test_another_scenario(self, turned, alone):
        """It says that the scenario means something else."""
        assert "means something else" in self.refused(turned, alone.folder)

    def test_other_rules(self, small, alone, monkeypatch):
        """Results of another version of the rules are not mixed with new ones."""
        monkeypatch.setattr("wedge.engine.experiment.running.rules_hash", lambda: "other")
        assert "other rules" in self.refused(small, alone.folder)

    def test_fewer_worlds(self, small, alone):
        """Nothing is thrown away."""
        assert "experiment of 70 worlds, and 10 were asked for" in self.refused(small, alone.folder, worlds=10)

    def test_a_folder_of_something_else(self, small, tmp_path):
        """A folder that is not empty and no experiment is somebody's work."""
        (tmp_path / "thesis.txt").write_text("years of work")
        assert "not empty" in self.refused(small, tmp_path)
        assert ["thesis.txt"] == [path.name for path in tmp_path.iterdir()]

    def test_a_file(self, small, tmp_path):
        """A file is no folder."""
        (tmp_path / "file").write_text("text")
        assert "is a file" in self.refused(small, tmp_path / "file") or "not a folder" in self.refused(
            small, tmp_path / "file"
        )

    def test_a_plan_that_cannot_be_read(self, small, tmp_path):
        """A damaged plan is not guessed at."""
        (tmp_path / "plan.json").write_text("{")
        assert "cannot read" in self.refused(small, tmp_path)

    def test_two_calls_at_once(self, small, tmp_path):
        """One call at a time writes to a folder."""
        from wedge.engine.experiment.store import alone_in

        run(small, out=tmp_path / "held", **SIZE | {"worlds": 20})
        with alone_in(tmp_path / "held"):
            assert "another call is writing" in self.refused(small, tmp_path / "held")

    @pytest.mark.parametrize(("worlds", "seed"), [(0, 1), (-5, 1), (10**9, 1), (5, -1), (5, 2**63)])
    def test_numbers_without_sense(self, small, tmp_path, worlds, seed):
        """No worlds, too many worlds, seeds that are none: nothing is made."""
        self.refused(small, tmp_path / "new", worlds=worlds, seed=seed)
        assert not (tmp_path / "new").exists()


def test_an_empty_folder_may_be_used(small, tmp_path):
    """A folder that was made for it is welcome."""
    assert 20 == len(run(small, out=tmp_path, **SIZE | {"worlds": 20}).worlds)


def test_what_is_no_experiment_cannot_be_opened(tmp_path):
    """It says what is missing."""
    with pytest.raises(ExperimentError, match=r"plan\.json is missing"):
        open_experiment(tmp_path)


def test_an_unfinished_experiment_can_be_read(small, tmp_path):
    """What is stored so far is there to be looked at, and is known to be unfinished."""
    from wedge.engine.experiment.manifest import write_manifest

    store = open_store(tmp_path / "half", plan_of(small, 70, 3, FEW, 0))
    write_manifest(small, store, (), finished=False)
    play_and_store(small, store, store.missing()[0], "traced")
    half = open_experiment(tmp_path / "half")
    assert not half.finished
    assert list(range(20)) == half.worlds.tolist()
