"""The rules as one plain C file: how fast the same arithmetic could be. For the benchmarks alone."""

from benchmarks.in_c.building import in_c
from benchmarks.in_c.playing import play_batch_in_c
from benchmarks.in_c.refusing import Refused

__all__ = ["Refused", "in_c", "play_batch_in_c"]
