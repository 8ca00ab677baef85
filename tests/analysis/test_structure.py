"""The same worlds under each decision theory: played as they are, with fresh chance, and what is said of it."""

import dataclasses
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from blows import TIE, one_blow, trials

from wedge.agents.theories import THEORIES
from wedge.engine.analysis.structure import DIFFERENCE, Structure, decides, rows_needed, structure, under
from wedge.engine.analysis.survival import sentences_on_structure, verdict
from wedge.engine.analysis.trials import blocks_of
from wedge.engine.analysis.variants import Source
from wedge.engine.experiment import ExperimentError


def asked(worlds: int = 40, *sides: Sequence[str], of: str = "fracture(pact)", seed: int = 3) -> Structure:
    """What comes out, for one scenario or two that differ by what is put over them."""
    found = {}
    for n, sets in enumerate(sides or [()]):
        source = Source(one_blow().called, tuple(sets))
        found[f"side_{n}"] = {theory: trials(under(source, theory), of, seed) for theory in THEORIES}
    return structure(found, worlds)


def test_what_no_theory_touches_is_due_to_the_numbers():
    """The tie breaks by its commitment alone, whatever anybody decides by."""
    found = asked()
    assert {"theory": 0.0, "parameters": 1.0, "both": 0.0, "chance": 0.0} == pytest.approx(
        found.parts.set_index("part")["share"].to_dict()
    )
    assert 1 == found.levels["value"].nunique()
    assert found.survives is None


def test_numbers_and_chance_are_told_apart():
    """If the blow falls in six worlds of ten: the numbers decide .43, the rest is chance."""
    parts = asked(400, ["events.blow.chance=0.6"], seed=5).parts.set_index("part")
    assert parts.loc["parameters", "low"] <= 0.09 / 0.21 <= parts.loc["parameters", "high"]
    assert parts.loc["chance", "low"] <= 0.12 / 0.21 <= parts.loc["chance", "high"]
    assert parts.loc[["theory", "both"], "share"].tolist() == pytest.approx([0.0, 0.0], abs=1e-9)


def test_shares_are_those_of_the_worlds_as_they_are():
    """The same worlds a run would play; and as many rows as were announced."""
    found = asked(40)
    as_it_is = trials(one_blow()).values("as it is", blocks_of(np.arange(40))).mean()
    assert [as_it_is] * 4 == list(found.levels["value"])
    assert rows_needed(1, 40) == found.played == 320


def test_two_scenarios_are_held_side_by_side_under_each_theory():
    """One always breaks, the other never."""
    found = asked(40, [f"{TIE}=0.5"], [f"{TIE}=0.7"])
    assert [1.0] * 4 == list(found.differences["difference"])
    assert found.differences["told_apart"].all()
    assert found.survives
    assert {"side_0", "side_1", DIFFERENCE} == set(found.parts["of"])
    said = " ".join(sentences_on_structure(found))
    assert "the conclusion survives all 4 theories: more of it under side_0 than under side_1, by 100.0 points" in said
    assert "In side_0 nothing varies." in said


def test_of_what_hardly_ever_happens_it_is_said_that_the_split_says_little():
    """One world in forty; not where it is a third."""
    found = asked(40, ["events.blow.chance=0.6"])
    rare = dataclasses.replace(found, levels=found.levels.assign(value=1 / 40))
    little = "So few worlds differ that the split says little."
    assert little in " ".join(sentences_on_structure(rare))
    assert little not in " ".join(sentences_on_structure(found))


def test_every_state_decides_by_the_theory_and_keeps_its_own_numbers_for_it():
    """A state that does already is left alone."""
    source = Source(one_blow().called, ("decides={prospect: {loss_aversion: 3}}", "states.bert.decides=reciprocity"))
    assert ["states.bert.decides=prospect"] == decides(source.load(), "prospect")
    variant = under(source, "prospect")
    assert 2 * [THEORIES["prospect"].number] == variant.setting.theory.tolist()
    assert "states.anna.decides.loss_aversion" in variant.numbers_given


def test_what_some_worlds_lack_cannot_be_split():
    """Such as the day of something that never happens."""
    gaps = {"one": {theory: trials(one_blow()) for theory in THEORIES}}
    for each in gaps["one"].values():
        each._evaluate = lambda block: np.full(len(block.worlds), np.nan)  # type: ignore[method-assign]
    with pytest.raises(ExperimentError, match="is missing in some of the runs"):
        structure(gaps, 5)


def with_differences(*rows: tuple[float, bool]) -> Structure:
    """Four theories with these differences, told apart or not."""
    found = asked(10, [f"{TIE}=0.5"], [f"{TIE}=0.7"])
    differences = pd.DataFrame(
        [{"theory": theory, "difference": d, "told_apart": t} for theory, (d, t) in zip(THEORIES, rows, strict=True)]
    )
    return dataclasses.replace(found, differences=differences)


@pytest.mark.parametrize(
    ("rows", "survives", "said"),
    [
        ([(-0.2, True), (-0.1, True), (-0.3, True), (-0.1, True)], True, "survives all 4 theories: less of it under side_0 than under side_1, by 10.0 to 30.0 points"),
        ([(-0.2, True), (0.1, True), (-0.3, True), (0.0, False)], False, "does not survive: side_0 has more of it than side_1 under prospect, less under quantal and aspiration; reciprocity cannot tell"),
        ([(0.2, True), (0.1, True), (0.01, False), (0.3, True)], False, "by quantal, prospect and reciprocity (10.0 to 30.0 points), but by aspiration these worlds cannot tell"),
        ([(0.02, False)] * 4, False, "under none of the 4 theories can these worlds tell side_0 from side_1"),
    ],
)  # fmt: skip
def test_the_verdict_says_whether_it_survives(rows, survives, said):
    """One sign, and told apart under each."""
    found = with_differences(*rows)
    assert survives is found.survives
    assert said in verdict(found)
