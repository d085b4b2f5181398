"""
The hash chain. Pure.

An entry's hash covers its number, moment, author, kind, the digest of its body and the previous hash. The digest is
SHA-256 of a random salt and the body in canonical JSON: erasing body and salt leaves the chain verifiable, and the
digest alone does not let anyone guess a short body.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.entries import Body, Entry, Kind
from kernel.errors import Malformed

GENESIS = "0" * 64
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def canonical(value: Any) -> bytes:
    """Give the one JSON text of *value*: sorted names, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def plain(body: Body) -> Body:
    """
    Give *body* as it will be read back (tuples become lists, names become texts), so that its digest still holds then.

    Malformed when JSON or a database cannot hold it: NaN, half of a surrogate pair, the character NUL, other objects.
    """
    try:
        text = canonical(body)
    except (TypeError, ValueError) as cause:
        raise Malformed("the body cannot be written as JSON") from cause
    if _NUL.search(text):
        raise Malformed("the body holds the character NUL")
    read_back: Body = json.loads(text)
    return read_back


def new_salt() -> str:
    """Draw a salt: 128 bits, in hexadecimal."""
    return secrets.token_hex(16)


def body_digest(salt: str, body: Any) -> str:
    """Give the salted digest of *body*."""
    return hashlib.sha256(bytes.fromhex(salt) + canonical(body)).hexdigest()


def entry_hash(
    *, conversation_id: str, number: int, moment: datetime, author: str, author_id: str | None, author_name: str | None,
    kind: str, client_id: str | None, digest: str, previous: str,
) -> str:
    """Give the hash that the next entry will name as its *previous*."""
    return hashlib.sha256(canonical([
        conversation_id, number, moment.isoformat(), author, author_id, author_name, kind, client_id, digest, previous,
    ])).hexdigest()


@dataclass(frozen=True)
class Fault:
    """
    Where a chain breaks and how: ``missing``, ``altered_body``, ``altered_entry``, ``broken_link``, ``head``, or
    ``lost_body``: a body is gone although no later entry tells of an erasure.
    """

    number: int
    what: str


def faults(entries: Iterable[Entry], *, head: str | None = None, count: int | None = None) -> list[Fault]:
    """Verify *entries*, in order from the first; give every fault, none when the chain holds up to *head*."""
    found: list[Fault] = []
    without_body: list[int] = []
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.number != expected:
            found.append(Fault(expected, "missing"))
        found += _faults_of(entry, previous)
        without_body = _still_unexplained(without_body, entry)
        previous, expected = entry.hash, entry.number + 1
    found += [Fault(number, "lost_body") for number in without_body]
    if count is not None and expected != count + 1:
        found.append(Fault(expected, "missing"))
    if head is not None and head != previous:
        found.append(Fault(expected - 1, "head"))
    return found


def _still_unexplained(without_body: list[int], entry: Entry) -> list[int]:
    """An ``erased`` entry explains every body missing before it, not its own."""
    before = [] if entry.kind is Kind.ERASED else without_body
    return before if entry.body is not None else [*before, entry.number]


def _faults_of(entry: Entry, previous: str) -> list[Fault]:
    found = []
    if entry.previous != previous:
        found.append(Fault(entry.number, "broken_link"))
    if entry.body is not None and not _body_holds(entry):
        found.append(Fault(entry.number, "altered_body"))
    if _hash_of(entry) != entry.hash:
        found.append(Fault(entry.number, "altered_entry"))
    return found


def _body_holds(entry: Entry) -> bool:
    """Whether body, salt and digest fit; a body whose salt was taken away proves nothing."""
    try:
        return entry.salt is not None and body_digest(entry.salt, entry.body) == entry.digest
    except ValueError:  # a salt that is no salt
        return False


def _hash_of(entry: Entry) -> str:
    return entry_hash(
        conversation_id=entry.conversation_id, number=entry.number, moment=entry.moment, author=entry.author.value,
        author_id=entry.author_id, author_name=entry.author_name, kind=entry.kind.value, client_id=entry.client_id,
        digest=entry.digest, previous=entry.previous,
    )
