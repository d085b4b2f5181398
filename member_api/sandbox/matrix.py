"""
The access matrix of reading: who may read what of a file. Pure; the table is in member_api/README.md.

Whose *lines* are read within a file is another question: see `sight.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Standing(StrEnum):
    """
    What the reader is to the file: its *holder*; somebody *covered* by another's contract, with his own access; the
    *guardian* of its member, or his *proxy*; an *advisor* at the desk.
    """

    HOLDER = "holder"
    COVERED = "covered"
    GUARDIAN = "guardian"
    PROXY = "proxy"
    ADVISOR = "advisor"


class Resource(StrEnum):
    """What is read."""

    FILE = "file"
    BANK_ACCOUNT = "bank_account"
    BENEFICIARIES = "beneficiaries"
    REIMBURSEMENTS = "reimbursements"
    STATEMENTS = "statements"
    PAPERS = "papers"
    OVERVIEW = "overview"
    BENEFITS = "benefits"
    WAITING_PERIODS = "waiting_periods"
    PREVENTION = "prevention"
    MEMBER_CARDS = "member_cards"
    PREMIUMS = "premiums"
    REQUESTS = "requests"
    REPRESENTATIONS = "representations"
    ACCESS_STATE = "access_state"


_OF_CARE = frozenset({
    Resource.FILE, Resource.BENEFICIARIES, Resource.REIMBURSEMENTS, Resource.STATEMENTS, Resource.PAPERS, Resource.OVERVIEW,
    Resource.BENEFITS, Resource.WAITING_PERIODS, Resource.PREVENTION, Resource.MEMBER_CARDS, Resource.REQUESTS})
_OF_MONEY = frozenset({Resource.BANK_ACCOUNT, Resource.PREMIUMS})
_OWN = frozenset({Resource.REPRESENTATIONS})

MAY_READ: Mapping[Standing, frozenset[Resource]] = {
    Standing.HOLDER: _OF_CARE | _OF_MONEY | _OWN,
    Standing.COVERED: _OF_CARE | _OWN,
    Standing.GUARDIAN: _OF_CARE | _OF_MONEY,
    Standing.PROXY: _OF_CARE,
    Standing.ADVISOR: _OF_CARE | _OF_MONEY | _OWN | {Resource.ACCESS_STATE},
}


def may_read(standing: Standing, resource: Resource) -> bool:
    """Say whether somebody of that *standing* may read *resource*."""
    return resource in MAY_READ[standing]
