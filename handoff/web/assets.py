"""The style sheet, the scripts and the icon, read once and served under an address that changes with their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aiohttp import web

from handoff.core import colour

FOLDER = Path(__file__).resolve().parent.parent / "static"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER = "public, max-age=31536000, immutable"
LIGHT_GROUND, DARK_GROUND = (255, 255, 255), (30, 36, 40)
_WHITE, _BLACK = (255, 255, 255), (0, 0, 0)


class Assets:
    """The desk's files by name; *version* is part of their address, so browsers may keep them for ever."""

    def __init__(self, accent_colour: str, folder: Path = FOLDER) -> None:
        """Read the files; ValueError when *accent_colour* is not ``#rrggbb``."""
        self._files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in _TYPES}
        self._files["theme.css"] = theme(accent_colour).encode()
        self.version = hashlib.sha256(b"".join(name.encode() + content for name, content in self._files.items())).hexdigest()[:16]

    def response(self, version: str, name: str) -> web.Response:
        """Give a file; HTTPNotFound. An old version gets today's file, not to be kept."""
        content = self._files.get(name)
        if content is None:
            raise web.HTTPNotFound
        kept = _FOREVER if version == self.version else "no-cache"
        return web.Response(body=content, content_type=_TYPES[Path(name).suffix], charset="utf-8", headers={"Cache-Control": kept})


def theme(accent_colour: str) -> str:
    """Make the insurer's accent a style sheet in which every pair is readable, light and dark."""
    accent = colour.parse(accent_colour)
    light = colour.readable_on(accent, LIGHT_GROUND, _BLACK, ratio=5.5)
    dark = colour.readable_on(accent, DARK_GROUND, _WHITE, ratio=6)
    return (
        f":root{{--accent:{colour.written(light)};--on-accent:{_on(light)}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{colour.written(dark)};--on-accent:{_on(dark)}}}}}\n"
    )


def _on(ground: colour.Rgb) -> str:
    return colour.written(max((_WHITE, (16, 22, 26)), key=lambda text: colour.contrast(text, ground)))
