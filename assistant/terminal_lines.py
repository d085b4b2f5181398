"""What the terminal shows: its help, an entry as lines, what nobody has asked for. Pure."""

from __future__ import annotations

import json
from typing import Any

from connectors.web.transcript_lines import words_of

HELP = """Commandes :
  /choose N               choisit le N-ième bouton proposé (ou son titre)
  /sign-in MEMBRE         se connecte (demo-1 … demo-6) ; /sign-out se déconnecte
  /handoff                demande une personne ; /written écrit un message sécurisé ; /back revient à l'assistant
  /field NOM VALEUR       remplit un champ sécurisé qui est demandé ; /code CHIFFRES donne un code demandé
  /file CHEMIN            joint un fichier qui est demandé
  /wait DURÉE             laisse passer le temps (10s, 5m, 2h, 1d)
  /advisor on|off         ouvre ou ferme le bureau ; /advisor take|say TEXTE|note TEXTE|written|give-back|close
  /entries                réécrit toute la conversation ; /quit"""

NOT_ASKED = {
    "field": "Aucun champ sécurisé ne vous est demandé pour l'instant.",
    "code": "Aucun code ne vous est demandé pour l'instant.",
    "file": "Aucune pièce jointe ne vous est demandée pour l'instant.",
}


def spoken(entry: dict[str, Any]) -> str:
    """Give an entry as terminal lines: who, what, and the numbered buttons."""
    if "problem" in entry:
        return f"  ⚠ {entry['text']}\n"
    if entry.get("hidden"):
        return ""
    who = {"member": "Vous", "assistant": "Assistant", "advisor": entry.get("author_name") or "Conseiller", "system": "—"}[entry["author"]]
    body = entry.get("body") or {}
    text = str(body.get("text") or words_of(entry) or f"[{entry['kind']}] {json.dumps(body, ensure_ascii=False)}")
    lines = [f"{who} : {text}" if who != "—" else f"— {text}"]
    lines += [f"   ({place}) {button['title']}" for place, button in enumerate(body.get("buttons") or [], 1)]
    return "\n".join(lines) + "\n"
