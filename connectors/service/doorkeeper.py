"""Who comes in: turns what a caller shows into a proof, and a proof into a conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from connectors.core.access import Proof, ProvenMember, Secret, Verdict, digest_of, is_token, judge
from connectors.service.ports import SignIns, TokenVerifier
from journal.entries import Conversation, Identity
from journal.journal import Journal
from kernel.errors import NotFound, SignInNeeded

SIGNED_IN = 1


class Doorkeeper:
    """Opens conversations to those who prove that they may."""

    def __init__(self, journal: Journal, identity: TokenVerifier, sign_ins: SignIns) -> None:
        """See the ports."""
        self._journal, self._identity, self._sign_ins = journal, identity, sign_ins

    async def proof(self, credential: str | None) -> Proof:
        """Read a secret or a token, with or without the word Bearer; SignInNeeded when there is none or it is bad."""
        scheme, _, rest = (credential or "").strip().partition(" ")
        shown = rest.strip() if scheme.lower() == "bearer" else (credential or "").strip()
        if not shown:
            raise SignInNeeded("a secret or a token is needed")
        return await self._identity.verify(shown) if is_token(shown) else Secret(digest_of(shown))

    async def member(self, credential: str | None) -> ProvenMember:
        """Read a token; SignInNeeded when anything else is shown."""
        proof = await self.proof(credential)
        if not isinstance(proof, ProvenMember):
            raise SignInNeeded("a token is needed")
        return proof

    async def judge(self, conversation_id: str, proof: Proof) -> tuple[Conversation, Verdict]:
        """Say what *proof* opens now; a conversation that does not exist is NotFound."""
        conversation = await self._journal.conversation(conversation_id)
        if isinstance(proof, Secret) and conversation.member_id is not None:
            proof = replace(proof, signed_in_until=await self._sign_ins.until(proof.digest))
        return conversation, judge(conversation, proof, self._journal.clock.now())

    async def enter(self, conversation_id: str, proof: Proof) -> Conversation:
        """Give the conversation *proof* opens; NotFound, or SignInNeeded when it only lacks a fresh token."""
        conversation, verdict = await self.judge(conversation_id, proof)
        if verdict is Verdict.UNKNOWN:
            raise NotFound(conversation_id)
        if verdict is Verdict.LOCKED:
            raise SignInNeeded("a fresh token of this conversation's member is needed")
        return conversation

    async def enter_to_act(self, conversation_id: str, proof: Proof) -> Conversation:
        """
        Enter to write something: a member proven by *proof* is at level 1 again if the row's level had expired.

        It may have: another page signed out, or a higher level ended before its token.
        """
        conversation = await self.enter(conversation_id, proof)
        now = self._journal.clock.now()
        if conversation.member_id is None or conversation.identity.level_at(now) >= SIGNED_IN:
            return conversation
        if (until := await self._proven_until(proof)) is None or until <= now:
            return conversation
        identity = Identity(SIGNED_IN, conversation.member_id, until)
        await self._journal.set_identity(conversation_id, identity, how="token")
        return await self._journal.conversation(conversation_id)

    async def recognises(self, conversation_id: str, proof: Proof) -> Conversation:
        """Give the conversation even when it is locked: only to show a token, or to sign out; NotFound."""
        conversation, verdict = await self.judge(conversation_id, proof)
        if verdict is Verdict.UNKNOWN:
            raise NotFound(conversation_id)
        return conversation

    async def _proven_until(self, proof: Proof) -> datetime | None:
        return proof.expires_at if isinstance(proof, ProvenMember) else await self._sign_ins.until(proof.digest)
