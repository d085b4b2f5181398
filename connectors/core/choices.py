"""Is this option still offered? What a choice means comes from our record, never from the client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from connectors.core import texts
from connectors.core.errors import Outdated
from journal.entries import AuthorKind, Body, Draft, Entry, Kind
from kernel.errors import Malformed

FAR = 400  # entries; fewer than the record gives at once
_COPIED = ("_topic", "_act", "_payload")


def choice_draft(entries: Sequence[Entry], *, entry: int, option: str, client_id: str) -> Draft:
    """
    Make the member's choice of *option*, offered by the entry numbered *entry*.

    *entries* are those from *entry* on; more than FAR of them and nobody can still be answering it. Malformed when that
    entry never offered the option; Outdated when one of its options was chosen, or others were offered since. Sending
    the same choice twice (same *client_id*) makes the same draft.
    """
    button = _button(entries[0] if entries else None, entry, option)
    if not any(one.client_id == client_id and one.kind is Kind.CHOICE for one in entries):
        _refuse_outdated(entries, entry)
    return Draft(AuthorKind.MEMBER, Kind.CHOICE, _body(button, entry, option), client_id=texts.client_id(client_id))


def _button(offered_by: Entry | None, number: int, option: str) -> dict[str, Any]:
    if offered_by is None or offered_by.number != number:
        raise Malformed("entry: no such entry")
    if offered_by.body is None:  # erased: what it offered is gone
        raise Outdated
    if offered_by.author is not AuthorKind.MEMBER:
        for button in offered_by.body.get("buttons") or ():
            if button.get("id") == option:
                return dict(button)
    raise Malformed("option: not offered by this entry")


def _refuse_outdated(entries: Sequence[Entry], number: int) -> None:
    if len(entries) > FAR:
        raise Outdated
    for later in entries[1:]:
        chosen = later.kind is Kind.CHOICE and (later.body or {}).get("entry") == number
        if chosen or _offers_others(later):
            raise Outdated


def _offers_others(later: Entry) -> bool:
    return later.author is AuthorKind.ASSISTANT and bool((later.body or {}).get("buttons"))


def _body(button: dict[str, Any], number: int, option: str) -> Body:
    body: Body = {"entry": number, "option": option, "text": button.get("title", "")}
    body |= {name: button[name] for name in _COPIED if name in button}
    if "act" in button:
        body["_act"] = button["act"]
    return body
