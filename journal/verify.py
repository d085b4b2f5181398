"""
Verification without the record: says in French what was changed, removed, reordered or re-signed in an export. Pure.

It trusts nothing in the file but the public key it is given, which must come from elsewhere.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from itertools import pairwise
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from journal.chain import Fault, faults
from journal.entries import AuthorKind, Entry, Kind
from journal.export import FORM
from journal.signed import read_signed

SENTENCES = {
    "missing": "L'entrée n° {number} manque : elle a été retirée.",
    "altered_body": "Le contenu de l'entrée n° {number} a été modifié.",
    "altered_entry": "L'entrée n° {number} a été modifiée (date, auteur, type ou empreinte).",
    "broken_link": "L'entrée n° {number} ne suit plus celle d'avant : une entrée a été retirée, remplacée ou déplacée.",
    "lost_body": "Le contenu de l'entrée n° {number} a disparu sans qu'un effacement soit enregistré.",
    "head": "La dernière entrée n'est pas celle qui a été signée : la fin de la conversation a été retirée ou remplacée.",
}


def verify(document: bytes, public_key: Ed25519PublicKey, *, pdf: bytes | None = None) -> list[str]:
    """Verify an exported *document*, and the *pdf* handed over with it; give what is wrong, nothing when all holds."""
    content, problems = read_signed(document, public_key, form=FORM)
    if content is None:
        return problems
    try:
        entries = [_as_entry(content["conversation_id"], one) for one in content["entries"]]
        problems += _entry_problems(entries, head=str(content["head"]), count=int(content["count"]))
    except (KeyError, ValueError, TypeError, AttributeError):
        return [*problems, "Une entrée de ce fichier n'a plus la forme d'une entrée."]
    if pdf is not None and hashlib.sha256(pdf).hexdigest() != content.get("pdf_sha256"):
        problems.append("Le PDF n'est pas celui qui a été produit avec ce fichier.")
    return problems


def told(found: list[Fault]) -> list[str]:
    """Say faults of a chain in French, each once."""
    return list(dict.fromkeys(SENTENCES[fault.what].format(number=fault.number) for fault in found))


def _entry_problems(entries: list[Entry], *, head: str, count: int) -> list[str]:
    in_order = sorted(entries, key=lambda entry: entry.number)
    moved = [f"n° {one.number}" for one, expected in zip(entries, in_order, strict=True) if one.number != expected.number]
    doubled = sorted({one.number for one, following in pairwise(in_order) if one.number == following.number})
    return ([f"Les entrées ne sont plus dans l'ordre : {', '.join(moved)}."] if moved else []) + \
           [f"L'entrée n° {number} figure plusieurs fois." for number in doubled] + told(faults(in_order, head=head, count=count))


def _as_entry(conversation_id: str, one: dict[str, Any]) -> Entry:
    return Entry(
        conversation_id=conversation_id, number=int(one["number"]), moment=datetime.fromisoformat(one["moment"]),
        author=AuthorKind(one["author"]), author_id=one["author_id"], author_name=one["author_name"], kind=Kind(one["kind"]),
        body=one["body"], client_id=one["client_id"], salt=one["salt"], digest=one["digest"], previous=one["previous"], hash=one["hash"],
    )
