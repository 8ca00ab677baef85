"""Results are what they say they are, or it is named what is not: bytes, scenario, rules, runs."""

import json
import shutil
from pathlib import Path

import pytest

from wedge.engine.analysis import summarise
from wedge.engine.experiment import ExperimentError, open_experiment, run, verify
from wedge.engine.experiment.files import write_table
from wedge.engine.experiment.verifying import FILE, MANIFEST, RULES, RUN, SCENARIO, UNFINISHED, Finding

HERE = Path(__file__).parent
SMALL = str(HERE / "small.yaml")
FEW = ((0, 20),)
SIZE = {"worlds": 50, "seed": 3, "sizes": FEW, "rounds_of": 10, "driver": "traced"}


@pytest.fixture(scope="module")
def sound(small, tmp_path_factory) -> Path:
    """Results that nobody touched."""
    folder = tmp_path_factory.mktemp("sound") / "results"
    run(small, out=folder, **SIZE)
    return folder


@pytest.fixture
def copy(sound, tmp_path) -> Path:
    """The same, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "copy"))


def findings(folder: Path, sample: int | None = 0, **given: object) -> list[Finding]:
    """What is found in one experiment."""
    (found,) = verify(folder, sample, **given)
    return found.findings


def flip(path: Path, place: int = -400) -> None:
    """Turn one bit over."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Lose the last bytes."""
    path.write_bytes(path.read_bytes()[:-7])


class TestSound:
    """Where nothing is wrong."""

    def test_worlds_come_out_the_same(self, sound):
        """Those of the sample by one driver, a few by the other."""
        (found,) = verify(sound, 12)
        assert (True, 12, 3, []) == (found.sound, found.played, found.by_the_other, found.notes)
        assert found.files == len(json.loads((sound / "manifest.json").read_text())["files"])

    def test_all_worlds_can_be_played(self, sound):
        """With their sums."""
        (found,) = verify(sound, None)
        assert (True, 50) == (found.sound, found.played)

    def test_parts_of_several_lots_are_added_up_as_they_were(self, small, tmp_path, monkeypatch):
        """Sums of floats depend on the order: lots first, then their sums; and every round of the told worlds is there."""
        monkeypatch.setattr("wedge.engine.experiment.lots.AT_ONCE", 8)
        monkeypatch.setattr("wedge.engine.experiment.producing.AT_ONCE", 8)
        run(small, 40, 7, tmp_path / "lots", driver="batch", sizes=((0, 20),), rounds_of=30)
        assert findings(tmp_path / "lots", None) == []
        monkeypatch.setattr("wedge.engine.experiment.lots.AT_ONCE", 2000)
        assert any("sums" in finding.what for finding in findings(tmp_path / "lots", None)), (
            "the order made no difference"
        )

    def test_many_worlds_of_a_part_come_out_in_their_order(self, small, tmp_path):
        """Also where most rows of the told worlds are looked at, and not all."""
        run(small, 150, 7, tmp_path / "many", driver="batch")
        assert all(findings(tmp_path / "many", sample) == [] for sample in (30, 100, 149))

    def test_the_sample_is_the_same_each_time(self, sound):
        """And progress is told."""
        told: list[list[tuple[int, int]]] = [[], []]
        for each in told:
            verify(sound, 2, progress=lambda done, wanted, each=each: each.append((done, wanted)))
        assert told[0] == told[1]
        assert (2, 2) == told[0][-1]


class TestBytes:
    """Where a file is not as it was written."""

    @pytest.mark.parametrize(
        ("name", "harm", "said"),
        [
            ("ties/part-000001.parquet", flip, "has other bytes than were written"),
            ("sums/part-000000.parquet", cut, "was cut short"),
            ("runs/part-000002.parquet", Path.unlink, "is missing"),
            ("rounds.parquet", flip, "has other bytes than were written"),
            ("seals/part-000001.json", cut, "cannot be read"),
        ],
    )
    def test_it_is_named_and_never_read(self, copy, name, harm, said):
        """By verify, and by whoever would read the tables."""
        harm(copy / name)
        found = findings(copy)
        assert [(FILE, name)] == [(one.kind, one.where) for one in found]
        assert said in found[0].what
        for read in (lambda: open_experiment(copy).table("runs"), lambda: summarise(open_experiment(copy))):
            with pytest.raises(ExperimentError, match=f"{name} {said}"):
                read()

    def test_the_same_call_puts_it_right(self, small, copy, sound, contents):
        """What is damaged is played again, and said."""
        for name, harm in (
            ("ties/part-000001.parquet", flip),
            ("runs/part-000000.parquet", cut),
            ("sums.parquet", flip),
        ):
            harm(copy / name)
        run(small, out=copy, **SIZE)
        assert contents(sound) == contents(copy)

    def test_a_changed_summary_is_named(self, copy):
        """All that the manifest vouches for is read."""
        from wedge.engine.experiment.manifest import seal

        (copy / "summary.json").write_text("{}")
        seal(copy)
        assert [] == findings(copy)
        (copy / "summary.json").write_text("{} ")
        assert [(FILE, "summary.json")] == [(one.kind, one.where) for one in findings(copy)]

    def test_an_unfinished_experiment_says_so(self, copy):
        """Without manifest hashes the seals still vouch for the parts."""
        manifest = json.loads((copy / "manifest.json").read_text())
        (copy / "manifest.json").write_text(json.dumps(manifest | {"finished": False, "files": {}}))
        flip(copy / "ties/part-000001.parquet")
        assert {UNFINISHED, FILE} == {one.kind for one in findings(copy)}


