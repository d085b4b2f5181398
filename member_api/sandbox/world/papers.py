"""Statements of what was paid, tiers payant cards, and every paper of a family. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kernel.french import day
from member_api.contract import ContractKind, PaperKind

Row = dict[str, Any]
TableRow = tuple[str, Row]


@dataclass(frozen=True)
class Papers:
    """The papers of the file *member_id* as of *today*; *names* are the first names of its beneficiaries."""

    member_id: str
    names: dict[str, str]
    today: date

    def statements(self, contract_id: str, lines: Sequence[Row]) -> Iterator[TableRow]:
        """Give a statement and its paper for each beneficiary and day of payment; sets ``statement_id`` in *lines*."""
        paid: defaultdict[tuple[date, str], list[Row]] = defaultdict(list)
        for line in lines:
            if line["paid_on"] is not None:
                paid[line["paid_on"], line["beneficiary_id"]].append(line)
        for number, ((paid_on, beneficiary_id), together) in enumerate(sorted(paid.items()), start=1):
            statement_id = f"s-{self.member_id}-{number:03d}"
            for line in together:
                line["statement_id"] = statement_id
            title = f"Décompte du {day(paid_on, weekday=False)}, {self.names[beneficiary_id]}"
            paper_id, row = self._paper(f"s-{number:03d}", PaperKind.STATEMENT, title, paid_on, contract_id, beneficiary_id)
            yield row
            yield "sandbox_statement", {
                "id": statement_id, "member_id": self.member_id, "beneficiary_id": beneficiary_id, "contract_id": contract_id,
                "issued_on": paid_on, "line_count": len(together), "paper_id": paper_id,
                "paid_by_us": sum((line["paid_by_us"] for line in together), Decimal(0))}
        yield from self._yearly(contract_id, {(paid_on.year, who) for paid_on, who in paid})

    def cards(self, contract: Row, *, has_this_year: bool) -> Iterator[TableRow]:
        """Give the tiers payant cards of a health contract: one a civil year, last year's and this one's."""
        for year in range(self.today.year - 1, self.today.year + 2):
            first, last = max(date(year, 1, 1), contract["since_on"]), date(year, 12, 31)
            is_early = first > self.today and first != contract["since_on"] and self.today.month < 12
            ended = contract["until_on"]
            if first > last or is_early or (ended and first > ended) or (year >= self.today.year and not has_this_year):
                continue
            paper_id, row = self._paper(f"c-{contract['id']}-{year}", PaperKind.MEMBER_CARD, f"Carte de tiers payant {year}",
                                              min(first, self.today), contract["id"])
            yield row
            yield "sandbox_member_card", {
                "id": f"k-{contract['id']}-{year}", "member_id": self.member_id, "contract_id": contract["id"],
                "valid_from_on": first, "valid_until_on": last, "cancelled_on": ended if ended and ended < last else None,
                "paper_id": paper_id}

    def terms(self, contract: Row) -> Iterator[TableRow]:
        """Give what a contract begins with, and the schedule of this year's premiums."""
        is_health = contract["kind"] == ContractKind.HEALTH
        title = f"Conditions de votre contrat {contract['label']}" + (f", formule {contract['plan']}" if is_health else "")
        made_on = min(contract["since_on"], self.today)
        yield self._paper(f"t-{contract['id']}", PaperKind.CONTRACT_TERMS, title, made_on, contract["id"])[1]
        year = max(self.today.year, contract["since_on"].year)
        if contract["until_on"] is None:
            yield self._paper(f"e-{contract['id']}-{year}", PaperKind.PAYMENT_SCHEDULE, f"Échéancier {year}, {contract['label']}",
                                 min(max(date(year, 1, 1), made_on), self.today), contract["id"])[1]

    def _yearly(self, contract_id: str, years: set[tuple[int, str]]) -> Iterator[TableRow]:
        for year, beneficiary_id in sorted(years):
            if year < self.today.year:
                title = f"Relevé annuel {year}, {self.names[beneficiary_id]}"
                yield self._paper(f"y-{beneficiary_id}-{year}", PaperKind.YEARLY_STATEMENT, title, date(year + 1, 1, 1),
                                     contract_id, beneficiary_id)[1]

    def _paper(self, name: str, kind: PaperKind, title: str, made_on: date, contract_id: str,
                  beneficiary_id: str | None = None) -> tuple[str, TableRow]:
        paper_id = f"d-{self.member_id}-{name}"
        return paper_id, ("sandbox_paper", {
            "id": paper_id, "member_id": self.member_id, "kind": str(kind), "title": title, "made_on": made_on,
            "contract_id": contract_id, "beneficiary_id": beneficiary_id})
