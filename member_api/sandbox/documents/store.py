"""Keeping documents, and finding them again. Operations on one connection (see kernel/database.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from kernel.errors import NotFound
from kernel.ids import new_id
from member_api.contract import Document, DocumentKind
from member_api.sandbox import schema
from member_api.sandbox.documents.drafting import Draft
from member_api.sandbox.documents.links import Links

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True)
class Kept:
    """A document as it is kept, without its link."""

    id: str
    kind: DocumentKind
    title: str
    name: str
    size: int
    made_at: datetime

    def linked(self, links: Links, member_id: str, now: datetime) -> Document:
        """Give it with a fresh link."""
        url, ends_at = links.link(self.id, member_id, now)
        return Document(self.id, self.kind, self.title, self.name, MEDIA_TYPE, self.size, self.made_at, url, ends_at)


def keep(tx: Connection, member_id: str, draft: Draft, content: bytes, now: datetime) -> Kept:
    """Keep a document laid out."""
    kept = Kept(new_id("d"), draft.kind, draft.title, draft.name, len(content), now)
    tx.execute(insert(schema.document).values(id=kept.id, member_id=member_id, kind=kept.kind, title=kept.title,
                                              name=kept.name, content=content, made_at=now))
    return kept


def documents(tx: Connection, member_id: str) -> list[Kept]:
    """List a member's documents, latest first."""
    table = schema.document
    columns = (table.c.id, table.c.kind, table.c.title, table.c.name, func.length(table.c.content), table.c.made_at)
    rows = tx.execute(select(*columns).where(table.c.member_id == member_id).order_by(table.c.made_at.desc(), table.c.id))
    return [Kept(row[0], DocumentKind(row[1]), row[2], row[3], row[4], row[5]) for row in rows]


def content_of(tx: Connection, member_id: str, document_id: str) -> tuple[str, bytes]:
    """Give the name and the bytes of a member's document; NotFound, also for somebody else's."""
    table = schema.document
    row = tx.execute(select(table.c.name, table.c.content).where(
        table.c.id == document_id, table.c.member_id == member_id)).one_or_none()
    if row is None:
        raise NotFound
    return row.name, bytes(row.content)
