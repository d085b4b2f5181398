"""What each form of ``day_forms`` means: the named parts of a match into a period, from a day, looking one way. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.nlu.entities import periods
from bot.nlu.entities.calendar_words import DAYS, MONTHS, WEEKDAYS
from bot.nlu.entities.numbers import whole_number
from bot.nlu.entities.periods import Period, Toward

DOZENS = {"une dizaine de": 10, "une quinzaine de": 15, "une vingtaine de": 20, "une trentaine de": 30}

Parts = Mapping[str, str]
"""The named groups that matched."""

Reading = Callable[[Parts, date, Toward], Period | None]
"""None when there is no such day (« 31 juin »), or the words are not those of a day after all."""


def _side(parts: Parts, toward: Toward) -> Toward:
    side = parts.get("side")
    if not side:
        return toward
    return Toward.NEXT if side.startswith(("proch", "qui", "a v")) else Toward.LAST


def in_figures(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« 04/11/2026 », « 4.11.26 », « le 4/11 »."""
    day, month, year = int(parts["day"]), int(parts["month"]), parts.get("year")
    if year:
        return periods.exact_day(_full_year(year, on), month, day)
    return periods.nearest_day(month, day, on, toward) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _full_year(year: str, on: date) -> int:
    """« 26 » is 2026 and « 85 » 1985: births are far behind, nothing is far ahead."""
    if len(year) == 4:
        return int(year)
    century = on.year // 100 * 100
    return century + int(year) if century + int(year) <= on.year + 10 else century - 100 + int(year)


def in_lone_figures(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« 04/11 » with no article; « 1/2 », « 7/7 » and « 10/10 » are not days."""
    looks_like_a_day = parts["day"] != parts["month"] and len(parts["day"]) == len(parts["month"]) == 2
    return in_figures(parts, on, toward) if looks_like_a_day else None


def written_day(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« 1er septembre », « 4 novembre 2025 », « quinze mars dernier »."""
    day = 1 if parts["day"] in ("1er", "premier") else whole_number(parts["day"])
    month = _month_number(parts)
    if day is None or not 1 <= day <= 31:
        return None
    if "year" in parts:
        return periods.exact_day(int(parts["year"]), month, day)
    return periods.nearest_day(month, day, on, _side(parts, toward))


def _month_number(parts: Parts) -> int:
    return MONTHS[parts["month"].rstrip(".")]


def month(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« en mars », « mars 2025 », « début septembre », « juillet dernier »."""
    number = _month_number(parts)
    whole = Period.month(int(parts["year"]), number) if "year" in parts else periods.nearest_month(number, on, _side(parts, toward))
    return periods.part_of(whole, parts.get("part", "")) if whole else None


def stretch(parts: Parts, on: date, toward: Toward) -> Period | None:  # noqa: ARG001
    """« cette semaine », « le mois dernier », « l'an prochain », « fin du mois »."""
    step = {Toward.LAST: -1, Toward.NEXT: 1}.get(_side(parts, Toward.BACK), 0)
    match parts["stretch"][:2]:
        case "se":
            return Period.week_of(on + timedelta(weeks=step))
        case "we":
            return _weekend(on, step)
        case "mo":
            first = periods.moved(on.replace(day=1), "mois", step)
            whole = Period.month(first.year, first.month) if first else None
        case _:
            whole = Period.year(on.year + step)
    return periods.part_of(whole, parts.get("part", "")) if whole else None


def _weekend(on: date, step: int) -> Period:
    """Give this week's Saturday and Sunday; the last ones are those before, the next ones come after this week on a weekend."""
    saturday = Period.week_of(on).first + timedelta(days=5)
    if step < 0 or (step > 0 and on >= saturday):
        saturday += timedelta(weeks=step)
    return Period(saturday, saturday + timedelta(days=1))


def _distance(parts: Parts, on: date, sign: int) -> date | None:
    count = DOZENS.get(parts["count"]) or whole_number(parts["count"])
    return None if count is None else periods.moved(on, _unit(parts), sign * count)


def _unit(parts: Parts) -> str:
    return {"j": "jour", "s": "semaine", "m": "mois", "a": "an"}[parts["unit"][0]]


def ago(parts: Parts, on: date, toward: Toward) -> Period | None:  # noqa: ARG001
    """« il y a trois semaines »."""
    day = _distance(parts, on, -1)
    return periods.around(day, _unit(parts)) if day else None


def since(parts: Parts, on: date, toward: Toward) -> Period | None:  # noqa: ARG001
    """« depuis trois semaines », « les trois derniers mois »: up to *on*."""
    first = _distance(parts, on, -1)
    return Period(first, on) if first else None


def in_some_time(parts: Parts, on: date, toward: Toward) -> Period | None:  # noqa: ARG001
    """« dans deux semaines »."""
    day = _distance(parts, on, 1)
    return periods.around(day, _unit(parts)) if day else None


def word(parts: Parts, on: date, toward: Toward) -> Period:  # noqa: ARG001
    """« hier »."""
    return Period.day(on + timedelta(days=DAYS[parts["word"]]))


def weekday(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« mardi »; « le samedi », « les mardis » speak of every week, unless « dernier » or « prochain » says which."""
    if ("habit" in parts or "plural" in parts) and "side" not in parts:
        return None
    return periods.nearest_weekday(WEEKDAYS[parts["weekday"]], on, _side(parts, toward))


def day_number(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« le 12 »."""
    day = int(parts["day"].removesuffix("er"))
    return periods.nearest_day_of_month(day, on, toward) if 1 <= day <= 31 else None


def year(parts: Parts, on: date, toward: Toward) -> Period:  # noqa: ARG001
    """« en 2025 », « fin 2025 »."""
    return periods.part_of(Period.year(int(parts["year"])), parts.get("part", ""))


def season(parts: Parts, on: date, toward: Toward) -> Period | None:
    """« cet été », « l'hiver dernier »."""
    first_month = {"pri": 3, "ete": 6, "aut": 9, "hiv": 12}[parts["season"][:3]]

    def named(years: int) -> Period:
        first = date(on.year + years, first_month, 21)
        return Period(first, (first + timedelta(days=92)).replace(day=20))

    return periods.nearest(named, on, _side(parts, toward))
