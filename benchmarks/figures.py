"""The figures of the page on performance."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.fitting import growth
from benchmarks.measuring import median

UNITS = {"states": "states", "issues": "issues", "rounds": "rounds of the talks"}
MARKS = {"batch kernel": ("o", "-"), "C -O3": ("s", "--")}


def speeds_figure(title: str, times: dict[str, list[float]]) -> Any:
    """Runs a second of everything, on a logarithmic scale, with the range of its repeats."""
    from wedge.engine.report.drawing import headline, new_figure

    rates = {name: [1.0 / each for each in values] for name, values in times.items()}
    names = sorted(rates, key=lambda name: median(rates[name]))
    figure, (axis,) = new_figure(0.36 * len(names) + 1.3)
    for row, name in enumerate(names):
        low, middle, high = min(rates[name]), median(rates[name]), max(rates[name])
        colour = "C1" if name.startswith("C ") else "C7" if name in ("Mesa, batch_run", "NegMAS") else "C0"
        axis.plot([low, high], [row, row], color=colour, linewidth=2)
        axis.plot([middle], [row], marker="o", color=colour, markersize=7)
        axis.annotate(
            f"{middle:,.3g}" if middle < 1_000 else f"{middle:,.0f}",
            (high, row),
            (8, 0),
            textcoords="offset points",
            va="center",
        )
    axis.set_xscale("log")
    axis.set_xlim(right=max(map(max, rates.values())) * 5)
    axis.set_yticks(range(len(names)), names)
    axis.set_xlabel("runs a second (logarithmic)")
    headline(figure, f"Runs a second, {title}", "Dots: medians. Lines: range of the repeats. Blue: Wedge; orange: the rules in C; grey: other frameworks on a like, smaller workload.")  # fmt: skip
    return figure


def scaling_figure(scaling: dict[str, dict[str, dict[str, float]]]) -> Any:
    """Milliseconds a run against states, issues and rounds, with the fitted power laws."""
    from wedge.engine.report.drawing import headline, new_figure

    figure, axes = new_figure(3.4, len(scaling), width=9.0, sharey=True)
    for axis, (name, drivers) in zip(axes, scaling.items(), strict=True):
        for number, (driver, costs) in enumerate(drivers.items()):
            sizes = [int(size) for size in costs]
            fit = growth(sizes, list(costs.values()))
            marker, line = MARKS.get(driver, ("D", ":"))
            label = f"{driver}: {fit.exponent:.2f}"
            axis.plot(sizes, [1e3 * cost for cost in costs.values()], marker, color=f"C{number}", label=label)
            axis.plot(sizes, [1e3 * fit.factor * size**fit.exponent for size in sizes], line, color=f"C{number}")
        _logarithmic(axis, sizes)
        axis.set_xlabel(UNITS[name])
        axis.legend(title="exponent", title_fontsize=9, loc="upper left")
    axes[0].set_ylabel("milliseconds a run, one thread")
    headline(figure, "How the cost of a run grows", "Lines: fitted power laws. Both axes are logarithmic.")
    return figure


def worlds_figure(rows: list[dict[str, Any]]) -> Any:
    """Seconds and peak memory of whole experiments against worlds."""
    from wedge.engine.report.drawing import headline, new_figure

    figure, axes = new_figure(3.2, 2, width=8.0)
    worlds = [row["worlds"] for row in rows]
    for axis, field, label in zip(axes, ("wall", "peak"), ("seconds, whole process", "peak memory, MiB"), strict=True):
        axis.plot(worlds, [row[field] for row in rows], "o-", color="C0")
        axis.set_xscale("log")
        axis.set_xlabel("worlds")
        axis.set_ylabel(label)
    axes[0].set_yscale("log")
    axes[1].set_ylim(0, 1.15 * max(row["peak"] for row in rows))
    headline(figure, "Experiments of ever more worlds, two workers")
    return figure


def _logarithmic(axis: Any, sizes: list[int]) -> None:
    from matplotlib.ticker import NullLocator

    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.xaxis.set_minor_locator(NullLocator())
    axis.set_xticks(sizes, [str(size) for size in sizes])


def draw(measured: dict[str, Any], titles: list[str], folder: Path) -> list[Path]:
    """Write every figure that there are numbers for, as SVG without dates."""
    from matplotlib import rc_context

    from wedge.engine.report.drawing import style

    wanted: dict[str, Callable[[], Any]] = {
        f"performance-{number}": partial(speeds_figure, title, measured["beside"][title])
        for number, title in enumerate(titles, 1)
    }
    wanted["performance-scaling"] = partial(scaling_figure, measured["scaling"])
    wanted["performance-worlds"] = partial(worlds_figure, measured["worlds"])
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with style(), rc_context({"text.parse_math": True}):  # powers of ten along logarithmic axes
        for name, make in wanted.items():
            figure = make()
            paths.append(folder / f"{name}.svg")
            figure.savefig(paths[-1], format="svg", metadata={"Date": None})
    return paths
