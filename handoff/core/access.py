"""Who may open which conversation: an advisor reads what he may have to answer, or has answered, and nothing else."""

from __future__ import annotations

from handoff.core.roles import Right, Role, has_right
from journal.entries import Conversation, Holder


def may_open(role: Role, advisor_id: str, conversation: Conversation, *, asked_for_person: bool, has_served: bool) -> bool:
    """
    Say whether an advisor may read *conversation*.

    Nobody at the desk reads a conversation in which no person was ever asked for (*asked_for_person*). An advisor reads
    what waits, what he holds, and what he has served (*has_served*); a team lead and an auditor, all that came to the desk.
    """
    if not has_right(role, Right.READ) or not asked_for_person:
        return False
    if role in (Role.TEAM_LEAD, Role.AUDITOR) or has_served:
        return True
    return _waits(conversation) or holds(advisor_id, conversation)


def holds(advisor_id: str, conversation: Conversation) -> bool:
    """Say whether this advisor may answer now."""
    floor = conversation.floor
    return floor.holder is Holder.ADVISOR and floor.advisor_id == advisor_id and not conversation.is_closed


def _waits(conversation: Conversation) -> bool:
    return conversation.floor.holder is Holder.DESK and not conversation.is_closed
