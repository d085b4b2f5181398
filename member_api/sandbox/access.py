"""The access matrix of the member API: which proof each action needs. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kernel.errors import Forbidden, SignInNeeded
from member_api.contract import Caller


class Action(StrEnum):
    """What a call does."""

    READ = "read"
    CHANGE_ADDRESS = "change_address"
    SEND_PROOF = "send_proof"
    ASK_CODE = "ask_code"
    MAKE_DOCUMENT = "make_document"
    READ_DOCUMENTS = "read_documents"


LEVEL_NEEDED = {
    Action.READ: 1, Action.CHANGE_ADDRESS: 1, Action.SEND_PROOF: 1, Action.ASK_CODE: 1, Action.MAKE_DOCUMENT: 1,
    Action.READ_DOCUMENTS: 1,
}
OPEN_TO_ADVISORS = frozenset({Action.READ})


def check(caller: Caller, member_id: str, action: Action, now: datetime) -> None:
    """
    Let *caller* do *action* on the file of *member_id*, or refuse.

    SignInNeeded when the proof is too low or has expired, whichever file is asked for; Forbidden when the file is
    somebody else's, or when an advisor asks for more than reading.
    """
    if caller.advisor_id is None:
        _check_proof(caller, action, now)
    elif action not in OPEN_TO_ADVISORS:
        raise Forbidden
    if caller.member_id != member_id:
        raise Forbidden


def _check_proof(caller: Caller, action: Action, now: datetime) -> None:
    if caller.level < LEVEL_NEEDED[action] or caller.expires_at is None or caller.expires_at <= now:
        raise SignInNeeded
