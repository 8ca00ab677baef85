"""How long until everyone's screen shows an answer, with many classes on one core; memory meanwhile.

Starts ``wedge classroom`` on the loopback, held to one processor core, and plays sessions with people in all seats:
after a moment's thought each answers what it is asked, by a post as a page sends it. Measured is the time from
sending an answer to the moment when every page of the session has heard of it. Writes docs/classroom-load.md.

    python -m benchmarks.classroom [--sessions 10] [--minutes 30] [--thought 2]
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2 as httpx
import websockets

from benchmarks.machine import described

SCENARIO = "alaska_2025/territory_first"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "classroom-load.md"
EACH = 60.0  # seconds between two looks at the memory
TARGET = 0.3  # seconds, for the 95th percentile


class Sample(NamedTuple):
    """One answer."""

    at: float  # seconds since the beginning
    posted: float  # seconds until the post was answered
    shown: float  # seconds until every page had heard


class Pupil:
    """One person with one open page."""

    def __init__(self, base: str, session: str, cookie: str, dice: random.Random) -> None:
        self.base, self.session, self.dice = base, session, dice
        self.headers = {"cookie": cookie, "origin": base, "x-wedge": "1"}
        self.asked, self.status, self.version, self.form = "", "open", 0, ""
        self.heard = asyncio.Event()

    async def listen(self) -> None:
        """Keep the page open."""
        address = f"{self.base.replace('http', 'ws')}/live/seat/{self.session}"
        async with websockets.connect(
            address,
            additional_headers={"cookie": self.headers["cookie"]},
            origin=websockets.Origin(self.base),
            max_size=None,
        ) as socket:
            async for message in socket:
                data = json.loads(message)
                self.asked, self.status, self.version = data["asked"], data["status"], data["version"]
                self.form = data["parts"].get("decision", self.form)
                self.heard.set()

    def answer(self) -> dict[str, Any]:
        """Something to say."""
        if "-propose-" in self.asked:
            return {"asked": self.asked, "said": "offer", "levels": {}}
        return {"asked": self.asked, "said": self.dice.choice(("yes", "no", "no"))}


class Load:
    """Sessions that play at once."""

    def __init__(self, base: str, teacher: str, sessions: int, thought: float, seconds: float) -> None:
        self.base, self.teacher, self.count = base, teacher, sessions
        self.thought, self.seconds = thought, seconds
        self.samples: list[Sample] = []
        self.refused: list[str] = []
        self.games = 0
        self.began = time.monotonic()

    async def run(self) -> None:
        """Play until the time is over."""
        limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
        async with httpx.AsyncClient(base_url=self.base, limits=limits, timeout=30.0) as client:
            answer = await client.get(self.teacher)
            self.desk = {"cookie": answer.headers["set-cookie"].split(";")[0], "origin": self.base, "x-wedge": "1"}
            client.cookies.clear()
            await asyncio.gather(*(self._session(client, n) for n in range(self.count)))

    async def _post(self, client: httpx.AsyncClient, where: str, data: Any, headers: Any) -> Any:
        answer = await client.post(
            where, content=json.dumps(data), headers={**headers, "content-type": "application/json"}
        )
        client.cookies.clear()
        if answer.status_code != 200:
            self.refused.append(f"{answer.status_code} {answer.text[:200]}")
            return None, answer
        return answer.json(), answer

    async def _session(self, client: httpx.AsyncClient, n: int) -> None:
        dice = random.Random(n)
        await asyncio.sleep(self.thought * n / self.count)
        while time.monotonic() - self.began < self.seconds:
            await self._game(client, n, dice)
            self.games += 1

    async def _game(self, client: httpx.AsyncClient, n: int, dice: random.Random) -> None:
        wanted: dict[str, Any] = {
            "title": f"Class {n}",
            "scenario": SCENARIO,
            "seats": [],
            "seconds": None,
            "seed": 7,
            "world": n,
            "other": "",
        }
        made, _ = await self._post(client, "/teacher/sessions", wanted, self.desk)
        where = made["goto"]
        pupils = []
        for state in ("europe", "russia", "ukraine", "united_states"):
            joined, answer = await self._post(
                client,
                "/join",
                {"code": made["code"], "name": f"{state} {n}", "chance": 0.5},
                {"origin": self.base, "x-wedge": "1"},
            )
            cookie = answer.headers["set-cookie"].split(";")[0]
            pupil = Pupil(self.base, joined["goto"].split("/")[-1], cookie, dice)
            await self._post(client, f"{joined['goto']}/sit", {"seat": state}, pupil.headers)
            pupils.append(pupil)
        listening = [asyncio.create_task(pupil.listen()) for pupil in pupils]
        await asyncio.sleep(0.3)
        await self._post(client, f"{where}/start", {}, self.desk)
        await asyncio.gather(*(self._play(client, pupil, pupils) for pupil in pupils))
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)

    async def _play(self, client: httpx.AsyncClient, pupil: Pupil, pupils: list[Pupil]) -> None:
        done = ""
        while pupil.status != "over" and time.monotonic() - self.began < self.seconds:
            if not pupil.asked or pupil.asked == done:
                pupil.heard.clear()
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(pupil.heard.wait(), 1.0)
                continue
            await asyncio.sleep(pupil.dice.uniform(0.25, 1.75) * self.thought)
            done, began = pupil.asked, time.perf_counter()
            if not done:
                continue
            said, _ = await self._post(client, f"/seat/{pupil.session}/answer", pupil.answer(), pupil.headers)
            posted = time.perf_counter() - began
            if said is None:
                continue
            while any(one.version < said["version"] for one in pupils):
                await asyncio.sleep(0.001)
            self.samples.append(Sample(time.monotonic() - self.began, posted, time.perf_counter() - began))


@contextlib.contextmanager
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """The classroom on one core: its process, address and teacher's link."""
    command = [sys.executable, "-c", "from wedge.engine.cli.main import main; main()", "classroom", SCENARIO]
    command += ["--port", "0", "--folder", str(folder)]
    held = ["taskset", "--cpu-list", "0", *command] if shutil.which("taskset") else command
    process = subprocess.Popen(held, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, bufsize=1)
    try:
        assert process.stdout is not None
        link = process.stdout.readline().split()[1]
        base, _, token = link.partition("/teacher/")
        yield process, base, f"/teacher/{token}"
    finally:
        process.terminate()
        process.wait(10)


