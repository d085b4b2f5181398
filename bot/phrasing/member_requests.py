"""What the member asked for, as words: how far each request is, by when, until when it can be cancelled. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from kernel.calendar import PARIS, add_months
from kernel.french import day, moment
from member_api.contract import Request, RequestKind, RequestStatus

OPEN = frozenset({RequestStatus.PROOF_EXPECTED, RequestStatus.PROOF_RECEIVED, RequestStatus.IN_PROGRESS, RequestStatus.ACKNOWLEDGED, RequestStatus.FROZEN})
_STATUS = {
    RequestStatus.PROOF_EXPECTED: "document attendu",
    RequestStatus.PROOF_RECEIVED: "document reçu, vérification en cours",
    RequestStatus.IN_PROGRESS: "en cours",
    RequestStatus.ACKNOWLEDGED: "accusé de réception envoyé, réponse en préparation",
    RequestStatus.FROZEN: "arrêtée par sécurité, un conseiller décide",
    RequestStatus.DONE: "terminée",
    RequestStatus.REFUSED: "refusée",
    RequestStatus.CANCELLED: "annulée",
}
_MEDIATION_MONTHS = 12
"""From the written complaint (regulation R02)."""


def is_pending(request: Request) -> bool:
    """Say whether *request* still waits for its end."""
    return request.status in OPEN


def can_cancel(request: Request, now: datetime) -> bool:
    """Say whether the member may still cancel *request*."""
    return request.cancellable_until is not None and now < request.cancellable_until


def asked_on(request: Request) -> date:
    """Give the day of *request* in France."""
    return request.asked_at.astimezone(PARIS).date()


def status_line(request: Request, today: date) -> str:
    """Say how far *request* is: « en cours, réponse au plus tard mercredi 25 novembre 2026 »."""
    parts = [f"demande du {day(asked_on(request), weekday=False)}", _STATUS[request.status]]
    if request.due_on and is_pending(request):
        late = " (date dépassée)" if request.due_on < today else ""
        parts.append(f"réponse au plus tard {day(request.due_on)}{late}")
    return ", ".join(parts)


def cancel_line(request: Request, now: datetime) -> str:
    """Say until when *request* can be cancelled; empty when it cannot."""
    if request.cancellable_until is None or not can_cancel(request, now):
        return ""
    return f", annulable jusqu'au {moment(request.cancellable_until, PARIS)}"


def pending_rows(requests: Iterable[Request], now: datetime) -> list[tuple[str, str]]:
    """Give a line for each request that is not over, or can still be cancelled."""
    today = now.astimezone(PARIS).date()
    return [(one.subject, status_line(one, today) + cancel_line(one, now)) for one in requests if is_pending(one) or can_cancel(one, now)]


def complaint_rows(complaint: Request, today: date) -> list[tuple[str, str]]:
    """Give the dates of a complaint, line by line."""
    number = [("Numéro", complaint.number)] if complaint.number else []
    acknowledged = f"envoyé le {day(complaint.acknowledged_on)}" if complaint.acknowledged_on else "pas encore envoyé"
    rows = [("Sujet", complaint.subject), *number, ("Reçue", f"le {day(asked_on(complaint), weekday=False)}"), ("Accusé de réception", acknowledged), ("État", _STATUS[complaint.status])]
    if complaint.due_on and is_pending(complaint):
        is_late = complaint.due_on < today
        rows.append(("Réponse", f"attendue au plus tard {day(complaint.due_on)}" + (" : la date est dépassée" if is_late else "")))
    if complaint.decision:
        rows.append(("Décision", complaint.decision))
    return rows


@dataclass(frozen=True)
class Mediation:
    """From when and until when the mediator can be asked, without an answer that satisfies; *is_open*: from today."""

    from_on: date
    until_on: date
    is_open: bool


def mediation_of(complaint: Request, today: date) -> Mediation:
    """
    Compute when the mediator can be asked: the day after the two months of the answer, or at once when it is there.

    Until a year after the complaint (docs/domain/regulation.md R02).
    """
    sent_on = asked_on(complaint)
    answered = not is_pending(complaint)
    from_on = sent_on if answered else (complaint.due_on or add_months(sent_on, 2))
    until_on = add_months(sent_on, _MEDIATION_MONTHS)
    return Mediation(from_on, until_on, today <= until_on and (answered or today > from_on))


def complaints(requests: Iterable[Request]) -> list[Request]:
    """Give the complaints, latest first."""
    return [one for one in requests if one.kind is RequestKind.COMPLAINT and one.status is not RequestStatus.CANCELLED]
