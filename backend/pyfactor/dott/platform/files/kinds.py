"""What a file is, by its content. Its name and what the browser says are claims of whoever sends it."""

import re
import zipfile
from pathlib import Path

from dott.platform.files.archives import BROKEN_ARCHIVE

UNKNOWN = "application/octet-stream"
_HEAD_BYTES = 4_096
_MAX_ENTRIES = 2_000

# (offset, first bytes, media type), the more particular before the more general.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x7fELF", "application/x-executable"),
    (0, b"MZ", "application/vnd.microsoft.portable-executable"),
)
_OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{1,40})")
_MARKUP = re.compile(r"\s*(?:<!--.*?-->\s*)*<(!doctype html|html|svg|\?xml|head|body|script)", re.I | re.S)

# What a browser may be told by its own name: it can neither run nor draw anything of ours.
INERT = frozenset({
    "application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "text/plain",
})  # fmt: skip


def kind_of(path: Path) -> str:
    """The file's media type; UNKNOWN for what no rule knows."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    for offset, signature, kind in _SIGNATURES:
        if head.startswith(signature, offset):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path, head)
    return _kind_of_text(head)


def _kind_of_archive(path: Path, head: bytes) -> str:
    document = _OPEN_DOCUMENT.search(head, 0, 200)
    if document:
        return document[1].decode()
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:_MAX_ENTRIES]
    except BROKEN_ARCHIVE:
        return "application/zip"
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return kind
    return "application/zip"


def _kind_of_text(head: bytes) -> str:
    try:
        # The last character may be cut in two.
        text = head.decode("utf-8") if len(head) < _HEAD_BYTES else head[:-3].decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 8:
            return UNKNOWN
        text = head[: error.start].decode("utf-8")
    if any(ord(character) < 32 and character not in "\t\n\r\f" for character in text):
        return UNKNOWN
    markup = _MARKUP.match(text)
    if markup is None:
        return "text/plain"
    return {"svg": "image/svg+xml", "?xml": "application/xml"}.get(markup[1].lower(), "text/html")
