"""
Refusals of the gateway, below those of kernel/errors.py.

* Refused
  - OtherMember       the conversation belongs to somebody else                400
  - NotAsked          a value for a secure field that nobody asks for          404
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


class Outdated(Conflict):
    """The option was chosen already, or other ones have been offered since."""

    code = "outdated"


class WithAdvisor(Conflict):
    """An advisor holds the conversation: the gateway does not take it from him."""

    code = "with_advisor"
