"""Counters and sign-ins shared by several processes, in Redis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import redis.asyncio as redis
from redis.exceptions import RedisError

from connectors.adapters.memory import MemoryRates
from connectors.core.rates import Limit, forget_after
from kernel.clock import Clock
from kernel.errors import Unavailable
from kernel.logs import describe, logger

log = logger("gateway")
ANSWERS_WITHIN_S = 2
_RATES, _SIGN_INS = "assistant:rate:", "assistant:signed-in:"

# The rule of connectors/core/rates.py in one step, with the server's clock: processes may not agree on theirs.
# KEYS[1] the caller; ARGV[1] milliseconds to keep it; then count and period of each limit. Gives the wait in seconds.
_TAKE = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local at = tonumber(redis.call('HGET', KEYS[1], 'at') or now)
local waited, wait, tokens = math.max(0, now - at), 0, {}
for i = 1, (#ARGV - 1) / 2 do
  local count, period = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local known = tonumber(redis.call('HGET', KEYS[1], 't' .. i) or count)
  tokens[i] = math.min(count, known + waited * count / period)
  if tokens[i] < 1 then wait = math.max(wait, (1 - tokens[i]) * period / count) end
end
for i = 1, #tokens do
  local left = tokens[i]
  if wait == 0 then left = left - 1 end
  redis.call('HSET', KEYS[1], 't' .. i, string.format('%.6f', left))
end
redis.call('HSET', KEYS[1], 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return string.format('%.6f', wait)
"""


def connect(url: str) -> redis.Redis:
    """Open a client of *url*; it connects when first used."""
    return redis.from_url(
        url, socket_timeout=ANSWERS_WITHIN_S, socket_connect_timeout=ANSWERS_WITHIN_S, decode_responses=True)


class RedisRates:
    """Buckets in Redis. While it does not answer each process counts for itself: a limit that is wider, never none."""

    def __init__(self, client: redis.Redis) -> None:
        """*client* answers with text."""
        self._take = client.register_script(_TAKE)
        self._meanwhile = MemoryRates()

    async def take(self, key: str, limits: Sequence[Limit]) -> float:
        """See RateStore."""
        numbers = [part for limit in limits for part in (limit.count, limit.per_s)]
        try:
            return float(await self._take([_RATES + key], [int(forget_after(limits) * 1000), *numbers]))
        except (RedisError, OSError) as error:
            log.warning("rates_not_shared", error=describe(error))
            return await self._meanwhile.take(key, limits)


class RedisSignIns:
    """Sign-ins in Redis; each goes by itself when its token ends."""

    def __init__(self, client: redis.Redis, clock: Clock) -> None:
        """*client* answers with text; *clock* is the one tokens are read by."""
        self._redis, self._clock = client, clock

    async def remember(self, digest: str, until: datetime) -> None:
        """See SignIns."""
        left_ms = int((until - self._clock.now()).total_seconds() * 1000)
        try:
            if left_ms > 0:
                await self._redis.set(_SIGN_INS + digest, until.isoformat(), px=left_ms)
        except (RedisError, OSError) as cause:
            raise Unavailable("sign-ins cannot be kept") from cause

    async def until(self, digest: str) -> datetime | None:
        """See SignIns."""
        try:
            known = await self._redis.get(_SIGN_INS + digest)
        except (RedisError, OSError) as cause:
            raise Unavailable("sign-ins cannot be read") from cause
        return datetime.fromisoformat(str(known)) if known else None

    async def forget(self, digests: Iterable[str]) -> None:
        """See SignIns."""
        try:
            if keys := [_SIGN_INS + digest for digest in digests]:
                await self._redis.delete(*keys)
        except (RedisError, OSError) as cause:
            raise Unavailable("sign-ins cannot be forgotten") from cause
