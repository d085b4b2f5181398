"""Documents made at once: what they say, who may open them, and that a screen reader can read them."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from yarl import URL

from kernel.errors import Conflict, Malformed, NotFound, SignInNeeded, Unavailable
from member_api.contract import CertificateReason, DocumentKind, DocumentOrder
from member_api.sandbox.documents import printing
from tests.integration.member_api.conftest import Sandbox
from tests.integration.member_api.test_sandbox_identity import sign_in

SCHOOL = DocumentOrder(DocumentKind.CERTIFICATE, ("b-202", "b-203"), CertificateReason.SCHOOL)
KEY = "summary-1-document"
ORDERS = [
    SCHOOL, DocumentOrder(DocumentKind.MEMBER_CARD), DocumentOrder(DocumentKind.STATEMENT),
    DocumentOrder(DocumentKind.YEARLY_STATEMENT, year=2026),
]


@pytest.fixture(autouse=True, scope="module")
def ready_to_print() -> None:
    """Load the layout once: the first document of a process takes two seconds."""
    printing.warm_up()


@pytest.fixture
def sandbox(sandbox: Sandbox) -> Sandbox:
    """Give the insurer to a patient caller."""
    return sandbox.patient()


@pytest.fixture
def any_sandbox(any_sandbox: Sandbox) -> Sandbox:
    """Give the insurer, on each store, to a patient caller."""
    return any_sandbox.patient()


async def text_of(sandbox: Sandbox, document_id: str, member_id: str = "demo-2") -> str:
    """Read a document as a person does, spaces made plain."""
    _, content = await sandbox.client.document_content(sandbox.caller(member_id), document_id)
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
async def test_every_document_can_be_read_aloud(sandbox: Sandbox, order: DocumentOrder) -> None:
    """Tags, language and title: what a screen reader needs of a PDF (RGAA 13.3)."""
    made = await sandbox.client.make_document(sandbox.caller("demo-2"), order, key=KEY)
    name, content = await sandbox.client.document_content(sandbox.caller("demo-2"), made.id)
    reader = PdfReader(io.BytesIO(content))
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("fr", True, True)
    assert "/StructTreeRoot" in root
    assert reader.metadata is not None
    assert reader.metadata.title == made.title
    assert (name, made.size, made.media_type) == (made.name, len(content), "application/pdf")
    assert b"pdfuaid" in root["/Metadata"].get_data()


async def test_a_certificate_says_for_whom_and_why(any_sandbox: Sandbox) -> None:
    """Two children, a school; not the father, and nothing of their care."""
    made = await any_sandbox.client.make_document(any_sandbox.caller("demo-2"), SCHOOL, key=KEY)
    text = await text_of(any_sandbox, made.id)

    assert "Zoé Perrin" in text
    assert "Louis Perrin" in text
    assert text.count("Julien Perrin") == 1  # to whom it is sent
    assert "établissement scolaire" in text
    assert "79022508" in text
    assert "23 novembre 2026" in text
    assert "pédiatre" not in text


async def test_a_statement_shows_amounts_that_add_up(sandbox: Sandbox) -> None:
    """The dermatologist of Camille: 50 € billed, 20,50 € left to her, and the totals of the period."""
    order = DocumentOrder(DocumentKind.STATEMENT, since=date(2026, 11, 1), until=date(2026, 11, 30))
    made = await sandbox.client.make_document(sandbox.caller(), order, key=KEY)
    text = await text_of(sandbox, made.id, "demo-1")

    assert "dermatologue" in text
    assert text.count("20,50 €") == 2  # the line and the total
    assert "du 1er novembre 2026 au 30 novembre 2026" in text


async def test_a_yearly_statement_sums_by_kind_of_care(sandbox: Sandbox) -> None:
    """Two crowns make one row: figures, and no word on taxes or on whether the plan suits."""
    made = await sandbox.client.make_document(
        sandbox.caller("demo-6"), DocumentOrder(DocumentKind.YEARLY_STATEMENT, year=2026), key=KEY)
    text = await text_of(sandbox, made.id, "demo-6")

    assert made.title == "Relevé annuel des remboursements 2026"
    assert "1 240,00 €" in text
    assert "il ne dit rien de votre situation fiscale" in text


async def test_a_document_asked_for_five_times_is_made_once(any_sandbox: Sandbox) -> None:
    """Raced, and repeated after its answer was lost."""
    caller = any_sandbox.caller("demo-2")
    await any_sandbox.fail("lost_answer", 2)
    made = await asyncio.gather(*(any_sandbox.client.make_document(caller, SCHOOL, key=KEY) for _ in range(5)))
    again = await any_sandbox.client.make_document(caller, SCHOOL, key=KEY)

    assert {one.id for one in made} == {again.id}
    assert [one.id for one in await any_sandbox.client.documents(caller)] == [again.id]
    with pytest.raises(Conflict, match="key_reused"):
        await any_sandbox.client.make_document(caller, ORDERS[1], key=KEY)


async def test_another_members_people_and_documents_do_not_exist(sandbox: Sandbox) -> None:
    """Neither a certificate for somebody else's child, nor the reading of somebody else's file."""
    made = await sandbox.client.make_document(sandbox.caller("demo-2"), SCHOOL, key=KEY)
    with pytest.raises(NotFound):
        await sandbox.client.make_document(sandbox.caller("demo-1"), SCHOOL, key=KEY)
    with pytest.raises(NotFound):
        await sandbox.client.document_content(sandbox.caller("demo-1"), made.id)
    with pytest.raises(SignInNeeded):
        await sandbox.client.make_document(sandbox.caller("demo-2", level=0), SCHOOL, key=f"{KEY}-2")

    assert await sandbox.client.documents(sandbox.caller("demo-1")) == ()


async def test_a_document_that_would_say_nothing_is_not_made(sandbox: Sandbox) -> None:
    """A year without care, a day that ends before it begins."""
    caller = sandbox.caller()
    with pytest.raises(Conflict, match="nothing_to_print"):
        await sandbox.client.make_document(caller, DocumentOrder(DocumentKind.YEARLY_STATEMENT, year=2021), key=KEY)
    for order in (DocumentOrder(DocumentKind.YEARLY_STATEMENT), DocumentOrder(DocumentKind.CERTIFICATE),
                  DocumentOrder(DocumentKind.MEMBER_CARD, year=2026),
                  DocumentOrder(DocumentKind.STATEMENT, since=date(2026, 2, 1), until=date(2026, 1, 1))):
        with pytest.raises(Malformed):
            await sandbox.client.make_document(caller, order, key=KEY)


async def opened(sandbox: Sandbox, url: str | URL) -> tuple[int, bytes]:
    """Open a link as the signed-in browser does."""
    async with sandbox.session.get(url, allow_redirects=False) as response:
        return response.status, await response.read()


async def test_a_link_opens_for_its_member_only(sandbox: Sandbox) -> None:
    """Sent to a friend, kept in a history, changed by hand: it opens nothing and says nothing."""
    made = await sandbox.client.make_document(sandbox.caller("demo-2"), SCHOOL, key=KEY)
    assert (await opened(sandbox, made.url))[0] == 303  # nobody is signed in: sign in first, and come back
    await sign_in(sandbox, "demo-1")
    assert (await opened(sandbox, made.url))[0] == 403
    await sign_in(sandbox, "demo-2")
    status, content = await opened(sandbox, made.url)
    forged = await opened(sandbox, URL(made.url).update_query(fin="9999999999"))
    sandbox.clock.advance(timedelta(minutes=10))
    late = await opened(sandbox, made.url)
    fresh = await sandbox.client.make_document(sandbox.caller("demo-2"), SCHOOL, key=KEY)

    assert (status, content[:5]) == (200, b"%PDF-")
    assert (forged[0], late[0]) == (403, 403)
    assert (await opened(sandbox, fresh.url))[0] == 200
    assert "demo-2" not in made.url


async def test_nothing_is_said_to_be_made_when_it_cannot_be(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Pango the member is told so, nothing is kept, and the same request works once it is there."""
    def missing() -> None:
        raise printing.PrintingUnavailable
    with monkeypatch.context() as without:
        without.setattr(printing, "_weasyprint", missing)
        with pytest.raises(Unavailable):
            await sandbox.client.make_document(sandbox.caller("demo-2"), SCHOOL, key=KEY)
        assert await sandbox.client.documents(sandbox.caller("demo-2")) == ()
    made = await sandbox.client.make_document(sandbox.caller("demo-2"), SCHOOL, key=KEY)

    assert json.dumps(made.title)
