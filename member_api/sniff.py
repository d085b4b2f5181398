"""What a file is by its first bytes, whatever its name and its sender say. Pure."""

from __future__ import annotations

from enum import StrEnum

from kernel.errors import Malformed

_SIGNATURES = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"})


class FileKind(StrEnum):
    """The kinds a supporting document may have, by their media types."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class UnknownFile(Malformed):
    """Neither a PDF, nor a JPEG, nor a PNG."""

    code = "file_unknown"


class HeicRefused(UnknownFile):
    """A photo in the HEIC format of some telephones: most desks cannot open one; a JPEG of it is accepted."""

    code = "file_heic"


def sniff(content: bytes) -> FileKind:
    """Say what *content* is; HeicRefused, UnknownFile. A signature anywhere but at the very beginning counts for nothing."""
    if is_heic(content):
        raise HeicRefused("the photo is in the HEIC format; send it as a JPEG")
    for kind in FileKind:
        if content.startswith(_SIGNATURES[kind]):
            return kind
    raise UnknownFile("the file should be a PDF, a JPEG or a PNG")


def is_heic(content: bytes) -> bool:
    """Say whether *content* is an HEIF image: an ISO media file (``ftyp``) of one of its brands (ISO/IEC 23008-12)."""
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS
