"""What can go wrong with a long experiment, done to it on purpose; a table says how it came out.

Kills at random moments, a Dask worker killed, a scheduler restarted, a disk filled, files cut short or
changed by a bit. After each the same call is made again, and the results must have the bytes of an
experiment that was left alone.

    python -m benchmarks.faults [--kills 20] [--worlds 3000] [--only kills,worker,scheduler,disk,bits]
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wedge.engine.analysis import summarise
from wedge.engine.experiment import ExperimentError, open_experiment, run, verify

SCENARIO, SEED, TOLD = "tutorial/first_steps", 7, 20
CHANCE = random.Random(11)


def data(folder: Path) -> dict[str, str]:
    """The hash of every table of results, by name."""
    files = sorted(folder.rglob("*.parquet"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


class Faults:
    """One experiment left alone, and what is done to others like it."""

    def __init__(self, place: Path, worlds: int, kills: int) -> None:
        self.place, self.worlds, self.kills = place, worlds, kills
        self.size: dict[str, Any] = {"worlds": worlds, "seed": SEED, "rounds_of": TOLD, "workers": 2}
        began = time.monotonic()
        self._call(place / "alone").communicate()
        self.seconds = time.monotonic() - began
        self.alone = data(place / "alone")

    def _call(self, folder: Path, *options: str) -> subprocess.Popen[bytes]:
        words = [
            "run",
            SCENARIO,
            "--worlds",
            str(self.worlds),
            "--seed",
            str(SEED),
            "--told",
            str(TOLD),
            "--workers",
            "2",
        ]
        command = [
            sys.executable,
            "-m",
            "wedge.engine.cli.main",
            *words,
            "--no-figures",
            "-q",
            "--out",
            str(folder),
            *options,
        ]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)

    def _same(self, folder: Path) -> str:
        return "same bytes" if data(folder) == self.alone else "OTHER RESULTS"

    def kills_at_random(self) -> str:
        """SIGKILL at random moments of a run, each time the same call again to the end."""
        stored, same = [], 0
        for number in range(self.kills):
            folder = self.place / f"killed-{number}"
            process = self._call(folder)
            time.sleep(CHANCE.uniform(0.02, 1.0) * self.seconds)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            stored.append(len(list(folder.glob("seals/*.json"))))
            self._call(folder).communicate()
            same += self._same(folder) == "same bytes"
            shutil.rmtree(folder)
        return f"{same} of {self.kills} the same bytes; parts stored when killed: {min(stored)} to {max(stored)}"

    def worker_killed(self) -> str:
        """A worker of a Dask cluster is killed while it plays."""
        from wedge.engine.experiment.executor import Workers
        from wedge.engine.experiment.progress import Silent

        killed: list[int] = []

        class Killing(Silent):
            def add(self, worlds: int) -> None:
                if worlds and not killed:
                    killed.append(workers._dask()._own.workers[0].pid)  # type: ignore[attr-defined]
                    os.kill(killed[0], signal.SIGKILL)

        folder = self.place / "worker"
        with Workers(2, "dask") as workers:
            run(SCENARIO, out=folder, progress=Killing(), **self.size | {"workers": workers})
        return self._same(folder)

    def scheduler_restarted(self) -> str:
        """The scheduler is killed in the middle, started again at the same address, and the call made again."""
        folder, address = self.place / "scheduler", "tcp://127.0.0.1:18786"
        own = _cluster(address)
        process = self._call(folder, "--executor", "dask", "--scheduler", address)
        deadline = time.monotonic() + 120
        while not list(folder.glob("seals/*.json")) and time.monotonic() < deadline:
            time.sleep(0.05)
        _end(own)
        said = process.communicate()[1].decode()
        kept = len(list(folder.glob("seals/*.json")))
        own = _cluster(address)
        code = self._call(folder, "--executor", "dask", "--scheduler", address).wait()
        _end(own)
        told = "said so" if "was lost" in said and "Traceback" not in said else f"SAID {said!r}"
        return f"{told} (exit {process.returncode}), {kept} parts kept; again: exit {code}, {self._same(folder)}"

    def disk_filled(self) -> str:
        """A small file system runs out of room; with room again the same call goes on."""
        disk = self.place / "disk"
        disk.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return "left out: file systems cannot be mounted here"
        try:
            process = self._call(disk / "results")
            said = process.communicate()[1].decode()
            kept = len(list(disk.glob("results/seals/*.json")))
            subprocess.run(["mount", "-o", "remount,size=400m", str(disk)], check=True)
            self._call(disk / "results").communicate()
            told = "said so" if "no space left" in said and "Traceback" not in said else f"SAID {said!r}"
            return f"{told} (exit {process.returncode}), {kept} parts kept; with room again: {self._same(disk / 'results')}"
        finally:
            subprocess.run(["umount", str(disk)], check=False)

    def bits_flipped(self) -> str:
        """Files cut short or changed by one bit: found when read and by verify, and put right by the same call."""
        folder = self.place / "bits"
        shutil.copytree(self.place / "alone", folder)
        files = sorted(path for path in folder.rglob("*.parquet"))
        named = refused = 0
        for number in range(20):
            path = CHANCE.choice(files)
            content = bytearray(path.read_bytes())
            harmed = bytearray(content)
            if number % 2:
                harmed[CHANCE.randrange(len(harmed))] ^= 1 << CHANCE.randrange(8)
            else:
                del harmed[-CHANCE.randrange(1, len(harmed)) :]
            path.write_bytes(harmed)
            (found,) = verify(folder, 0)
            named += path.relative_to(folder).as_posix() in [finding.where for finding in found.findings]
            try:
                summarise(open_experiment(folder))
            except ExperimentError as error:
                refused += path.name in error.message
            if number < 18:
                path.write_bytes(content)
        self._call(folder).communicate()
        return f"{named} of 20 named by verify, {refused} of 20 never read; the same call again: {self._same(folder)}"


def _cluster(address: str) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    """A scheduler at that address, and a worker."""
    host, _, port = address.removeprefix("tcp://").partition(":")
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", host, "--port", port, "--no-dashboard"]
    scheduler = subprocess.Popen(dask, **quiet)
    work = [
        sys.executable,
        "-m",
        "distributed.cli.dask_worker",
        address,
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    return scheduler, subprocess.Popen(work, **quiet)


def _end(own: tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]) -> None:
    scheduler, worker = own
    scheduler.kill()
    scheduler.wait()
    worker.terminate()
    worker.wait()


def main() -> int:
    """Do what is asked for and print how each came out; 1 when results differed anywhere."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--worlds", type=int, default=3000)
    asked.add_argument("--only", default="kills,worker,scheduler,disk,bits")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="wedge-faults-") as place:
        faults = Faults(Path(place), given.worlds, given.kills)
        steps: dict[str, Callable[[], str]] = {
            "kills": faults.kills_at_random,
            "worker": faults.worker_killed,
            "scheduler": faults.scheduler_restarted,
            "disk": faults.disk_filled,
            "bits": faults.bits_flipped,
        }
        print(f"{given.worlds:,} worlds of {SCENARIO}; left alone {faults.seconds:.1f} s", flush=True)
        said = {}
        for name in given.only.split(","):
            said[name] = steps[name]()
            print(f"{name:<10} {said[name]}", flush=True)
    return int(any("OTHER" in each or "SAID" in each for each in said.values()))


if __name__ == "__main__":
    sys.exit(main())
