"""Put the named draws before statistical batteries, and keep what they find.

    python -m benchmarks.draws_battery                             SmallCrush on every stream in every form
    python -m benchmarks.draws_battery --battery crush --stream played --form raw
    python -m benchmarks.draws_battery --battery dieharder --stream played world --form raw
    python -m benchmarks.draws_battery --note                      write what was found so far into decision 14

Needs gcc. TestU01 (SmallCrush, Crush, BigCrush) is `libtestu01-0-dev` in Debian's non-free section, because
its licence is for research only; dieharder is `dieharder` in the main one. Findings are kept in
benchmarks/draws/found.json; what is there already is not done again unless `--again` is given.
"""

import argparse
import shutil
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.draws import streams, verdicts

CRUSHES = {"smallcrush": "small", "crush": "crush", "bigcrush": "big"}
BATTERIES = (*CRUSHES, "dieharder")
NOTE = Path(__file__).resolve().parents[1] / "docs/decisions/0014-a-battery-for-the-named-draws.md"
BEGIN, END = "<!-- found -->", "<!-- /found -->"


def by_testu01(battery: str, stream: str, form: str, seed: int) -> verdicts.Values:
    """The p-values of one of TestU01's batteries."""
    command = [str(streams.streams_program(testu01=True)), stream, form, str(seed), CRUSHES[battery]]
    return verdicts.from_testu01(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def by_dieharder(stream: str, form: str, seed: int) -> verdicts.Values:
    """The p-values of all tests of dieharder, which reads words from a pipe until it has enough."""
    command = [str(streams.streams_program()), stream, form, str(seed), "raw"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as words:
        done = subprocess.run(
            ["dieharder", "-a", "-g", "200"], stdin=words.stdout, capture_output=True, text=True, check=True
        )
        words.terminate()
    return verdicts.from_dieharder(done.stdout)


def put_before(battery: str, stream: str, form: str, seed: int) -> verdicts.Finding:
    """Run a battery on a stream and judge what it says."""
    began = time.perf_counter()
    values = by_dieharder(stream, form, seed) if battery == "dieharder" else by_testu01(battery, stream, form, seed)
    return verdicts.judged(battery, stream, form, seed, values, time.perf_counter() - began)


def asked_for() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    every = [*streams.NAMED, *streams.OTHERS]
    parser.add_argument("--battery", choices=BATTERIES, default="smallcrush")
    parser.add_argument("--stream", nargs="+", choices=every, default=every)
    parser.add_argument("--form", nargs="+", choices=list(streams.FORMS), default=list(streams.FORMS))
    parser.add_argument("--seed", type=int, nargs="+", default=[7])
    parser.add_argument("--again", action="store_true", help="run also what has been run before")
    parser.add_argument(
        "--note", action="store_true", help="write what was found so far into the note, and run nothing"
    )
    return parser.parse_args()


def with_findings(text: str, findings: list[verdicts.Finding]) -> str:
    """The note with its tables anew: how many p-values were weak, and which of the named draws and of Philox."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    notable = [each for each in findings if each.weak and each.stream != "bad"]
    weak = verdicts.table(notable) if notable else "No run had a weak p-value."
    return f"{before}{BEGIN}\n{verdicts.tally(findings)}\n\n{weak}\n{END}{after}"


def main() -> int:
    """Run what is asked and say what was found; 1 if a stream of named draws failed a test."""
    said = asked_for()
    if said.note:
        NOTE.write_text(with_findings(NOTE.read_text(encoding="utf-8"), verdicts.kept()), encoding="utf-8")
        return 0
    needed = ["gcc", "dieharder"] if said.battery == "dieharder" else ["gcc"]
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        print(f"not on this machine: {', '.join(missing)} (`apt-get install {' '.join(missing)}`)", file=sys.stderr)
        return 2
    known = set() if said.again else {finding.name for finding in verdicts.kept()}
    failed = 0
    for name in ((said.battery, s, f, n) for s in said.stream for f in said.form for n in said.seed):
        if name in known:
            continue
        try:
            finding = put_before(*name)
        except subprocess.CalledProcessError as error:
            cure = "TestU01 is not installed: libtestu01-0-dev, in Debian's non-free section"
            told = cure if "bbattery.h" in (error.stderr or "") else f"{error}: {(error.stderr or '').strip()[:500]}"
            print(told, file=sys.stderr)
            return 2
        verdicts.keep(finding)
        failed += len(finding.failed) if finding.stream in streams.NAMED else 0
        print(f"{finding.stream:8} {finding.form:9} {finding.tests:4} tests, {len(finding.weak)} weak, "
              f"{len(finding.failed)} failed, {finding.seconds:.0f} s", flush=True)  # fmt: skip
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
