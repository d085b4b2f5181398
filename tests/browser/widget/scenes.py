"""The important states of the chat, each reached as it is in life. Used for accessibility and for looking at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from journal.entries import AuthorKind, Kind
from tests.browser.widget.visitor import Visitor
from tests.browser.widget.widget_gateway import RunningGateway

SYSTEM = AuthorKind.SYSTEM
ACRONYMS = {"card": "acronyms", "text": "TM : ticket modérateur.", "data": {"terms": [
    {"term": "TM", "expansion": "Ticket modérateur", "sentence": "La part que la Sécurité sociale ne rembourse pas.", "uncertain": False},
    {"term": "PF", "expansion": "Participation forfaitaire", "sentence": "2 € retenus par consultation.", "uncertain": True}]}}
EXAMPLE = {"card": "example", "text": "Exemple : 60 € payés, 30,50 € à votre charge.", "data": {"lines": [
    {"label": "Prix payé", "amount": "60,00 €"}, {"label": "Part Sécurité sociale", "amount": "− 20,05 €"},
    {"label": "Part mutuelle", "amount": "− 9,45 €"}, {"label": "Reste à votre charge", "amount": "30,50 €"}],
    "note": "Exemple général : votre contrat peut prévoir autre chose."}}
SUMMARY = {"card": "summary", "text": "Nouvelle adresse : 12 rue des Lilas.", "data": {"title": "Votre changement d'adresse", "fields": [
    {"name": "address", "label": "Nouvelle adresse", "value": "12 rue des Lilas\n86000 Poitiers"},
    {"name": "from", "label": "À partir du", "value": "1er décembre 2026"}, {"name": "phone", "label": "Téléphone", "value": ""}]},
    "buttons": [{"id": "confirm", "title": "Confirmer"}, {"id": "change", "title": "Modifier"}, {"id": "cancel", "title": "Annuler"}]}
DUE = {"card": "due", "text": "Réponse au plus tard le 23 janvier 2027.", "data": {"what": "complaint_answer", "due_on": "2027-01-23"}}
SAFETY = {"topic": "violences_danger", "text": "**Danger immédiat : 17 ou 112, ou SMS au 114.** Écoute et conseil : 3919.", "quick_exit": True,
          "numbers": [{"number": "17", "label": "Police secours"}, {"number": "114", "label": "Par SMS"},
                      {"number": "3919", "label": "Violences, écoute et conseil"}]}
FIELD = {"card": "field", "text": "Saisissez le code reçu par SMS.", "data": {"name": "code", "label": "Code reçu par SMS", "kind": "code",
         "hint": "Un code à six chiffres part au 06 •• •• •• 42."}, "buttons": [{"id": "again", "title": "Recevoir un autre code"}]}
WAITING = {"card": "waiting", "text": "Un conseiller arrive.", "data": {"position": 3, "wait_s": [120, 300]}}


def cards(member: Visitor, gateway: RunningGateway) -> None:
    """Every kind of card."""
    for body in (ACRONYMS, EXAMPLE, DUE, WAITING, SUMMARY):
        gateway.write(member.conversation, Kind.CARD, body)
    expect(member.log).to_contain_text("Votre changement d'adresse")


def secure_field(member: Visitor, gateway: RunningGateway) -> None:
    """A code is asked for, and a wrong one was typed."""
    gateway.write(member.conversation, Kind.CARD, FIELD)
    member.log.get_by_label("Code reçu par SMS").fill("000000")
    member.button("Valider").click()
    expect(member.log.get_by_role("alert")).to_contain_text("Il vous reste 4 essais")


def results(member: Visitor, gateway: RunningGateway) -> None:
    """What became of an act, and lines about the conversation."""
    talk = member.conversation
    gateway.write(talk, Kind.ACT_RESULT, {"act": "address", "status": "done", "text": "Votre adresse est enregistrée."}, SYSTEM)
    gateway.write(talk, Kind.ACT_RESULT, {"act": "rib", "status": "refused", "text": "Votre RIB n'est pas enregistré."}, SYSTEM)
    gateway.write(talk, Kind.REFUSED, {"code": "x", "text": "Cette demande ne peut pas être faite ici."}, SYSTEM)
    gateway.write(talk, Kind.FORM, {"field": "rib", "label": "RIB", "ending": "3421"}, AuthorKind.MEMBER)
    gateway.write(talk, Kind.PROMISE, {"what": "wait", "wait_s": [60, 300]}, SYSTEM)
    gateway.write(talk, Kind.TEXT, {"text": "Mon numéro est [n° de Sécurité sociale masqué]", "masked": ["nir"]}, AuthorKind.MEMBER)
    expect(member.log).to_contain_text("Nous avons masqué")


def safety(member: Visitor, gateway: RunningGateway) -> None:
    """A danger was written."""
    gateway.write(member.conversation, Kind.SAFETY, SAFETY, SYSTEM)
    expect(member.log).to_contain_text("Votre sécurité d’abord")


def waiting(member: Visitor, gateway: RunningGateway) -> None:
    """A person was asked for."""
    gateway.desk_waits(200)
    member.write("Je veux parler à quelqu'un")
    expect(member.panel.locator(".fate")).to_contain_text("Envoyé")
    member.ask_for_a_person()


def waiting_folded(member: Visitor, gateway: RunningGateway) -> None:
    """The member chose to wait."""
    waiting(member, gateway)
    member.button("Continuer à attendre").click()


def advisor(member: Visitor, gateway: RunningGateway) -> None:
    """Camille answers, and is typing."""
    waiting(member, gateway)
    gateway.take(member.conversation)
    gateway.reply(member.conversation, "Bonjour, je suis Camille. Je regarde votre dossier.")
    gateway.typing(member.conversation, "advisor", "Camille")
    expect(member.log).to_contain_text("je suis Camille")


def written(member: Visitor, gateway: RunningGateway) -> None:
    """It became a written request."""
    gateway.make_written(member.conversation, date(2026, 11, 25))
    expect(member.log).to_contain_text("au plus tard")


def closed(member: Visitor, gateway: RunningGateway) -> None:
    """Camille has finished."""
    waiting(member, gateway)
    held_by = gateway.take(member.conversation)
    gateway.reply(member.conversation, "C'est fait, bonne journée.")
    gateway.close(member.conversation, held_by)
    expect(member.panel.get_by_role("form", name="Votre avis")).to_be_visible()


def menu(member: Visitor, _: RunningGateway) -> None:
    """The menu is open."""
    member.button("Menu").click()


def erasing(member: Visitor, _: RunningGateway) -> None:
    """The question before erasing."""
    member.button("Menu").click()
    member.button("Effacer la conversation").click()


def unsent(member: Visitor, gateway: RunningGateway) -> None:
    """The network is gone and something waits."""
    member.page.context.set_offline(True)
    member.write("Écrit dans le tunnel")
    expect(member.panel.locator(".fate")).to_be_visible()


def too_long(member: Visitor, _: RunningGateway) -> None:
    """More words than accepted."""
    member.field.fill("mot " * 1_100)


def away(member: Visitor, gateway: RunningGateway) -> None:
    """The assistant is away."""
    gateway.assistant = "away"
    gateway.answer(member.conversation, "Une réponse.")
    expect(member.panel.locator(".banner")).to_be_visible()


def greeting(_: Visitor, __: RunningGateway) -> None:
    """Just opened."""


SCENES: tuple[Callable[[Visitor, RunningGateway], None], ...] = (
    greeting, cards, secure_field, results, safety, waiting, waiting_folded, advisor, written, closed, menu, erasing, too_long, away, unsent)
