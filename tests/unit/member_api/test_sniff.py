"""What a file is, by its first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from member_api.sniff import FileKind, HeicRefused, UnknownFile, sniff

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


@pytest.mark.parametrize(("content", "kind"), [
    (b"%PDF-1.7\n...", FileKind.PDF), (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n\x00\x00", FileKind.PNG),
])
def test_a_document_is_known_by_its_first_bytes(content: bytes, kind: FileKind) -> None:
    """Its name may say anything."""
    assert sniff(content) is kind


def test_a_photo_of_a_telephone_is_refused_with_its_own_reason() -> None:
    """« HEIC » has an easy way out, a JPEG, that the member must be told."""
    with pytest.raises(HeicRefused) as refused:
        sniff(HEIC)

    assert refused.value.code == "file_heic"


@pytest.mark.parametrize("content", [
    b"", b"%PD", b"<script>", b"MZ\x90\x00", b"PK\x03\x04", b"GIF89a%PDF-1.7", b" %PDF-1.7",
    b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00",
])
def test_anything_else_is_refused(content: bytes) -> None:
    """A page, a program, an archive, a film, or a signature hidden further on."""
    with pytest.raises(UnknownFile) as refused:
        sniff(content)

    assert refused.value.code == "file_unknown"


@given(st.binary(max_size=64))
def test_no_bytes_break_it(content: bytes) -> None:
    """A stranger chooses them."""
    try:
        assert sniff(content) in FileKind
    except UnknownFile as refused:
        assert refused.code in {"file_unknown", "file_heic"}
