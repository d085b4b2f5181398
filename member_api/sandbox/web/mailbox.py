"""The mailbox page, from this machine only: what the fictional members receive, codes included."""

from __future__ import annotations

from aiohttp import web

from kernel.database import Database
from member_api import shape
from member_api.sandbox import mail
from member_api.sandbox.web.pages import Pages

ADDRESS = "/sandbox/boite"


def mailbox_routes(database: Database, pages: Pages) -> list[web.RouteDef]:
    """List the routes: the page, and the same in JSON for a terminal."""
    async def page(_: web.Request) -> web.Response:
        return pages.page("mailbox", person=None, messages=await database.read(mail.latest))

    async def as_json(_: web.Request) -> web.Response:
        return web.json_response({"messages": shape.write(await database.read(mail.latest))})
    return [web.get(ADDRESS, page), web.get(f"{ADDRESS}.json", as_json)]
