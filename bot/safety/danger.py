"""
Is somebody in danger? Weighs the signs found in a message against what it says of papers and of the past. Pure.

A missed danger is worse than a needless answer: only an idiom, a past told with its papers, or a general question
keeps a strong sign from answering, and the last two still give a reminder. Where no sign is found, the words may lean
far enough to answer, or at least for a reminder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from bot.safety.leaning import leanings
from bot.safety.signs import RuleBook, Sign, rule_book
from bot.safety.vocabulary import one_line

ENOUGH, ENOUGH_BESIDE_PAPERS = 2, 3
INSURANCE = frozenset({"papers", "insurance"})
SET_ASIDE = "—"  # stands where an idiom was
DANGERS = ("urgence_medicale", "violences_danger", "detresse")  # a life first, when two weigh the same

# How far words alone must lean to be answered, or reminded of; and how far beside words of insurance.
LEANS, LEANS_A_LITTLE = 0.5, -0.5
# The classifier's share (0 to 1) from which it is believed alone, from which it confirms words that lean, and under which it
# makes a reminder of what a sign says outright. Chosen on the examples held out in turn: docs/understanding.md.
SEEN_BY_THE_CLASSIFIER_ALONE, SEEN_BY_THE_CLASSIFIER_TOO, DOUBTED_BY_THE_CLASSIFIER = 0.35, 0.25, 0.018
LEANS_BESIDE_INSURANCE, LEANS_A_LITTLE_BESIDE_INSURANCE = 3.0, 1.5


@dataclass(frozen=True)
class Danger:
    """
    A danger. *topic*: urgence_medicale, detresse or violences_danger; *variant*: general, poisoning, child, threat;
    *is_reminder*: over, general or uncertain, one line is said before the normal answer; *also*: other topics present;
    *is_leaning*: no sign says it outright, the words only lean that way (`joined` asks the classifier).
    """

    topic: str
    variant: str = "general"
    is_reminder: bool = False
    also: tuple[str, ...] = ()
    is_leaning: bool = False

    @property
    def is_outright(self) -> bool:
        """Whether a sign says that it is now."""
        return not self.is_reminder and not self.is_leaning


@dataclass(frozen=True)
class Suspicion:
    """What the classifier suspects: how likely it is (*share*, 0 to 1) that somebody is in danger, and the likeliest danger, *topic*."""

    topic: str
    share: float


def look(text: str) -> Danger | None:
    """Give the danger *text* tells of, or None."""
    sentences = rule_book().vocabulary.clauses(text)
    lines = [one_line(clauses) for clauses in sentences]
    book = rule_book().possible({SET_ASIDE, *_words(lines)})
    cleared = [_without_innocent(line, book) for line in lines]
    said = _said(lines, book)
    found = [sign for sign in book.signs if not sign.is_apart and any(sign.is_in(line) for line in cleared)]
    signs = _weighty([*found, *_apart(sentences, cleared, said, book)], said)
    present = [sign for sign in signs if not _is_over(sign, said)]
    if present:
        return _danger(present, is_reminder=False)
    leaning = _leaning(cleared, said)
    if leaning and not (signs and leaning.is_reminder):
        return leaning
    return _danger(signs, is_reminder=True) if signs else None


def joined(danger: Danger | None, suspicion: Suspicion | None) -> Danger | None:
    """
    Join what the words say with what the classifier suspects (None: it is silent, the words alone decide).

    Words that only lean need it to suspect something too. A danger that only it sees, or that the words think over, is
    answered when it is sure enough. What a sign says outright is never dropped: a reminder is left of it at least.
    """
    if suspicion is None:
        return danger
    if danger is not None and danger.is_outright:
        return danger if suspicion.share >= DOUBTED_BY_THE_CLASSIFIER else replace(danger, is_reminder=True)
    if suspicion.share >= SEEN_BY_THE_CLASSIFIER_ALONE and (danger is None or danger.is_reminder):
        return _raised(danger, suspicion.topic)
    if danger is not None and danger.is_leaning and suspicion.share < SEEN_BY_THE_CLASSIFIER_TOO:
        return None
    return danger


def _raised(reminder: Danger | None, topic: str) -> Danger:
    """Give the whole answer about *topic*, with what the signs of a *reminder* told besides."""
    if reminder is None or reminder.is_leaning:
        return Danger(topic)
    others = tuple(other for other in (reminder.topic, *reminder.also) if other != topic)
    return Danger(topic, reminder.variant if reminder.topic == topic else "general", also=others)


def words_said(text: str) -> list[str]:
    """Give the words of *text* as they are weighed: corrected, without idioms."""
    book = rule_book()
    return _words(_without_innocent(line, book) for line in book.vocabulary.lines(text))


def _words(cleared: Iterable[str]) -> list[str]:
    return [word for line in cleared for word in line.split() if word != SET_ASIDE]


def _without_innocent(line: str, book: RuleBook) -> str:
    for idiom in book.innocent:
        line = idiom.pattern.sub(SET_ASIDE + " ", line)
    return line


def _said(lines: Iterable[str], book: RuleBook) -> frozenset[str]:
    """Give the contexts the message speaks of: papers, insurance, past…"""
    return frozenset(name for name, wordings in book.contexts.items()
                     if any(wording.pattern.search(line) for wording in wordings for line in lines))


def _apart(sentences: Iterable[Sequence[str]], cleared: Sequence[str], said: AbstractSet[str], book: RuleBook) -> list[Sign]:
    """Give the broad signs: of the whole message, or of its clauses that say nothing of insurance, and then only strong ones."""
    broad = [sign for sign in book.signs if sign.is_apart]
    if not said & INSURANCE:
        return [sign for sign in broad if any(sign.is_in(line) for line in cleared)]
    beside = [_without_innocent(line, book) for line in _beside(sentences, book)]
    found = [sign for sign in broad if any(sign.is_in(line) for line in beside)]
    return [sign for sign in found if sum(one.weight for one in found if one.topic == sign.topic) >= ENOUGH_BESIDE_PAPERS]


def _beside(sentences: Iterable[Sequence[str]], book: RuleBook) -> list[str]:
    """Give what each sentence says in its clauses that are not of insurance."""
    kept = ([clause for clause in clauses if not _said([clause], book) & INSURANCE] for clauses in sentences)
    return [one_line(clauses) for clauses in kept if clauses]


def _weighty(found: Iterable[Sign], said: AbstractSet[str]) -> list[Sign]:
    """Keep the signs of the topics that weigh enough; papers raise what is enough, unless it happens now."""
    found, weights = list(found), dict.fromkeys(DANGERS, 0)
    enough = ENOUGH_BESIDE_PAPERS if "papers" in said and "now" not in said else ENOUGH
    for sign in found:
        weights[sign.topic] += sign.weight
    return [sign for sign in found if weights[sign.topic] >= enough]


def _is_over(sign: Sign, said: AbstractSet[str]) -> bool:
    if ("now" in said and "well" not in said) or sign.variant == "threat":
        return False
    if sign.topic != "urgence_medicale":
        return "papers" in said and bool(said & {"long_ago", "general"} or ("once" in said and "still" not in said))
    if sign.is_event:
        return bool(said & {"past", "papers", "general"})
    return "papers" in said and bool(said & ({"past", "general"} if sign.variant == "poisoning" else {"past", "care", "general"}))


def _leaning(lines: Iterable[str], said: AbstractSet[str]) -> Danger | None:
    """Give the danger the words lean to, as a reminder when they lean a little, or when it may be over."""
    leans = leanings(_words(lines))
    if not leans:
        return None
    topic = max(leans, key=lambda one: leans[one])
    beside = bool(said & {"papers", "insurance"})
    if leans[topic] < (LEANS_A_LITTLE_BESIDE_INSURANCE if beside else LEANS_A_LITTLE):
        return None
    may_be_over = "papers" in said and bool(said & {"past", "care", "general"}) and "now" not in said
    return Danger(topic, is_reminder=may_be_over or leans[topic] < (LEANS_BESIDE_INSURANCE if beside else LEANS), is_leaning=True)


def _danger(signs: list[Sign], *, is_reminder: bool) -> Danger:
    weights = {topic: sum(sign.weight for sign in signs if sign.topic == topic) for topic in DANGERS}
    topic = max(DANGERS, key=lambda one: weights[one])
    variants = [sign.variant for sign in signs if sign.topic == topic and sign.weight > 1 and sign.variant != "general"]
    others = tuple(other for other in DANGERS if other != topic and weights[other] >= ENOUGH)
    return Danger(topic, variants[0] if variants else "general", is_reminder, others)
