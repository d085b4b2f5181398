"""Partners and agencies, as lines a person reads: distance, hours, access, languages. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from member_api.contract import Agency, OpeningSpan, Practitioner

Row = tuple[str, str]

_WEEK = {"mon": "lundi", "tue": "mardi", "wed": "mercredi", "thu": "jeudi", "fri": "vendredi", "sat": "samedi", "sun": "dimanche"}
LANGUAGES = {"en": "anglais", "es": "espagnol", "ar": "arabe", "de": "allemand", "pt": "portugais", "lsf": "langue des signes"}
"""By their codes; everybody speaks French, which is not told."""


def distance(km: float | None) -> str:
    """Say a distance as the crow flies: « à moins de 1 km », « à environ 12 km »."""
    if km is None:
        return ""
    return "à moins de 1 km" if km < 1 else f"à environ {round(km)} km"


def hours(spans: Iterable[OpeningSpan]) -> str:
    """Say opening hours, days alike together: « lundi, mardi et jeudi de 9 h à 12 h 30 et de 14 h à 18 h ; mercredi de 9 h à 12 h 30 »."""
    by_day: dict[str, list[str]] = {}
    for span in spans:
        by_day.setdefault(span.weekday, []).append(f"de {_clock(span.opens)} à {_clock(span.closes)}")
    alike: dict[str, list[str]] = {}
    for name, told in _WEEK.items():
        if name in by_day:
            alike.setdefault(" et ".join(by_day[name]), []).append(told)
    return " ; ".join(f"{_listed(days)} {spans_told}" for spans_told, days in alike.items())


def practitioner_row(one: Practitioner) -> Row:
    """Tell a partner: where, when, what for."""
    spoken = [LANGUAGES[code] for code in one.languages if code in LANGUAGES]
    extra = ["Accessible en fauteuil"] if one.is_accessible else []
    extra += [f"Parle aussi {_listed(spoken)}"] if spoken else []
    extra += [f"Avantages : {', '.join(one.advantages).lower()}"] if one.advantages else []
    return f"{one.name}, {one.trade}", _told(one, extra)


def agency_row(one: Agency) -> Row:
    """Tell an agency: where and when."""
    return one.name, _told(one, ["Sur rendez-vous"] if one.by_appointment else [])


def _told(one: Practitioner | Agency, extra: list[str]) -> str:
    where = ", ".join(part for part in (one.place.line1, f"{one.place.postal_code} {one.place.town}", distance(one.distance_km)) if part)
    opened = hours(one.opening_hours)
    return ". ".join([where, f"Tél. {one.phone}", *([f"Ouvert {opened}"] if opened else []), *extra])


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


def _clock(told: str) -> str:
    hour, minute = told.split(":")
    return f"{int(hour)} h" if minute == "00" else f"{int(hour)} h {minute}"
