"""The conversation as one page to print or keep: French, complete, readable without us."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from connectors.web.transcript_lines import Line, line_of
from journal.entries import Conversation
from kernel.french import clock_time, day, moment
from kernel.organisation import Organisation

_TEMPLATES = Path(__file__).parent / "templates"
ASSISTANT = "Assistant automatique"


def transcript_page(
    conversation: Conversation, entries: Iterable[dict[str, Any]], organisation: Organisation, now: datetime
) -> web.Response:
    """Give the page; *entries* as their member sees them, all of them."""
    zone = organisation.timezone
    lines = [line for entry in entries if (line := line_of(entry, ASSISTANT))]
    page = _template().render(
        organisation=organisation, conversation=conversation, style=Markup(_style()),  # noqa: S704 - our own file
        opened_at=moment(conversation.created_at, zone), printed_at=moment(now, zone),
        due_on=day(conversation.due_on) if conversation.due_on else None,
        days=[(day(on), list(said)) for on, said in groupby(lines, lambda line: _day_of(line, organisation))],
        clock=lambda line: clock_time(line.moment, zone),
    )
    return web.Response(text=page, content_type="text/html", charset="utf-8", headers={
        "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_style_digest()}'; frame-ancestors 'none'; "
                                   "base-uri 'none'; form-action 'none'",
        "Content-Disposition": 'inline; filename="conversation.html"',
    })


def _day_of(line: Line, organisation: Organisation) -> date:
    return line.moment.astimezone(organisation.timezone).date()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True)
    return environment.get_template("transcript.html")


@lru_cache(maxsize=1)
def _style() -> str:
    return (_TEMPLATES / "transcript.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _style_digest() -> str:
    return base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
