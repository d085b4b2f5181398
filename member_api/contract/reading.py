"""Reading an answer of the member API as one of the values of this package."""

from __future__ import annotations

from typing import TypeVar

from kernel.errors import Unavailable
from member_api import shape

T = TypeVar("T")


class MemberApiNonsense(Unavailable):
    """The insurer's system answered something else than promised; *detail* names the place, not the value."""

    code = "member_api_nonsense"


def parse(kind: type[T], answer: object) -> T:
    """Read an answer of the member API; MemberApiNonsense when it does not have the shape promised."""
    try:
        return shape.read(kind, answer)
    except shape.Misshapen as cause:
        raise MemberApiNonsense(str(cause)) from cause
