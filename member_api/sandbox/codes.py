"""
One-time codes: six digits, five minutes, five tries, used once. Operations on one connection (see kernel/database.py).

Only a salted digest of a code is kept. A code asked for replaces the one before, and asking is rationed: fifteen tries in
ten minutes, fifty a day at most, leave a guesser one chance in twenty thousand a day, and a message at each code.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, func, insert, select, update

from kernel.errors import Conflict, TooMany
from kernel.ids import new_id
from member_api.contract import Channel, CodeOutcome, SentCode
from member_api.sandbox import letters, mail, schema
from member_api.sandbox.contacts import contacts_that_prove

LIFE = timedelta(minutes=5)
TRIES = 5
AGAIN_AFTER = timedelta(seconds=30)
RATIONS = ((3, timedelta(minutes=10)), (10, timedelta(days=1)))


class NoContact(Conflict):
    """There is nowhere to send a code: only a person can check who the member is."""

    code = "no_contact"


@dataclass(frozen=True)
class Checked:
    """What became of a try; *proven_at* is the moment the level begins."""

    outcome: CodeOutcome
    tries_left: int
    proven_at: datetime | None = None


def send_code(tx: Connection, member_id: str, channel: Channel | None, now: datetime) -> SentCode:
    """Send a code to a contact (of *channel* when asked so) and end the one before; NoContact, TooMany."""
    known = [contact for contact in contacts_that_prove(tx, member_id, now) if channel in (None, contact.channel)]
    if not known:
        raise NoContact
    _ration(tx, member_id, now)
    contact, digits, code_id = known[0], f"{secrets.randbelow(10**6):06d}", new_id("o")
    end_codes(tx, member_id, now)
    tx.execute(insert(schema.code).values(
        id=code_id, member_id=member_id, digest=_digest(code_id, digits), asked_at=now, expires_at=now + LIFE, tries=0))
    mail.send(tx, member_id, (contact,), letters.code(digits, int(LIFE.total_seconds() // 60)), now)
    return SentCode(code_id, contact.channel, contact.masked, now + LIFE, now + AGAIN_AFTER)


def check_code(tx: Connection, member_id: str, code_id: str, digits: str, now: datetime) -> Checked:
    """Try *digits*. The outcome is an answer, not an error: the try must be kept."""
    table = schema.code
    mine = (table.c.id == code_id) & (table.c.member_id == member_id)
    row = tx.execute(select(table).where(mine).with_for_update()).one_or_none()
    if row is None or not _is_good(row, now):
        return Checked(CodeOutcome.EXPIRED, 0)
    if hmac.compare_digest(row.digest, _digest(code_id, digits)):
        tx.execute(update(table).where(mine).values(ended_at=now))
        return Checked(CodeOutcome.VERIFIED, 0, now)
    tx.execute(update(table).where(mine).values(tries=row.tries + 1))
    return Checked(CodeOutcome.WRONG, TRIES - row.tries - 1)


def end_codes(tx: Connection, member_id: str, now: datetime) -> None:
    """Make every code of a member useless from now on."""
    table = schema.code
    tx.execute(update(table).where(table.c.member_id == member_id, table.c.ended_at.is_(None)).values(ended_at=now))


def _is_good(row: Row[tuple[object, ...]], now: datetime) -> bool:
    return bool(row.ended_at is None and row.expires_at > now and row.tries < TRIES)


def _ration(tx: Connection, member_id: str, now: datetime) -> None:
    """Refuse a code asked for too soon or too often; TooMany says when to come back."""
    for most, span in ((1, AGAIN_AFTER), *RATIONS):
        asked, first_at = _asked_since(tx, member_id, now - span)
        if asked >= most and first_at is not None:
            raise TooMany((first_at + span - now).total_seconds())


def _asked_since(tx: Connection, member_id: str, since: datetime) -> tuple[int, datetime | None]:
    table = schema.code
    recent = (table.c.member_id == member_id) & (table.c.asked_at > since)
    row = tx.execute(select(func.count(), func.min(table.c.asked_at)).where(recent)).one()
    return row[0], row[1]


def _digest(code_id: str, digits: str) -> str:
    return hashlib.sha256(f"{code_id}.{digits}".encode("utf-8", "surrogateescape")).hexdigest()
