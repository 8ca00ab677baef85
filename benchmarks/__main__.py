"""Measure everything and write docs/performance.md.

    python -m benchmarks             the whole suite: hours, on a quiet machine
    python -m benchmarks --quick     small sizes: minutes, for orientation
    python -m benchmarks --page      the page again, from what was measured last
    python -m benchmarks --only starting scaling

Run it from the root of the repository. NegMAS comes with `pip install '.[benchmarks]'`; the C limit needs gcc.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import figures, machine, page

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).with_name("measured.json")
PAGE = ROOT / "docs" / "performance.md"
FIGURES = ROOT / "docs" / "figures"
WORLDS = [10**power for power in range(3, 8)]
THEMES = ("beside", "scaling", "worlds", "starting")


def say(text: str) -> None:
    """Progress goes to standard error."""
    print(text, file=sys.stderr, flush=True)


def measures(quick: bool, repeats: int, longest: float) -> dict[str, Callable[[], Any]]:
    """What measures each theme; ``longest`` is for how many seconds one number of worlds may play."""
    from benchmarks import beside, scaling, starting

    return {
        "beside": lambda: beside.measure(*((2_000, 10) if quick else (20_000, 200)), repeats, say),
        "scaling": lambda: scaling.measure(quick, repeats, say),
        "worlds": lambda: scaling.measure_worlds(WORLDS[:2] if quick else WORLDS, 10 if quick else 200, longest, say),
        "starting": lambda: starting.measure(repeats, say),
    }


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="small sizes, few repeats")
    parser.add_argument(
        "--only", nargs="+", choices=THEMES, default=THEMES, metavar="THEME", help=f"of {', '.join(THEMES)}"
    )
    parser.add_argument(
        "--page", action="store_true", help="measure nothing; write the page from what was measured last"
    )
    parser.add_argument(
        "--longest", type=float, default=40.0, metavar="MINUTES", help="that one number of worlds may take (40)"
    )
    parser.add_argument("--repeats", type=int, default=0, help="of each measurement (5, or 3 with --quick)")
    return parser.parse_args()


def main() -> int:
    """Measure what is asked for, keep it, and write the page once every theme has been measured."""
    said = asked_for()
    measured: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    if not said.page:
        repeats = said.repeats or (3 if said.quick else 5)
        measured["machine"] = machine.described()
        for theme in said.only:
            measured[theme] = measures(said.quick, repeats, 60 * said.longest)[theme]()
            measured.setdefault("how", {})[theme] = {"quick": said.quick, "repeats": repeats}
            KEPT.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    missing = [theme for theme in THEMES if theme not in measured]
    if missing:
        say(f"no page yet: {', '.join(missing)} has not been measured")
        return 1
    PAGE.write_text(page.page(measured), encoding="utf-8")
    figures.draw(measured, page.titles(measured), FIGURES)
    say(f"written: {PAGE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
