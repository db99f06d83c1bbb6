"""A file's kind is told by its content."""

import zipfile

import pytest

from dott.platform.files.kinds import UNKNOWN, kind_of
from dott.platform.files.store import plain_name


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"\0\0\0\x20ftypisom", "video/mp4"),
        (b"MZ\x90\0", "application/vnd.microsoft.portable-executable"),
        (b"Name,City\nAda,London\n", "text/plain"),
        ("Grüße\n".encode() * 2_000, "text/plain"),
        (b" <!-- x --><svg xmlns='a'>", "image/svg+xml"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"\n<script>alert(1)</script>", "text/html"),
        (b"<?xml version='1.0'?>", "application/xml"),
        (b"text with \x00 in it", UNKNOWN),
        (b"\x80\x81\x82" * 50, UNKNOWN),
        (b"", "text/plain"),
    ],
)
def test_the_content_tells(tmp_path, content, kind):
    path = tmp_path / "claims-to-be.png"
    path.write_bytes(content)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        (["[Content_Types].xml", "word/document.xml"], "wordprocessingml.document"),
        (["[Content_Types].xml", "xl/workbook.xml"], "spreadsheetml.sheet"),
        (["word/document.xml"], "application/zip"),
        (["a.txt"], "application/zip"),
    ],
)
def test_an_archive_is_told_by_what_is_in_it(tmp_path, entries, kind):
    path = tmp_path / "archive"
    with zipfile.ZipFile(path, "w") as archive:
        for entry in entries:
            archive.writestr(entry, "x")
    assert kind_of(path).endswith(kind)


def test_a_broken_archive_is_an_archive(tmp_path):
    path = tmp_path / "archive"
    path.write_bytes(b"PK\x03\x04" + b"\xff" * 100)
    assert kind_of(path) == "application/zip"


@pytest.mark.asvs("5.4.1")
@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
        ("../../x", "x"),
        ("\u202egpj.exe", "gpj.exe"),
        ("...", "file"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
        ("a" * 300, "a" * 254),
    ],
)
def test_names_are_plain(given, shown):
    assert plain_name(given) == shown
