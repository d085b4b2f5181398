"""An appointment as an iCalendar file (RFC 5545), which also moves it or cancels it where it was opened before. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

_LINE_BYTES = 75
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_file(uid: str, *, starts_at: datetime, ends_at: datetime, summary: str, place: str, sequence: int,
                  is_cancelled: bool, written_at: datetime) -> str:
    """Write the file; *sequence* grows at each change, so that a calendar keeps the latest."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Mutuelle de demonstration//FR",
        f"METHOD:{'CANCEL' if is_cancelled else 'PUBLISH'}", "BEGIN:VEVENT", f"UID:{uid}@assureur.example",
        f"DTSTAMP:{_moment(written_at)}", f"SEQUENCE:{sequence}", f"DTSTART:{_moment(starts_at)}", f"DTEND:{_moment(ends_at)}",
        f"SUMMARY:{summary.translate(_ESCAPED)}", f"LOCATION:{place.translate(_ESCAPED)}",
        f"STATUS:{'CANCELLED' if is_cancelled else 'CONFIRMED'}", "END:VEVENT", "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _folded(line: str) -> str:
    """Cut at 75 bytes, never inside a character; the rest goes on behind a space."""
    parts, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > _LINE_BYTES:
            parts.append(" ")
            size = 1 + len(character.encode())
        parts[-1] += character
    return "\r\n".join(parts)
