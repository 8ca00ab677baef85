"""Stopping once a share is known: the interval holds the truth at all looks at once, and worlds alone decide when."""

import itertools
import json

import numpy as np
import pytest
from scipy.stats import betabinom, binom

from wedge.engine.analysis import summarise
from wedge.engine.analysis.observables import watch_for
from wedge.engine.experiment import ExperimentError, run, stopping
from wedge.engine.experiment.parts import parts_of
from wedge.engine.experiment.running import plan_of, plan_until
from wedge.engine.experiment.stopping import (
    ANY_FRACTURE,
    always_valid_band,
    evidence_against,
    looks_until,
    weight_for,
)

SIZE = {"seed": 3, "rounds_of": 10, "driver": "traced"}
ENOUGH = {"worlds": 300, "precision": 0.08}  # stops at the third of six looks


@pytest.fixture(autouse=True, scope="module")
def early_looks():
    """The first look at fifty worlds, so that tests need few."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stopping, "FIRST_LOOK", 50)
        yield


@pytest.fixture(scope="module")
def stopped(small, early_looks, tmp_path_factory):
    """An experiment that stopped by itself."""
    return run(small, out=tmp_path_factory.mktemp("stopped") / "results", **SIZE | ENOUGH)


class TestInterval:
    """The interval that stays valid."""

    def test_the_evidence_is_a_ratio_of_likelihoods(self):
        """A beta-binomial chance over a binomial one, as SciPy has them."""
        expected = betabinom.logpmf(30, 100, 50 * 0.2, 50 * 0.8) - binom.logpmf(30, 100, 0.2)
        assert expected == pytest.approx(float(evidence_against(0.2, 30, 100, 50)))

    def test_the_evidence_is_a_fair_game_under_the_truth(self):
        """Its mean over what can come is 1 after any number of worlds: so it seldom grows to 20 (Ville)."""
        for n in (1, 7, 40):
            counts = np.arange(n + 1)
            chances = binom.pmf(counts, n, 0.3)
            assert 1 == pytest.approx(float((chances * np.exp(evidence_against(0.3, counts, n, 25.0))).sum()))

    def test_the_ends_are_where_the_evidence_reaches_twenty(self):
        """Inside it is below, outside above."""
        low, high = (float(end) for end in always_valid_band(60, 400, 100.0))
        assert low < 60 / 400 < high
        assert np.log(20) == pytest.approx(evidence_against(np.array([low, high]), 60, 400, 100.0), abs=1e-6)

    def test_nothing_seen_is_nothing_known(self):
        """Without worlds the interval is 0 to 1; with none or all it reaches 0 or 1."""
        assert (0.0, 1.0) == always_valid_band(0, 0, 100.0)
        assert 0.0 == always_valid_band(0, 400, 100.0)[0]
        assert 1.0 == always_valid_band(400, 400, 100.0)[1]

    def test_columns_are_taken_at_once(self):
        """A column of counts gives a column of ends."""
        low, high = always_valid_band([0, 5, 10], [10, 10, 10], 100.0)
        assert (3, 3) == (len(low), len(high))
        assert [float(always_valid_band(5, 10, 100.0)[0]), True] == [low[1], bool((low[1:] > low[:-1]).all())]

    @pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
    def test_it_misses_the_truth_seldom_however_often_one_looks(self, share):
        """In a thousand experiments, looked at every time up to ten thousand worlds: below one in twenty at some look."""
        chance = np.random.default_rng(5)
        looks = np.array(looks_until(10_000))
        counts = np.cumsum(chance.binomial(np.diff(looks, prepend=0), share, size=(1000, len(looks))), axis=1)
        missed = (evidence_against(share, counts, looks, weight_for(0.02)) >= np.log(20)).any(axis=1)
        assert missed.mean() <= 0.05


class TestLooks:
    """When one looks."""

    def test_looks_are_fixed_beforehand(self):
        """Each a fifth more than the one before at least; the last is the most that was allowed."""
        looks = looks_until(1_000_000)
        assert [50, 100, 150] == looks[:3]
        assert 1_000_000 == looks[-1]
        assert all(later >= 1.2 * earlier for earlier, later in itertools.pairwise(looks[:-1]))
        assert looks[:-1] == looks_until(3_000_000)[: len(looks) - 1]

    def test_few_worlds_are_looked_at_once(self):
        """Where less than the first look is allowed."""
        assert [30] == looks_until(30)


class TestRun:
    """Experiments that stop by themselves."""

    def test_it_stops_when_it_is_known(self, stopped):
        """The manifest says where and by which rule."""
        found = json.loads((stopped.folder / "manifest.json").read_text())["stopping"]
        assert ("beta-binomial confidence sequence", "alliances.any.fractured") == (found["rule"], found["of"])
        widths = [(look["high"] - look["low"]) / 2 for look in found["looks"]]
        assert [False, False, True] == [width <= 0.08 for width in widths]
        assert (150, 150, True) == (found["worlds"], len(stopped.worlds), found["reached"])

    def test_it_counts_what_is_stored(self, stopped):
        """The last look saw what the table says."""
        fractured = stopped.ask("SELECT count(*) AS n FROM alliances WHERE fractured")["n"][0]
        assert fractured == stopped.stopping["looks"][-1]["happened"]

    def test_its_runs_are_those_of_a_fixed_number(self, small, stopped, tmp_path, contents):
        """Stopped after a hundred and fifty worlds, the tables have the bytes of so many asked for."""
        run(small, out=tmp_path / "fixed", **SIZE | {"worlds": 150})
        fixed, watched = contents(tmp_path / "fixed"), contents(stopped.folder)
        differing = {name for name in fixed | watched if fixed.get(name) != watched.get(name)}
        assert {"manifest.json", "plan.json"} == differing

    def test_it_is_cut_where_it_is_looked_at(self, small):
        """Every look falls on the end of a part, so that none is played twice; unless it is cut by hand."""
        plan = plan_until(plan_of(small, 30_000, 3), 0.05, ANY_FRACTURE)
        ends = {part.stop for part in parts_of(30_000, plan.sizes)}
        assert set(looks_until(30_000)) <= ends
        by_hand = plan_of(small, 30_000, 3, sizes=((0, 70),))
        assert by_hand.sizes == plan_until(by_hand, 0.05, ANY_FRACTURE).sizes

    def test_it_does_not_depend_on_parts(self, small, stopped, tmp_path):
        """Cut otherwise: the same looks, the same end."""
        other = run(small, out=tmp_path / "cut", **SIZE | ENOUGH | {"sizes": ((0, 70),)})
        assert stopped.stopping == other.stopping
        assert stopped.worlds.tolist() == other.worlds.tolist()

    def test_stopped_on_the_way_it_goes_on(self, small, stopped, tmp_path, contents):
        """Interrupted before the second look, the same call comes to the same end."""
        from wedge.engine.experiment import Interrupted

        class Stopping:
            def start(self, title, worlds, done):
                self.left = 1 if done else 100

            def add(self, worlds):
                self.left -= worlds > 0
                if self.left < 1:
                    raise KeyboardInterrupt

            def note(self, text):
                pass

            def close(self):
                pass

        with pytest.raises(Interrupted):
            run(small, out=tmp_path / "again", progress=Stopping(), **SIZE | ENOUGH)
        run(small, out=tmp_path / "again", **SIZE | ENOUGH)
        assert contents(stopped.folder) == contents(tmp_path / "again")

    def test_the_same_call_again_plays_nothing(self, small, stopped, contents):
        """It is known already."""
        before = contents(stopped.folder), (stopped.folder / "timing.json").read_bytes()
        run(small, out=stopped.folder, **SIZE | ENOUGH)
        assert before == (contents(stopped.folder), (stopped.folder / "timing.json").read_bytes())

    def test_at_the_most_it_stops_too(self, small, tmp_path):
        """Not known yet, and said so; with more worlds allowed it goes on."""
        found = run(small, out=tmp_path / "most", **SIZE | ENOUGH | {"worlds": 120})
        assert (120, False) == (len(found.worlds), found.stopping["reached"])
        found = run(small, out=tmp_path / "most", **SIZE | ENOUGH)
        assert (150, True) == (len(found.worlds), found.stopping["reached"])

    def test_its_intervals_are_valid_however_often_one_looked(self, stopped):
        """Those of the summary are the rule's, wider than Wilson's; it says how it stopped."""
        summary = summarise(stopped)
        row, last = summary.share("alliances.pact.fractured"), stopped.stopping["looks"][-1]
        assert (last["low"], last["high"]) == pytest.approx((row["low"], row["high"]))
        assert "Stopped after 150 worlds, once it was known to ± 8 points" in summary.stopped

    def test_another_rule_is_another_experiment(self, small, stopped):
        """Neither another precision nor a fixed number is mixed in."""
        for other in ({"precision": 0.04}, {"precision": None}, {"watch": watch_for(small, "talks.settled")}):
            with pytest.raises(
                ExperimentError,
                match=r"it stops once alliances.any.fractured is known to ± 0.08; of what is asked for, i",
            ):
                run(small, out=stopped.folder, **SIZE | ENOUGH | other)

    @pytest.mark.parametrize("precision", [0.0, -0.1, 0.9, float("nan")])
    def test_a_precision_without_sense_is_refused(self, small, tmp_path, precision):
        """And no folder is made."""
        with pytest.raises(ExperimentError, match="a precision is from"):
            run(small, out=tmp_path / "new", **SIZE | {"worlds": 500, "precision": precision})
        assert not (tmp_path / "new").exists()


class TestWatch:
    """What can be watched."""

    def test_any_fracture_unless_named(self, small):
        """One alliance or several."""
        assert ANY_FRACTURE == watch_for(small)

    def test_any_share_by_its_name(self, small):
        """As in the summary."""
        assert ("ties", "withheld") == watch_for(small, "ties.patron.client.withheld")[2::2]

    def test_a_misspelt_share_is_guessed(self, small):
        """With a did-you-mean; a mean cannot be watched."""
        with pytest.raises(ExperimentError) as refusal:
            watch_for(small, "talks.setled")
        assert "did you mean talks.settled?" == refusal.value.help
        with pytest.raises(ExperimentError, match="is a mean"):
            watch_for(small, "talks.days")
