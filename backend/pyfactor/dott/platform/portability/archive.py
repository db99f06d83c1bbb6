"""The file: a zip of which the same content always makes the same bytes.

business.json               what it is, how many records, the SHA-256 of each file
members.json                who worked in it
schema/crm.customer.json    JSON Schema of a line
data/crm.customer.ndjson    one record a line, by id
files/<key>                 attachments, as they were uploaded
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from dott.platform.files.archives import has_link

FORMAT, VERSION = "dott-business", 1
MANIFEST, MEMBERS = "business.json", "members.json"
# What a stranger's zip may make of itself once it is unpacked, in bytes.
MAX_BYTES = 8 * 1024**3
MAX_LINE_BYTES = 4 * 1024**2
MAX_ENTRIES = 200_000

_ALLOWED = re.compile(
    r"business\.json|members\.json|schema/[a-z_.]{3,80}\.json|data/[a-z_.]{3,80}\.ndjson|files/[0-9a-f-]{36}"
)
_EPOCH = (1980, 1, 1, 0, 0, 0)
_BLOCK_BYTES = 1024 * 1024


class ArchiveError(Exception):
    """The file is no business that can be taken in. place: where in it, such as `data/crm.deal.ndjson:7`."""

    def __init__(self, code: str, detail: str, place: str = "") -> None:
        super().__init__(f"{place}: {detail}" if place else detail)
        self.code = code
        self.detail = detail
        self.place = place


def dumps(value: Any) -> bytes:
    """JSON as it is written into the file: compact, letters as themselves."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Writer:
    """Writes the entries one after the other and remembers the hash of each."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.hashes: dict[str, str] = {}

    @contextmanager
    def entry(self, name: str) -> Iterator["Entry"]:
        """An entry to write into."""
        info = zipfile.ZipInfo(name, _EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        info.create_system = 3
        # Sizes are not known beforehand; 64-bit fields for all, so that equal content has equal bytes.
        with self._zip.open(info, "w", force_zip64=True) as raw:
            entry = Entry(raw)
            yield entry
        self.hashes[name] = entry.hash.hexdigest()

    def add(self, name: str, value: Any) -> None:
        """A JSON value as an entry, indented for people."""
        with self.entry(name) as entry:
            entry.write(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")

    def close(self) -> None:
        """Write the directory."""
        self._zip.close()


class Entry:
    """A file inside, hashed while it is written."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self.hash = hashlib.sha256()

    def write(self, block: bytes) -> None:
        """Append bytes."""
        self.hash.update(block)
        self._raw.write(block)


class Reader:
    """Reads such a file and trusts nothing in it. Raises ArchiveError for whatever is not as written here."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise ArchiveError("not_an_archive", "This is no zip file.") from error
        infos = self._zip.infolist()
        if len(infos) > MAX_ENTRIES or sum(info.file_size for info in infos) > MAX_BYTES:
            raise ArchiveError("too_large", "This file holds more than a business can.")
        if has_link(self._zip):
            raise ArchiveError("link_entry", "A symbolic link is in it, as none should.")
        names = [info.filename for info in infos]
        for name in names:
            if not _ALLOWED.fullmatch(name):
                raise ArchiveError(
                    "unknown_entry", "There is no place for this file.", ascii(name)[1:-1][:80]
                )
        if len(set(names)) != len(names):
            raise ArchiveError("duplicate_entry", "A file is in it twice.")
        self.names = frozenset(names)
        self.manifest = self._manifest()

    def _manifest(self) -> dict[str, Any]:
        manifest = self.json(MANIFEST)
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ArchiveError("not_a_business", "This zip file was not exported from Dott.", MANIFEST)
        if manifest.get("version") != VERSION:
            raise ArchiveError("other_version", "This file was made by a later version of Dott.", MANIFEST)
        if not isinstance(manifest.get("files"), dict):
            raise ArchiveError("not_a_business", "The list of files is missing.", MANIFEST)
        return manifest

    def json(self, name: str) -> Any:
        """An entry's JSON value."""
        try:
            return json.loads(b"".join(self.blocks(name, limit=MAX_LINE_BYTES)))
        except ValueError as error:
            raise ArchiveError("invalid_json", "This is no JSON.", name) from error

    def lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """(line number, record) of each line; the hash is compared once all are read."""
        rest, number = b"", 0
        for block in self.blocks(name):
            *whole, rest = (rest + block).split(b"\n")
            for line in whole:
                number += 1
                yield number, _record(line, f"{name}:{number}")
            if len(rest) > MAX_LINE_BYTES:
                raise ArchiveError("line_too_long", "This line is too long.", f"{name}:{number + 1}")
        if rest:
            raise ArchiveError("cut_off", "The last line is not complete.", name)

    def blocks(self, name: str, limit: int = MAX_BYTES) -> Iterator[bytes]:
        """The bytes of an entry, in pieces; raises when they are not those that were exported."""
        if name not in self.names:
            raise ArchiveError("missing_entry", "This file is missing.", name)
        found, size = hashlib.sha256(), 0
        try:
            with self._zip.open(name) as raw:
                while block := raw.read(_BLOCK_BYTES):
                    size += len(block)
                    if size > limit:
                        raise ArchiveError("too_large", "This file is too large.", name)
                    found.update(block)
                    yield block
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
            raise ArchiveError("damaged", "This file cannot be read.", name) from error
        if name != MANIFEST and found.hexdigest() != self.manifest["files"].get(name):
            raise ArchiveError("damaged", "This is not what was exported.", name)


def _record(line: bytes, place: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ArchiveError("invalid_json", "This line is no JSON.", place) from error
    if not isinstance(record, dict):
        raise ArchiveError("invalid_json", "A record is a JSON object.", place)
    return record
