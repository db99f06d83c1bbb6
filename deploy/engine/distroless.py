"""Distroless images: a handful of unpacked Debian packages, no shell, no package manager.

The lists are those of the published images, so what runs on the stand-in runs on the real one.
"""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from engine import debian, machine

CC = (
    "base-files", "netbase", "tzdata", "tzdata-legacy", "media-types", "libc6", "libssl3t64", "libzstd1",
    "zlib1g", "libgomp1", "libstdc++6", "libgcc-s1", "gcc-14-base",
)  # fmt: skip
PYTHON = (
    "libbz2-1.0", "libdb5.3t64", "libexpat1", "liblzma5", "libsqlite3-0", "libuuid1", "libncursesw6",
    "libtinfo6", "zlib1g", "libcom-err2", "libcrypt1", "libgssapi-krb5-2", "libk5crypto3", "libkeyutils1",
    "libkrb5-3", "libkrb5support0", "libnsl2", "libreadline8t64", "libtirpc3t64", "libffi8",
    "libpython3.13-minimal", "libpython3.13-stdlib", "python3.13-minimal", "python3.13-venv",
)  # fmt: skip
NONROOT = 65532


def unpack(suite: debian.Suite, packages: Iterable[str], root: Path) -> None:
    """Unpack packages into `root`, without their documentation, and note them for scanners."""
    notes = root / "var/lib/dpkg/status.d"
    for archive in suite.unpack(packages, root):
        notes.mkdir(parents=True, exist_ok=True)
        name = archive.name.split("_", maxsplit=1)[0]
        (notes / name).write_text(machine.output("dpkg-deb", "-f", str(archive)) + "\n")
    shutil.rmtree(root / "usr/share/man", ignore_errors=True)
    shutil.rmtree(root / "usr/share/lintian", ignore_errors=True)
    for path in (root / "usr/share/doc").rglob("*"):
        if path.is_file() and path.name != "copyright":
            path.unlink()


def cc(suite: debian.Suite, root: Path) -> None:
    """The root file system of `cc-debian13:nonroot`: C and C++ libraries, certificates, users."""
    unpack(suite, CC, root)
    (root / "etc/passwd").write_text(
        "root:x:0:0:root:/root:/sbin/nologin\n"
        "nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin\n"
        f"nonroot:x:{NONROOT}:{NONROOT}:nonroot:/home/nonroot:/sbin/nologin\n"
    )
    (root / "etc/group").write_text(f"root:x:0:\nnobody:x:65534:\ntty:x:5:\nnonroot:x:{NONROOT}:\n")
    (root / "etc/nsswitch.conf").write_text("hosts: files dns\n")
    bundle = root / "etc/ssl/certs/ca-certificates.crt"
    bundle.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(machine.certificates(), bundle)
    home = root / "home/nonroot"
    home.mkdir(parents=True, mode=0o700)
    shutil.chown(home, NONROOT, NONROOT)
    temporary = root / "tmp"
    temporary.mkdir(exist_ok=True)
    temporary.chmod(0o1777)


def python(suite: debian.Suite, root: Path, below: Path) -> None:
    """What `python3-debian13` has on top of cc. below: the root file system of cc, for the linker's cache."""
    unpack(suite, PYTHON, root)
    for name in ("python", "python3"):
        (root / "usr/bin" / name).unlink(missing_ok=True)
        (root / "usr/bin" / name).symlink_to("python3.13")
    whole = root.with_name("whole")
    for part in (below, root):
        subprocess.run(["cp", "-a", f"{part}/.", str(whole)], check=True)
    subprocess.run(["ldconfig", "-r", str(whole)], check=True, env={"PATH": machine.SYSTEM_PATH})
    (root / "etc").mkdir(exist_ok=True)
    shutil.copyfile(whole / "etc/ld.so.cache", root / "etc/ld.so.cache")
    shutil.rmtree(whole)
