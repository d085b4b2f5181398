"""
What the insurer's system tells us by itself: signed events, as https://www.standardwebhooks.com describes them. Pure.

The body is JSON ``{id, type, timestamp, member_id, data}``. Three headers go with it: ``webhook-id``, ``webhook-timestamp``
(seconds) and ``webhook-signature``, ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``; several signatures,
apart by spaces, while a secret is being changed. An event may come twice, or late, or before another: who receives keeps
it under its id, once.

Sending: ``signed_headers``. Receiving: ``read_event``.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from kernel.errors import Malformed, SignInNeeded
from member_api import shape

ID_HEADER, TIME_HEADER, SIGNATURE_HEADER = "webhook-id", "webhook-timestamp", "webhook-signature"
WINDOW = timedelta(minutes=5)
BODY_LIMIT = 64 * 1024
SIGNATURES_READ = 4
_VERSION, _SECRET_PREFIX = "v1", "whsec_"
_DIGITS = 12


class NotSigned(SignInNeeded):
    """The event is not signed with a secret of ours, or was signed too long ago: it is nobody's."""

    code = "event_not_signed"


class EventKind(StrEnum):
    """What happened."""

    REFUND_PAID = "refund_paid"
    PAYMENT_DUE = "payment_due"
    DOCUMENT_DECIDED = "document_decided"
    REQUEST_COMPLETED = "request_completed"
    SERVICE_DOWN = "service_down"
    SERVICE_UP = "service_up"


@dataclass(frozen=True)
class RefundPaid:
    """Our share of a line was transferred; which care it was stays in the file, for it is about health."""

    reimbursement_id: str
    beneficiary_id: str
    amount: Decimal
    paid_on: date


@dataclass(frozen=True)
class PaymentDue:
    """A premium will be taken on *due_on*."""

    contract_id: str
    amount: Decimal
    due_on: date


@dataclass(frozen=True)
class DocumentDecided:
    """A person looked at the document of a request."""

    request_id: str
    is_accepted: bool


@dataclass(frozen=True)
class RequestCompleted:
    """A request has ended, with this *status* of the contract."""

    request_id: str
    status: str


@dataclass(frozen=True)
class ServiceChanged:
    """A service of the insurer (`ServiceName`: ``member_area``, ``application``…) stopped or is back, since *since_at*."""

    service: str
    since_at: datetime


Facts = RefundPaid | PaymentDue | DocumentDecided | RequestCompleted | ServiceChanged
_FACTS: dict[EventKind, Callable[..., Facts]] = {
    EventKind.REFUND_PAID: RefundPaid, EventKind.PAYMENT_DUE: PaymentDue,
    EventKind.DOCUMENT_DECIDED: DocumentDecided, EventKind.REQUEST_COMPLETED: RequestCompleted,
    EventKind.SERVICE_DOWN: ServiceChanged, EventKind.SERVICE_UP: ServiceChanged,
}
_FOR_EVERYBODY = frozenset({EventKind.SERVICE_DOWN, EventKind.SERVICE_UP})


@dataclass(frozen=True)
class Event:
    """Something that happened at *at*; *member_id* is None when it concerns everybody."""

    id: str
    kind: EventKind
    at: datetime
    member_id: str | None
    facts: Facts


@dataclass(frozen=True)
class _Envelope:
    id: str
    type: EventKind
    timestamp: datetime
    member_id: str | None


def write_event(event: Event) -> bytes:
    """Write the body; the bytes given are those to be signed and sent."""
    body = {"id": event.id, "type": event.kind, "timestamp": shape.write(event.at), "member_id": event.member_id,
            "data": shape.write(event.facts)}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def signed_headers(secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Give the headers that go with *body*, sent at *now*: each attempt is signed anew."""
    seconds = str(int(now.timestamp()))
    signature = base64.b64encode(_mac(secret, event_id, seconds, body)).decode()
    return {ID_HEADER: event_id, TIME_HEADER: seconds, SIGNATURE_HEADER: f"{_VERSION},{signature}"}


def read_event(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, now: datetime) -> Event:
    """
    Give the event, once its signature holds under one of *secrets* and is of the last five minutes.

    NotSigned, before anything is read of the body; Malformed when what is signed is no event of ours. *headers* finds
    names whatever their case, as aiohttp's do.
    """
    event_id, seconds = headers.get(ID_HEADER, ""), headers.get(TIME_HEADER, "")
    if len(body) > BODY_LIMIT or not _is_recent(seconds, now):
        raise NotSigned
    given = _signatures(headers.get(SIGNATURE_HEADER, ""))
    expected = [_mac(secret, event_id, seconds, body) for secret in secrets]
    matches = [hmac.compare_digest(one, other) for one in given for other in expected]  # all of them: no early way out
    if not any(matches):
        raise NotSigned
    return _read(event_id, body)


def _read(event_id: str, body: bytes) -> Event:
    try:
        content = json.loads(body)
        envelope = shape.read(_Envelope, content)
        facts = shape.read(_FACTS[envelope.type], content.get("data"))
    except (ValueError, RecursionError) as cause:  # shape.Misshapen is a ValueError
        raise Malformed("the event does not have the shape promised") from cause
    is_whole = envelope.id == event_id and (envelope.member_id is None) == (envelope.type in _FOR_EVERYBODY)
    if not is_whole:
        raise Malformed("the event contradicts itself")
    return Event(envelope.id, envelope.type, envelope.timestamp, envelope.member_id, facts)


def _is_recent(seconds: str, now: datetime) -> bool:
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= _DIGITS):
        return False
    return abs(now.astimezone(UTC).timestamp() - int(seconds)) <= WINDOW.total_seconds()


def _signatures(header: str) -> list[bytes]:
    read = []
    for part in header.split(" ")[:SIGNATURES_READ]:
        version, _, signature = part.partition(",")
        if version == _VERSION:
            read.append(_decoded(signature))
    return read


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _mac(secret: str, event_id: str, seconds: str, body: bytes) -> bytes:
    signed = f"{event_id}.{seconds}.".encode("utf-8", "surrogateescape") + body
    return hmac.new(_key(secret), signed, hashlib.sha256).digest()


def _key(secret: str) -> bytes:
    """Give the key of a secret: base64 behind ``whsec_``, as the standard writes them, or the text itself."""
    if not secret:
        raise ValueError("a secret is needed")
    return base64.b64decode(secret.removeprefix(_SECRET_PREFIX)) if secret.startswith(_SECRET_PREFIX) else secret.encode()
