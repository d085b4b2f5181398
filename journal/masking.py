"""
Identifiers never reach the record: social-security numbers, IBAN, card numbers, passwords — and, in members' words,
e-mail addresses and phone numbers. Pure. Check digits decide where they exist, so that amounts, dates and file numbers
stay as they are.

The time is proportional to the text. Beyond ``LONGEST_READ`` characters nobody has typed it: long runs of digits are
masked without asking what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from journal.entries import AuthorKind, Body
from journal.masking_accounts import accounts
from journal.masking_contacts import contacts
from journal.masking_numbers import numbers
from journal.masking_secrets import secrets
from journal.masking_text import LABELS, Found, plain

__all__ = ["LABELS", "LONGEST_READ", "Found", "Masked", "find", "mask", "mask_body"]

LONGEST_READ = 10_000
TEXTS = frozenset({"text", "subject", "file_name", "comment", "reason", "passed", "summary", "_summary", "note", "title"})

# For texts too long to have been typed. Possessive: each character is read once.
_LONG_RUN = re.compile(r"\d(?:[ .\-/_\n]{0,3}+\d){12}+(?:[ .\-/_\n]{0,3}+\d)*+")
_LONG_CODE = re.compile(r"(?<![a-z0-9])[a-z]{2}\d\d(?:[ .\-]?+[a-z0-9]){11,30}+")
_LONG_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,4}+")
_LONG_PHONE = re.compile(r"(?<![\d+])(?:(?:\+|00)33[ .\-]?|0)[1-79](?:[ .\-]?\d){8}(?!\d)")


@dataclass(frozen=True)
class Masked:
    """A text without its identifiers, and what was found where."""

    text: str
    found: tuple[Found, ...]


def find(text: str, author: AuthorKind) -> tuple[Found, ...]:
    """Find the identifiers of *text*, in order, never overlapping; contacts only in a member's words."""
    read = plain(text)
    is_member = author is AuthorKind.MEMBER
    found = _coarsely(read, is_member) if len(text) > LONGEST_READ else _finely(read, text, is_member)
    return tuple(_apart(found))


def _finely(read: str, text: str, is_member: bool) -> Iterator[Found]:
    yield from accounts(read)
    yield from numbers(read)
    yield from secrets(read, text)
    if is_member:
        yield from contacts(read)


def _coarsely(read: str, is_member: bool) -> Iterator[Found]:
    patterns = [(_LONG_CODE, "iban"), (_LONG_RUN, "card")]
    if is_member:
        patterns += [(_LONG_PHONE, "phone"), *([(_LONG_EMAIL, "email")] if "@" in read else [])]
    for pattern, kind in patterns:
        for match in pattern.finditer(read):
            yield Found(kind, match.start(), match.end())


def _apart(found: Iterable[Found]) -> list[Found]:
    """Keep what does not overlap, earlier kinds winning over later ones; sorted by place."""
    starts: list[int] = []
    kept: list[Found] = []
    for one in found:
        place = bisect_left(starts, one.end)
        if place == 0 or kept[place - 1].end <= one.start:
            starts.insert(place, one.start)
            kept.insert(place, one)
    return kept


def mask(text: str, author: AuthorKind = AuthorKind.MEMBER) -> Masked:
    """Replace each identifier of *text* by a label saying what was there."""
    found = find(text, author)
    parts, last = [], 0
    for one in found:
        parts += [text[last:one.start], LABELS[one.kind]]
        last = one.end
    return Masked("".join([*parts, text[last:]]), found)


def mask_body(author: AuthorKind, body: Body) -> Body:
    """
    Mask the texts of an entry's body, wherever they are in it.

    A body in which something was found names the kinds under ``masked``.
    """
    kinds: set[str] = set()
    masked = {name: _masked(name, value, author, kinds) for name, value in body.items()}
    return masked | ({"masked": sorted(kinds)} if kinds else {})


def _masked(name: str, value: Any, author: AuthorKind, kinds: set[str]) -> Any:
    """Give *value*, called *name*, with its texts masked; what was found is added to *kinds*."""
    if isinstance(value, dict):
        return {inner: _masked(inner, one, author, kinds) for inner, one in value.items()}
    if isinstance(value, list):
        return [_masked(name, one, author, kinds) for one in value]
    if not isinstance(value, str) or name not in TEXTS:
        return value
    result = mask(value, author)
    kinds |= {found.kind for found in result.found}
    return result.text
