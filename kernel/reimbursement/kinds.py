"""The kinds of care that are known, with the names of their figures (``tables/care.yml``). Pure but for reading it, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import yaml

from kernel.paths import TABLES
from kernel.reimbursement.deductions import Deduction

BILLED, GIVEN, NOTHING = "billed", "given", "nothing"
"""What stands for a figure: the price itself, what only the act's papers tell, nothing at all."""


@dataclass(frozen=True)
class CareKind:
    """
    A kind of care. *base*, *rate*, *local_rate*, *price*, *price_cap* and *joint_cap* name figures (kernel/figures.py).

    *label* is printed (French), *heading* is what a plan calls it, *said_as* the kind a member names it by; *sources* are
    ids of docs/domain. The rest is told in the table.
    """

    name: str
    label: str
    heading: str
    said_as: str
    sources: tuple[str, ...]
    base: str
    rate: str
    items: int = 1
    deduction: Deduction | None = None
    local_rate: str | None = None
    price: str | None = None
    price_cap: str | None = None
    joint_cap: str | None = None
    has_pathway: bool = False
    is_outside_optam: bool = False
    is_full_rate_known: bool = True

    @property
    def figures(self) -> tuple[str, ...]:
        """Name the figures of the public scheme this kind is computed with."""
        names = (self.base, self.rate, self.local_rate, self.price, self.price_cap, self.joint_cap)
        return tuple(name for name in names if name and name not in {BILLED, GIVEN, NOTHING})


def care_kind(name: str) -> CareKind:
    """Give the kind called *name*; KeyError when there is none."""
    return care_kinds()[name]


@lru_cache(maxsize=1)
def care_kinds() -> Mapping[str, CareKind]:
    """Give every kind, by name, in the order of the table."""
    rows = yaml.safe_load((TABLES / "care.yml").read_text(encoding="utf-8"))
    return MappingProxyType({row["name"]: _kind(row) for row in rows})


def variants_of(said_as: str) -> tuple[CareKind, ...]:
    """Give the kinds a member may mean by *said_as* (``hearing_aid``: class I, class II); none for an unknown word."""
    return tuple(kind for kind in care_kinds().values() if kind.said_as == said_as)


def _kind(row: Mapping[str, Any]) -> CareKind:
    return CareKind(
        name=row["name"], label=row["label"], heading=row["heading"], said_as=row.get("said_as", row["name"]),
        sources=tuple(row["sources"]), base=row["base"], rate=row["rate"], items=row.get("items", 1),
        deduction=Deduction(row["deduction"]) if "deduction" in row else None, local_rate=row.get("local_rate"),
        price=row.get("price"), price_cap=row.get("price_cap"), joint_cap=row.get("joint_cap"),
        has_pathway=row.get("pathway", False), is_outside_optam=row.get("outside_optam", False),
        is_full_rate_known=not row.get("full_rate_unknown", False))
