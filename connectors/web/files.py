"""
The widget's files.

Each import of one file by another names the version of the whole widget, so a browser may keep a version for ever and
never mixes two of them.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from kernel.errors import NotFound

WIDGET = Path(__file__).resolve().parent.parent / "widget"
LOADER = "chat.js"
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_NAMED = re.compile(r"(?P<quote>[\"'])(?:\./)?(?:widget/)?(?P<name>[\w.-]+\.(?:js|css|svg))(?P=quote)")
# Comments that stand on lines of their own: half the widget's weight, for readers of the source only.
_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
FOR_EVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "public, max-age=0, must-revalidate"
LOADER_KEPT = "public, max-age=300"


@dataclass(frozen=True)
class File:
    """A file as it is served, as it is and *packed* (gzip, made once)."""

    content: bytes
    packed: bytes
    content_type: str
    etag: str


class Files:
    """Read once at start, served from memory."""

    def __init__(self, folder: Path = WIDGET) -> None:
        """Read the files of *folder* itself; its folders (tests) are not served."""
        found = {path.name: path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix in _TYPES}
        digest = hashlib.sha256()
        for name, content in found.items():
            digest.update(name.encode() + b"\0" + content + b"\0")
        self.version = digest.hexdigest()[:16]
        self._names = frozenset(found)
        self._files = {name: self._as_served(name, content) for name, content in found.items()}

    def is_public(self, path: str) -> bool:
        """Say whether *path* is one of these files, which any site may load."""
        return path == f"/{LOADER}" or path.startswith("/widget/")

    def get(self, name: str) -> File:
        """Give a file; NotFound."""
        if (file := self._files.get(name)) is None:
            raise NotFound("no such file")
        return file

    def kept(self, name: str, version: str | None) -> str:
        """Say how long a browser may keep a file it asked for with *version*."""
        if version == self.version:
            return FOR_EVER
        return LOADER_KEPT if name == LOADER else LOOK_AGAIN

    def _as_served(self, name: str, content: bytes) -> File:
        suffix = Path(name).suffix
        served = self._versioned(name, _COMMENT.sub("", content.decode())).encode() if suffix == ".js" else content
        return File(served, gzip.compress(served, 9, mtime=0), _TYPES[suffix], hashlib.sha256(served).hexdigest()[:32])

    def _versioned(self, name: str, source: str) -> str:
        # The loader stands at the root, one folder above what it loads.
        folder = "./widget/" if name == LOADER else "./"

        def named(found: re.Match[str]) -> str:
            quote, other = found["quote"], found["name"]
            return f"{quote}{folder}{other}?v={self.version}{quote}" if other in self._names else found.group()
        return _NAMED.sub(named, source)


def answer(files: Files, name: str, request: web.Request) -> web.Response:
    """Give a file, or 304 when the browser has it."""
    file = files.get(name)
    headers = {"Cache-Control": files.kept(name, request.query.get("v")), "ETag": f'"{file.etag}"',
               "Cross-Origin-Resource-Policy": "cross-origin"}
    if file.etag in (known.value for known in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return web.Response(body=file.packed if packed else file.content, content_type=file.content_type, charset="utf-8", headers=headers)
