"""
Cuts a message where another request may begin: after a sentence, before « et », « sinon », « je voudrais »… Pure.

Cutting says nothing of how many requests there are (``requests.py`` does): one request told in four sentences has four
pieces. Voice dictation has no punctuation, hence the words that open a request.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bot.nlu.text import fold, plain

MOST = 8  # pieces of a message: what follows the seventh cut stays together
SHORTEST = 2  # words of a piece that stands by itself
_LINKS = (
    r"et|ou bien|aussi|sinon|puis|ensuite|enfin|apres|par ailleurs|au passage|en plus|de plus|en outre|egalement|tant que|tant qu|"
    r"pendant que|d'ailleurs|dailleurs|ps|p\.s\.|autre chose|autre question|autre demande|autre point|deuxieme|deuxiemement|"
    r"secundo|derniere chose|derniere question|deux choses|ah|idem|plus|en meme temps|profite|j'en profite|jen profite"
)
_OPENINGS = (
    r"je (?:voudrais|voulais|veux|souhaite|souhaiterais|cherche|dois|desire|me demande|demande|peux|n'arrive|n'ai|ne)|"
    r"j'(?:aimerais|ai|aurais|attends|arrive)|jaimerais|jveux|jvoudrais|jvoulais|jai|"
    r"est[- ]ce qu|esk|comment|combien|pourquoi|pk|quand|quel|quelle|quels|quelles|ou (?:est|se|sont|trouver|en)|"
    r"il (?:me )?faut|faut[- ]il|y a|ya|pouvez[- ]vous|pourriez[- ]vous|vous (?:pouvez|pourriez|avez|etes)|"
    r"besoin|vouloir|donner|donnez|dites|dire|notez|envoyez|expliquez|merci de|changer|envoyer|possible"
)
_STRONG = re.compile(r"(?<=[.!?;…])\s+|\n+|\s+[-–—/]\s+|(?<=:)\s+|\s+(?=\d ?[).°/-] ?[a-z])|\s+(?=[+&] ?[a-z])")
_LINK = re.compile(rf"\s+(?=(?:{_LINKS})\b)")
_WEAK = re.compile(rf"(?<=,)\s*|\s+(?=(?:{_OPENINGS})\b)")


def pieces(text: str) -> list[str]:
    """Give the pieces of *text*, in order, nothing lost but spaces; one piece when there is nowhere to cut."""
    shaped = plain(text).strip()
    folded = _same_length(shaped)
    cut = _cut(shaped, folded, (_STRONG, _LINK, _WEAK))
    return _gathered(cut if len(cut) <= MOST else _cut(shaped, folded, (_STRONG, _LINK)))


def _cut(shaped: str, folded: str, patterns: Iterable[re.Pattern[str]]) -> list[str]:
    cuts = sorted({found.end() for pattern in patterns for found in pattern.finditer(folded)} - {0, len(shaped)})
    parts = (shaped[start:end].strip() for start, end in pairwise([0, *cuts, len(shaped)]))
    return [part for part in parts if part]


def _gathered(cut: list[str]) -> list[str]:
    """Join pieces too short to mean anything to what follows, and all that comes after the last one allowed."""
    joined: list[str] = []
    waiting = ""
    for piece in cut:
        waiting = f"{waiting} {piece}".strip()
        if len(waiting.split()) >= SHORTEST and len(waiting) > 8 and len(joined) < MOST - 1:
            joined.append(waiting)
            waiting = ""
    if waiting and joined and len(joined) < MOST - 1:
        joined[-1] += f" {waiting}"
    elif waiting:
        joined.append(waiting)
    return joined


def _same_length(text: str) -> str:
    """Fold *text* letter by letter, so that places in it stay places in the text."""
    return "".join(folded if len(folded := fold(letter)) == 1 else letter for letter in text)
