"""What a person typed, made safe to keep: no control characters, not empty, not too long."""

from __future__ import annotations

import re
import unicodedata

from kernel.errors import Malformed, TooLarge

MAX_TEXT = 4_000
MAX_SUBJECT = 200
# Directional overrides can make a text read as something else than what it says; joiners stay, emoji need them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def clean(text: str) -> str:
    """Give *text* in one normal form, with plain line ends and without control characters; Malformed."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Malformed("text: half a character") from None
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", plain)).strip()


def message_text(text: str) -> str:
    """Give a message as it will be kept; Malformed when nothing is left, TooLarge beyond MAX_TEXT characters."""
    cleaned = clean(text)
    if not cleaned:
        raise Malformed("text: at least one character")
    if len(cleaned) > MAX_TEXT:
        raise TooLarge(f"text: at most {MAX_TEXT} characters")
    return cleaned


def subject_line(text: str) -> str | None:
    """Give a subject on one line, None when empty; TooLarge beyond MAX_SUBJECT characters."""
    cleaned = " ".join(clean(text).split())
    if len(cleaned) > MAX_SUBJECT:
        raise TooLarge(f"subject: at most {MAX_SUBJECT} characters")
    return cleaned or None


def client_id(value: str) -> str:
    """
    Check a client's own id for what it sends; Malformed.

    Our other parts write ids with a colon (``act:…``): a member who could choose one would keep their entry from
    being written.
    """
    if not _CLIENT_ID.fullmatch(value):
        raise Malformed("client_id: 1 to 64 letters, digits, - or _")
    return value
