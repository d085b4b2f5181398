"""
Real servers for tests and benchmarks: PostgreSQL and Redis on a free port, in a temporary folder, gone afterwards.

PostgreSQL refuses to run as root, so root starts it as the machine's user ``postgres``; anybody else starts it as himself.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MISSING = "{name} is not installed: run `make test`, which installs it, or `apt-get install {package}`."
STARTS_WITHIN_S = 30.0


class ServerMissing(Exception):
    """A server's program is not on this machine; the message says what to install."""


def free_port() -> int:
    """Give a port of the loopback nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Postgres:
    """One PostgreSQL cluster; *durable* False trades disk flushes for speed (tests)."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        """Create the cluster in *folder*, which must be empty."""
        self.port = free_port()
        self._folder, self._durable, self._owner = folder, durable, _postgres_owner()
        if self._owner:
            os.chown(folder, self._owner.pw_uid, self._owner.pw_gid)
        self._run("initdb", "-D", str(folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")

    @property
    def url(self) -> str:
        """Where its database is."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200"
        if not self._durable:
            options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", str(self._folder), "-w", "-t", str(int(STARTS_WITHIN_S)), "-o", options,
                  "-l", str(self._folder / "server.log"), "start")

    def stop(self) -> None:
        """Stop at once: connections are cut, as when the machine goes away."""
        self._run("pg_ctl", "-D", str(self._folder), "-w", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        options: dict[str, Any] = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []} if self._owner else {}
        done = subprocess.run([_postgres_program(program), *arguments], cwd=self._folder, text=True, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL, **options)
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr}")


def _postgres_owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        raise ServerMissing(MISSING.format(name="PostgreSQL", package="postgresql")) from None


def _postgres_program(name: str) -> str:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    if found := shutil.which(name):
        return found
    raise ServerMissing(MISSING.format(name="PostgreSQL", package="postgresql"))


@contextmanager
def running_postgres(*, durable: bool) -> Iterator[Postgres]:
    """Run a PostgreSQL of one's own."""
    _postgres_program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        server = Postgres(folder, durable=durable)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Redis:
    """One redis-server that keeps nothing on disk."""

    def __init__(self) -> None:
        """Choose a port."""
        self._program = shutil.which("redis-server")
        if self._program is None:
            raise ServerMissing(MISSING.format(name="Redis", package="redis-server"))
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start and wait until it listens."""
        self._process = subprocess.Popen(
            [str(self._program), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir())
        _wait_for_port(self.port)

    def stop(self) -> None:
        """Stop at once."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def _wait_for_port(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError(f"nothing listens on port {port}")


@contextmanager
def running_redis() -> Iterator[Redis]:
    """Run a Redis of one's own."""
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.stop()
