"""What the sandbox insurer writes to its members by SMS and e-mail, in French. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.french import typography

_NOT_YOU = "Si ce n'est pas vous, prévenez-nous tout de suite : votre compte sera protégé."


@dataclass(frozen=True)
class Letter:
    """A message: an SMS shows only the text."""

    subject: str
    text: str


def _letter(subject: str, *sentences: str) -> Letter:
    return Letter(typography(subject), typography(" ".join(sentences)))


def code(digits: str, minutes: int) -> Letter:
    """Give a one-time code; nobody of the insurer ever asks for it."""
    return _letter(
        "Votre code de vérification", f"{digits} est votre code de vérification, valable {minutes} minutes.",
        "Saisissez-le seulement dans le champ prévu. Personne de chez nous ne vous le demandera jamais.", _NOT_YOU)
