"""Texts typed by advisors, made fit for the record."""

from __future__ import annotations

import hashlib
import re

from handoff.service.ports import Advisor
from journal.entries import AuthorKind, Draft, Kind
from kernel.errors import Malformed, TooLarge
from kernel.french import typography

LONGEST_TEXT = 4_000
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def cleaned(text: str, longest: int, *, may_be_empty: bool = False) -> str:
    """Give *text* without control characters and with plain line ends; Malformed when empty, TooLarge."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not plain and not may_be_empty:
        raise Malformed("text: empty")
    if len(plain) > longest:
        raise TooLarge(f"text: at most {longest} characters")
    return plain


def one_line(text: str, longest: int) -> str | None:
    """Give an optional line; None when empty."""
    return " ".join(cleaned(text, longest, may_be_empty=True).split()) or None


def entry_of(advisor: Advisor, kind: Kind, text: str, client_id: str) -> Draft:
    """
    Make an entry of *advisor*.

    The same form sent twice with the same words is one entry; with other words it is another, so none are lost.
    """
    words = typography(cleaned(text, LONGEST_TEXT))
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    return Draft(
        AuthorKind.ADVISOR, kind, {"text": words}, client_id=f"{client_id}:{digest}", author_id=advisor.id, author_name=advisor.name
    )
