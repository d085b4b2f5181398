"""Days as French people say them. Pure: today is an argument."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.phrasing.acronyms import fold
from kernel.calendar import add_months

_MONTHS = ["janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"]
_SHORT = {"janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_WEEKDAYS = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
_MONTH_WORDS = {name: index + 1 for index, name in enumerate(_MONTHS)} | _SHORT
_NUMERIC = re.compile(r"\b(\d{1,2}) ?[/.\-] ?(\d{1,2})(?: ?[/.\-] ?(\d{4}|\d{2}))?\b")
_WRITTEN = re.compile(rf"\b(1er|premier|\d{{1,2}}) ({'|'.join(_MONTH_WORDS)})\.?(?: (\d{{4}}))?\b")
_PART = re.compile(rf"\b(debut|mi|fin)[ -](?:du mois de |du |de |d )?({'|'.join(_MONTHS)}|mois)\b")
_DAY_ONLY = re.compile(r"\b(?:le|du|au) (1er|premier|\d{1,2})\b(?! ?(?:rue|avenue|bis|ter|bd|boulevard))")
_IN = re.compile(r"\bdans (un|une|deux|trois|\d{1,2}) (jour|semaine|mois)")
_SINCE = re.compile(r"\b(?:il y a|depuis) (un|une|deux|trois|\d{1,2}) (jour|semaine|mois)")
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3}
_NOW = re.compile(r"\b(aujourd ?hui|maintenant|immediatement|tout de suite|deja|des a present|de suite|ce jour)\b")


def read_day(text: str, today: date) -> date | None:
    """
    Read the day *text* speaks of; None when there is none, or when it does not exist (« le 31 juin »).

    A day without a year is the nearest one, up to nine months ahead and three behind.
    """
    words = fold(text).replace("'", " ")
    if found := _from_calendar(words, today) or _from_distance(words, today):
        return found
    if "apres demain" in words or "apres-demain" in words:
        return today + timedelta(days=2)
    if "avant hier" in words or "avant-hier" in words:
        return today - timedelta(days=2)
    if re.search(r"\bdemain\b", words):
        return today + timedelta(days=1)
    if re.search(r"\bhier\b", words):
        return today - timedelta(days=1)
    return _from_weekday(words, today) or (today if _NOW.search(words) else None)


def _from_calendar(words: str, today: date) -> date | None:
    if found := _NUMERIC.search(words):
        year = found.group(3)
        return _day(int(found.group(1)), int(found.group(2)), int(year) + (2000 if len(year) == 2 else 0) if year else None, today)
    if found := _WRITTEN.search(words):
        return _day(_number(found.group(1)), _MONTH_WORDS[found.group(2)], int(found.group(3)) if found.group(3) else None, today)
    if found := _PART.search(words):
        return _part(found.group(1), found.group(2), today)
    if found := _DAY_ONLY.search(words):
        return _day(_number(found.group(1)), today.month, today.year, today)
    return None


def _number(word: str) -> int:
    return 1 if word in ("1er", "premier") else int(word)


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    try:
        if year is not None:
            return date(year, month, day)
        found = date(today.year, month, day)
    except ValueError:
        return None
    if found > add_months(today, 9):
        return found.replace(year=found.year - 1)
    return found.replace(year=found.year + 1) if found < add_months(today, -3) else found


def _part(part: str, month: str, today: date) -> date | None:
    number = today.month if month == "mois" else _MONTHS.index(month) + 1
    first = _day(1, number, None, today)
    if first is None:
        return None
    return {"debut": first, "mi": first.replace(day=15), "fin": add_months(first, 1) - timedelta(days=1)}[part]


def _from_distance(words: str, today: date) -> date | None:
    found, sign = _IN.search(words), 1
    if found is None:
        found, sign = _SINCE.search(words), -1
    if found is None:
        return None
    count = sign * (_NUMBERS.get(found.group(1)) or int(found.group(1)))
    match found.group(2):
        case "mois":
            return add_months(today, count)
        case unit:
            return today + timedelta(days=count * (7 if unit == "semaine" else 1))


def _from_weekday(words: str, today: date) -> date | None:
    for index, name in enumerate(_WEEKDAYS):
        if re.search(rf"\b{name}\b", words):
            ahead = (index - today.weekday()) % 7 or 7
            return today + timedelta(days=ahead - 7 if re.search(rf"{name} (dernier|passe)", words) else ahead)
    return None
