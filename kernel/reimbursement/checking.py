"""
Does a line of a statement hold? Its shares are computed again from its own amounts; what differs is said, never explained away.

Statements differ: some print the public share as paid, others before the deduction, with the deduction on a line of its own
(docs/domain/reimbursement.md 3.2). Both are read. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kernel.reimbursement.amounts import ZERO, is_amount
from kernel.reimbursement.guarantee import Guarantee, just
from kernel.reimbursement.guessing import care_that_gives
from kernel.reimbursement.line import Line
from kernel.reimbursement.shares import Care, Shares, share

AMOUNTS = ("billed", "reimbursement_base", "paid_by_public_scheme", "flat_contribution", "pathway_surcharge", "paid_by_us",
           "out_of_pocket")


class Style(StrEnum):
    """How a line prints the public share."""

    AFTER_DEDUCTION = "after_deduction"
    BEFORE_DEDUCTION = "before_deduction"


@dataclass(frozen=True)
class Difference:
    """*name* (of `AMOUNTS`) is *shown* on the line; computed again it is *recomputed*, None when nothing can be computed."""

    name: str
    shown: Decimal
    recomputed: Decimal | None


@dataclass(frozen=True)
class Agreement:
    """The line holds: *care* and *shares* are what it says, ready for `explain`. *guarantee* None: our share is only possible."""

    care: Care
    shares: Shares
    guarantee: Guarantee | None
    style: Style


def check(
    line: Line, *, guarantee: Guarantee | None = None, care: Care | None = None, paid_by_other: Decimal = ZERO
) -> Agreement | tuple[Difference, ...]:
    """
    Compute the shares of *line* again; give the agreement, or every difference: then the line is handed over, not explained.

    *guarantee*: what was promised for this care that day (after waiting periods and what was left of the year); without it, our
    share is only checked to be possible. *care*: what the act should be (`care_of`); without it, the rate must be one of the
    public scheme. A deduction smaller than the one of *care* is accepted: caps depend on the whole year.
    """
    wrong = tuple(Difference(name, getattr(line, name), None) for name in AMOUNTS if not is_amount(getattr(line, name)))
    if wrong:
        return wrong
    styles = Style if line.flat_contribution else (Style.AFTER_DEDUCTION,)
    readings = [(_read(line, style, guarantee, care, paid_by_other), _adds_up(line, style, paid_by_other)) for style in styles]
    return min(readings, key=lambda one: _doubt(*one))[0]


def _adds_up(line: Line, style: Style, paid_by_other: Decimal) -> bool:
    """Say whether the line makes its price when it is read in *style*."""
    kept = line.flat_contribution if style is Style.BEFORE_DEDUCTION else ZERO
    return line.paid_by_public_scheme - kept + line.paid_by_us + paid_by_other + line.out_of_pocket == line.billed


def _doubt(reading: Agreement | tuple[Difference, ...], adds_up: bool) -> tuple[bool, bool, bool, int]:
    """Order readings: an agreement, one that makes the price, one that can say what should be, the one that differs least."""
    if isinstance(reading, Agreement):
        return False, False, False, 0
    return True, not adds_up, any(difference.recomputed is None for difference in reading), len(reading)


def _read(
    line: Line, style: Style, guarantee: Guarantee | None, care: Care | None, paid_by_other: Decimal
) -> Agreement | tuple[Difference, ...]:
    theoretical = line.paid_by_public_scheme + (line.flat_contribution if style is Style.AFTER_DEDUCTION else ZERO)
    found = care_that_gives(line, theoretical, care)
    if found is None:
        return (Difference("paid_by_public_scheme", line.paid_by_public_scheme, None),)
    try:
        shares = share(found, guarantee or just(line.paid_by_us), paid_by_other)
    except ValueError:
        return (Difference("out_of_pocket", line.out_of_pocket, None),)
    differences = tuple(_differences(line, style, found, shares))
    return differences or Agreement(found, shares, guarantee, style)


def _differences(line: Line, style: Style, care: Care, shares: Shares) -> list[Difference]:
    is_before = style is Style.BEFORE_DEDUCTION
    expected = {
        "reimbursement_base": care.base, "flat_contribution": shares.retained, "pathway_surcharge": shares.pathway_surcharge,
        "paid_by_public_scheme": shares.theoretical_share if is_before else shares.paid_by_public_scheme,
        "paid_by_us": shares.paid_by_us, "out_of_pocket": shares.out_of_pocket,
    }
    if is_before and line.out_of_pocket == shares.out_of_pocket - shares.retained:
        expected["out_of_pocket"] = line.out_of_pocket
    return [Difference(name, getattr(line, name), value) for name, value in expected.items() if getattr(line, name) != value]
