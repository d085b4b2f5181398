"""What callers may ask the insurer to do, read and checked. Pure: everything wrong is a Malformed that names its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from member_api import shape
from member_api.contract import (
    OPAQUE_ID,
    CardReason,
    CareSheet,
    ComplaintRecord,
    Danger,
    DataRight,
    FamilyEvent,
    FamilyEventKind,
    FieldName,
    NewBeneficiary,
    PlanWish,
    QuoteKind,
    QuoteRequest,
)
from member_api.sandbox.care_requests import SheetPhoto
from member_api.sandbox.field_values import Value, read_value
from member_api.sandbox.forms import MalformedField, only, read_choice, read_day, read_proof, read_text

Body = Mapping[str, Any]
_NAME, _SUBJECT, _VALUE, _NUMBER = 80, 120, 120, 40
_OLDEST_SHEET = timedelta(days=731)  # two years, docs/domain/regulation.md R16
_OLDEST_EVENT = timedelta(days=366)
_JOINS_NEEDED = frozenset({FamilyEventKind.BIRTH, FamilyEventKind.ADOPTION})
_JOINS_ALLOWED = _JOINS_NEEDED | {FamilyEventKind.MARRIAGE, FamilyEventKind.PACS}
_LEAVES_ALLOWED = frozenset({FamilyEventKind.SEPARATION, FamilyEventKind.REMOVAL})


def nothing(body: Body, _: date) -> None:
    """Read a body that says nothing."""
    only(body, set())


def field_value(body: Body, _: date) -> Value:
    """Read the value of a secure field."""
    only(body, {"name", "value"})
    name = read_choice(body, "name", FieldName)
    return read_value(name, read_text(body, "value", _VALUE))


def deposit_id(body: Body, _: date) -> str:
    """Read which deposited value is meant."""
    only(body, {"deposit_id"})
    return _id(body, "deposit_id")


def family_event(body: Body, today: date) -> FamilyEvent:
    """Read a family event: who joins and who leaves go with its kind."""
    given = {name: value for name, value in body.items() if value is not None}
    only(given, {"kind", "happened_on", "joins", "leaves"})
    kind, happened_on = read_choice(given, "kind", FamilyEventKind), read_day(given.get("happened_on"), "happened_on")
    if not today - _OLDEST_EVENT <= happened_on <= today + _OLDEST_EVENT:
        raise MalformedField("happened_on", "a day within a year")
    joins = _newcomer(given["joins"], today) if "joins" in given else None
    leaves = _id(given, "leaves") if "leaves" in given else None
    if (joins is None and kind in _JOINS_NEEDED) or (joins is not None and kind not in _JOINS_ALLOWED):
        raise MalformedField("joins", "given for a birth or an adoption, possible for a marriage or a PACS")
    if (leaves is None and kind is FamilyEventKind.REMOVAL) or (leaves is not None and kind not in _LEAVES_ALLOWED):
        raise MalformedField("leaves", "given for a removal, possible for a separation")
    return FamilyEvent(kind, happened_on, joins, leaves)


def care_sheet(body: Body, today: date) -> SheetPhoto:
    """Read a feuille de soins and its photo."""
    photo = read_proof({name: value for name, value in body.items() if name not in ("beneficiary_id", "care_on")})
    care_on = read_day(body.get("care_on"), "care_on")
    if not today - _OLDEST_SHEET <= care_on <= today:
        raise MalformedField("care_on", "a past day, of the last two years")
    return SheetPhoto(CareSheet(_id(body, "beneficiary_id"), care_on), photo)


def quote(body: Body, _: date) -> QuoteRequest:
    """Read what is asked about a quote."""
    given = {name: value for name, value in body.items() if value is not None}
    only(given, {"kind", "beneficiary_id", "care", "amount"})
    return QuoteRequest(read_choice(given, "kind", QuoteKind), _id(given, "beneficiary_id"),
                        read_text(given, "care", _NAME), _amount(given))


def card_reason(body: Body, _: date) -> CardReason:
    """Read why another card is asked for."""
    only(body, {"reason"})
    return read_choice(body, "reason", CardReason)


def plan_wish(body: Body, _: date) -> tuple[str, PlanWish]:
    """Read which contract and what is wished for."""
    only(body, {"contract_id", "wish"})
    return _id(body, "contract_id"), read_choice(body, "wish", PlanWish)


def contract_id(body: Body, _: date) -> str:
    """Read which contract is meant."""
    only(body, {"contract_id"})
    return _id(body, "contract_id")


def complaint(body: Body, _: date) -> ComplaintRecord:
    """Read a complaint of the register."""
    only(body, {"number", "subject", "received_on", "answer_by"})
    return ComplaintRecord(read_text(body, "number", _NUMBER), read_text(body, "subject", _SUBJECT),
                           read_day(body.get("received_on"), "received_on"), read_day(body.get("answer_by"), "answer_by"))


def data_right(body: Body, _: date) -> DataRight:
    """Read which right is used."""
    only(body, {"right"})
    return read_choice(body, "right", DataRight)


def danger(body: Body, _: date) -> Danger:
    """Read what is reported."""
    only(body, {"danger"})
    return read_choice(body, "danger", Danger)


def booking(body: Body, _: date) -> tuple[str, str]:
    """Read a slot and a subject."""
    only(body, {"slot_id", "subject"})
    return _id(body, "slot_id"), read_text(body, "subject", _SUBJECT)


def slot_id(body: Body, _: date) -> str:
    """Read a slot."""
    only(body, {"slot_id"})
    return _id(body, "slot_id")


def identifier(body: Body) -> str:
    """Read whom a password link is asked for."""
    only(body, {"identifier"})
    return read_text(body, "identifier", _VALUE)


def _newcomer(given: object, today: date) -> NewBeneficiary:
    if not isinstance(given, Mapping):
        raise MalformedField("joins", "an object")
    only(given, {"first_name", "last_name", "birth_on"})
    birth_on = read_day(given.get("birth_on"), "birth_on")
    if not date(today.year - 120, 1, 1) <= birth_on <= today:
        raise MalformedField("birth_on", "a past day")
    return NewBeneficiary(read_text(given, "first_name", _NAME), read_text(given, "last_name", _NAME), birth_on)


def _amount(body: Body) -> Decimal | None:
    if "amount" not in body:
        return None
    try:
        amount = shape.amount(body["amount"])
    except (TypeError, ValueError, ArithmeticError):
        amount = Decimal(-1)
    if not 0 < amount < 100_000:
        raise MalformedField("amount", 'euros such as "690.00"')
    return amount


def _id(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not OPAQUE_ID.fullmatch(value):
        raise MalformedField(name, "an id")
    return value
