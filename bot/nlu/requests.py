"""
One message, several requests: where it should be cut, if at all, and what each part asks. Pure.

Every cut between two pieces is tried: both sides are classified, and the most convincing cut is kept. Whether it is one
is then weighed from a few signs (how sure each side is, whether it speaks of the other's topic, whether the whole message already leaned to both, words
such as « aussi », « sinon »): ``tables/several.yml``, learned by ``python -m bot.nlu.learn_requests``. Each side may be cut once more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import accumulate
from math import exp, log
from operator import add
from pathlib import Path
from typing import Any, Protocol

import yaml

from bot.nlu.classifier import Guess, Verdict
from bot.nlu.normaliser import Piece, Reading

ENTITY = "next_request"
SECOND_IN_SIGHT = 0.00001
TABLE = Path(__file__).parent / "tables" / "several.yml"
DEEPEST = 2  # a part of a message that was cut may be cut once more: four requests at most
NOTHING = Reading("", "")
STEERING = frozenset({"affirm", "deny", "cancel", "go_back", "resume", "repeat"})  # dialogue control, not topics
CONTEXT = STEERING | {"salutation", "remerciement_fin", "hors_perimetre", "insulte", "mecontentement"}
"""What stands beside a request without being another one."""

_LINK = re.compile(
    r"^(?:et |puis |mais |, )*(?:aussi|sinon|ensuite|enfin|par ailleurs|au passage|en plus|de plus|en outre|egalement|tant qu|pendant que|"
    r"d'?ailleurs|ps\b|p\.s|autre|deuxieme|secundo|dernier|deux|ah |idem|et puis|j'?en profite|je profite|apres|par la meme|plus |\+|&)|"
    r"\b(?:aussi|egalement|en outre|par la meme occasion|au passage|sinon|tant que j|par ailleurs|en meme temps|profit\w+)\b")
_AND = re.compile(r"^(?:et|puis|&|\+)\b")
_ASKS = re.compile(
    r"\?|\b(?:je (?:voudrais|voulais|veux|souhait\w+|cherche|dois|desire|me demande|peux|aimerais)|j'? ?aimerais|jveux|jvoudrais|est ?-? ?ce qu|"
    r"esk|comment|cmt|combien|pourquoi|pk|quand|quel\w*|ou (?:est|se|sont|trouver|en)|faut|y a t|pouvez|pourriez|besoin|vouloir|donn\w*|"
    r"dites|merci de|possible|changer|envoy\w+|demande|notez)\b")


@dataclass(frozen=True)
class Request:
    """What one part of a message asks: its *text*, the *topic* and the *confidence* in it."""

    text: str
    topic: str
    confidence: float


@dataclass(frozen=True)
class Cut:
    """A cut before piece number *at*: what stands on both sides, and how convincing both are together."""

    at: int
    left: Verdict
    right: Verdict
    score: float


@dataclass(frozen=True)
class Table:
    """The learned *weights* of the signs (by name, ``base`` included), and from which probability a message is cut."""

    weights: Mapping[str, float]
    cut_from: float

    @classmethod
    @lru_cache(maxsize=1)
    def read(cls) -> Table:
        """Read the table of the project."""
        stored = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
        return cls(stored["weights"], float(stored["cut_from"]))


class Judges(Protocol):
    """The classifier, as the separator needs it (bot.nlu.classifier.Classifier)."""

    def parts(self, pieces: Sequence[Reading]) -> list[Any]:
        """Read the pieces of a message once; what is given of a piece can be added to that of the piece beside it."""
        ...

    def verdicts(self, parts: Sequence[Any]) -> list[Verdict]:
        """Rank the topics for each of *parts*."""
        ...


class Separator:
    """Understands a message and finds its requests. Each piece is read once; a verdict is asked for any run of them."""

    def __init__(self, classifier: Judges, table: Table) -> None:
        """*table*: see `Table`."""
        self._classifier, self._table = classifier, table

    def separate(self, pieces: Sequence[Piece]) -> tuple[Verdict, list[Request]]:
        """Give the verdict on the whole of a message, and its requests in the order they are said; one when it is one."""
        parts = self._parts(pieces)
        whole = self._whole(parts)
        if len(pieces) < 2 or is_surely_one(whole):
            return whole, [_request(pieces, whole)]
        return whole, _without_repeats(self._requests(pieces, parts, whole, DEEPEST))

    def best_cut(self, pieces: Sequence[Piece]) -> tuple[Verdict, Cut | None]:
        """Give the verdict on the whole, and the most convincing cut if one is worth trying, made or not."""
        parts = self._parts(pieces)
        whole = self._whole(parts)
        return whole, None if len(pieces) < 2 or is_surely_one(whole) else self._best_cut(parts)

    def _parts(self, pieces: Sequence[Piece]) -> list[Any]:
        return self._classifier.parts([piece.reading for piece in pieces] or [NOTHING])

    def _whole(self, parts: Sequence[Any]) -> Verdict:
        return self._classifier.verdicts([reduce(add, parts)])[0]

    def _requests(self, pieces: Sequence[Piece], parts: Sequence[Any], whole: Verdict, depth: int) -> list[Request]:
        cut = self._best_cut(parts) if depth else None
        if cut is None or self._probability(signs(pieces, whole, cut)) < self._table.cut_from:
            return [_request(pieces, whole)]
        at = cut.at
        return [*self._requests(pieces[:at], parts[:at], cut.left, depth - 1), *self._requests(pieces[at:], parts[at:], cut.right, depth - 1)]

    def _best_cut(self, parts: Sequence[Any]) -> Cut | None:
        """Give the cut whose two sides are the most convincing requests of two topics, if there is any."""
        if len(parts) < 2:
            return None
        lefts, rights = list(accumulate(parts))[:-1], list(accumulate(reversed(parts), lambda right, left: left + right))[-2::-1]
        verdicts = self._classifier.verdicts([*lefts, *rights])
        cuts = [_cut(at, *sides) for at, sides in enumerate(zip(verdicts[:len(lefts)], verdicts[len(lefts):], strict=True), 1)]
        return max((cut for cut in cuts if cut), key=lambda cut: cut.score, default=None)

    def _probability(self, seen: Mapping[str, float]) -> float:
        weights = self._table.weights
        return 1 / (1 + exp(-weights["base"] - sum(weights[name] * value for name, value in seen.items())))


def is_surely_one(whole: Verdict) -> bool:
    """Whether no second topic is in sight: most messages, which then cost no more than one verdict."""
    return whole.ranking[1].confidence < SECOND_IN_SIGHT


def signs(pieces: Sequence[Piece], whole: Verdict, cut: Cut) -> dict[str, float]:
    """Give what is weighed for *cut*; logarithms of shares for what the classifier says, 0 or 1 for words."""
    left, right = (" ".join(piece.reading.folded for piece in side) for side in (pieces[:cut.at], pieces[cut.at:]))
    said = " ".join(piece.text for piece in pieces)
    sides = (cut.left, cut.right)
    topics = [side.ranking[0].topic for side in sides]
    crossed = sorted(_log(side.share_of(other)) for side, other in zip(sides, reversed(topics), strict=True))
    asking = [bool(_ASKS.search(part)) for part in (left, right)]
    lengths = [len(part.split()) for part in (left, right)]
    return {
        "first": _log(whole.ranking[0].confidence), "second": _log(whole.ranking[1].confidence), "third": _log(whole.ranking[2].confidence),
        "likeness": log(max(whole.likeness, 0.05)), "score": cut.score,
        "weaker": _log(min(side.ranking[0].confidence for side in sides)), "weaker_likeness": log(max(0.05, min(side.likeness for side in sides))),
        "weaker_in_whole": _log(min(map(whole.share_of, topics))),
        "crossed": crossed[1], "crossed_less": crossed[0], "doubt": _log(max(side.ranking[1].confidence for side in sides)),
        "first_is_a_side": float(whole.ranking[0].topic in topics),
        "link": float(bool(_LINK.search(right))), "and": float(bool(_AND.match(right))),
        "sentence": float(pieces[cut.at - 1].text[-1:] in {".", "!", "?", ";", "…"}),
        "both_ask": float(all(asking)), "questions": float(said.count("?") > 1),
        "shorter": log(max(1, min(lengths))), "length": log(max(1, sum(lengths))),
    }


def _cut(at: int, left: Verdict, right: Verdict) -> Cut | None:
    topics = {left.ranking[0].topic, right.ranking[0].topic}
    if len(topics) < 2 or topics & CONTEXT:
        return None
    return Cut(at, left, right, sum(_convincing(side) for side in (left, right)) / 2)


def _convincing(side: Verdict) -> float:
    return _log(side.ranking[0].confidence) + 0.5 * log(max(side.likeness, 0.05))


def _log(share: float) -> float:
    return log(share + 1e-9)  # the classifier is very sure of itself: what it says far under one in a thousand still tells


def _request(pieces: Sequence[Piece], verdict: Verdict) -> Request:
    best: Guess = verdict.ranking[0]
    return Request(" ".join(piece.text for piece in pieces), best.topic, best.confidence)


def _without_repeats(requests: Sequence[Request]) -> list[Request]:
    """Keep the first request of each topic."""
    return list({request.topic: request for request in reversed(requests)}.values())[::-1]
