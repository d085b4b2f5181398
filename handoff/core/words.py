"""Times as an advisor reads them: short, in French, never colour alone. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from kernel import french
from kernel.french import NBSP


def duration(length: timedelta) -> str:
    """Say a length of time: ``moins d'une minute``, ``4 min``, ``1 h 05``, ``3 jours``."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 1:
        return "moins d'une minute"
    if minutes < 60:
        return f"{minutes}{NBSP}min"
    if minutes < 48 * 60:
        return f"{minutes // 60}{NBSP}h{NBSP}{minutes % 60:02d}"
    return f"{minutes // (24 * 60)}{NBSP}jours"


def waiting(length: timedelta) -> str:
    """Say how long somebody has been waiting: ``Vient d'arriver``, ``Attend depuis 4 min``."""
    return "Vient d'arriver" if length < timedelta(minutes=1) else f"Attend depuis {duration(length)}"


def held(length: timedelta) -> str:
    """Say how long one has held a conversation: ``Prise à l'instant``, ``Prise il y a 4 min``."""
    return "Prise à l'instant" if length < timedelta(minutes=1) else f"Prise il y a {duration(length)}"


def short_number(conversation_id: str) -> str:
    """Give the few characters by which advisors tell conversations apart aloud."""
    return "".join(character for character in conversation_id if character.isalnum())[-4:].upper()


def due(due_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Say when an answer is due: ``en retard de 2 h 10``, ``aujourd'hui à 16 h 30``, ``mardi 24 novembre 2026``."""
    if now >= due_at:
        return f"en retard de {duration(_at_least_a_minute(now - due_at))}"
    return f"pour {_day_and_time(due_at, now, zone)}"


def _at_least_a_minute(length: timedelta) -> timedelta:
    """Say at least a minute: late is late."""
    return max(length, timedelta(minutes=1))


def _day_and_time(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    day, at = local.date(), f" à {french.clock_time(moment, zone)}"
    if (local.hour, local.minute) == (0, 0):  # a promise that ends at midnight is told by the day before
        day, at = day - timedelta(days=1), " en fin de journée"
    return f"{relative_day(day, today)}{at}"


def relative_day(day: date, today: date) -> str:
    """Say a day: ``aujourd'hui``, ``demain``, ``hier``, else ``mardi 24 novembre`` (with the year when it differs)."""
    names = {0: "aujourd'hui", 1: "demain", -1: "hier"}
    if (near := names.get((day - today).days)) is not None:
        return near
    text = french.day(day)
    return text if day.year != today.year else text.removesuffix(f" {day.year}")


def wait_range(low_s: int, high_s: int) -> str:
    """Say a range of waiting time given in seconds: ``entre 2 et 5 minutes``, ``environ 3 minutes``."""
    low, high = max(round(low_s / 60), 1), max(round(high_s / 60), 1)
    if low >= high:
        return f"environ {high}{NBSP}minute{'s' if high > 1 else ''}"
    return f"entre {low} et {high}{NBSP}minutes"


def count(number: int, one: str, many: str) -> str:
    """Say how many: ``1 conversation``, ``3 conversations``."""
    return f"{number}{NBSP}{one if number < 2 else many}"
