"""Advisors' accounts and sessions in SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, or_, select, update

from handoff.adapters import schema
from handoff.adapters.rows import insert_once
from handoff.core.roles import Role
from handoff.service.ports import Account, Advisor, Session, SignedIn
from kernel.database import Database


class SqlAdvisors:
    """See ports.AdvisorStore."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of handoff/adapters/schema.py."""
        self._database = database

    async def add(self, account: Account, now: datetime) -> bool:
        """See AdvisorStore."""
        advisor = account.advisor
        values = {
            "id": advisor.id,
            "login": advisor.login,
            "name": advisor.name,
            "role": advisor.role.value,
            "password_hash": account.password_hash,
            "is_active": True,
            "created_at": now,
        }
        return await self._database.write(lambda tx: insert_once(tx, schema.advisor, values))

    async def by_login(self, login: str) -> Account | None:
        """See AdvisorStore."""
        table = schema.advisor
        query = select(table).where(table.c.login == login, table.c.is_active.is_(True))
        row = await self._database.read(lambda tx: tx.execute(query).one_or_none())
        return Account(_as_advisor(row), row.password_hash) if row else None

    async def set_password_hash(self, advisor_id: str, password_hash: str) -> None:
        """See AdvisorStore."""
        table = schema.advisor
        await self._database.write(lambda tx: tx.execute(update(table).where(table.c.id == advisor_id).values(password_hash=password_hash)))

    async def count(self) -> int:
        """See AdvisorStore."""
        return await self._database.read(lambda tx: tx.execute(select(func.count()).select_from(schema.advisor)).scalar_one())


class SqlSessions:
    """See ports.SessionStore."""

    def __init__(self, database: Database) -> None:
        """Work on the tables of handoff/adapters/schema.py."""
        self._database = database

    async def add(self, session: Session) -> None:
        """See SessionStore."""
        table = schema.advisor_session
        await self._database.write(
            lambda tx: tx.execute(
                table.insert().values(
                    digest=session.digest,
                    advisor_id=session.advisor_id,
                    form_token=session.form_token,
                    created_at=session.created_at,
                    seen_at=session.seen_at,
                )
            )
        )

    async def find(self, digest: str) -> SignedIn | None:
        """See SessionStore."""
        table, advisor = schema.advisor_session, schema.advisor
        query = (
            select(table, advisor)
            .join(advisor, advisor.c.id == table.c.advisor_id)
            .where(table.c.digest == digest, advisor.c.is_active.is_(True))
        )
        row = await self._database.read(lambda tx: tx.execute(query).one_or_none())
        if row is None:
            return None
        session = Session(row.digest, row.advisor_id, row.form_token, row.created_at, row.seen_at)
        return SignedIn(_as_advisor(row), session)

    async def touch(self, digest: str, now: datetime) -> None:
        """See SessionStore."""
        table = schema.advisor_session
        await self._database.write(lambda tx: tx.execute(update(table).where(table.c.digest == digest).values(seen_at=now)))

    async def remove(self, digest: str) -> None:
        """See SessionStore."""
        table = schema.advisor_session
        await self._database.write(lambda tx: tx.execute(delete(table).where(table.c.digest == digest)))

    async def remove_old(self, *, created_before: datetime, seen_before: datetime) -> None:
        """See SessionStore."""
        table = schema.advisor_session
        await self._database.write(
            lambda tx: tx.execute(delete(table).where(or_(table.c.created_at < created_before, table.c.seen_at < seen_before)))
        )


def _as_advisor(row: Row[Any]) -> Advisor:
    advisor_id = row.advisor_id if hasattr(row, "advisor_id") else row.id
    return Advisor(advisor_id, row.login, row.name, Role(row.role))
