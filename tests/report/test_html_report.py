"""The page: every number is what the tables say, it needs nothing but itself, and titles are only text."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from wedge.engine.analysis import Comparison
from wedge.engine.experiment import ExperimentError, run
from wedge.engine.report.drawing import Side, style
from wedge.engine.report.figures import sides_for
from wedge.engine.report.figures_of_dots import dots_figure
from wedge.engine.report.figures_of_endings import endings_figure
from wedge.engine.report.figures_of_network import network_figure
from wedge.engine.report.page import page_of, write_report
from wedge.engine.report.page.limits import FAILURES
from wedge.engine.report.page.sides import Subject, subject_of
from wedge.engine.scenario import load

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VOID = {"meta", "link", "br", "hr", "img", "input"}
HOSTILE = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("https://example.org","x")'


class Page(HTMLParser):
    """A page read tag by tag; a tag that does not close where it must is an error."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.said: list[tuple[str, str]] = []  # the tag and the text in it
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that is closed at once."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """A tag ends."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        """Text."""
        self.said.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def subject(comparison: Comparison) -> Subject:
    """The tutorial and a variant of it, each in a folder of its own."""
    return subject_of([experiment.folder for experiment in comparison.experiments])


@pytest.fixture(scope="module")
def text(subject: Subject) -> str:
    """Their report."""
    return page_of(subject)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """Their report, read."""
    return Page(text)


@pytest.fixture(scope="module")
def alone(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report on the tutorial alone, as it was written."""
    path = tmp_path_factory.mktemp("page") / "mine.html"
    return write_report([comparison.experiments[0].folder], path).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The report on a scenario whose titles would like to be run."""
    folder = tmp_path_factory.mktemp("hostile")
    said = yaml.safe_load((ROOT / "scenarios" / "tutorial" / "first_steps.yaml").read_text(encoding="utf-8"))
    said |= {"name": HOSTILE, "summary": FORMULA}
    for part in ("states", "issues", "alliances"):
        for each in said[part].values():
            each["title"] = HOSTILE
    (folder / "talks.yaml").write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    results = run(load(str(folder / "talks.yaml")), 6, 1, folder / "results", driver="traced", rounds_of=2).folder
    return Page(write_report([results]).read_text(encoding="utf-8"))


class TestNumbers:
    """What is written is what was played."""

    def test_every_number_is_computed_again_from_the_files(self, page: Page, subject: Subject, monkeypatch) -> None:
        """With plain SQL over the Parquet files, by other code."""
        monkeypatch.syspath_prepend(HERE)
        from recounting import Recount

        recount = Recount({side.label: side.experiment.folder for side in subject.sides})
        told = {each["data-of"]: float(each["value"]) for each in page.all("data")}
        again = {of: recount.number(of) for of in told}
        assert again == pytest.approx(told, rel=1e-9, abs=1e-12)
        assert len(told) > 100

    def test_the_text_of_a_number_is_the_number(self, text: str) -> None:
        """Per cent, points and plain numbers all round what stands in ``value``."""
        for value, said in re.findall(r'<data value="([^"]+)" data-of="[^"]+">([^<]+)</data>', text):
            number = float(said.rstrip(" %").replace(",", ""))
            assert min(abs(number - scale * float(value)) / max(1.0, abs(number)) for scale in (1, 100)) < 0.51, said

    def test_runs_stand_behind_the_answer(self, text: str, subject: Subject) -> None:
        """Codes of worlds in which an alliance did fracture."""
        answer = text[text.index('id="answer"') : text.index('id="figures"')]
        worlds = {int(world) for world in re.findall(r'<code class="run">[^<]*@7:(\d+)</code>', answer)} - {17}
        broke = set()
        for side in subject.sides:
            broke |= set(side.experiment.ask("SELECT world FROM alliances WHERE fractured")["world"])
        assert worlds
        assert worlds <= broke


class TestPage:
    """One file that any browser shows."""

    def test_every_tag_is_closed_and_every_identifier_its_own(self, page: Page) -> None:
        """So that browsers need not guess."""
        assert [] == page.wrong
        assert [] == page.open
        counted = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
        assert [] == [name for name, count in counted.items() if count > 1]

    def test_it_needs_nothing_but_itself(self, page: Page, text: str) -> None:
        """No scripts, no addresses, nothing that a browser would fetch."""
        assert not {"script", "iframe", "object", "embed", "img", "base"} & {tag for tag, _ in page.tags}
        assert "://" not in text
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on")]
            for name in ("src", "href"):
                assert attributes.get(name, "#").startswith(("#", "data:,"))
        assert all(target.startswith("#") for target in re.findall(r"url\(([^)]*)\)", text))

    def test_what_a_drawing_points_at_is_there(self, page: Page) -> None:
        """Letters and clips are found under the names they were given."""
        known = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
        used = {attributes["href"][1:] for attributes in page.all("use")}
        assert used
        assert used <= known

    def test_every_figure_is_told_in_words_with_numbers(self, page: Page) -> None:
        """And has its numbers in a table."""
        figures = page.all("figure")
        drawings = [attributes for attributes in page.all("svg") if attributes.get("role") == "img"]
        assert len(figures) == len(drawings) >= 5
        assert all(any(c.isdigit() for c in attributes["aria-label"]) for attributes in drawings)

    def test_the_same_results_make_the_same_page(self, text: str, subject: Subject) -> None:
        """To the byte."""
        assert text == page_of(subject)

    def test_every_table_says_what_it_is(self, page: Page) -> None:
        """To those who do not see where it stands."""
        assert all(attributes.get("aria-label") for attributes in page.all("table"))


class TestFiguresOfThePage:
    """Figures that are drawn for the page alone."""

    @pytest.fixture
    def sides(self, comparison: Comparison) -> list[Side]:
        """The scenarios, as they are drawn."""
        return sides_for(comparison)

    def test_every_world_goes_one_way_from_stages_to_endings(self, sides: list[Side]) -> None:
        """The ribbons hold them all, and each once."""
        with style():
            drawn = endings_figure(sides)
        assert drawn is not None
        broke = drawn.table[drawn.table["way"].str.endswith("an alliance fractured")]
        for side in sides:
            some = drawn.table[drawn.table["scenario"] == side.label]
            assert some["worlds"].sum() == side.experiment.count
        fractured = sum(side.experiment.table("alliances")["fractured"].sum() for side in sides)
        assert fractured == broke["worlds"].sum()

    def test_twenty_dots_stand_for_all_worlds(self, sides: list[Side]) -> None:
        """As many of them have fractured as one in twenty of the worlds, to half a dot."""
        tie = tuple(sides[0].experiment.names.ties[0])
        with style():
            drawn = dots_figure(sides, tie)
        assert drawn is not None
        for side in sides:
            ties = side.experiment.table("ties")
            ties = ties[(ties["source"] == tie[0]) & (ties["target"] == tie[1])]
            some = drawn.table[drawn.table["scenario"] == side.label]
            assert 20 == len(some)
            assert abs(some["fractured"].sum() - 20 * ties["fractured"].mean()) <= 0.5

    def test_the_web_begins_and_ends_with_the_ties(self, sides: list[Side]) -> None:
        """Mean commitments of the told worlds at the opening and after the last round."""
        with style():
            drawn = network_figure(sides)
        assert drawn is not None
        first = sides[0]
        told = first.experiment.ask(
            "SELECT avg(commitment_before) AS mean FROM round_ties WHERE round = 0 GROUP BY source, target ORDER BY source, target"
        )
        some = drawn.table[(drawn.table["scenario"] == first.label) & (drawn.table["moment"] == "at the opening")]
        assert told["mean"].tolist() == pytest.approx(some["commitment"].tolist())


class TestNarrowScreens:
    """What is wider than the screen scrolls, and says so."""

    def test_every_figure_has_a_hint(self, page: Page) -> None:
        """Shown below the width of its drawing; wider drawings need it sooner. Nobody hears it who does not see."""
        hints = [attrs for tag, attrs in page.tags if tag == "p" and "hint" in attrs.get("class", "").split()]
        drawings = [attrs for tag, attrs in page.tags if tag == "div" and "drawing" in attrs.get("class", "").split()]
        assert len(page.all("figure")) == len(hints) > 0
        assert {"true"} == {attrs["aria-hidden"] for attrs in hints}
        wide = [["wide" in attrs["class"].split() for attrs in some] for some in (hints, drawings)]
        assert wide[0] == wide[1]

    def test_the_hint_goes_with_the_widths_of_the_drawings(self, text: str) -> None:
        """Both in rem: a drawing's least width and the margins beside it."""
        for name in ("", ".wide"):
            least = re.search(rf"\.drawing{name} svg {{[^}}]*min-width: (\d+)rem", text)
            shown = re.search(rf"@media \(max-width: (\d+)rem\) {{ \.hint{name} {{ display: block", text)
            assert least is not None
            assert shown is not None
            assert int(least[1]) + 2 == int(shown[1])


