"""Every refusal has its sentence."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import connectors
import journal
from connectors.core.errors import Outdated
from connectors.web.sentences import TITLES, title_of
from kernel.errors import Conflict, ServiceError


def every_error() -> list[type[ServiceError]]:
    """Find every error a gateway may meet."""
    for part in (connectors, journal):
        for module in pkgutil.walk_packages(part.__path__, f"{part.__name__}."):
            importlib.import_module(module.name)
    found, wanted = list[type[ServiceError]](), [ServiceError]
    while wanted:
        kind = wanted.pop()
        found.append(kind)
        wanted += [one for one in kind.__subclasses__() if one.__module__.split(".")[0] in ("connectors", "journal", "kernel")]
    return found


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_french_sentence(kind):
    """A member never reads a code."""
    assert kind.code in TITLES


@pytest.mark.parametrize("sentence", TITLES.values())
def test_a_sentence_is_short_plain_and_finished(sentence):
    """« vous », no exclamation, no jargon."""
    assert sentence.endswith(".")
    assert len(sentence) <= 110
    assert "!" not in sentence
    assert not {"malheureusement", "erreur 4", "token", "serveur"} & set(sentence.lower().split())


def test_an_error_without_its_own_sentence_has_its_familys():
    """Another part may raise one we do not know."""
    class Special(Conflict):
        code = "special"

    assert title_of(Special()) == TITLES["conflict"]
    assert title_of(Outdated()) == TITLES["outdated"]
