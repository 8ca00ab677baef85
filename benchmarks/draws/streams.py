"""The program that makes streams of named draws: its C, its compilation, its words."""

import hashlib
import subprocess
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.in_c.building import FLAGS, FOLDER
from benchmarks.in_c.kinds import I64, U64
from benchmarks.in_c.translating import Program
from wedge.engine.model.draws import bits, world_key

SOURCE = Path(__file__).with_name("streams.c")
NAMED = {
    "when": "consecutive rounds of one draw in one world",
    "world": "one draw in consecutive worlds of a seed",
    "seed": "one draw in one world of consecutive seeds",
    "who": "consecutive numbers as identities, closer than any two hashes",
    "purpose": "consecutive purposes for one identity",
    "branch": "one draw in consecutive branches of a world",
    "key": "the keys of consecutive worlds, before any draw",
    "played": "as a course draws: 8 identities, 14 purposes, 40 rounds, then the next world",
    "across": "one draw after another, each in 4,096 neighbouring worlds",
}
OTHERS = {
    "philox": "Philox4x32-10, for comparison",
    "bad": "a counter times the golden ratio, which a battery must reject",
}
FORMS = {
    "raw": "64-bit words, low half first",
    "high": "high halves alone",
    "low": "low halves alone",
    "reversed": "64-bit words with their bits in reverse",
}


def draws_in_c() -> str:
    """The rules of the named draws, translated."""
    program = Program()
    entries = [program.routine(bits, [U64, I64, U64, I64]), program.routine(world_key, [I64, I64, I64])]
    return program.library(entries)


@cache
def streams_program(testu01: bool = False) -> Path:
    """The compiled program; with the batteries of TestU01 in it if asked. Raises CalledProcessError if it cannot be made."""
    head = draws_in_c()
    mark = hashlib.sha256((head + SOURCE.read_text()).encode()).hexdigest()[:16]
    folder = FOLDER / f"streams-{mark}"
    program = folder / ("testu01" if testu01 else "streams")
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "draws.h").write_text(head, encoding="utf-8")
        command = ["gcc", *FLAGS, f"-I{folder}", str(SOURCE), "-o", str(program)]
        if testu01:
            command += ["-DTESTU01", "-isystem", "/usr/include/testu01"]
            command += ["-ltestu01", "-ltestu01probdist", "-ltestu01mylib"]
        subprocess.run([*command, "-lm"], check=True, capture_output=True, text=True)
    return program


def words(stream: str, count: int, seed: int = 7, form: str = "raw") -> np.ndarray:
    """The first words of a stream: of 64 bits, or of 32 where the form takes halves alone."""
    command = [str(streams_program()), stream, form, str(seed), "raw", str(count)]
    found = subprocess.run(command, check=True, capture_output=True).stdout
    return np.frombuffer(found, "<u8" if form in ("raw", "reversed") else "<u4")
