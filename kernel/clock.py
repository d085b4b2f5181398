"""Now, as something a caller is given: rules never read the machine's clock by themselves."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Anything that tells the moment."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands at a chosen moment until told to move: simulated conversations and tests."""

    def __init__(self, moment: datetime) -> None:
        """*moment* must be aware."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Give the chosen moment."""
        return self._moment

    def advance(self, by: timedelta) -> None:
        """Move forward; time never goes back."""
        if by < timedelta(0):
            raise ValueError("time does not go back")
        self._moment += by


class ShiftedClock:
    """The machine's clock, moved: a conversation simulated at another date, where time still passes."""

    def __init__(self, start: datetime) -> None:
        """*start*: the aware moment it shows now."""
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        """Give the simulated moment."""
        return datetime.now(UTC) + self._shift

    def advance(self, by: timedelta) -> None:
        """Jump forward; time never goes back."""
        if by < timedelta(0):
            raise ValueError("time does not go back")
        self._shift += by
