"""What `docker build` is sent: the inputs of the build, and nothing that lies around them."""

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from engine.daemon import Docker
from halves import DEPLOY, HALVES

CANARY = "canary-5f1c9e"
# What a checkout in use collects, in its own folder and inside the folders that are let in.
AT_THE_TOP = """
    .env .env.local .env.production prod.env .npmrc .pypirc .pgpass .netrc id_rsa id_ed25519
    server.key server.pem secrets/django_secret_key credentials.json service-account-1.json
    .aws/credentials .ssh/id_rsa .kube/config terraform.tfstate backup.dump dott.sql.gz db.sqlite3
    customers.csv customers.xlsx .git/config .git/HEAD .github/workflows/ci.yml
    .vscode/settings.json .DS_Store nohup.out server.log build.tar.zst Dockerfile.old README.md
    node_modules/left-pad/index.js .next/BUILD_ID .venv/bin/python .mypy_cache/x.json
    .pytest_cache/x coverage/index.html tests/test_a.py e2e/a.spec.ts whatever-comes-next
"""
INSIDE = """
    .env .env.local local.env .npmrc id_rsa tls.key tls.crt tls.p12 secrets/token secrets.yaml
    credentials .git/config old.dump people.csv people.sqlite a.swp a~ .DS_Store debug.log notes.md
    tests/a fixtures/a.json core x.heapsnapshot archive.zip
"""
INSIDE_OF = {
    "dott-api": "test_a.py a_test.py conftest.py factories.py __pycache__/a.pyc a.pyc .venv/bin/python",
    "dott-frontend": "a.test.tsx a.spec.ts a.stories.tsx __tests__/a.ts __snapshots__/a.snap"
    " node_modules/a/index.js",
}
LET_IN = {
    "dott-api": ("config", "dott", "dott/modules/crm", "image"),
    "dott-frontend": ("src", "src/app", "messages", "public"),
}
MAY_HOLD = {
    "dott-api": "config dott image manage.py openapi.yaml requirements.lock requirements-dev.lock",
    "dott-frontend": "src messages public scripts package.json pnpm-lock.yaml pnpm-workspace.yaml "
    "next.config.ts postcss.config.mjs tsconfig.json",
}


@pytest.fixture(scope="module", params=HALVES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def hidden(name: str) -> list[str]:
    """Paths inside the folders that are let in."""
    return [f"{folder}/{path}" for folder in LET_IN[name] for path in f"{INSIDE} {INSIDE_OF[name]}".split()]


def copy_tracked(name: str, folder: Path) -> Path:
    """The files of a half as git knows them, without what lies around in this checkout."""
    source = DEPLOY.parent / HALVES[name]
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=source, capture_output=True, text=True, check=True
    )
    for path in filter(None, tracked.stdout.split("\0")):
        if (source / path).exists():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / path, folder / path)
    return folder


@pytest.fixture(scope="module")
def planted(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half, and in it every kind of file that must not be sent."""
    folder = copy_tracked(name, tmp_path_factory.mktemp(name))
    for path in (*AT_THE_TOP.split(), *hidden(name)):
        target = folder / path
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(CANARY)
    return folder


def sent(docker: Docker, folder: Path, target: Path) -> dict[str, bytes]:
    """The files of a context as the engine receives them: path → content."""
    recipe = target.with_suffix(".Dockerfile")
    recipe.write_text("FROM scratch\nCOPY . /\n")
    docker.build(folder, "--file", str(recipe), "--output", f"type=tar,dest={target}")
    with tarfile.open(target) as archive:
        files = [member for member in archive.getmembers() if member.isfile()]
        return {os.path.normpath(member.name): read(archive, member) for member in files}


def read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    assert isinstance(stream, io.BufferedIOBase)
    return stream.read()


# ASVS 13.4.1
def test_nothing_gets_in_but_the_inputs(docker: Docker, name: str, planted: Path, tmp_path: Path) -> None:
    files = sent(docker, planted, tmp_path / "context.tar")

    assert {path.partition("/")[0] for path in files} == set(MAY_HOLD[name].split())
    assert [path for path, content in files.items() if CANARY.encode() in content] == []
    assert sum(map(len, files.values())) < 5_000_000


def test_every_planted_file_would_be_noticed(
    docker: Docker, name: str, planted: Path, tmp_path: Path
) -> None:
    """Without the list all of them arrive: the test above can fail."""
    (planted / ".dockerignore").rename(planted / "set-aside")
    try:
        files = sent(docker, planted, tmp_path / "context.tar")
    finally:
        (planted / "set-aside").rename(planted / ".dockerignore")

    arrived = {path for path, content in files.items() if content == CANARY.encode()}
    assert set(hidden(name)) <= arrived


def test_the_list_is_long_enough_and_says_why() -> None:
    for folder in HALVES.values():
        lines = (DEPLOY.parent / folder / ".dockerignore").read_text().splitlines()
        patterns = [line for line in lines if line and not line.startswith("#")]
        assert patterns[0] == "**"
        assert len(patterns) >= 100
        assert len(patterns) == len(set(patterns))
        assert sum(line.startswith("#") for line in lines) >= 10


def test_what_lies_around_changes_no_image(docker: Docker, name: str, planted: Path, tmp_path: Path) -> None:
    """With or without it comes the very same image, to the last byte of each layer."""
    made = []
    for folder in (copy_tracked(name, tmp_path), planted):
        tag = f"{name}:context-{len(made)}"
        docker.build(folder, "--tag", tag)
        made.append(docker.run("image", "inspect", "--format", "{{.Id}}", tag))
        docker.run("image", "rm", tag)

    assert made[0] == made[1]
