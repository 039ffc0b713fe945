"""Time and memory of one piece of work, and how a result is printed."""

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Result:
    """One line of ``make bench``. ``goal``: what ``value`` must not be worse than."""

    name: str
    value: float
    goal: float
    better: Literal["lower", "higher"] = "lower"

    @property
    def reached(self) -> bool:
        return self.value <= self.goal if self.better == "lower" else self.value >= self.goal

    def line(self) -> str:
        return json.dumps({**asdict(self), "value": round(self.value, 3)})


def seconds(work: Callable[[], Any], repeats: int = 3) -> float:
    """The shortest of a few runs: what else the machine does can only lengthen one."""
    return min(_once(work) for _ in range(repeats))


def ratio(work: Callable[[], Any], reference: Callable[[], Any], repeats: int = 3) -> float:
    """Work against reference, taken in turns so that a busy moment falls on both; the median of the turns."""
    return statistics.median(_once(work) / _once(reference) for _ in range(repeats))


def _once(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_megabytes(module: str, *arguments: str) -> float:
    """Peak resident size of a fresh process that runs ``module``; it ends with :func:`print_peak`."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


def print_peak() -> None:
    """Print this process's peak resident size in megabytes (10^6 bytes)."""
    print(peak())


def peak() -> float:
    """This process's own peak resident size in megabytes (10^6 bytes).

    ``getrusage`` is the last resort: it hands on the peak of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
