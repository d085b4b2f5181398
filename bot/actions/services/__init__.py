"""
The services a member asks for in free words: one module a group, each with its ``SERVICES``.

A service is a few questions, a summary to confirm, and an act. One form conducts them all (``service_form.py``): it
reads everything a message holds, takes corrections, steps aside for a question, and asks only what is not known yet.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from bot.actions.ports import Ports

Given = Mapping[str, Any]
"""What the member gave so far, by the name of the question; JSON only: it is kept in a slot."""


@dataclass(frozen=True)
class Option:
    """An answer to choose: *id* is kept, *label* is read."""

    id: str
    label: str


@dataclass(frozen=True)
class Heard:
    """
    A member's message, as a question reads it. *is_asked*: it answers this very question; *chosen*: a button's option;
    *filled*: the secure field that was filled (``field``, ``deposit``, ``shown``).
    """

    text: str
    folded: str
    intent: str
    entities: Sequence[Mapping[str, Any]]
    today: date
    options: Sequence[Option] = ()
    is_asked: bool = False
    chosen: str | None = None
    filled: Mapping[str, Any] | None = None

    def values(self, kind: str) -> list[Any]:
        """Give the values of the entities of *kind*, in order."""
        return [entity["value"] for entity in self.entities if entity.get("entity") == kind]


Reader = Callable[[Heard], Any]
Offerer = Callable[[Ports, Given], Awaitable[Sequence[Option]]]


def always(_: Given) -> bool:
    """Whatever was given before."""
    return True


@dataclass(frozen=True)
class Question:
    """
    One thing to know. *read* gives its value from a message, None when it is not there; *label* and *show* stand in the
    summary; *when*: only if what was given before makes it needed; *offer*: the answers to choose from, asked of the
    insurer's system; *unclear*: the sentence for a short answer that does not fit (its name in the phrasebook);
    *is_secure*: it is a secure field of that name (docs/entries.md), never read from a message; *is_summed_up*: the summary has it.

    Its own sentence is ``ask_<service>_<name>``; it may read ``given`` and ``options``.
    """

    name: str
    label: str
    read: Reader
    show: Callable[[Any], str] = str
    when: Callable[[Given], bool] = always
    offer: Offerer | None = None
    unclear: str = "service_unclear"
    is_secure: bool = False
    is_summed_up: bool = True


@dataclass(frozen=True)
class Service:
    """
    A service. *topic* opens it; *act* is the kind of its deed (bot.worker.deeds); *title* heads the summary.

    Sentences: ``<id>_start`` (none for what may be done at once: its result comes first) and, when it can begin, ``<id>_done`` or ``<id>_pending`` after the act (``_done`` and
    ``_refused`` are told by the act's own entry; ``<id>_next`` by the dialogue after it, when there is one).
    *level* 2 needs the question ``secure_field.CODE`` among its own, before the secure fields: the form then has a code sent.
    *may_start*: gives the name of a sentence that ends it at once (nothing to be late, no contract…), or None.
    *asks_again*: the question to ask again after a refusal of that code; *person*: the queue of the advisor who takes over
    once it is done, when one is there.
    """

    id: str
    topic: str
    act: str
    title: str
    questions: tuple[Question, ...] = ()
    level: int = 1
    needs_confirmation: bool = True
    may_start: Callable[[Ports], Awaitable[str | None]] | None = None
    prefill: Callable[[Ports], Awaitable[dict[str, Any]]] | None = None
    request: Callable[[Given], dict[str, Any]] = field(default=dict)
    asks_again: Mapping[str, str] = field(default_factory=dict)
    person: str | None = None

    @property
    def asks_code(self) -> bool:
        """Whether a one-time code is asked for by the form itself."""
        return any(question.name == "code" for question in self.questions)

    @property
    def secure_names(self) -> set[str]:
        """Give the names of the questions that are secure fields."""
        return {question.name for question in self.questions if question.is_secure}

    def needed(self, given: Given) -> list[Question]:
        """Give the questions that matter with what was *given*."""
        return [question for question in self.questions if question.when(given)]

    def next(self, given: Given) -> Question | None:
        """Give the next question to ask."""
        return next((question for question in self.needed(given) if question.name not in given), None)


@lru_cache(maxsize=1)
def services() -> dict[str, Service]:
    """Give every service by its id."""
    found: dict[str, Service] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= {service.id: service for service in import_module(f"{__name__}.{module.name}").SERVICES}
    return found


def service_of(topic: str) -> Service | None:
    """Give the service that *topic* opens, if there is one."""
    return next((service for service in services().values() if service.topic == topic), None)
