"""Folding, shapes and words of a French message. Pure, and knows nothing of spelling."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae", "\u00a0": " ", "\u202f": " "})
_WORD = re.compile(r"xpercent\d+|[^\W\d_]+'?|\d+|[%€?!]")

# What has a shape rather than a spelling becomes one word, so that no amount or date is learnt by heart. The labels in
# brackets are those of journal.masking: a message read before or after masking gives the same words.
_SHAPES = tuple((f" {word} ", re.compile(pattern, re.IGNORECASE)) for word, pattern in (
    ("xnir", r"\[n° de s[ée]curit[ée] sociale masqu[ée]\]"),
    ("xiban", r"\[iban masqu[ée]\]"),
    ("xcard", r"\[n° de carte masqu[ée]\]"),
    ("xsecret", r"\[mot de passe masqu[ée]\]"),
    ("xmail", r"\[adresse e-mail masqu[ée]e?\]|[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"),
    ("xphone", r"\[t[ée]l[ée]phone masqu[ée]\]|(?<!\d)(?:\+33|0)[ .]?[1-9](?:[ .-]?\d\d){4}(?!\d)"),
    ("xiban", r"\b[a-z]{2} ?\d\d(?:[ .-]?[a-z\d]{4}){2,7}(?:[ .-]?[a-z\d]{1,3})?\b"),
    ("xnir", r"(?<!\d)[1-478](?:[ .-]?\d\d){3}[ .-]?\d{2,3}[ .-]?\d{3}(?:[ .-]?\d\d)?(?!\d)"),
    ("xcard", r"(?<!\d)\d{4}(?:[ .-]?\d{4}){3}(?!\d)"),
    ("xdate", r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)"),
    ("xeuro", r"\d+(?: \d{3})*(?:[.,]\d+)?\s?(?:€|eur\b|euros?\b|balles\b)(?:\s?\d\d\b)?|\b\d\d+\s?e\b"),
    ("xhour", r"\b\d{1,2}\s?(?:h|heures?)\s?(?:\d\d)?\b"),
    ("xyear", r"\b(?:19|20)\d\d\b"),
))
_PERCENT = re.compile(r"(\d+)\s?(?:%|pour ?cents?\b|pourcents?\b)", re.IGNORECASE)


def plain(text: str) -> str:
    """Give *text* with composed accents, one kind of apostrophe and ordinary spaces; its capitals stay."""
    return unicodedata.normalize("NFC", text).translate(_SIGNS)


def fold(text: str) -> str:
    """Give *text* in lower case without accents: « Reçu » becomes ``recu``."""
    decomposed = unicodedata.normalize("NFKD", plain(text).lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


def has_accents(text: str) -> bool:
    """Whether the writer of *text* types accents: without any, « recu » may well be « reçu »."""
    return any(unicodedata.combining(letter) for letter in unicodedata.normalize("NFD", text))


def shapes(text: str) -> str:
    """Replace identifiers, amounts, dates and hours of *text* by a word for their shape; a percentage keeps its value."""
    text = _PERCENT.sub(r" xpercent\1 ", text)
    for word, pattern in _SHAPES:
        text = pattern.sub(word, text)
    return text


def words(text: str) -> list[str]:
    """Cut *text* into words (an elided one keeps its apostrophe), numbers and the few signs that carry meaning."""
    return _WORD.findall(text)
