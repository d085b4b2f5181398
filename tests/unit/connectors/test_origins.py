"""Which sites' pages may call."""

from __future__ import annotations

from dataclasses import replace

import pytest

from connectors.core.origins import Origins, allowed_by, canonical
from kernel.settings import Settings

ALLOWED = Origins(["https://www.insurer.example/path", "http://127.0.0.1:8090", "not an address"])


@pytest.mark.parametrize("origin", [
    "https://www.insurer.example", "HTTPS://WWW.Insurer.Example", "https://www.insurer.example:443", "http://localhost:8090", "http://[::1]:8090", None,
])
def test_ours_pass(origin):
    """The same site under its other spellings, and callers that are no page."""
    assert ALLOWED.allow(origin)


@pytest.mark.parametrize("origin", [
    "http://www.insurer.example", "https://insurer.example", "https://www.insurer.example.evil.example", "https://evil.example",
    "https://www.insurer.example:8443", "https://user@www.insurer.example", "null", "", "https://", "file:///", "http://[", "http://127.0.0.1:99999",
])
def test_others_do_not(origin):
    """Another scheme, host or port is another site."""
    assert not ALLOWED.allow(origin)


def test_this_machine_has_several_names():
    """A developer types one, the settings hold another."""
    assert canonical("http://localhost:80") == canonical("http://127.0.0.1") == canonical("http://0.0.0.0")


def test_the_sandboxes_pages_are_allowed_only_while_it_is_the_insurer():
    """A production gateway trusts nothing that runs on somebody's own machine."""
    settings = Settings()
    sandbox = settings.sandbox_url

    assert allowed_by(settings).allow(sandbox)
    assert allowed_by(replace(settings, member_api_url=sandbox + "/v1")).allow(sandbox)
    assert not allowed_by(replace(settings, member_api_url="https://api.insurer.example")).allow(sandbox)
    assert allowed_by(settings).allow(settings.base_url)
