"""Who may read what: the table of the README, cell by cell."""

from __future__ import annotations

import pytest

from member_api.sandbox.matrix import Resource, Standing, may_read

CARE = "file beneficiaries reimbursements statements papers overview benefits waiting_periods prevention member_cards requests"
TABLE = {
    # resource: holder, covered, guardian, proxy, advisor
    **dict.fromkeys(CARE.split(), "yes yes yes yes yes"),
    "bank_account": "yes no yes no yes",
    "premiums": "yes no yes no yes",
    "representations": "yes yes no no yes",
    "access_state": "no no no no yes",
}
CELLS = [(resource, standing, answer) for resource, row in TABLE.items()
         for standing, answer in zip(Standing, row.split(), strict=True)]


@pytest.mark.parametrize(("resource", "standing", "answer"), CELLS)
def test_each_cell_of_the_matrix(resource: str, standing: Standing, answer: str) -> None:
    """A spouse must not read the premiums, a proxy not the bank details, a member not what only an advisor needs."""
    assert may_read(standing, Resource(resource)) == (answer == "yes")


def test_the_table_names_everything_that_can_be_read() -> None:
    """A new resource must be decided for each reader, not found open."""
    assert set(TABLE) == set(Resource)
