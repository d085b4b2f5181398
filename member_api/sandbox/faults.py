"""Faults chosen for the next calls of the member API, so that tests and demonstrations see what happens then."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from kernel.errors import Malformed

MOST_CALLS = 1000
LONGEST_DELAY_S = 60.0


class FaultKind(StrEnum):
    """What goes wrong: late, broken (500), away (503), an answer of another shape, or acted and the answer lost."""

    SLOW = "slow"
    ERROR = "error"
    AWAY = "away"
    NONSENSE = "nonsense"
    LOST_ANSWER = "lost_answer"


@dataclass(frozen=True)
class Fault:
    """One call's fault; *delay_s* is for SLOW."""

    kind: FaultKind
    delay_s: float = 5.0


class Faults:
    """The faults to come, first chosen first; in memory: a restart heals everything."""

    def __init__(self) -> None:
        self._coming: deque[Fault] = deque()

    def plan(self, fault: Fault, calls: int) -> None:
        """Make the next *calls* (1 to 1000) after those already planned go wrong; Malformed beyond."""
        if not 1 <= calls <= MOST_CALLS or not 0 < fault.delay_s <= LONGEST_DELAY_S:
            raise Malformed(f"calls: 1 to {MOST_CALLS}; delay_s: up to {LONGEST_DELAY_S:.0f}")
        self._coming.extend([fault] * calls)

    def next(self) -> Fault | None:
        """Take the fault of the present call, if any."""
        return self._coming.popleft() if self._coming else None

    def clear(self) -> None:
        """Heal."""
        self._coming.clear()

    def coming(self) -> list[Fault]:
        """List what is planned."""
        return list(self._coming)
