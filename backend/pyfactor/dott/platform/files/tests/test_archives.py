"""Symbolic links in archives are seen, and nothing else is taken for one."""

import stat

import pytest

from dott.platform.files.archives import is_archive_with_link
from dott.platform.files.testing import archive_with_link


@pytest.mark.parametrize(
    ("mode", "is_link"), [(stat.S_IFLNK | 0o777, True), (stat.S_IFREG | 0o644, False), (0, False)]
)
@pytest.mark.parametrize("before", [b"", b"%PDF-1.7\n"])
def test_a_link_is_seen_wherever_the_archive_begins(tmp_path, mode, is_link, before):
    path = tmp_path / "file"
    path.write_bytes(archive_with_link(before, mode=mode))
    assert is_archive_with_link(path) is is_link


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06", b"PK\x03\x04" + b"\xff" * 100, b"text"])
def test_what_is_no_archive_has_no_link(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert not is_archive_with_link(path)
