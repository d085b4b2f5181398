"""The accent colour of the insurer, made readable on light and dark grounds (WCAG contrast). Pure."""

from __future__ import annotations

import re

AA = 4.5
_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")
Rgb = tuple[int, int, int]


def parse(colour: str) -> Rgb:
    """Read ``#0f5c63``; ValueError for anything else, since it goes into a style sheet."""
    if not _HEX.match(colour):
        raise ValueError("a colour is written #rrggbb")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def written(rgb: Rgb) -> str:
    """Write as ``#0f5c63``."""
    return "#" + "".join(f"{part:02x}" for part in rgb)


def contrast(one: Rgb, other: Rgb) -> float:
    """Give the contrast ratio, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: Rgb, ground: Rgb, towards: Rgb, ratio: float = AA) -> Rgb:
    """Move *colour* towards *towards* (white or black) just enough to reach *ratio* on *ground*."""
    for step in range(101):
        mixed = _mix(colour, towards, step / 100)
        if contrast(mixed, ground) >= ratio:
            return mixed
    return towards


def _mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
