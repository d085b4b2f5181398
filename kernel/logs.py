"""Logs that cannot carry a member's words: only fields on the allow-list are written, as JSON lines on stderr."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

ALLOWED = frozenset({
    "event", "level", "timestamp", "part", "code", "status", "duration_ms", "conversation_id", "number", "attempt",
    "worker", "kind", "topic", "count", "path", "method", "port", "url", "reason", "error", "act", "queue", "advisor_id",
    "handoff", "model", "step", "where",
})


def _only_allowed(_: Any, __: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: value for name, value in fields.items() if name in ALLOWED}


def configure_logs(level: str = "INFO") -> None:
    """Set up structlog and the standard library's loggers for a process; safe to call twice."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s", force=True)
    # aiohttp quotes malformed requests, headers included.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def logger(name: str) -> Any:
    """Give the logger of a part: ``log.info("turn_answered", duration_ms=12)``."""
    return structlog.get_logger(part=name)


def describe(error: BaseException) -> str:
    """Say an error without its message, which may quote a member: its class, and those of its causes."""
    names: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(names) < 5:
        names.append(type(seen).__name__)
        seen = seen.__cause__ or seen.__context__
    return " < ".join(names)
