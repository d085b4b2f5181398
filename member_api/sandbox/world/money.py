"""What contracts cost, and their payments over two years and until the end of the schedule. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from kernel.calendar import add_months
from kernel.reimbursement.situation import is_adult
from member_api.contract import ContractKind, Frequency, PaymentMethod
from member_api.sandbox.world.catalogue import load_world
from member_api.sandbox.world.dice import Dice
from member_api.sandbox.world.promises import business_day

Row = dict[str, Any]
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
_HISTORY_MONTHS = 24
_ARRIVES_AFTER = {PaymentMethod.DIRECT_DEBIT: 0, PaymentMethod.CARD: 0, PaymentMethod.CHEQUE: 4}
_REJECTED_AFTER = timedelta(days=3)
_NEXT_SCHEDULE = timedelta(days=60)  # the schedule of a year is known about two months before it


def monthly_premium(contract: Mapping[str, Any], births: list[date], today: date) -> Decimal:
    """Give the monthly premium of a contract that covers people born on *births*."""
    if contract["kind"] != ContractKind.HEALTH:
        return Decimal(load_world()["other_premiums"][contract["kind"]])
    plan = load_world()["plans"][contract["plan"]]
    adults = sum(is_adult(birth_on, today) for birth_on in births)
    return adults * Decimal(plan["adult"]) + (len(births) - adults) * Decimal(plan["child"])


def amount_of(frequency: Frequency, monthly: Decimal) -> Decimal:
    """Give what is paid each time."""
    return _MONTHS[frequency] * monthly


def instalments(contract: Row, today: date, *, rejected: int = 0) -> Iterator[Row]:
    """Give the payments of *contract* (its row); the last *rejected* ones of the past came back unpaid."""
    due = list(_due_days(contract, today))
    past = [due_on for due_on in due if business_day(due_on) + _REJECTED_AFTER <= today]
    back = set(past[len(past) - rejected:]) if rejected else set()
    for due_on in due:
        settled = business_day(due_on + timedelta(days=_ARRIVES_AFTER[PaymentMethod(contract["method"])]))
        is_back = due_on in back
        yield {"id": f"i-{contract['id']}-{due_on.isoformat()}", "member_id": contract["member_id"], "contract_id": contract["id"],
               "due_on": due_on, "amount": amount_of(Frequency(contract["frequency"]), contract["premium"]),
               "method": contract["method"], "settles_on": None if is_back else settled,
               "rejected_on": business_day(settled + _REJECTED_AFTER) if is_back else None}


def _due_days(contract: Row, today: date) -> Iterator[date]:
    step, pay_day = _MONTHS[Frequency(contract["frequency"])], Dice(contract["id"]).pick([5, 10])
    month = max(contract["since_on"], add_months(today.replace(day=1), -_HISTORY_MONTHS)).replace(day=1)
    last = contract["until_on"] or date((max(today, contract["since_on"]) + _NEXT_SCHEDULE).year, 12, 31)
    while (due_on := month.replace(day=pay_day)) <= last:
        if (month.month - 1) % step == 0:
            yield due_on
        month = add_months(month, 1)
