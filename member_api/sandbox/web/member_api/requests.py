"""Handlers of what members ask for."""

from __future__ import annotations

from aiohttp import web

from member_api import shape
from member_api.sandbox import cancelling, forms, requests
from member_api.sandbox.access import Action
from member_api.sandbox.matrix import Resource
from member_api.sandbox.web.member_api.calls import body_of
from member_api.sandbox.web.member_api.reading import Reading


class RequestRoutes(Reading):
    """Requests and their proofs."""

    def routes(self) -> list[web.RouteDef]:
        """List the routes, without the version."""
        return [
            web.get("/members/{member_id}/requests", self.requests),
            web.post("/members/{member_id}/address-changes", self.change_address),
            web.post("/members/{member_id}/requests/{request_id}/proofs", self.add_proof),
        ]

    async def requests(self, request: web.Request) -> web.Response:
        """Answer what the member asked for."""
        now = self._clock.now()
        await self._database.write(lambda tx: cancelling.settle(tx, now))
        return await self._read(request, Resource.REQUESTS, lambda tx, reader: requests.requests(tx, reader.file_id))

    async def change_address(self, request: web.Request) -> web.Response:
        """Record an address change, once for a key."""
        member_id, body = self._allowed(request, Action.CHANGE_ADDRESS), await body_of(request)
        change = forms.read_address_change(body, self._today)
        return await self._once(request, member_id, shape.write(change),
                                lambda tx, now: requests.change_address(tx, member_id, change, now))

    async def add_proof(self, request: web.Request) -> web.Response:
        """Keep the document of a request, once for a key."""
        member_id, body = self._allowed(request, Action.SEND_PROOF), await body_of(request)
        proof, request_id = forms.read_proof(body), request.match_info["request_id"]
        return await self._once(request, member_id, body,
                                lambda tx, now: requests.add_proof(tx, member_id, request_id, proof, now))
