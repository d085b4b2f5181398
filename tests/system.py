"""The whole system as an operator starts it, for tests: ``assistant run`` in a process of its own, on free ports."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any

import aiohttp

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "un mot de passe de test"
READY_WITHIN_S = 90.0


class RunningSystem:
    """``assistant run`` with its own state folder; may be killed and started again over the same folder."""

    def __init__(self, folder: Path) -> None:
        """*folder* holds the databases, the secrets and the log."""
        self.folder, self.port, self.sandbox_port = folder, free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The chat and the desk."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def site(self) -> str:
        """The demo insurer's website."""
        return f"http://127.0.0.1:{self.sandbox_port}"

    @property
    def record(self) -> Path:
        """The journal's database file."""
        return self.folder / "assistant.db"

    @property
    def insurer(self) -> Path:
        """The sandbox insurer's database file."""
        return self.folder / "sandbox.db"

    async def start(self) -> None:
        """Start and wait until the assistant answers."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")} | {
            "ASSISTANT_STATE_DIR": str(self.folder), "ASSISTANT_PORT": str(self.port), "ASSISTANT_SANDBOX_PORT": str(self.sandbox_port),
            "ASSISTANT_DESK_FIRST_ADVISOR": PASSWORD, "ASSISTANT_TRUSTED_PROXIES": "1",  # tests say which address they come from
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        log = (self.folder / "run.log").open("ab")
        self._process = subprocess.Popen([sys.executable, "-m", "assistant", "run"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        await self._until_ready()

    async def _until_ready(self) -> None:
        async with aiohttp.ClientSession() as session:
            for _ in range(int(READY_WITHIN_S / 0.25)):
                if self._process is None or self._process.poll() is not None:
                    raise AssertionError(f"assistant run ended: {self.log()[-2000:]}")
                try:
                    async with session.get(f"{self.url}/health/ready") as response:
                        if response.status == 200 and (await response.json())["assistant"] == "ready":
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.25)
        raise AssertionError(f"not ready within {READY_WITHIN_S} s: {self.log()[-2000:]}")

    def kill(self) -> None:
        """``kill -9``: no goodbye."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ask politely, then insist."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def log(self) -> str:
        """Give what the process wrote."""
        path = self.folder / "run.log"
        return path.read_text(errors="replace") if path.exists() else ""


class Advisor:
    """An advisor's browser at the desk, forms only."""

    def __init__(self, system: RunningSystem, login: str = "camille") -> None:
        """*login*: one of the demo advisors."""
        self._system, self._login = system, login
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

    async def __aenter__(self) -> Advisor:
        """Sign in."""
        page = await self._page("/desk/sign-in")
        await self._post("/desk/sign-in", hidden(page) | {"login": self._login, "password": PASSWORD})
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the browser."""
        await self._session.close()

    async def take(self, conversation_id: str) -> None:
        """Take a waiting conversation."""
        page = await self._page(f"/desk/conversations/{conversation_id}")
        await self._post(f"/desk/conversations/{conversation_id}/take", hidden(page))

    async def give_back(self, conversation_id: str, summary: str = "") -> None:
        """Give a conversation back to the assistant."""
        page = await self._page(f"/desk/conversations/{conversation_id}")
        await self._post(f"/desk/conversations/{conversation_id}/give-back", hidden(page) | {"summary": summary})

    async def _page(self, path: str) -> str:
        async with self._session.get(self._system.url + path) as response:
            assert response.status == 200, (path, response.status)
            return await response.text()

    async def _post(self, path: str, fields: dict[str, Any]) -> None:
        headers = {"Origin": self._system.url}
        async with self._session.post(self._system.url + path, data=fields, headers=headers, allow_redirects=False) as response:
            assert response.status == 303, (path, response.status, await response.text())


def hidden(page: str) -> dict[str, str]:
    """Gather the hidden fields of a page's forms: the form token, the fencing number, the client id."""
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value:
            found.setdefault(name.group(1), value.group(1))
    return found
