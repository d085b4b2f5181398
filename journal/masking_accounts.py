"""Bank accounts in a text: IBAN of every country, and the French RIB that an IBAN is made of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import numdb

from journal.masking_text import Found, last_of

_BETWEEN = r"[ .\-/_\n]{0,3}"
_START = re.compile(rf"(?:(?<![a-z0-9])|(?<=iban))([a-z])({_BETWEEN})([a-z]){_BETWEEN}\d(?={_BETWEEN}\d)")
_NEXT = re.compile(rf"{_BETWEEN}([a-z0-9])")
_WORDS = re.compile(
    r"\biban|\brib\b|\bbic\b|\bcompte\b|coordonnees bancaires|releve d'identite|virement|\bvirer\b|\bbanque|\bprelev")
_BROKEN = re.compile(
    r"(?:(?<![a-z0-9])|(?<=iban))[a-z]{2} ?\d\d[a-z0-9]{0,30}+(?:[ .\-]{1,2}(?=[a-z]{0,8}\d)[a-z0-9]{1,30}+){0,12}(?![a-z0-9])")
_RIB = re.compile(rf"(?<![a-z0-9])(?:\d{_BETWEEN}){{10}}(?:[a-z0-9]{_BETWEEN}){{11}}\d{_BETWEEN}\d(?![a-z0-9])")
_RIB_IN_WORDS = re.compile(
    r"banque ?:? ?\d{5}\W{1,4}(?:code )?guichet ?:? ?\d{5}\W{1,4}(?:n° ?(?:de )?|numero (?:de )?)?compte ?:? ?[a-z0-9]{11}"
    r"(?:\W{1,4}cle(?: rib)? ?:? ?\d\d)?(?![a-z0-9])")
_WORD = re.compile(r"[a-z]{3}")  # an account number has a letter or two; one in 97 sentences after a number has a right key
_SHORTEST_BROKEN = 14


@lru_cache(maxsize=1)
def _lengths() -> dict[str, int]:
    """Give the length of the IBAN of each country, from the register shipped with stdnum."""
    registered = ((prefix, info) for _, prefix, _, info, _ in numdb.get("iban").prefixes)
    return {prefix.lower(): 4 + sum(int(part) for part in re.findall(r"(\d+)!", info["bban"]))
            for prefix, info in registered}


def accounts(text: str) -> Iterator[Found]:
    """Find the bank accounts of a plain *text*."""
    for start in _START.finditer(text):
        country = start.group(1) + start.group(3)
        end = _end_of(text, start.start(), _lengths().get(country, 0))
        if end and _has_right_check(text[start.start():end]):
            yield Found("iban", start.start(), end)
    for broken in _BROKEN.finditer(text):
        if _is_broken_iban(broken.group()) and (
                _is_unmistakable(broken.group()) or last_of(_WORDS, text, broken.start() + 2) >= 0):
            yield Found("iban", broken.start(), broken.end())
    for told in _RIB_IN_WORDS.finditer(text):
        yield Found("iban", told.start(), told.end())
    for rib in _RIB.finditer(text):
        if not _WORD.search(rib.group()) and (_has_right_rib_key(rib.group()) or last_of(_WORDS, text, rib.start()) >= 0):
            yield Found("iban", rib.start(), rib.end())


def _end_of(text: str, start: int, length: int) -> int:
    """Give the end of *length* letters and digits from *start*, separators apart; 0 when there are not as many."""
    position = start
    for _ in range(length):
        following = _NEXT.match(text, position)
        if not following:
            return 0
        position = following.end()
    return 0 if not length or text[position:position + 1].isalnum() else position


def _compact(written: str) -> str:
    return re.sub(r"[^a-z0-9]", "", written)


def _has_right_check(written: str) -> bool:
    """Check the two digits after the country: ISO 13616, the rearranged number is 1 modulo 97."""
    compact = _compact(written)
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97 == 1


def _is_broken_iban(written: str) -> bool:
    compact = _compact(written)
    return len(compact) >= _SHORTEST_BROKEN and compact[:2] in _lengths() and sum(c.isdigit() for c in compact) >= 8


def _is_unmistakable(written: str) -> bool:
    """Say whether a wrong French IBAN looks like nothing else: it begins with FR76, as nearly all do, or has the length."""
    compact = _compact(written)
    return compact.startswith("fr76") or (compact.startswith("fr") and len(compact) == _lengths()["fr"])


def _has_right_rib_key(written: str) -> bool:
    """Check a RIB: 97 less the weighted sum of bank, branch and account modulo 97, letters standing for digits."""
    values = "".join(letter if letter.isdigit() else "12345678912345678923456789"[ord(letter) - 97]
                     for letter in _compact(written))
    bank, branch, account, key = int(values[:5]), int(values[5:10]), int(values[10:21]), int(values[21:])
    return key == 97 - (89 * bank + 15 * branch + 3 * account) % 97
