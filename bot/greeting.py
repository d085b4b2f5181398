"""The first entry of a conversation: who speaks, what it can do, four ways to begin."""

from __future__ import annotations

from bot.phrasing.phrasebook import Phrasebook, Situation
from bot.worker.outputs import entry_buttons
from journal.entries import AuthorKind, Conversation, Draft, Kind


def greeting(phrasebook: Phrasebook, conversation: Conversation) -> Draft:
    """Make the greeting of *conversation*; the same client id each time, so it is written once."""
    level = conversation.identity.level_at(conversation.created_at)
    phrase = phrasebook.phrase("greeting", Situation(conversation.created_at, level))
    body = {"text": phrase.text, "buttons": entry_buttons(phrase.buttons)}
    return Draft(AuthorKind.ASSISTANT, Kind.TEXT, body, client_id="greeting")
