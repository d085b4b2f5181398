"""The processes: everything in one, or the web and the workers apart."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from assistant.compose import Core, build_sandbox_part, build_web, build_worker, open_core
from assistant.serving import serving, until_stopped
from bot.safety import look
from bot.worker.model import fresh_model, train
from bot.worker.worker import Talks
from journal.journal import DeskStatus
from kernel.clock import Clock, SystemClock
from kernel.errors import SettingsError
from kernel.logs import describe, logger
from kernel.settings import Settings

log = logger("run")
BEATS_EVERY_S = 15.0
ASSISTANT = "assistant"
Tell = Callable[[str], None]


@dataclass
class Model:
    """The model of a process, loaded in the background; *state* is what the chat says of it."""

    tell: Tell
    state: str = "starting"
    dialogue: Talks | None = None

    def load(self) -> None:
        """Train if there is no fresh model, then load it. Takes up to two minutes; meant for the worker's thread."""
        from bot.worker.dialogue import Dialogue  # heavy: only where it is needed

        look("")  # reads its rules: danger must be seen before the model is there
        archive: Path = fresh_model() or train(tell=self.tell)
        self.tell("Chargement du modèle…")
        self.dialogue = Dialogue.load(archive)
        self.state = "ready"
        self.tell("L'assistant est prêt.")


class WorkerThread(threading.Thread):
    """A worker in its own thread with its own event loop, so that answering never delays a page."""

    def __init__(self, core: Core, model: Model) -> None:
        """*core* is the main thread's: its writer and bell are shared."""
        super().__init__(name="worker", daemon=True)
        self._core, self._model = core, model
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self) -> None:
        """Work until `stop`."""
        try:
            asyncio.run(self._work())
        except asyncio.CancelledError:
            pass
        except Exception as error:  # noqa: BLE001  the pages go on without it, and say so
            self._model.state = "away"
            log.error("worker_died", error=describe(error))

    def stop(self) -> None:
        """Cancel what runs and wait a little."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(self._loop)])
        self.join(timeout=5)

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with open_core(self._core.settings, self._core.clock, shared=self._core) as core, asyncio.TaskGroup() as tasks:
            tasks.create_task(build_worker(core, lambda: self._model.dialogue).run())
            await asyncio.to_thread(self._load)

    def _load(self) -> None:
        try:
            self._model.load()
        except SettingsError as error:
            self._model.state = "away"
            self._model.tell(str(error))


async def run_everything(settings: Settings, tell: Tell, clock: Clock | None = None) -> None:
    """Serve the sandbox insurer, the chat, the desk, with a worker in its thread, until stopped."""
    clock = clock or SystemClock()
    model = Model(tell)
    async with AsyncExitStack() as stack:
        sandbox, _ = await stack.enter_async_context(build_sandbox_part(settings, clock))
        core = await stack.enter_async_context(open_core(settings, clock))
        app = await build_web(core, assistant_state=lambda: model.state, tell=tell)
        await stack.enter_async_context(serving(sandbox, settings.host, settings.sandbox_port))
        await stack.enter_async_context(serving(app, settings.host, settings.port))
        worker = WorkerThread(core, model)
        worker.start()
        stack.callback(worker.stop)
        tell(f"Site de démonstration : {settings.sandbox_url}\nBureau des conseillers : {settings.base_url}/desk")
        await until_stopped()


async def run_web(settings: Settings, tell: Tell) -> None:
    """Serve the chat and the desk; workers run apart."""
    _refuse_embedded(settings)
    state = [ASSISTANT_UNKNOWN]
    async with open_core(settings, SystemClock()) as core, asyncio.TaskGroup() as tasks:
        following = tasks.create_task(_follow_assistant(core, state))
        app = await build_web(core, assistant_state=lambda: state[0], tell=tell)
        async with serving(app, settings.host, settings.port):
            tell(f"Chat et bureau : {settings.base_url}")
            await until_stopped()
        following.cancel()


async def run_worker(settings: Settings, tell: Tell, name: str) -> None:
    """Answer turns until stopped."""
    _refuse_embedded(settings)
    model = Model(tell)
    async with open_core(settings, SystemClock()) as core, asyncio.TaskGroup() as tasks:
        working = [tasks.create_task(build_worker(core, lambda: model.dialogue, name).run()), tasks.create_task(_beat(core, model))]
        await asyncio.to_thread(model.load)
        await until_stopped()
        for task in working:
            task.cancel()


async def run_sandbox(settings: Settings, tell: Tell) -> None:
    """Serve the sandbox insurer alone."""
    async with build_sandbox_part(settings, SystemClock()) as (app, _), serving(app, settings.host, settings.sandbox_port):
        tell(f"Assureur de démonstration : {settings.sandbox_url}")
        await until_stopped()


ASSISTANT_UNKNOWN = "away"


async def _beat(core: Core, model: Model) -> None:
    """Let the web processes know that an assistant is there."""
    while True:
        if model.dialogue is not None or await core.journal.desk_status(ASSISTANT) is None:
            await core.journal.put_desk_status(DeskStatus(ASSISTANT, model.dialogue is not None, 1, None))
        await asyncio.sleep(BEATS_EVERY_S)


async def _follow_assistant(core: Core, state: list[str]) -> None:
    while True:
        beat = await core.journal.desk_status(ASSISTANT)
        state[0] = ASSISTANT_UNKNOWN if beat is None else "ready" if beat.is_open else "starting"
        await asyncio.sleep(BEATS_EVERY_S / 3)


def _refuse_embedded(settings: Settings) -> None:
    """Several processes need shared servers, and must be told which insurer they serve: nothing is assumed."""
    if settings.is_embedded or not settings.redis_url:
        raise SettingsError("Plusieurs processus demandent PostgreSQL (ASSISTANT_DATABASE_URL) et Redis (ASSISTANT_REDIS_URL). "
                            "Pour tout faire tourner seul : assistant run.")
    needed = ("member_api_url", "member_api_token", "identity_issuer", "identity_jwks_url")
    if missing := [f"ASSISTANT_{name.upper()}" for name in needed if not getattr(settings, name)]:
        raise SettingsError(f"Il faut dire quel assureur est servi : {', '.join(missing)}.")
