"""In which order the requests of one message are served: ``tables/serving.yml``, from danger down to small talk. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.requests import Request

TABLE = Path(__file__).parent / "tables" / "serving.yml"


def in_order(requests: Iterable[Request]) -> list[Request]:
    """Give *requests* as they are served; those that matter as much, in the order they were said."""
    ranks = _ranks()
    last = max(ranks.values()) - 1  # whatever is not named asks for information
    return sorted(requests, key=lambda request: ranks.get(request.topic, last))


@lru_cache(maxsize=1)
def _ranks() -> dict[str, int]:
    levels = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {topic: rank for rank, level in enumerate(levels) for topic in level["topics"]}
