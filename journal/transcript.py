"""Entries as lines of French a person can read: exports. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from journal.entries import AuthorKind, Body, Entry, Kind
from kernel.french import NBSP, day

ERASED = "Contenu effacé."
_AUTHORS = {AuthorKind.MEMBER: "Le membre", AuthorKind.ASSISTANT: "L'assistant automatique", AuthorKind.SYSTEM: "Le service"}
_FLOOR = {"assistant": "La conversation revient à l'assistant automatique.", "desk": "La conversation attend un conseiller."}


def author_of(entry: Entry) -> str:
    """Say who wrote *entry*."""
    if entry.author is AuthorKind.ADVISOR:
        return f"{entry.author_name or 'Conseiller'} (conseiller)"
    return _AUTHORS[entry.author]


def text_of(entry: Entry) -> str:
    """Say what *entry* says or does, with the choices it offered; never empty."""
    if entry.body is None:
        return ERASED
    said = _LINES.get(entry.kind, _text)(entry.body) or f"({entry.kind.value})"
    titles = [str(button.get("title")) for button in entry.body.get("buttons") or [] if isinstance(button, dict)]
    return said + (f"\nChoix proposés{NBSP}: {' · '.join(titles)}" if titles else "")


def _text(body: Body) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"\1", str(body.get("text") or ""))


def _handed_off(body: Body) -> str:
    passed = [f"– {line}" for line in body.get("passed") or []]
    return "\n".join(part for part in ("Un conseiller est demandé.", _text(body), *passed) if part)


def _floor_changed(body: Body) -> str:
    if body.get("to") == "advisor":
        return f"{body.get('name') or 'Un conseiller'} prend la conversation."
    return _FLOOR.get(str(body.get("to")), "La conversation change de mains.")


def _mode_changed(body: Body) -> str:
    subject = f" Objet{NBSP}: {body['subject']}." if body.get("subject") else ""
    return "La conversation devient une demande écrite." + subject


def _promised(body: Body) -> str:
    if body.get("due_on"):
        return f"Réponse promise au plus tard {day(date.fromisoformat(str(body['due_on'])))}."
    low, high = (body.get("wait_s") or [0, 0])[:2]
    return f"Attente annoncée{NBSP}: entre {round(low / 60)} et {round(high / 60)}{NBSP}minutes." if high else "Une promesse est faite."


def _closed(body: Body) -> str:
    return f"{body.get('name') or 'Le conseiller'} termine la conversation."


def _rated(body: Body) -> str:
    comment = f" «{NBSP}{body['comment']}{NBSP}»" if body.get("comment") else ""
    return f"Note donnée{NBSP}: {body.get('score')} sur 5.{comment}"


_LINES: dict[Kind, Callable[[Body], str]] = {
    Kind.CHOICE: lambda body: f"Choix{NBSP}: {body.get('text')}",
    Kind.ATTACHMENT: lambda body: f"Fichier joint{NBSP}: {body.get('file_name') or body.get('text') or 'sans nom'}",
    Kind.FORM: lambda body: f"Champ sécurisé rempli{NBSP}: {body.get('label') or body.get('field')}, terminant par {body.get('ending')}.",
    Kind.IDENTITY_PROVEN: lambda body: f"Identité vérifiée, niveau {body['level']}." if body.get("level") else "Déconnexion.",
    Kind.HANDOFF_REQUESTED: _handed_off,
    Kind.FLOOR_CHANGED: _floor_changed,
    Kind.TRANSFERRED: lambda _: "La conversation est transférée à un autre service.",
    Kind.MODE_CHANGED: _mode_changed,
    Kind.PROMISE: _promised,
    Kind.PROMISE_BROKEN: lambda _: "Une promesse n'a pas été tenue.",
    Kind.CLOSED: _closed,
    Kind.REOPENED: lambda _: "La conversation est rouverte.",
    Kind.ERASED: lambda _: "Les contenus précédents ont été effacés.",
    Kind.NOTE: lambda body: f"Note interne{NBSP}: {_text(body)}",
    Kind.RATING: _rated,
    Kind.USEFUL: lambda body: f"Réponse n°{NBSP}{body.get('entry')} jugée {'utile' if body.get('useful') else 'inutile'}.",
}
