"""Who may do what at the desk."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """An account's role: conseiller, responsable d'équipe, rédacteur, auditeur."""

    ADVISOR = "advisor"
    TEAM_LEAD = "team_lead"
    CONTENT_EDITOR = "content_editor"
    AUDITOR = "auditor"


class Right(StrEnum):
    """What a page or an act needs."""

    ACCOUNT = "account"
    READ = "read"
    ANSWER = "answer"
    AUDIT = "audit"


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADVISOR: frozenset({Right.ACCOUNT, Right.READ, Right.ANSWER}),
    Role.TEAM_LEAD: frozenset({Right.ACCOUNT, Right.READ, Right.ANSWER, Right.AUDIT}),
    Role.CONTENT_EDITOR: frozenset({Right.ACCOUNT}),
    Role.AUDITOR: frozenset({Right.ACCOUNT, Right.READ, Right.AUDIT}),
}


def has_right(role: Role, right: Right) -> bool:
    """Say whether *role* gives *right*."""
    return right in _RIGHTS[role]
