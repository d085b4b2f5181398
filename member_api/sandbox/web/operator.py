"""The operator's page, from this machine only: faults to come, documents to decide, keys, a new world."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import Malformed
from member_api.sandbox import announcing, deciding, outbox
from member_api.sandbox.faults import Fault, FaultKind, Faults
from member_api.sandbox.identity import IdentityProvider
from member_api.sandbox.seeding import start_again
from member_api.sandbox.web.pages import Pages

HOME = "/sandbox/"
_WORDS = 200


class OperatorRoutes:
    """Handlers of ``/sandbox/``."""

    def __init__(self, clock: Clock, database: Database, identity: IdentityProvider, faults: Faults,
                 pages: Pages) -> None:
        self._clock = clock
        self._database = database
        self._identity = identity
        self._faults = faults
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.get(HOME, self.page), web.get("/sandbox/faults", self.list_faults),
            web.post("/sandbox/faults", self.plan), web.delete("/sandbox/faults", self.heal),
            web.post("/sandbox/heal", self.heal), web.post("/sandbox/requests/{request_id}", self.decide),
            web.post("/sandbox/payments/{line_id}", self.pay), web.post("/sandbox/events/service", self.announce_service),
            web.post("/sandbox/events/payment", self.announce_payment), web.post("/sandbox/events/again", self.send_again),
            web.post("/sandbox/keys", self.rotate), web.post("/sandbox/again", self.again),
        ]

    async def page(self, _: web.Request) -> web.Response:
        """Show what can be chosen."""
        waiting, unpaid = await self._database.read(deciding.waiting), await self._database.read(deciding.unpaid)
        events, contracts = await self._database.read(outbox.latest), await self._database.read(announcing.contracts)
        keys = [key["kid"] for key in (await self._identity.jwks())["keys"]]
        return self._pages.page("operator", person=None, kinds=list(FaultKind), coming=self._faults.coming(),
                                waiting=waiting, keys=keys, unpaid=unpaid, events=events, contracts=contracts)

    async def list_faults(self, _: web.Request) -> web.Response:
        """List the faults to come."""
        return web.json_response({"coming": [{"kind": fault.kind, "delay_s": fault.delay_s}
                                             for fault in self._faults.coming()]})

    async def plan(self, request: web.Request) -> web.StreamResponse:
        """Plan faults: ``{kind, calls, delay_s?}`` in JSON, or the page's form."""
        is_json = request.content_type == "application/json"
        fault, calls = _fault(await _json(request) if is_json else await request.post())
        self._faults.plan(fault, calls)
        return await self.list_faults(request) if is_json else _home()

    async def heal(self, request: web.Request) -> web.StreamResponse:
        """Forget the faults to come."""
        self._faults.clear()
        return web.Response(status=204) if request.method == "DELETE" else _home()

    async def decide(self, request: web.Request) -> web.Response:
        """Accept or refuse a request, with a few words for the member."""
        form, request_id, now = await request.post(), request.match_info["request_id"], self._clock.now()
        accepted, words = form.get("decision") == "accept", " ".join(str(form.get("words", "")).split())[:_WORDS] or None
        await self._database.write(lambda tx: deciding.decide(tx, request_id, now, accepted=accepted, words=words))
        return _home()

    async def pay(self, request: web.Request) -> web.Response:
        """Transfer a line that waits."""
        line_id, now = request.match_info["line_id"], self._clock.now()
        await self._database.write(lambda tx: deciding.pay(tx, line_id, now))
        return _home()

    async def announce_service(self, request: web.Request) -> web.Response:
        """Announce that a service stopped, or is back."""
        form, now = await request.post(), self._clock.now()
        service, is_up = str(form.get("service")), form.get("state") == "up"
        await self._database.write(lambda tx: announcing.service(tx, service, now, is_up=is_up))
        return _home()

    async def announce_payment(self, request: web.Request) -> web.Response:
        """Announce a premium."""
        form, now = await request.post(), self._clock.now()
        asked = announcing.read_payment({name: str(value) for name, value in form.items()}, now)
        await self._database.write(lambda tx: announcing.payment(tx, asked, now))
        return _home()

    async def send_again(self, _: web.Request) -> web.Response:
        """Send what has not arrived."""
        now = self._clock.now()
        await self._database.write(lambda tx: outbox.again(tx, now))
        return _home()

    async def rotate(self, _: web.Request) -> web.Response:
        """Sign with a new key from now on."""
        await self._identity.rotate_keys()
        return _home()

    async def again(self, _: web.Request) -> web.Response:
        """Seed a new world."""
        self._faults.clear()
        await start_again(self._database, self._clock)
        return _home()


async def _json(request: web.Request) -> object:
    try:
        return await request.json()
    except ValueError:
        raise Malformed("the body should be JSON") from None


def _fault(asked: object) -> tuple[Fault, int]:
    if not isinstance(asked, Mapping):
        raise Malformed("an object is expected")
    try:
        return Fault(FaultKind(str(asked.get("kind"))), float(asked.get("delay_s", 5))), int(asked.get("calls", 1))
    except (TypeError, ValueError):
        raise Malformed("kind: " + ", ".join(FaultKind) + "; calls and delay_s: numbers") from None


def _home() -> web.Response:
    return web.Response(status=303, headers={"Location": HOME})
