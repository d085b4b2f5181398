"""An entry as a line of the transcript, in French: who, when, what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from connectors.core.markup import Block, blocks
from journal.entries import Kind
from kernel.french import day, typography

Body = dict[str, Any]
NOT_KEPT = "Contenu effacé."


@dataclass(frozen=True)
class Line:
    """*author* as people know it; *is_event*: something that happened rather than something said."""

    number: int
    moment: datetime
    author: str
    blocks: list[Block]
    is_event: bool


def line_of(entry: dict[str, Any], assistant_name: str) -> Line | None:
    """Give the line of an entry as its member sees it; None for one that only advisors see."""
    if entry.get("hidden"):
        return None
    if not (text := words_of(entry)):
        return None
    is_said = entry["author"] != "system" and entry["kind"] in _SAID
    return Line(entry["number"], datetime.fromisoformat(entry["moment"]), _author_of(entry, assistant_name),
                blocks(typography(text)), not is_said)


def words_of(entry: dict[str, Any]) -> str:
    """Say in French what an entry that its member sees says or does; empty for one that has no words."""
    return NOT_KEPT if entry["body"] is None else _text_of(entry["kind"], entry["body"])


_SAID = frozenset({Kind.TEXT, Kind.CHOICE, Kind.CARD, Kind.ATTACHMENT, Kind.FORM})


def _author_of(entry: dict[str, Any], assistant_name: str) -> str:
    match entry["author"]:
        case "member":
            return "Vous"
        case "assistant":
            return assistant_name
        case "advisor":
            name = entry["author_name"]
            return f"{name} (équipe des conseillers)" if name else "Équipe des conseillers"
        case _:
            return "Information"


def _text_of(kind: str, body: Body) -> str:
    worded = _WORDS.get(Kind(kind))
    return worded(body) if worded else str(body.get("text") or "")


def _form(body: Body) -> str:
    ending = f" ({body['shown']})" if body.get("shown") else f" (se termine par {body['ending']})" if body.get("ending") else ""
    return f"{body.get('label') or 'Champ sécurisé'} : transmis de façon sécurisée{ending}."


def _identity(body: Body) -> str:
    return "Votre identité a été vérifiée." if body.get("level") else "Vous n'êtes plus connecté."


def _handoff(body: Body) -> str:
    passed = "\n".join(f"- {line}" for line in body.get("passed") or ())
    said = body.get("text") or "Vous avez demandé à parler à un conseiller."
    return said + (f"\n\nCe qui est transmis au conseiller :\n{passed}" if passed else "")


def _floor(body: Body) -> str:
    match body.get("to"):
        case "advisor":
            return f"Vous parlez maintenant à {body.get('name') or 'un conseiller'}."
        case "assistant":
            return "L'assistant automatique reprend la conversation."
        case _:
            return "Votre conversation attend un conseiller."


def _mode(body: Body) -> str:
    if body.get("to") != "written":
        return "La conversation reprend en direct."
    subject = f" : {body['subject']}" if body.get("subject") else ""
    return f"Votre demande est enregistrée comme message sécurisé{subject}."


def _promise(body: Body) -> str:
    if body.get("what") == "wait" and body.get("wait_s"):
        low, high = (max(1, round(seconds / 60)) for seconds in body["wait_s"])
        return f"Attente estimée : entre {low} et {high} minutes."
    return f"Réponse au plus tard {day(date.fromisoformat(body['due_on']))}." if body.get("due_on") else ""


def _safety(body: Body) -> str:
    numbers = "\n".join(f"- **{one['number']}** : {one['label']}" for one in body.get("numbers") or ())
    return "\n\n".join(part for part in (body.get("text"), numbers) if part)


def _told(sentence: str) -> Callable[[Body], str]:
    return lambda body: str(body.get("text") or sentence)


_WORDS: dict[Kind, Callable[[Body], str]] = {
    Kind.FORM: _form,
    Kind.IDENTITY_PROVEN: _identity,
    Kind.HANDOFF_REQUESTED: _handoff,
    Kind.FLOOR_CHANGED: _floor,
    Kind.MODE_CHANGED: _mode,
    Kind.PROMISE: _promise,
    Kind.SAFETY: _safety,
    Kind.ATTACHMENT: lambda body: f"Document envoyé : {body.get('file_name') or 'sans nom'}.",
    Kind.ATTACHMENT_VERDICT: _told("Votre document a été vérifié."),
    Kind.DOCUMENT_DECIDED: _told("Une décision a été prise sur votre document."),
    Kind.DOCUMENT_REQUESTED: _told("Un document vous est demandé."),
    Kind.TRANSFERRED: _told("Votre conversation est confiée à une autre équipe de conseillers."),
    Kind.HANDOFF_FILE_EDITED: _told("Vous avez modifié ce qui est transmis au conseiller."),
    Kind.PROMISE_BROKEN: _told("La réponse n'a pas pu être donnée à la date annoncée."),
    Kind.ACKNOWLEDGED: _told("Votre demande a bien été reçue."),
    Kind.COMPLAINT_REGISTERED: _told("Votre réclamation est enregistrée."),
    Kind.NOTICE_SENT: _told("Un avis vous a été envoyé."),
    Kind.CLOSED: _told("La conversation est terminée."),
    Kind.REOPENED: _told("La conversation a repris."),
    Kind.REFUSED: _told("Cette demande n'a pas été acceptée."),
    Kind.ERASED: _told("Le contenu de la conversation a été effacé à votre demande."),
}
