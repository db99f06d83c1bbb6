"""vCards 2.1, 3.0 and 4.0 as properties: folding, escapes, quoted-printable, groups, parameters.

RFC 2426 and RFC 6350, read as strictly as real files allow. A line that cannot be read makes its card
broken and is kept as it stands; it never disturbs the next card.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from .errors import ImportFileError
from .limits import MAX_LINE_CHARS

HEAD = re.compile(
    r"(?:(?P<group>[\w-]+)\.)?(?P<name>[A-Za-z][\w-]*)(?P<params>(?:;(?:[^\":;]|\"[^\"]*\")*)*):", re.ASCII
)
PARAM = re.compile(r";((?:[^\":;]|\"[^\"]*\")*)")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)
VERSIONS = ("2.1", "3.0", "4.0")
# Pictures, sounds and keys: they have no place in a customer.
BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
# Vendors' words for parameters that stand without a name, as in 2.1.
ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})


@dataclass(frozen=True, slots=True)
class Property:
    """One line. value: still escaped; params: upper-case name → values; types: lower-case."""

    name: str
    value: str
    params: dict[str, list[str]]
    group: str = ""

    @property
    def types(self) -> frozenset[str]:
        return frozenset(each.lower() for value in self.params.get("TYPE", []) for each in value.split(","))

    @property
    def rank(self) -> int:
        """1 most preferred to 100; 101 when nothing is said."""
        ranks = [int(text) for text in self.params.get("PREF", []) if text.isascii() and text.isdecimal()]
        return min([*ranks, 1 if "pref" in self.types else 101])

    @property
    def text(self) -> str:
        return unescaped(self.value)

    def parts(self) -> list[str]:
        """The components of a structured value, of which several values are joined by a space."""
        return [
            " ".join(filter(None, (unescaped(each).strip() for each in split(part, ","))))
            for part in split(self.value, ";")
        ]


@dataclass(slots=True)
class Card:
    """line: of its BEGIN, from 1. broken: lines that cannot be read; issue: "" or why it is refused."""

    line: int
    properties: list[Property] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    issue: str = ""

    def all(self, name: str) -> list[Property]:
        """Those of that name, preferred ones first."""
        return sorted((p for p in self.properties if p.name == name), key=lambda p: p.rank)

    def first(self, name: str) -> str:
        return next((text for p in self.all(name) if (text := p.text.strip())), "")


def read_cards(path: Path, encoding: str) -> Iterator[Card]:
    """One card at a time. Text between cards makes a broken card of its own, so that nothing is dropped.

    Raises ImportFileError: wrong_encoding, line_too_long.
    """
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield from _cards(_unfolded(stream))
    except UnicodeDecodeError as error:
        raise ImportFileError("wrong_encoding", f"The file cannot be read as {encoding}.") from error


def split(value: str, separator: str) -> list[str]:
    """At separators that are not escaped; the parts are still escaped."""
    parts, start = [], 0
    for match in re.finditer(rf"\\.|{separator}", value, re.DOTALL):
        if match[0] == separator:
            parts.append(value[start : match.start()])
            start = match.end()
    return [*parts, value[start:]]


def unescaped(value: str) -> str:
    return ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _cards(lines: Iterator[tuple[int, str]]) -> Iterator[Card]:
    card: Card | None = None
    for number, line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            if card is not None:
                card.issue = "unclosed_card"
                yield card
            card = Card(number)
        elif word == "END:VCARD" and card is not None:
            _judge(card)
            yield card
            card = None
        elif card is None:
            yield Card(number, broken=[line], issue="broken_card")
        else:
            _take(card, line)
    if card is not None:
        card.issue = "unclosed_card"
        yield card


def _judge(card: Card) -> None:
    version = card.first("VERSION")
    if card.broken:
        card.issue = "broken_card"
    elif version and version not in VERSIONS:
        card.issue = "unknown_version"


def _take(card: Card, line: str) -> None:
    match = HEAD.match(line)
    if match is None:
        card.broken.append(line)
        return
    name = match["name"].upper()
    if name in BINARY:
        return
    params = _params(match["params"])
    try:
        value = _decoded(line[match.end() :], params)
    except (LookupError, ValueError):
        card.broken.append(line)
        return
    card.properties.append(Property(name, value, params, (match["group"] or "").lower()))


def _params(text: str) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {}
    for match in PARAM.finditer(text):
        name, equals, value = match[1].partition("=")
        if not equals:
            # 2.1 leaves the names out: TEL;HOME;QUOTED-PRINTABLE.
            name, value = ("ENCODING" if name.upper() in ENCODINGS else "TYPE"), name
        params.setdefault(name.strip().upper(), []).append(value.replace('"', "").strip())
    return params


def _decoded(value: str, params: dict[str, list[str]]) -> str:
    """Raises LookupError for an unknown charset and ValueError for bytes that are not of it."""
    encoding = next(iter(params.get("ENCODING", [])), "").upper()
    if encoding != "QUOTED-PRINTABLE":
        return value
    charset = next(iter(params.get("CHARSET", [])), "utf-8")
    raw = quopri.decodestring(value.encode("utf-8"))
    # A line end within a quoted value is the value's; written as an escape it is read like the others.
    return raw.decode(charset).replace("\r\n", "\\n").replace("\n", "\\n").replace("\0", "")


def _unfolded(stream: TextIO) -> Iterator[tuple[int, str]]:
    """(number of its first line, line) without folds, soft line ends of quoted-printable included."""
    start, size = 0, 0
    parts: list[str] = []
    for number, line in _physical(stream):
        is_soft = bool(parts) and parts[-1].endswith("=") and _is_quoted(parts[0])
        if parts and (is_soft or line[:1] in (" ", "\t")):
            more = line if is_soft else line[1:]
            if is_soft:
                parts[-1] = parts[-1][:-1]
            size += len(more)
            if size <= MAX_LINE_CHARS:
                parts.append(more)
            elif not _is_binary(parts[0]):
                raise _too_long(start)
            continue
        if parts:
            yield start, "".join(parts)
        start, parts, size = number, [line] if line.strip() else [], len(line)
    if parts:
        yield start, "".join(parts)


def _physical(stream: TextIO) -> Iterator[tuple[int, str]]:
    """(number, line without its end). Of a picture on a single line only the beginning is kept."""
    number = 0
    while piece := stream.readline(MAX_LINE_CHARS + 1):
        number += 1
        line = piece.removeprefix("\ufeff") if number == 1 else piece
        if len(piece) > MAX_LINE_CHARS and not piece.endswith(("\n", "\r")):
            if not _is_binary(line):
                raise _too_long(number)
            while len(piece) > MAX_LINE_CHARS and not piece.endswith(("\n", "\r")):
                piece = stream.readline(MAX_LINE_CHARS + 1)
        yield number, line.rstrip("\r\n")


def _is_quoted(line: str) -> bool:
    match = HEAD.match(line)
    return match is not None and "QUOTED-PRINTABLE" in match["params"].upper()


def _is_binary(line: str) -> bool:
    match = HEAD.match(line[:1_000])
    return match is not None and match["name"].upper() in BINARY


def _too_long(line: int) -> ImportFileError:
    return ImportFileError("line_too_long", f"Line {line} has over {MAX_LINE_CHARS:,} characters.")
