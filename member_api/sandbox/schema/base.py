"""What the sandbox's tables share: their list, amounts, the member they belong to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, TypeDecorator

metadata = MetaData()


class Euros(TypeDecorator[Decimal]):
    """An amount, kept as whole cents: SQLite has no decimal type."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _: Any) -> int | None:
        """Store cents."""
        return None if value is None else int(value * 100)

    def process_result_value(self, value: int | None, _: Any) -> Decimal | None:
        """Give back euros."""
        return None if value is None else Decimal(value).scaleb(-2)


def belongs_to_member() -> Column[str]:
    """Make the column that names the member a row belongs to."""
    return Column("member_id", String(80), ForeignKey("sandbox_member.id"), nullable=False, index=True)
