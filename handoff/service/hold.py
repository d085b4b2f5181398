"""What an advisor brings when he acts on a conversation he holds: which one, under which fencing number."""

from __future__ import annotations

from dataclasses import dataclass

from handoff.service.ports import Advisor
from journal.entries import Holder
from journal.record import HeldBy


@dataclass(frozen=True)
class Hold:
    """*fencing* is the number on the advisor's page; the journal refuses it when it is no longer the one in force."""

    advisor: Advisor
    conversation_id: str
    fencing: int

    @property
    def held_by(self) -> HeldBy:
        """The proof shown to the journal."""
        return HeldBy(Holder.ADVISOR, self.fencing, self.advisor.id)
