"""May a page of this site speak with the gateway? A browser's Origin is ours, the insurer's, or refused."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from kernel.settings import Settings

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - a name to compare, not to bind
_PORTS = {"http": 80, "https": 443}


def canonical(origin: str) -> tuple[str, str, int] | None:
    """Give (scheme, host, port) so that equal origins compare equal; None when *origin* is not that of a web page."""
    try:
        parts = urlsplit(origin.strip().lower())
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    host = "localhost" if parts.hostname in _THIS_MACHINE else parts.hostname
    return parts.scheme, host, port


class Origins:
    """The sites whose pages may call us."""

    def __init__(self, allowed: Iterable[str]) -> None:
        """Take addresses such as ``https://www.insurer.example``; what follows the port is ignored."""
        self._allowed = frozenset(found for found in map(canonical, allowed) if found)

    def allow(self, origin: str | None) -> bool:
        """Say whether a call with this Origin passes; one without (native application, same-site GET) does."""
        return origin is None or canonical(origin) in self._allowed


def allowed_by(settings: Settings) -> Origins:
    """Ours, those configured and, while the demonstration insurer is the one we talk to, its pages."""
    uses_sandbox = not settings.member_api_url or settings.member_api_url.startswith(settings.sandbox_url)
    sandbox = (settings.sandbox_url,) if uses_sandbox else ()
    return Origins((settings.base_url, *settings.allowed_origins, *sandbox))
