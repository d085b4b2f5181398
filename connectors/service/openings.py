"""Opening conversations, once however often it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connectors.core.access import ProvenMember, Secret, digest_of, new_secret
from connectors.core.openings import check_key, new_salt, secret_from
from connectors.core.states import PAGE
from connectors.service.doorkeeper import SIGNED_IN, Doorkeeper
from connectors.service.pace import Pace
from connectors.service.ports import Greeting, SignIns, TokenVerifier
from connectors.service.sign_in import SignIn
from journal.entries import Conversation, Identity, View
from journal.journal import Journal
from journal.openings import Begun, Opening


@dataclass(frozen=True)
class Opened:
    """A conversation: its *secret* is told to who opens it, only its digest is kept; *is_new* False when asked again."""

    conversation: Conversation
    secret: str
    entries: list[dict[str, Any]]
    is_new: bool


class Openings:
    """Opens conversations to pages that have none."""

    def __init__(
        self, journal: Journal, door: Doorkeeper, sign_in: SignIn, *, identity: TokenVerifier, sign_ins: SignIns,
        pace: Pace, greeting: Greeting,
    ) -> None:
        """*greeting* makes the first entry of a conversation."""
        self._journal, self._door, self._sign_in = journal, door, sign_in
        self._identity, self._sign_ins, self._pace, self._greeting = identity, sign_ins, pace, greeting

    async def open(self, *, address: str, token: str | None = None, key: str | None = None) -> Opened:
        """
        Open a conversation, greeted; signed in when *token* proves who is there. TooMany, SignInNeeded, Malformed.

        Within an hour the same *key* gives the same conversation: to its own page only, as its secret would open it
        now (SignInNeeded when it lacks a token of its member, OtherMember when *token* is somebody else's).
        """
        opening = Opening(digest_of(check_key(key)), new_salt()) if key is not None else None
        secret = secret_from(key, opening.salt) if key is not None and opening is not None else new_secret()
        await self._pace.keep(f"open:{address}", self._pace.limits.openings)
        member = await self._identity.verify(token) if token is not None else None
        begun = await self._journal.open_greeted(
            self._greeting, access_digest=digest_of(secret), identity=_identity_of(member), opening=opening)
        if key is not None and not begun.is_new:
            return await self._opened_before(begun, secret_from(key, begun.salt or ""), token)
        if member is not None:
            await self._sign_ins.remember(digest_of(secret), member.expires_at)
        return await self._opened(begun.conversation, secret, is_new=True)

    async def _opened_before(self, begun: Begun, secret: str, token: str | None) -> Opened:
        proof = Secret(digest_of(secret))
        if token is not None:
            await self._sign_in.prove(begun.conversation.id, proof, token)
        return await self._opened(await self._door.enter(begun.conversation.id, proof), secret, is_new=False)

    async def _opened(self, conversation: Conversation, secret: str, *, is_new: bool) -> Opened:
        entries = await self._journal.view(conversation.id, View.MEMBER, 0, PAGE)
        return Opened(conversation, secret, entries, is_new)


def _identity_of(member: ProvenMember | None) -> Identity:
    return Identity(SIGNED_IN, member.member_id, member.expires_at) if member else Identity()
