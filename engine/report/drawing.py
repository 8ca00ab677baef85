"""How figures look, and how they are written: the same bytes every time, legible, safe for colour-blind readers."""

import datetime
import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.files import write_bytes
from wedge.engine.experiment.results import Experiment
from wedge.engine.scenario.problems import escaped

WIDTH = 7.5  # inches
ROW = 0.3  # inches for one line of dots
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)), (0, (3, 1, 1, 1)))
GREY = "0.35"

RC = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "axes.titlesize": 10.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "legend.fontsize": 9,
    "legend.frameon": False,
    "figure.dpi": 100,
    "savefig.dpi": 150,
    "svg.hashsalt": "wedge",
    "svg.fonttype": "path",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "0.5",
    "grid.color": "0.88",
    "patch.linewidth": 0.5,
    "hatch.linewidth": 0.6,
}


class Side(NamedTuple):
    """One scenario in a figure: its results, its label, and how it is drawn."""

    experiment: Experiment
    label: str  # the scenario's name
    colour: Any
    marker: str
    line: Any


class Drawn(NamedTuple):
    """A figure, what it shows in words, and the numbers in it."""

    name: str  # of its files
    title: str
    alt: str
    table: Any  # a data frame
    figure: Any


@contextmanager
def style() -> Iterator[None]:
    """Seaborn's white grid with our own letters and lines, drawn without a screen."""
    import matplotlib

    matplotlib.use("Agg")
    import seaborn

    with matplotlib.rc_context():
        seaborn.set_theme(style="whitegrid", palette="colorblind", rc=RC)
        yield


def sides_of(experiments: Sequence[Experiment], labels: Sequence[str]) -> list[Side]:
    """A name, a colour, a marker and a line style for each scenario; its label where two have one name."""
    import seaborn

    colours = seaborn.color_palette("colorblind", len(MARKERS))
    names = [str(experiment.scenario["words"]["name"]) for experiment in experiments]
    labels = names if len(set(names)) == len(names) else labels
    return [
        Side(experiment, plain(label), colours[n % len(colours)], MARKERS[n % len(MARKERS)], LINES[n % len(LINES)])
        for n, (experiment, label) in enumerate(zip(experiments, labels, strict=True))
    ]


def new_figure(rows: float, columns: int = 1, width: float = WIDTH, **options: Any) -> tuple[Any, Any]:
    """A figure of so many inches in height with axes in a row."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, columns, figsize=(width, rows), layout="constrained", squeeze=False, **options)
    return figure, list(axes[0])


def panels(count: int, height: float, most: int = 3, width: float = 3.3) -> tuple[Any, list[Any]]:
    """A figure with so many panels, ``most`` in a row, sharing their axes; and the panels."""
    import matplotlib.pyplot as plt

    columns = min(count, most)
    rows = -(-count // columns)
    size = (max(5.5, width * columns + 0.6), height * rows + 0.9)
    figure, axes = plt.subplots(
        rows, columns, figsize=size, layout="constrained", squeeze=False, sharex=True, sharey=True
    )
    flat = list(axes.flat)
    for unused in flat[count:]:
        unused.set_visible(False)
    for place in range(max(0, count - columns), count):
        flat[place].tick_params(labelbottom=True)
    return figure, flat[:count]


def plain(title: str) -> str:
    """A title as it may stand in a figure: nothing a terminal could obey, and no dollar sign taken for a formula."""
    return escaped(title).replace("$", r"\$")


def wrapped(text: str, width: int) -> str:
    """The text over several lines."""
    return "\n".join(textwrap.wrap(text, width)) or text


def headline(figure: Any, title: str, note: str = "") -> None:
    """What the figure shows, above it, and a note in smaller letters."""
    inches = figure.get_size_inches()[0]
    letters, small = int(inches * 9.8), int(inches * 13.0)
    figure.suptitle(wrapped(title, letters), x=0.01, ha="left", fontsize=11, fontweight="bold")
    if note:
        figure.supxlabel(wrapped(note, small), x=0.01, ha="left", fontsize=9, color=GREY)


def points_axis(axis: Any) -> None:
    """Differences of shares in percentage points, with their signs."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:+.3g}" if value else "0"))


def percent_axis(axis: Any) -> None:
    """Shares as whole per cent."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.3g} %"))


def date_axis(axis: Any, experiment: Experiment, horizon: float) -> None:
    """Days since the start as dates, four of them."""
    start = datetime.date.fromisoformat(experiment.names.start)
    ticks = [horizon * part / 3 for part in range(4)]
    dates = [start + datetime.timedelta(days=int(tick)) for tick in ticks]
    years = len({date.year for date in dates}) > 1
    axis.set_ticks(ticks)
    axis.set_ticklabels(
        [f"{date.day} {MONTHS[date.month - 1]}" + (f"\n{date.year}" if years else "") for date in dates]
    )
    for label, side in zip(axis.get_ticklabels(), ("left", "center", "center", "right"), strict=True):
        label.set_horizontalalignment(side)


def tie_label(experiment: Experiment, source: str, target: str) -> str:
    """Such as United States → Ukraine."""
    titles = dict(zip(experiment.names.states, experiment.names.state_titles, strict=True))
    return plain(f"{titles[source]} → {titles[target]}")


def write(drawn: Drawn, folder: Path) -> list[str]:
    """Write a figure as SVG and PNG; the names of the files come back. No dates go into them."""
    import matplotlib.pyplot as plt

    names = []
    about = {
        "svg": {"Date": None, "Title": drawn.title, "Description": drawn.alt},
        "png": {"Software": None, "Title": drawn.title},
    }
    for ending, metadata in about.items():
        content = io.BytesIO()
        drawn.figure.savefig(content, format=ending, metadata=metadata)
        names.append(f"{drawn.name}.{ending}")
        write_bytes(folder / names[-1], content.getvalue())
    plt.close(drawn.figure)
    return names
