"""Worlds played under given numbers, block by block, for one observable; blocks that are stored are not played again.

A block is known by its content (which worlds, which numbers at which values, what is observed), so
the same call goes on where it was stopped, a larger one uses what a smaller one has played, and
several methods can share a folder.
"""

import hashlib
import json
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from wedge.engine.analysis.observables import Observable
from wedge.engine.analysis.unstored import observed
from wedge.engine.experiment.files import UNFINISHED, rows_in, write_json, write_table
from wedge.engine.experiment.problems import ExperimentError, Interrupted
from wedge.engine.experiment.progress import Progress, Silent
from wedge.engine.experiment.store import alone_in, is_free, make_folder
from wedge.engine.model.provenance import rules_hash
from wedge.engine.simulation.given_numbers import play_given
from wedge.engine.simulation.many import Driver, driver_for

PLAN, BLOCKS = "plan.json", "blocks"
SIZE = 250  # rows of a block
TICK = 0.5  # seconds between looks at the clock


class Block(NamedTuple):
    """Worlds, and the numbers each is played with."""

    worlds: np.ndarray  # [R] int64
    places: tuple[int, ...]  # P flat places of numbers
    values: np.ndarray  # [R, P]


def blocks_of(worlds: Any, places: Sequence[int] = (), values: Any = None, size: int = SIZE) -> list[Block]:
    """Rows cut into blocks. ``values`` is a row for each world, or one row for all of them."""
    worlds = np.asarray(worlds, dtype=np.int64)
    rows = np.empty((1, 0)) if values is None else np.atleast_2d(np.asarray(values, dtype=np.float64))
    rows = np.broadcast_to(rows, (len(worlds), len(places)))
    cuts = range(0, len(worlds), size)
    return [Block(worlds[at : at + size], tuple(places), np.ascontiguousarray(rows[at : at + size])) for at in cuts]


class Trials:
    """Plays blocks of one scenario, one seed and one observable. ``rows`` is about how many there will be in all."""

    def __init__(
        self,
        scenario: Any,
        seed: int,
        observable: Observable,
        *,
        rows: int = 0,
        folder: Path | None = None,
        workers: int = 1,
        driver: Driver = "auto",
        progress: Progress | None = None,
    ) -> None:
        self.scenario, self.seed, self.observable, self.folder = scenario, seed, observable, folder
        self.driver: Driver = driver_for(scenario, rows, driver)
        self.workers = workers if self.driver == "batch" else 1
        self.progress = progress or Silent()
        self.played = 0  # rows played by this call, not counting stored ones
        self._known: dict[str, np.ndarray] = {}
        s = scenario.setting
        self._identity = [scenario.sha256, rules_hash(), str(seed), observable.name]
        self._identity += [hashlib.sha256(part.tobytes()).hexdigest() for part in (s.drawn, s.shape, s.mixture)]

    def play(self, title: str, blocks: Sequence[Block]) -> list[np.ndarray]:
        """The observable in every row of every block, in order; nan where it is missing.

        Raises Interrupted on Ctrl-C (what is stored stays) and ExperimentError when a world cannot be played.
        """
        keys = [self._key(block) for block in blocks]
        waiting = {key: block for key, block in zip(keys, blocks, strict=True) if not self._is_known(key, block)}
        wanted = sum(len(block.worlds) for block in blocks)
        done = wanted - sum(len(block.worlds) for block in waiting.values())
        if waiting:
            self._play(title, waiting, wanted, done)
        return [self._known[key] for key in keys]

    def values(self, title: str, blocks: Sequence[Block]) -> np.ndarray:
        """The same as one array."""
        return np.concatenate(self.play(title, blocks)) if blocks else np.empty(0)

    def _play(self, title: str, waiting: dict[str, Block], wanted: int, done: int) -> None:
        self.progress.start(title, wanted, done)
        try:
            for key, values in _in_turn(self._evaluate, waiting, self.workers):
                if values is None:
                    self.progress.add(0)
                    continue
                self._keep(key, values)
                self.played += len(values)
                done += len(values)
                self.progress.add(len(values))
        except KeyboardInterrupt:
            raise Interrupted(str(self.folder), done if self.folder else 0, wanted) from None
        finally:
            self.progress.close()

    def _evaluate(self, block: Block) -> np.ndarray:
        try:
            outcomes = play_given(self.scenario, self.seed, block.worlds, block.places, block.values, self.driver)
        except Exception as error:
            if not self.scenario.outsiders:
                raise
            raise ExperimentError(
                f"a world could not be played: {type(error).__name__}: {error}", "a policy from a file crashed"
            ) from error
        return observed(self.scenario, outcomes, self.observable)

    def _key(self, block: Block) -> str:
        paths = [self.scenario.names.numbers[place] for place in block.places]
        told = "\n".join([*self._identity, *paths]).encode()
        return hashlib.sha256(told + block.worlds.tobytes() + block.values.tobytes()).hexdigest()[:24]

    def _path(self, key: str) -> Path | None:
        return self.folder / BLOCKS / f"{key}.parquet" if self.folder is not None else None

    def _is_known(self, key: str, block: Block) -> bool:
        path = self._path(key)
        if key not in self._known and path is not None and rows_in(path) == len(block.worlds):
            self._known[key] = _read(path)
        return key in self._known

    def _keep(self, key: str, values: np.ndarray) -> None:
        self._known[key] = values
        path = self._path(key)
        if path is not None:
            make_folder(path.parent)
            write_table(path, {"value": values}, {"observable": self.observable.name})


