"""Changing or ending a contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlanWish(StrEnum):
    """What the member wishes to talk about with an advisor; nothing is recommended to him."""

    MORE = "more"
    LESS = "less"
    REVIEW = "review"


@dataclass(frozen=True)
class TerminationTerms:
    """
    How a contract can be ended: free of charge, at any time from *any_time_from_on* on (None: an advisor tells).

    *ends_on* is the day it would end if it was asked for today (None: not yet possible, or an advisor tells).
    Source: C. ass. L.113-15-2, docs/domain/regulation.md R14.
    """

    contract_id: str
    any_time_from_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class Terminations:
    """The answer that lists the terms of each contract in force."""

    terms: tuple[TerminationTerms, ...]
