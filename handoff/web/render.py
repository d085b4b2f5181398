"""Templates: autoescaped, strict about missing names, with the few French formats they need."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from handoff.core import due, markup, words
from handoff.core.roles import Right, has_right
from handoff.web.guard import TOKEN_FIELD
from handoff.web.keys import PRESENCE, SIGNED_IN, Site, site
from kernel import french

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


def set_up(app: web.Application, served: Site) -> None:
    """Prepare the templates of the application."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    zone, now = served.organisation.timezone, served.clock.now
    environment.filters.update(
        blocks=markup.blocks,
        euros=lambda amount: french.euros(amount, cents=True),
        duration=words.duration,
        moment=lambda at: french.moment(at, zone),
        clock=lambda at: french.clock_time(at, zone),
        due=lambda at: words.due(at, now(), zone),
        due_state=lambda at: due.of_due(at, now()).value,
        day=lambda on: _day(on, served),
        full_day=_full_day,
        ago=lambda at: words.duration(now() - at),
        topic=lambda topic: topic_title(served, topic),
        short=words.short_number,
        waiting=words.waiting,
        held=words.held,
        capitalised=lambda text: text[:1].upper() + text[1:],
        wait_range=_wait_range,
    )
    environment.globals.update(count=words.count, TOKEN_FIELD=TOKEN_FIELD)


async def page(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """Answer with a page or a fragment."""
    known = request.get(SIGNED_IN)
    served = site(request)
    shared: dict[str, Any] = {
        "site": served,
        "organisation": served.organisation,
        "version": served.assets.version,
        "advisor": known.advisor if known else None,
        "form_token": known.session.form_token if known else "",
        "rights": {right.value for right in Right if known and has_right(known.advisor.role, right)},
        "presence": (await request.app[PRESENCE].state_of(known.advisor.id)).value if known else None,
    }
    answer: web.Response = aiohttp_jinja2.render_template(template, request, {**shared, **context}, status=status)
    return answer


def topic_title(served: Site, topic: str) -> str:
    """Give a topic's title, or its id made readable."""
    return served.topics.get(topic) or topic.replace("_", " ").capitalize()


def _day(on: date, served: Site) -> str:
    return words.relative_day(on, served.clock.now().astimezone(served.organisation.timezone).date())


def _full_day(on: date | datetime | str) -> str:
    """Say a day with its year; bodies of entries hold it as text, and a text that is no day is shown as it is."""
    if isinstance(on, str):
        try:
            return french.day(date.fromisoformat(on))
        except ValueError:
            return on
    return french.day(on)


def _wait_range(wait_s: Any) -> str:
    match wait_s:
        case [int() as low, int() as high]:
            return words.wait_range(low, high)
        case _:
            return words.duration(timedelta(0))
