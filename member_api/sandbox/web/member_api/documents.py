"""Handlers of documents. One is laid out before anything is written: « done » is never said of a document that is not."""

from __future__ import annotations

import asyncio
import base64

from aiohttp import web
from sqlalchemy import Connection

from kernel.clock import Clock
from kernel.database import Database
from member_api import shape
from member_api.contract import DocumentContent, DocumentOrder, Documents
from member_api.sandbox import document_forms, requests
from member_api.sandbox.access import Action
from member_api.sandbox.documents import drafting, store
from member_api.sandbox.documents.links import Links
from member_api.sandbox.documents.printing import Printer
from member_api.sandbox.matrix import Resource
from member_api.sandbox.sight import Reader
from member_api.sandbox.web.member_api.calls import answer, body_of
from member_api.sandbox.web.member_api.reading import Reading


class DocumentRoutes(Reading):
    """Documents made, listed, read."""

    def __init__(self, clock: Clock, database: Database, links: Links, printer: Printer) -> None:
        super().__init__(clock, database)
        self._links, self._printer = links, printer
        self._one_at_a_time = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.post("/members/{member_id}/documents", self.make),
            web.get("/members/{member_id}/documents", self.list),
            web.get("/members/{member_id}/documents/{document_id}/content", self.content),
        ]

    async def make(self, request: web.Request) -> web.Response:
        """Make a document, once for a key."""
        member_id = self._allowed(request, Action.MAKE_DOCUMENT)
        order = document_forms.read_order(await body_of(request), self._today)
        asked = self._asked(request, member_id, shape.write(order))
        async with self._one_at_a_time:  # the same order, repeated at once, is laid out once
            before = await self._database.read(lambda tx: requests.given_before(tx, asked))
            given, is_new = (before, False) if before is not None else await self._made(asked, order)
        document = shape.read(store.Kept, given).linked(self._links, member_id, self._clock.now())
        return answer(document, status=201 if is_new else 200)

    async def _made(self, asked: requests.Asked, order: DocumentOrder) -> tuple[requests.Json, bool]:
        draft = await self._database.read(lambda tx: drafting.draft(tx, asked.member_id, order, asked.at))
        content = await self._printer.pdf(draft)
        return await self._database.write(lambda tx: requests.once(
            tx, asked, lambda: store.keep(tx, asked.member_id, draft, content, asked.at)))

    async def list(self, request: web.Request) -> web.Response:
        """Answer the documents made for the member, each with a fresh link."""
        now = self._clock.now()

        def read(tx: Connection, reader: Reader) -> Documents:
            kept = store.documents(tx, reader.file_id)
            return Documents(tuple(one.linked(self._links, reader.file_id, now) for one in kept))
        return await self._read(request, Resource.PAPERS, read)

    async def content(self, request: web.Request) -> web.Response:
        """Answer a document itself."""
        document_id = request.match_info["document_id"]

        def read(tx: Connection, reader: Reader) -> DocumentContent:
            name, content = store.content_of(tx, reader.file_id, document_id)
            return DocumentContent(name, store.MEDIA_TYPE, base64.b64encode(content).decode())
        return await self._read(request, Resource.PAPERS, read)