class TestMeaning:
    """Where bytes are right and the rest is not."""

    def test_a_result_that_was_changed_and_sealed_again(self, copy):
        """Whoever makes up a number and its hashes is found out by playing."""
        from wedge.engine.experiment.manifest import write_manifest
        from wedge.engine.experiment.store import Store
        from wedge.engine.scenario import load

        experiment = open_experiment(copy)
        store = Store(copy, experiment.plan)
        part = store.stored()[1]
        tables = {
            name: experiment.table(name).query(f"{part.first} <= world < {part.stop}")
            for name in experiment.tables
            if "round" not in name and name != "sums"
        }
        columns = {name: {column: frame[column].to_numpy() for column in frame} for name, frame in tables.items()}
        columns["states"]["payoff"] = columns["states"]["payoff"].copy()
        columns["states"]["payoff"][4] += 1e-15
        seal = write_table(store.path("states", part), columns["states"], store.plan.about())
        said = json.loads(store.seal_path(part).read_text())
        said["files"]["states"] = list(seal)
        store.seal_path(part).write_text(json.dumps(said))
        write_manifest(load(SMALL), store, ["wedge", "run", SMALL], finished=True)
        (found,) = findings(copy, None)
        assert (RUN, f"{SMALL}@3:21") == (found.kind, found.where)
        assert "states.payoff is" in found.what

    def test_a_scenario_that_means_something_else_now(self, copy):
        """What differs is named, and nothing is played."""
        (found,) = verify(copy, 5, scenario=HERE / "turned.yaml")
        assert [SCENARIO] == [one.kind for one in found.findings]
        assert "means something else now: agenda" in found.findings[0].what
        assert 0 == found.played

    def test_a_scenario_that_is_gone(self, copy):
        """It says which."""
        manifest = json.loads((copy / "manifest.json").read_text())
        manifest["command"][2] = "no/such"
        (copy / "manifest.json").write_text(json.dumps(manifest))
        (found,) = findings(copy, 5)
        assert (SCENARIO, "no/such") == (found.kind, found.where)

    def test_a_scenario_that_was_edited_in_the_manifest(self, copy):
        """Its meaning no longer has its hash."""
        manifest = json.loads((copy / "manifest.json").read_text())
        manifest["scenario"]["meaning"]["numbers"]["states.client.power"] = 7
        (copy / "manifest.json").write_text(json.dumps(manifest))
        assert [MANIFEST] == [one.kind for one in findings(copy)]

    def test_other_rules_are_named(self, sound, monkeypatch):
        """Results of another version of the rules."""
        monkeypatch.setattr("wedge.engine.experiment.verifying.rules_hash", lambda: "other")
        assert [RULES] == [one.kind for one in findings(sound)]

    def test_other_versions_are_noted(self, sound, monkeypatch):
        """A library that is newer is no fault."""
        monkeypatch.setattr(
            "wedge.engine.experiment.verifying.versions",
            lambda: dict.fromkeys(("wedge", "python", "numpy", "duckdb"), "9.9"),
        )
        (found,) = verify(sound, 0)
        assert found.sound
        assert 4 == len(found.notes)


def test_there_must_be_something_to_verify(tmp_path):
    """A folder without an experiment is an error."""
    with pytest.raises(ExperimentError, match="holds no experiment"):
        verify(tmp_path)


def test_each_experiment_of_a_comparison_is_verified(small, turned, tmp_path):
    """All of them."""
    from wedge.engine.experiment import run_together

    run_together(
        [small, turned],
        20,
        3,
        tmp_path / "both",
        driver="traced",
        rounds_of=0,
    )
    assert [True, True] == [found.sound for found in verify(tmp_path / "both", 2)]


def test_worlds_that_failed_are_not_missed(with_policy, tmp_path):
    """They are known to be left out; the others come out the same."""
    run(with_policy("Fragile"), out=tmp_path / "some", **SIZE | {"rounds_of": 0})
    (found,) = verify(tmp_path / "some", None)
    assert found.sound
    assert 0 < found.played < 50
