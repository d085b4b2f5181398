"""Which address is asking? The peer's, or the one that the proxies we trust say they saw."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address

UNKNOWN = "unknown"


def client_address(peer: str | None, forwarded: Sequence[str], trusted_proxies: int) -> str:
    """
    Give the caller's address. *forwarded*: the X-Forwarded-For headers, in order of arrival.

    Each trusted proxy appends the address it saw, so the caller's is the *trusted_proxies*-th from the right; anything
    further left was written by the caller himself. With no trusted proxy the header is ignored.
    """
    seen = [part.strip() for header in forwarded for part in header.split(",") if part.strip()]
    if trusted_proxies <= 0 or len(seen) < trusted_proxies:
        return peer or UNKNOWN
    return seen[-trusted_proxies]


def counted_as(address: str) -> str:
    """
    Give the name under which an address is counted: a home has a whole IPv6 /64, so it counts as one.

    What is no address at all counts under one name, so that inventing names does not escape the limit.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return UNKNOWN
    if not isinstance(known, IPv6Address):
        return str(known)
    return str(known.ipv4_mapped or IPv6Network((known, 64), strict=False))
