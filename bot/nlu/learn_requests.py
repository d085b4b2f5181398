"""
``python -m bot.nlu.learn_requests``: writes ``tables/several.yml`` again. A workshop tool, nothing here serves.

Reads messages with one request and with several, written for this (``tables/several_*.tsv``), and those of the development
sets; lets the trained model read every part of them, and weighs the signs by logistic regression. Prints what
cross-validation says of several limits.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.nlu.quality import read_several
from bot.nlu.requests import TABLE, signs
from bot.nlu.understanding import Understanding
from bot.worker.model import fresh_model, train
from kernel.paths import ROOT

DEVELOPMENT = ROOT / "tests" / "understanding"
LEARNT_FROM = (TABLE.parent / "several_doubles.tsv", TABLE.parent / "several_singles.tsv",
               DEVELOPMENT / "several_development.tsv", DEVELOPMENT / "development.tsv")
CUT_FROM = 0.5
SEED = 20261123
_HEAD = "# Whether a message holds several requests (bot/nlu/requests.py). Written by python -m bot.nlu.learn_requests; do not edit.\n"


def main() -> None:
    """Learn, print, write."""
    understanding = Understanding.load(fresh_model() or train())
    seen = [(topics, signs_of(understanding, text)) for path in LEARNT_FROM for text, topics in read_several(path)]
    several = np.array([len(topics) > 1 for topics, _ in seen])
    weighed = np.array([found is not None for _, found in seen])
    names = list(next(found for _, found in seen if found is not None))
    values = np.array([[found[name] for name in names] for _, found in seen if found is not None])
    machine = make_pipeline(StandardScaler(), LogisticRegression(C=0.3))
    shares = np.zeros(len(seen))
    folds = StratifiedKFold(8, shuffle=True, random_state=SEED)
    shares[weighed] = cross_val_predict(machine, values, several[weighed], cv=folds, method="predict_proba")[:, 1]
    for limit in (0.2, 0.3, 0.4, 0.5, 0.6):
        cut = shares >= limit
        sys.stdout.write(f"cut from {limit}: {np.mean(cut[several]):.1%} of several are cut, {np.mean(cut[~several]):.1%} of single ones\n")
    machine.fit(values, several[weighed])
    TABLE.write_text(_HEAD + yaml.safe_dump({"cut_from": CUT_FROM, "weights": _weights(machine, names)}, sort_keys=False), encoding="utf-8")


def signs_of(understanding: Understanding, text: str) -> Mapping[str, float] | None:
    """Give the signs for the best cut of *text*; None when it is not even tried."""
    whole, cut = understanding.best_cut(text)
    return signs(understanding.pieces(text), whole, cut) if cut else None


def _weights(machine: Any, names: Sequence[str]) -> dict[str, float]:
    """Give the weights of the signs as they are, the scaling folded in."""
    scaler, model = machine[0], machine[1]
    weights = model.coef_[0] / scaler.scale_
    base = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return {"base": round(base, 4), **{name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}}


if __name__ == "__main__":
    main()
