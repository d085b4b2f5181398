"""
How this project measures: contenders take turns in the same run (A B A B…), medians and ratios are told, with the machine.

These machines are noisy: a ratio between two medians of the same minutes means something, a single time does not.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Line:
    """One line of the table: *per_second* operations by us and by the rival (medians), in *rounds* rounds of *count*."""

    name: str
    count: int
    rounds: int
    per_second: float
    rival: str = ""
    rival_per_second: float | None = None
    reach: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours over the rival's; above 1 is faster."""
        return self.per_second / self.rival_per_second if self.rival_per_second else None


@dataclass
class Report:
    """Everything one command measured."""

    title: str
    lines: list[Line] = field(default_factory=list)
    growth: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    packages: tuple[str, ...] = ()
    servers: dict[str, str] = field(default_factory=dict)

    def machine(self) -> dict[str, str]:
        """Say where it ran, and with what."""
        return machine(self.packages) | self.servers

    def table(self) -> str:
        """Give the table people read."""
        rows = [("measure", "n × rounds", "ours /s", "rival /s", "ratio", "reach", "rival")]
        rows += [(line.name, f"{line.count} × {line.rounds}", f"{line.per_second:,.0f}",
                  f"{line.rival_per_second:,.0f}" if line.rival_per_second else "–",
                  f"{line.ratio:.2f}×" if line.ratio else "–", _reach(line), line.rival or "–") for line in self.lines]
        rows += [(f"growth: {name} at {size:,}", "", f"{rate:,.0f}", "", "", "", "") for name, points in self.growth.items() for size, rate in points]
        return aligned(rows, to_the_left=(0, 6))

    def as_json(self) -> dict[str, Any]:
        """Give everything, for other programs."""
        return {"title": self.title, "machine": self.machine(), "growth": self.growth,
                "lines": [asdict(line) | {"ratio": line.ratio} for line in self.lines]}

    def show(self, *, json_to: Path | None, plot_to: Path | None) -> None:
        """Print the table; write the JSON and the picture when asked."""
        print(self.title, *(f"{name}: {value}" for name, value in self.machine().items()), sep="\n  ")
        print("\n" + self.table())
        if json_to:
            json_to.write_text(json.dumps(self.as_json(), indent=2, ensure_ascii=False), encoding="utf-8")
        if plot_to:
            draw(plot_to, self.growth, xscale="log", yscale="log", xlabel="size", ylabel="operations per second", title=self.title)


def aligned(rows: Sequence[Sequence[str]], *, to_the_left: Sequence[int] = (0,)) -> str:
    """Set *rows* (the first names the columns) in columns, figures to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) if at in to_the_left else cell.rjust(width)
                               for at, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip() for row in rows)


async def in_turn(contenders: dict[str, Work], *, count: int, rounds: int) -> dict[str, float]:
    """Let each contender do its work once per round, in turn; give each one's median of operations per second."""
    for work in contenders.values():
        await work()  # warm: caches, connections, compiled statements
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, work in contenders.items():
            began = time.perf_counter()
            await work()
            seconds[name].append(time.perf_counter() - began)
    return {name: count / statistics.median(taken) for name, taken in seconds.items()}


def flush_cost(folder: Path, *, rounds: int = 50) -> str:
    """Say what one flush to this disk costs (median): group commit can spare nothing else."""
    taken = []
    with (folder / "flush").open("wb") as file:
        for _ in range(rounds):
            file.write(b"x" * 4096)
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return f"{statistics.median(taken) * 1000:.2f} ms"


def machine(packages: Sequence[str]) -> dict[str, str]:
    """Say where this runs, and with which *packages*."""
    return {"machine": f"{platform.machine()} {platform.system()} {platform.release()}", "cores": str(os.cpu_count()),
            "processor": _processor(), "python": platform.python_version(), **{name: version(name) for name in packages}}


def _reach(line: Line) -> str:
    if line.reach is None or line.ratio is None:
        return "–"
    return f"≥ {line.reach:g}× {'yes' if line.ratio >= line.reach else 'NO'}"


def _processor() -> str:
    names = [row.split(":", 1)[1].strip() for row in Path("/proc/cpuinfo").read_text().splitlines() if row.startswith("model name")] \
        if Path("/proc/cpuinfo").exists() else []
    return names[0] if names else platform.processor()


def draw(path: Path, growth: Mapping[str, Sequence[tuple[float, float]]], **axes_set: Any) -> None:
    """Draw one line per entry of *growth* into the picture *path*; *axes_set*: what matplotlib's ``Axes.set`` takes."""
    import matplotlib as mpl
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 5))
    for name, points in growth.items():
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
    axes.set(**axes_set)
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=120)
