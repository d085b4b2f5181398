"""The command line. Commands say in French what they do and what is missing; figures and entries go to standard output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from kernel.errors import ServiceError, SettingsError
from kernel.ids import new_id
from kernel.logs import configure_logs
from kernel.organisation import organisation
from kernel.settings import Settings, load_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Assistant d'une mutuelle : chat, bureau des conseillers, assureur de démonstration.")
journal_app = typer.Typer(no_args_is_help=True, help="Le journal : exporter une conversation, vérifier un export.")
advisor_app = typer.Typer(no_args_is_help=True, help="Les comptes des conseillers.")
app.add_typer(journal_app, name="journal")
app.add_typer(advisor_app, name="advisor")


def tell(line: str) -> None:
    """Write a progress line where answers are not read."""
    print(line, file=sys.stderr, flush=True)


def _settings() -> Settings:
    os.umask(0o077)  # the record, the secrets and the exports are for this account alone
    settings = load_settings()
    configure_logs(settings.log_level)
    return settings


def _go(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def main() -> None:
    """Run the command line; an expected problem is one sentence and exit status 1, never a traceback."""
    try:
        app()
    except SettingsError as error:
        tell(f"Impossible : {error}")
        sys.exit(1)
    except ServiceError as error:
        tell(f"Refusé ({error.code}) : {error.detail}")
        sys.exit(1)


@app.command()
def run() -> None:
    """Tout faire tourner en un processus : assureur de démonstration, chat, bureau, assistant."""
    from assistant.run import run_everything

    _go(run_everything(_settings(), tell))


@app.command()
def web() -> None:
    """Servir le chat et le bureau (PostgreSQL et Redis)."""
    from assistant.run import run_web

    _go(run_web(_settings(), tell))


@app.command()
def worker(name: Annotated[str, typer.Option(help="Nom de ce processus dans le journal.")] = "") -> None:
    """Répondre aux messages (PostgreSQL et Redis) ; autant de processus que l'on veut."""
    from assistant.run import run_worker

    _go(run_worker(_settings(), tell, name or new_id("w")))


@app.command()
def sandbox() -> None:
    """Servir seulement l'assureur de démonstration."""
    from assistant.run import run_sandbox

    _go(run_sandbox(_settings(), tell))


@app.command()
def train(*, if_stale: Annotated[bool, typer.Option("--if-stale", help="Seulement si les données ont changé.")] = False) -> None:
    """Entraîner le modèle à partir de bot/data."""
    from bot.worker.model import fresh_model
    from bot.worker.model import train as train_model

    if if_stale and (known := fresh_model()):
        tell(f"Le modèle est à jour : {known.name}")
        return
    train_model(tell=tell)


@app.command()
def migrate() -> None:
    """Créer ou mettre à jour les tables du journal."""
    from assistant.compose import all_metadata
    from journal.migrate import upgrade

    settings = _settings()
    upgrade(settings.journal_url, all_metadata())
    tell("Les tables sont à jour.")


@app.command()
def doctor() -> None:
    """Dire en clair ce qui manque."""
    from assistant.doctor import examine

    findings = _go(examine(_settings()))
    for finding in findings:
        print(("✓ " if finding.ok else "✗ ") + finding.sentence)
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)


@app.command()
def chat(
    member: Annotated[str | None, typer.Option("--as", help="Se connecter d'emblée : demo-1 … demo-6.")] = None,
    at: Annotated[str | None, typer.Option(help="Date et heure simulées : 2026-11-23T10:00 (heure de Paris).")] = None,
    state: Annotated[Path | None, typer.Option(help="Dossier d'état propre à cette conversation.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par entrée.")] = False,
) -> None:
    """Converser depuis le terminal, sans serveur (/help pour les commandes)."""
    from assistant.chat import chat as talk
    from assistant.understand import archive

    settings = _settings()
    if sys.stdin.isatty():
        tell("Chargement du modèle…")
    _go(talk(settings, member=member, at=_moment(at), as_json=as_json, state=state, archive=archive(tell), lines=sys.stdin, out=sys.stdout))


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as cause:
        raise SettingsError(f"« {text} » n'est pas une date : écrivez par exemple 2026-11-23T10:00.") from cause
    return moment if moment.tzinfo else moment.replace(tzinfo=organisation().timezone)


@app.command()
def understand(*, as_json: Annotated[bool, typer.Option("--json", help="Une ligne JSON par message.")] = False) -> None:
    """Dire ce que l'assistant comprend de chaque ligne de l'entrée standard."""
    from assistant.understand import archive, understand_lines

    _settings()
    understand_lines(sys.stdin, sys.stdout, archive(tell), as_json=as_json)


@journal_app.command("export")
def journal_export(conversation: str, to: Annotated[Path, typer.Option(help="Dossier où écrire.")] = Path()) -> None:
    """Exporter une conversation en PDF et JSON signés."""
    from assistant.records import export_conversation

    for path in _go(export_conversation(_settings(), conversation, to)):
        print(path)


@journal_app.command("verify")
def journal_verify(file: Path, key: Annotated[Path, typer.Option(help="Clé publique (PEM).")]) -> None:
    """Vérifier un export hors ligne : dit ce qui a été changé, retiré, déplacé ou signé par une autre clé."""
    from assistant.records import verify_export

    faults = verify_export(file, key)
    for fault in faults:
        print(f"✗ {fault}")
    if not faults:
        print("✓ L'export est intact : contenu, ordre, nombre et signature.")
    raise typer.Exit(1 if faults else 0)


@journal_app.command("key")
def journal_key() -> None:
    """Écrire la clé publique qui vérifie les exports de cette installation."""
    from assistant.records import public_key

    print(public_key(_settings()))


@journal_app.command("checkpoint")
def journal_checkpoint() -> None:
    """Écrire le point de contrôle signé du jour : il révèle une conversation tronquée plus tard."""
    from assistant.records import checkpoint

    print(_go(checkpoint(_settings())))


@advisor_app.command("create")
def advisor_create(login: str, name: Annotated[str, typer.Option(help="Prénom affiché aux membres.")],
                   role: Annotated[str, typer.Option(help="advisor, team_lead, content_editor ou auditor.")] = "advisor",
                   password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "") -> None:
    """Créer un compte de conseiller."""
    from assistant.records import add_advisor

    _go(add_advisor(_settings(), login=login, name=name, role=role, password=password))
    tell(f"Le compte « {login} » est créé.")