def _read(path: Path) -> np.ndarray:
    import duckdb

    with duckdb.connect() as connection:
        found: np.ndarray = connection.execute("SELECT value FROM read_parquet(?)", [str(path)]).fetchnumpy()["value"]
    return np.asarray(np.ma.filled(found, np.nan), dtype=np.float64)


def _in_turn(evaluate: Any, waiting: dict[str, Block], workers: int) -> Iterator[tuple[str, np.ndarray | None]]:
    """Each block as it is done; ("", None) when only time has passed. The first is played alone, so that rules are compiled once.

    Threads are daemons: Ctrl-C need not wait for what is in flight.
    """
    items = list(waiting.items())
    if workers <= 1:
        for key, block in items:
            yield key, evaluate(block)
        return
    jobs: queue.SimpleQueue[tuple[str, Block]] = queue.SimpleQueue()
    reports: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    stopped = threading.Event()
    for item in items:
        jobs.put(item)

    def work() -> None:
        while not stopped.is_set():
            try:
                key, block = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                reports.put((key, evaluate(block)))
            except BaseException as error:  # handed to the caller's thread, which raises it
                reports.put((key, error))

    done = hired = 0
    try:
        while done < len(items):
            while hired < min(workers if done else 1, len(items)):
                threading.Thread(target=work, daemon=True).start()
                hired += 1
            try:
                key, found = reports.get(timeout=TICK)
            except queue.Empty:
                yield "", None
                continue
            if isinstance(found, BaseException):
                raise found
            done += 1
            yield key, found
    finally:
        stopped.set()


@contextmanager
def folder_for(scenario: Any, seed: int, folder: Path | None) -> Iterator[None]:
    """Hold a folder for the blocks of one scenario and seed, made if need be; no folder, nothing to hold.

    Raises ExperimentError when it holds something else.
    """
    if folder is None:
        yield
        return
    plan = {"kind": "numbers", "format": 1, "code": scenario.code, "scenario": scenario.sha256}
    plan |= {"rules": rules_hash(), "seed": seed}
    stored = _stored_plan(folder)
    fresh = False
    if stored is None:
        fresh = is_free(folder)
        make_folder(folder)
        write_json(folder / PLAN, plan)
    elif {**stored, "code": scenario.code} != plan:
        raise ExperimentError(
            f"{folder} holds something else: {_difference(stored, plan)}",
            "choose another folder with --out; nothing was changed",
        )
    with alone_in(folder):
        for path in folder.rglob(f"*{UNFINISHED}"):
            path.unlink(missing_ok=True)
        try:
            yield
        except BaseException:
            if fresh and not (folder / BLOCKS).exists():
                (folder / PLAN).unlink(missing_ok=True)
                folder.rmdir()
            raise


def _stored_plan(folder: Path) -> dict[str, Any] | None:
    path = folder / PLAN
    if not path.is_file():
        return None
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return dict(stored)
    except (OSError, ValueError, TypeError) as error:
        raise ExperimentError(f"cannot read {path}: {error}", "choose another folder with --out") from error


def _difference(stored: dict[str, Any], plan: dict[str, Any]) -> str:
    if stored.get("kind") != plan["kind"]:
        return f"it is of the kind {stored.get('kind')}"
    if stored.get("seed") != plan["seed"]:
        return f"its seed is {stored.get('seed')}, not {plan['seed']}"
    if stored.get("rules") != plan["rules"]:
        return "it was played by other rules (another version of Wedge)"
    return f"its scenario ({stored.get('code')}) means something else"
