"""Files that tests upload."""

import io
import stat
import zipfile


def archive_with_link(archive: bytes = b"", *, mode: int = stat.S_IFLNK | 0o777) -> bytes:
    """The zip with one entry more, which is a symbolic link out of its folder (or has another mode).

    What is no zip stays in front of the new one, which readers find from its end.
    """
    file = io.BytesIO(archive)
    with zipfile.ZipFile(file, "a") as target:
        entry = zipfile.ZipInfo("link")
        entry.external_attr = mode << 16
        target.writestr(entry, "../../etc/passwd")
    return file.getvalue()
