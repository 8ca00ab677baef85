"""The pieces of the suite that can be checked without measuring."""

import sys

import pytest

from benchmarks import page
from benchmarks.beside import Skipped, by_dask, noting
from benchmarks.fitting import growth
from benchmarks.grid import grid_scenario, grid_tree
from benchmarks.measuring import Task, in_turns, process, ratios
from benchmarks.rivals.mesa_talks import play_in_mesa

COSTS = {"3": 0.001, "6": 0.002, "12": 0.004}
MEASURED = {
    "machine": {"processor": "a fast one", "cores": "2"},
    "how": {"beside": {"quick": True, "repeats": 2}},
    "beside": {
        "skipped": {"NegMAS": "negmas is not installed"},
        "a game": {"C -O3, 1 thread": [0.001, 0.001], "batch kernel, 1 thread": [0.002, 0.004], "slow": [0.2, 0.4]},
    },
    "scaling": {"states": {"batch kernel": COSTS}},
    "worlds": [
        {"worlds": 10**power, "wall": 10.0**power / 1e3, "cpu": 1.0, "peak": 100.0, "stored": 1.5} for power in (3, 4, 5)
    ],
    "starting": {"wedge --help": {"wall": 0.1, "cpu": 0.1, "imports": []}, "first run": {"wall": 9, "cpu": 9, "imports": None}},
}  # fmt: skip


class TestGrowth:
    """Exponents of power laws."""

    def test_of_an_exact_power_law(self):
        """Costs that grow with the square have the exponent 2, without doubt."""
        fit = growth([1, 2, 4, 8], [3.0, 12.0, 48.0, 192.0])
        assert (2.0, 2.0, 2.0, 3.0) == pytest.approx(tuple(fit))

    def test_interval_holds_what_scatter_leaves_open(self):
        """A noisy line has a wider interval than a clean one."""
        fit = growth([1, 2, 4, 8], [1.0, 2.5, 3.5, 9.0])
        assert fit.low < 1.0 < fit.high

    def test_two_points_say_nothing_of_their_scatter(self):
        """With two points the interval has no end."""
        assert growth([1, 2], [1.0, 2.0]).high == float("inf")


class TestTiming:
    """Taking turns."""

    def test_goes_round(self):
        """One uncounted call each, then A B, A B."""
        calls: list[str] = []
        tasks = {name: Task(lambda name=name: calls.append(name), 2) for name in "AB"}
        found = in_turns(tasks, 2)
        assert ["A", "B", "A", "B", "A", "B"] == calls
        assert {"A": 2, "B": 2} == {name: len(values) for name, values in found.items()}

    def test_ratios_are_taken_turn_by_turn(self):
        """A machine that slows down for both does not move them."""
        assert (2.0, 2.0, 3.0) == ratios([2.0, 20.0, 30.0], [1.0, 10.0, 10.0])

    def test_process_is_accounted_for(self):
        """CPU seconds and peak memory of a whole process."""
        took = process([sys.executable, "-c", "bytes(50_000_000)"])
        assert took.peak > 48
        assert 0 < took.cpu < 60


class TestGrid:
    """Scenarios made to size."""

    @pytest.mark.parametrize("size", [(3, 1, 8), (5, 4, 20), (32, 2, 4)])
    def test_has_its_size(self, size):
        """So many states, issues and rounds, through the real loader."""
        setting = grid_scenario(*size).setting
        assert size == (*setting.red_side.shape, setting.rounds)

    def test_pairs_states_into_alliances(self):
        """Every second state is an ally of the one before it."""
        pacts = grid_tree(5, 1, 8)["alliances"]
        assert [["s00", "s01"], ["s02", "s03"]] == [pact["members"] for pact in pacts.values()]


class TestPage:
    """From numbers to Markdown."""

    def test_ratios_and_skips_are_told(self):
        """Slowest last, relative to the kernel and to C; what is missing with its reason."""
        text = page.page(MEASURED)
        assert "| slow | 3.33 | 100 (100–100) | 300 |" in text
        assert "| C -O3, 1 thread | 1,000 | 0.375 (0.25–0.5) | 1 |" in text
        assert "Not measured: NegMAS (negmas is not installed)." in text
        assert "Small sizes, for orientation only: beside." in text

    def test_exponents_are_told(self):
        """Along each axis, and over worlds."""
        text = page.page(MEASURED)
        assert "| states | batch kernel | 3–12 | 1 to 4 | 1.00 (1.00 to 1.00) |" in text
        assert "to the power 1.00 (1.00 to 1.00)" in text

    def test_imports_are_told(self):
        """None is worth saying; where it was not looked, a dash."""
        text = page.page(MEASURED)
        assert "| wedge --help | 0.1 | 0.1 | none |" in text
        assert "| first run | 9 | 9 | – |" in text


class TestRivals:
    """The like workload elsewhere."""

    def test_mesa_settles_some_talks_late(self):
        """Boulware demands meet near the deadline, if at all."""
        rounds = play_in_mesa(8)
        assert all(settled == -1 or 20 <= settled < 40 for settled in rounds)
        assert any(settled >= 0 for settled in rounds)

    def test_what_is_missing_is_said(self, monkeypatch):
        """A skip has a reason that is printed and kept."""
        monkeypatch.setattr("benchmarks.beside.find_spec", lambda name: None)
        skipped: dict[str, str] = {}
        said: list[str] = []
        with noting("Dask", skipped, said.append):
            by_dask(None, 10, 0)
        assert ["Dask"] == list(skipped)
        assert skipped["Dask"] in said[0]
        assert issubclass(Skipped, Exception)
