"""What an advisor reads when something is refused: one title and one explanation for each code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """*title* says what happened, *detail* what to do."""

    title: str
    detail: str


UNKNOWN = Sentence("Une erreur est survenue.", "Rien n'a été perdu. Réessayez ; si cela recommence, prévenez votre responsable.")

BY_CODE: dict[str, Sentence] = {
    "malformed": Sentence("Cette demande n'a pas été comprise.", "Revenez à la page précédente et vérifiez ce qui est rempli."),
    "too_large": Sentence("Ce texte est trop long.", "4 000 caractères au plus : raccourcissez-le ou envoyez-le en deux fois."),
    "sign_in_needed": Sentence(
        "Votre session a pris fin.",
        "Reconnectez-vous. Si vous étiez en train d'écrire, votre texte est gardé ci-dessous : copiez-le avant de continuer.",
    ),
    "form_expired": Sentence(
        "Ce formulaire n'est plus valable.",
        "La page est restée ouverte trop longtemps, ou elle ne vient pas "
        "de ce poste. Rien n'a été fait : rechargez la page et recommencez.",
    ),
    "forbidden": Sentence("Votre rôle ne permet pas cette action.", "Demandez à votre responsable d'équipe si vous en avez besoin."),
    "not_found": Sentence(
        "Cette page n'existe pas, ou vous n'y avez pas accès.",
        "Une conversation se lit quand elle attend un conseiller, ou quand vous l'avez prise.",
    ),
    "conflict": Sentence("La situation a changé entre-temps.", "Rechargez la conversation pour voir où elle en est."),
    "stale_floor": Sentence(
        "Votre message n'a pas été envoyé.",
        "Vous n'avez plus la main sur cette conversation. Votre texte est gardé ci-dessous.",
    ),
    "not_waiting": Sentence(
        "Cette conversation n'attend plus de conseiller.",
        "Le sociétaire est revenu à l'assistant, ou la conversation est close.",
    ),
    "answer_owed": Sentence(
        "Une réponse écrite est promise au sociétaire.",
        "Envoyez d'abord votre réponse ; la demande pourra ensuite être close. Pour la confier à un collègue, transférez-la.",
    ),
    "unread_words": Sentence("Le sociétaire vient d'écrire.", "La conversation n'a pas été close : lisez d'abord son message."),
    "too_many": Sentence("Trop d'essais.", "Patientez un instant avant de recommencer."),
    "unavailable": Sentence("Le service ne répond pas.", "Rien n'a été perdu. Réessayez dans un instant."),
}

SIGN_IN_REFUSED = "Identifiant ou mot de passe incorrect."

DONE: dict[str, str] = {
    "reply": "Votre réponse est envoyée.",
    "answered": "Votre réponse est envoyée : la promesse de réponse est tenue et le sociétaire en est averti.",
    "answered_closed": "Votre réponse est envoyée et la demande est close.",
    "note": "Votre note est gardée. Le sociétaire ne la voit pas.",
    "taken": "Vous avez pris cette conversation.",
    "given_back": "La conversation est rendue à l'assistant, qui reprend la parole.",
    "closed": "La conversation est close.",
    "transferred": "La conversation est transférée.",
    "written": "La conversation est devenue une demande écrite. Le sociétaire voit la date promise.",
    "none_waiting": "Aucune conversation n'attend.",
    "presence": "Votre présence est à jour.",
}

SEEN_ANYWAY = frozenset({"reply", "note", "taken", "presence"})


def of(code: str) -> Sentence:
    """Give the sentence of an error code."""
    return BY_CODE.get(code, UNKNOWN)
