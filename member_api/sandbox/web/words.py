"""The French words of the website for what the record holds as codes."""

from __future__ import annotations

from member_api.contract import ReimbursementStatus, Relationship, RequestKind, RequestStatus
from member_api.sandbox.faults import FaultKind

REQUEST_STATUS = {
    RequestStatus.PROOF_EXPECTED: "Justificatif attendu",
    RequestStatus.PROOF_RECEIVED: "Justificatif reçu, en cours de vérification",
    RequestStatus.IN_PROGRESS: "En cours de traitement",
    RequestStatus.ACKNOWLEDGED: "Accusé de réception envoyé, réponse en préparation",
    RequestStatus.DONE: "Terminée",
    RequestStatus.REFUSED: "Refusée",
}
REQUEST_KIND = {
    RequestKind.ADDRESS_CHANGE: "Changement d'adresse",
    RequestKind.COMPLAINT: "Réclamation",
    RequestKind.WRITTEN: "Message écrit",
}
REIMBURSEMENT_STATUS = {
    ReimbursementStatus.EXPECTED: "Annoncé, en attente de la Sécurité sociale",
    ReimbursementStatus.RECEIVED: "Reçu, en cours de traitement",
    ReimbursementStatus.PROCESSED: "Traité, virement en cours",
    ReimbursementStatus.PAID: "Versé",
    ReimbursementStatus.REFUSED: "Non remboursé",
}
RELATIONSHIP = {Relationship.SELF: "vous", Relationship.SPOUSE: "conjoint", Relationship.CHILD: "enfant"}
FAULT = {
    FaultKind.SLOW: "Réponse lente",
    FaultKind.ERROR: "Erreur interne (500)",
    FaultKind.AWAY: "Service absent (503)",
    FaultKind.NONSENSE: "Réponse incompréhensible",
    FaultKind.LOST_ANSWER: "Action faite, réponse perdue",
}
REFUSALS = {
    400: ("Demande incomprise", "Cette page n'a pas compris la demande. Revenez à l'accueil et recommencez."),
    403: ("Demande refusée", "Cette demande ne vient pas de ce site, ou elle n'est pas permise d'ici."),
    404: ("Page introuvable", "Cette page n'existe pas ou n'existe plus."),
    409: ("Déjà fait", "La situation a changé entre-temps. Rechargez la page pour voir où elle en est."),
    500: ("Panne", "Une erreur est survenue. Réessayez dans un instant."),
}


def refusal(status: int) -> tuple[str, str]:
    """Give the title and the sentence of an error page."""
    return REFUSALS.get(status) or REFUSALS[500 if status >= 500 else 400]
