"""A benchmark is not a test: no time fails here, only a benchmark that no longer runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kernel.paths import ROOT


@pytest.mark.long
def test_the_journal_benchmark_still_runs(tmp_path: Path) -> None:
    """A figure in the documentation is one a command prints today."""
    found = tmp_path / "journal.json"
    subprocess.run([sys.executable, "-m", "benchmarks.journal", "--rounds", "1", "--count", "16", "--sizes", "30,60",
                    "--json", str(found), "--plot", str(tmp_path / "journal.png")], cwd=ROOT, check=True, capture_output=True)

    names = {line["name"].split(":")[0] for line in json.loads(found.read_text())["lines"]}
    assert names == {"SQLite", "PostgreSQL"}
    assert (tmp_path / "journal.png").stat().st_size > 1000
