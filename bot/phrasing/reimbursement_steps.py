"""How the amounts of a line, or of an estimate, are computed: the steps of kernel.reimbursement as words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.phrasing.reimbursements import ESTIMATE, title_of, why_limited
from kernel.french import day, euros, typography
from kernel.reimbursement.checking import Agreement, check
from kernel.reimbursement.explaining import explain
from kernel.reimbursement.guarantee import NOTHING, Guarantee
from kernel.reimbursement.settlement import Settled
from kernel.reimbursement.shares import Care, Shares
from kernel.reimbursement.steps import Name, Step
from member_api.contract import Reimbursement, ReimbursementStatus

Rows = Iterator[tuple[str, Decimal]]


def agreement_of(line: Reimbursement) -> Agreement | None:
    """Compute *line* again from what it tells; None when its amounts do not hold: then it is explained to nobody."""
    try:
        guarantee = Guarantee.parse(line.guarantee.text)
        care = Care(line.billed, line.reimbursement_base, line.rate, line.rate_in_pathway, line.flat_contribution)
    except ValueError:
        return None
    found = check(line, guarantee=guarantee, care=care, paid_by_other=line.paid_by_other_insurer)
    return found if isinstance(found, Agreement) else None


def line_card(line: Reimbursement, agreed: Agreement, person: str) -> dict[str, Any]:
    """Give *line*, amount by amount, each with its arithmetic (card `example`, docs/entries.md)."""
    estimate = ESTIMATE if line.status is ReimbursementStatus.EXPECTED else ""
    return computed_card(f"{title_of(line)}, pour {person}", agreed.shares, agreed.care, agreed.guarantee, why_limited(line), estimate)


def computed_card(title: str, shares: Shares, care: Care, guarantee: Guarantee | None, *about: str) -> dict[str, Any]:
    """Give the steps from the price to what is left, then what is left and why."""
    steps = {step.name: step for step in explain(shares, care, guarantee)}
    rows = [(typography(label), _signed(amount)) for label, amount in (*_public(steps), *_ours(steps, guarantee))]
    note = typography(" ".join(part for part in (_left(shares), *about) if part))
    words = "\n".join(f"- {label} : {amount}" for label, amount in rows)
    lines = [{"label": label, "amount": amount} for label, amount in rows]
    return {"card": "example", "text": typography(f"{title} :\n\n{words}\n\n{note}"), "data": {"title": typography(title), "lines": lines, "note": note}}


def _signed(amount: Decimal) -> str:
    """Write what is taken away with a minus sign, not a hyphen."""
    return f"− {euros(-amount, cents=True)}" if amount < 0 else euros(amount, cents=True)


def percentage(rate: Decimal) -> str:
    """Write a rate: « 70 % », « 66,5 % »."""
    return f"{rate.normalize():f} %".replace(".", ",")


def _public(steps: dict[Name, Step]) -> Rows:
    """What the public scheme pays, on what."""
    base, theoretical, retained = (steps[name] for name in (Name.BASE, Name.THEORETICAL_SHARE, Name.RETAINED))
    yield "Prix payé", steps[Name.BILLED].amount
    if base.amount:
        yield "Base de remboursement (BR)", base.amount
    rate = next((value for name, value in theoretical.of if name is Name.RATE), None)
    if rate is None or not theoretical.amount:
        yield "Assurance Maladie", theoretical.amount
    else:
        yield f"Assurance Maladie : {percentage(rate)} de {euros(steps[Name.COUNTED].amount, cents=True)}", theoretical.amount
    if retained.amount:
        yield "Participation ou franchise qu'elle retient", -retained.amount
        yield "Elle verse donc", steps[Name.PAID_BY_PUBLIC_SCHEME].amount


def _ours(steps: dict[Name, Step], guarantee: Guarantee | None) -> Rows:
    """What the contract promises, what it pays, what is left."""
    promised = steps.get(Name.GUARANTEE)
    if promised is not None and guarantee is not None and guarantee.amount:
        included = ", Assurance Maladie comprise" if guarantee.includes_public_share else ", en plus de l'Assurance Maladie"
        what = "forfait" if guarantee.is_flat else f"{percentage(guarantee.amount)} de la base"
        yield f"Garantie au plus : {what}{included}", promised.amount
    if other := next((value for name, value in steps[Name.OUT_OF_POCKET].of if name is Name.PAID_BY_OTHER), None):
        yield "Part de votre autre assureur", other
    yield "Part de votre mutuelle", steps[Name.PAID_BY_US].amount
    yield "Reste à votre charge", steps[Name.OUT_OF_POCKET].amount


def _left(shares: Shares) -> str:
    """Say what is left and what it is made of: the parts make the whole."""
    paid = [shares.paid_by_public_scheme, shares.paid_by_us, *([shares.paid_by_other] if shares.paid_by_other else [])]
    sum_ = f"{' − '.join(euros(amount, cents=True) for amount in (shares.billed, *paid))} = {euros(shares.out_of_pocket, cents=True)}."
    parts = [f"{euros(amount, cents=True)} {what}" for amount, what in _parts(shares) if amount]
    return f"{sum_} " + (f"Ce reste : {' ; '.join(parts)}." if parts else "Il ne vous reste rien à payer.")


def _parts(shares: Shares) -> Iterator[tuple[Decimal, str]]:
    is_extra = shares.theoretical_share and shares.not_covered <= shares.extra_fee  # without a base, nothing is above it
    yield shares.not_covered, "au-dessus de la base de remboursement, que votre garantie ne couvre pas" if is_extra else "que votre garantie ne couvre pas"
    yield shares.pathway_surcharge, "parce que le soin est hors parcours de soins"
    yield shares.retained, "que l'Assurance Maladie retient : un contrat responsable ne les rembourse pas"


def settled_card(settled: Settled, person: str) -> dict[str, Any]:
    """Give what a visit would leave to pay, and that it is an estimate."""
    act = settled.act
    title = f"Estimation pour {person} : {act.kind.label}, le {day(act.care_on, weekday=False)}"
    nothing = "Votre contrat ne prévoit rien pour ce soin à cette date." if settled.guarantee == NOTHING else ""
    return computed_card(title, settled.shares, settled.care, settled.guarantee, nothing, ESTIMATE)
