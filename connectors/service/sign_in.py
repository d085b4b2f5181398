"""Signing in and out of a conversation: whose it is, on which page, until when."""

from __future__ import annotations

from connectors.core.access import Proof, ProvenMember, Secret, Verdict
from connectors.core.errors import OtherMember
from connectors.service.doorkeeper import SIGNED_IN, Doorkeeper
from connectors.service.pace import Pace
from connectors.service.ports import SignIns, TokenVerifier
from journal.entries import Conversation, Identity
from journal.journal import Journal
from kernel.errors import NotFound


class SignIn:
    """Attaches conversations to members by their tokens."""

    def __init__(
        self, journal: Journal, door: Doorkeeper, *, identity: TokenVerifier, sign_ins: SignIns, pace: Pace
    ) -> None:
        """See the ports."""
        self._journal, self._door = journal, door
        self._identity, self._sign_ins, self._pace = identity, sign_ins, pace

    async def prove(self, conversation_id: str, proof: Proof, token: str) -> ProvenMember:
        """
        Attach the conversation to the member *token* speaks of, and sign in the page that shows *proof*.

        NotFound, TooMany, SignInNeeded when the token proves nothing, OtherMember when it is somebody else's.
        """
        conversation = await self._door.recognises(conversation_id, proof)
        await self._pace.keep(f"proof:{conversation_id}", self._pace.limits.proofs)
        member = await self._identity.verify(token)
        if conversation.member_id not in (None, member.member_id):
            raise OtherMember
        await self._raise_level(conversation, member)
        if isinstance(proof, Secret):
            await self._sign_ins.remember(proof.digest, member.expires_at)
        return member

    async def sign_out(self, conversation_id: str, proof: Proof) -> None:
        """
        Drop the level now, and lock every page that has a secret of one of this member's conversations.

        A page lent or left open cannot be told from the one that signs out, so they all need a token again; those of
        the member's other devices get one by themselves.
        """
        conversation, verdict = await self._door.judge(conversation_id, proof)
        if verdict is Verdict.UNKNOWN:
            raise NotFound(conversation_id)
        if verdict is Verdict.LOCKED or conversation.member_id is None:
            return  # nothing is open here
        theirs = await self._journal.conversations_of(conversation.member_id, limit=200)
        await self._sign_ins.forget([one.access_digest for one in theirs if one.access_digest])
        await self._drop_level(conversation)
        for one in theirs:  # so that their pages look again, and find themselves locked
            await self._journal.bell.ring(one.id)

    async def _raise_level(self, conversation: Conversation, member: ProvenMember) -> None:
        known = conversation.identity
        if known.level_at(self._journal.clock.now()) > member.level:
            return  # a code or an advisor proves more than this token does, for as long as it lasts
        ends = max(member.expires_at, known.expires_at or member.expires_at) if member.level == SIGNED_IN else member.expires_at
        how = "token" if member.level == SIGNED_IN else "code"
        try:
            await self._journal.set_identity(conversation.id, Identity(member.level, member.member_id, ends), how=how)
        except ValueError as cause:  # another member's token came first
            raise OtherMember from cause

    async def _drop_level(self, conversation: Conversation) -> None:
        now = self._journal.clock.now()
        if conversation.identity.level_at(now) == 0:
            return
        ended = Identity(conversation.identity.level, conversation.member_id, now)
        await self._journal.set_identity(conversation.id, ended, how="sign_out")
