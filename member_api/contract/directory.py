"""Where people are: partner practitioners and agencies. Nobody's personal file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PractitionerKind(StrEnum):
    """Kinds of practitioners of the partner network."""

    DENTIST = "dentist"
    OPTICIAN = "optician"
    HEARING_AID_SPECIALIST = "hearing_aid_specialist"
    GENERAL_PRACTITIONER = "general_practitioner"
    DERMATOLOGIST = "dermatologist"
    OPHTHALMOLOGIST = "ophthalmologist"
    GYNAECOLOGIST = "gynaecologist"
    CARDIOLOGIST = "cardiologist"
    PHYSIOTHERAPIST = "physiotherapist"
    OSTEOPATH = "osteopath"
    PSYCHOLOGIST = "psychologist"
    DIETITIAN = "dietitian"
    PODIATRIST = "podiatrist"
    PHARMACY = "pharmacy"


@dataclass(frozen=True)
class Place:
    """A place with its position (WGS 84, degrees)."""

    line1: str
    postal_code: str
    town: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class OpeningSpan:
    """Open on *weekday* (``mon`` to ``sun``) from *opens* to *closes*, local time (``09:00``)."""

    weekday: str
    opens: str
    closes: str


@dataclass(frozen=True)
class Practitioner:
    """
    A partner: *trade* and *advantages* as printed, *languages* by their ISO 639 codes (``lsf`` is French sign language).

    *distance_km* is from the place asked about, as the crow flies; None when no place was asked about.
    """

    id: str
    kind: PractitionerKind
    name: str
    trade: str
    place: Place
    phone: str
    is_accessible: bool
    languages: tuple[str, ...]
    advantages: tuple[str, ...]
    opening_hours: tuple[OpeningSpan, ...]
    distance_km: float | None


@dataclass(frozen=True)
class Practitioners:
    """A page of practitioners: nearest first when a place was asked about, else by name."""

    practitioners: tuple[Practitioner, ...]
    next_cursor: str | None


@dataclass(frozen=True)
class Around:
    """A place to search around: a point, or a town by name or postal code; *within_km* as the crow flies."""

    town: str | None = None
    postal_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    within_km: int | None = None


@dataclass(frozen=True)
class PractitionerFilter:
    """Which practitioners are asked for; *open_at* is an aware moment, *language* an ISO 639 code."""

    kind: PractitionerKind | None = None
    around: Around | None = None
    language: str | None = None
    is_accessible: bool | None = None
    open_at: datetime | None = None
    name: str | None = None


@dataclass(frozen=True)
class Agency:
    """Agence: most work by appointment."""

    id: str
    name: str
    place: Place
    phone: str
    opening_hours: tuple[OpeningSpan, ...]
    by_appointment: bool
    distance_km: float | None


@dataclass(frozen=True)
class Agencies:
    """The answer that lists agencies: nearest first when a place was asked about."""

    agencies: tuple[Agency, ...]
