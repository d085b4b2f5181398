"""Which act gives the amounts of a line? The rate is not printed: it is found among those of the public scheme. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kernel.figures import figure
from kernel.reimbursement.amounts import ZERO
from kernel.reimbursement.line import Line
from kernel.reimbursement.shares import Care

_RATES = ("rate_in_pathway", "rate_paramedical", "rate_medicines", "rate_dentist", "rate_full", "rate_hospital_stay",
          "alsace_moselle_rate", "rate_medicines_moderate", "rate_medicines_low")
"""Rates a line may have inside the pathway, the most frequent first (C08 to C10, C19, C27, V12)."""


def care_that_gives(line: Line, theoretical: Decimal, known: Care | None) -> Care | None:
    """
    Give the act whose public share, before deduction, is *theoretical*; None when no rate of the public scheme gives it.

    *known* wins: what the act should be, with the price and the deduction of the line (never more than *known* says is due).
    """
    if known is not None:
        return replace(known, billed=line.billed, retained=min(line.flat_contribution, known.retained))
    found = [care for care in _possible(line) if care.theoretical == theoretical]
    exact = [care for care in found if care.pathway_surcharge == line.pathway_surcharge]
    return next(iter(exact + found), None)


def _possible(line: Line) -> Iterator[Care]:
    """Give what the act may be: each rate, inside the pathway and outside; nothing; a costly act (C18)."""
    day, base, retained = line.care_on, line.reimbursement_base, line.flat_contribution
    lost = figure("rate_in_pathway", day) - figure("rate_outside_pathway", day)
    rates = [figure(name, day) for name in _RATES]
    yield from (Care(line.billed, base, rate, rate, retained) for rate in (*rates, ZERO))
    yield from (Care(line.billed, base, rate - lost, rate, retained) for rate in rates if rate > lost)
    if base >= figure("costly_act_threshold", day):
        rate = figure("rate_hospital_stay", day)
        yield Care(line.billed, base, rate, rate, retained, flat_copayment=figure("costly_act_contribution", day))