class TestOneScenario:
    """A report on one experiment."""

    def test_it_tells_three_runs_that_can_be_told_again(self, alone: str) -> None:
        """Each with its code and the command."""
        assert 3 == alone.count("<h4>")
        assert re.search(r"wedge explain tutorial/first_steps@7:\d+", alone)

    def test_it_compares_nothing(self, alone: str) -> None:
        """There is nothing to compare with."""
        assert 'id="differences"' not in alone


class TestHostileText:
    """A scenario from someone else can put anything into its titles."""

    def test_it_is_text_and_nothing_else(self, hostile: Page) -> None:
        """No script begins; what is said is what was written."""
        assert [] == hostile.all("script")
        assert [] == hostile.all("a")
        assert any(HOSTILE in said for tag, said in hostile.said if tag == "h1")
        assert any(FORMULA in said for tag, said in hostile.said if tag == "dd")
        assert [] == hostile.wrong


class TestWriting:
    """Where the page goes."""

    def test_a_file_that_is_no_report_is_not_overwritten(self, comparison: Comparison, tmp_path: Path) -> None:
        """Unless it is meant."""
        path = tmp_path / "thesis.html"
        path.write_text("years of work")
        with pytest.raises(ExperimentError):
            write_report([comparison.experiments[0].folder], path)
        assert "years of work" == path.read_text()

    def test_what_is_no_experiment_is_refused(self, tmp_path: Path) -> None:
        """With what would help."""
        with pytest.raises(ExperimentError, match="holds no experiment"):
            write_report([tmp_path])


def test_known_failures_are_those_of_the_checks() -> None:
    """What the page on behaviour did not find stands in every report."""
    page = (ROOT / "docs" / "model-behaviour.md").read_text(encoding="utf-8")
    assert list(FAILURES) == re.findall(r"^- (.*?)(?: \([^()]*\))?: \*\*not found\*\*", page, re.M)


def test_no_list_is_empty(text: str) -> None:
    """A heading or sentence that announces a list has one, or is not there."""
    assert not re.search(r"<(ul|ol|dl)[^>]*>\s*</\1>", text)


def test_failures_are_told_where_there_are_any(subject: Subject, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not announced where there are none."""
    announced = "known to fall short"
    monkeypatch.setattr("wedge.engine.report.page.limits.FAILURES", ())
    assert announced not in page_of(subject)
    monkeypatch.setattr("wedge.engine.report.page.limits.FAILURES", ("patrons that never tire",))
    assert announced in page_of(subject)
    assert "Patrons that never tire." in page_of(subject)
