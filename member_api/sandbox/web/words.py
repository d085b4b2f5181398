"""The French words of the website for what the record holds as codes."""

from __future__ import annotations

from member_api.contract import (
    CertificateReason,
    Channel,
    Civility,
    ReimbursementStatus,
    Relationship,
    RequestKind,
    RequestStatus,
    ServiceName,
)
from member_api.events import EventKind
from member_api.sandbox.faults import FaultKind

REQUEST_STATUS = {
    RequestStatus.PROOF_EXPECTED: "Justificatif attendu",
    RequestStatus.PROOF_RECEIVED: "Justificatif reçu, en cours de vérification",
    RequestStatus.IN_PROGRESS: "En cours de traitement",
    RequestStatus.ACKNOWLEDGED: "Accusé de réception envoyé, réponse en préparation",
    RequestStatus.FROZEN: "Suspendue : compte protégé",
    RequestStatus.DONE: "Terminée",
    RequestStatus.REFUSED: "Refusée",
    RequestStatus.CANCELLED: "Annulée",
}
REQUEST_KIND = {
    RequestKind.ADDRESS_CHANGE: "Changement d'adresse",
    RequestKind.EMAIL_CHANGE: "Changement d'adresse e-mail",
    RequestKind.PHONE_CHANGE: "Changement de téléphone",
    RequestKind.BANK_CHANGE: "Changement de coordonnées bancaires",
    RequestKind.FAMILY_EVENT: "Situation familiale",
    RequestKind.MEMBER_CARD: "Carte de tiers payant",
    RequestKind.CARE_SHEET: "Feuille de soins",
    RequestKind.QUOTE: "Devis",
    RequestKind.PRIOR_AGREEMENT: "Prise en charge préalable",
    RequestKind.FOLLOW_UP: "Relance",
    RequestKind.PLAN_CHANGE: "Changement de formule",
    RequestKind.TERMINATION: "Résiliation",
    RequestKind.DATA_COPY: "Données personnelles",
    RequestKind.DATA_ERASURE: "Données personnelles",
    RequestKind.PROTECTION: "Protection du compte",
    RequestKind.UNLOCK: "Déblocage",
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
CIVILITY = {Civility.MADAME: "Madame", Civility.MONSIEUR: "Monsieur"}
CERTIFICATE_REASON = {
    CertificateReason.SCHOOL: "Attestation établie à la demande du sociétaire pour un établissement scolaire ou d'enseignement.",
    CertificateReason.EMPLOYER: "Attestation établie à la demande du sociétaire pour un employeur.",
    CertificateReason.LANDLORD: "Attestation établie à la demande du sociétaire pour un bailleur.",
    CertificateReason.CARE: "Attestation établie à la demande du sociétaire pour un professionnel ou un établissement de santé.",
    CertificateReason.PERSONAL: "Attestation établie à la demande du sociétaire pour servir et valoir ce que de droit.",
}
RELATIONSHIP = {Relationship.SELF: "vous", Relationship.SPOUSE: "conjoint", Relationship.CHILD: "enfant"}
FAULT = {
    FaultKind.SLOW: "Réponse lente",
    FaultKind.ERROR: "Erreur interne (500)",
    FaultKind.AWAY: "Service absent (503)",
    FaultKind.NONSENSE: "Réponse incompréhensible",
    FaultKind.LOST_ANSWER: "Action faite, réponse perdue",
}
EVENT = {
    EventKind.REFUND_PAID: "Remboursement viré",
    EventKind.PAYMENT_DUE: "Cotisation à venir",
    EventKind.DOCUMENT_DECIDED: "Justificatif vérifié",
    EventKind.REQUEST_COMPLETED: "Demande terminée",
    EventKind.SERVICE_DOWN: "Service en panne",
    EventKind.SERVICE_UP: "Service rétabli",
}
SERVICE = {
    ServiceName.MEMBER_AREA: "Espace personnel",
    ServiceName.APPLICATION: "Application",
    ServiceName.DIRECT_BILLING: "Tiers payant",
    ServiceName.PAYMENTS: "Virements",
}
CHANNEL = {Channel.SMS: "SMS au", Channel.EMAIL: "E-mail à"}
PROTECTED = ("Compte protégé", "Un danger a été signalé sur ce compte. Un conseiller vérifiera votre identité avant de le rouvrir.")
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
