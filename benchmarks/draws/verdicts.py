"""What a battery found: its p-values read, judged and kept."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from scipy import stats

KEPT = Path(__file__).with_name("found.json")
WEAK = 1e-3  # a p-value nearer than this to 0 or 1 deserves a second look
FAILS = 1e-8  # and this near it is no chance (TestU01's guide draws its line at 1e-10, dieharder's at 1e-6)

Values = list[tuple[str, float]]


@dataclass
class Finding:
    """One battery on one stream."""

    battery: str
    stream: str
    form: str
    seed: int
    tests: int
    weak: Values  # outside (0.001, 0.999), failures among them
    evenness: float  # p-value of Kolmogorov and Smirnov that all the p-values are uniform
    seconds: float

    @property
    def failed(self) -> Values:
        """The tests that leave no doubt."""
        return [(name, p) for name, p in self.weak if edge(p) < FAILS]

    @property
    def name(self) -> tuple[str, str, str, int]:
        """What it is a finding of."""
        return self.battery, self.stream, self.form, self.seed


def edge(p: float) -> float:
    """How near a p-value is to 0 or 1."""
    return min(p, 1.0 - p)


def judged(battery: str, stream: str, form: str, seed: int, values: Values, seconds: float) -> Finding:
    """A finding from all p-values of a battery."""
    weak = [(name, p) for name, p in values if edge(p) < WEAK]
    evenness = float(stats.kstest([p for _, p in values], "uniform").pvalue)
    return Finding(battery, stream, form, seed, len(values), weak, evenness, round(seconds, 1))


def from_testu01(text: str) -> Values:
    """The p-values among the lines of the streams' program; one below 0 was not computed."""
    rows = (line.split("\t") for line in text.splitlines() if line.startswith("p\t"))
    return [(name, float(p)) for _, p, name in rows if float(p) >= 0.0]


def from_dieharder(text: str) -> Values:
    """The p-values among dieharder's lines: name | ntuple | samples | p-samples | p-value | assessment."""
    values = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) == 6 and cells[5] in ("PASSED", "WEAK", "FAILED"):
            values.append((f"{cells[0]} {cells[1]}", float(cells[4])))
    return values


def kept() -> list[Finding]:
    """All findings so far."""
    if not KEPT.exists():
        return []
    return [Finding(**{**each, "weak": [tuple(w) for w in each["weak"]]}) for each in json.loads(KEPT.read_text())]


def keep(finding: Finding) -> None:
    """Put a finding beside the others, in place of an older one of the same name."""
    others = [each for each in kept() if each.name != finding.name]
    rows = [json.dumps(asdict(each)) for each in sorted([*others, finding], key=lambda each: each.name)]
    KEPT.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def table(findings: list[Finding]) -> str:
    """Findings as Markdown: what was weak or failed, with its p-value."""
    lines = [
        "| battery | stream | form | seed | tests | weak | failed |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for each in findings:
        weak = ", ".join(f"{name} ({p:.2g})" for name, p in each.weak if (name, p) not in each.failed)
        failed = f"{len(each.failed)}" if len(each.failed) > 3 else ", ".join(f"{n} ({p:.2g})" for n, p in each.failed)
        lines.append(
            f"| {each.battery} | {each.stream} | {each.form} | {each.seed} | {each.tests} | {weak or '–'} | {failed or '–'} |"
        )
    return "\n".join(lines)


def tally(findings: list[Finding]) -> str:
    """How many p-values were weak, against how many chance alone would make so, battery by battery."""
    lines = [
        "| battery | of | runs | tests | weak | by chance | failed |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    groups = {(each.battery, _kind_of(each.stream)) for each in findings}
    for battery, kind in sorted(groups):
        these = [each for each in findings if each.battery == battery and _kind_of(each.stream) == kind]
        tests = sum(each.tests for each in these)
        weak, failed = sum(len(each.weak) for each in these), sum(len(each.failed) for each in these)
        lines.append(f"| {battery} | {kind} | {len(these)} | {tests} | {weak} | {2 * WEAK * tests:.1f} | {failed} |")
    return "\n".join(lines)


def _kind_of(stream: str) -> str:
    return {"philox": "Philox4x32-10", "bad": "the bad generator"}.get(stream, "named draws")
