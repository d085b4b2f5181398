"""Family events: who joins or leaves the contract, and the documents each needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from member_api.contract.requests import NeededDocument


class FamilyEventKind(StrEnum):
    """What happened."""

    MARRIAGE = "marriage"
    PACS = "pacs"
    SEPARATION = "separation"
    BIRTH = "birth"
    ADOPTION = "adoption"
    REMOVAL = "removal"


@dataclass(frozen=True)
class NewBeneficiary:
    """Somebody to add to the contract."""

    first_name: str
    last_name: str
    birth_on: date


@dataclass(frozen=True)
class FamilyEvent:
    """
    An event of the day *happened_on*.

    *joins*: needed for a birth and an adoption, possible for a marriage or a PACS. *leaves*: the beneficiary who goes,
    needed for a removal, possible for a separation.
    """

    kind: FamilyEventKind
    happened_on: date
    joins: NewBeneficiary | None = None
    leaves: str | None = None


@dataclass(frozen=True)
class Needs:
    """The documents that one kind of event needs; none: a person looks at the request as it is."""

    kind: FamilyEventKind
    documents: tuple[NeededDocument, ...]


@dataclass(frozen=True)
class FamilyNeeds:
    """The answer that lists them."""

    needs: tuple[Needs, ...]
