"""A member's own reimbursement, line by line, with its arithmetic. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kernel.french import day, euros, typography
from member_api.contract import Reimbursement, ReimbursementStatus

MOST = 3


def state_of(line: Reimbursement) -> str:
    """Say how far our share of *line* is, with its date."""
    match line.status:
        case ReimbursementStatus.PAID if line.paid_on:
            return f"viré le {day(line.paid_on)}"
        case ReimbursementStatus.PROCESSED if line.processed_on:
            return f"traité le {day(line.processed_on)}, virement en cours"
        case ReimbursementStatus.REFUSED:
            return "rien n'est remboursé par votre contrat"
        case _ if line.received_on:
            return f"information de l'Assurance Maladie reçue le {day(line.received_on)}, virement pas encore fait"
        case _:
            return "information de l'Assurance Maladie pas encore reçue"


def adds_up(line: Reimbursement) -> bool:
    """Say whether the shares make the price: a line that does not is shown to nobody as an explanation."""
    return line.billed == line.paid_by_public_scheme + line.paid_by_other_insurer + line.paid_by_us + line.out_of_pocket


def statement_card(line: Reimbursement) -> dict[str, Any]:
    """Give *line* as a table (card `example`, docs/entries.md), each share once, to the cent."""
    rows = [("Prix payé", line.billed), ("Base de remboursement (BR)", line.reimbursement_base),
            ("Part de l'Assurance Maladie", line.paid_by_public_scheme), ("Part de votre mutuelle", line.paid_by_us),
            ("Reste à votre charge", line.out_of_pocket)]
    title = f"{line.care}, {line.practitioner}, le {day(line.care_on, weekday=False)}"
    lines = [{"label": typography(label), "amount": euros(amount, cents=True)} for label, amount in rows]
    note = typography(_note(line))
    text = f"{title} :\n\n" + "\n".join(f"- {row['label']} : {row['amount']}" for row in lines) + f"\n\n{note}"
    return {"card": "example", "text": typography(text), "data": {"title": typography(title), "lines": lines, "note": note}}


def _note(line: Reimbursement) -> str:
    parts = [f"Part mutuelle : {state_of(line)}."]
    excess = line.billed - min(line.billed, line.reimbursement_base)
    if line.flat_contribution:
        parts.append(f"L'Assurance Maladie a retenu {euros(line.flat_contribution, cents=True)} de participation, qu'un contrat responsable ne rembourse pas.")
    if line.pathway_surcharge:
        parts.append(f"Hors parcours de soins : {euros(line.pathway_surcharge, cents=True)} restent à votre charge.")
    if excess > Decimal(0) and line.out_of_pocket > line.flat_contribution:
        parts.append(f"Dépassement au-dessus de la base : {euros(excess, cents=True)}.")
    return " ".join(parts)


def waiting(lines: tuple[Reimbursement, ...]) -> list[Reimbursement]:
    """Give the lines whose transfer has not been made and will be, latest care first."""
    return [line for line in lines if line.status not in (ReimbursementStatus.PAID, ReimbursementStatus.REFUSED)]
