"""How figures are made and written: the same bytes every time, no name too long for them."""

import datetime
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from wedge.engine.experiment.files import write_bytes
from wedge.engine.experiment.results import Experiment
from wedge.engine.report import lettering, looks
from wedge.engine.report.lettering import LettersMissing, distinct, wrapped
from wedge.engine.report.looks import COLOURS, GREY, LINES, MARKERS
from wedge.engine.scenario.problems import escaped

WIDTH = 7.5  # inches
ROW = 0.3  # inches for one line of dots
STATE = 22  # letters of a state's name in a figure
LEAST_WIDTH, LEAST_HEIGHT = 1.5, 0.6  # inches of axes, however long the names beside them are
WIDEST = 24.0  # inches of a figure
TITLE_LINES, NOTE_LINES, PANEL_LINES = 3, 7, 2
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_missing: set[str] = set()  # letters that no font has, in the figures of the style at hand


class Side(NamedTuple):
    """One scenario in a figure: its results, its label, and how it is drawn."""

    experiment: Experiment
    label: str  # the scenario's name
    short: str  # the same, as long as a figure has room for
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
    """A white grid with our own letters and lines, drawn without a screen.

    Warns (``LettersMissing``) at the end, once, of letters that no font on this machine has.
    """
    import matplotlib
    from matplotlib.backends import backend_agg, backend_svg  # noqa: F401  found by name when a figure is saved

    _missing.clear()
    looks_of_all: Any = looks.WHITEGRID | looks.RC
    with matplotlib.rc_context(looks_of_all):
        yield
    if _missing:
        warnings.warn(lettering.told(_missing), LettersMissing, stacklevel=3)


def take_missing() -> frozenset[str]:
    """The letters that no font has, in figures written since the last call; whoever takes them must tell them."""
    missing = frozenset(_missing)
    _missing.clear()
    return missing


def note_missing(letters: Iterable[str]) -> None:
    """Letters that no font has, to be warned of at the end of the style at hand."""
    _missing.update(letters)


def sides_of(experiments: Sequence[Experiment], labels: Sequence[str]) -> list[Side]:
    """A name, a colour, a marker and a line style for each scenario; its label where two have one name."""
    names = [str(experiment.scenario["words"]["name"]) for experiment in experiments]
    labels = [plain(label) for label in (names if len(set(names)) == len(names) else labels)]
    return [
        Side(experiment, label, short, COLOURS[n % len(MARKERS)], MARKERS[n % len(MARKERS)], LINES[n % len(LINES)])
        for n, (experiment, label, short) in enumerate(zip(experiments, labels, distinct(labels), strict=True))
    ]


def new_figure(rows: float, columns: int = 1, width: float = WIDTH, **options: Any) -> tuple[Any, Any]:
    """A figure of so many inches in height with axes in a row."""
    figure, axes = grid_of(1, columns, (width, rows), **options)
    return figure, list(axes[0])


