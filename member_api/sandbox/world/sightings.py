"""
Who may read whose lines, as rows: the matrix of the README, applied to a family. Pure.

Each adult reads his own lines; a child's are read by his parents until he is 18; the lines of another adult are read by
the holder only when he agreed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kernel.calendar import add_months
from kernel.reimbursement.situation import is_adult
from member_api.contract import Sight

Row = dict[str, Any]
_ADULT_AT_MONTHS = 18 * 12


def sights(person: Mapping[str, Any], own_id: str, today: date) -> Iterator[Row]:
    """Give whom the holder *person* and those of his contract who sign in by themselves may read."""
    covered = person.get("beneficiaries", ())
    minors = [known for known in covered if not is_adult(known["birth_on"], today)]
    yield _sight(person["id"], own_id, Sight.OWN)
    yield from (_child(person["id"], known) for known in minors)
    for known in covered:
        if known not in minors and known.get("agrees"):
            yield _sight(person["id"], known["id"], Sight.AGREED)
        if "account" in known:
            yield _sight(known["account"]["id"], known["id"], Sight.OWN)
            if known.get("is_parent"):
                yield from (_child(known["account"]["id"], minor) for minor in minors)


def _child(reader_id: str, known: Mapping[str, Any]) -> Row:
    last_day = add_months(known["birth_on"], _ADULT_AT_MONTHS) - timedelta(days=1)
    return _sight(reader_id, known["id"], Sight.PARENT, last_day)


def _sight(reader_id: str, beneficiary_id: str, why: Sight, until_on: date | None = None) -> Row:
    return {"reader_id": reader_id, "beneficiary_id": beneficiary_id, "why": str(why), "until_on": until_on}
