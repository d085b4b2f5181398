"""What a process has used, read from the kernel: processor time to the microsecond, memory now and at its highest (Linux)."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_MB = 1024
_SCHEDULED = 2  # CPUCLOCK_SCHED of <linux/posix-timers.h>: the time all threads of a process ran


@dataclass(frozen=True)
class Spent:
    """What a program cost from its start to its end: *seconds* on the wall, *cpu_seconds* on all cores, *peak_memory_mb*."""

    seconds: float
    cpu_seconds: float
    peak_memory_mb: int


def run_to_end(command: list[str], *, folder: Path, environment: dict[str, str], log: Path) -> Spent:
    """Run *command* to its end and say what it cost; RuntimeError names the *log* when it fails."""
    began = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: see {log}")
    return Spent(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // _MB)


def cpu_seconds(pid: int) -> float:
    """Give the processor time of all threads of *pid*, its children not counted."""
    return time.clock_gettime((~pid << 3) | _SCHEDULED)


def memory_mb(pid: int) -> tuple[int, int]:
    """Give the memory of *pid* and its children, resident now and at its highest."""
    states = [_state(one) for one in (pid, *_children(pid))]
    return sum(state["VmRSS"] for state in states) // _MB, sum(state["VmHWM"] for state in states) // _MB


def _state(pid: int) -> dict[str, int]:
    rows = (line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return {name: int(value.split()[0]) for name, value in rows if name in {"VmRSS", "VmHWM"}}


def _children(pid: int) -> list[int]:
    direct = [int(one) for thread in Path(f"/proc/{pid}/task").iterdir() for one in (thread / "children").read_text().split()]
    return [*direct, *(below for one in direct for below in _children(one))]
