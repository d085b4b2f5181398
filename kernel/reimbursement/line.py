"""What is read of a line of a statement: its amounts, as `member_api.contract.Reimbursement` has them. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol


class Line(Protocol):
    """A line of a statement; amounts in euros."""

    @property
    def care_on(self) -> date:
        """The day of care."""

    @property
    def billed(self) -> Decimal:
        """The price."""

    @property
    def reimbursement_base(self) -> Decimal:
        """BR, base de remboursement."""

    @property
    def paid_by_public_scheme(self) -> Decimal:
        """RO, régime obligatoire."""

    @property
    def flat_contribution(self) -> Decimal:
        """PF or franchise, kept back by the public scheme."""

    @property
    def pathway_surcharge(self) -> Decimal:
        """What the public scheme pays less outside the pathway."""

    @property
    def paid_by_us(self) -> Decimal:
        """Our share."""

    @property
    def out_of_pocket(self) -> Decimal:
        """RAC, reste à charge."""
