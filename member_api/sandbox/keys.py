"""The identity provider's signing keys, kept in its database. Operations on one connection (kernel/database.py)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from joserfc.jwk import ECKey
from sqlalchemy import Connection, insert, select, update

from kernel.ids import new_id
from member_api.sandbox import schema

ALGORITHM = "ES256"
PUBLISHED_AFTER_RETIREMENT = timedelta(hours=1)  # longer than any token lives


def signing_key(tx: Connection) -> ECKey | None:
    """Give the key that signs now, if one has been made."""
    table = schema.signing_key
    signing = table.c.retired_at.is_(None)
    row = tx.execute(select(table).where(signing).order_by(table.c.created_at.desc(), table.c.id)).first()
    return ECKey.import_key(row.private) if row else None


def ensure_key(tx: Connection, now: datetime) -> ECKey:
    """Give the key that signs now, made at first use."""
    return signing_key(tx) or _new_key(tx, now)


def rotate(tx: Connection, now: datetime) -> ECKey:
    """Retire the key that signs and make another; the retired one stays published while its tokens may live."""
    table = schema.signing_key
    tx.execute(update(table).where(table.c.retired_at.is_(None)).values(retired_at=now))
    return _new_key(tx, now)


def public_keys(tx: Connection, now: datetime) -> list[dict[str, Any]]:
    """Give the public keys to publish (JWKS), the one that signs first."""
    table = schema.signing_key
    known = table.c.retired_at.is_(None) | (table.c.retired_at > now - PUBLISHED_AFTER_RETIREMENT)
    rows = tx.execute(select(table).where(known).order_by(table.c.retired_at.is_not(None), table.c.created_at.desc()))
    return [dict(ECKey.import_key(row.private).as_dict(private=False)) for row in rows]


def _new_key(tx: Connection, now: datetime) -> ECKey:
    key_id = new_id("k")
    key = ECKey.generate_key("P-256", {"kid": key_id, "use": "sig", "alg": ALGORITHM})
    tx.execute(insert(schema.signing_key).values(id=key_id, private=key.as_dict(private=True), created_at=now))
    return key
