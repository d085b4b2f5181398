"""
Password links. Asking tells nothing: the same row is written whoever is named, and the letter, if there is one, goes later.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, or_, select, update

from member_api.contract import Channel
from member_api.sandbox import letters, mail, schema

LIFE = timedelta(minutes=30)
MOST, SPAN = 3, timedelta(hours=1)


def ask(tx: Connection, key: str, identifier: str, now: datetime) -> None:
    """Write down that a link was asked for, once for *key*; whether *identifier* is anybody is not looked at here."""
    tx.execute(insert(schema.reset_link).values(key=key, digest=_digest(_plain(identifier)), asked_at=now))


def asked_before(tx: Connection, key: str) -> bool:
    """Say whether *key* was used."""
    table = schema.reset_link
    return tx.execute(select(table.c.key).where(table.c.key == key)).one_or_none() is not None


def send(tx: Connection, key: str, identifier: str, site: str, now: datetime) -> None:
    """Send the link if *identifier* is a member's e-mail or number; three an hour for one identifier, silently."""
    member_id = _member_of(tx, _plain(identifier))
    if member_id is None or _is_flooded(tx, _digest(_plain(identifier)), now):
        return
    token, table = secrets.token_urlsafe(32), schema.reset_link
    tx.execute(update(table).where(table.c.key == key).values(member_id=member_id, token_digest=_digest(token)))
    email = tx.execute(select(schema.member.c.email).where(schema.member.c.id == member_id)).scalar_one()
    if email:
        letter = letters.reset_link(f"{site}/mot-de-passe?jeton={token}", int(LIFE.total_seconds() // 60))
        mail.send(tx, member_id, (mail.Contact(Channel.EMAIL, email),), letter, now)


def use(tx: Connection, token: str, now: datetime) -> str | None:
    """Use a link, once, within its life: give whose it is, or None."""
    table = schema.reset_link
    good = (table.c.token_digest == _digest(token)) & table.c.used_at.is_(None) & (table.c.asked_at > now - LIFE)
    row = tx.execute(select(table.c.key, table.c.member_id).where(good).with_for_update()).one_or_none()
    if row is None:
        return None
    tx.execute(update(table).where(table.c.key == row.key).values(used_at=now))
    return str(row.member_id)


def _member_of(tx: Connection, identifier: str) -> str | None:
    table = schema.member
    named = or_(func.lower(table.c.email) == identifier, table.c.id == identifier)
    return tx.execute(select(table.c.id).where(named)).scalars().first()


def _is_flooded(tx: Connection, digest: str, now: datetime) -> bool:
    table = schema.reset_link
    sent = (table.c.digest == digest) & (table.c.asked_at > now - SPAN) & table.c.token_digest.is_not(None)
    return tx.execute(select(func.count()).select_from(table).where(sent)).scalar_one() >= MOST


def _plain(identifier: str) -> str:
    return identifier.strip().lower()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


