"""« Oui », « non », and what people say for them. Pure."""

from __future__ import annotations

import re

_YES = re.compile(r"^(oui|ouais|ui|yes|ok|c est bon|cest bon|ca marche|ca y est|nickel|parfait|super|je suis (entre|connecte|rentre))\b")
NO = re.compile(r"\b(non|nan|toujours pas|pas|marche pas|rien|jamais|impossible|aucun|nope)\b")


def yes_or_no(words: str, intent: str) -> str | None:
    """Read « oui » or « non » in folded *words*, helped by what was understood."""
    if intent == "affirm" or (_YES.search(words) and not NO.search(words)):
        return "yes"
    if re.search(r"\bc(a| )? ?(est )?(bon|marche)\b", words) and not NO.search(words):
        return "yes"
    if intent == "deny" or (NO.search(words) and len(words.split()) <= 8) or intent == "connexion_probleme":
        return "no"
    return None
