"""
Words of the statement: finding those a member asks about, however they are typed, and saying what they mean. Pure.

The meanings are ``knowledge/glossary.yml``. Those marked *uncertain* vary from one statement to the next and are said so
(cautions D06). RC has two meanings and is always told with both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml
from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from bot.phrasing.phrasebook import KNOWLEDGE
from kernel.french import typography

MOST = 5
"""Never more than five at once: the rule of topic `decompte_sigles`."""

WORDS_THAT_ARE_ALSO_TERMS = frozenset(
    ["a", "c", "b", "d", "g", "v", "as", "de", "da", "ta", "tr", "tc", "to", "es", "ss", "me", "mt", "ma", "sa", "la", "le", "et", "ou", "un", "pas", "par", "pour", "sur", "ad", "am", "au", "ce", "se", "si", "ni", "an", "on", "en", "il", "tu", "ame", "amis", "dep", "dit", "mon", "ver", "lun", "opt", "to", "pod", "pec", "tra", "vs", "vl", "cv", "cp", "cs", "sf", "hp", "rl", "pj", "ap", "rac", "pass", "var", "age", "ans"])


@dataclass(frozen=True)
class Term:
    """One line of the glossary; *names* are the spellings under which it is printed."""

    term: str
    expansion: str
    sentence: str
    uncertain: bool
    names: tuple[str, ...]


def fold(text: str) -> str:
    """Lower-case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """Read the glossary, in its order."""
    rows = yaml.safe_load((KNOWLEDGE / "glossary.yml").read_text(encoding="utf-8"))
    return tuple(Term(row["term"], typography(row["expansion"]), typography(row["sentence"]),
                      bool(row.get("uncertain")), _names(row["term"])) for row in rows)


def _names(term: str) -> tuple[str, ...]:
    bare = re.sub(r"\((?:ou )?([^)]*)\)", r"/ \1", term)
    return tuple(fold(part.strip()) for part in re.split(r"[/,]", bare) if part.strip() and part.strip() != "acte")


@lru_cache(maxsize=1)
def _by_name() -> dict[str, list[Term]]:
    known: dict[str, list[Term]] = {}
    for term in glossary():
        for name in {*term.names, *_expansion_names(term)}:
            known.setdefault(name, []).append(term)
    return known


def _expansion_names(term: Term) -> list[str]:
    first = fold(re.split(r"[(/,:]| ou ", term.expansion)[0].strip())
    return [first] if len(first) > 6 else []


_TOKEN = re.compile(r"[a-zà-ÿ0-9%]+(?:[.\-][a-zà-ÿ0-9]+)*(?!['’\w])", re.IGNORECASE)


def find_terms(text: str, *, asked: bool = True) -> list[Term]:
    """
    Find the glossary's terms in *text*, in order, each once, at most MOST.

    Exact names first (whatever the case, dots and accents), then names of one letter's distance for words of five letters
    or more. Short names that are ordinary words (« de », « mon ») count only in capitals, or when *asked* and alone among
    short words (« c koi TM é BR »).
    """
    folded = fold(text)
    spans = list(_long_names(folded))
    found = [(start, term) for start, _, terms in spans for term in terms]
    for match in _TOKEN.finditer(text):
        inside = any(start <= match.start() < end for start, end, _ in spans)
        if not inside:
            found += [(match.start(), term) for term in _terms_of(match.group(), shouting=text.isupper(), asked=asked)]
    unique: dict[str, Term] = {}
    for _, term in sorted(found, key=lambda pair: pair[0]):
        unique.setdefault(term.term, term)
    return list(unique.values())[:MOST]


def _long_names(folded: str) -> Iterator[tuple[int, int, list[Term]]]:
    """Find names of several words, a slip of the finger or a missing plural forgiven."""
    for name, terms in _by_name().items():
        if " " not in name:
            continue
        score = 100 if len(name) < 10 else 90
        near = fuzz.partial_ratio_alignment(name, folded, score_cutoff=score)
        if near and near.dest_end - near.dest_start >= len(name) - 1 and _stands_alone(folded, near.dest_start, near.dest_end):
            yield near.dest_start, near.dest_end, terms


def _stands_alone(text: str, start: int, end: int) -> bool:
    return not (text[max(0, start - 1):start].isalnum() or text[end:end + 1].isalnum())


def _terms_of(word: str, *, shouting: bool, asked: bool) -> list[Term]:
    known = _by_name()
    name = fold(word.replace(".", ""))
    if name in known:
        in_capitals = word.isupper() and not shouting
        return known[name] if in_capitals or (asked and name not in WORDS_THAT_ARE_ALSO_TERMS) or name in {"rac", "pec"} else []
    if len(name) >= 5 and asked:
        close = {other for other in known if " " not in other and len(other) >= 5 and DamerauLevenshtein.distance(name, other) == 1}
        return known[close.pop()] if len(close) == 1 else []
    return []


def explain(terms: list[Term]) -> str:
    """Say what each of *terms* means, one paragraph each: the plain twin of the card."""
    return "\n\n".join(_line(term) for term in terms)


def _line(term: Term) -> str:
    doubt = " Ce sens varie selon les relevés." if term.uncertain and term.term != "RC" else ""
    return typography(f"**{term.term}** ({term.expansion}) : {term.sentence}{doubt}")


RC_CHECK = typography(
    "Pour savoir : si RO + RC + reste = total payé, alors RC est la part de votre mutuelle. Sinon, c'est ce qu'il vous reste à payer.")
"""The check by figures of caution D06."""


def card(terms: list[Term]) -> dict[str, object]:
    """Give the `acronyms` card (docs/entries.md) for *terms*."""
    text = explain(terms) + (f"\n\n{RC_CHECK}" if any(term.term == "RC" for term in terms) else "")
    return {"card": "acronyms", "text": text, "data": {
        "terms": [{"term": t.term, "expansion": t.expansion, "sentence": t.sentence, "uncertain": t.uncertain} for t in terms],
        "note": RC_CHECK if any(term.term == "RC" for term in terms) else None}}


def example_card() -> dict[str, object]:
    """
    Give the worked example of the source document as it is (fact F065: 50/30/21/9/20), with its note (caution D07).

    The figures are those of the document, not today's: the note says so, and what the flat contribution changes.
    """
    lines = [("Prix payé chez le dermatologue", "50,00 €"), ("BR, base de remboursement", "30,00 €"),
             ("RO, part de la Sécurité sociale (70 % de 30 €)", "21,00 €"), ("Part de la mutuelle (100 % de la BR)", "9,00 €"),
             ("Reste à votre charge (dépassement)", "20,00 €")]
    note = ("Exemple simplifié : en pratique, l'Assurance Maladie retient aussi 2 €. Elle verse alors 19 €, et il reste 22 € à votre charge.")
    text = "Un exemple, chez le dermatologue :\n\n" + "\n".join(f"- {label} : {amount}" for label, amount in lines) + f"\n\n{note}"
    return {"card": "example", "text": typography(text), "data": {
        "title": "Un exemple, chez le dermatologue",
        "lines": [{"label": typography(label), "amount": typography(amount)} for label, amount in lines], "note": typography(note)}}
