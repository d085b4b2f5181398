"""The forms in which members write days, each beside its reading. Patterns are of folded text; the words, of a table."""

from __future__ import annotations

import re

from bot.nlu.entities import day_readings as means
from bot.nlu.entities.calendar_words import DAY_WORD, MONTH_AFTER_DAY, MONTH_AFTER_WORD, MONTH_ALONE, WEEKDAY, any_of
from bot.nlu.entities.numbers import COUNT, SPELT

_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SIDED = r"(?: (?P<side>derni(?:ere|er|e)|passee?|ecoulee?|prochaine?|prochin|qui vient|a venir)\b)"
_MAYBE = rf"(?: {_YEAR})?{_SIDED}?"
_PART = r"(?P<part>debut|mi|fin|courant)(?: du mois)?(?: du| de| d')?(?: l'| la)?[ -]?"
_NAMED_DAY = rf"\b(?P<day>1er|premier|\d\d?|{SPELT})"
_UNIT = r"(?P<unit>jours?|jrs?|j|semaines?|sem|mois|ans?|annees?)\b"
_ABOUT = r"(?:(?:environ|a peu pres|bien|deja|presque|plus de|plus d'|au moins|bientot|pres de|pres d') ?){0,3}"
_SOME_TIME = rf"{_ABOUT}(?P<count>{any_of(means.DOZENS)}|{COUNT}) ?{_UNIT}"
_END = r"(?!\d|[/.-]\d)"
_NOT_MONEY = r"(?! ?(?:€|euros?\b|eur\b|balles\b|%|pour ?cent))"

# What lets « 4/11 » or « 4.11 » be a day and not a fraction or a version, and « mai » a month and not a slip for « mais ».
_ARTICLE = r"\b(?:le|du|au|depuis|date|facture|soins?|decompte|releve) "
_LEAD = (r"(?:\b(?:en|au mois de|de|pour|sur|depuis|courant|jusqu'en|jusqu'a|entre|a|des) |\bd'|\bmois d'|\bet (?=mars)"
         r"|\b(?:janvier|fevrier|avril|juin) et )")
# What may follow « le 12 » when it is no day.
_COUNTED = (r"(?! ?(?:[/:]?\d|[.-]\d|er?\b|eme|h\b|x\b|km\b|heures?|rue|avenue|av\b|bis\b|ter\b|bd\b|boulevard|place|allee|chemin|impasse|"
            r"route|quai|cours\b|ans?\b|jours?|mois|fois|semaines?|minutes?|enfants|personnes|derni|prochain|pieces))")
_FIRST = r"1er(?= ?(?:$|[,.;:!?]|au\b|et\b|je?\b|j'|on\b))"  # « le 1er », and not « le 1er paiement »

_FORMS: tuple[tuple[str, means.Reading], ...] = (
    (rf"(?<![\d/.-])(?P<day>\d\d?) ?(?P<sep>[/.-]) ?(?P<month>\d\d?) ?(?P=sep) ?(?P<year>\d{{4}}|\d\d){_END}", means.in_figures),
    (rf"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d){_END}", means.in_figures),
    (rf"{_ARTICLE}(?P<says>(?P<day>\d\d?) (?P<month>\d\d?) (?P<year>20\d\d)){_END}", means.in_figures),
    (rf"{_ARTICLE}(?P<says>(?P<day>\d\d?) ?[/.-] ?(?P<month>\d\d?))(?! ?[/.-] ?\d)(?!\d){_NOT_MONEY}", means.in_figures),
    (rf"(?<![\d/.,-])(?P<day>\d\d?)/(?P<month>\d\d?){_END}", means.in_lone_figures),
    (rf"(?:\b{WEEKDAY} )?{_NAMED_DAY}(?: du mois de| du mois d'| de)? ?{MONTH_AFTER_DAY}{_MAYBE}", means.written_day),
    (rf"\b(?:{_PART})?{MONTH_ALONE}{_MAYBE}", means.month),
    (rf"\b{_PART}{MONTH_AFTER_WORD}{_MAYBE}", means.month),
    (rf"{_LEAD}(?P<says>{MONTH_AFTER_WORD}{_MAYBE})", means.month),
    (rf"\b{MONTH_AFTER_DAY} {_YEAR}", means.month),
    (rf"\b{MONTH_AFTER_WORD}{_SIDED}", means.month),
    (rf"\b(?:{_PART})?(?:cette|ce) (?P<stretch>semaine|annee|mois|week[ -]?end|we\b)(?:[ -]ci\b)?", means.stretch),
    (rf"\b(?:{_PART})?(?P<stretch>semaine|mois|annee|an|week[ -]?end|we){_SIDED}", means.stretch),
    (r"\b(?P<side>derniere?|prochaine?) (?P<stretch>semaine|mois|annee|week[ -]?end)\b", means.stretch),
    (r"\b(?P<part>debut|fin) (?:du |de l'|d')(?P<stretch>mois|annee)\b", means.stretch),
    (r"\b(?P<stretch>mois|annee) en cours\b", means.stretch),
    (rf"\b(?P<count>{COUNT}) derni(?:er|ere)s {_UNIT}", means.since),
    (rf"\bderni(?:er|ere)s (?P<count>{COUNT}) {_UNIT}", means.since),
    (rf"\b(?:il )?y ?a {_SOME_TIME}(?! que?\b| qu')", means.ago),
    (rf"\b(?:depuis|depui|dpuis|fait|voila|voici|(?:il )?y ?a) {_SOME_TIME}", means.since),
    (rf"\b(?:dans|d'ici) {_SOME_TIME}", means.in_some_time),
    (rf"\b{DAY_WORD}(?![\w-])", means.word),
    (rf"(?P<habit>\b(?:les?|une?|du|au|chaque|tous les) )?\b(?P<says>(?P<weekday>{WEEKDAY})(?P<plural>s)?{_SIDED}?)\b(?! (?:au|a) {WEEKDAY})",
     means.weekday),
    (rf"\b(?:le|du|au) (?P<says>(?P<day>{_FIRST}|\d\d?)(?!\w)){_COUNTED}{_NOT_MONEY}", means.day_number),
    (rf"\b{WEEKDAY} (?P<day>{_FIRST}|\d\d?)(?!\w){_COUNTED}{_NOT_MONEY}", means.day_number),
    (rf"\b(?:les|des) (?P<says>(?P<day>\d\d?))(?= et \d\d? ?{MONTH_AFTER_DAY})", means.day_number),
    (rf"\b{_PART}{_YEAR}{_NOT_MONEY}{_END}", means.year),
    (rf"\b(?:en|annee|cotisations?|releves?|decomptes?|depuis|de|a) (?P<says>{_YEAR}){_NOT_MONEY}{_END}", means.year),
    (rf"\b(?:cet(?:te)?|ce) (?P<season>ete|hiver|automne|printemps)\b{_SIDED}?", means.season),
    (rf"\b(?P<season>ete|hiver|automne|printemps){_SIDED}", means.season),
)

FORMS = tuple((re.compile(pattern), reading) for pattern, reading in _FORMS)
"""Each pattern with its reading; its group ``says``, when there is one, is what stands for the day."""
