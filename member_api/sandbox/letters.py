"""What the sandbox insurer writes to its members by SMS and e-mail, in French. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kernel.calendar import PARIS
from kernel.french import day, moment, typography

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


def contact_changed(subject: str, masked: str) -> Letter:
    """Tell the old contacts, and the new one, of a change."""
    return _letter(subject, f"Nous avons enregistré cette demande : {subject.lower()}. Nouveau contact : {masked}.", _NOT_YOU)


def bank_changed(ending: str, effective_at: datetime) -> Letter:
    """Tell the contacts of new bank details, while they can still be stopped."""
    return _letter(
        "Changement de coordonnées bancaires",
        f"Vos remboursements seront versés sur le compte terminant par {ending} à partir du {moment(effective_at, PARIS)}.",
        "Vous pouvez annuler ce changement jusque-là.", _NOT_YOU)


def protected() -> Letter:
    """Tell that the account is protected."""
    return _letter(
        "Votre compte est protégé", "Un danger a été signalé : les connexions ouvertes sont fermées et aucun changement de",
        "coordonnées bancaires n'est possible. Un conseiller vérifiera votre identité avant de rouvrir le compte.")


def unprotected() -> Letter:
    """Tell that the account is open again."""
    return _letter("Votre compte est rouvert", "Votre identité a été vérifiée : votre compte fonctionne de nouveau.", _NOT_YOU)


def terminated(ends_on: date) -> Letter:
    """Confirm a termination."""
    return _letter("Résiliation enregistrée", f"Votre contrat prendra fin le {day(ends_on, weekday=False)}, sans frais.", _NOT_YOU)


def reset_link(url: str, minutes: int) -> Letter:
    """Give the link to choose a new password."""
    return _letter("Choisir un nouveau mot de passe", f"Ouvrez ce lien dans les {minutes} minutes : {url}",
                   "Si vous n'avez rien demandé, ne faites rien : votre mot de passe ne change pas.")


def appointment(subject: str, starts_at: datetime, status: str) -> Letter:
    """Confirm, move or cancel an appointment."""
    return _letter(f"Rendez-vous {status}", f"Votre rendez-vous du {moment(starts_at, PARIS)} ({subject}) est {status}.")
