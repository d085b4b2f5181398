"""How each amount of an act was computed, step by step: the algorithm of docs/domain/reimbursement.md 3.2, as values. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kernel.reimbursement.amounts import ZERO, percent
from kernel.reimbursement.guarantee import Guarantee, just
from kernel.reimbursement.shares import Care, Shares, refundable, share
from kernel.reimbursement.steps import How, Name, Named, Step


def explain(shares: Shares, care: Care, guarantee: Guarantee | None) -> tuple[Step, ...]:
    """
    Give the steps from the price of *care* to what is left, each with how it was computed.

    *guarantee* None: not known, our share is then given, not explained. ValueError when *shares* are not those of *care* (under
    *guarantee*): nothing is explained that is not so.
    """
    if share(care, guarantee or just(shares.paid_by_us), shares.paid_by_other) != shares:
        raise ValueError("these shares are not those of this care")
    ours = _our_share(shares, care, guarantee) if guarantee else iter([Step(Name.PAID_BY_US, shares.paid_by_us)])
    return (*_public_share(shares, care), *_left_by_it(shares, care), *ours, *_out_of_pocket(shares, care))


def _public_share(shares: Shares, care: Care) -> Iterator[Step]:
    """Base, rate, deduction (C08, C11 to C14, C18): what the public scheme pays."""
    billed, base, counted = (Name.BILLED, care.billed), (Name.BASE, care.base), (Name.COUNTED, care.counted)
    theoretical, retained = (Name.THEORETICAL_SHARE, shares.theoretical_share), (Name.RETAINED, shares.retained)
    yield Step(*billed)
    yield Step(*base)
    yield Step(*counted, How.LEAST, (billed, base))
    if care.flat_copayment is None:
        yield Step(*theoretical, How.PERCENT, (counted, (Name.RATE, care.rate)))
    else:
        yield Step(*theoretical, How.MINUS, (counted, (Name.FLAT_COPAYMENT, care.flat_copayment)))
    yield Step(*retained, How.LEAST, ((Name.DUE, care.retained), theoretical))
    yield Step(Name.PAID_BY_PUBLIC_SCHEME, shares.paid_by_public_scheme, How.MINUS, (theoretical, retained))


def _left_by_it(shares: Shares, care: Care) -> Iterator[Step]:
    """Copayment, surcharge outside the pathway, extra fee: what the public scheme leaves."""
    counted, in_pathway = (Name.COUNTED, care.counted), _in_pathway(care)
    if in_pathway[0] is Name.SHARE_IN_PATHWAY:
        yield Step(*in_pathway, How.PERCENT, (counted, (Name.RATE_IN_PATHWAY, care.rate_in_pathway)))
        yield Step(Name.PATHWAY_SURCHARGE, shares.pathway_surcharge, How.MINUS,
                   (in_pathway, (Name.THEORETICAL_SHARE, shares.theoretical_share)))
    yield Step(Name.COPAYMENT, shares.copayment, How.MINUS, (counted, in_pathway))
    yield Step(Name.EXTRA_FEE, shares.extra_fee, How.MINUS, ((Name.BILLED, care.billed), counted))


def _our_share(shares: Shares, care: Care, guarantee: Guarantee) -> Iterator[Step]:
    """What is promised, what may be refunded, what another insurer left: our share is the least of them."""
    limits: list[Named] = []
    for limit in (_promised(care, guarantee), _joint(care), _refundable(shares, care, guarantee), _left_by_other(shares, care)):
        steps = tuple(limit)
        yield from steps
        limits += [(step.name, step.amount) for step in steps[-1:]]
    yield Step(Name.PAID_BY_US, shares.paid_by_us, How.LEAST, tuple(limits))


def _promised(care: Care, guarantee: Guarantee) -> Iterator[Step]:
    """The ceiling of the contract, after the public share when it is included; none for « frais réels »."""
    if guarantee.amount is None:
        return
    if guarantee.is_flat:
        promised = Step(Name.GUARANTEE, guarantee.amount)
    else:
        promised = Step(Name.GUARANTEE, percent(care.base, guarantee.amount), How.PERCENT,
                        ((Name.BASE, care.base), (Name.GUARANTEE_RATE, guarantee.amount)))
    yield promised
    if guarantee.includes_public_share:
        yield _minus(Name.CEILING, (Name.GUARANTEE, promised.amount), _in_pathway(care))


def _joint(care: Care) -> Iterator[Step]:
    """The most the public scheme and a responsible contract pay together (C21, C23)."""
    if care.joint_cap is not None:
        yield _minus(Name.JOINT_CEILING, (Name.JOINT_CAP, care.joint_cap), _in_pathway(care))


def _refundable(shares: Shares, care: Care, guarantee: Guarantee) -> Iterator[Step]:
    """The copayment and the extra fee, within its cap outside OPTAM (C25); never the deduction nor the surcharge."""
    extra_fee = (Name.EXTRA_FEE, shares.extra_fee)
    if guarantee.excess_cap is not None:
        cap = (Name.EXCESS_CAP, percent(care.base, guarantee.excess_cap))
        yield Step(*cap, How.PERCENT, ((Name.BASE, care.base), (Name.EXCESS_RATE, guarantee.excess_cap)))
        yield Step(Name.REFUNDABLE_EXCESS, min(extra_fee[1], cap[1]), How.LEAST, (extra_fee, cap))
        extra_fee = (Name.REFUNDABLE_EXCESS, min(extra_fee[1], cap[1]))
    yield Step(Name.REFUNDABLE, refundable(care, guarantee), How.PLUS, ((Name.COPAYMENT, shares.copayment), extra_fee))


def _left_by_other(shares: Shares, care: Care) -> Iterator[Step]:
    """What another complementary insurer left: the total never exceeds the cost."""
    if shares.paid_by_other:
        yield _minus(Name.LEFT_BY_OTHER, (Name.BILLED, care.billed), _in_pathway(care), (Name.PAID_BY_OTHER, shares.paid_by_other))


def _out_of_pocket(shares: Shares, care: Care) -> Iterator[Step]:
    """What is left, and how much of it complementary insurers could have paid."""
    paid = [(Name.PAID_BY_US, shares.paid_by_us)]
    paid += [(Name.PAID_BY_OTHER, shares.paid_by_other)] if shares.paid_by_other else []
    billed = (Name.BILLED, care.billed)
    yield _minus(Name.NOT_COVERED, billed, _in_pathway(care), *paid)
    yield _minus(Name.OUT_OF_POCKET, billed, (Name.PAID_BY_PUBLIC_SCHEME, shares.paid_by_public_scheme), *paid)


def _in_pathway(care: Care) -> Named:
    """Name the public share inside the pathway: when the pathway is followed it is the theoretical share itself."""
    is_outside = care.rate != care.rate_in_pathway
    return (Name.SHARE_IN_PATHWAY if is_outside else Name.THEORETICAL_SHARE, care.in_pathway)


def _minus(name: Name, first: Named, *others: Named) -> Step:
    amount = first[1] - sum((value for _, value in others), Decimal(0))
    return Step(name, max(amount, ZERO), How.MINUS, (first, *others))
