"""
What the assistant can do in the insurer's system: one module a group of services, each with its ``DEEDS``.

A deed calls the member API under the key of its act and gives what its result shows; three sentences tell the result:
``<phrase>_done``, ``<phrase>_refused`` (they may read ``code``), and the action's own ``<phrase>_pending``.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any

from member_api.client import MemberApiClient
from member_api.contract import Caller

Request = Mapping[str, Any]
Doer = Callable[[MemberApiClient, Caller, Request, str], Awaitable[dict[str, Any]]]
Teller = Callable[[Request, Mapping[str, Any]], dict[str, Any]]


def _all(request: Request, data: Mapping[str, Any]) -> dict[str, Any]:
    return {"request": dict(request), "data": dict(data), "code": data.get("code")}


@dataclass(frozen=True)
class Deed:
    """
    *do* gives the data of the result, JSON only; *phrase*: how the sentences of the result begin; *level*: the proof it
    needs; *told*: what those sentences may read, by default ``request``, ``data`` and the ``code`` of a refusal.
    """

    do: Doer
    phrase: str
    level: int = 1
    told: Teller = _all


@lru_cache(maxsize=1)
def deeds() -> dict[str, Deed]:
    """Give every deed by the kind of its act."""
    found: dict[str, Deed] = {}
    for module in pkgutil.iter_modules(__path__):
        found |= import_module(f"{__name__}.{module.name}").DEEDS
    return found
