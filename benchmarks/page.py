"""The page on performance, from what was measured."""

from collections.abc import Iterator, Sequence
from typing import Any

from benchmarks.fitting import growth
from benchmarks.measuring import median, ratios

HEAD = """\
# Performance

Written by `python -m benchmarks`; `make benchmarks` measures anew. All numbers of a section come from one run on one
machine. Ratios hold better than absolute numbers: what is compared was timed in turns (A B C, A B C, …), and a ratio is
the median of the ratios turn by turn.
"""

BESIDE = """\
The *batch kernel* plays worlds and returns arrays; an *experiment* also makes the tables, stores them as Parquet and
tells the first 200 worlds in full. *C -O3* is the limit: the very same rules, translated to one plain C file and
compiled by gcc with contraction off. It returns the bits of the batch kernel (`python -m benchmarks.in_c` checks that
on every packaged scenario), so the ratio says what the compiled Python leaves on the table and nothing else.

*Mesa* and *NegMAS* play a like workload: four states with linear preferences over four issues, proposals in turn, up to
40 rounds, time-dependent demands. It is less work than Wedge does: no alliances or strain, no war, no preconditions or
later stages, no search for what the others lack, no events, no named draws; and both stop at the first agreement,
where Wedge plays on to the horizon. NegMAS offers eleven levels an issue. So the ratios are floors.
"""

NAMES = {"C": "C -O3, 1 thread", "kernel": "batch kernel, 1 thread"}


def page(measured: dict[str, Any]) -> str:
    """The whole page as Markdown."""
    return "\n".join(
        [HEAD, *_machine(measured), *_beside(measured), *_scaling(measured), *_worlds(measured), *_starting(measured)]
    )


def titles(measured: dict[str, Any]) -> list[str]:
    """The scenarios that were measured side by side."""
    return [name for name in measured["beside"] if name != "skipped"]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a Markdown table; all columns but the first stand to the right."""
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def number(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _machine(measured: dict[str, Any]) -> Iterator[str]:
    yield "## Where\n"
    yield ", ".join(f"{name} {said}" for name, said in measured["machine"].items()) + "."
    quick = [theme for theme, how in measured["how"].items() if how["quick"]]
    repeats = sorted({how["repeats"] for how in measured["how"].values()})
    yield f"Repeats of each measurement: {', '.join(map(str, repeats))}."
    yield f"Small sizes, for orientation only: {', '.join(quick)}.\n" if quick else ""


def _beside(measured: dict[str, Any]) -> Iterator[str]:
    yield "## Side by side\n"
    yield BESIDE
    for place, title in enumerate(titles(measured), 1):
        times = measured["beside"][title]
        yield f"### {title}\n"
        yield f"![Runs a second, {title}; the table below has the numbers.](figures/performance-{place}.svg)\n"
        rows = []
        for name, values in sorted(times.items(), key=lambda each: median(each[1])):
            low, middle, high = ratios(values, times[NAMES["kernel"]])
            limit = ratios(values, times[NAMES["C"]])[1] if NAMES["C"] in times else float("nan")
            rows.append(
                [name, number(1 / median(values)), f"{number(middle)} ({number(low)}–{number(high)})", number(limit)]
            )
        yield from table(["", "runs a second", "time a run, kernel on 1 thread = 1 (range)", "C on 1 thread = 1"], rows)
    for name, reason in measured["beside"]["skipped"].items():
        yield f"Not measured: {name} ({reason}).\n"


def _scaling(measured: dict[str, Any]) -> Iterator[str]:
    yield "## How the cost of a run grows\n"
    yield "One stage with all issues, every second state an ally of the one before it, 4 states, 4 issues and 40 rounds but for what varies; the median of the repeats, one thread. The exponent is that of a power law fitted by least squares to the logarithms, with its 95 per cent interval.\n"
    yield "![Milliseconds a run against states, issues and rounds; the table below has the exponents.](figures/performance-scaling.svg)\n"
    rows = []
    for axis, drivers in measured["scaling"].items():
        for driver, costs in drivers.items():
            sizes = [int(size) for size in costs]
            fit = growth(sizes, list(costs.values()))
            ends = f"{number(1e3 * costs[str(sizes[0])])} to {number(1e3 * costs[str(sizes[-1])])}"
            rows.append(
                [axis, driver, f"{sizes[0]}–{sizes[-1]}", ends, f"{fit.exponent:.2f} ({fit.low:.2f} to {fit.high:.2f})"]
            )
    yield from table(["", "by", "sizes", "milliseconds a run", "exponent"], rows)


def _worlds(measured: dict[str, Any]) -> Iterator[str]:
    yield "## Experiments of ever more worlds\n"
    yield "Whole processes, `wedge run alaska_2025/territory_first --driver batch --workers 2`, figures and all, from a warm cache of compiled rules.\n"
    yield "![Seconds and peak memory against worlds; the table below has the numbers.](figures/performance-worlds.svg)\n"
    rows = [
        [f"{row['worlds']:,}", number(row["wall"]), number(row["cpu"]), number(row["worlds"] / row["wall"]), number(row["peak"]), number(row["stored"])]
        for row in measured["worlds"]
    ]  # fmt: skip
    yield from table(["worlds", "seconds", "CPU seconds", "worlds a second", "peak MiB", "stored MiB"], rows)
    if len(measured["worlds"]) > 2:
        fit = growth([row["worlds"] for row in measured["worlds"]], [row["wall"] for row in measured["worlds"]])
        yield f"Seconds grow with worlds to the power {fit.exponent:.2f} ({fit.low:.2f} to {fit.high:.2f}), the start included.\n"


def _starting(measured: dict[str, Any]) -> Iterator[str]:
    yield "## Starting\n"
    yield "Whole processes. A run of 2,000 worlds is timed with an empty cache of compiled rules and with the cache it left behind.\n"
    rows = []
    for name, row in measured["starting"].items():
        imports = "–" if row["imports"] is None else ", ".join(row["imports"]) or "none"
        rows.append([name, number(row["wall"]), number(row["cpu"]), imports])
    yield from table(["", "seconds", "CPU seconds", "of Numba, pandas, Mesa, Matplotlib it imports"], rows)
