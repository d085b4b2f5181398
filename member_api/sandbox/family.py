"""
Family events, and what they change once a person has accepted the documents.

Operations on one connection (see kernel/database.py).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from kernel.calendar import PARIS, add_months
from kernel.errors import Forbidden
from kernel.ids import new_id
from member_api import shape
from member_api.contract import (
    ContractKind,
    FamilyEvent,
    FamilyEventKind,
    FamilyNeeds,
    NeededDocument,
    Needs,
    NewBeneficiary,
    Relationship,
    Request,
    RequestKind,
    RequestStatus,
    Sight,
)
from member_api.sandbox import schema
from member_api.sandbox.asking import Ask, check_beneficiary, record
from member_api.sandbox.forms import MalformedField

SUBJECTS = {
    FamilyEventKind.MARRIAGE: "Mariage", FamilyEventKind.PACS: "PACS", FamilyEventKind.SEPARATION: "Séparation ou divorce",
    FamilyEventKind.BIRTH: "Ajout d'un enfant : naissance", FamilyEventKind.ADOPTION: "Ajout d'un enfant : adoption",
    FamilyEventKind.REMOVAL: "Retrait d'une personne du contrat",
}
_RIGHTS = NeededDocument("public_scheme_rights", "Attestation de droits de l'Assurance maladie de la personne à ajouter")
NEEDED = {
    FamilyEventKind.MARRIAGE: (NeededDocument("marriage_record", "Acte de mariage ou livret de famille"),),
    FamilyEventKind.PACS: (NeededDocument("pacs_record", "Récépissé d'enregistrement du PACS"),),
    FamilyEventKind.SEPARATION: (NeededDocument(
        "separation_record", "Jugement, convention de divorce, dissolution du PACS ou attestation sur l'honneur"),),
    FamilyEventKind.BIRTH: (NeededDocument("birth_record", "Acte de naissance ou livret de famille"), _RIGHTS),
    FamilyEventKind.ADOPTION: (NeededDocument("adoption_record", "Jugement d'adoption ou attestation de placement"), _RIGHTS),
    FamilyEventKind.REMOVAL: (),
}
_CHILD = frozenset({FamilyEventKind.BIRTH, FamilyEventKind.ADOPTION})


def needs() -> FamilyNeeds:
    """List the documents of each kind of event."""
    return FamilyNeeds(tuple(Needs(kind, documents) for kind, documents in NEEDED.items()))


def tell(tx: Connection, member_id: str, event: FamilyEvent, now: datetime) -> Request:
    """Record an event: nothing changes until a person has looked at it. NotFound for who leaves; never the member himself."""
    if event.leaves and check_beneficiary(tx, member_id, event.leaves).relationship == Relationship.SELF:
        raise MalformedField("leaves", "somebody else than the member: his own contract is ended otherwise")
    needed = NEEDED[event.kind] + ((_RIGHTS,) if event.joins and event.kind not in _CHILD else ())
    status = RequestStatus.PROOF_EXPECTED if needed else RequestStatus.IN_PROGRESS
    asked = Ask(RequestKind.FAMILY_EVENT, SUBJECTS[event.kind], status, needed=needed,
                details={"event": shape.write(event), "beneficiary_id": event.leaves})
    return record(tx, member_id, asked, now)


def accept(tx: Connection, row: Row[Any], now: datetime) -> None:
    """Change the contract as the accepted event says."""
    event = shape.read(FamilyEvent, row.details["event"])
    if event.joins:
        _join(tx, row.member_id, event.kind, event.joins, now.astimezone(PARIS).date())
    if event.leaves:
        table = schema.beneficiary
        mine = (table.c.id == event.leaves) & (table.c.member_id == row.member_id)
        tx.execute(update(table).where(mine).values(until_on=now.astimezone(PARIS).date()))


def _join(tx: Connection, member_id: str, kind: FamilyEventKind, person: NewBeneficiary, today: date) -> None:
    table = schema.contract
    health = select(table.c.id).where(table.c.member_id == member_id, table.c.kind == ContractKind.HEALTH)
    contract_id = tx.execute(health.order_by(table.c.id)).scalars().first()
    if contract_id is None:
        raise Forbidden("no health contract")
    beneficiary_id = new_id("b")
    tx.execute(insert(schema.beneficiary).values(
        id=beneficiary_id, member_id=member_id, contract_id=contract_id, has_noemie_link=False, since_on=today,
        relationship=Relationship.CHILD if kind in _CHILD else Relationship.SPOUSE, **person.__dict__))
    if kind in _CHILD:  # a parent sees the care of a child; another adult says himself who may see his
        tx.execute(insert(schema.sight).values(reader_id=member_id, beneficiary_id=beneficiary_id, why=Sight.PARENT,
                                               until_on=add_months(person.birth_on, 18 * 12)))
