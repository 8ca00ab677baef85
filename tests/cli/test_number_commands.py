"""``wedge sensitivity``, ``structure``, ``sweep``, ``discover`` and ``solve``: thin, and the same answers as in Python."""

import json
from pathlib import Path

import pytest

BLOW = str(Path(__file__).parents[1] / "analysis" / "one_blow.yaml")
TIE, POWER = "ties.anna.bert.commitment", "states.bert.power"
FEW = ["--worlds", "30", "--seed", "3", "--workers", "1"]


@pytest.mark.parametrize("method", ["tornado", "sobol", "morris"])
def test_sensitivity_says_which_number_decides(wedge, method):
    """In a table and in sentences, with the next command."""
    code, out, err = wedge("sensitivity", BLOW, "--method", method, *FEW)
    assert 0 == code
    assert "Pact fractures: which numbers decide" in out
    assert out.index(TIE) < out.index(POWER)
    assert "are judgements without a source" in out
    assert f"next: wedge sweep {BLOW} --vary {TIE}=0.42:0.78:7" in err


def test_sensitivity_keeps_all_in_a_folder(wedge, tmp_path):
    """Numbers, table, figure with words; and the same call plays nothing again."""
    code, out, _ = wedge("sensitivity", BLOW, *FEW, "--out", tmp_path / "r", "--json")
    assert 0 == code
    assert json.loads(out) == json.loads((tmp_path / "r/tornado.json").read_text())
    names = {path.name for path in (tmp_path / "r/tornado_figures").iterdir()}
    assert {"tornado.svg", "tornado.png", "figures.json", "README.md"} == names
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "r/blocks").iterdir()}
    again = wedge("sensitivity", BLOW, *FEW, "--out", tmp_path / "r", "--json", "--no-figures")
    assert out == again.out
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "r/blocks").iterdir()}


def test_sensitivity_varies_judgements_and_ranges_when_told(wedge):
    """A fixed judgement by a fifth, a range as declared; both are marked."""
    _, out, _ = wedge("sensitivity", BLOW, *FEW, "--judgements", "--range", f"{POWER}=0.5:3", "--most", "0", "--json")
    numbers = {row["path"]: row for row in json.loads(out)["numbers"]}
    assert numbers["ties.anna.bert.breaks_below"]["declared"]
    assert pytest.approx(0.625) == numbers[POWER]["low_at"]


def test_structure_says_whether_it_holds_under_other_theories(wedge, tmp_path):
    """In tables, in a sentence, in a folder; and the same call plays nothing again."""
    folder = tmp_path / "r"
    other = tmp_path / "never.yaml"
    other.write_text(Path(BLOW).read_text().replace("by: -0.3", "by: -0.01"))
    call = ["structure", BLOW, other, *FEW, "--out", folder]
    code, out, err = wedge(*call)
    assert 0 == code
    assert "Pact fractures under each decision theory (30 worlds each, seed 3)" in out
    assert "the conclusion survives all 4 theories: more of it under one_blow than under never" in out
    assert f"next: wedge explain {other} --sums --set decides=aspiration --seed 3" in err
    assert {"structure.svg", "structure.png"} <= {path.name for path in (folder / "structure_figures").iterdir()}
    data = json.loads(wedge(*call, "--json", "--no-figures").out)
    assert data == json.loads((folder / "structure.json").read_text())
    assert data["survives"]
    assert 8 == len(data["levels"])
    assert {"theory", "parameters", "both", "chance"} == {row["part"] for row in data["parts"]}
    code, _, err = wedge("report", folder)
    assert 2 == code
    assert "holds answers of" in err
    alone = json.loads(wedge("structure", BLOW, *FEW, "--json").out)
    assert alone["differences"] is alone["survives"] is None


def test_sweep_says_where_it_turns(wedge, tmp_path):
    """Point by point, against the same worlds as they are."""
    code, out, _ = wedge("sweep", BLOW, "--vary", f"{TIE}=0.5,0.7", *FEW, "--out", tmp_path / "r")
    assert 0 == code
    assert (
        "It is lowest at Anna's commitment to Bert 0.7: 0.0 %; and highest at Anna's commitment to Bert 0.5: 100.0 %"
        in out
    )
    assert (tmp_path / "r/sweep_figures/sweep.svg").exists()
    assert (tmp_path / "r/sweep_points.parquet").exists()


def test_discover_says_the_region_in_words(wedge):
    """And on how many worlds it was measured."""
    words = ["--worlds", "160", *FEW[2:]]
    code, out, err = wedge("discover", BLOW, *words)
    assert 0 == code
    assert "Where Anna's commitment to Bert is at most 0." in out
    assert "of the 80 worlds kept for measuring" in out
    assert "next: wedge explain" in err


def test_solve_says_what_it_would_take(wedge):
    """The change, what it comes to, and whether fresh worlds agree."""
    want = ["--want", "fracture(pact) < 0.5", "--set", f"{TIE}=0.5"]
    code, out, _ = wedge("solve", BLOW, *want, "--by", "ties.anna.bert.breaks_below", "--worlds", "4", *FEW[2:])
    assert 0 == code
    assert "breaking point towards Bert moved by -0.1" in out
    assert "In 4 fresh worlds (4 to 7 of seed 3) it makes 0.0 %" in out


def test_solve_exits_with_1_where_nothing_gets_there(wedge):
    """And names what comes nearest."""
    code, out, _ = wedge(
        "solve", BLOW, "--want", "fracture(pact) < 1 %", "--by", f"{POWER}=1:2", "--worlds", "4", *FEW[2:]
    )
    assert 1 == code
    assert "No change of these numbers within their ranges gets there" in out
    assert "out of reach" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sensitivity", BLOW, "--of", "fracture(pakt)"], "fracture(pact)"),
        (["structure", BLOW, "--of", "fracture(pakt)"], "fracture(pact)"),
        (["structure", BLOW, BLOW], "give another, or one alone"),
        (["structure", BLOW, "alaska_2025/package"], "alaska_2025/package has no such thing"),
        (["sensitivity", BLOW, "--number", "states.bert.pover"], "states.bert.power"),
        (["sensitivity", BLOW, "--range", f"{POWER}=wide"], "write it like"),
        (["sweep", BLOW, "--vary", "states.bert.pover=1:2:3"], "states.bert.power"),
        (["sweep", BLOW, "--vary", POWER], "PATH=LOW:HIGH:POINTS"),
        (["solve", BLOW, "--want", "fracture(pact)", "--by", POWER], "there is no < or >"),
        (["solve", BLOW, "--want", "fracture(pact) < 0.1", "--by", POWER, "--by", POWER], "given twice"),
        (["discover", BLOW, "--of", "level(land)"], "no share of worlds"),
    ],
)
def test_bad_input_is_told_with_its_cure(wedge, words, said):
    """Exit code 2, no traceback."""
    code, _, err = wedge(*words, *FEW)
    assert 2 == code
    assert said in err


def test_a_folder_of_another_question_is_refused(wedge, tmp_path):
    """Nothing in it is touched."""
    wedge("sweep", BLOW, "--vary", f"{TIE}=0.5,0.7", *FEW, "--out", tmp_path / "r", "--no-figures")
    code, _, err = wedge("sensitivity", BLOW, "--worlds", "10", "--seed", "4", "-q", "--out", tmp_path / "r")
    assert 2 == code
    assert "its seed is 3, not 4" in err
