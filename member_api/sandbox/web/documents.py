"""Opening a document at the insurer's site: signed in as the member it is for, with a link that still holds."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web

from kernel.clock import Clock
from kernel.database import Database
from member_api.sandbox.documents import store
from member_api.sandbox.documents.links import ENDS, SEAL, Links
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.web.site import COOKIE


def document_routes(clock: Clock, database: Database, identity: IdentityProvider, links: Links) -> list[web.RouteDef]:
    """List the route: another member's link is refused, whoever is not signed in is asked to."""
    async def send(request: web.Request) -> web.Response:
        person = await identity.signed_in(request.cookies.get(COOKIE))
        if person is None:
            raise web.HTTPSeeOther(f"/connexion?retour={quote(request.path_qs, safe='')}")
        document_id = request.match_info["document_id"]
        links.check(document_id, person.id, request.query.get(ENDS, ""), request.query.get(SEAL, ""), clock.now())
        name, content = await database.read(lambda tx: store.content_of(tx, person.id, document_id))
        return web.Response(body=content, content_type=store.MEDIA_TYPE, headers={
            "Content-Disposition": f'attachment; filename="{name}"'})
    return [web.get("/documents/{document_id}", send)]
