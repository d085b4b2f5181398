"""The insurer's own file: what is missing is said at start, in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kernel.errors import SettingsError
from kernel.organisation import load_organisation
from kernel.paths import ROOT


@pytest.fixture
def content() -> dict[str, Any]:
    """The shipped file, to be spoilt."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "organisation.yml").read_text(encoding="utf-8"))
    return loaded


def written(folder: Path, content: object) -> Path:
    """Write a file of one's own."""
    path = folder / "organisation.yml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def test_the_shipped_file_is_whole() -> None:
    """The demonstration starts."""
    shipped = load_organisation()

    assert shipped.name == "Mutuelle de Poitiers Assurances"
    assert shipped.written_answer_business_hours == 48
    assert set(shipped.queues) >= {"live", "written", "complaints", "urgent"}
    assert str(shipped.timezone) == "Europe/Paris"


@pytest.mark.parametrize("name", ["name", "timezone", "contacts", "queues", "promises", "ombudsman", "public_numbers"])
def test_a_missing_section_is_named(tmp_path: Path, content: dict[str, Any], name: str) -> None:
    """An operator who copies the file and forgets a part learns which."""
    del content[name]

    with pytest.raises(SettingsError, match=name):
        load_organisation(written(tmp_path, content))


@pytest.mark.parametrize("text", ["", "[]", "name: [", "juste une phrase", "\t: : :"])
def test_a_file_that_is_no_file_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    """Not with the traceback of a parser."""
    with pytest.raises(SettingsError, match=r"organisation\.yml"):
        load_organisation(written(tmp_path, text))


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path: Path) -> None:
    """The path is in the sentence."""
    with pytest.raises(SettingsError, match=r"organisation\.yml"):
        load_organisation(tmp_path / "organisation.yml")


@pytest.mark.parametrize(("section", "value"), [
    ("timezone", "Europe/Poitiers"), ("accent_colour", "bleu"), ("queues", {"live": {}}), ("queues", ["live"]),
    ("promises", {"written_answer_business_hours": "deux jours"}), ("promises", {"complaint_answer_months": 2}),
    ("closures", ["le 24"]), ("opening_hours", {"lundi": ["09:00-12:00"]}), ("opening_hours", {"mon": ["9h-12h"]}),
    ("opening_hours", {"mon": ["14:00-09:00"]}), ("opening_hours", {"mon": "09:00"}),
])
def test_a_value_that_cannot_work_is_refused_with_a_sentence(
        tmp_path: Path, content: dict[str, Any], section: str, value: object) -> None:
    """Found at start by the operator, not at night by a member."""
    content[section] = value

    with pytest.raises(SettingsError, match=section):
        load_organisation(written(tmp_path, content))


def test_a_name_that_is_not_in_the_file_is_an_error_not_an_empty_text() -> None:
    """A template with a typing mistake must not tell a member to call «  »."""
    with pytest.raises(AttributeError, match="fax"):
        _ = load_organisation().raw.contacts.fax


def test_what_is_absent_stays_absent() -> None:
    """Unknown is null: the assistant says so and routes, it never fills a gap."""
    shipped = load_organisation()

    assert shipped.opening_hours is None
    assert shipped.raw.website.url is None
