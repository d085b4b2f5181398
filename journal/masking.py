"""
Identifiers never reach the record: social-security numbers, IBAN, card numbers, passwords — and, in members' words,
e-mail addresses and phone numbers. Pure. Check digits decide where they exist, so that amounts, dates and file numbers
stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import phonenumbers
from stdnum import iban, luhn

from journal.entries import AuthorKind, Body
from kernel.organisation import organisation

LABELS = {
    "nir": "[n° de Sécurité sociale masqué]", "iban": "[IBAN masqué]", "card": "[n° de carte masqué]",
    "password": "[mot de passe masqué]", "email": "[adresse e-mail masquée]", "phone": "[téléphone masqué]",
}
TEXTS = ("text", "subject", "file_name", "comment", "reason")


@dataclass(frozen=True)
class Found:
    """An identifier in a text: *start* and *end* are offsets in the original."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """A text without its identifiers, and what was found where."""

    text: str
    found: tuple[Found, ...]


_SEPARATOR = r"[ .\-\u00a0\u202f]?"
_NIR = re.compile(rf"(?<![\w])[1-478]{_SEPARATOR}(?:\d{_SEPARATOR}){{4}}(?:\d\d|2{_SEPARATOR}[AB])(?:{_SEPARATOR}\d){{6}}(?:{_SEPARATOR}\d\d)?(?![\w])", re.I)
_IBAN = re.compile(rf"(?<![\w])[A-Z]{{2}}\d\d(?:{_SEPARATOR}[A-Z0-9]){{11,30}}(?![A-Z0-9])", re.I)
_CARD = re.compile(rf"(?<![\w])\d(?:{_SEPARATOR}\d){{12,18}}(?![\w])")
_EMAIL = re.compile(r"[\w.+%-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?|\s?\(@\)\s?)[\w-]+(?:\.[\w-]+)+", re.I)
_PASSWORD = re.compile(
    r"\b(?:mot\s?de\s?passe|mots\s?de\s?passe|mdp|password|code\s+secret)\b\s*(?:est|c'?\s?est|c|cest|:|=|etait|était|,)+\s*"
    r"(?:bien\s+|toujours\s+)?[\"«']?\s*(?P<secret>\S{4,})", re.I)
_NOT_A_SECRET = re.compile(r"^(?:oubli|perdu|incorrect|faux|fausse|erron|invalid|refus|expir|pas|plus|trop|bon|toujours|bloqu|chang|le|la|que|quoi|celui|mal|inconnu|mauvais|vide|marche|ok|correct|reconnu|valide|accept|où|ou|comme|dans|sur|pour|avec|nul|impossible|difficile|compliqu)", re.I)


def _nir_is_valid(text: str) -> bool:
    compact = re.sub(r"[^\dABab]", "", text).upper()
    if len(compact) not in (13, 15):
        return False
    digits = compact.replace("2A", "19", 1) if compact[5:7] == "2A" else compact.replace("2B", "18", 1) if compact[5:7] == "2B" else compact
    if not digits.isdigit():
        return False
    month = int(digits[3:5])
    if not (1 <= month <= 12 or 20 <= month <= 42 or month >= 50):
        return False
    return len(digits) == 13 or int(digits[13:]) == 97 - int(digits[:13]) % 97


def _iban_match(text: str) -> int | None:
    """Give the length of the longest prefix of *text* that is a valid IBAN."""
    for end in range(len(text), 14, -1):
        compact = re.sub(r"[^A-Za-z0-9]", "", text[:end])
        if text[end - 1].isalnum() and iban.is_valid(compact, check_country=False):
            return end
    return None


def _candidates(text: str) -> Iterator[Found]:
    for found in _IBAN.finditer(text):
        if length := _iban_match(found.group()):
            yield Found("iban", found.start(), found.start() + length)
    for found in _NIR.finditer(text):
        if _nir_is_valid(found.group()):
            yield Found("nir", found.start(), found.end())
    for found in _CARD.finditer(text):
        compact = re.sub(r"\D", "", found.group())
        if 13 <= len(compact) <= 19 and luhn.is_valid(compact):
            yield Found("card", found.start(), found.end())
    for found in _PASSWORD.finditer(text):
        secret = found.group("secret").rstrip(".,;!?»\"'")
        if secret and not _NOT_A_SECRET.match(secret):
            yield Found("password", found.start("secret"), found.start("secret") + len(secret))


def _contacts(text: str) -> Iterator[Found]:
    for found in _EMAIL.finditer(text):
        if found.group().lower() != str(organisation().raw.contacts.get("complaint_email") or "").lower():
            yield Found("email", found.start(), found.end())
    for match in phonenumbers.PhoneNumberMatcher(text, "FR"):
        if match.number.national_number not in _own_numbers():
            yield Found("phone", match.start, match.end)


@lru_cache(maxsize=1)
def _own_numbers() -> frozenset[int | None]:
    raw = organisation().raw
    numbers = [raw.contacts.phone.number, *raw.public_numbers.values()]
    return frozenset(int(re.sub(r"\D", "", str(number))) for number in numbers if number)


def find(text: str, author: AuthorKind) -> tuple[Found, ...]:
    """Find the identifiers of *text*, in order, never overlapping; contacts only in a member's words."""
    found = list(_candidates(text)) + (list(_contacts(text)) if author is AuthorKind.MEMBER else [])
    kept: list[Found] = []
    for one in found:  # earlier kinds win over later ones that overlap
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: one.start))


def mask(text: str, author: AuthorKind = AuthorKind.MEMBER) -> Masked:
    """Replace each identifier of *text* by a label saying what was there."""
    found = find(text, author)
    parts, last = [], 0
    for one in found:
        parts += [text[last:one.start], LABELS[one.kind]]
        last = one.end
    return Masked("".join([*parts, text[last:]]), found)


def mask_body(author: AuthorKind, body: Body) -> Body:
    """Mask the texts of an entry's body; a body in which something was found names the kinds under ``masked``."""
    masked: dict[str, Any] = dict(body)
    kinds: set[str] = set()
    for name in TEXTS:
        if isinstance(body.get(name), str):
            result = mask(body[name], author)
            masked[name] = result.text
            kinds |= {found.kind for found in result.found}
    return masked | ({"masked": sorted(kinds)} if kinds else {})
