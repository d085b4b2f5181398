"""
Refusals of the gateway, below those of kernel/errors.py.

* Refused
  - OtherMember       the conversation belongs to somebody else                400
  - NotAsked          a value for a secure field that nobody asks for          404
  - FieldRefused      the value of a secure field is not accepted              400
  + Conflict
    - Outdated        the option was chosen already, or is no longer offered   409
    - WithAdvisor     an advisor is answering: he decides with the member      409
"""

from kernel.errors import Conflict, NotFound, Refused


class OtherMember(Refused):
    """The conversation belongs to another member: it never passes from hand to hand."""

    code = "other_member"


class NotAsked(NotFound):
    """No secure field of that name is asked for: the value goes nowhere and is forgotten."""

    code = "not_asked"


class FieldRefused(Refused):
    """The value of a secure field is not accepted; *reason*, a stable code, says why, and *tries_left* how often one may try."""

    code = "field_refused"

    def __init__(self, reason: str = "", *, tries_left: int | None = None) -> None:
        """An unknown *reason* is told as the family's."""
        super().__init__("" if tries_left is None else f"tries left: {tries_left}")
        self.code = reason or type(self).code
        self.tries_left = tries_left


class Outdated(Conflict):
    """The option was chosen already, or other ones have been offered since."""

    code = "outdated"


class WithAdvisor(Conflict):
    """An advisor holds the conversation: the gateway does not take it from him."""

    code = "with_advisor"
