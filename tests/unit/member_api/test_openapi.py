"""openapi.yml against the values we read: the same names, in both directions."""

from __future__ import annotations

import inspect
import types
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest
import yaml

import member_api
from kernel.reimbursement.kinds import care_kinds
from member_api import contract

OPENAPI = yaml.safe_load((Path(member_api.__file__).parent / "openapi.yml").read_text(encoding="utf-8"))
SCHEMAS = OPENAPI["components"]["schemas"]
VALUES = {name: value for name, value in vars(contract).items() if inspect.isclass(value) and is_dataclass(value) and name in SCHEMAS}
ANSWERS = sorted(set(VALUES) - {"AddressChange"})


@pytest.mark.parametrize("name", ANSWERS)
def test_each_value_is_described_field_by_field(name: str) -> None:
    """A field read and not described would be missing from the next insurer's answers; one with a default may be absent."""
    known = fields(VALUES[name])
    assert sorted(SCHEMAS[name]["properties"]) == sorted(field.name for field in known)
    assert sorted(SCHEMAS[name]["required"]) == sorted(field.name for field in known if field.default is MISSING)


@pytest.mark.parametrize("name", ANSWERS)
def test_each_word_of_a_list_is_known_on_both_sides(name: str) -> None:
    """A status the insurer may answer and we cannot read makes the whole file unreadable."""
    for field, hint in get_type_hints(VALUES[name]).items():
        kind = next(iter(get_args(hint))) if get_origin(hint) in (types.UnionType, tuple) else hint
        described = SCHEMAS[name]["properties"][field].get("enum")
        if inspect.isclass(kind) and issubclass(kind, StrEnum) and described:
            assert [word for word in described if word] == [str(word) for word in kind]


def test_kinds_of_care_are_those_of_the_computation() -> None:
    """A line of another kind could be neither checked nor explained."""
    assert SCHEMAS["CareKind"]["enum"] == list(care_kinds())
    assert set(SCHEMAS["CoveredAs"]["enum"]) == {kind.heading for kind in care_kinds().values()}


def references(node: Any) -> set[str]:
    """Give the schemas named somewhere under *node*."""
    if isinstance(node, dict):
        own = {node["$ref"].rsplit("/", 1)[1]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(inner) for inner in node.values()))
    return set().union(*(references(inner) for inner in node)) if isinstance(node, list) else set()


def test_every_schema_is_used_and_every_reference_leads_somewhere() -> None:
    """A description nobody follows rots."""
    used = references(OPENAPI)
    known = set(SCHEMAS) | set(OPENAPI["components"]["parameters"]) | set(OPENAPI["components"]["responses"])
    assert used <= known
    assert set(SCHEMAS) <= used
