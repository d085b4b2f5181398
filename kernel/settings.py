"""Settings of a process, from the environment. ``deploy/env.example`` lists every name; a test keeps both in step."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kernel.errors import SettingsError
from kernel.paths import ROOT

PREFIX = "ASSISTANT_"


@dataclass(frozen=True)
class Settings:
    """
    Everything that differs between two installations of the same insurer. Names in the environment are the fields'
    names in capitals behind ``ASSISTANT_``. Empty addresses mean: the embedded part of ``assistant run``.
    """

    state_dir: Path = ROOT / "var"
    database_url: str = ""
    redis_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    public_url: str = ""
    allowed_origins: tuple[str, ...] = ()
    sandbox_port: int = 8090
    sandbox_database_url: str = ""
    member_api_url: str = ""
    member_api_token: str = ""
    member_events_url: str = ""
    member_events_secrets: tuple[str, ...] = ()
    identity_issuer: str = ""
    identity_audience: str = "assistant"
    identity_jwks_url: str = ""
    desk_first_advisor: str = ""
    log_level: str = "INFO"
    trusted_proxies: int = 0

    @property
    def journal_url(self) -> str:
        """The database of the record: the one configured, or a SQLite file in the state folder."""
        return self.database_url or f"sqlite:///{self.state_dir / 'assistant.db'}"

    @property
    def is_embedded(self) -> bool:
        """Whether the record lives in a SQLite file, which only ``assistant run`` and ``assistant chat`` accept."""
        return self.journal_url.startswith("sqlite")

    @property
    def base_url(self) -> str:
        """Where browsers reach the gateway and the desk."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def sandbox_url(self) -> str:
        """Where the sandbox insurer listens."""
        return f"http://{self.host}:{self.sandbox_port}"


def load_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raise SettingsError naming every unknown or malformed one at once."""
    known = {field.name: field for field in fields(Settings)}
    given: dict[str, object] = {}
    problems: list[str] = []
    for name, value in environment.items():
        if not name.startswith(PREFIX):
            continue
        field = name.removeprefix(PREFIX).lower()
        if field not in known:
            problems.append(f"{name} n'est pas un réglage connu (voir deploy/env.example)")
            continue
        try:
            given[field] = _parse(known[field].type, value)
        except ValueError:
            problems.append(f"{name} doit être un nombre")
    if problems:
        raise SettingsError(" ; ".join(problems) + ".")
    return Settings(**given)  # type: ignore[arg-type]


def _parse(kind: object, value: str) -> object:
    match kind:
        case "int":
            return int(value)
        case "Path":
            return Path(value)
        case "tuple[str, ...]":
            return tuple(part.strip() for part in value.split(",") if part.strip())
        case _:
            return value


def embedded_secret(settings: Settings, name: str) -> str:
    """Give the secret *name* of the embedded installation, drawn once and kept in the state folder (mode 600)."""
    path = settings.state_dir / "secrets.json"
    settings.state_dir.mkdir(parents=True, exist_ok=True)
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if name not in known:
        known[name] = secrets.token_urlsafe(32)
        path.touch(mode=0o600)
        path.write_text(json.dumps(known, indent=2))
    return known[name]
