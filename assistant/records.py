"""For the command line: exports of conversations and their verification, checkpoints, accounts of advisors."""

from __future__ import annotations

import asyncio
from pathlib import Path

from assistant.compose import open_core
from handoff.core.roles import Role
from handoff.desk import advisors_accounts
from journal.checkpoint import write_checkpoint
from journal.export import Bundle, export
from journal.keys import public_pem, read_public_key, signing_key
from journal.verify import verify
from kernel.clock import SystemClock
from kernel.errors import Conflict, Malformed, SettingsError
from kernel.settings import Settings


async def export_conversation(settings: Settings, conversation_id: str, folder: Path) -> list[Path]:
    """Write the signed JSON and the PDF of a conversation into *folder*; NotFound."""
    async with open_core(settings, SystemClock()) as core:
        bundle = await export(core.journal, conversation_id, signing_key(settings.state_dir), core.organisation)
        await core.journal.audit("command line", "conversation_exported", conversation_id=conversation_id)
    return await asyncio.to_thread(_write, bundle, folder)


def _write(bundle: Bundle, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{bundle.conversation_id}.json", folder / f"{bundle.conversation_id}.pdf"]
    written[0].write_bytes(bundle.document)
    written[1].write_bytes(bundle.pdf)
    return written


def verify_export(file: Path, key: Path) -> list[str]:
    """Verify an exported JSON, and the PDF that stands beside it if there is one; give what is wrong."""
    try:
        pdf = file.with_suffix(".pdf")
        return verify(file.read_bytes(), read_public_key(key.read_bytes()), pdf=pdf.read_bytes() if pdf.exists() else None)
    except OSError as cause:
        raise SettingsError(f"{cause.filename} ne peut pas être lu.") from cause


def public_key(settings: Settings) -> str:
    """Give the public key that verifies this installation's exports."""
    return public_pem(signing_key(settings.state_dir).public).decode().strip()


async def checkpoint(settings: Settings) -> Path:
    """Write today's signed checkpoint of every conversation's head."""
    async with open_core(settings, SystemClock()) as core:
        return await write_checkpoint(core.database, core.clock, signing_key(settings.state_dir), settings.state_dir / "checkpoints")


async def add_advisor(settings: Settings, *, login: str, name: str, role: str, password: str) -> None:
    """Create an advisor's account; SettingsError with the reason when it cannot be."""
    if role not in {known.value for known in Role}:
        raise SettingsError(f"Rôle inconnu : {role}. Rôles : {', '.join(known.value for known in Role)}.")
    async with open_core(settings, SystemClock()) as core:
        try:
            await advisors_accounts(core.database, core.clock).create_advisor(name, login, password, Role(role))
        except Malformed as cause:
            raise SettingsError("Il faut un nom, un identifiant, et un mot de passe de 12 à 200 caractères qui ne soit pas l'identifiant.") from cause
        except Conflict as cause:
            raise SettingsError(f"L'identifiant « {login} » est déjà pris.") from cause
