"""Light markup of texts (docs/entries.md): paragraphs, lists, bold. Pure: gives pieces, never HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_BULLET = re.compile(r"^- +")
_NUMBERED = re.compile(r"^\d{1,2}[.)] +")


@dataclass(frozen=True)
class Span:
    """A piece of a line."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Block:
    """*shape*: ``p``, ``ul`` or ``ol``; one line of a paragraph or one point of a list is a tuple of spans."""

    shape: str
    lines: tuple[tuple[Span, ...], ...]


def blocks(text: str) -> list[Block]:
    """Cut *text* into paragraphs and lists."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for shape, lines in groupby(paragraph.split("\n"), _shape):
            found.append(Block(shape, tuple(spans(_without_mark(line)) for line in lines)))
    return found


def plain(text: str) -> str:
    """Give *text* on one line without its marks, for excerpts."""
    lines = [line for block in blocks(text) for line in block.lines]
    return " ".join("".join(span.text for span in line).strip() for line in lines)


def spans(line: str) -> tuple[Span, ...]:
    """Cut a line where bold starts and ends."""
    parts = _BOLD.split(line)  # odd parts are what stood between the marks
    return tuple(Span(part, is_bold=bool(index % 2)) for index, part in enumerate(parts) if part)


def _shape(line: str) -> str:
    if _BULLET.match(line):
        return "ul"
    return "ol" if _NUMBERED.match(line) else "p"


def _without_mark(line: str) -> str:
    return _NUMBERED.sub("", _BULLET.sub("", line))
