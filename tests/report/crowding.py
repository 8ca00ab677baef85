"""What is wrong with the layout of a figure: letters on letters, letters cut off, axes squeezed away."""

from itertools import combinations
from typing import Any

from wedge.engine.report.drawing import LEAST_HEIGHT, LEAST_WIDTH

TOUCH = 2.0  # points of a figure by which two texts may overlap, for their boxes are wider than their letters


def faults_of(figure: Any) -> list[str]:
    """Each fault in words; the figure is finished."""
    import numpy as np
    from matplotlib.text import Text

    figure.draw_without_rendering()
    everything = figure.bbox
    ticks = {id(label) for axes in figure.axes for label in _labels(axes, every=True)}
    drawn = {id(label) for axes in figure.axes if axes.get_visible() for label in _labels(axes, every=False)}
    texts = [
        text
        for text in figure.findobj(Text)
        if text.get_text().strip() and _is_seen(text) and (id(text) not in ticks or id(text) in drawn)
    ]
    boxes = [(text, text.get_window_extent()) for text in texts]
    told = [
        f"cut off: {text.get_text()!r}"
        for text, box in boxes
        if np.any(box.min < everything.min - TOUCH) or np.any(box.max > everything.max + TOUCH)
    ]
    told += [
        f"one on the other: {a.get_text()!r}, {b.get_text()!r}"
        for (a, x), (b, y) in combinations(boxes, 2)
        if _on(x, y)
    ]
    return told + [said for axes in figure.axes if (said := _squeezed(figure, axes))]


def _squeezed(figure: Any, axes: Any) -> str:
    """How small the axes are, where that is too small."""
    box, (wide, high) = axes.get_position(), figure.get_size_inches()
    across, up = box.width * wide, box.height * high
    if not axes.get_visible() or axes.get_label() == "<colorbar>":
        return ""
    enough = across >= LEAST_WIDTH - 0.05 and up >= LEAST_HEIGHT - 0.05
    return "" if enough else f"squeezed to {across:.2f} by {up:.2f} inches"


def _labels(axes: Any, every: bool) -> list[Any]:
    """The labels of all ticks, or of those within the axes, which alone are drawn."""
    found = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if every or low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                found += [tick.label1, tick.label2]
    return found


def _is_seen(text: Any) -> bool:
    return bool(text.get_visible() and (text.axes is None or text.axes.get_visible()))


def _on(a: Any, b: Any) -> bool:
    across = min(a.x1, b.x1) - max(a.x0, b.x0)
    down = min(a.y1, b.y1) - max(a.y0, b.y0)
    return bool(across > TOUCH and down > TOUCH)
