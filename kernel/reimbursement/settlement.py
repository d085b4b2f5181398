"""One act after another, as the public scheme and then the contract settle them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.reimbursement.care import Act, care_of
from kernel.reimbursement.cover import Cover, Standing, outside_optam
from kernel.reimbursement.guarantee import NOTHING, Guarantee
from kernel.reimbursement.shares import Care, Shares, share
from kernel.reimbursement.situation import Situation
from kernel.reimbursement.totals import YearTotals


@dataclass(frozen=True)
class Settled:
    """
    An act and who pays what of it: *guarantee* is what was still promised that day, *standing* why if nothing was.

    *standing* is None when the plan has no promise for this kind of care. *totals* are those after the act.
    """

    act: Act
    care: Care
    guarantee: Guarantee
    standing: Standing | None
    shares: Shares
    totals: YearTotals


def settle(act: Act, cover: Cover | None, situation: Situation | None = None, totals: YearTotals | None = None) -> Settled:
    """
    Settle *act* for somebody in *situation* whose contract promises *cover*, after the *totals* of his year.

    CannotCompute when a figure is missing; ValueError when the totals already count a later day. Amounts are an estimate until
    the statement says the same (D31).
    """
    before = (totals or YearTotals(act.care_on.year)).at(act.care_on)
    care = care_of(act, situation, before)
    guarantee = before.remaining(_promise(act, cover, care), act.kind.heading, act.care_on)
    shares = share(care, guarantee)
    after = before.using(guarantee, act.kind.heading, care, shares, act.care_on)
    if act.kind.deduction is not None:
        after = after.retaining(act.kind.deduction, shares.retained, act.care_on, act.practitioner)
    return Settled(act, care, guarantee, cover.standing(act.care_on) if cover else None, shares, after)


def settle_all(
    acts: Iterable[Act], covers: Mapping[str, Cover], situation: Situation | None = None, totals: YearTotals | None = None
) -> tuple[Settled, ...]:
    """
    Settle the *acts* of one person in the order of their dates; *covers* by heading of the plan.

    Acts of one day keep the order given; the totals go from one to the next, and start anew with each year.
    """
    settled: list[Settled] = []
    for act in sorted(acts, key=lambda act: act.care_on):
        so_far = settled[-1].totals if settled else totals
        settled.append(settle(act, covers.get(act.kind.heading), situation, so_far))
    return tuple(settled)


def _promise(act: Act, cover: Cover | None, care: Care) -> Guarantee:
    promised = cover.on(act.care_on) if cover else NOTHING
    return outside_optam(promised, care.rate_in_pathway, act.care_on) if act.kind.is_outside_optam else promised