def grid_of(rows: int, columns: int, size: tuple[float, float], **options: Any) -> tuple[Any, Any]:
    """A figure of so many inches in width and height with axes in rows and columns."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False, **options)


def panels(
    experiments: Sequence[Experiment], height: float, most: int = 3, width: float = 3.3
) -> tuple[Any, list[Any]]:
    """A figure with a panel over time for each of these, ``most`` in a row; and the panels.

    They share their axes; those of scenarios with different calendars have dates of their own.
    """
    count, one_calendar = len(experiments), len({(each.names.start, each.horizon) for each in experiments}) == 1
    columns = min(count, most)
    rows = -(-count // columns)
    size = (max(5.5, width * columns + 0.6), height * rows + 0.9)
    figure, axes = grid_of(rows, columns, size, sharex=one_calendar, sharey=True)
    flat = list(axes.flat)
    for unused in flat[count:]:
        unused.set_visible(False)
    for place in range(max(0, count - columns), count):
        flat[place].tick_params(labelbottom=True)
    return figure, flat[:count]


def plain(title: str) -> str:
    """A title as it may stand in a figure: nothing a terminal could obey."""
    return escaped(title)


def headline(figure: Any, title: str, note: str = "") -> None:
    """What the figure shows, above it, and a note in smaller letters."""
    inches = figure.get_size_inches()[0]
    letters, small = int(inches * 9.8), int(inches * 13.0)
    figure.suptitle(wrapped(title, letters, TITLE_LINES), x=0.01, ha="left", fontsize=11, fontweight="bold")
    if note:
        figure.supxlabel(wrapped(note, small, NOTE_LINES), x=0.01, ha="left", fontsize=9, color=GREY)


def panel_title(axes: Any, title: str, width: int = 29) -> None:
    """What a panel shows, above it."""
    axes.set_title(wrapped(title, width, PANEL_LINES), fontsize=10)


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
    for tick, side in zip(axis.get_major_ticks(), ("left", "center", "center", "right"), strict=True):
        tick.label1.set_horizontalalignment(side)  # where the labels are hidden, as in an upper panel, as well


def tie_label(experiment: Experiment, source: str, target: str) -> str:
    """Such as United States → Ukraine."""
    titles = dict(zip(experiment.names.states, experiment.names.state_titles, strict=True))
    return plain(f"{titles[source]} → {titles[target]}")


def tie_in_short(experiment: Experiment, source: str, target: str) -> str:
    """The same, as long as a figure has room for."""
    titles = state_titles(experiment.names)
    return f"{titles[source]} → {titles[target]}"


def state_titles(names: Any) -> dict[str, str]:
    """What each state is called in a figure."""
    titles = [plain(str(title)) for title in names.state_titles]
    return dict(zip(names.states, distinct(titles, STATE), strict=True))


def finish(figure: Any) -> None:
    """Choose fonts that have all letters, and lay the figure out, once for every file it is written to."""
    _missing.update(lettering.letter(figure))
    for _ in range(4):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "constrained_layout not applied")
            figure.get_layout_engine().execute(figure)
        wanted = _size_wanted(figure)
        if wanted is None:
            break
        figure.set_size_inches(*wanted)
    figure.set_layout_engine(None)


def _size_wanted(figure: Any) -> tuple[float, float] | None:
    """A larger size where long names leave some axes too little room; nothing where all have enough."""
    wide, high = figure.get_size_inches()
    boxes = [axes.get_position() for axes in figure.axes if axes.get_visible() and axes.get_label() != "<colorbar>"]
    columns = max(
        (axes.get_subplotspec().get_gridspec().ncols for axes in figure.axes if axes.get_subplotspec()), default=1
    )
    rows = max(
        (axes.get_subplotspec().get_gridspec().nrows for axes in figure.axes if axes.get_subplotspec()), default=1
    )
    lacks = columns * max((LEAST_WIDTH - box.width * wide for box in boxes), default=0.0)
    below = rows * max((LEAST_HEIGHT - box.height * high for box in boxes), default=0.0)
    if (lacks <= 0.01 and below <= 0.01) or wide >= WIDEST:
        return None
    return min(WIDEST, wide + max(0.0, lacks)), high + max(0.0, below)


def write(drawn: Drawn, folder: Path) -> list[str]:
    """Write a figure as SVG and PNG; the names of the files come back. No dates go into them."""
    finish(drawn.figure)
    contents = {
        "svg": svg_of(drawn.figure, {"Title": drawn.title, "Description": drawn.alt}),
        "png": png_of(drawn.figure, {"Title": drawn.title}),
    }
    for ending, content in contents.items():
        write_bytes(folder / f"{drawn.name}.{ending}", content)
    return [f"{drawn.name}.{ending}" for ending in contents]


def svg_of(figure: Any, about: dict[str, str]) -> bytes:
    """A finished figure as SVG."""
    content = io.BytesIO()
    figure.savefig(content, format="svg", metadata={"Date": None, **about})
    return content.getvalue()


def png_of(figure: Any, about: dict[str, str]) -> bytes:
    """A finished figure as PNG; packed lightly, for packing well takes longer than drawing."""
    content = io.BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None, **about}, pil_kwargs={"compress_level": 4})
    return content.getvalue()
