"""The insurer this installation speaks for: ``organisation.yml``, checked once at start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

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
        name=raw.name,
        short_name=raw.short_name,
        timezone=ZoneInfo(raw.timezone),
        accent_colour=raw.accent_colour,
        written_answer_business_hours=int(raw.promises.written_answer_business_hours),
        alsace_moselle=raw.get("public_holidays") == "alsace-moselle",
        closures=tuple(raw.get("closures") or ()),
        opening_hours=raw.get("opening_hours"),
        queues={name: queue.label for name, queue in raw.queues.items()},
        raw=raw,
    )


@lru_cache(maxsize=1)
def organisation() -> Organisation:
    """Give the installation's insurer, read once."""
    return load_organisation()
