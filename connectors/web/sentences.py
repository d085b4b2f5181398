"""What a member reads when something is refused: one plain French sentence a code, saying what to do."""

from __future__ import annotations

from connectors.core.errors import FieldRefused
from kernel.errors import ServiceError

_OTHERWISE = "Votre demande n'a pas pu aboutir. Réessayez dans un instant."

TITLES = {
    "internal": "Une erreur est survenue de notre côté. Réessayez dans un instant.",
    "refused": "Cette demande n'est pas possible.",
    "malformed": "Nous n'avons pas pu lire cette demande. Vérifiez votre message et réessayez.",
    "sign_in_needed": "Connectez-vous pour continuer cette conversation.",
    "forbidden": "Cette page n'est pas autorisée à ouvrir le tchat.",
    "not_found": "Cette conversation ou cette page n'existe pas, ou n'est plus disponible.",
    "not_asked": "Rien de tel ne vous est demandé pour l'instant.",
    "field_refused": "Cette réponse n'a pas été acceptée. Vérifiez-la, puis réessayez.",
    "code_malformed": "Le code a six chiffres. Recopiez-le tel que vous l'avez reçu.",
    "code_wrong": "Ce code n'est pas le bon.",
    "code_expired": "Ce code n'est plus valable. Demandez-en un autre avec « Recevoir un autre code ».",
    "code_needed": "Votre vérification a duré plus de cinq minutes. Écrivez « continuer » pour recevoir un autre code.",
    "iban_invalid": "Cet IBAN n'est pas juste : un caractère est faux ou manque. Vérifiez-le sur votre RIB.",
    "iban_not_sepa": "Nous ne pouvons pas faire de virement vers le pays de ce compte. Donnez un compte de la zone SEPA.",
    "email_invalid": "Cette adresse e-mail n'est pas complète. Exemple : nom@domaine.fr.",
    "phone_invalid": "Donnez un numéro de portable français, qui commence par 06 ou 07.",
    "account_protected": "Votre compte est protégé : rien ne peut y être changé ici. Demandez un conseiller.",
    "conflict": "La conversation a changé entre-temps. Relisez-la, puis réessayez.",
    "stale_floor": "La conversation a changé de main entre-temps. Relisez-la, puis réessayez.",
    "stale_turn": "La conversation a changé entre-temps. Relisez-la, puis réessayez.",
    "act_key_reused": "Cette demande a changé entre-temps. Vérifiez le récapitulatif avant de confirmer.",
    "handoff_already_taken": "Un conseiller a déjà pris votre conversation.",
    "not_waiting": "Votre conversation n'est pas en attente d'un conseiller dans le tchat.",
    "with_advisor": "Un conseiller vous répond déjà. Demandez-lui une réponse écrite si vous préférez.",
    "other_member": "Cette conversation appartient à une autre personne. Ouvrez-en une nouvelle.",
    "outdated": "Ce choix n'est plus proposé. Choisissez parmi les dernières propositions, ou écrivez votre demande.",
    "too_large": "Votre message est trop long. Coupez-le en plusieurs messages.",
    "too_many": "Vous avez fait beaucoup de demandes en peu de temps. Patientez un instant, puis réessayez.",
    "unavailable": "Le service ne répond pas pour le moment. Réessayez dans quelques minutes.",
}


def title_of(error: ServiceError) -> str:
    """Give the sentence of *error*, or that of the family it belongs to."""
    if isinstance(error, FieldRefused) and error.code in TITLES:
        return TITLES[error.code] + _tries(error.tries_left)
    for kind in type(error).__mro__:
        code = getattr(kind, "code", None)
        if code in TITLES:
            return TITLES[code]
    return _OTHERWISE


def _tries(left: int | None) -> str:
    """Say how often a code may still be tried."""
    match left:
        case None:
            return ""
        case 0:
            return " C'était le dernier essai : demandez-en un autre avec « Recevoir un autre code »."
        case 1:
            return " Il vous reste un essai."
        case _:
            return f" Il vous reste {left} essais."
