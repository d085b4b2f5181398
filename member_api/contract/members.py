"""The member's file: who he is, his contracts, the people they cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Civility(StrEnum):
    """Civilité."""

    MADAME = "mme"
    MONSIEUR = "m"


@dataclass(frozen=True)
class Contacts:
    """How the member is reached, masked by the insurer: ``c•••••@exemple.fr``, ``06 •• •• •• 42``."""

    email: str | None
    phone: str | None


@dataclass(frozen=True)
class Address:
    """A postal address in France; *line2* is the building, the floor, the lieu-dit."""

    line1: str
    line2: str | None
    postal_code: str
    town: str


class ContractKind(StrEnum):
    """Branche."""

    HEALTH = "health"
    HOME = "home"
    CAR = "car"
    PROVIDENT = "provident"


@dataclass(frozen=True)
class Contract:
    """Contrat: *label* is its name as printed; *plan* its formule; *number_ending* the last digits of its number."""

    id: str
    kind: ContractKind
    label: str
    plan: str | None
    number_ending: str
    since_on: date
    until_on: date | None


class Relationship(StrEnum):
    """What a beneficiary is to the member."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"


@dataclass(frozen=True)
class Beneficiary:
    """Bénéficiaire: a person whose care a health contract covers."""

    id: str
    first_name: str
    last_name: str
    birth_on: date
    relationship: Relationship
    contract_id: str


@dataclass(frozen=True)
class BankAccount:
    """Where refunds are paid: whose account, the last digits of its IBAN, since when."""

    holder: str
    number_ending: str
    since_on: date


@dataclass(frozen=True)
class Member:
    """
    Sociétaire, as his file is on the day of the call; *address* is the one in force.

    Who is covered by somebody else's contract finds that contract here, and himself as beneficiary. *bank_account* is
    None when we have no bank details, or the file is read by somebody who may not know them.
    """

    id: str
    civility: Civility
    first_name: str
    last_name: str
    contacts: Contacts
    address: Address
    contracts: tuple[Contract, ...]
    beneficiaries: tuple[Beneficiary, ...]
    bank_account: BankAccount | None
