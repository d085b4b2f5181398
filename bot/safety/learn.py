"""
``python -m bot.safety.learn``: writes ``weights.tsv`` again from the sentences of the project. A workshop tool.

Nothing here runs in a conversation. It reads every sentence of bot/data/nlu and of ``examples``; the ``*_final.tsv`` of
the tests stay unread, so that they can still judge. The result depends on the sentences alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.safety.danger import words_said
from bot.safety.examples import Example, of_danger
from bot.safety.leaning import BASE, TABLE, TOPICS
from kernel.paths import ROOT

FEWEST_SENTENCES = 2  # a word met once says nothing
SMALLEST_WEIGHT = 0.6
_ANNOTATION = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
HEAD = "# word\turgence_medicale\tdetresse\tviolences_danger — written by python -m bot.safety.learn; do not edit\n"


def examples() -> Iterator[Example]:
    """Give every sentence to learn from, with its topic."""
    for path in sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            if "intent" in row:
                yield from ((_ANNOTATION.sub(r"\1", line[2:]), row["intent"]) for line in row["examples"].splitlines() if line.startswith("- "))
    yield from of_danger()


def table(learned_from: Iterable[Example]) -> dict[str, tuple[float, ...]]:
    """Learn the weights of each word for each topic, by regularised logistic regression."""
    pairs = list(learned_from)
    read = [set(words_said(text)) for text, _ in pairs]
    known = sorted(word for word, count in _counts(read).items() if count >= FEWEST_SENTENCES)
    place = {word: index for index, word in enumerate(known)}
    cells = [(row, place[word], 1 / np.sqrt(len(words))) for row, words in enumerate(read) for word in sorted(words) if word in place]
    rows, columns, values = zip(*cells, strict=True)
    features = csr_matrix((values, (rows, columns)), shape=(len(read), len(known)))
    models = [LogisticRegression(C=10, class_weight="balanced", max_iter=5000).fit(features, [one == topic for _, one in pairs])
              for topic in TOPICS]
    weights = np.array([model.coef_[0] for model in models]).T
    learned = {word: tuple(weights[index]) for word, index in place.items() if np.abs(weights[index]).max() >= SMALLEST_WEIGHT}
    return {BASE: tuple(model.intercept_[0] for model in models)} | learned


def _counts(read: Iterable[set[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for words in read:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    return counts


def main() -> None:
    """Write the table."""
    lines = ("\t".join([word, *(f"{weight:.2f}" for weight in weights)]) for word, weights in table(examples()).items())
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
