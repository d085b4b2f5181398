"""Frozen dataclasses ⇄ JSON: amounts as text (``"12.50"``), days and moments in ISO 8601. Pure."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from math import isfinite
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class Misshapen(ValueError):
    """The JSON does not have the shape asked for; the message names the place, never the value (it may be personal)."""


def read(kind: Callable[..., T], value: object, where: str = "answer") -> T:
    """
    Read *value* as the dataclass *kind*. Names that *kind* does not have are ignored; one that is absent and has a default
    takes it: the contract grows without breaking older insurers. Raises Misshapen.
    """
    if not isinstance(value, Mapping):
        raise Misshapen(f"{where} should be an object")
    read_ones = {name: hint for name, hint in _hints(kind).items() if name in value or name not in _optional(kind)}
    return kind(**{name: _read(hint, value.get(name), f"{where}.{name}") for name, hint in read_ones.items()})


def write(value: object) -> Any:
    """Write a dataclass, or a collection of them, as JSON values."""
    if is_dataclass(value):
        return {field.name: write(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [write(inner) for inner in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def day(text: str) -> date:
    """Read a day written in full, ``2026-11-24``: the short and week forms of ISO 8601 are refused (ValueError)."""
    if len(text) != len("2026-11-24") or "W" in text:
        raise ValueError("not a day")
    return date.fromisoformat(text)


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {field.name: known[field.name] for field in fields(kind)}


@lru_cache(maxsize=64)
def _optional(kind: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind) if one.default is not MISSING)


def _read(hint: Any, value: object, where: str) -> Any:
    if get_origin(hint) is types.UnionType:
        return None if value is None else _read(get_args(hint)[0], value, where)
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            raise Misshapen(f"{where} should be a list")
        return tuple(_read(get_args(hint)[0], inner, f"{where}[{index}]") for index, inner in enumerate(value))
    if isinstance(hint, type) and is_dataclass(hint):
        return read(hint, value, where)
    return _read_plain(hint, value, where)


def _read_plain(hint: Any, value: object, where: str) -> object:
    expected, reader = (str, hint) if issubclass(hint, StrEnum) else _PLAIN[hint]
    if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
        raise Misshapen(f"{where} should be {hint.__name__}")
    try:
        return reader(value)
    except (ValueError, InvalidOperation):
        raise Misshapen(f"{where} should be {hint.__name__}") from None


def amount(text: str) -> Decimal:
    """Read euros with at most two decimals; ValueError, InvalidOperation."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -2 or value.adjusted() > 9:
        raise ValueError(text)
    return value


def _finite(number: float) -> float:
    if not isfinite(number):
        raise ValueError("not a number")
    return float(number)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


_PLAIN: dict[type, tuple[type | tuple[type, ...], Callable[[Any], object]]] = {
    str: (str, str), int: (int, int), float: ((int, float), _finite), bool: (bool, bool), Decimal: (str, amount), date: (str, day),
    datetime: (str, _moment),
}
