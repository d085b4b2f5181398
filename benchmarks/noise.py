"""
Noisy copies of sentences: what the same person would have typed in a hurry, on a phone, or half asleep.

Tried as additional training sentences and not kept (docs/understanding.md): the training sentences already have those
voices. Used to measure how much is lost when messages get noisier than any sentence that was learnt.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from bot.nlu.text import fold, words

_BESIDE = {  # neighbours on the French keyboard
    "a": "zq", "z": "aes", "e": "zrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl", "p": "om",
    "q": "asw", "s": "qdz", "d": "sfe", "f": "dgr", "g": "fht", "h": "gjy", "j": "hku", "k": "jli", "l": "kmo", "m": "lp",
    "w": "xq", "x": "wcs", "c": "xvd", "v": "cbf", "b": "vng", "n": "bhj",
}
_SOUNDS = (("qu", "k"), ("eau", "o"), ("au", "o"), ("ph", "f"), ("ss", "s"), ("mm", "m"), ("nn", "n"), ("tt", "t"),
           ("er ", "é "), ("ez ", "é "), ("ais ", "é "), ("ent ", " "), ("es ", "e "), ("s ", " "), ("e ", " "))
SLIPS = 0.12  # share of the words of 4 letters or more that get a slip
SOUNDED = 0.35  # share of the sound spellings that apply to a sentence
DROPPED = 0.08  # share of the words that are missing


def noisy(text: str, rng: random.Random) -> str:
    """Give a noisy copy of *text*, with one or two kinds of noise."""
    for change in rng.sample(_CHANGES, rng.choice((1, 2))):
        text = change(text, rng)
    return text


def without_accents(text: str, _: random.Random) -> str:
    """Type without accents, capitals, punctuation or apostrophes, glued as on a phone."""
    return " ".join(words(fold(text).replace("'", "")))


def with_slips(text: str, rng: random.Random) -> str:
    """Swap, forget, double or miss letters."""
    return " ".join(_slip(word, rng) if len(word) >= 4 and rng.random() < SLIPS else word for word in text.split(" "))


def by_ear(text: str, rng: random.Random) -> str:
    """Write some sounds as they are heard."""
    padded = f"{text.lower()} "
    for spelling, sound in _SOUNDS:
        if rng.random() < SOUNDED:
            padded = padded.replace(spelling, sound)
    return padded.strip()


def with_gaps(text: str, rng: random.Random) -> str:
    """Leave words out, as in a telegram."""
    kept = [word for word in text.split(" ") if rng.random() >= DROPPED]
    return " ".join(kept) or text


_CHANGES: list[Callable[[str, random.Random], str]] = [without_accents, with_slips, by_ear, with_gaps]


def _slip(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(4):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2:]
        case 1:
            return word[:at] + word[at + 1:]
        case 2:
            return word[:at] + word[at] + word[at:]
        case _:
            return word[:at] + rng.choice(_BESIDE.get(word[at], word[at])) + word[at + 1:]
