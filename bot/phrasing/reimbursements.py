"""A member's own reimbursements: where one is and why it is late, a list of them, a year of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from bot.phrasing.cards import table_card
from kernel.french import day, euros
from member_api.contract import CareTotal, LateReason, Limit, Reimbursement, ReimbursementStatus, YearlyOverview

MOST = 3
MOST_LISTED = 10
ESTIMATE = "Estimation indicative, calculée sur le tarif en vigueur à la date du soin ; seul le décompte fait foi."
"""What goes with every amount that no statement has told yet (docs/domain/reimbursement.md)."""

_NOT_YET = "pas encore"
_OVER = (ReimbursementStatus.PAID, ReimbursementStatus.REFUSED)
_LATE = {
    LateReason.NO_NOEMIE_LINK: "L'Assurance Maladie ne nous transmet pas vos décomptes : la télétransmission n'est pas en place. À faire : vérifiez cette "
                               "option dans votre compte ameli. Pour ce soin, envoyez-nous le relevé de l'Assurance Maladie.",
    LateReason.BANK_DETAILS_MISSING: "Le calcul est fait, mais nous n'avons pas votre RIB : le virement ne peut pas partir. À faire : donnez-nous votre RIB.",
    LateReason.WAITING_PUBLIC_SCHEME: "L'Assurance Maladie rembourse d'abord, et ne nous a encore rien transmis pour ce soin. À faire : regardez dans votre "
                                      "compte ameli si elle l'a payé. Si oui, je peux relancer : choisissez ou écrivez « relancer mon remboursement ».",
    LateReason.IN_PROGRESS: "L'information nous est bien parvenue, et le virement n'est pas parti. C'est plus long que d'habitude. Je peux relancer : choisissez ou écrivez « relancer mon remboursement ».",
}
_LIMITS = {
    Limit.NOT_COVERED: "Votre formule ne prévoit rien pour ce soin.",
    Limit.WAITING_PERIOD: "Le soin a eu lieu pendant le délai de carence de votre contrat.",
    Limit.YEARLY_LIMIT: "Le montant prévu pour l'année était déjà utilisé, en tout ou en partie.",
    Limit.OTHER_INSURER: "Un autre assureur a payé une part.",
    Limit.CONTRACT_ENDED: "Le soin a eu lieu après la fin de votre contrat.",
    Limit.CONTRACT_NOT_STARTED: "Le soin a eu lieu avant le début de votre contrat.",
    Limit.RENEWED_TOO_EARLY: "Votre contrat prévoit un délai entre deux équipements, et il n'était pas écoulé.",
}


def title_of(line: Reimbursement) -> str:
    """Name *line*: what, who by, when."""
    return f"{line.care}, {line.practitioner}, le {day(line.care_on, weekday=False)}"


def short_title(line: Reimbursement) -> str:
    """Name *line* in a button: « Dr Marc Lenoir, 28/10 »."""
    return f"{line.practitioner.split(',')[0]}, {line.care_on:%d/%m}"


def waiting(lines: Iterable[Reimbursement]) -> list[Reimbursement]:
    """Give the lines whose transfer has not been made and will be, latest care first."""
    return [line for line in lines if line.status not in _OVER]


def late(lines: Iterable[Reimbursement]) -> list[Reimbursement]:
    """Give the lines that are late, latest care first."""
    return [line for line in lines if line.late_reason is not None]


def why_limited(line: Reimbursement) -> str:
    """Say what kept our share below the guarantee; nothing when nothing did."""
    return _LIMITS[line.limited_by] if line.limited_by else ""


def why_late(line: Reimbursement) -> str:
    """Say why *line* is late and what to do; nothing when it is not."""
    return _LATE[line.late_reason] if line.late_reason else ""


def progress_card(line: Reimbursement, person: str, *, is_followed: bool = False) -> dict[str, Any]:
    """Give where *line* is: received, processed, paid, each with its day, and what explains it."""
    about = [why_late(line), why_limited(line), "Votre relance est déjà chez nos équipes." if is_followed else "",
             ESTIMATE if line.status is ReimbursementStatus.EXPECTED else ""]
    return table_card(title_of(line), _progress(line, person), " ".join(part for part in about if part))


def _progress(line: Reimbursement, person: str) -> list[tuple[str, str]]:
    rows = [("Soin de", person), ("Information de l'Assurance Maladie", f"reçue le {day(line.received_on)}" if line.received_on else "pas encore reçue")]
    if line.status is ReimbursementStatus.REFUSED:
        return [*rows, ("Part de votre mutuelle", "rien n'est remboursé par votre contrat")]
    rows.append(("Calcul de votre mutuelle", f"fait le {day(line.processed_on)}" if line.processed_on else _NOT_YET))
    paid = "Paiement au professionnel" if line.is_direct_billing else "Virement"
    rows.append((paid, f"fait le {day(line.paid_on)}" if line.paid_on else _NOT_YET))
    about = " (estimation)" if line.status is ReimbursementStatus.EXPECTED else ""
    return [*rows, ("Part de votre mutuelle", euros(line.paid_by_us, cents=True) + about)]


def history_card(lines: Sequence[Reimbursement], names: dict[str, str], title: str) -> dict[str, Any]:
    """Give *lines* as a list: each with who, the price, our share, what is left; the first `MOST_LISTED` of them."""
    shown = lines[:MOST_LISTED]
    rest = len(lines) - len(shown)
    note = f"Et {rest} de plus, plus anciens : précisez une période, un soin ou une personne." if rest else ""
    return table_card(title, ((f"{day(line.care_on, weekday=False)}, {line.care}", _history(line, names)) for line in shown), note)


def _history(line: Reimbursement, names: dict[str, str]) -> str:
    who = f"{names[line.beneficiary_id]}, " if line.beneficiary_id in names else ""
    public, ours, left = (euros(amount, cents=True) for amount in (line.paid_by_public_scheme, line.paid_by_us, line.out_of_pocket))
    about = "" if line.status in _OVER else ", en cours"
    return f"{who}{euros(line.billed, cents=True)} payés, Assurance Maladie {public}, mutuelle {ours}, reste {left}{about}"


def overview_card(overview: YearlyOverview, totals: Sequence[CareTotal], person: str | None) -> dict[str, Any]:
    """Give the *totals* of a year, by kind of care, and their sum: figures, no opinion (D28)."""
    rows = [(f"{one.label} ({one.count})", _shared(one.billed, _refunded(one), one.out_of_pocket)) for one in totals]
    if len(rows) > 1:
        billed, refunded, left = (sum(column, Decimal(0)) for column in zip(*((one.billed, _refunded(one), one.out_of_pocket) for one in totals), strict=True))
        rows.append(("Total", _shared(billed, refunded, left)))
    title = f"Vos soins de {overview.year}" + (f", {person}" if person else "")
    return table_card(title, rows, "Les soins encore en cours comptent aussi. Entre parenthèses : le nombre de soins.")


def _refunded(total: CareTotal) -> Decimal:
    return total.paid_by_public_scheme + total.paid_by_us + total.paid_by_other_insurer


def _shared(billed: Decimal, refunded: Decimal, left: Decimal) -> str:
    return f"{euros(billed, cents=True)} de frais, {euros(refunded, cents=True)} remboursés, {euros(left, cents=True)} à votre charge"
