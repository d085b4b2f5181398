"""
Passwords and codes told in a sentence. Pure.

People say them in many ways: « mon mdp est Soleil2024 », « mdp: azerty12 », « le code c 4512 », « j'ai mis Poitiers86
comme mot de passe ». What follows « mot de passe » is as often a complaint (« est oublié »): those stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.masking_text import Found

_NAME = r"(?:mots?|mo|mdp)[ -]?(?:(?:de?|2)[ -]?)?pass?e?s?|sesame|motdepasse|mdp|m\.d\.p\.?|m2p|passwords?|passwd|pwd|pass|codes? (?:secret|pin|confidentiel|d'acces|d'activation|personnel|sms|recu)s?|pin"
_IS = r"(?:(?:est|c'? ?est|c|cest|ce|ces|etait|c'etait|sera|serait|serais|reste|donne|e)\b ?:?|s'appelle|:|=|->|=>|→|,)"
_THEN = r"(?:(?:bien|toujours|desormais|maintenant|juste|simplement|encore|actuellement|donc|en fait|je crois|le suivant|suivant|ceci|celui[- ]ci|la)\b[ :]{0,2}){0,2}"
_VALUE = r"[\"«(']?[ ]?(?P<secret>[^\s\x00]{3,64})"
_DIRECT = re.compile(rf"(?<![\w])(?:{_NAME})(?![\w]) {{0,2}}{_IS} {{0,2}}{_THEN}{_IS}? {{0,2}}{_THEN}{_VALUE}")
_NEAR = re.compile(rf"(?<![\w])(?:{_NAME})(?![\w])(?:,? [\w'-]{{1,20}}){{1,10}}? ?(?:{_IS}|pour) {{0,2}}{_THEN}(?=[^\s\x00]{{0,40}}[\d@#$*_&%+=]){_VALUE}")
_BARE = re.compile(rf"(?<![\w])(?:{_NAME})(?![\w])[ \n]{{1,2}}(?:pour |moi |actuel |a moi |est-ce )?{_VALUE}")
_CODE = re.compile(
    r"(?<![\w])(?:code|pin)(?! (?:postal|promo|erreur|ape|naf|insee|organisme|acte|ccam|lpp|cip|guichet|banque|bic|swift|de la|de l'acte|du produit|produit|barre|grand regime|gestion|centre|courtier|apporteur|affaire))"
    r"(?: (?:que|j'ai|ai|recu|est|par|sms|de|verification|securite|a|usage|unique|connexion|validation|confirmation|d'acces|personnel|client|temporaire|provisoire|l'appli|appli|mon|le|compte|secret|carte|bancaire)){0,6}"
    rf" {{0,2}}(?:{_IS}) {{0,2}}{_THEN}{_IS}? ?[\"«']?(?P<secret>\d[\d ]{{2,7}}\d|[a-z0-9]*\d[a-z0-9]*)(?![\w%€])")
_MY_CODE = re.compile(r"(?<![\w])(?:mon|ton) code (?P<secret>\d{4,8}(?![\w%€])|[a-z]{2,20}\d[^\s\x00]{0,20})")
_USED_AS = re.compile(
    r"(?<![\w])(?:mis|mets|met|choisi|choisis|utilise|utilisais|tape|tapais|tapes|entre|rentre|essaye|essaie|pris|prends|note|ecrit|saisi|saisis|change|garde|avais|ai|defini|cree|enregistre)"
    rf"(?: (?:bien|toujours|aussi|encore|donc|juste))?(?: :)? {_VALUE}[\"»']? (?:comme|en|pour|en guise de|dans|au|a la place du|sur)(?: (?:nouveau|ancien|mon|le|un|premier|champ|case))*"
    rf" (?:{_NAME})(?![\w])")
_VALUE_FIRST = re.compile(
    rf"(?<![^\s\x00\"«'(:]){_VALUE}[\"»']? ?,? (?:est|c'? ?est|c|cest|etait|comme|en|:)(?: (?:bien|toujours))?"
    rf"(?: (?:mon|le|notre|ma|mes|nouveau|ancien|vrai|bon)){{0,2}} (?:{_NAME})(?![\w])")

# What comes after « mot de passe est » and is not one: states, complaints, small words.
_NOT_A_SECRET = re.compile(
    r"(?:oubli|perdu|incorrec|faux|fausse|erron|invalid|refus|expir|pas|plus|trop|bon|bonne|toujours|bloqu|chang|le|la|les|l'|que|qu'|quoi|celui|celle|mal|"
    r"inconnu|mauvais|vide|march|ok|correct|reconnu|valid|accept|ou|comme|dans|sur|pour|avec|nul|impossib|difficil|compliqu|ce|ca|cela|c'|qui|mon|ma|mes|"
    r"ton|son|sa|votre|vos|tres|assez|aussi|donc|introuv|mort|hs|ko|complex|simple|simpl|court|long|longue|sensible|obligatoire|necessaire|demand|exig|possible|"
    r"comment|combien|un|une|compos|constitu|quel|rest|meme|je|j'|il|elle|vous|tu|on|ils|nous|merci|svp|stp|bonjour|pourquoi|alors|mais|et|car|parce|quand|"
    r"puis|depuis|appar|normal|maintenant|aujourd|soi|rejet|periss|perim|illisi|bizarr|differ|ident|devenu|en|a|au|aux|de|des|du|d'|ne|n'|non|oui|si|s'|se|"
    r"deja|encore|jamais|bien|tout|tous|toute|envoy|recu|re[cs]u|refait|mis|cass|pirat|vol[ée]|suppr|desactiv|activ|modifi|reinit|renouvel|temporaire|provisoire|conforme|"
    r"securis|fort|faible|solide|fiable|robuste|enregistr|memoris|egar|ecrit|not[ée]|ici|y|lors|avant|apres|chez|entre|par|rien|personne|aucun|sans|sous|vraiment|"
    r"impose|requis|manqu|absent|arriv|transmis|communiqu|donn|perd|marqu|affich|caduc|obsolete|ancien|nouveau|nouvel|autre|suivant|lien|probleme|aide|help|urgent|"
    r"voil|ete|etre|serait|fait|faire|fonctionn|passe|saisi|tap|rentr|verifi|cherch|reprend|recuper|creer|cree|cr[ée]|defini|choisi|choisir|rejete|"
    r"disponible|personnel|unique|confidentiel|secret|privé|prive|oblig|limit|trouv|propos|envoi|mail|sms|email|e-mail|svp|espace|compte|site|appli|identif|"
    r"http|www|moins|minimum|maximum|huit|douze|caract|chiffre|lettre|majusc|minusc|special|deux|trois|quatre|cinq|six|sept|dix|\d+ (?:caract|chiff|lettr|fois|jours))")
_ENDED = re.compile(r"[ \"»')]*(?:$|[.,;!?\n)]|et\b|merci|en m[ai][jn]|mon\b|mais\b|identifiant|login)")
_TRAILING = ".,;:!?»\"')]…"


def secrets(text: str, original: str) -> Iterator[Found]:
    """Find the passwords and codes of a plain *text*; *original* tells capitals apart."""
    for pattern, accepts in ((_DIRECT, _may_be_a_secret), (_NEAR, _is_secret_like), (_BARE, _is_secret_like),
                             (_USED_AS, _may_be_a_secret), (_VALUE_FIRST, _is_secret_like),
                             (_CODE, _has_digits), (_MY_CODE, _has_digits)):
        for match in pattern.finditer(text):
            start, end = match.start("secret"), match.start("secret") + len(match["secret"].rstrip(_TRAILING))
            if end - start > 2 and accepts(text, original, start, end):
                yield Found("password", start, end)


def _is_secret_like(text: str, original: str, start: int, end: int) -> bool:
    """Say whether it looks chosen: letters with digits, a capital inside, a sign inside, or four digits and more."""
    word, written = text[start:end], original[start:end]
    if word.isdigit():
        return len(word) >= 4
    if re.fullmatch(r"\d{1,4}(?:h\d*|e|eme|er|ans|fois|%|€|j|jours|mn|min)?|\d+[/.,-]\d+(?:[/.,-]\d+)?|[\d ]+€?", word):
        return False
    if re.fullmatch(r"[a-z]{1,12}['-][a-z]+(?:-[a-z]+)*", word) or ("@" in word and "." in word):
        return False
    mixed = any(c.isdigit() for c in word) and any(c.isalpha() for c in word)
    signed = re.search(r"[^\w'\-./]", word) is not None
    capital_inside = any(c.isupper() for c in written[1:]) and any(c.islower() for c in written)
    return mixed or signed or capital_inside


def _may_be_a_secret(text: str, original: str, start: int, end: int) -> bool:
    """Say whether it may be one where one was announced: anything but the words people complain with."""
    if _is_secret_like(text, original, start, end):
        return True
    word = text[start:end]
    if _NOT_A_SECRET.match(word) or original[start:end].endswith(("é", "ée", "és", "ées")):
        return False
    return word.isalpha() and len(word) > 3 and _ENDED.match(text, end) is not None


def _has_digits(text: str, _original: str, start: int, end: int) -> bool:
    return sum(letter.isdigit() for letter in text[start:end]) >= 3
