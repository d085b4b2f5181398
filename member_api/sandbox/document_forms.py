"""What callers may ask of documents, read and checked. Pure: everything wrong is a Malformed that names its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from member_api.contract import CertificateReason, DocumentKind, DocumentOrder
from member_api.sandbox.forms import MalformedField, only, read_choice, read_day, read_ids

YEARS_KEPT = 5
_FIELDS = {
    DocumentKind.CERTIFICATE: {"reason"}, DocumentKind.MEMBER_CARD: set[str](),
    DocumentKind.STATEMENT: {"since", "until"}, DocumentKind.YEARLY_STATEMENT: {"year"},
}


def read_order(body: Mapping[str, Any], today: date) -> DocumentOrder:
    """Read what is to be made; a field of another kind of document is refused."""
    given = {name: value for name, value in body.items() if value is not None}
    kind = read_choice(given, "kind", DocumentKind)
    only(given, {"kind", "beneficiary_ids", *_FIELDS[kind]})
    since, until = (read_day(given[name], name) if name in given else None for name in ("since", "until"))
    if since and until and since > until:
        raise MalformedField("until", "a day on or after since")
    return DocumentOrder(
        kind, read_ids(given, "beneficiary_ids"),
        read_choice(given, "reason", CertificateReason) if kind is DocumentKind.CERTIFICATE else None,
        since, until, _year(given, today) if kind is DocumentKind.YEARLY_STATEMENT else None)


def _year(body: Mapping[str, Any], today: date) -> int:
    year = body.get("year")
    if not isinstance(year, int) or isinstance(year, bool) or not today.year - YEARS_KEPT <= year <= today.year:
        raise MalformedField("year", f"a year from {today.year - YEARS_KEPT} to {today.year}")
    return year
