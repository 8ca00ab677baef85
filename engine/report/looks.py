"""How figures look: the settings and the colours of every one, legible and safe for colour-blind readers."""

from typing import Any

# Seaborn's palettes "colorblind" and "Greys", and its style "whitegrid", written out: to import seaborn
# takes longer than to draw a figure. A test holds them against seaborn's own.
COLOURS = (
    "#0173b2", "#de8f05", "#029e73", "#d55e00", "#cc78bc", "#ca9161", "#fbafe4", "#949494", "#ece133", "#56b4e9",
)  # fmt: skip
GREYS = ("#ededed", "#d1d1d1", "#adadad", "#828282", "#5c5c5c", "#2b2b2b")
WHITEGRID: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": ".8",
    "axes.grid": True,
    "axes.labelcolor": ".15",
    "axes.linewidth": 1.25,
    "grid.linewidth": 1.0,
    "lines.solid_capstyle": "round",
    "patch.edgecolor": "w",
    "patch.force_edgecolor": True,
    "text.color": ".15",
    "xtick.bottom": False,
    "xtick.color": ".15",
    "xtick.major.size": 6.0,
    "xtick.major.width": 1.25,
    "ytick.color": ".15",
    "ytick.left": False,
    "ytick.major.size": 6.0,
    "ytick.major.width": 1.25,
}
RC: Any = {
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
    "axes.titley": 1.0,  # where they would be put anyway, found without measuring every tick
    "svg.hashsalt": "wedge",
    "svg.fonttype": "path",
    "text.parse_math": False,  # a dollar sign in a title is a dollar sign
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "0.5",
    "grid.color": "0.88",
    "patch.linewidth": 0.5,
    "hatch.linewidth": 0.6,
}
MARKERS = ("o", "s", "D", "^", "v", "P", "X", "*")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)), (0, (3, 1, 1, 1)))
GREY = "0.35"
