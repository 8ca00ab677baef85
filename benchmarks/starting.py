"""What a person waits for: whole processes from a cold and a warm cache, help, checks, and what they import."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.beside import FOUNDING
from benchmarks.measuring import median, process, wedge
from wedge.engine.scenario.finding import packaged

HEAVY = ("numba", "pandas", "mesa", "matplotlib")
RUN = ("run", FOUNDING, "--worlds", "2000", "--seed", "7")
COMMANDS = {
    "wedge --help": ("--help",),
    "wedge scenarios": ("scenarios",),
    "wedge validate, one scenario": ("validate", FOUNDING),
    "wedge validate, all that come with Wedge": ("validate", *sorted(packaged())),
    "wedge explain, one course": ("explain", FOUNDING, "--world", "17", "--seed", "7"),
}
LOOK = """
import json, sys
from wedge.engine.cli.main import main
try:
    main()
except SystemExit:
    pass
print(file=sys.stderr)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def imported_by(arguments: Sequence[str]) -> list[str]:
    """Which of the heavy libraries a command imports."""
    done = subprocess.run([sys.executable, "-c", LOOK, *arguments], capture_output=True, text=True, check=True)
    return sorted(set(HEAVY) & set(json.loads(done.stderr.splitlines()[-1])))


def measure(repeats: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Median wall and CPU seconds of commands; runs with an empty and with a filled cache of compiled rules."""
    found: dict[str, Any] = {}
    for name, arguments in COMMANDS.items():
        say(f"starting: {name}")
        times = [process(wedge(*arguments)) for _ in range(repeats)]
        found[name] = {"wall": median([t.wall for t in times]), "cpu": median([t.cpu for t in times])}
        found[name]["imports"] = imported_by(arguments)
    with tempfile.TemporaryDirectory(prefix="wedge-benchmark-") as cache:
        for name in ("first run after an installation", "the same run again, in another folder"):
            say(f"starting: {name}")
            with tempfile.TemporaryDirectory(prefix="wedge-benchmark-") as folder:
                took = process(wedge(*RUN, "--out", f"{folder}/runs"), {"WEDGE_CACHE": cache})
            found[name] = {"wall": took.wall, "cpu": took.cpu, "imports": None}
    return found
