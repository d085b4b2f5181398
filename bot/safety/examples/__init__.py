"""
Sentences written to teach what danger is: told outright (``dangers.tsv``), told in passing in an ordinary message
(``hidden.tsv``), and what only looks like it (``lookalikes.tsv``). Two learn from them: the words that lean
(``bot.safety.learn``) and the classifier (``bot.nlu.fitting``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

Example = tuple[str, str]
"""A sentence, and the danger it tells of; or anything else for none."""

_FILES = (("dangers", "topic"), ("hidden", "topic"), ("lookalikes", "expected"))


def of_danger() -> Iterator[Example]:
    """Give every sentence with its danger."""
    for name, column in _FILES:
        with (Path(__file__).parent / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
            yield from ((row["text"], row[column]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
