"""
Lays documents out as PDF that screen readers can read (PDF/UA-1: tags, language, title), with WeasyPrint.

WeasyPrint needs Pango from the system and two seconds to load: it is imported at the first document, or by `warm_up`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kernel import french
from kernel.errors import Unavailable
from kernel.logs import logger
from member_api.sandbox.documents.drafting import Draft
from member_api.sandbox.web import words

FOLDER = Path(__file__).parent.parent / "templates" / "documents"
ISSUER = "Mutuelle de démonstration"
_VARIANT = "pdf/ua-1"


class PrintingUnavailable(Unavailable):
    """Documents cannot be laid out here: Pango is missing. `make setup` installs it (root, Debian)."""

    code = "printing_unavailable"


class Printer:
    """Turns drafts into PDF, one thread at a time for each document."""

    def __init__(self) -> None:
        self._templates = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined,
                                      trim_blocks=True, lstrip_blocks=True)
        self._templates.globals.update(issuer=ISSUER, words=words)
        self._templates.filters.update(day=lambda day: french.day(day, weekday=False),
                                       euros=lambda amount: french.euros(amount, cents=True))

    def page(self, draft: Draft) -> str:
        """Give the HTML of *draft*."""
        return self._templates.get_template(f"{draft.kind}.html").render(title=draft.title, **draft.values)

    async def pdf(self, draft: Draft) -> bytes:
        """Lay *draft* out; PrintingUnavailable without Pango."""
        return await asyncio.to_thread(_laid_out, self.page(draft))


def warm_up() -> None:
    """Load what the first document needs; says in the log when it cannot be."""
    try:
        _weasyprint()
    except PrintingUnavailable:
        logger("member_api.sandbox").warning("sandbox_prints_nothing", reason="pango_missing")


def _laid_out(page: str) -> bytes:
    weasyprint = _weasyprint()
    nowhere = weasyprint.urls.URLFetcher(allowed_protocols=(), fail_on_errors=True)  # a document asks for nothing outside
    style = weasyprint.CSS(string=(FOLDER / "print.css").read_text(encoding="utf-8"), url_fetcher=nowhere)
    content: bytes = weasyprint.HTML(string=page, url_fetcher=nowhere).write_pdf(stylesheets=[style], pdf_variant=_VARIANT)
    return content


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as cause:  # OSError: a library of the system is missing
        raise PrintingUnavailable("Pango is missing: run `make setup` as root, or install libpangoft2-1.0-0") from cause
    return weasyprint
