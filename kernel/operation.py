"""What both databases run: a plain function of a SQLAlchemy connection. It does no other I/O and may be run again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Operation = Callable[[Connection], T]
