"""The member's file at the desk, read from the insurer's member API."""

from __future__ import annotations

from handoff.service.member_file import BeneficiaryLine, ContractLine, MemberSummary, ReimbursementLine, RequestLine
from kernel.errors import NotFound
from member_api.client import MemberApiClient
from member_api.contract import (
    Beneficiary,
    Caller,
    Contract,
    ContractKind,
    Member,
    Reimbursement,
    ReimbursementStatus,
    Relationship,
    Request,
    RequestKind,
    RequestStatus,
)

DESK = "desk"
"""Who the insurer's system notes as reading; which advisor it was is in our own audit."""

LATEST = 5
CONTRACTS = {ContractKind.HEALTH: "Santé", ContractKind.HOME: "Habitation", ContractKind.CAR: "Automobile", ContractKind.PROVIDENT: "Prévoyance"}
RELATIONS = {Relationship.SELF: "titulaire", Relationship.SPOUSE: "conjoint", Relationship.CHILD: "enfant"}
REIMBURSED = {ReimbursementStatus.EXPECTED: "annoncé, Sécurité sociale attendue", ReimbursementStatus.RECEIVED: "information reçue, pas encore versé", ReimbursementStatus.PROCESSED: "traité, virement en cours",
              ReimbursementStatus.PAID: "versé", ReimbursementStatus.REFUSED: "non remboursé"}
ASKED = {RequestKind.ADDRESS_CHANGE: "Changement d'adresse", RequestKind.COMPLAINT: "Réclamation", RequestKind.WRITTEN: "Demande écrite"}
STATES = {RequestStatus.PROOF_EXPECTED: "justificatif attendu", RequestStatus.PROOF_RECEIVED: "justificatif reçu",
          RequestStatus.IN_PROGRESS: "en cours", RequestStatus.ACKNOWLEDGED: "accusé de réception envoyé", RequestStatus.DONE: "terminée",
          RequestStatus.REFUSED: "refusée"}


class ApiMemberFile:
    """MemberFile over the member API."""

    def __init__(self, members: MemberApiClient) -> None:
        """*members*: the client of this process."""
        self._members = members

    async def summary(self, member_id: str) -> MemberSummary | None:
        """See MemberFile."""
        caller = Caller(member_id, 0, None, advisor_id=DESK)
        try:
            member = await self._members.member(caller)
        except NotFound:
            return None
        lines = await self._members.reimbursements(caller)
        asked = await self._members.requests(caller)
        return _summary(member, lines, asked)


def _summary(member: Member, lines: tuple[Reimbursement, ...], asked: tuple[Request, ...]) -> MemberSummary:
    address = member.address
    return MemberSummary(
        name=f"{member.first_name} {member.last_name}",
        contracts=tuple(_contract(contract) for contract in member.contracts),
        beneficiaries=tuple(_beneficiary(one) for one in member.beneficiaries),
        address=tuple(line for line in (address.line1, address.line2, f"{address.postal_code} {address.town}") if line),
        reimbursements=tuple(_reimbursement(line) for line in lines[:LATEST]),
        requests=tuple(_request(request) for request in asked[:LATEST]),
    )


def _contract(contract: Contract) -> ContractLine:
    plan = f", formule {contract.plan}" if contract.plan else ""
    return ContractLine(f"{CONTRACTS[contract.kind]} : {contract.label}{plan}", f"… {contract.number_ending}")


def _beneficiary(one: Beneficiary) -> BeneficiaryLine:
    return BeneficiaryLine(f"{one.first_name} {one.last_name}", RELATIONS[one.relationship], one.birth_on)


def _reimbursement(line: Reimbursement) -> ReimbursementLine:
    return ReimbursementLine(line.care, line.care_on, line.billed, line.paid_by_us, line.out_of_pocket, REIMBURSED[line.status], line.paid_on)


def _request(request: Request) -> RequestLine:
    return RequestLine(f"{ASKED[request.kind]} : {request.subject}" if request.subject else ASKED[request.kind], STATES[request.status], request.asked_at.date())
