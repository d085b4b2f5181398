"""A conversation as lines to show: days, authors, who goes on speaking. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from journal.entries import Body, Entry, Kind

TOGETHER = timedelta(minutes=5)
SPEECH = frozenset({Kind.TEXT, Kind.CHOICE, Kind.ATTACHMENT, Kind.CARD, Kind.NOTE})


@dataclass(frozen=True)
class Line:
    """
    One entry as the desk shows it. *starts_day*: the day to show above it, or None; *goes_on*: same author as just
    before, so the name is not repeated. *body* is empty when *is_erased*.
    """

    number: int
    moment: datetime
    kind: str
    author: str
    author_name: str | None
    body: Body
    is_erased: bool
    is_speech: bool
    goes_on: bool
    starts_day: date | None

    @property
    def text(self) -> str:
        """The words of the entry, or nothing."""
        return text_of(self.body)

    def word(self, name: str) -> str:
        """Give a field of the body when it is a text or a number, else nothing."""
        value = self.body.get(name)
        return str(value) if isinstance(value, str | int) else ""

    @property
    def masked(self) -> list[str]:
        """Kinds of identifiers that were masked."""
        kinds = self.body.get("masked")
        return [kind for kind in kinds if isinstance(kind, str)] if isinstance(kinds, list) else []

    @property
    def numbers(self) -> list[dict[str, str]]:
        """Phone numbers of a safety answer."""
        return [{"number": str(one.get("number", "")), "label": str(one.get("label", ""))} for one in listed(self.body.get("numbers"))]

    @property
    def titles(self) -> list[str]:
        """Titles of the buttons that were offered."""
        return titles_of(self.body)


def listed(value: Any) -> list[dict[str, Any]]:
    """Give the objects of a list, whatever else it holds."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(body: Body | None) -> str:
    """Give the ``text`` of a body when it is one."""
    text = (body or {}).get("text")
    return text if isinstance(text, str) else ""


def titles_of(body: Body | None) -> list[str]:
    """Give the titles of a body's buttons, whatever else it holds."""
    return [str(button["title"]) for button in listed((body or {}).get("buttons")) if button.get("title")]


def lines(entries: Iterable[Entry], zone: ZoneInfo, after: Entry | None = None) -> list[Line]:
    """Make lines of *entries*, in order; *after* is the entry shown just before them."""
    shown: list[Line] = []
    for entry in entries:
        shown.append(_line(entry, after, zone))
        after = entry
    return shown


def _line(entry: Entry, before: Entry | None, zone: ZoneInfo) -> Line:
    day = entry.moment.astimezone(zone).date()
    is_new_day = before is None or before.moment.astimezone(zone).date() != day
    return Line(
        entry.number,
        entry.moment,
        entry.kind.value,
        entry.author.value,
        entry.author_name,
        entry.body or {},
        entry.body is None,
        entry.kind in SPEECH,
        not is_new_day and _goes_on(entry, before),
        day if is_new_day else None,
    )


def _goes_on(entry: Entry, before: Entry | None) -> bool:
    if before is None or entry.kind not in SPEECH or before.kind not in SPEECH:
        return False
    if (entry.kind is Kind.NOTE) is not (before.kind is Kind.NOTE):
        return False
    same = (entry.author, entry.author_name) == (before.author, before.author_name)
    return same and entry.moment - before.moment <= TOGETHER
