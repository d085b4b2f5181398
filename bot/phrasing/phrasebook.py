"""
The assistant's sentences: ``answers/*.yml``, Jinja2 texts that content staff edit, rendered with the insurer's data.

One entry a topic (plus a few that are not topics). An entry has ``text``, sometimes ``signed_in`` and ``again`` (when the
same topic comes twice in a row), ``buttons``, and the ids of the ``facts`` and ``cautions`` it obeys, for the tests of
faithfulness.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from kernel.calendar import complaint_dates, due_after_business_hours
from kernel.figures import spoken_figure
from kernel.french import day, typography
from kernel.organisation import Organisation

ANSWERS = Path(__file__).parent / "answers"
KNOWLEDGE = Path(__file__).parent / "knowledge"


@dataclass(frozen=True)
class Button:
    """A quick answer: it names a *topic*, an *act* the client does by itself, or else its title is what it says."""

    title: str
    topic: str | None = None
    act: str | None = None
    payload: str | None = None

    @property
    def rasa_payload(self) -> str:
        """What Rasa is told when it is chosen: ``/topic``, or words."""
        if self.topic:
            return f"/{self.topic}"
        return self.payload or {"handoff": "/parler_humain", "complaint": "/reclamation_deposer",
                                "write": "/messagerie_ecrire"}.get(self.act or "", self.title)


@dataclass(frozen=True)
class Phrase:
    """What the assistant says, ready to be shown, with the quick answers offered."""

    name: str
    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Situation:
    """What a sentence may depend on, beside the insurer: the moment, who is there, whether the desk is open."""

    now: datetime
    level: int = 0
    member_first_name: str | None = None
    desk: str = "unknown"
    extra: Mapping[str, Any] = field(default_factory=dict)


class Phrasebook:
    """Renders entries by their name."""

    def __init__(self, organisation: Organisation, folder: Path = ANSWERS) -> None:
        """Read and compile every entry: a fault in a template stops the start, not a member's evening."""
        self._organisation = organisation
        # Autoescape off: what is rendered is text, and every screen treats it as text.
        self._environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
        self.entries = read_entries(folder)
        self._templates = {
            (name, variant): self._environment.from_string(entry[variant])
            for name, entry in self.entries.items() for variant in ("text", "signed_in", "again") if entry.get(variant)
        }

    def __contains__(self, name: str) -> bool:
        """Say whether there is an entry *name*."""
        return name in self.entries

    def phrase(self, name: str, situation: Situation, *, again: bool = False) -> Phrase:
        """Render entry *name*; KeyError when there is none."""
        variants = (["again"] if again else []) + (["signed_in"] if situation.level >= 1 else []) + ["text"]
        template = next(self._templates[name, variant] for variant in variants if (name, variant) in self._templates)
        text = typography(template.render(self._values(situation))).strip()
        return Phrase(name, text, self._buttons(name, situation))

    def _buttons(self, name: str, situation: Situation) -> tuple[Button, ...]:
        buttons = (Button(**button) for button in self.entries[name].get("buttons") or ())
        return tuple(button for button in buttons if button.act != "sign_in" or situation.level == 0)

    def _values(self, situation: Situation) -> dict[str, Any]:
        organisation, today = self._organisation, situation.now.astimezone(self._organisation.timezone).date()
        complaint = complaint_dates(today, alsace_moselle=organisation.alsace_moselle)
        return {
            "org": organisation.raw,
            "figure": lambda name: spoken_figure(name, today),
            "written_due": at_the_latest(written_due_on(organisation, situation.now)),
            "ack_due": at_the_latest(complaint.acknowledge_calendar),
            "complaint_due": at_the_latest(complaint.answer),
            "desk": situation.desk,
            "member_first_name": situation.member_first_name,
            **situation.extra,
        }


def written_due_on(organisation: Organisation, now: datetime) -> date:
    """Give the day by which a written request sent *now* is answered (kernel.calendar, 48 business hours)."""
    return due_after_business_hours(now, organisation.written_answer_business_hours, zone=organisation.timezone,
                                    alsace_moselle=organisation.alsace_moselle).by


def at_the_latest(due_on: date) -> str:
    """Say a due date as a member reads it: « au plus tard mardi 24 novembre 2026 »."""
    return f"au plus tard {day(due_on)}"


@lru_cache(maxsize=4)
def read_entries(folder: Path = ANSWERS) -> dict[str, dict[str, Any]]:
    """Read every entry of *folder*; ValueError when a name stands in two files."""
    entries: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if name in entries:
                raise ValueError(f"{name} stands twice in {folder.name}")
            entries[name] = entry
    return entries


@dataclass(frozen=True)
class Topic:
    """One topic of the catalogue: *id* is the intent, *title* what people read."""

    id: str
    title: str
    group: str
    treatment: str
    identity: str


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """Read the catalogue."""
    rows = yaml.safe_load((KNOWLEDGE / "topics.yml").read_text(encoding="utf-8"))
    return {row["id"]: Topic(row["id"], row["title"], row["group"], row["treatment"], row["identity"]) for row in rows}
