"""The access matrix of the member API: which proof each action needs. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kernel.errors import Forbidden, SignInNeeded
from member_api.contract import Caller, CodeNeeded


class Action(StrEnum):
    """What a call does."""

    READ = "read"
    CHANGE_ADDRESS = "change_address"
    SEND_PROOF = "send_proof"
    ASK_CODE = "ask_code"
    MAKE_DOCUMENT = "make_document"
    ASK = "ask"
    CANCEL = "cancel"
    DEPOSIT = "deposit"
    CHANGE_CONTACT = "change_contact"
    CHANGE_BANK = "change_bank"
    END_CONTRACT = "end_contract"
    MIRROR_COMPLAINT = "mirror_complaint"
    PROTECT = "protect"


SIGNED_IN, CODE = 1, 2
LEVEL_NEEDED = dict.fromkeys(Action, SIGNED_IN) | {
    Action.CHANGE_CONTACT: CODE, Action.CHANGE_BANK: CODE, Action.END_CONTRACT: CODE,
}
OPEN_TO_ADVISORS = frozenset({Action.READ, Action.MIRROR_COMPLAINT})


def check(caller: Caller, member_id: str, action: Action, now: datetime) -> None:
    """
    Let *caller* do *action* on the file of *member_id*, or refuse.

    SignInNeeded when the proof is too low or has expired (CodeNeeded when a code is enough), whichever file is asked
    for; Forbidden when the file is somebody else's, or when an advisor asks for more than reading.
    """
    if caller.advisor_id is None:
        _check_proof(caller, action, now)
    elif action not in OPEN_TO_ADVISORS:
        raise Forbidden
    if caller.member_id != member_id:
        raise Forbidden


def _check_proof(caller: Caller, action: Action, now: datetime) -> None:
    if caller.level < SIGNED_IN or caller.expires_at is None or caller.expires_at <= now:
        raise SignInNeeded
    if caller.level < LEVEL_NEEDED[action]:
        raise CodeNeeded