def memory_of(pid: int) -> float:
    """Resident memory of a process, in MiB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return float("nan")


async def watch(pid: int, found: list[tuple[float, float]], each: float) -> None:
    """Note the memory again and again."""
    began = time.monotonic()
    while True:
        found.append((time.monotonic() - began, memory_of(pid)))
        await asyncio.sleep(each)


def centile(values: list[float], share: float) -> float:
    """The value below which that share of values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def page_of(load: Load, memory: list[tuple[float, float]], minutes: float) -> str:
    """What was measured, in words and a table."""
    shown, posted = [one.shown for one in load.samples], [one.posted for one in load.samples]
    rows = [
        f"| {name} | {' | '.join(f'{1000 * centile(values, share):.0f}' for share in (0.5, 0.95, 0.99, 1.0))} |"
        for name, values in (("from answer to every screen", shown), ("from answer to its receipt", posted))
    ]
    held = "\n".join(f"| {at / 60:.0f} | {size:.0f} |" for at, size in memory)
    verdict = "under" if centile(shown, 0.95) < TARGET else "NOT under"
    return f"""# The classroom under load

Written by `python -m benchmarks.classroom`; {", ".join(f"{what} {which}" for what, which in described().items() if what in ("processor", "cores", "Python"))}.

{load.count} sessions at once with 4 people each, a page open for every person, {minutes:g} minutes, server and clients on
the loopback, the server held to one core. Each person answers after {load.thought:g} seconds of thought on average;
{len(shown):,} answers in {load.games} games. The 95th percentile is {verdict} {1000 * TARGET:.0f} ms. Refused: {len(load.refused)}.

| milliseconds | median | 95 % | 99 % | longest |
|---|---|---|---|---|
{chr(10).join(rows)}

Memory of the server, from the first minute to the last:

| minute | MiB |
|---|---|
{held}
"""


def main() -> None:
    """Measure and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=10)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--thought", type=float, default=2.0, help="seconds before an answer, on average")
    parser.add_argument("--no-page", action="store_true", help="print, and leave the page as it is")
    said = parser.parse_args()
    if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1:
        os.sched_setaffinity(0, os.sched_getaffinity(0) - {0})
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (process, base, teacher):
        load = Load(base, teacher, said.sessions, said.thought, said.minutes * 60)
        memory: list[tuple[float, float]] = []

        async def both() -> None:
            watching = asyncio.create_task(watch(process.pid, memory, min(EACH, said.minutes * 60 / 6)))
            await load.run()
            watching.cancel()

        asyncio.run(both())
        memory.append((said.minutes * 60, memory_of(process.pid)))
    text = page_of(load, memory, said.minutes)
    print(text)
    for one in load.refused[:5]:
        print(one, file=sys.stderr)
    if not said.no_page:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
