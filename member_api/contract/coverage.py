"""What a contract covers: benefits, waiting periods, prevention, tiers payant cards, the people covered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from member_api.contract.members import Relationship
from member_api.contract.reimbursements import AppliedGuarantee


@dataclass(frozen=True)
class YearlyUse:
    """What a beneficiary has used of a benefit's yearly amount, this civil year, and what remains."""

    beneficiary_id: str
    used: Decimal
    remaining: Decimal


@dataclass(frozen=True)
class Benefit:
    """
    Garantie of a contract: *covered_as* names it, *printed* is what the contract says of it (« 150 % BR »).

    *yearly_limit* is the most paid to a person in a civil year (None: none), *uses* tells of each person the caller may
    see; *care_kinds* are the kinds of care it is for.
    """

    covered_as: str
    label: str
    printed: str
    guarantee: AppliedGuarantee
    care_kinds: tuple[str, ...]
    conditions: str | None
    yearly_limit: Decimal | None
    uses: tuple[YearlyUse, ...]


@dataclass(frozen=True)
class Benefits:
    """The benefits of one contract on the day of the call; *renews_on* is when yearly amounts begin again."""

    contract_id: str
    plan: str
    renews_on: date
    benefits: tuple[Benefit, ...]


@dataclass(frozen=True)
class WaitingPeriod:
    """Délai de carence still running: care before *ends_on* is not refunded; from that day on it is."""

    contract_id: str
    beneficiary_id: str
    covered_as: str
    label: str
    months: int
    ends_on: date


@dataclass(frozen=True)
class WaitingPeriods:
    """The answer that lists waiting periods, first to end first."""

    waiting_periods: tuple[WaitingPeriod, ...]


@dataclass(frozen=True)
class PreventionItem:
    """What a contract includes to stay well; *yearly_limit* in euros a person, None when nothing is to be paid."""

    id: str
    contract_id: str
    label: str
    conditions: str
    yearly_limit: Decimal | None


@dataclass(frozen=True)
class PreventionItems:
    """The answer that lists prevention items."""

    items: tuple[PreventionItem, ...]


class CardStatus(StrEnum):
    """Whether a tiers payant card can be shown today."""

    COMING = "coming"
    VALID = "valid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class MemberCard:
    """Carte de tiers payant: valid from the first day to the last, both included; *paper_id* is its PDF."""

    id: str
    contract_id: str
    beneficiary_ids: tuple[str, ...]
    valid_from_on: date
    valid_until_on: date
    status: CardStatus
    paper_id: str


@dataclass(frozen=True)
class MemberCards:
    """The answer that lists tiers payant cards, latest first."""

    cards: tuple[MemberCard, ...]


class Sight(StrEnum):
    """Why the caller may read a beneficiary's lines."""

    OWN = "own"
    PARENT = "parent"
    AGREED = "agreed"


@dataclass(frozen=True)
class CoveredPerson:
    """
    A beneficiary and his rights. *sight* is None when the caller may not read his lines: he then has his own access.

    *has_noemie_link* (télétransmission): the public scheme sends us his statements.
    """

    id: str
    first_name: str
    last_name: str
    birth_on: date
    relationship: Relationship
    contract_id: str
    since_on: date
    until_on: date | None
    has_noemie_link: bool
    has_own_access: bool
    sight: Sight | None


@dataclass(frozen=True)
class CoveredPeople:
    """The answer that lists beneficiaries with their rights, oldest first."""

    beneficiaries: tuple[CoveredPerson, ...]


class RepresentationKind(StrEnum):
    """*guardian* (tuteur): reads and acts for his ward; *proxy* (mandataire): reads, without the premiums."""

    GUARDIAN = "guardian"
    PROXY = "proxy"


@dataclass(frozen=True)
class Representation:
    """A file that the member may open for somebody else (`Caller.file_id`), until *until_on* included."""

    member_id: str
    first_name: str
    last_name: str
    kind: RepresentationKind
    until_on: date
    may_act: bool


@dataclass(frozen=True)
class Representations:
    """The answer that lists whom the member represents."""

    representations: tuple[Representation, ...]
