"""Refusals of the member API that a caller can do something about."""

from __future__ import annotations

from kernel.errors import SignInNeeded


class CodeNeeded(SignInNeeded):
    """The member is signed in, and this needs a one-time code as well (level 2)."""

    code = "code_needed"
