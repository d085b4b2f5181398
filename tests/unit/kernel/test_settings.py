"""Starting with settings that cannot work ends with a sentence, not a traceback."""

from __future__ import annotations

import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest

from kernel.errors import SettingsError
from kernel.settings import Settings, embedded_secret, load_settings


def test_nothing_set_is_the_embedded_installation() -> None:
    """`make run` on a new machine needs no configuration."""
    settings = load_settings({"PATH": "/usr/bin", "HOME": "/root"})

    assert settings.is_embedded
    assert settings.journal_url.endswith("/var/assistant.db")
    assert settings.base_url == f"http://{settings.host}:{settings.port}"


def test_every_mistake_is_named_at_once() -> None:
    """An operator corrects his file once, not five times."""
    with pytest.raises(SettingsError) as refused:
        load_settings({"ASSISTANT_DATABSE_URL": "x", "ASSISTANT_PORT": "http", "ASSISTANT_TRUSTED_PROXIES": ""})

    said = str(refused.value)
    assert "ASSISTANT_DATABSE_URL n'est pas un réglage connu" in said
    assert "ASSISTANT_PORT doit être un nombre" in said
    assert "ASSISTANT_TRUSTED_PROXIES" in said


def test_values_take_the_type_of_their_setting() -> None:
    """Ports are numbers, folders are paths, origins are a list."""
    settings = load_settings({
        "ASSISTANT_PORT": "9000", "ASSISTANT_STATE_DIR": "/srv/state", "ASSISTANT_ALLOWED_ORIGINS": "https://a.fr, https://b.fr ,",
        "ASSISTANT_DATABASE_URL": "postgresql://db/assistant", "ASSISTANT_PUBLIC_URL": "https://chat.example",
    })

    assert (settings.port, settings.state_dir) == (9000, Path("/srv/state"))
    assert settings.allowed_origins == ("https://a.fr", "https://b.fr")
    assert (settings.is_embedded, settings.base_url) == (False, "https://chat.example")


def test_a_mistake_is_never_told_with_its_value() -> None:
    """The value may be a password typed behind the wrong name."""
    with pytest.raises(SettingsError) as refused:
        load_settings({"ASSISTANT_MEMBER_API_TOKENS": "hunter2", "ASSISTANT_PORT": "hunter3"})

    assert "hunter" not in str(refused.value)


def test_a_secret_is_drawn_once_and_kept_from_other_accounts(tmp_path: Path) -> None:
    """Sessions survive a restart; nobody else on the machine reads the secret."""
    settings = replace(Settings(), state_dir=tmp_path / "state")
    first = embedded_secret(settings, "desk")

    assert embedded_secret(settings, "desk") == first
    assert embedded_secret(settings, "other") != first
    assert stat.S_IMODE((tmp_path / "state" / "secrets.json").stat().st_mode) == 0o600


def test_every_setting_has_a_default() -> None:
    """Each field can be left out; a test of the repository keeps deploy/env.example in step."""
    assert Settings() == load_settings({})
    assert all(field.default is not None for field in fields(Settings))
