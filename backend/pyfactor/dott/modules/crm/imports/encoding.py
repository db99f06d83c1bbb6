"""Which encoding a text file is in, decided over the whole file and not over a sample.

An accent may first appear in the last row, so UTF-8 is proved by decoding everything; that costs
a few milliseconds per ten megabytes. Only when it fails is a single-byte code page considered.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from .errors import ImportFileError

CHUNK_BYTES = 1024 * 1024
ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "windows-1252", "windows-1250", "windows-1251",
    "windows-1253", "windows-1254", "windows-1257", "iso-8859-1", "iso-8859-2", "iso-8859-15",
    "mac-roman", "shift_jis", "euc-kr", "gb18030", "big5",
)  # fmt: skip

# Three accented letters in a row do not happen in a Western language, but are what Cyrillic,
# Greek or Asian text looks like when it is read as Windows-1252.
FOREIGN_RUN = re.compile(r"[^\x00-\x7f\s]{3,}")
UTF16_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def detect_encoding(path: Path) -> str:
    """Name one of ENCODINGS. Raises ImportFileError `binary_file` or `unknown_encoding`."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(codecs.BOM_UTF8):
        return _require(path, "utf-8-sig")
    if head[:2] in UTF16_BOMS:
        return _require(path, UTF16_BOMS[head[:2]])
    utf16 = _utf16_without_bom(head)
    if utf16:
        return _require(path, utf16)
    if _decodes(path, "utf-8"):
        return "utf-8"
    return _single_byte(path)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            if "\x00" in decoder.decode(chunk):
                raise ImportFileError(
                    "binary_file",
                    "This is not a text file: it contains zero bytes. Save the table as CSV or XLSX.",
                    status=415,
                )
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _require(path: Path, encoding: str) -> str:
    if not _decodes(path, encoding):
        raise ImportFileError(
            "unknown_encoding",
            f"The file says it is {encoding.upper()} but does not decode as such. Save it again as UTF-8.",
        )
    return encoding


def _utf16_without_bom(head: bytes) -> str | None:
    """Latin text in UTF-16 has a zero in every second byte; nothing else has."""
    even, odd = head[0::2], head[1::2]
    if len(odd) < 4:
        return None
    if odd.count(0) > 0.7 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.7 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    return None


def _single_byte(path: Path) -> str:
    """Windows-1252 unless the text it gives is implausible; then the helper's best guess."""
    evidence = _accented_lines(path)
    if _decodes(path, "windows-1252"):
        text = evidence.decode("windows-1252")
        if len(FOREIGN_RUN.findall(text)) * 4 < len(re.findall(r"[^\x00-\x7f]+", text)):
            return "windows-1252"
    for guess in from_bytes(evidence, cp_isolation=list(ENCODINGS)):
        name = codecs.lookup(guess.encoding).name
        for known in ENCODINGS:
            if codecs.lookup(known).name == name and _decodes(path, known):
                return known
    if _decodes(path, "windows-1252"):
        return "windows-1252"
    raise ImportFileError(
        "unknown_encoding", "The text encoding cannot be recognised. Save the file as UTF-8."
    )


def _accented_lines(path: Path, wanted_bytes: int = 32 * 1024) -> bytes:
    """Lines with bytes outside ASCII: the only ones that tell code pages apart."""
    found = bytearray()
    with path.open("rb") as stream:
        while len(found) < wanted_bytes and (line := stream.readline(64 * 1024)):
            if not line.isascii():
                found += line
    return bytes(found)
