"""The page that explains reimbursements is run as it is written."""

from __future__ import annotations

import doctest

from kernel.paths import ROOT


def test_the_examples_of_the_page_are_true() -> None:
    """A worked example that is wrong by a cent teaches everybody the wrong rule."""
    told = doctest.testfile(str(ROOT / "docs/domain/reimbursement.md"), module_relative=False, encoding="utf-8")

    assert (told.failed, told.attempted > 20) == (0, True)
