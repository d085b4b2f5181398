"""
Social-security numbers and payment cards among the digits of a text. Pure.

Check digits decide where they exist, so that amounts, dates, references and telephone lists stay as they are; a
wrong key is forgiven when the layout or the words around say what the number is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

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
_CARD_WORDS = re.compile(
    r"\bcarte (?!de tiers|vitale|mutuelle|d'adherent|adherent|de mutuelle|tp)|\bcb\b|\bvisa\b|\bmaster ?card|\bamex|american express|\bpaiement|\bpayer\b")
_ALONE = re.compile(r"\W*[\d .\-/_\n]+\W*")
_SIRET_WORDS = re.compile(r"\bsiret|\bsiren")
_LAYOUTS = ((1, 2, 2, 2, 3, 3), (1, 2, 2, 2, 3, 3, 2), (13,), (15,), (13, 2))
_CARD_LAYOUT = re.compile(r"^(?:4 ){3}[1-4] (?:[1-4] )?$|^4 6 [45] $")

# A number told in words, as dictation writes it: nothing else takes so many numbers in a row.
_UNIT = r"(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TEEN = r"(?:dix[ -](?:sept|huit|neuf)|onze|douze|treize|quatorze|quinze|seize|dix)"
_SPOKEN_NUMBER = (
    rf"(?:(?:quatre[ -]vingts?|vingt|trente|quarante|cinquante|soixante)(?:[ -]et)?(?:[ -](?:{_TEEN}|{_UNIT}))?|{_TEEN}|cents?|zero|{_UNIT}|cle)")
_SPOKEN = re.compile(rf"(?<!\w)(?<!zero[ ,-]){_UNIT}[ ,-]{{1,3}}(?:{_SPOKEN_NUMBER}[ ,-]{{1,3}}){{6,24}}{_SPOKEN_NUMBER}(?!\w)")

# Issuers and the lengths they use (ISO/IEC 7812): Visa, Mastercard, American Express, Diners, JCB, Discover, UnionPay,
# Maestro, Mir. A Luhn sum alone is right one time in ten.
_CARD = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|09|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12,15}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|62\d{14,17}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}|220[0-4]\d{12,15}")

MOST_DIGITS, FEWEST_DIGITS = 19, 13


@dataclass(frozen=True)
class _Run:
    """
    Digits and separators in a row. *groups*: their places in *text*; *offsets*: where each begins in *digits*;
    *said*: the words before announce a social-security number.
    """

    text: str
    groups: tuple[tuple[int, int], ...]
    digits: str
    offsets: tuple[int, ...]
    said: bool


class _Window:
    """The consecutive groups *first* to *last* of a run. Made for every place of a run, so it works out little."""

    __slots__ = ("digits", "first", "last", "run")

    def __init__(self, run: _Run, first: int, last: int) -> None:
        self.run, self.first, self.last = run, first, last
        self.digits = run.digits[run.offsets[first]:run.offsets[last + 1]]

    @property
    def start(self) -> int:
        """Offset of the first digit in the text."""
        return self.run.groups[self.first][0]

    @property
    def end(self) -> int:
        """Offset after the last digit."""
        return self.run.groups[self.last][1]

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many digits each group has."""
        return tuple(end - start for start, end in self.run.groups[self.first:self.last + 1])

    @property
    def ends_run(self) -> bool:
        """Whether no digit follows in the run."""
        return self.last + 1 == len(self.run.groups)

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole run."""
        return self.first == 0 and self.ends_run


def numbers(text: str) -> Iterator[Found]:
    """Find the social-security and card numbers of a plain *text*."""
    for spoken in _SPOKEN.finditer(text):
        yield Found("nir", spoken.start(), spoken.end())
    for corsican in _CORSICAN.finditer(text):
        if _is_corsican(corsican.group(), text, corsican.start()):
            yield Found("nir", corsican.start(), corsican.end())
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= FEWEST_DIGITS:
            yield from _in_run(_run(text, run.start(), run.end()))


def _run(text: str, start: int, end: int) -> _Run:
    groups = tuple(group.span() for group in _GROUP.finditer(text, start, end))
    offsets = tuple(accumulate((end - start for start, end in groups), initial=0))
    return _Run(text, groups, "".join(text[a:b] for a, b in groups), offsets, said_to_be_nir(text, start))


def _in_run(run: _Run) -> Iterator[Found]:
    """Read a run from left to right, the longest number first; what was found is not read again."""
    first = 0
    while first < len(run.groups):
        found = next((one for one in map(_identified, _windows(run, first)) if one), None)
        if found:
            yield found
            first = bisect_left(run.groups, (found.end, 0))
        else:
            first += 1


def _windows(run: _Run, first: int) -> Iterator[_Window]:
    """Give the windows of 13 to 19 digits that begin with group *first*, longest first."""
    begin = run.offsets[first]
    last = bisect_right(run.offsets, begin + MOST_DIGITS) - 1
    while last > first and run.offsets[last] - begin >= FEWEST_DIGITS:
        yield _Window(run, first, last - 1)
        last -= 1


def _identified(window: _Window) -> Found | None:
    if _is_nir(window):
        return Found("nir", window.start, _with_key(window, window.run.text))
    return Found("card", window.start, window.end) if _is_card(window) else None


def _with_key(window: _Window, text: str) -> int:
    """Give the end of a social-security number, its key included when it is announced: « … 084 clé 36 »."""
    key = _KEY_WORD.match(text, window.end) if len(window.digits) == 13 else None
    return key.end() if key else window.end


def _is_nir(window: _Window) -> bool:
    digits = window.digits
    if len(digits) not in (13, 14, 15) or digits[0] not in "12345678":
        return False
    if window.run.said:
        return window.ends_run or window.lengths in _LAYOUTS or has_right_key(digits)
    if len(digits) == 14 or digits[0] in "56" or not _is_plausible(digits):
        return False
    if len(digits) == 15 and has_right_key(digits):
        return window.lengths in _LAYOUTS or _has_real_month(digits)
    return _looks_like_nir(window)


def _looks_like_nir(window: _Window) -> bool:
    """Say whether, with no right key, the layout is that of a social-security number."""
    printed = window.lengths in (_LAYOUTS[0], _LAYOUTS[1])
    if len(window.digits) == 15:
        is_all = window.is_whole and _ALONE.fullmatch(window.run.text) is not None and window.digits[0] in "12"
        return (printed or is_all) and window.ends_run and 1 <= int(window.digits[13:]) <= 97
    if printed or window.lengths == (13, 2):
        return True
    alone = window.is_whole or window.lengths == (13,)
    dated = any(length == 4 for length in window.lengths)
    return alone and not dated and _has_real_month(window.digits) and window.digits[0] in "12" and \
        not _is_glued(window) and last_of(_OTHER_WORDS, window.run.text, window.start, 30) < 0


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


def _is_card(window: _Window) -> bool:
    if not _CARD.fullmatch(window.digits) or not (luhn.is_valid(window.digits) or _is_said_to_be_card(window)):
        return False
    if last_of(_SIRET_WORDS, window.run.text, window.start, 30) >= 0 or window.lengths == (3, 3, 3, 5):
        return False
    grouped = _CARD_LAYOUT.match("".join(f"{length} " for length in window.lengths)) or len(window.lengths) == 1
    if not (grouped or window.is_whole):
        return False
    return not _is_glued(window) or last_of(_CARD_WORDS, window.run.text, window.start, 30) >= 0


def _is_said_to_be_card(window: _Window) -> bool:
    """Say whether the words around announce a card: a digit mistyped does not make it less of one."""
    return last_of(_CARD_WORDS, window.run.text, window.start, 60) > last_of(_OTHER_WORDS, window.run.text, window.start, 60)


def _is_glued(window: _Window) -> bool:
    """Say whether a letter touches the number: « AB4970… » is a reference."""
    text = window.run.text
    before, after = text[window.start - 1:window.start], text[window.end:window.end + 1]
    return before.isalnum() or after.isalnum()
