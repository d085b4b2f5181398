"""
Social-security numbers and payment cards among the digits of a text. Pure.

Check digits decide where they exist, so that amounts, dates, references and telephone lists stay as they are; a
wrong key is forgiven when the layout or the words around say what the number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stdnum import luhn

from journal.masking_text import Found, last_of

_BETWEEN = r"[ .\-/_\n]{0,3}"
_RUN = re.compile(rf"\d(?:{_BETWEEN}\d)+")
_GROUP = re.compile(r"\d+")
_KEY_WORD = re.compile(r" {0,2}[,(]? {0,2}cle ?:? {0,2}(\d\d)(?!\d)")
_CORSICAN = re.compile(
    rf"(?<!\d)([1-478])(?:{_BETWEEN}\d){{4}}{_BETWEEN}2{_BETWEEN}[ab](?:{_BETWEEN}\d){{6}}(?:{_BETWEEN}\d{_BETWEEN}\d(?!\d))?(?!\d)")
_NIR_WORDS = re.compile(
    r"\bsecu|securite sociale|secu sociale|\bnir\b|\binsee\b|\bimmatric|\bnss\b|\bn ?° ?ss\b|\bvitale\b|num\w* social|assure social|\bss\b")
_OTHER_WORDS = re.compile(
    r"\bdossier|\bref\b|\breference|\bfacture|\bcontrat|\bdevis|\bsinistre|\bclient|\badherent|\bcommande|\bcolis|\bsuivi|\bsiret|\bsiren|\bfiness|\brpps|\badeli"
    r"|\bdecompte|\bsocietaire|\bbordereau|\brecommande|\bn° de pli")
_CARD_WORDS = re.compile(r"\bcarte|\bcb\b|\bvisa\b|\bmastercard|\bamex|american express|\bpaiement")
_SIRET_WORDS = re.compile(r"\bsiret|\bsiren")
_LAYOUTS = ((1, 2, 2, 2, 3, 3), (1, 2, 2, 2, 3, 3, 2), (13,), (15,), (13, 2))
_CARD_LAYOUT = re.compile(r"^(?:4 ){3}[1-4] (?:[1-4] )?$|^4 6 [45] $")

# Issuers and the lengths they use (ISO/IEC 7812): Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay,
# Maestro, Mir. A Luhn sum alone is right one time in ten.
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|09|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12,15}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}|220[0-4]\d{12,15}")

MOST_DIGITS = 19


@dataclass(frozen=True)
class _Window:
    """Some consecutive groups of a run of digits."""

    digits: str
    lengths: tuple[int, ...]
    start: int
    end: int
    is_whole: bool
    ends_run: bool


def numbers(text: str) -> Iterator[Found]:
    """Find the social-security and card numbers of a plain *text*, in order of kind."""
    for corsican in _CORSICAN.finditer(text):
        if _is_corsican(corsican.group(), text, corsican.start()):
            yield Found("nir", corsican.start(), corsican.end())
    for run in _RUN.finditer(text):
        if run.end() - run.start() > 12:
            yield from _in_run(text, [match.span() for match in _GROUP.finditer(text, run.start(), run.end())])


def _in_run(text: str, groups: Sequence[tuple[int, int]]) -> Iterator[Found]:
    first = 0
    while first < len(groups):
        found, after = _longest_from(text, groups, first)
        if found:
            yield found
        first = after


def _longest_from(text: str, groups: Sequence[tuple[int, int]], first: int) -> tuple[Found | None, int]:
    """Look at the windows that begin with group *first*, longest first; give what was found and where to go on."""
    for window, after in reversed(list(_windows(text, groups, first))):
        if kind := _kind(window, text):
            return Found(kind, window.start, _with_key(window, text) if kind == "nir" else window.end), after
    return None, first + 1


def _windows(text: str, groups: Sequence[tuple[int, int]], first: int) -> Iterator[tuple[_Window, int]]:
    total, lengths = 0, []
    for last in range(first, len(groups)):
        start, end = groups[last]
        lengths.append(end - start)
        total += end - start
        if total > MOST_DIGITS:
            return
        if total >= 13:
            digits = "".join(text[a:b] for a, b in groups[first:last + 1])
            ends = last + 1 == len(groups)
            yield _Window(digits, tuple(lengths), groups[first][0], end, ends and first == 0, ends), last + 1


def _kind(window: _Window, text: str) -> str | None:
    if _is_nir(window, text):
        return "nir"
    return "card" if _is_card(window, text) else None


def _with_key(window: _Window, text: str) -> int:
    """Give the end of a social-security number, its key included when it is announced: « … 084 clé 36 »."""
    key = _KEY_WORD.match(text, window.end) if len(window.digits) == 13 else None
    return key.end() if key else window.end


def _is_nir(window: _Window, text: str) -> bool:
    digits = window.digits
    if len(digits) not in (13, 14, 15) or digits[0] not in "12345678":
        return False
    if said_to_be_nir(text, window.start):
        return window.ends_run or window.lengths in _LAYOUTS or has_right_key(digits)
    if len(digits) == 14 or digits[0] in "56" or not _is_plausible(digits):
        return False
    if len(digits) == 15 and has_right_key(digits):
        return window.lengths in _LAYOUTS or _has_real_month(digits)
    return _looks_like_nir(window, text)


def _looks_like_nir(window: _Window, text: str) -> bool:
    """Say whether, with no right key, the layout is that of a social-security number."""
    printed = window.lengths in (_LAYOUTS[0], _LAYOUTS[1])
    if len(window.digits) == 15:
        return printed and window.ends_run and 1 <= int(window.digits[13:]) <= 97
    if printed or window.lengths == (13, 2):
        return True
    alone = window.is_whole or window.lengths == (13,)
    dated = any(length == 4 for length in window.lengths)
    return alone and not dated and _has_real_month(window.digits) and window.digits[0] in "12" and \
        not _is_glued(window, text) and last_of(_OTHER_WORDS, text, window.start, 30) < 0


def said_to_be_nir(text: str, start: int) -> bool:
    """Say whether the words before *start* announce a social-security number, and nothing else since."""
    said = last_of(_NIR_WORDS, text, start)
    return said >= 0 and last_of(_OTHER_WORDS, text, start) <= said


def _is_plausible(digits: str) -> bool:
    """Say whether month, department and order could be (INSEE: months 20 to 42 and 50 to 99 replace an unknown one)."""
    month = int(digits[3:5])
    return (1 <= month <= 12 or 20 <= month <= 42 or month >= 50) and digits[5:7] != "00" and digits[10:13] != "000"


def _has_real_month(digits: str) -> bool:
    return 1 <= int(digits[3:5]) <= 12


def has_right_key(digits: str) -> bool:
    """Check the key of 15 *digits*: 97 less the remainder by 97 of the first thirteen."""
    return len(digits) == 15 and int(digits[13:]) == 97 - int(digits[:13]) % 97


def _is_corsican(written: str, text: str, start: int) -> bool:
    compact = re.sub(r"[^\dab]", "", written)
    digits = compact[:5] + {"2a": "19", "2b": "18"}[compact[5:7]] + compact[7:]
    return _is_plausible(digits) and (len(digits) == 13 or has_right_key(digits) or said_to_be_nir(text, start)
                                      or re.search(r"\D", written[:5]) is not None)


def _is_card(window: _Window, text: str) -> bool:
    if not _CARD.fullmatch(window.digits) or not luhn.is_valid(window.digits):
        return False
    if last_of(_SIRET_WORDS, text, window.start, 30) >= 0 or window.lengths == (3, 3, 3, 5):
        return False
    grouped = _CARD_LAYOUT.match("".join(f"{length} " for length in window.lengths)) or len(window.lengths) == 1
    if not (grouped or window.is_whole):
        return False
    return not _is_glued(window, text) or last_of(_CARD_WORDS, text, window.start, 30) >= 0


def _is_glued(window: _Window, text: str) -> bool:
    """Say whether a letter touches the number: « AB4970… » is a reference."""
    before, after = text[window.start - 1:window.start], text[window.end:window.end + 1]
    return before.isalnum() or after.isalnum()
