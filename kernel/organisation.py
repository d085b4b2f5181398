"""The insurer this installation speaks for: ``organisation.yml``, checked once at start."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from kernel.calendar import WEEKDAYS
from kernel.errors import SettingsError
from kernel.paths import ROOT


class Section(dict[str, Any]):
    """A part of the file, read as attributes; a name that is not in the file is an error, not an empty text."""

    def __getattr__(self, name: str) -> Any:
        """Give a value by its name."""
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"organisation.yml has no « {name} » here") from None


@dataclass(frozen=True)
class Organisation:
    """What differs from one insurer to the next. *raw* holds every section for the templates."""

    name: str
    short_name: str
    timezone: ZoneInfo
    accent_colour: str
    written_answer_business_hours: int
    alsace_moselle: bool
    closures: tuple[date, ...]
    opening_hours: dict[str, list[str]] | None
    queues: dict[str, str]
    raw: Section


_REQUIRED = ("name", "short_name", "timezone", "accent_colour", "contacts", "rubrics", "queues", "promises",
             "ombudsman", "public_numbers")


def _sections(value: Any) -> Any:
    if isinstance(value, dict):
        return Section({str(key): _sections(inner) for key, inner in value.items()})
    return [_sections(inner) for inner in value] if isinstance(value, list) else value


def load_organisation(path: Path = ROOT / "organisation.yml") -> Organisation:
    """Read and check the file; raise SettingsError with a sentence when something needed is missing."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as cause:
        raise SettingsError(f"organisation.yml ne peut pas être lu : {cause}") from cause
    missing = [name for name in _REQUIRED if not (isinstance(content, dict) and content.get(name))]
    if missing:
        raise SettingsError(f"organisation.yml : il manque {', '.join(missing)}.")
    raw = _sections(content)
    return Organisation(
        name=_checked(raw, "name", str),
        short_name=_checked(raw, "short_name", str),
        timezone=_checked(raw, "timezone", ZoneInfo),
        accent_colour=_checked(raw, "accent_colour", _colour),
        written_answer_business_hours=_checked(raw, "promises", lambda promises: int(promises.written_answer_business_hours)),
        alsace_moselle=raw.get("public_holidays") == "alsace-moselle",
        closures=_checked(raw, "closures", _days),
        opening_hours=_checked(raw, "opening_hours", _week),
        queues=_checked(raw, "queues", lambda queues: {name: queue.label for name, queue in queues.items()}),
        raw=raw,
    )


def _checked(raw: Section, name: str, read: Callable[[Any], Any]) -> Any:
    """Read one section; SettingsError naming it when it does not have its shape."""
    try:
        return read(raw.get(name))
    except (ValueError, TypeError, AttributeError, KeyError, OSError) as cause:
        raise SettingsError(f"organisation.yml : « {name} » n'a pas la forme attendue ({cause}).") from cause


def _colour(value: Any) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", str(value)):
        raise ValueError("une couleur s'écrit #rrggbb")
    return str(value)


def _days(value: Any) -> tuple[date, ...]:
    days = tuple(value or ())
    if not all(isinstance(day, date) for day in days):
        raise ValueError("un jour s'écrit 2026-12-24")
    return days


def _week(value: Any) -> dict[str, list[str]] | None:
    """Check ``mon: ["09:00-12:30", …]`` as kernel.calendar.is_open reads it."""
    for weekday, spans in (value or {}).items():
        if weekday not in WEEKDAYS:
            raise ValueError(f"les jours s'écrivent {', '.join(WEEKDAYS)}")
        for start, end in (span.split("-") for span in spans):
            if time.fromisoformat(start) >= time.fromisoformat(end):
                raise ValueError("une plage finit après son début")
    return dict(value) if value else None


@lru_cache(maxsize=1)
def organisation() -> Organisation:
    """Give the installation's insurer, read once."""
    return load_organisation()
