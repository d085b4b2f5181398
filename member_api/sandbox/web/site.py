"""The website of the demonstration: home, sign-in, member's space, and the token handed to the signed-in page."""

from __future__ import annotations

from datetime import date

from aiohttp import web
from sqlalchemy import Connection

from kernel.calendar import PARIS
from kernel.clock import Clock
from kernel.database import Database
from kernel.errors import NotFound, SignInNeeded
from member_api.contract import Member, Reimbursement, ReimbursementFilter, Request
from member_api.sandbox import members, reimbursements, requests, resets
from member_api.sandbox.accounts import AccountProtected
from member_api.sandbox.identity import SESSION_LIFE, TOKEN_LIFE, IdentityProvider
from member_api.sandbox.members import Person
from member_api.sandbox.sight import own_reader
from member_api.sandbox.web import words
from member_api.sandbox.web.pages import Pages

COOKIE = "demo_session"
LATEST = 20
File = tuple[Member, tuple[Reimbursement, ...], tuple[Request, ...]]


class SiteRoutes:
    """Handlers of the website and of the identity provider."""

    def __init__(self, clock: Clock, database: Database, identity: IdentityProvider, pages: Pages) -> None:
        self._clock = clock
        self._database = database
        self._identity = identity
        self._pages = pages

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.get("/", self.home), web.get("/mon-espace", self.member_area),
            web.get("/connexion", self.sign_in_page), web.post("/connexion", self.sign_in),
            web.get("/mot-de-passe", self.password_link), web.post("/mot-de-passe", self.new_password),
            web.post("/deconnexion", self.sign_out), web.post("/session/token", self.token),
            web.get("/.well-known/jwks.json", self.jwks),
            web.get("/.well-known/openid-configuration", self.configuration),
        ]

    async def home(self, request: web.Request) -> web.Response:
        """Show the home page, which holds the chat."""
        return self._pages.page("home", person=await self._person(request))

    async def sign_in_page(self, request: web.Request) -> web.Response:
        """Show whom one can be."""
        return self._pages.page("sign_in", person=None, people=await self._identity.people(),
                                back=local_path(request.query.get("retour")))

    async def sign_in(self, request: web.Request) -> web.Response:
        """Open a session and go back to the page that asked for it."""
        form = await request.post()
        try:
            secret = await self._identity.sign_in(str(form.get("member_id", "")))
        except NotFound:
            raise web.HTTPSeeOther("/connexion") from None
        except AccountProtected:
            return self._pages.page("refused", status=409, title=words.PROTECTED[0], sentence=words.PROTECTED[1], person=None)
        await self._identity.sign_out(request.cookies.get(COOKIE))
        answer = _go(local_path(str(form.get("retour", ""))))
        answer.set_cookie(COOKIE, secret, max_age=int(SESSION_LIFE.total_seconds()), httponly=True, samesite="Lax",
                          secure=request.secure)
        return answer

    async def sign_out(self, request: web.Request) -> web.Response:
        """Close the session here and on our side."""
        await self._identity.sign_out(request.cookies.get(COOKIE))
        answer = _go("/")
        answer.del_cookie(COOKIE, httponly=True, samesite="Lax", secure=request.secure)
        return answer

    async def member_area(self, request: web.Request) -> web.Response:
        """Show the signed-in member his file and what he asked for."""
        person = await self._person(request)
        if person is None:
            raise web.HTTPSeeOther("/connexion?retour=/mon-espace")
        member, lines, asked = await self._database.read(lambda tx: _file(tx, person.id, self._today))
        names = {known.id: known.first_name for known in member.beneficiaries}
        return self._pages.page("member_area", person=person, member=member, lines=lines, requests=asked, names=names)

    async def password_link(self, request: web.Request) -> web.Response:
        """Show what a password link leads to; looking at it does not use it, for mailboxes look at links too."""
        return self._pages.page("password", person=None, token=request.query.get("jeton", ""), outcome=None)

    async def new_password(self, request: web.Request) -> web.Response:
        """Use a password link: the demonstration has no password, so it ends there."""
        form, now = await request.post(), self._clock.now()
        token = str(form.get("jeton", ""))
        member_id = await self._database.write(lambda tx: resets.use(tx, token, now))
        return self._pages.page("password", person=None, token="", outcome="used" if member_id else "refused")

    async def token(self, request: web.Request) -> web.Response:
        """Give the signed-in page a short-lived token for the chat; SignInNeeded."""
        person = await self._person(request)
        if person is None:
            raise SignInNeeded
        token = await self._identity.issue_token(person.id)
        return web.json_response({"token": token, "expires_in": int(TOKEN_LIFE.total_seconds())})

    async def jwks(self, _: web.Request) -> web.Response:
        """Publish the public keys."""
        return web.json_response(await self._identity.jwks(), headers={"Cache-Control": "public, max-age=60"})

    async def configuration(self, _: web.Request) -> web.Response:
        """Say who issues tokens and where the keys are."""
        return web.json_response(self._identity.configuration(), headers={"Cache-Control": "public, max-age=300"})

    async def _person(self, request: web.Request) -> Person | None:
        return await self._identity.signed_in(request.cookies.get(COOKIE))

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone(PARIS).date()


def local_path(wanted: str | None) -> str:
    """Give *wanted* when it is a path of this site, else the home page: a link never sends a member elsewhere."""
    path = wanted or "/"
    is_ours = path.startswith("/") and path.isascii() and path.isprintable() and not path.startswith(("//", "/\\"))
    return path if is_ours and "\\" not in path else "/"


def _go(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})


def _file(tx: Connection, member_id: str, today: date) -> File:
    reader = own_reader(tx, member_id, today)
    lines = reimbursements.lines(tx, reader, ReimbursementFilter())[:LATEST]
    return members.member(tx, reader), tuple(lines), requests.requests(tx, member_id).requests
