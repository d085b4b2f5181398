"""What a deposited value must be. Pure: what cannot be right is refused with a code of its own, and never quoted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from stdnum import iban

from kernel.errors import Malformed
from member_api.contract import FieldName
from member_api.sandbox.masking import masked_email, masked_phone

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}")
_MOBILE = re.compile(r"0[67]\d{8}")
_FRENCH_PREFIX = re.compile(r"^(?:\+|00)33(?:\(0\)|0)?")
_EMAIL_LIMIT = 120
# The countries whose accounts take SEPA transfers in euros and that the demonstration knows.
_SEPA = frozenset(["AD", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM", "VA"])


class IbanInvalid(Malformed):
    """The check digits do not hold: a digit is wrong or missing."""

    code = "iban_invalid"


class IbanForeign(IbanInvalid):
    """An account where no SEPA transfer goes."""

    code = "iban_not_sepa"


class EmailInvalid(Malformed):
    """Not an e-mail address."""

    code = "email_invalid"


class PhoneInvalid(Malformed):
    """Not a French mobile number: codes are sent by SMS."""

    code = "phone_invalid"


@dataclass(frozen=True)
class Value:
    """A value that may be kept: *masked* is all that is ever shown of *text*."""

    name: FieldName
    text: str = field(repr=False)
    masked: str


def read_value(name: FieldName, given: str) -> Value:
    """Check what was typed: spaces and dots of every kind are fine. IbanInvalid, IbanForeign, EmailInvalid, PhoneInvalid."""
    return _READERS[name](given.strip())


def _bank_details(given: str) -> Value:
    """Check digits by ISO 7064 (mod 97-10), and the French account's own key (ISO 13616)."""
    compact = iban.compact(given)
    if compact[:2] not in _SEPA and iban.is_valid(compact, check_country=False):
        raise IbanForeign("the account should take SEPA transfers")
    if not iban.is_valid(compact):
        raise IbanInvalid("the IBAN's check digits do not hold")
    return Value(FieldName.BANK_DETAILS, compact, compact[-4:])


def _email(given: str) -> Value:
    if len(given) > _EMAIL_LIMIT or not _EMAIL.fullmatch(given) or ".." in given:
        raise EmailInvalid("an e-mail address")
    return Value(FieldName.EMAIL, given, masked_email(given))


def _phone(given: str) -> Value:
    digits = _FRENCH_PREFIX.sub("0", re.sub(r"[\s.\-/]", "", given))
    if not (digits.isascii() and _MOBILE.fullmatch(digits)):
        raise PhoneInvalid("a French mobile number")
    spaced = " ".join(digits[start:start + 2] for start in range(0, 10, 2))
    return Value(FieldName.PHONE, spaced, masked_phone(spaced))


_READERS: dict[FieldName, Callable[[str], Value]] = {
    FieldName.BANK_DETAILS: _bank_details, FieldName.EMAIL: _email, FieldName.PHONE: _phone,
}
