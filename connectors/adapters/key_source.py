"""Fetches the insurer's public keys (JWKS, RFC 7517) over HTTP."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp

from kernel.errors import Unavailable

ANSWERS_WITHIN_S = 3
TRIES = 2
PAUSE_S = 0.2
MAX_BYTES = 256 * 1024


class HttpKeySource:
    """One address, asked rarely: a session for each fetch needs nobody to close it."""

    def __init__(self, url: str) -> None:
        """*url* of the key set; redirections are not followed."""
        self._url = url

    async def fetch(self) -> dict[str, Any]:
        """Give the key set; Unavailable after TRIES."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self._fetch_once()
            except (aiohttp.ClientError, TimeoutError, ValueError, OSError) as cause:
                if attempt == TRIES:
                    raise Unavailable("the identity provider's keys cannot be read") from cause
                await asyncio.sleep(PAUSE_S)
        raise AssertionError("the last try returns or raises")

    async def _fetch_once(self) -> dict[str, Any]:
        timeout = aiohttp.ClientTimeout(total=ANSWERS_WITHIN_S)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(self._url, allow_redirects=False, headers={"Accept": "application/json"}) as response,
        ):
            raw = await response.content.read(MAX_BYTES)
            if response.status != 200 or not response.content.at_eof():
                raise ValueError("not a key set")
            value = json.loads(raw)
        if not isinstance(value, dict) or not isinstance(value.get("keys"), list):
            raise ValueError("not a key set")  # noqa: TRY004 - any nonsense is told the same way
        return value
