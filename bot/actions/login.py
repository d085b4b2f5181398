"""Login trouble: one check at a time, what was tried is remembered, ends solved or with an advisor who need not ask again."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.agreement import NO, yes_or_no
from bot.actions.base import BotAction, FormReading
from bot.actions.handoff import handoff_request
from bot.actions.ports import Ports
from bot.actions.turn import Events, intent_of, say_phrase, text_of
from bot.phrasing.acronyms import fold

STEPS = ["login_identifier", "login_identifier_ok", "login_capitals_ok", "login_locked", "login_reset", "login_link_ok"]
SOLVING = ["login_identifier_ok", "login_capitals_ok", "login_reset", "login_link_ok"]
_TRIED = {
    "login_identifier": {"number": "Identifiant essayé : numéro de sociétaire", "email": "Identifiant essayé : adresse e-mail",
                         "contract": "Essayait avec le numéro de contrat (corrigé)", "unknown": "Ne savait pas quel identifiant utiliser"},
    "login_identifier_ok": {"no": "Identifiant vérifié : sans effet"},
    "login_capitals_ok": {"no": "Majuscules vérifiées : sans effet"},
    "login_locked": {"yes": "Le site annonce un compte bloqué", "no": "Le site n'annonce pas de blocage"},
    "login_reset": {"no": "« Mot de passe oublié » essayé : sans effet", "no_link": "« Mot de passe oublié » essayé : lien non reçu"},
    "login_link_ok": {"no": "Lien redemandé et indésirables vérifiés : sans effet"},
}


def questions(slots: dict[str, Any]) -> list[str]:
    """Give the checks to make, in order, as the answers so far require. Pure."""
    if is_solved(slots):
        return []
    if slots.get("login_reset") == "no_link":
        return ["login_link_ok"]
    if slots.get("login_locked") == "yes":
        return ["login_reset"]
    return STEPS[:5]


def is_solved(slots: dict[str, Any]) -> bool:
    """Say whether one of the checks let the member in."""
    return any(slots.get(step) == "yes" for step in SOLVING)


def tried(slots: dict[str, Any]) -> list[str]:
    """Say, for the advisor, what was tried."""
    return [lines[slots[step]] for step, lines in _TRIED.items() if slots.get(step) in lines]


def read_answer(step: str | None, text: str, intent: str) -> dict[str, Any]:
    """Read a message as the answer to *step*, or as news that makes another step useless. Pure."""
    words = re.sub(r"[^a-z0-9 ]", " ", fold(text)).strip()
    if intent == "compte_bloque":
        return {"login_locked": "yes"}
    if intent == "mdp_lien_absent" and step is not None:
        return {"login_reset": "no_link"}
    if intent == "mdp_oublie" and step is not None and step != "login_reset":
        return {"login_identifier": "unknown", "login_identifier_ok": "no", "login_capitals_ok": "no", "login_locked": "no"}
    match step:
        case "login_identifier":
            return _identifier(words)
        case "login_reset":
            return _reset(words, intent)
        case None:
            return _identifier(words) if "contrat" in words or "societaire" in words else {}
        case _:
            answer = yes_or_no(words, intent)
            return {step: answer} if answer else {}


def _identifier(words: str) -> dict[str, Any]:
    if "contrat" in words:
        return {"login_identifier": "contract"}
    if re.search(r"\b(mail|email|e mail|courriel|adresse)\b", words):
        return {"login_identifier": "email"}
    if re.search(r"\b(numero|num|no|societaire|adherent|carte|chiffres)\b", words):
        return {"login_identifier": "number"}
    if re.search(r"\b(sais (pas|plus)|sai pa|jsp|aucune idee|les deux|identifiant|mot de passe|mdp)\b", words):
        return {"login_identifier": "unknown"}
    return {}


def _reset(words: str, intent: str) -> dict[str, Any]:
    if re.search(r"\b(lien|mail|recois|recu|recoi)\b", words) and NO.search(words):
        return {"login_reset": "no_link"}
    answer = yes_or_no(words, intent)
    return {"login_reset": answer} if answer else {}


class ActionStartLogin(BotAction):
    """Open the checks, from the start."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        if asks_about_staying_connected(text_of(tracker)):
            say_phrase(say, ports.phrase("connexion_probleme"), topic="connexion_probleme")
            return [SlotSet("last_topic", "connexion_probleme"), SlotSet("misunderstood", 0)]
        say_phrase(say, ports.phrase("login_start"), topic="connexion_probleme")
        fresh = [SlotSet(step, None) for step in STEPS]
        return [*fresh, SlotSet("last_topic", "connexion_probleme"), SlotSet("misunderstood", 0), FollowupAction("login_form")]


def asks_about_staying_connected(text: str) -> bool:
    """« Je coche rester connecté ? » and « où est mon numéro ? » are questions, not trouble: they get the plain answer."""
    words = fold(text)
    return bool(re.search(r"rest(er|e|ez)? connect|\bcoch|deconnecte|ou (est|trouve|se trouve|je trouve).*(numero|identifiant)|"
                          r"(c'? ?est|c) (quoi|koi) mon (identifiant|numero)|trouve pas mon num", words))


class ValidateLoginForm(FormReading):
    """Reads each answer of the checks."""

    def name(self) -> str:
        """Give the name Rasa requires."""
        return "validate_login_form"

    def questions(self, tracker: Tracker) -> list[str]:
        """See FormReading."""
        return questions(tracker.slots)

    def read(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> dict[str, Any]:
        """See FormReading."""
        return read_answer(tracker.get_slot("requested_slot"), text_of(tracker), intent_of(tracker))


class ActionFinishLogin(BotAction):
    """Solved, or an advisor who knows what was tried."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        if is_solved(tracker.slots):
            say_phrase(say, ports.phrase("login_solved"), topic="connexion_probleme")
            return []
        lines = tried(tracker.slots)
        tracker.slots["login_tried"] = lines
        say_phrase(say, ports.phrase("login_unsolved"), topic="connexion_probleme")
        if ports.context.desk == "open":
            say_phrase(say, ports.phrase("handoff_open"), topic="parler_humain", handoff=handoff_request(tracker))
        else:
            say_phrase(say, ports.phrase("handoff_closed"), topic="parler_humain")
        return [SlotSet("login_tried", lines)]


class ActionLeaveForm(BotAction):
    """« annuler »: nothing is changed, and it is said."""

    async def answer(self, ports: Ports, tracker: Tracker, say: CollectingDispatcher) -> Events:
        """See BotAction."""
        say_phrase(say, ports.phrase("form_left"))
        given = [SlotSet(name, None) for name, value in tracker.slots.items() if name.startswith(("address_", "login_", "service")) and value is not None
                 and name != "login_tried"]
        return [ActiveLoop(None), SlotSet("requested_slot", None), *given]
