"""What the insurer sells (world.yml) and where it is (places.yml), read once, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from kernel.french import NBSP, euros
from kernel.reimbursement.guarantee import Guarantee
from kernel.reimbursement.kinds import care_kinds, variants_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Benefit:
    """A benefit of a plan: *yearly* is the most paid to a person in a civil year, *waiting_months* those of a new member."""

    covered_as: str
    label: str
    printed: str
    guarantee: Guarantee
    yearly: Decimal | None
    waiting_months: int
    conditions: str | None


@lru_cache(maxsize=1)
def load_world() -> dict[str, Any]:
    """Read the world as written: world.yml, and the members of families.yml after its own."""
    world = _read("world.yml")
    return {**world, "members": [*world["members"], *_read("families.yml")["members"]]}


@lru_cache(maxsize=1)
def load_places() -> dict[str, Any]:
    """Read places.yml as written."""
    return _read("places.yml")


@lru_cache(maxsize=16)
def benefits_of(plan: str | None) -> Mapping[str, Benefit]:
    """Give what *plan* guarantees, in the order it is printed; nothing for a contract that is not of health."""
    known = load_world()["plans"].get(plan)
    if known is None:
        return {}
    return {name: _benefit(name, known["benefits"][name], known.get("waiting", {}))
            for name in load_world()["benefits"] if name in known["benefits"]}


def prevention_of(plan: str | None) -> list[tuple[str, dict[str, Any]]]:
    """Give the prevention items of *plan*: (id, as written)."""
    world = load_world()
    return [(name, world["prevention"][name]) for name in world["plans"].get(plan, {}).get("prevention", ())]


def kinds_covered_as(covered_as: str) -> tuple[str, ...]:
    """Give the kinds of care a benefit is for."""
    return tuple(kind.name for kind in care_kinds().values() if kind.heading == covered_as)


def names_of(care: str) -> frozenset[str]:
    """Give the kinds of care asked for as *care*: the kind of that name, and its variants."""
    return frozenset({care, *(kind.name for kind in variants_of(care))})


def printed(guarantee: Guarantee) -> str:
    """Say a guarantee as contracts print it: « 150 % de la base, Sécurité sociale comprise », « Frais réels »."""
    if guarantee.amount is None:
        return "Frais réels"
    amount = euros(guarantee.amount) if guarantee.is_flat else f"{guarantee.amount:f}{NBSP}% de la base"
    mode = ", Sécurité sociale comprise" if guarantee.includes_public_share else ", en plus de la Sécurité sociale"
    cap = "" if guarantee.excess_cap is None else f", dépassements dans la limite de {guarantee.excess_cap:f}{NBSP}% de la base"
    return amount + mode + cap


def _benefit(name: str, written: str | Mapping[str, Any], waiting: Mapping[str, int]) -> Benefit:
    said = {"guarantee": written} if isinstance(written, str) else written
    group = load_world()["benefits"][name]
    yearly = said.get("yearly")
    guarantee = Guarantee.parse(said["guarantee"])
    return Benefit(name, group["label"], said.get("printed") or printed(guarantee), guarantee,
                   Decimal(yearly) if yearly else None, waiting.get(name, 0), group.get("conditions"))


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return content
