"""What the benchmarks say a process cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.processes import cpu_seconds, memory_mb, run_to_end

HELD_MB = 60
HOLDS = f"held = bytearray({HELD_MB} * 1024 * 1024); print('held', flush=True); input()"


def run(code: str, folder: Path) -> list[str]:
    """The command line of a small program."""
    return [sys.executable, "-c", code]


def test_a_program_is_charged_with_what_it_held_and_computed(tmp_path: Path) -> None:
    """Training costs of rivals and of ours come from here."""
    code = f"held = bytearray({HELD_MB} * 1024 * 1024)\nwhile __import__('time').process_time() < 0.3: pass"

    spent = run_to_end(run(code, tmp_path), folder=tmp_path, environment=dict(os.environ), log=tmp_path / "log")

    assert spent.cpu_seconds >= 0.3
    assert spent.seconds >= 0.2
    assert spent.peak_memory_mb >= HELD_MB


def test_a_program_that_fails_stops_the_benchmark(tmp_path: Path) -> None:
    """Half a model must never be taken for a trained one."""
    with pytest.raises(RuntimeError, match="ended with 3: see .*log"):
        run_to_end(run("raise SystemExit(3)", tmp_path), folder=tmp_path, environment=dict(os.environ), log=tmp_path / "log")


def test_processor_time_counts_work_and_not_waiting() -> None:
    """On a busy machine it is the figure that moves least."""
    before = cpu_seconds(os.getpid())
    time.sleep(0.2)
    waited = cpu_seconds(os.getpid()) - before
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass
    worked = cpu_seconds(os.getpid()) - before - waited

    assert waited < 0.1
    assert worked >= 0.2


def test_the_memory_of_a_process_includes_its_children(tmp_path: Path) -> None:
    """A server that forks must not look smaller than it is."""
    with subprocess.Popen(run(HOLDS, tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdin
        child.stdout.readline()
        alone, with_child = memory_mb(child.pid)[0], memory_mb(os.getpid())[0]
        child.stdin.write("\n")

    assert alone >= HELD_MB
    assert with_child >= alone + 20
