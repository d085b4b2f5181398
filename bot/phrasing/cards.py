"""Cards of what the insurer knows: rows for the renderers, the same as words for everybody else. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kernel.french import typography


def table_card(title: str, rows: Iterable[tuple[str, str]], note: str = "") -> dict[str, Any]:
    """Give *rows* (label, value) as a card `table` (docs/entries.md)."""
    lines = [{"label": typography(label), "value": typography(value)} for label, value in rows]
    words = "\n".join(f"- {line['label']} : {line['value']}" for line in lines)
    text = typography(f"{title} :\n\n{words}" + (f"\n\n{note}" if note else ""))
    return {"card": "table", "text": text, "data": {"title": typography(title), "lines": lines} | ({"note": typography(note)} if note else {})}


def field_card(name: str, label: str, hint: str, *, code_id: str | None = None) -> dict[str, Any]:
    """Give a secure field as a card `field`; its plain twin says where to type. *code_id* stays in our record."""
    text = typography(f"{hint}\n\nÀ saisir dans le champ sécurisé « {label} », jamais dans un message.")
    data = {"name": name, "label": typography(label), "kind": name, "hint": typography(hint)}
    return {"card": "field", "text": text, "data": data | ({"_code": code_id} if code_id else {})}
