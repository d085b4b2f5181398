"""How a French word is written without accents, and how it sounds, whoever spells it. Pure."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‘": "'", "ç": "c"})
_NOT_IN_WORDS = re.compile(r"[^a-z0-9]+")
_REPEATED = re.compile(r"([a-z])\1{2,}")

# In order: a spelling becomes the letter of its sound. Capitals and digits are sounds with no single letter in French.
_SOUNDS = tuple((re.compile(spelling), sound) for spelling, sound in (
    (r"ph", "f"), (r"sch|sh|ch", "X"), (r"sthm", "sm"), (r"th", "t"),
    (r"(?<=[aeou])ill?(?=[aeou]|e?s?$)", "y"),
    (r"oeu|eu", "E"), (r"eau|au", "o"), (r"ou", "U"), (r"oin", "w1"), (r"oi|oy", "w"),
    (r"ai(?!n)|ei(?!n)|ay|ey", "e"),
    (r"(?:ain|ein|in|im|yn|ym|un)(?![aeiouyEUnm])", "1"),
    (r"(?:an|am|en|em)(?![aeiouyEUnm])", "2"), (r"(?:on|om)(?![aeiouyEUnm])", "3"),
    (r"qu|q|ck|k|c(?![eiyEX])", "k"), (r"c(?=[eiyE])", "s"),
    (r"gu(?=[eiyE])", "g"), (r"gn", "N"), (r"g(?=[eiyE])", "j"),
    (r"(?<=[aeiouyEUw123])s(?=[aeiouyEUw123])", "z"),
    (r"h", ""), (r"y", "i"), (r"x", "ks"),
))
_DOUBLED = re.compile(r"(.)\1+")
# Endings no ear tells apart: frappe, frappé, frapper, frappez, frappait, frappaient.
_ENDING = re.compile(r"(?<=..)(?:aient|ent|ait|ais|ees|ee|er|ez|es|e)$")
_MUTE = re.compile(r"(?<=.)[stdxpz]+$")


def fold(text: str) -> str:
    """Lower-case without accents or ligatures."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """Cut *text* in folded words: letters and digits only; « l'arme » is two words, « nooon » is « noon »."""
    return [_REPEATED.sub(r"\1\1", word) for word in _NOT_IN_WORDS.split(fold(text)) if word]


def sound(word: str) -> str:
    """Give the sound of a folded *word*; « poatrine » and « poitrine » differ, « fé » and « fait » do not."""
    spoken = _MUTE.sub("", _ENDING.sub("", word)) if len(word) > 3 else _MUTE.sub("", word)
    for spelling, letter in _SOUNDS:
        spoken = spelling.sub(letter, spoken)
    return _DOUBLED.sub(r"\1", spoken)
