"""Whose address is it?"""

from __future__ import annotations

import pytest

from connectors.core.addresses import UNKNOWN, client_address, counted_as


def test_without_a_trusted_proxy_the_header_is_the_callers_invention():
    """Anybody can write it."""
    assert client_address("198.51.100.1", ["203.0.113.9"], 0) == "198.51.100.1"


@pytest.mark.parametrize(("headers", "proxies", "address"), [
    (["203.0.113.9"], 1, "203.0.113.9"),
    (["10.9.9.9, 203.0.113.9"], 1, "203.0.113.9"),
    (["10.9.9.9", "203.0.113.9"], 1, "203.0.113.9"),
    (["203.0.113.9, 10.0.0.1"], 2, "203.0.113.9"),
    (["evil, evil, 203.0.113.9, 10.0.0.1"], 2, "203.0.113.9"),
    ([], 1, "198.51.100.1"),
    (["203.0.113.9"], 2, "198.51.100.1"),
    ([" , "], 1, "198.51.100.1"),
])
def test_each_trusted_proxy_appends_what_it_saw(headers, proxies, address):
    """Counted from the right: the left is whatever the caller wrote."""
    assert client_address("198.51.100.1", headers, proxies) == address


@pytest.mark.parametrize(("address", "counted"), [
    ("203.0.113.9", "203.0.113.9"),
    ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
    ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
    ("::ffff:203.0.113.9", "203.0.113.9"),
    ("anything", UNKNOWN), ("", UNKNOWN), (UNKNOWN, UNKNOWN),
])
def test_a_home_counts_as_one(address, counted):
    """An IPv6 home has as many addresses as it wants."""
    assert counted_as(address) == counted


def test_a_peer_without_an_address_is_unknown():
    """A Unix socket has none."""
    assert client_address(None, [], 0) == UNKNOWN
