"""
French as it is typed on a phone: ``python -m benchmarks.phone_spelling IN.tsv OUT.tsv`` (column ``text``, tab-separated).

The rules come from how sounds are written in text messages, not from the normaliser's table (``bot/nlu/tables/spelling.yml``),
so that what is measured is not what was learnt by heart. Seeded: the same file in gives the same file out.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from pathlib import Path

from bot.nlu.text import fold

SEED = 20261123
APPLIED = 0.6  # share of the places where a rule applies that it changes
_WHOLE = {
    "pour": "pr", "dans": "ds", "avec": "avc", "quand": "kan", "quel": "kel", "quelle": "kel", "quels": "kel", "quelles": "kel", "que": "ke",
    "qui": "ki", "quoi": "koi", "est": "é", "c'est": "cé", "j'ai": "g", "je": "j", "tu": "t", "vous": "vs", "nous": "ns", "tout": "tt",
    "tous": "ts", "toujours": "tjr", "beaucoup": "bcp", "demain": "2m1", "rendez-vous": "rdv", "message": "msg", "messages": "msgs",
    "maintenant": "mnt", "aujourd'hui": "ojd", "s'il": "sil", "plait": "plé", "semaine": "semN", "week-end": "we", "temps": "tps",
    "combien": "cmb", "comment": "cmt", "pas": "pa", "plus": "+", "moins": "-", "les": "lé", "des": "dé", "mes": "mé", "ces": "cé",
    "et": "é", "a": "a", "de": "d", "mon": "mn", "ma": "ma", "par": "pr", "sur": "sr", "pourquoi": "pkoi", "quelqu'un": "kelk1", "bien": "bi1",
}
_SOUNDS = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"qu", "k"), (r"eau", "o"), (r"au", "o"), (r"oi(?=s?\b)", "oi"), (r"(?:er|ez|és|ée|ées|ait|ais|ai)\b", "é"), (r"ent\b", "e"),
    (r"([bcdfglmnprst])\1", r"\1"), (r"(?<=[a-z]{3})[st]\b", ""), (r"(?<=[a-z]{3})e\b", ""), (r"ph", "f"), (r"\bh", ""), (r"c(?=[ei])", "s"),
    (r"ai", "é"), (r"ss", "s"), (r"x\b", ""),
))


def phone(text: str, rng: random.Random) -> str:
    """Give *text* as typed on a phone: short forms, sounds, no accents, no capitals, little punctuation."""
    words = re.sub(r"[,.;:!?«»\"]", " ", text.lower().replace("’", "'")).split()
    return " ".join(_word(word, rng) for word in words)


def _word(word: str, rng: random.Random) -> str:
    if word in _WHOLE and rng.random() < APPLIED:
        return _WHOLE[word]
    for pattern, sound in _SOUNDS:
        if rng.random() < APPLIED / 2:
            word = pattern.sub(sound, word)
    return fold(word).replace("'", "" if rng.random() < APPLIED else "'") or word


def main() -> None:
    """Rewrite the texts of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    asked = parser.parse_args()
    rng = random.Random(SEED)
    with asked.source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    lines = ["intent\ttext", *(f"{row['intent']}\t{phone(row['text'], rng)}" for row in rows)]
    asked.target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
