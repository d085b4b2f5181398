"""French formats: amounts, days, moments, spaces that must not break. Pure."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

NBSP = "\u00a0"
NARROW = "\u202f"
_DAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
           "novembre", "décembre"]
_BEFORE_PUNCTUATION = re.compile(r"[ \u00a0]([?!;»%€])")
_BEFORE_COLON = re.compile(r"[ \u00a0]:(?!\w)")
_AFTER_OPENING = re.compile(r"« ")
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b)")
_PHONE = re.compile(r"\b0\d(?: \d\d){4}\b")


def euros(amount: Decimal, *, cents: bool | None = None) -> str:
    """Format 1166 as ``1 166,00 €``; *cents* False drops ``,00``, None keeps cents only when there are some."""
    show_cents = amount != amount.to_integral_value() if cents is None else cents
    text = f"{amount:,.2f}" if show_cents else f"{amount:,.0f}"
    return text.replace(",", NARROW).replace(".", ",") + f"{NBSP}€"


def day(when: date, *, weekday: bool = True) -> str:
    """Format as ``mardi 24 novembre 2026`` (the first of a month is ``1er``)."""
    number = "1er" if when.day == 1 else str(when.day)
    text = f"{number} {_MONTHS[when.month - 1]} {when.year}"
    return f"{_DAYS[when.weekday()]} {text}" if weekday else text


def moment(when: datetime, zone: ZoneInfo) -> str:
    """Format as ``mardi 24 novembre 2026 à 16 h 30`` in *zone*."""
    local = when.astimezone(zone)
    return f"{day(local.date())} à {clock_time(when, zone)}"


def clock_time(when: datetime, zone: ZoneInfo) -> str:
    """Format as ``16 h 30`` in *zone*."""
    local = when.astimezone(zone)
    return f"{local.hour}{NBSP}h{NBSP}{local.minute:02d}"


def typography(text: str) -> str:
    """Put non-breaking spaces where French wants them, so that « 2 € » or « Bonjour ! » never splits over two lines."""
    text = _BEFORE_PUNCTUATION.sub(NBSP + r"\1", text)
    text = _BEFORE_COLON.sub(NBSP + ":", text)
    text = _AFTER_OPENING.sub("«" + NBSP, text)
    text = _PHONE.sub(lambda found: found.group().replace(" ", NBSP), text)
    return _IN_NUMBER.sub(NARROW, text)
