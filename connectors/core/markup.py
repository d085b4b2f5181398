"""The light markup of texts, read into blocks: paragraphs, lists, bold. Renderers build elements from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_BULLET = re.compile(r"- +(?P<text>.+)")
_STEP = re.compile(r"\d{1,2}\. +(?P<text>.+)")
_BOLD = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*")


@dataclass(frozen=True)
class Span:
    """A run of plain text."""

    text: str
    is_strong: bool = False


class BlockKind(Enum):
    """What a block is shown as."""

    PARAGRAPH = "p"
    BULLETS = "ul"
    STEPS = "ol"


@dataclass(frozen=True)
class Block:
    """*lines*: those of a paragraph, or the points of a list."""

    kind: BlockKind
    lines: tuple[tuple[Span, ...], ...]


def blocks(text: str) -> list[Block]:
    """Read a text; anything that is not markup stays as it was written."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip("\n")):
        found += _blocks_of(part)
    return found


def _blocks_of(part: str) -> Iterator[Block]:
    kind, lines = BlockKind.PARAGRAPH, list[tuple[Span, ...]]()
    for line in filter(str.strip, part.split("\n")):
        here, content = _kind_of(line)
        if here is not kind and lines:
            yield Block(kind, tuple(lines))
            lines = []
        kind = here
        lines.append(spans(content))
    if lines:
        yield Block(kind, tuple(lines))


def _kind_of(line: str) -> tuple[BlockKind, str]:
    for kind, pattern in ((BlockKind.BULLETS, _BULLET), (BlockKind.STEPS, _STEP)):
        if found := pattern.fullmatch(line.strip()):
            return kind, found["text"]
    return BlockKind.PARAGRAPH, line


def spans(line: str) -> tuple[Span, ...]:
    """Read the bold parts of one line."""
    parts, last = list[Span](), 0
    for found in _BOLD.finditer(line):
        parts += [Span(line[last:found.start()]), Span(found["strong"], is_strong=True)]
        last = found.end()
    return tuple(span for span in [*parts, Span(line[last:])] if span.text)
